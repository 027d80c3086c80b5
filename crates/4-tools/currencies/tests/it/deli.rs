//! Deli dollars from their design to their end.

use crate::cast::*;
use planet_currencies::acts::ending::{Close, Retire};
use planet_currencies::acts::hold::Hold;
use planet_currencies::acts::issue::Issue;
use planet_currencies::acts::refund::Refund;
use planet_currencies::acts::trade::{Buy, Redeem};
use planet_currencies::rows::{self, notices, owed};
use planet_currencies::views::CurrencyPage;
use planet_ledger::lots_of_currency;
use planet_ontology::ids::{CurrencyId, MemberId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Store, both_engines};

fn buy(currency: CurrencyId, amount: i64) -> Buy {
    Buy { currency, amount: Amount(amount), version: 1, from: None }
}

fn spend(currency: CurrencyId, amount: i64) -> Redeem {
    Redeem { currency, amount: Amount(amount), memo: "soup".into(), from: None }
}

fn on(member: MemberId, day: Moment) -> planet_corridor::task::Call {
    at(planet_corridor::actor::Actor::Member(member), day)
}

both_engines! { migrations();

    async fn a_hundred_for_ninety_are_bought_spent_and_end_after_a_year(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        let bought = corridor.act(by(BEN), buy(dollars, 10_000)).await.unwrap().output.unwrap();
        assert_eq!((bought.price, bought.balance), (Amount(9_000), Amount(10_000)));
        assert_eq!(has(&store, BEN, ACORNS).await, Some(-9_000));
        assert_eq!((has(&store, DELI, ACORNS).await, has(&store, DELI, dollars).await), (Some(9_000), Some(-10_000)));
        // Ben spends at the counter, and gives some to Dora, who keeps his dates.
        let spent = corridor.act(by(BEN), spend(dollars, 4_000)).await.unwrap().output.unwrap();
        assert_eq!(spent.balance, Amount(6_000));
        corridor.act(by(DORA), Hold { currency: dollars, owner: None }).await.unwrap();
        pays(&store, BEN, DORA, dollars, 1_000, day(3)).await.unwrap();
        assert_eq!(store.read(move |tx| lots_of_currency(tx, dollars)).await.unwrap().len(), 1);
        // A month before the end both are told, once.
        live_until(&corridor, 1, 340).await;
        let waits = |who: MemberId, when: Moment| store.read(move |tx| notices::waiting(tx, who.into(), when));
        let told = waits(BEN, day(340)).await.unwrap();
        assert_eq!(told.iter().map(|it| (it.kind.as_str(), it.amount.0)).collect::<Vec<_>>(), [("expiry", 5_000)]);
        assert_eq!(waits(DORA, day(340)).await.unwrap().len(), 1);
        // Part is spent in time; the rest ends, and the Deli owes nothing any more.
        corridor.act(on(BEN, day(350)), spend(dollars, 4_500)).await.unwrap();
        live_until(&corridor, 341, 367).await;
        assert_eq!((has(&store, BEN, dollars).await, has(&store, DORA, dollars).await), (Some(0), Some(0)));
        assert_eq!(has(&store, DELI, dollars).await, Some(0));
        assert_eq!(waits(BEN, day(367)).await.unwrap().len(), 0);
        let state = store.read(move |tx| rows::state(tx, dollars)).await.unwrap().unwrap();
        assert_eq!(state.expired, Amount(1_500));
        books_are_right(&store).await;
    }

    async fn what_was_bought_can_be_given_back_for_a_fortnight(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        let sale = corridor.act(by(BEN), buy(dollars, 1_001)).await.unwrap().output.unwrap();
        assert_eq!(sale.price, Amount(901));
        let back = |amount| Refund { sale: sale.sale, amount: Amount(amount) };
        assert_eq!(refused(corridor.act(by(BEN), back(1_002)).await).code, "refund_too_much");
        let first = corridor.act(on(BEN, day(14)), back(500)).await.unwrap().output.unwrap();
        assert_eq!(first.paid, Amount(450));
        assert_eq!(refused(corridor.act(on(BEN, day(15)), back(501)).await).code, "refund_late");
        // The Deli has spent what it took: it says so, and nothing is given back.
        let no_credit = store.write(move |tx| {
            let till = planet_ledger::account_of(tx, DELI.into(), ACORNS)?.unwrap();
            planet_ledger::set_limits(tx, till.id, Amount(0), till.max).unwrap();
            Ok::<_, planet_store::Error>(())
        });
        no_credit.await.unwrap();
        pays(&store, DELI, DORA, ACORNS, 451, day(14)).await.unwrap();
        let refusal = refused(corridor.act(on(BEN, day(14)), back(501)).await);
        assert_eq!((refusal.code.as_str(), has(&store, BEN, dollars).await), ("issuer_cannot_pay", Some(501)));
        pays(&store, DORA, DELI, ACORNS, 451, day(14)).await.unwrap();
        let rest = corridor.act(on(BEN, day(14)), back(501)).await.unwrap().output.unwrap();
        assert_eq!(rest.paid, Amount(451));
        assert_eq!((has(&store, BEN, ACORNS).await, has(&store, BEN, dollars).await), (Some(0), Some(0)));
        books_are_right(&store).await;
    }

    async fn neither_what_was_spent_nor_a_gift_is_given_back_for_money(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        let sale = corridor.act(by(BEN), buy(dollars, 1_000)).await.unwrap().output.unwrap();
        corridor.act(by(BEN), spend(dollars, 800)).await.unwrap();
        let gift = Issue { currency: dollars, to: BEN.into(), amount: Amount(900), reason: "Thanks.".into() };
        corridor.act(on(ADA, day(1)), gift).await.unwrap();
        let back = |amount| Refund { sale: sale.sale, amount: Amount(amount) };
        assert_eq!(refused(corridor.act(on(BEN, day(2)), back(201)).await).code, "refund_too_much");
        let viewer = corridor.viewer(BEN).await.unwrap();
        let page = CurrencyPage { code: "DELI".into(), version: None };
        let view = corridor.view(&viewer, page, day(2)).await.unwrap();
        assert_eq!(view.sales.iter().map(|it| (it.left.0, it.back.0)).collect::<Vec<_>>(), [(200, 180)]);
        corridor.act(on(BEN, day(2)), back(200)).await.unwrap();
        assert_eq!(has(&store, BEN, dollars).await, Some(900));
        books_are_right(&store).await;
    }

    async fn a_retired_voucher_stays_good_and_is_issued_no_more(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        corridor.act(by(BEN), buy(dollars, 2_000)).await.unwrap();
        corridor.act(deli(NOW), Retire { currency: dollars }).await.unwrap();
        assert_eq!(refused(corridor.act(by(BEN), buy(dollars, 100)).await).code, "currency_retired");
        assert_eq!(refused(corridor.act(deli(NOW), Retire { currency: dollars }).await).code, "currency_retired");
        corridor.act(by(DORA), Hold { currency: dollars, owner: None }).await.unwrap();
        // Neither a purchase nor a plain payment of the issuer makes new ones.
        pays(&store, DELI, DORA, dollars, 100, NOW).await.unwrap_err();
        pays(&store, BEN, DORA, dollars, 500, NOW).await.unwrap();
        corridor.act(by(DORA), spend(dollars, 500)).await.unwrap();
        assert_eq!(has(&store, DELI, dollars).await, Some(-1_500));
        books_are_right(&store).await;
    }

    async fn a_voucher_is_closed_with_a_run_off_and_a_list_of_what_is_owed(store: Store) {
        let corridor = club(&store).await;
        let dollars = design(&corridor, deli_dollars(deli_terms())).await;
        let sale = corridor.act(by(BEN), buy(dollars, 10_000)).await.unwrap().output.unwrap();
        corridor.act(by(DORA), Hold { currency: dollars, owner: None }).await.unwrap();
        pays(&store, BEN, DORA, dollars, 3_000, NOW).await.unwrap();
        let close = |days| Close { currency: dollars, days, reason: "We move away.".into() };
        assert_eq!(refused(corridor.act(deli(NOW), close(29)).await).code, "run_off_wrong");
        corridor.act(deli(day(20)), close(60)).await.unwrap();
        live_until(&corridor, 20, 21).await;
        let told = store.read(|tx| notices::waiting(tx, BEN.into(), day(21))).await.unwrap();
        assert_eq!(told.iter().map(|it| it.kind.as_str()).collect::<Vec<_>>(), ["closing"]);
        // In mid-payment: nothing goes from hand to hand any more, and the sentence says why.
        let why = pays(&store, BEN, DORA, dollars, 100, day(21)).await.unwrap_err();
        assert!(why.contains("Deli dollars is being closed"), "{why}");
        assert_eq!(refused(corridor.act(on(BEN, day(21)), buy(dollars, 100)).await).code, "currency_closing");
        let hold = Hold { currency: dollars, owner: None };
        assert_eq!(refused(corridor.act(on(CLEO, day(21)), hold).await).code, "currency_closing");
        // What is left can be spent, or given back at its price although the fortnight is over.
        corridor.act(on(BEN, day(30)), spend(dollars, 1_000)).await.unwrap();
        corridor.act(on(BEN, day(40)), Refund { sale: sale.sale, amount: Amount(2_000) }).await.unwrap();
        live_until(&corridor, 22, 82).await;
        assert_eq!(has(&store, DELI, dollars).await, Some(0));
        let list = store.read(move |tx| owed::list(tx, dollars, 10)).await.unwrap();
        let list: Vec<_> = list.iter().map(|it| (it.holder.0, it.amount.0, it.price.0)).collect();
        assert_eq!(list, [(BEN.0, 4_000, 3_600), (DORA.0, 3_000, 2_700)]);
        let why = pays(&store, BEN, DORA, dollars, 100, day(83)).await.unwrap_err();
        assert!(why.contains("has come to its end"), "{why}");
        assert_eq!(refused(corridor.act(on(BEN, day(83)), buy(dollars, 100)).await).code, "currency_closed");
        books_are_right(&store).await;
    }
}
