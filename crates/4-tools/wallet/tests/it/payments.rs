//! Stories of payments beyond the plain one, on both engines: another currency with its levy, putting aside, giving back, and
//! lists.

use crate::town::*;
use planet_corridor::actor::Actor;
use planet_ledger::{CurrencyKind, NewCurrency, create_currency, open_account};
use planet_ontology::ids::{AccountId, CurrencyId};
use planet_ontology::units::Amount;
use planet_store::{Store, both_engines};
use planet_wallet::acts::hold::{ExpireHolds, Hold, Release, Settle};
use planet_wallet::acts::pay::Pay;
use planet_wallet::acts::pay_many::{PayMany, Row};
use planet_wallet::acts::refund::Refund;
use uuid::Uuid;

const DAY: i64 = 86_400;

fn hold(amount: i64) -> Hold {
    Hold {
        to: BEN.into(),
        amount: Amount(amount),
        memo: "deposit".into(),
        seconds: DAY,
        from: None,
        currency: None,
    }
}

fn coins(to: planet_ontology::ids::MemberId, amount: i64) -> Pay {
    Pay { currency: Some(COINS), ..pay(to, amount) }
}

fn back(transfer: planet_ontology::ids::TransferId, amount: Option<i64>) -> Refund {
    Refund { transfer, amount: amount.map(Amount), memo: String::new() }
}

both_engines! { migrations();

    async fn a_levy_is_paid_on_top_and_whoever_may_hold_a_currency_gets_an_account_with_the_first_payment(store: Store) {
        let corridor = town(&store).await;
        let paid = done(&corridor, by(ADA), coins(BEN, 1_000)).await;
        assert_eq!(paid.balance, Amount(8_980));
        assert_eq!(has(&corridor, ADA, Some(COINS)).await, 8_980);
        assert_eq!(has(&corridor, BEN, Some(COINS)).await, 1_000);
        assert_eq!(has(&corridor, BAKERY, Some(COINS)).await, 20);
        // Now Ben has an account: the batch's quick way comes to the same.
        done(&corridor, by(ADA), coins(BEN, 1_000)).await;
        assert_eq!(has(&corridor, BAKERY, Some(COINS)).await, 40);
        assert_eq!(refused(&corridor, by(ADA), coins(DAN, 5)).await, ("may_not_hold".into(), "Dan may not hold these coins.".into()));
        // 7 960 are left, which cover a payment of 7 900 alone but not with its levy: then neither happens.
        assert_eq!(refused(&corridor, by(ADA), coins(BEN, 7_900)).await.0, "over_lower_limit");
        assert_eq!(has(&corridor, ADA, Some(COINS)).await, 7_960);
        the_books_are_in_order(&corridor).await;
    }

    async fn a_claim_on_a_bank_account_is_for_those_who_have_said_that_they_take_it(store: Store) {
        let corridor = town(&store).await;
        let euros = CurrencyId(Uuid::from_u128(0xe));
        store.write(move |tx| {
            let claim = NewCurrency {
                id: euros, code: "EUROS".into(), name: "Euros".into(), symbol: "€".into(), kind: CurrencyKind::Conventional, decimals: 2,
                issuer: BAKERY.into(), min: Amount(-500), max: Amount(1_000), soft_min: None, soft_max: None, lifetime: None,
            };
            create_currency(tx, &claim, NOW.plus_seconds(2)).unwrap();
            open_account(tx, ADA.into(), euros, AccountId(Uuid::new_v4()), NOW).unwrap();
            Ok::<_, planet_store::Error>(())
        }).await.unwrap();
        let pay = || Pay { currency: Some(euros), ..pay(BEN, 100) };
        assert_eq!(refused(&corridor, by(ADA), pay()).await.0, "payee_has_none");
        store.write(move |tx| Ok::<_, planet_store::Error>(open_account(tx, BEN.into(), euros, AccountId(Uuid::new_v4()), NOW).unwrap())).await.unwrap();
        done(&corridor, by(ADA), pay()).await;
        assert_eq!(has(&corridor, BEN, Some(euros)).await, 100);
    }

    async fn what_is_put_aside_is_taken_in_part_by_whoever_it_is_for(store: Store) {
        let corridor = town(&store).await;
        let put = done(&corridor, by(ADA), hold(6_000)).await;
        assert_eq!(put.expires.seconds(), NOW.plus_seconds(DAY).seconds());
        assert_eq!(refused(&corridor, by(ADA), pay(CLEO, 4_001)).await.0, "over_lower_limit");
        let take = |amount: Option<i64>| Settle { hold: put.hold, amount: amount.map(Amount) };
        assert_eq!(refused(&corridor, by(CLEO), take(None)).await.0, "hold_unknown");
        assert_eq!(refused(&corridor, by(ADA), take(None)).await.0, "hold_not_for_you");
        assert_eq!(refused(&corridor, by(BEN), take(Some(6_001))).await, ("over_hold".into(), "This is more than the 60.00 that were put aside.".into()));
        assert_eq!(refused(&corridor, by(BEN), take(Some(0))).await.0, "amount_not_positive");
        done(&corridor, by(BEN), take(Some(2_500))).await;
        assert_eq!(refused(&corridor, by(BEN), take(Some(2_500))).await, ("hold_ended".into(), "What was put aside has been paid already.".into()));
        assert_eq!(refused(&corridor, by(ADA), Release { hold: put.hold }).await.0, "hold_ended");
        assert_eq!((has(&corridor, ADA, None).await, has(&corridor, BEN, None).await), (-2_500, 2_500));
        done(&corridor, by(ADA), pay(CLEO, 7_500)).await;
        the_books_are_in_order(&corridor).await;
    }

    async fn either_side_gives_back_and_time_does_too(store: Store) {
        let corridor = town(&store).await;
        for who in [ADA, BEN] {
            let put = done(&corridor, by(ADA), hold(10_000)).await;
            assert_eq!(refused(&corridor, by(CLEO), Release { hold: put.hold }).await.0, "hold_unknown");
            done(&corridor, by(who), Release { hold: put.hold }).await;
            assert_eq!(refused(&corridor, by(BEN), Settle { hold: put.hold, amount: None }).await, ("hold_ended".into(), "What was put aside has been given back.".into()));
        }
        let put = done(&corridor, by(ADA), hold(10_000)).await;
        let late = NOW.plus_seconds(DAY + 1);
        let sentence = "What was put aside was not used in time and has been given back.";
        assert_eq!(refused(&corridor, at(BEN, late), Settle { hold: put.hold, amount: None }).await, ("hold_ended".into(), sentence.into()));
        assert_eq!(refused(&corridor, at(ADA, late), pay(CLEO, 1)).await.0, "over_lower_limit");
        corridor.perform_due(late).await.unwrap();
        done(&corridor, at(ADA, late), pay(CLEO, 1)).await;
        assert_eq!(done(&corridor, at(Actor::House, late), ExpireHolds {}).await, 0);
        for seconds in [0, -1, 367 * DAY] {
            assert_eq!(refused(&corridor, by(ADA), Hold { seconds, ..hold(1) }).await.0, "timeout");
        }
        the_books_are_in_order(&corridor).await;
    }

    async fn the_levy_is_put_aside_with_the_amount_and_taken_in_proportion(store: Store) {
        let corridor = town(&store).await;
        let put = done(&corridor, by(ADA), Hold { currency: Some(COINS), ..hold(5_000) }).await;
        assert_eq!(put.levy, Amount(100));
        assert_eq!(refused(&corridor, by(ADA), coins(BEN, 4_850)).await.0, "over_lower_limit");
        let paid = done(&corridor, by(BEN), Settle { hold: put.hold, amount: Some(Amount(2_500)) }).await;
        assert_eq!((has(&corridor, ADA, Some(COINS)).await, has(&corridor, BAKERY, Some(COINS)).await), (7_450, 50));
        assert_eq!(paid.balance, Amount(2_500), "Ben is told what he has, and not what Ada has left");
        let small = done(&corridor, by(ADA), Hold { currency: Some(COINS), ..hold(60) }).await;
        done(&corridor, by(BEN), Settle { hold: small.hold, amount: Some(Amount(10)) }).await;
        assert_eq!((has(&corridor, ADA, Some(COINS)).await, has(&corridor, BAKERY, Some(COINS)).await), (7_440, 50));
        done(&corridor, by(ADA), Hold { currency: Some(COINS), ..hold(7_294) }).await;
        the_books_are_in_order(&corridor).await;
    }

    async fn a_payment_is_given_back_in_parts_and_never_more_than_it_was(store: Store) {
        let corridor = town(&store).await;
        let payment = paid(&corridor, ADA, pay(BEN, 1_000)).await;
        assert_eq!(refused(&corridor, by(ADA), back(payment, None)).await.0, "refund_by_payer");
        assert_eq!(refused(&corridor, by(CLEO), back(payment, None)).await.0, "payment_unknown");
        assert_eq!(refused(&corridor, by(BEN), back(payment, Some(1_001))).await, ("refund_too_much".into(), "Of this payment 10.00 are left to be given back.".into()));
        for amount in [0, -5] {
            assert_eq!(refused(&corridor, by(BEN), back(payment, Some(amount))).await.0, "amount_not_positive");
        }
        let first = done(&corridor, by(BEN), back(payment, Some(400))).await.transfer;
        assert_eq!(refused(&corridor, by(BEN), back(payment, Some(601))).await.0, "refund_too_much");
        done(&corridor, by(BEN), back(payment, None)).await;
        assert_eq!((has(&corridor, ADA, None).await, has(&corridor, BEN, None).await), (0, 0));
        assert_eq!(refused(&corridor, by(BEN), back(payment, None)).await.0, "refund_too_much");
        assert_eq!(refused(&corridor, by(ADA), back(first, None)).await, ("refund_of_other".into(), "Only a payment can be given back, and this is not one.".into()));
        // Who has spent it cannot give it back.
        let payment = paid(&corridor, ADA, pay(BEN, 1_000)).await;
        paid(&corridor, BEN, pay(CLEO, 11_000)).await;
        assert_eq!(refused(&corridor, by(BEN), back(payment, None)).await.0, "over_lower_limit");
        done(&corridor, by(CLEO), pay(BEN, 500)).await;
        done(&corridor, by(BEN), back(payment, Some(500))).await;
        the_books_are_in_order(&corridor).await;
    }

    async fn of_many_refunds_at_once_only_as_much_as_was_paid_goes_back(store: Store) {
        let corridor = town(&store).await;
        let payment = paid(&corridor, ADA, pay(BEN, 1_000)).await;
        let tasks: Vec<_> = (0..40)
            .map(|_| {
                let corridor = corridor.clone();
                tokio::spawn(async move { corridor.act(by(BEN), back(payment, Some(300))).await.is_ok() })
            })
            .collect();
        let mut given = 0;
        for task in tasks {
            given += i32::from(task.await.unwrap());
        }
        assert_eq!((given, has(&corridor, BEN, None).await), (3, 100));
        the_books_are_in_order(&corridor).await;
    }

    async fn a_list_of_ten_thousand_with_one_bad_row_pays_nobody_and_names_the_row(store: Store) {
        let corridor = town(&store).await;
        let row = |at: usize| Row { to: if at.is_multiple_of(2) { BEN.into() } else { CLEO.into() }, amount: Amount(1), memo: format!("wage {at}") };
        let mut rows: Vec<Row> = (0..10_000).map(row).collect();
        rows[7_122].amount = Amount(0);
        let list = |rows: &[Row]| PayMany { rows: rows.to_vec(), from: None, currency: None };
        let (code, sentence) = refused(&corridor, by(ADA), list(&rows)).await;
        assert_eq!(code, "row_refused");
        assert_eq!(sentence, "Nothing was paid. Row 7123 (Ben) is the reason: The amount must be more than zero.");
        assert_eq!(has(&corridor, ADA, None).await, 0);
        rows[7_122].amount = Amount(1);
        let answer = done(&corridor, by(ADA), list(&rows)).await;
        assert_eq!((answer.count, answer.total, answer.balance), (10_000, Amount(10_000), Amount(-10_000)));
        assert_eq!((has(&corridor, BEN, None).await, has(&corridor, CLEO, None).await), (5_000, 5_000));
        assert_eq!(refused(&corridor, by(BEN), list(&[])).await.0, "nobody_listed");
        rows.push(row(0));
        assert_eq!(refused(&corridor, by(BEN), list(&rows)).await.0, "too_many_rows");
        the_books_are_in_order(&corridor).await;
    }

    async fn a_list_is_refused_for_whoever_cannot_be_paid_and_for_sums_beyond_all_numbers(store: Store) {
        let corridor = town(&store).await;
        let list = |rows: Vec<(planet_ontology::ids::MemberId, i64)>, currency| PayMany {
            rows: rows.into_iter().map(|(to, amount)| Row { to: to.into(), amount: Amount(amount), memo: String::new() }).collect(),
            from: None,
            currency,
        };
        let stranger = planet_ontology::ids::MemberId(uuid::Uuid::from_u128(9));
        for (rows, currency, wanted) in [
            (vec![(BEN, 1), (stranger, 1)], None, "Nothing was paid. Row 2 (nobody) is the reason: There is nobody here by that name who can be paid."),
            (vec![(BEN, 1), (DAN, 1)], Some(COINS), "Nothing was paid. Row 2 (Dan) is the reason: Dan may not hold these coins."),
            (vec![(BEN, 1), (CLEO, -1)], None, "Nothing was paid. Row 2 (Cleo) is the reason: The amount must be more than zero."),
            (vec![(BEN, 6_000), (CLEO, 6_000)], None, "Nothing was paid. Row 2 (Cleo) is the reason: You can go down to \u{2212}100.00; this payment would take you 20.00 below that."),
            (vec![(BEN, i64::MAX), (CLEO, 1)], None, "Together this is more than can be counted."),
        ] {
            assert_eq!(refused(&corridor, by(ADA), list(rows, currency)).await.1, wanted);
        }
        let answer = done(&corridor, by(ADA), list(vec![(BEN, 1_000), (CLEO, 2_000)], Some(COINS))).await;
        assert_eq!((answer.levies, answer.balance), (Amount(60), Amount(6_940)));
        the_books_are_in_order(&corridor).await;
    }

    async fn one_balance_is_spent_once_however_many_spend_it_at_once(store: Store) {
        let corridor = town(&store).await;
        let tasks: Vec<_> = (0..256)
            .map(|at| {
                let corridor = corridor.clone();
                tokio::spawn(async move {
                    match at % 4 {
                        0 => corridor.act(by(ADA), hold(100)).await.is_ok(),
                        1 => {
                            let rows = vec![Row { to: CLEO.into(), amount: Amount(60), memo: String::new() }, Row { to: BEN.into(), amount: Amount(40), memo: String::new() }];
                            corridor.act(by(ADA), PayMany { rows, from: None, currency: None }).await.is_ok()
                        }
                        _ => corridor.act(by(ADA), pay(CLEO, 100)).await.is_ok(),
                    }
                })
            })
            .collect();
        let mut spent = 0;
        for task in tasks {
            spent += i32::from(task.await.unwrap());
        }
        assert_eq!(spent, 100);
        assert_eq!(refused(&corridor, by(ADA), pay(BEN, 1)).await.0, "over_lower_limit");
        the_books_are_in_order(&corridor).await;
    }

    async fn the_same_key_with_other_content_is_refused(store: Store) {
        let corridor = town(&store).await;
        let attempt = by(ADA);
        let first = done(&corridor, attempt, hold(100)).await;
        assert_eq!(done(&corridor, attempt, hold(100)).await, first);
        assert_eq!(refused(&corridor, attempt, hold(101)).await.0, "key_reused");
    }

    async fn amounts_at_the_ends_of_the_numbers_are_refused_and_nothing_moves(store: Store) {
        let corridor = town(&store).await;
        for amount in [i64::MAX, i64::MAX - 1, i64::MIN, -1] {
            let (code, _) = refused(&corridor, by(ADA), coins(BEN, amount)).await;
            assert!(["over_lower_limit", "amount_not_positive", "too_large"].contains(&code.as_str()), "{amount}: {code}");
            let (code, _) = refused(&corridor, by(ADA), Hold { currency: Some(COINS), ..hold(amount) }).await;
            assert!(["over_lower_limit", "amount_not_positive", "too_large"].contains(&code.as_str()), "{amount}: {code}");
        }
        assert_eq!(has(&corridor, ADA, Some(COINS)).await, 10_000);
        the_books_are_in_order(&corridor).await;
    }
}
