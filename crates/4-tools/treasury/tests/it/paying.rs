//! Opening, paying in and paying out, and everything that may come between.

use crate::club::{
    ADA, BAKERY, BEN, CLEO, NOW, TOM, announce, ask_out, at, bank, bare, by, claim, club, code, migrations,
    opening, page, pay_in, refused, terms,
};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::task::Call;
use planet_ledger::{Transfer, TransferKind, account_of, audit, transfer};
use planet_ontology::ids::{ActKey, AgentId, GroupId, MemberId, TransferId};
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines, sql};
use planet_treasury::acts::cash::ConfirmCash;
use planet_treasury::acts::open::{ChangeTerms, Close, Open, Terms};
use planet_treasury::acts::pay_in::{AskPayIn, ConfirmPayIn, WithdrawPayIn};
use planet_treasury::acts::pay_out::{ForgetAccount, RefusePayOut, SendPayOut, WithdrawPayOut};
use planet_treasury::bank::details::BankDetails;
use planet_treasury::views::passages::{PayInPage, PayOutPage};
use planet_treasury::views::waiting::{Kind, tasks};
use uuid::Uuid;

const DAY: i64 = 86_400;

fn send(pay_out: planet_ontology::ids::PayOutId) -> SendPayOut {
    SendPayOut { pay_out, sent_on: "2026-11-27".into(), bank_reference: "TX 42".into() }
}

both_engines! { migrations();

    async fn only_a_group_with_somebody_who_keeps_money_can_hold_it(store: Store) {
        let corridor = bare(&store).await;
        let house = Call { actor: Actor::House, key: ActKey(Uuid::new_v4()), now: NOW };
        assert_eq!(refused(&corridor, house, opening()).await, "not_signed_in");
        let member = Open { holder: GroupId(ADA.0), ..opening() };
        assert_eq!(refused(&corridor, by(ADA), member).await, "holder_unknown");
        let empty = GroupId(Uuid::from_u128(7));
        store
            .write(move |tx| {
                let new = agents::NewAgent { handle: "choir", name: "Choir", now: NOW };
                agents::create_group(tx, empty, &new, planet_ontology::roles::Mode::Chat, true)?;
                agents::set_role(tx, BEN.into(), empty, Role::Member, NOW)
            })
            .await
            .unwrap();
        assert_eq!(refused(&corridor, by(BEN), Open { holder: empty, ..opening() }).await, "nobody_keeps");
        for (act, expected) in [
            (Open { iso: "XXX".into(), ..opening() }, "money_unknown"),
            (Open { bank: BankDetails { iban: "DE00370400440532013000".into(), ..bank() }, ..opening() }, "iban_wrong"),
            (Open { bank: BankDetails { iban: String::new(), ..bank() }, ..opening() }, "account_missing"),
            (Open { terms: Terms { pace: " ".into(), ..terms() }, ..opening() }, "terms_missing"),
            (Open { terms: Terms { fees: "x".repeat(401), ..terms() }, ..opening() }, "terms_too_long"),
            (Open { terms: Terms { cap: Amount(0), ..terms() }, ..opening() }, "cap_wrong"),
            (Open { terms: Terms { cap: Amount(i64::MAX), ..terms() }, ..opening() }, "cap_wrong"),
            (Open { terms: Terms { cash: vec![MemberId(Uuid::from_u128(99))], ..terms() }, ..opening() }, "cash_person_unknown"),
        ] {
            assert_eq!(refused(&corridor, by(ADA), act).await, expected);
        }
        let first = corridor.act(by(ADA), opening()).await.unwrap().output.unwrap();
        assert_eq!(first.code, "EUR");
        assert_eq!(refused(&corridor, by(ADA), opening()).await, "held_already");
        store.write(|tx| agents::set_role(tx, TOM.into(), GroupId::CLUB, Role::Treasurer, NOW)).await.unwrap();
        let second = corridor.act(by(TOM), Open { holder: GroupId::CLUB, ..opening() }).await.unwrap().output.unwrap();
        assert_eq!(second.code, "EURCLUB");
    }

    async fn money_is_a_claim_only_once_it_has_arrived(store: Store) {
        let (corridor, euro) = club(&store).await;
        let (pay_in, reference) = announce(&corridor, BEN, euro, 5_000, "bank").await;
        assert!(planet_treasury::bank::reference::is_one(&reference));
        assert_eq!(claim(&corridor, BEN, euro).await, None, "a promise is no claim");
        let confirm = ConfirmPayIn { pay_in, arrived: Amount(5_000) };
        assert_eq!(refused(&corridor, by(CLEO), confirm.clone()).await, "pay_in_unknown");
        assert_eq!(refused(&corridor, by(BEN), confirm.clone()).await, "not_permitted");
        corridor.act(by(TOM), confirm).await.unwrap();
        assert_eq!(claim(&corridor, BEN, euro).await, Some((5_000, 5_000)));
        assert_eq!(claim(&corridor, BAKERY, euro).await, Some((-5_000, 0)));
        let seen = page(&corridor, CLEO).await;
        assert_eq!((seen.books.claimed, seen.books.expected, seen.books.ins.0), (Amount(5_000), Amount(5_000), 0));
        let audit = store.read(audit).await.unwrap();
        assert!(audit.problems.is_empty(), "{audit:?}");
    }

    async fn less_more_late_and_twice_are_normal(store: Store) {
        let (corridor, euro) = club(&store).await;
        for (announced, arrived) in [(5_000, 4_850), (2_000, 2_500)] {
            let (pay_in, _) = announce(&corridor, BEN, euro, announced, "bank").await;
            corridor.act(by(TOM), ConfirmPayIn { pay_in, arrived: Amount(arrived) }).await.unwrap();
            // Two treasurers, one after the other: the second one is told, and nothing is booked again.
            let again = ConfirmPayIn { pay_in, arrived: Amount(arrived) };
            assert_eq!(refused(&corridor, by(ADA), again).await, "ended");
        }
        assert_eq!(claim(&corridor, BEN, euro).await, Some((7_350, 7_350)));
        let (late, _) = announce(&corridor, BEN, euro, 1_000, "bank").await;
        let later = NOW.plus_seconds(31 * DAY);
        let viewer = corridor.viewer(TOM).await.unwrap();
        assert!(corridor.view(&viewer, PayInPage { id: late }, later).await.unwrap().line.late);
        corridor.act(at(TOM, later), ConfirmPayIn { pay_in: late, arrived: Amount(1_000) }).await.unwrap();
        let (back, _) = announce(&corridor, BEN, euro, 500, "bank").await;
        corridor.act(by(BEN), WithdrawPayIn { pay_in: back }).await.unwrap();
        assert_eq!(refused(&corridor, by(BEN), WithdrawPayIn { pay_in: back }).await, "ended");
        corridor.act(by(TOM), ConfirmPayIn { pay_in: back, arrived: Amount(500) }).await.unwrap();
        assert_eq!(claim(&corridor, BEN, euro).await, Some((8_850, 8_850)), "what was taken back came all the same");
    }

    async fn nobody_confirms_their_own_money(store: Store) {
        let (corridor, euro) = club(&store).await;
        let (mine, _) = announce(&corridor, TOM, euro, 5_000, "bank").await;
        assert_eq!(refused(&corridor, by(TOM), ConfirmPayIn { pay_in: mine, arrived: Amount(5_000) }).await, "own_pay_in");
        corridor.act(by(ADA), ConfirmPayIn { pay_in: mine, arrived: Amount(5_000) }).await.unwrap();
        let cash = |named| AskPayIn { currency: euro, amount: Amount(100), how: "cash".into(), named, of: None };
        assert_eq!(refused(&corridor, by(CLEO), cash(Some(CLEO))).await, "cash_to_oneself");
        assert_eq!(refused(&corridor, by(BEN), cash(None)).await, "cash_to_whom");
        assert_eq!(refused(&corridor, by(BEN), cash(Some(ADA))).await, "cash_to_whom");
    }

    async fn cash_is_confirmed_by_whom_it_was_handed_to_and_by_nobody_else(store: Store) {
        let (corridor, euro) = club(&store).await;
        let (pay_in, _) = announce(&corridor, BEN, euro, 2_000, "cash").await;
        let waiting = store.read(|tx| tasks(tx, CLEO)).await.unwrap();
        assert_eq!(waiting.iter().map(|task| task.kind).collect::<Vec<_>>(), [Kind::Cash(pay_in)]);
        assert_eq!(refused(&corridor, by(TOM), ConfirmPayIn { pay_in, arrived: Amount(2_000) }).await, "other_way");
        assert_eq!(refused(&corridor, by(TOM), ConfirmCash { pay_in, arrived: Amount(2_000) }).await, "other_way");
        assert_eq!(refused(&corridor, by(BEN), ConfirmCash { pay_in, arrived: Amount(2_000) }).await, "other_way");
        corridor.act(by(CLEO), ConfirmCash { pay_in, arrived: Amount(1_900) }).await.unwrap();
        assert_eq!(refused(&corridor, by(CLEO), ConfirmCash { pay_in, arrived: Amount(1_900) }).await, "ended");
        assert_eq!(claim(&corridor, BEN, euro).await, Some((1_900, 1_900)));
        let books = page(&corridor, BEN).await.books;
        assert_eq!((books.in_cash, books.expected, books.entrusted), (Amount(1_900), Amount(0), Amount(1_900)));
        // Whoever is no longer named takes nothing any more, not even what was announced before.
        let (other, _) = announce(&corridor, BEN, euro, 100, "cash").await;
        corridor.act(by(ADA), ChangeTerms { currency: euro, bank: bank(), terms: Terms { cash: vec![TOM], ..terms() } }).await.unwrap();
        assert_eq!(refused(&corridor, by(CLEO), ConfirmCash { pay_in: other, arrived: Amount(100) }).await, "cash_to_whom");
    }

    async fn a_pay_out_is_put_aside_sent_and_forgotten(store: Store) {
        let (corridor, euro) = club(&store).await;
        pay_in(&corridor, BEN, euro, 5_000).await;
        assert_eq!(code(ask_out(&corridor, BEN, euro, 5_001).await), "over_lower_limit");
        assert_eq!(code(ask_out(&corridor, BEN, euro, 0).await), "amount_not_positive");
        assert_eq!(code(ask_out(&corridor, CLEO, euro, 1).await), "holding_unknown");
        let pay_out = ask_out(&corridor, BEN, euro, 3_000).await.unwrap();
        assert_eq!(claim(&corridor, BEN, euro).await, Some((5_000, 2_000)), "put aside at once");
        assert_eq!(code(ask_out(&corridor, BEN, euro, 2_001).await), "over_lower_limit");
        let viewer = corridor.viewer(TOM).await.unwrap();
        let seen = corridor.view(&viewer, PayOutPage { id: pay_out }, NOW).await.unwrap();
        assert_eq!(seen.bank.unwrap().iban, "GB29NWBK60161331926819");
        assert_eq!(refused(&corridor, by(BEN), send(pay_out)).await, "not_permitted");
        corridor.act(by(TOM), send(pay_out)).await.unwrap();
        assert_eq!(refused(&corridor, by(ADA), send(pay_out)).await, "ended");
        assert_eq!(refused(&corridor, by(BEN), WithdrawPayOut { pay_out }).await, "ended");
        assert_eq!(claim(&corridor, BEN, euro).await, Some((2_000, 2_000)));
        assert_eq!(claim(&corridor, BAKERY, euro).await, Some((-2_000, 0)));
        let after = corridor.view(&viewer, PayOutPage { id: pay_out }, NOW).await.unwrap();
        assert_eq!((after.bank, after.line.tail.as_str(), after.sent_on.as_str()), (None, "6819", "2026-11-27"));
        // Three asked in vain: their accounts are forgotten an hour later.
        let left = || store.read(|tx| tx.one::<(i64,)>(sql!("SELECT count(*) FROM bank_accounts"), &[]));
        let jobs: Vec<(serde_json::Value,)> = store.read(|tx| tx.rows(sql!("SELECT args FROM jobs"), &[])).await.unwrap();
        assert_eq!((left().await.unwrap(), jobs.len()), ((4,), 5));
        for (args,) in jobs {
            let act: ForgetAccount = serde_json::from_value(args).unwrap();
            corridor.act(Call { actor: Actor::House, key: ActKey(Uuid::new_v4()), now: NOW }, act).await.unwrap();
        }
        assert_eq!(left().await.unwrap(), (0,));
    }

    async fn bank_details_never_enter_the_record(store: Store) {
        let (corridor, euro) = club(&store).await;
        pay_in(&corridor, BEN, euro, 5_000).await;
        let pay_out = ask_out(&corridor, BEN, euro, 3_000).await.unwrap();
        corridor.act(by(TOM), send(pay_out)).await.unwrap();
        let bodies: Vec<(String,)> = store.read(|tx| tx.rows(sql!("SELECT body FROM events"), &[])).await.unwrap();
        assert!(bodies.len() >= 4);
        assert!(bodies.iter().all(|(body,)| !body.contains("GB29NWBK60161331926819") && !body.contains("1926819")));
    }

    async fn a_refused_pay_out_is_given_back_with_the_reason(store: Store) {
        let (corridor, euro) = club(&store).await;
        pay_in(&corridor, BEN, euro, 5_000).await;
        let pay_out = ask_out(&corridor, BEN, euro, 3_000).await.unwrap();
        let refuse = |reason: &str| RefusePayOut { pay_out, reason: reason.into() };
        assert_eq!(refused(&corridor, by(TOM), refuse(" ")).await, "reason_missing");
        assert_eq!(refused(&corridor, by(TOM), refuse(&"x".repeat(281))).await, "too_long");
        corridor.act(by(TOM), refuse("The bank says there is no such account.")).await.unwrap();
        assert_eq!(claim(&corridor, BEN, euro).await, Some((5_000, 5_000)));
        let viewer = corridor.viewer(BEN).await.unwrap();
        let seen = corridor.view(&viewer, PayOutPage { id: pay_out }, NOW).await.unwrap();
        assert_eq!((seen.line.state.as_str(), seen.reason.as_str(), seen.bank), ("refused", "The bank says there is no such account.", None));
        let withdrawn = ask_out(&corridor, BEN, euro, 1_000).await.unwrap();
        corridor.act(by(BEN), WithdrawPayOut { pay_out: withdrawn }).await.unwrap();
        assert_eq!(claim(&corridor, BEN, euro).await, Some((5_000, 5_000)));
        // What nobody sends for a year is given back, and then nothing can be sent any more.
        let slow = ask_out(&corridor, BEN, euro, 1_000).await.unwrap();
        let later = NOW.plus_seconds(367 * DAY);
        assert_eq!(refused(&corridor, at(TOM, later), send(slow)).await, "hold_ended");
        store.write(move |tx| planet_ledger::expire_due(tx, later, 10)).await.unwrap();
        corridor.act(at(BEN, later), WithdrawPayOut { pay_out: slow }).await.unwrap();
        assert_eq!(claim(&corridor, BEN, euro).await, Some((5_000, 5_000)));
    }

    async fn a_treasurer_who_was_removed_in_between_confirms_nothing(store: Store) {
        let (corridor, euro) = club(&store).await;
        let (coming, _) = announce(&corridor, BEN, euro, 5_000, "bank").await;
        pay_in(&corridor, CLEO, euro, 1_000).await;
        let going = ask_out(&corridor, CLEO, euro, 500).await.unwrap();
        store.write(|tx| agents::set_role(tx, TOM.into(), BAKERY, Role::None, NOW)).await.unwrap();
        assert_eq!(refused(&corridor, by(TOM), ConfirmPayIn { pay_in: coming, arrived: Amount(5_000) }).await, "pay_in_unknown");
        assert_eq!(refused(&corridor, by(TOM), send(going)).await, "pay_out_unknown");
        assert_eq!(store.read(|tx| tasks(tx, TOM)).await.unwrap(), []);
        corridor.act(by(ADA), ConfirmPayIn { pay_in: coming, arrived: Amount(5_000) }).await.unwrap();
    }

    async fn a_holder_that_stops_takes_nothing_new_and_pays_out_what_is_there(store: Store) {
        let (corridor, euro) = club(&store).await;
        pay_in(&corridor, BEN, euro, 5_000).await;
        let (coming, _) = announce(&corridor, BEN, euro, 700, "bank").await;
        corridor.act(by(ADA), Close { currency: euro }).await.unwrap();
        assert_eq!(refused(&corridor, by(ADA), Close { currency: euro }).await, "closing");
        let ask = AskPayIn { currency: euro, amount: Amount(100), how: "bank".into(), named: None, of: None };
        assert_eq!(refused(&corridor, by(BEN), ask).await, "closing");
        corridor.act(by(TOM), ConfirmPayIn { pay_in: coming, arrived: Amount(700) }).await.unwrap();
        let pay_out = ask_out(&corridor, BEN, euro, 5_700).await.unwrap();
        corridor.act(by(TOM), send(pay_out)).await.unwrap();
        let seen = page(&corridor, BEN).await;
        assert_eq!((seen.books.claimed, seen.books.entrusted, seen.held.closing), (Amount(0), Amount(0), Some(NOW)));
        assert_eq!(corridor.act(by(ADA), opening()).await.unwrap().output.unwrap().code, "EURBAKERY", "and may begin anew");
    }

    async fn no_more_is_held_than_was_agreed(store: Store) {
        let (corridor, euro) = club(&store).await;
        pay_in(&corridor, BEN, euro, 99_000).await;
        let ask = |amount| AskPayIn { currency: euro, amount: Amount(amount), how: "bank".into(), named: None, of: None };
        for (amount, expected) in [(1_001, "over_cap"), (i64::MAX, "over_cap"), (0, "amount_not_positive"), (-1, "amount_not_positive")] {
            assert_eq!(refused(&corridor, by(CLEO), ask(amount)).await, expected, "{amount}");
        }
        assert_eq!(refused(&corridor, by(CLEO), AskPayIn { how: "barter".into(), ..ask(1) }).await, "way_unknown");
        let (coming, _) = announce(&corridor, CLEO, euro, 500, "bank").await;
        let confirm = |arrived| ConfirmPayIn { pay_in: coming, arrived: Amount(arrived) };
        assert_eq!(refused(&corridor, by(TOM), confirm(1_001)).await, "over_cap");
        assert_eq!(refused(&corridor, by(TOM), confirm(i64::MAX)).await, "over_cap");
        let change = |cap| ChangeTerms { currency: euro, bank: bank(), terms: Terms { cap: Amount(cap), ..terms() } };
        assert_eq!(refused(&corridor, by(ADA), change(98_000)).await, "cap_too_low");
        corridor.act(by(ADA), change(200_000)).await.unwrap();
        corridor.act(by(TOM), confirm(1_001)).await.unwrap();
        pay_in(&corridor, BEN, euro, 50_000).await;
        assert_eq!(claim(&corridor, BEN, euro).await, Some((149_000, 149_000)), "the higher cap holds for everybody");
    }

    async fn the_holder_makes_no_claims_out_of_nothing_and_spends_what_it_was_paid(store: Store) {
        let (corridor, euro) = club(&store).await;
        pay_in(&corridor, BEN, euro, 5_000).await;
        pay_in(&corridor, CLEO, euro, 1_000).await;
        let pay = |from: AgentId, to: AgentId, amount: i64| {
            store.write(move |tx| {
                let (debit, credit) = (account_of(tx, from, euro)?.unwrap().id, account_of(tx, to, euro)?.unwrap().id);
                let id = TransferId(Uuid::new_v4());
                transfer(tx, &Transfer { id, debit, credit, amount: Amount(amount), kind: TransferKind::Payment, memo: String::new(), reference: None }, NOW)
            })
        };
        assert!(pay(BAKERY.into(), CLEO.into(), 1).await.is_err(), "the account was empty");
        pay(BEN.into(), BAKERY.into(), 800).await.unwrap();
        assert!(pay(BAKERY.into(), CLEO.into(), 801).await.is_err());
        pay(BAKERY.into(), CLEO.into(), 300).await.unwrap();
        let books = page(&corridor, BEN).await.books;
        assert_eq!((books.claimed, books.earned, books.entrusted), (Amount(5_500), Amount(500), Amount(6_000)));
        let audit = store.read(audit).await.unwrap();
        assert!(audit.problems.is_empty(), "{audit:?}");
    }
}
