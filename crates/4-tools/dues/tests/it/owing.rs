//! What members owe: written down once, paid once, reminded of kindly, and less for those who ask.

use crate::club::*;
use planet_corridor::actor::Actor;
use planet_corridor::task::Call;
use planet_dues::acts::coming::{Farewell, Welcome};
use planet_dues::acts::pay::{Choose, PayDues};
use planet_dues::acts::relief::{AnswerRelief, AskRelief, Relief, Waive, WithdrawRelief};
use planet_dues::terms::Terms;
use planet_exchange::outbox;
use planet_kit::testing::{at, by};
use planet_ontology::ids::{ActKey, GroupId};
use planet_ontology::roles::Standing;
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines};
use uuid::Uuid;

both_engines! { migrations();

    async fn dues_are_written_down_two_weeks_ahead_and_paid_once(store: Store) {
        let corridor = decided(&store).await;
        assert!(owes(&corridor, BEN).await.is_empty(), "the day is twenty days away");
        corridor.perform_due(later(NOW, 7)).await.unwrap();
        let first = day(NOW, 20);
        assert_eq!(owes(&corridor, BEN).await, [(first.clone(), 500, "owed".to_owned())]);
        let line = lines_of(&corridor, BEN).await[0].id;
        let call = Call { actor: Actor::Member(BEN), key: ActKey(Uuid::from_u128(1)), now: later(NOW, 8) };
        corridor.act(call, PayDues { line }).await.unwrap();
        corridor.act(call, PayDues { line }).await.unwrap();
        assert_eq!((balance(&corridor, BEN).await, balance(&corridor, GroupId::CLUB).await), (-500, 500));
        assert_eq!(tries(&corridor, BEN, later(NOW, 9), PayDues { line }).await, "line_settled");
        assert_eq!(owes(&corridor, BEN).await, [(first, 500, "paid".to_owned())]);
        let cats = lines_of(&corridor, CAT).await[0].id;
        assert_eq!(tries(&corridor, BEN, later(NOW, 9), PayDues { line: cats }).await, "line_unknown");
        // Tom keeps the books and sees it, but nobody pays out of another's wallet by this.
        assert_eq!(tries(&corridor, TOM, later(NOW, 9), PayDues { line: cats }).await, "line_unknown");
    }

    async fn a_node_that_slept_for_months_charges_every_month_once(store: Store) {
        let corridor = club(&store).await;
        let on_the_31st = Terms { first: "2026-12-31".into(), ..terms() };
        decide(&corridor, on_the_31st, NOW).await;
        let april = planet_ontology::units::Moment::of_day("2027-04-20").unwrap();
        corridor.perform_due(april).await.unwrap();
        corridor.perform_due(april).await.unwrap();
        let days: Vec<String> = owes(&corridor, CAT).await.into_iter().map(|(period, _, _)| period).collect();
        assert_eq!(days, ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]);
    }

    async fn whoever_wants_it_pays_by_itself_and_is_told_when_that_fails(store: Store) {
        let corridor = decided(&store).await;
        let choose = |by_itself| Choose { by_itself, email: "ben@example.org".into() };
        corridor.act(by(BEN), choose(true)).await.unwrap();
        corridor.act(by(CAT), Choose { by_itself: true, email: String::new() }).await.unwrap();
        store.write(|tx| {
            let account = planet_ledger::account_of(tx, CAT.into(), ACORNS)?.unwrap();
            planet_ledger::set_limits(tx, account.id, Amount(-499), Amount(1_000)).unwrap();
            Ok::<_, planet_store::Error>(())
        }).await.unwrap();
        for days in 1..=26 {
            corridor.perform_due(later(NOW, days)).await.unwrap();
        }
        let (bens, cats) = (lines_of(&corridor, BEN).await, lines_of(&corridor, CAT).await);
        assert_eq!((bens[0].state.as_str(), balance(&corridor, BEN).await), ("paid", -500));
        assert_eq!((cats[0].state.as_str(), cats[0].tried), ("owed", 3));
        assert!(cats[0].problem.contains("4.99"), "{}", cats[0].problem);
        assert_eq!(tries(&corridor, BEN, NOW, Choose { by_itself: true, email: "no address".into() }).await, "email_wrong");
    }

    async fn reminders_are_mailed_before_the_day_and_after_it_to_those_who_want_them(store: Store) {
        let corridor = decided(&store).await;
        corridor.act(by(BEN), Choose { by_itself: false, email: "ben@example.org".into() }).await.unwrap();
        for days in 1..=60 {
            corridor.perform_due(later(NOW, days)).await.unwrap();
        }
        let mails = store.read(|tx| outbox::due(tx, later(NOW, 61), 50)).await.unwrap();
        let first: Vec<String> = mails.iter().filter(|it| it.subject.contains(&day(NOW, 20))).map(|it| it.to.clone()).collect();
        assert_eq!(first, ["ben@example.org"], "once before the first day, and nobody else");
        assert!(mails.iter().all(|mail| mail.to == "ben@example.org" && mail.body.contains("ask for a reduction")));
        // For the first day three, for the second, which is 30 days later, two.
        assert_eq!(mails.len(), 5, "{mails:?}");
    }

    async fn who_cannot_pay_asks_and_it_stays_between_them(store: Store) {
        let corridor = decided(&store).await;
        corridor.perform_due(later(NOW, 7)).await.unwrap();
        let now = later(NOW, 8);
        let half = AskRelief { kind: Relief::Reduce, percent: Some(50), until: Some(later(NOW, 100)), words: String::new() };
        let relief = corridor.act(at(BEN, now), half.clone()).await.unwrap().output.unwrap();
        assert_eq!(tries(&corridor, BEN, now, half).await, "relief_waits");
        let answer = |grant| AnswerRelief { relief, grant, percent: None, until: None, answer: "Of course.".into() };
        assert_eq!(tries(&corridor, BEN, now, answer(true)).await, "own_affair");
        assert_eq!(tries(&corridor, CAT, now, answer(true)).await, "relief_unknown");
        assert_eq!(tries(&corridor, CAT, now, WithdrawRelief { relief }).await, "relief_unknown");
        corridor.act(at(TOM, now), answer(true)).await.unwrap();
        assert_eq!(tries(&corridor, ADA, now, answer(false)).await, "relief_settled");
        corridor.perform_due(later(NOW, 70)).await.unwrap();
        let owed: Vec<i64> = owes(&corridor, BEN).await.into_iter().map(|(_, amount, _)| amount).collect();
        assert_eq!(owed, [250, 250, 250], "what was written down ahead and what comes until the day");
        let pause = AskRelief { kind: Relief::Pause, percent: None, until: Some(later(NOW, 200)), words: "Ill.".into() };
        let relief = corridor.act(at(CAT, now), pause).await.unwrap().output.unwrap();
        corridor.act(at(CAT, now), WithdrawRelief { relief }).await.unwrap();
        let waive = AskRelief { kind: Relief::Waive, percent: None, until: None, words: String::new() };
        let relief = corridor.act(at(CAT, later(NOW, 71)), waive).await.unwrap().output.unwrap();
        let grant = AnswerRelief { relief, grant: true, percent: None, until: None, answer: String::new() };
        corridor.act(at(TOM, later(NOW, 71)), grant).await.unwrap();
        assert!(owes(&corridor, CAT).await.iter().all(|(_, _, state)| state == "waived"));
    }

    async fn a_pause_is_kept_and_a_treasurer_waives_what_others_owe(store: Store) {
        let corridor = decided(&store).await;
        let pause = AskRelief { kind: Relief::Pause, percent: None, until: Some(later(NOW, 40)), words: String::new() };
        let relief = corridor.act(by(BEN), pause).await.unwrap().output.unwrap();
        let grant = AnswerRelief { relief, grant: true, percent: None, until: None, answer: String::new() };
        corridor.act(by(TOM), grant).await.unwrap();
        corridor.perform_due(later(NOW, 45)).await.unwrap();
        let states: Vec<String> = owes(&corridor, BEN).await.into_iter().map(|(_, _, state)| state).collect();
        assert_eq!(states, ["waived", "owed"]);
        let line = lines_of(&corridor, BEN).await[0].id;
        assert_eq!(tries(&corridor, BEN, later(NOW, 46), Waive { line }).await, "own_affair");
        corridor.act(at(TOM, later(NOW, 46)), Waive { line }).await.unwrap();
        assert_eq!(tries(&corridor, TOM, later(NOW, 46), Waive { line }).await, "line_settled");
    }

    async fn a_newcomer_owes_the_joining_fee_and_who_is_suspended_owes_nothing_new(store: Store) {
        let corridor = decided(&store).await;
        corridor.act(by(Actor::House), Welcome { member: CAT }).await.unwrap();
        corridor.act(by(Actor::House), Welcome { member: CAT }).await.unwrap();
        assert_eq!(owes(&corridor, CAT).await, [("joining".to_owned(), 1_000, "owed".to_owned())]);
        stand(&corridor, BEN, Standing::Suspended).await;
        corridor.perform_due(later(NOW, 7)).await.unwrap();
        assert!(owes(&corridor, BEN).await.is_empty());
        assert_eq!(owes(&corridor, CAT).await.len(), 2);
        stand(&corridor, CAT, Standing::Left).await;
        corridor.act(at(Actor::House, later(NOW, 8)), Farewell { member: CAT }).await.unwrap();
        let states: Vec<String> = owes(&corridor, CAT).await.into_iter().map(|(_, _, state)| state).collect();
        assert_eq!(states, ["waived", "waived"], "nothing of it was due");
    }
}
