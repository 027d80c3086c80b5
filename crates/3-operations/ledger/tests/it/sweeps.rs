//! What goes through all accounts of a currency: demurrage, the end of a currency, and chains that happen wholly or not at all.

use planet_ledger::{
    Demurrage, LedgerError, MIGRATIONS, Transfer, TransferKind, WHOLE, close_all, demurrage, earned,
    find_account, hold, open_account, settle_rest, transfer, transfer_chains, void_all, wind_down,
};
use planet_ontology::{
    ids::AccountId,
    units::{Amount, Moment},
};
use planet_store::{Store, both_engines};

use crate::club::{
    CREDIT, START, account, assert_right, balances, books, furnished, id, limits, outcome, owner, pay,
};

/// Of account 8, which keeps the commons.
fn terms(period: i64) -> Demurrage {
    Demurrage { currency: CREDIT, to: account(8), kept: 982_500, period }
}

async fn post(store: &Store, ts: Vec<Transfer>) {
    for t in ts {
        store.write(move |tx| transfer(tx, &t, START)).await.unwrap();
    }
}

/// All pieces of a sweep, and how many there were.
async fn sweep(store: &Store, terms: Demurrage, piece: i64, now: Moment) -> (Vec<(AccountId, i64)>, usize) {
    let (mut paid, mut pieces, mut after) = (Vec::new(), 0, None);
    loop {
        let swept = store.write(move |tx| demurrage(tx, &terms, after, piece, now)).await.unwrap();
        assert_eq!(swept.refused, []);
        paid.extend(swept.posted.iter().map(|(t, _)| (t.debit, t.amount.0)));
        pieces += 1;
        after = swept.next;
        if after.is_none() {
            return (paid, pieces);
        }
    }
}

both_engines! { MIGRATIONS;
    async fn idle_balances_give_a_share_and_debts_give_nothing(store: Store) {
        furnished(&store, 8, 50_000).await;
        post(&store, vec![pay(1, account(1), account(2), 6_600), pay(2, account(1), account(3), 33_000)]).await;
        let (paid, _) = sweep(&store, terms(1), 100, START).await;
        // The published figures of the worked example: floor(6600 × 0.9825) and floor(33000 × 0.9825).
        assert_eq!(paid, [(account(2), 6_600 - 6_484), (account(3), 33_000 - 32_422)]);
        assert_eq!(balances(&store).await, [-39_600, 6_484, 32_422, 0, 0, 0, 0, 694]);
        assert_right(&store, 4).await;
    }

    async fn a_period_is_paid_once_however_often_and_in_whatever_pieces_it_is_swept(store: Store) {
        furnished(&store, 8, 50_000).await;
        post(&store, (2..=7).map(|n| pay(n, account(1), account(n), 1_000)).collect()).await;
        let (first, pieces) = sweep(&store, terms(1), 2, START).await;
        assert_eq!((first.len(), pieces), (6, 4));
        let before = books(&store).await;
        let (again, _) = sweep(&store, terms(1), 3, START.plus_seconds(60)).await;
        assert_eq!(again, []);
        assert_eq!(books(&store).await, before);
        let (next, _) = sweep(&store, terms(2), 100, START.plus_seconds(120)).await;
        assert_eq!(next.len(), 6);
        assert_right(&store, 18).await;
    }

    async fn what_is_put_aside_pays_no_demurrage(store: Store) {
        furnished(&store, 8, 50_000).await;
        post(&store, vec![pay(1, account(1), account(2), 10_000)]).await;
        store.write(|tx| hold(tx, &pay(2, account(2), account(3), 4_000), 600, START)).await.unwrap();
        let (paid, _) = sweep(&store, terms(1), 100, START).await;
        assert_eq!(paid, [(account(2), 6_000 - 6_000 * 982_500 / WHOLE)]);
        assert_right(&store, 2).await;
    }

    async fn a_full_commons_takes_nothing_and_says_so(store: Store) {
        furnished(&store, 8, 50_000).await;
        limits(&store, 8, 0, 100).await;
        post(&store, vec![pay(1, account(1), account(2), 10_000)]).await;
        let swept = store.write(|tx| demurrage(tx, &terms(1), None, 100, START)).await.unwrap();
        assert!(swept.posted.is_empty());
        assert!(matches!(swept.refused.as_slice(), [(who, LedgerError::OverUpperLimit { by: Amount(75), .. })] if *who == account(2)));
        assert_right(&store, 1).await;
    }

    async fn a_currency_that_ends_can_only_move_towards_zero(store: Store) {
        furnished(&store, 8, 50_000).await;
        post(&store, vec![pay(1, account(1), account(2), 9_000), pay(2, account(3), account(4), 500)]).await;
        store.write(|tx| wind_down(tx, CREDIT)).await.unwrap();
        let mut tell = Vec::new();
        for (n, t) in [
            (3, pay(3, account(2), account(1), 4_000)),    // towards zero on both sides
            (4, pay(4, account(2), account(5), 1)),        // the receiver would leave zero
            (5, pay(5, account(5), account(1), 1)),        // the payer would leave zero
            (6, pay(6, account(2), account(1), 5_001)),    // more than the payer has
            (7, pay(7, account(4), account(1), 500)),
        ] {
            let result = store.write(move |tx| transfer(tx, &t, START)).await;
            tell.push((n, outcome(&result, |posted| posted.fresh)));
        }
        let tell: Vec<_> = tell.iter().map(|(n, what)| (*n, what.as_str())).collect();
        assert_eq!(tell, [
            (3, "created"), (4, "refused upper limit by 1"), (5, "refused lower limit by 1"),
            (6, "refused lower limit by 1"), (7, "created"),
        ]);
        let opened = store.write(|tx| open_account(tx, owner(9), CREDIT, account(9), START)).await.unwrap();
        assert_eq!((opened.min, opened.max), (Amount(0), Amount(0)));
        assert_right(&store, 4).await;
    }

    async fn what_is_left_in_the_end_is_settled_and_the_accounts_are_closed(store: Store) {
        furnished(&store, 8, 50_000).await;
        post(&store, vec![pay(1, account(1), account(2), 9_000), pay(2, account(3), account(4), 500)]).await;
        store.write(|tx| wind_down(tx, CREDIT)).await.unwrap();
        let (mut after, mut moved) = (None, Vec::new());
        loop {
            let swept = store.write(move |tx| settle_rest(tx, CREDIT, account(8), after, 3, START)).await.unwrap();
            assert_eq!(swept.refused, []);
            moved.extend(swept.posted.iter().map(|(t, _)| (t.kind, t.debit, t.credit, t.amount.0)));
            after = swept.next;
            if after.is_none() { break }
        }
        let rest = TransferKind::RunOff;
        assert_eq!(moved, [
            (rest, account(8), account(1), 9_000), (rest, account(2), account(8), 9_000),
            (rest, account(8), account(3), 500), (rest, account(4), account(8), 500),
        ]);
        assert_eq!(balances(&store).await, [0; 8]);
        assert_eq!(store.write(|tx| close_all(tx, CREDIT)).await.unwrap(), 0);
        let late = store.write(|tx| transfer(tx, &pay(9, account(1), account(2), 1), START)).await;
        assert_eq!(outcome(&late, |posted| posted.fresh), "refused account-closed");
        assert_right(&store, 6).await;
    }

    async fn a_chain_that_fails_leaves_its_neighbours_in_the_batch_unharmed(store: Store) {
        furnished(&store, 8, 1_000).await;
        let chains = vec![
            vec![pay(1, account(1), account(2), 600), pay(2, account(1), account(8), 12)],
            // The payment alone would fit, its levy would not: neither happens …
            vec![pay(3, account(1), account(3), 388), pay(4, account(1), account(8), 8)],
            // … so there is room for this one.
            vec![pay(5, account(1), account(3), 388)],
            vec![pay(6, account(2), account(4), 900)],
            // The same chain again, and a chain made of an old link and a new one.
            vec![pay(1, account(1), account(2), 600), pay(2, account(1), account(8), 12)],
            vec![pay(1, account(1), account(2), 600), pay(7, account(2), account(8), 12)],
        ];
        let answers = store.write(move |tx| transfer_chains(tx, &chains, START)).await.unwrap();
        let told: Vec<String> = answers.iter().map(|answer| match answer {
            Ok(posted) => format!("{} {}", posted.len(), posted.iter().all(|p| p.fresh)),
            Err(LedgerError::Linked { position, because }) => format!("{position} {}", because.code()),
            Err(other) => other.code().to_owned(),
        }).collect();
        let wanted = ["2 true", "1 over-lower-limit", "1 true", "1 true", "2 false", "same-id-other-transfer"];
        assert_eq!(told, wanted);
        assert_eq!(balances(&store).await, [-1_000, -300, 388, 900, 0, 0, 0, 12]);
        assert_eq!(books(&store).await.transfers.iter().filter(|t| t.id == id(3)).count(), 0);
        assert_right(&store, 4).await;
    }

    async fn what_is_put_aside_is_given_back_before_a_currency_ends(store: Store) {
        furnished(&store, 3, 50_000).await;
        post(&store, vec![pay(1, account(1), account(2), 1_000)]).await;
        for n in 2..=4 {
            store.write(move |tx| hold(tx, &pay(n, account(2), account(3), 100), 86_400, START)).await.unwrap();
        }
        let first = store.write(|tx| void_all(tx, CREDIT, START, 2)).await.unwrap();
        let rest = store.write(|tx| void_all(tx, CREDIT, START, 2)).await.unwrap();
        assert_eq!((first, rest), (vec![id(2), id(3)], vec![id(4)]));
        assert_eq!(store.write(|tx| void_all(tx, CREDIT, START, 2)).await.unwrap(), []);
        assert_right(&store, 1).await;
    }

    async fn what_was_earned_neither_falls_by_spending_nor_rises_by_what_is_given_back(store: Store) {
        furnished(&store, 3, 50_000).await;
        let back = Transfer { kind: TransferKind::Refund, ..pay(3, account(3), account(2), 200) };
        post(&store, vec![pay(1, account(1), account(2), 1_000), pay(2, account(2), account(3), 700), back]).await;
        let read = |n| store.read(move |tx| { let there = find_account(tx, account(n))?.unwrap(); earned(tx, &there) });
        assert_eq!((read(2).await.unwrap(), read(3).await.unwrap()), (Amount(1_000), Amount(700)));
    }
}
