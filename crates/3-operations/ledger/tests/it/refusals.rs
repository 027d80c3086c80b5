//! Every way in which a payment is refused: what is said, and that the books are as they were.

use planet_ledger::MIGRATIONS;
use planet_ledger::{
    Currency, LedgerError, MEMO, Transfer, TransferKind, create_currency, find_currency, hold, open_account,
    set_closed, transfer, transfer_linked, transfer_many,
};
use planet_ontology::{ids::CurrencyId, units::Amount};
use planet_store::{Store, both_engines};
use uuid::Uuid;

use crate::club::{
    Books, CREDIT, START, account, assert_right, books, currency, furnished, id, nth, owner, pay,
};

/// Ann (1) stands at -450.00 and Bob (2) at 450.00, of 500.00 each way; Cleo's account (3) is closed; Dan's (4) counts hours.
async fn furnish(store: &Store) -> Currency {
    furnished(store, 3, 50_000).await;
    let make = store.write(|tx| {
        let hours = CurrencyId(Uuid::from_u128(0xc1));
        create_currency(tx, &currency(hours, "HOURS", 1_000), START)?;
        open_account(tx, owner(4), hours, account(4), START)?;
        transfer(tx, &pay(1, account(1), account(2), 45_000), START)?;
        hold(tx, &pay(2, account(1), account(2), 100), 60, START)?;
        set_closed(tx, account(3), true)
    });
    make.await.unwrap();
    store.read(|tx| find_currency(tx, CREDIT)).await.unwrap().unwrap()
}

/// Every payment that must not be, and what the payer is told.
fn bad_payments() -> Vec<(Transfer, &'static str)> {
    let fair = pay(9, account(1), account(2), 100);
    let again = pay(1, account(1), account(2), 45_000);
    vec![
        (Transfer { amount: Amount(0), ..fair.clone() }, "The amount must be more than zero."),
        (Transfer { amount: Amount(-5), ..fair.clone() }, "The amount must be more than zero."),
        (Transfer { amount: Amount(i64::MIN), ..fair.clone() }, "The amount must be more than zero."),
        (Transfer { credit: account(1), ..fair.clone() }, "You can't pay yourself. Choose somebody else."),
        (
            Transfer { memo: "é".repeat(MEMO + 3), ..fair.clone() },
            "The note is 3 characters too long. Please shorten it.",
        ),
        (
            Transfer { credit: account(99), ..fair.clone() },
            "There is no such account. Check whom you chose, and that they use this currency.",
        ),
        (
            Transfer { debit: account(99), ..fair.clone() },
            "There is no such account. Check whom you chose, and that they use this currency.",
        ),
        (
            Transfer { credit: account(3), ..fair.clone() },
            "This account is closed, so nothing can be paid from it or to it.",
        ),
        (Transfer { credit: account(4), ..fair.clone() }, "Payer and receiver must use the same currency."),
        // 50.00 are left, less the 1.00 put aside.
        (
            Transfer { amount: Amount(6_900), ..fair.clone() },
            "You can go down to −500.00; this payment would take you 20.00 below that.",
        ),
        (
            Transfer { amount: Amount(i64::MAX), ..fair.clone() },
            "You can go down to −500.00; this payment would take you 92\u{202f}233\u{202f}720\u{202f}368\u{202f}547\u{202f}709.07 below that.",
        ),
        (
            Transfer { debit: account(2), credit: account(1), amount: Amount(95_001), ..fair },
            "You can go down to −500.00; this payment would take you 0.01 below that.",
        ),
        (
            Transfer { amount: Amount(44_000), ..again.clone() },
            "This payment was made already, with another amount. To pay once more, start a new payment.",
        ),
        (
            Transfer { credit: account(4), ..again.clone() },
            "This payment was made already, with another receiver. To pay once more, start a new payment.",
        ),
        (
            Transfer { debit: account(4), ..again.clone() },
            "This payment was made already, with another payer. To pay once more, start a new payment.",
        ),
        (
            Transfer { memo: String::new(), ..again.clone() },
            "This payment was made already, with another note. To pay once more, start a new payment.",
        ),
        (
            Transfer { kind: TransferKind::Refund, ..again.clone() },
            "This payment was made already, with another purpose. To pay once more, start a new payment.",
        ),
        (
            Transfer { reference: Some(Uuid::nil()), ..again.clone() },
            "This payment was made already, with another reference. To pay once more, start a new payment.",
        ),
        (
            Transfer { id: id(2), ..again },
            "This payment was made already, with another form of payment. To pay once more, start a new payment.",
        ),
    ]
}

fn assert_refused(said: Result<impl std::fmt::Debug, LedgerError>, wanted: &str, credit: &Currency) {
    let refused = said.expect_err(wanted);
    assert_eq!(refused.sentence(credit), wanted);
    assert!(!refused.code().contains(' '));
}

async fn assert_untouched(store: &Store, before: &Books) {
    assert_eq!(books(store).await, *before);
}

both_engines! { MIGRATIONS;
    async fn a_refused_transfer_says_why_and_leaves_no_trace(store: Store) {
        let credit = furnish(&store).await;
        let before = books(&store).await;
        for (t, wanted) in bad_payments() {
            let (one, many) = (t.clone(), [t]);
            // The closure answers Ok, so that whatever the refused transfer had written would be kept.
            let said = store.write(move |tx| Ok::<_, LedgerError>(transfer(tx, &one, START))).await.unwrap();
            assert_refused(said, wanted, &credit);
            assert_untouched(&store, &before).await;
            let mut said = store.write(move |tx| transfer_many(tx, &many, START)).await.unwrap();
            assert_refused(said.remove(0), wanted, &credit);
            assert_untouched(&store, &before).await;
        }
        assert_right(&store, 1).await;
    }

    async fn a_refusal_leaves_the_rest_of_its_batch_unharmed(store: Store) {
        furnish(&store).await;
        let bad = bad_payments();
        let refusals = bad.len();
        let batch: Vec<Transfer> = bad.into_iter().enumerate()
            .flat_map(|(n, (bad, _))| [bad, pay(100 + nth(n), account(2), account(1), 1)])
            .collect();
        let answers = store.write(move |tx| transfer_many(tx, &batch, START)).await.unwrap();
        let (bad, good): (Vec<_>, Vec<_>) = answers.chunks(2).map(|pair| (&pair[0], &pair[1])).unzip();
        assert!(bad.iter().all(|answer| answer.is_err()));
        assert!(good.iter().all(|answer| answer.as_ref().is_ok_and(|posted| posted.fresh)));
        assert_right(&store, 1 + refusals).await;
    }

    async fn the_receivers_limit_is_told_without_numbers(store: Store) {
        let credit = furnish(&store).await;
        store.write(|tx| open_account(tx, owner(5), CREDIT, account(5), START)).await.unwrap();
        let t = pay(9, account(5), account(2), 10_000);
        let said = store.write(move |tx| transfer(tx, &t, START)).await;
        assert_eq!(said, Err(LedgerError::OverUpperLimit { by: Amount(5_100), max: Amount(50_000) }));
        assert_refused(said, "The receiver's account can't take this much at present. A smaller amount may fit; they may \
                              also spend something first.", &credit);
    }

    async fn a_chain_happens_as_a_whole_or_not_at_all(store: Store) {
        furnish(&store).await;
        let before = books(&store).await;
        let chain = [pay(10, account(2), account(1), 500), pay(11, account(1), account(2), 6_000)];
        let said = store.write(move |tx| Ok::<_, LedgerError>(transfer_linked(tx, &chain, START))).await.unwrap();
        assert!(matches!(said, Err(LedgerError::Linked { position: 1, .. })), "{said:?}");
        assert_untouched(&store, &before).await;
        // One of these was booked alone: it doesn't become part of a chain afterwards.
        let mixed = [pay(1, account(1), account(2), 45_000), pay(11, account(1), account(2), 1)];
        let said = store.write(move |tx| transfer_linked(tx, &mixed, START)).await;
        assert_eq!(said.unwrap_err().code(), "same-id-other-transfer");
        assert_untouched(&store, &before).await;
        let chain = || [pay(10, account(2), account(1), 5_000), pay(11, account(1), account(2), 6_000)];
        let first = store.write(move |tx| transfer_linked(tx, &chain(), START)).await.unwrap();
        let again = store.write(move |tx| transfer_linked(tx, &chain(), START)).await.unwrap();
        assert!(first.iter().all(|posted| posted.fresh) && again.iter().all(|posted| !posted.fresh));
        assert_right(&store, 3).await;
    }

    async fn counters_stop_before_they_overflow(store: Store) {
        furnished(&store, 2, i64::MAX).await;
        let send = |n, from, to, amount| {
            let t = pay(n, account(from), account(to), amount);
            store.write(move |tx| transfer(tx, &t, START))
        };
        send(1, 1, 2, i64::MAX).await.unwrap();
        send(2, 2, 1, i64::MAX).await.unwrap();
        let before = books(&store).await;
        assert_eq!(send(3, 1, 2, 1).await, Err(LedgerError::TooLarge));
        assert_untouched(&store, &before).await;
    }
}
