//! The audit finds what somebody altered behind the ledger's back, and names it.

use planet_ledger::MIGRATIONS;
use planet_ledger::{LedgerError, audit, hold, settle, transfer};
use planet_ontology::units::Amount;
use planet_store::{Error, Sql, Store, Tx, both_engines, sql};

use crate::club::{START, account, assert_right, furnished, id, pay};

/// A few payments, a settled and an open hold.
async fn furnish(store: &Store) {
    furnished(store, 3, 1_000).await;
    let trade = store.write(|tx| {
        transfer(tx, &pay(1, account(1), account(2), 300), START)?;
        transfer(tx, &pay(2, account(2), account(3), 100), START)?;
        hold(tx, &pay(3, account(1), account(3), 50), 60, START)?;
        settle(tx, id(4), id(3), Some(Amount(40)), START)?;
        hold(tx, &pay(5, account(3), account(1), 7), 60, START)?;
        transfer(tx, &pay(6, account(3), account(1), 20), START)?;
        Ok::<_, LedgerError>(())
    });
    trade.await.unwrap();
}

/// What may be done to the books with a pencil, and what the audit says to it.
const FRAUDS: &[(Sql, &[&str])] = &[
    (
        sql!("UPDATE accounts SET credits_posted = credits_posted + 1 WHERE id = ?1"),
        &["The balances of currency", "The transfers of an account", "The newest transfer of an account"],
    ),
    (
        sql!("UPDATE accounts SET debits_pending = debits_pending + 1 WHERE id = ?1"),
        &["The balances of currency", "The open holds of an account"],
    ),
    (sql!("UPDATE accounts SET last_id = NULL WHERE id = ?1"), &["The newest transfer of an account"]),
    (sql!("UPDATE accounts SET min = 0 WHERE id = ?1"), &["An account went below its lower limit"]),
    (
        sql!("UPDATE transfers SET amount = amount + 1 WHERE debit_id = ?1 AND hold_id IS NULL"),
        &["A transfer does not follow", "The transfers of an account"],
    ),
    (
        sql!("UPDATE transfers SET at = 5 WHERE debit_id = ?1 AND hold_id IS NOT NULL"),
        &["A transfer does not follow"],
    ),
    (
        sql!("DELETE FROM transfers WHERE debit_id = ?1 AND hold_id IS NOT NULL"),
        &["A hold is settled without", "The transfers of an account"],
    ),
    (
        sql!("UPDATE transfers SET hold_id = NULL WHERE debit_id = ?1 AND hold_id IS NOT NULL"),
        &["A hold is settled without"],
    ),
    (sql!("UPDATE holds SET outcome = 'voided' WHERE debit_id = ?1"), &["A transfer settles a hold that"]),
    (
        sql!("UPDATE holds SET outcome = NULL WHERE debit_id = ?1"),
        &["A transfer settles a hold that", "The open holds of an account"],
    ),
];

both_engines! { MIGRATIONS;
    async fn whoever_alters_the_books_is_found_out(store: Store) {
        furnish(&store).await;
        assert_right(&store, 4).await;
        for (fraud, signs) in FRAUDS {
            let found = store.write(move |tx| {
                // The closure of the savepoint answers Err, so the fraud is undone once it has been looked at.
                let look = |tx: &mut Tx| -> Result<_, Error> { Ok((tx.exec(*fraud, &[&account(1)])?, audit(tx)?)) };
                tx.savepoint(|tx| Err::<(), _>(look(tx)))?.expect_err("always undone")
            });
            let (altered, found) = found.await.unwrap();
            assert!(altered > 0, "{}", fraud.text());
            for sign in *signs {
                assert!(found.problems.iter().any(|problem| problem.starts_with(sign)),
                    "{}\n{sign}\n{:#?}", fraud.text(), found.problems);
            }
        }
        assert_right(&store, 4).await;
    }

    async fn an_empty_ledger_is_right_and_says_that_it_is_empty(store: Store) {
        let found = store.snapshot(audit).await.unwrap();
        assert!(found.is_clean());
        assert_eq!((found.accounts, found.transfers), (0, 0));
    }
}
