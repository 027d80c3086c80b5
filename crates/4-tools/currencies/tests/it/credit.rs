//! A time bank, money that gives to the group when it is idle, and a fee that bears no fee.

use crate::cast::*;
use planet_corridor::actor::Actor;
use planet_currencies::acts::design::Design;
use planet_currencies::acts::ending::Close;
use planet_currencies::acts::hold::Hold;
use planet_currencies::acts::tend::{Step, Tend};
use planet_currencies::acts::trade::Buy;
use planet_currencies::rows::health::{Counted, count_on, glance};
use planet_currencies::terms::{Holders, Price, Terms};
use planet_currencies::views::{Health, Service};
use planet_ledger::{CurrencyKind, Transfer, TransferKind, account_of, accounts_of, transfer};
use planet_ontology::ids::{CurrencyId, MemberId, TransferId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, MINUTES};
use planet_store::{Store, both_engines};
use uuid::Uuid;

/// Terms of a credit: from −40 to 100 hours, or as many units, with a reminder below −10.
fn credit_terms() -> Terms {
    Terms {
        holders: Holders::Club,
        issuers: vec![Role::Steward],
        price: None,
        cap: None,
        lifetime: None,
        notice: 0,
        refund: 0,
        demurrage: 0,
        levy: 0,
        min: Amount(-2_400),
        max: Amount(6_000),
        soft_min: Some(Amount(-600)),
        soft_max: None,
        backing: "We help each other.".into(),
        redemption: String::new(),
    }
}

fn hours() -> Design {
    Design {
        group: DELI,
        code: "HOURS".into(),
        name: "Neighbour hours".into(),
        symbol: "h".into(),
        kind: CurrencyKind::Time,
        decimals: 0,
        terms: credit_terms(),
    }
}

fn tokens(terms: Terms) -> Design {
    Design {
        code: "TOKENS".into(),
        name: "Tokens".into(),
        symbol: "T".into(),
        kind: CurrencyKind::MutualCredit,
        decimals: 2,
        terms,
        ..hours()
    }
}

/// Designs it, and opens an account for Ben, Cleo and Dora.
async fn held(corridor: &planet_corridor::corridor::Corridor, wanted: Design) -> CurrencyId {
    let currency = design(corridor, wanted).await;
    for member in [BEN, CLEO, DORA] {
        corridor.act(by(member), Hold { currency, owner: None }).await.unwrap();
    }
    currency
}

/// Gives back what was paid, as the wallet does.
async fn gives_back(store: &Store, from: MemberId, to: MemberId, currency: CurrencyId, amount: i64) {
    let order = move |tx: &mut planet_store::Tx| {
        let accounts = [account_of(tx, from.into(), currency)?, account_of(tx, to.into(), currency)?];
        let [debit, credit] = accounts.map(|account| account.unwrap().id);
        let (id, kind) = (TransferId(Uuid::new_v4()), TransferKind::Refund);
        let order = Transfer {
            id,
            debit,
            credit,
            amount: Amount(amount),
            kind,
            memo: String::new(),
            reference: None,
        };
        transfer(tx, &order, NOW).unwrap();
        Ok::<_, planet_store::Error>(())
    };
    store.write(order).await.unwrap();
}

both_engines! { migrations();

    async fn counted_in_pieces_a_currency_stands_as_it_does_at_a_glance(store: Store) {
        let corridor = club(&store).await;
        let tokens = held(&corridor, tokens(credit_terms())).await;
        pays(&store, BEN, CLEO, tokens, 900, NOW).await.unwrap();
        pays(&store, CLEO, DORA, tokens, 1_200, NOW).await.unwrap();
        for limit in [1, 2, 3, 4, 100] {
            let (counted, glance) = store.read(move |tx| {
                let mut counted = Counted::default();
                while count_on(tx, tokens, &mut counted, limit)? {}
                let currency = planet_ledger::find_currency(tx, tokens)?.unwrap();
                Ok::<_, planet_store::Error>((counted, glance(tx, &currency)?))
            }).await.unwrap();
            assert_eq!((counted.out, counted.turnover), (glance.out, glance.turnover), "{limit} at a time");
            assert_eq!((counted.out, counted.turnover), (Amount(1_200), Amount(2_100)));
        }
    }

    async fn what_comes_to_the_commons_always_finds_room(store: Store) {
        let corridor = club(&store).await;
        let tokens = held(&corridor, tokens(credit_terms())).await;
        for member in [BEN, CLEO, DORA] {
            pays(&store, member, DELI, tokens, 2_400, NOW).await.unwrap();
        }
        assert_eq!(has(&store, DELI, tokens).await, Some(7_200), "a member may gather 6,000");
        books_are_right(&store).await;
    }

    async fn hours_are_counted_and_what_one_gave_never_falls(store: Store) {
        let corridor = club(&store).await;
        let time = held(&corridor, hours()).await;
        // Ben teaches Cleo for an hour and a half, Dora helps Ben for two hours.
        pays(&store, CLEO, BEN, time, 90, NOW).await.unwrap();
        pays(&store, BEN, DORA, time, 120, NOW).await.unwrap();
        let given = async |who: MemberId| {
            let viewer = corridor.viewer(who).await.unwrap();
            let lines = corridor.view(&viewer, Service::default(), NOW).await.unwrap();
            (lines[0].given.show(lines[0].money.decimals), lines[0].money.decimals)
        };
        assert_eq!(given(BEN).await, ("1:30".into(), MINUTES));
        assert_eq!(given(CLEO).await.0, "0:00");
        // Dora was too long by half an hour and gives it back: Ben has it again, and gave no more than before.
        gives_back(&store, DORA, BEN, time, 30).await;
        assert_eq!((has(&store, BEN, time).await, given(BEN).await.0), (Some(0), "1:30".into()));
        // Ten hours below zero are usual; further down is permitted, and told.
        pays(&store, CLEO, BEN, time, 600, NOW).await.unwrap();
        let account = store.read(move |tx| accounts_of(tx, CLEO.into())).await.unwrap().pop().unwrap();
        assert_eq!((account.soft_min, account.balance().0), (Some(Amount(-600)), -690));
        let why = pays(&store, CLEO, BEN, time, 1_711, NOW).await.unwrap_err();
        assert!(why.contains("\u{2212}40:00") && why.contains("0:01"), "{why}");
        books_are_right(&store).await;
    }

    async fn idle_balances_give_each_month_once(store: Store) {
        let corridor = club(&store).await;
        let currency = held(&corridor, tokens(Terms { demurrage: 17_500, min: Amount(-50_000), ..credit_terms() })).await;
        // 1.75 % a month: what is taken is rounded up.
        pays(&store, DORA, BEN, currency, 6_000, NOW).await.unwrap();
        pays(&store, DORA, CLEO, currency, 2_000, NOW).await.unwrap();
        live_until(&corridor, 1, 21).await;
        assert_eq!(has(&store, BEN, currency).await, Some(6_000), "March is not over");
        // Twenty-two days after 10 March is 1 April.
        live_until(&corridor, 22, 22).await;
        assert_eq!((has(&store, BEN, currency).await, has(&store, CLEO, currency).await), (Some(5_895), Some(1_965)));
        assert_eq!((has(&store, DORA, currency).await, has(&store, DELI, currency).await), (Some(-8_000), Some(140)));
        // The job again, by hand and with another key, on the same day and on the next: nothing more is taken.
        for today in [22, 23] {
            for step in [Step::Begin, Step::Idle] {
                corridor.act(at(Actor::House, day(today)), Tend::of(currency, step, None)).await.unwrap();
            }
            corridor.perform_due(day(today)).await.unwrap();
        }
        assert_eq!((has(&store, BEN, currency).await, has(&store, DELI, currency).await), (Some(5_895), Some(140)));
        // The node sleeps over 1 May and wakes after 1 June: each month has its turn.
        corridor.perform_due(day(90)).await.unwrap();
        assert_eq!(has(&store, BEN, currency).await, Some(5_689));
        let viewer = corridor.viewer(BEN).await.unwrap();
        let health = corridor.view(&viewer, Health { code: "TOKENS".into() }, day(90)).await.unwrap();
        assert_eq!(health.idled.0, has(&store, DELI, currency).await.unwrap());
        books_are_right(&store).await;
    }

    async fn a_fee_goes_with_the_price_and_bears_no_fee(store: Store) {
        let corridor = club(&store).await;
        let currency = held(&corridor, tokens(Terms { levy: 20_000, ..credit_terms() })).await;
        // Cleo's bakery sells bread for tokens: a price in a currency with a fee, which goes to the Deli.
        corridor.act(by(ADA), Hold { currency, owner: Some(planet_ontology::ids::GroupId::CLUB.into()) }).await.unwrap();
        let bread = Design {
            group: planet_ontology::ids::GroupId::CLUB,
            code: "BREAD".into(),
            terms: Terms { price: Some(Price { currency, give: Amount(100), get: Amount(100) }), ..deli_terms() },
            ..deli_dollars(deli_terms())
        };
        let bread = design(&corridor, bread).await;
        let buy = Buy { currency: bread, amount: Amount(1_000), version: 1, from: None };
        corridor.act(by(BEN), buy).await.unwrap();
        assert_eq!(has(&store, BEN, currency).await, Some(-1_020));
        assert_eq!(has(&store, planet_ontology::ids::GroupId::CLUB, currency).await, Some(1_000));
        assert_eq!(has(&store, DELI, currency).await, Some(20));
        let viewer = corridor.viewer(BEN).await.unwrap();
        let health = corridor.view(&viewer, Health { code: "TOKENS".into() }, NOW).await.unwrap();
        assert_eq!((health.levied, health.out, health.bands.len()), (Amount(20), Amount(1_020), 0));
        books_are_right(&store).await;
    }

    async fn a_credit_with_a_fee_comes_to_its_end_without_it(store: Store) {
        let corridor = club(&store).await;
        let currency = held(&corridor, tokens(Terms { levy: 20_000, ..credit_terms() })).await;
        pays(&store, CLEO, BEN, currency, 900, NOW).await.unwrap();
        pays(&store, DORA, BEN, currency, 300, NOW).await.unwrap();
        let close = Close { currency, days: 30, reason: "We have another one now.".into() };
        corridor.act(deli(NOW), close).await.unwrap();
        // Whoever has some can still spend it on those who owe, and no fee stands in the way.
        let levy = store.read(move |tx| planet_ledger::find_currency(tx, currency)).await.unwrap().unwrap().levy;
        assert_eq!(levy, 0);
        pays(&store, BEN, CLEO, currency, 900, day(1)).await.unwrap();
        pays(&store, BEN, CLEO, currency, 1, day(1)).await.unwrap_err();
        live_until(&corridor, 1, 32).await;
        for who in [BEN, CLEO, DORA] {
            assert_eq!(has(&store, who, currency).await, Some(0));
        }
        let why = pays(&store, BEN, CLEO, currency, 1, day(33)).await.unwrap_err();
        assert!(why.contains("has come to its end"), "{why}");
        books_are_right(&store).await;
    }
}
