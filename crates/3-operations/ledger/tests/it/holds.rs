//! Value is put aside, and paid, given back or expired.

use planet_ledger::MIGRATIONS;
use planet_ledger::{LedgerError, find_transfer, hold, open_holds, settle, transfer, void};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Store, both_engines};

use crate::club::{START, account, assert_right, balances, books, furnished, id, outcome, pay};

const LATER: Moment = START.plus_seconds(60);

async fn put_aside(
    store: &Store,
    n: u128,
    amount: i64,
    seconds: i64,
) -> Result<planet_ledger::Held, LedgerError> {
    let t = pay(n, account(1), account(2), amount);
    store.write(move |tx| hold(tx, &t, seconds, START)).await
}

both_engines! { MIGRATIONS;
    async fn a_hold_counts_against_both_limits_until_it_ends(store: Store) {
        furnished(&store, 3, 1_000).await;
        let held = put_aside(&store, 1, 600, 60).await.unwrap();
        assert!(held.fresh && held.expires == held.at.plus_seconds(60));
        assert!(!put_aside(&store, 1, 600, 60).await.unwrap().fresh, "asking again puts nothing more aside");
        assert_eq!(put_aside(&store, 2, 401, 60).await.unwrap_err().code(), "over-lower-limit");
        let into_the_reserve = pay(3, account(3), account(2), 401);
        let said = store.write(move |tx| transfer(tx, &into_the_reserve, START)).await;
        assert_eq!(outcome(&said, |_| true), "refused upper limit by 1");
        assert_eq!(store.read(|tx| open_holds(tx, account(2))).await.unwrap().len(), 1);
        assert_eq!(balances(&store).await, [0, 0, 0]);
        assert_eq!(store.write(|tx| void(tx, id(1), START)).await, Ok(true));
        assert_eq!(store.write(|tx| void(tx, id(1), START)).await, Ok(false));
        assert_eq!(store.read(|tx| open_holds(tx, account(2))).await.unwrap(), []);
        put_aside(&store, 4, 1_000, 60).await.unwrap();
        assert_right(&store, 0).await;
    }

    async fn a_hold_ends_once(store: Store) {
        furnished(&store, 2, 1_000).await;
        put_aside(&store, 1, 600, 60).await.unwrap();
        let pay_part = || store.write(|tx| settle(tx, id(10), id(1), Some(Amount(200)), START));
        assert_eq!(outcome(&pay_part().await, |posted| posted.fresh), "created");
        assert_eq!(outcome(&pay_part().await, |posted| posted.fresh), "exists");
        assert_eq!(store.read(|tx| find_transfer(tx, id(10))).await.unwrap().unwrap().hold, Some(id(1)));
        let before = books(&store).await;
        let more = store.write(|tx| settle(tx, id(11), id(1), None, START)).await;
        assert_eq!(more.unwrap_err().to_string(), "What was put aside has been paid already.");
        let back = store.write(|tx| void(tx, id(1), START)).await;
        assert_eq!(back.unwrap_err().code(), "hold-ended");
        assert_eq!(books(&store).await, before);
        assert_eq!(balances(&store).await, [-200, 200]);
        assert_right(&store, 1).await;
    }

    async fn what_is_overdue_is_not_paid_even_before_it_was_swept_up(store: Store) {
        furnished(&store, 2, 1_000).await;
        put_aside(&store, 1, 600, 60).await.unwrap();
        let before = books(&store).await;
        let late = store.write(|tx| settle(tx, id(10), id(1), None, LATER.plus_seconds(1))).await;
        assert_eq!(outcome(&late, |_| true), "refused pending expired");
        assert_eq!(books(&store).await, before);
        let swept = store.write(|tx| planet_ledger::expire_due(tx, LATER.plus_seconds(1), 10)).await.unwrap();
        assert_eq!(swept, [id(1)]);
        assert_eq!(books(&store).await.accounts.iter().map(|a| a.debits_pending.0 + a.credits_pending.0).sum::<i64>(), 0);
        assert_right(&store, 0).await;
    }

    async fn a_hold_that_cannot_be_says_why_and_leaves_no_trace(store: Store) {
        furnished(&store, 2, 1_000).await;
        put_aside(&store, 1, 600, 60).await.unwrap();
        let t = pay(5, account(1), account(2), 1);
        store.write(move |tx| transfer(tx, &t, START)).await.unwrap();
        let before = books(&store).await;
        let duration = "Something can be put aside for a second at least and a year at most.";
        assert_eq!(put_aside(&store, 2, 1, 0).await.unwrap_err().to_string(), duration);
        assert_eq!(put_aside(&store, 2, 1, i64::MAX).await.unwrap_err().to_string(), duration);
        assert_eq!(put_aside(&store, 2, 0, 60).await, Err(LedgerError::AmountNotPositive));
        assert_eq!(put_aside(&store, 1, 599, 60).await.unwrap_err(), LedgerError::SameIdOtherTransfer { field: "amount" });
        assert_eq!(put_aside(&store, 1, 600, 61).await.unwrap_err(), LedgerError::SameIdOtherTransfer { field: "duration" });
        assert_eq!(put_aside(&store, 5, 1, 60).await.unwrap_err(), LedgerError::SameIdOtherTransfer { field: "form of payment" });
        for (new, of, amount, wanted) in [
            (10, 9, None, "Nothing is put aside under this name."),
            (10, 1, Some(0), "The amount must be more than zero."),
            (10, 1, Some(601), "This is more than was put aside."),
            (5, 1, Some(1), "This payment was made already, with another form of payment. To pay once more, start a new payment."),
            (1, 1, None, "This payment was made already, with another form of payment. To pay once more, start a new payment."),
        ] {
            let said = store.write(move |tx| settle(tx, id(new), id(of), amount.map(Amount), START)).await;
            assert_eq!(said.unwrap_err().to_string(), wanted);
        }
        let unknown = store.write(|tx| void(tx, id(9), START)).await;
        assert_eq!(unknown, Err(LedgerError::HoldUnknown(id(9))));
        assert_eq!(books(&store).await, before);
    }
}
