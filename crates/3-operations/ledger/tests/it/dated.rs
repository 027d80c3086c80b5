//! Currencies that expire: which part of a balance ends when, told as the story of a deli, and by chance.

use std::collections::{BTreeMap, VecDeque};

use planet_ledger::{
    CurrencyKind, Lot, MIGRATIONS, NewCurrency, Transfer, TransferKind, create_currency, expire_lots, hold,
    lots, lots_of_currency, open_account, set_limits, settle, transfer, transfer_many, void,
};
use planet_ontology::{
    ids::{AccountId, CurrencyId},
    units::{Amount, Moment},
};
use planet_store::{Store, both_engines};
use uuid::Uuid;

use crate::club::{Dice, START, account, assert_right, balances, currency, id, owner, pay};

const DELI: CurrencyId = CurrencyId(Uuid::from_u128(0xde11));
const DAYS: i64 = 86_400;

/// The deli issues from account 1; 2 to 4 are its customers. What it issues can be spent for ten days.
async fn deli(store: &Store) {
    let new = NewCurrency {
        kind: CurrencyKind::Voucher,
        issuer: owner(1),
        min: Amount(0),
        max: Amount(100_000),
        lifetime: Some(10 * DAYS),
        ..currency(DELI, "DELI", 0)
    };
    store
        .write(move |tx| {
            create_currency(tx, &new, START)?;
            for n in 1..=4 {
                open_account(tx, owner(n), DELI, account(n), START)?;
            }
            set_limits(tx, account(1), Amount(-100_000), Amount(0))
        })
        .await
        .unwrap();
}

fn issue(n: u128, to: u128, amount: i64) -> Transfer {
    Transfer { kind: TransferKind::Issue, ..pay(n, account(1), account(to), amount) }
}

fn day(n: i64) -> Moment {
    START.plus_seconds(n * DAYS)
}

/// The end of the day on which something issued on this day ends.
fn end_of(n: i64) -> Moment {
    let end = day(n).0 + 10 * Moment::DAY;
    Moment((end + Moment::DAY - 1) / Moment::DAY * Moment::DAY)
}

async fn lies(store: &Store, n: u128) -> Vec<(Moment, i64)> {
    let lots = store.read(move |tx| lots(tx, account(n))).await.unwrap();
    lots.into_iter().map(|lot| (lot.expires, lot.amount.0)).collect()
}

async fn post(store: &Store, t: Transfer, now: Moment) {
    store.write(move |tx| transfer(tx, &t, now)).await.unwrap();
}

both_engines! { MIGRATIONS;
    async fn what_is_paid_takes_the_oldest_with_its_dates(store: Store) {
        deli(&store).await;
        post(&store, issue(1, 2, 1_000), day(0)).await;
        post(&store, issue(2, 2, 500), day(3)).await;
        assert_eq!(lies(&store, 2).await, [(end_of(0), 1_000), (end_of(3), 500)]);
        assert_eq!(lies(&store, 1).await, []);
        post(&store, pay(3, account(2), account(3), 1_200), day(4)).await;
        assert_eq!(lies(&store, 2).await, [(end_of(3), 300)]);
        assert_eq!(lies(&store, 3).await, [(end_of(0), 1_000), (end_of(3), 200)]);
        // Spent at the counter, it ends.
        post(&store, pay(4, account(3), account(1), 1_100), day(5)).await;
        assert_eq!(lies(&store, 3).await, [(end_of(3), 100)]);
        let all = store.read(|tx| lots_of_currency(tx, DELI)).await.unwrap();
        assert_eq!(all, [Lot { expires: end_of(3), amount: Amount(400) }]);
        assert_right(&store, 4).await;
    }

    async fn what_is_not_spent_in_time_goes_back_once(store: Store) {
        deli(&store).await;
        post(&store, issue(1, 2, 1_000), day(0)).await;
        post(&store, issue(2, 3, 700), day(5)).await;
        let early = store.write(|tx| expire_lots(tx, DELI, day(9), 100)).await.unwrap();
        assert_eq!(early.posted.len(), 0);
        let due = store.write(|tx| expire_lots(tx, DELI, end_of(0), 100)).await.unwrap();
        let [(t, posted)] = due.posted.as_slice() else { panic!("one lot was due: {due:?}") };
        assert_eq!((t.kind, t.debit, t.credit, t.amount), (TransferKind::Expiry, account(2), account(1), Amount(1_000)));
        assert!(posted.fresh && due.refused.is_empty());
        let again = store.write(|tx| expire_lots(tx, DELI, end_of(0), 100)).await.unwrap();
        assert_eq!(again.posted.len(), 0);
        assert_eq!(balances(&store).await, [-700, 0, 700, 0]);
        assert_right(&store, 3).await;
    }

    async fn as_much_of_the_same_day_may_end_again(store: Store) {
        deli(&store).await;
        post(&store, issue(1, 2, 500), day(0)).await;
        post(&store, issue(2, 3, 500), day(0)).await;
        // Account 3 has put all of its own aside for account 2, which gets it when its own has ended already.
        store.write(|tx| hold(tx, &pay(3, account(3), account(2), 500), 20 * DAYS, day(9))).await.unwrap();
        for (now, hold) in [(end_of(0), Some(id(3))), (day(12), None)] {
            let ended = store.write(move |tx| expire_lots(tx, DELI, now, 100)).await.unwrap();
            assert_eq!(ended.posted.iter().map(|(t, _)| (t.debit, t.amount.0)).collect::<Vec<_>>(), [(account(2), 500)]);
            if let Some(hold) = hold {
                store.write(move |tx| settle(tx, id(4), hold, None, day(11))).await.unwrap();
            }
        }
        assert_eq!(balances(&store).await, [0, 0, 0, 0]);
        assert_right(&store, 5).await;
    }

    async fn what_is_put_aside_does_not_end_before_it_is_decided(store: Store) {
        deli(&store).await;
        post(&store, issue(1, 2, 1_000), day(0)).await;
        store.write(|tx| hold(tx, &pay(2, account(2), account(3), 600), 20 * DAYS, day(9))).await.unwrap();
        let due = store.write(|tx| expire_lots(tx, DELI, end_of(0), 100)).await.unwrap();
        assert_eq!(due.posted.iter().map(|(t, _)| t.amount).collect::<Vec<_>>(), [Amount(400)]);
        assert_eq!(lies(&store, 2).await, [(end_of(0), 600)]);
        // Part of it is paid, and the receiver has what is overdue: it ends with the next sweep, as does the rest.
        store.write(|tx| settle(tx, id(3), id(2), Some(Amount(250)), day(12))).await.unwrap();
        assert_eq!(lies(&store, 3).await, [(end_of(0), 250)]);
        let late = store.write(|tx| expire_lots(tx, DELI, day(13), 100)).await.unwrap();
        assert_eq!(late.posted.iter().map(|(t, _)| t.amount.0).sum::<i64>(), 600);
        assert_eq!(balances(&store).await, [0, 0, 0, 0]);
        assert_right(&store, 5).await;
    }

    async fn a_hold_given_back_leaves_its_lot(store: Store) {
        deli(&store).await;
        post(&store, issue(1, 2, 1_000), day(0)).await;
        store.write(|tx| hold(tx, &pay(2, account(2), account(3), 600), DAYS, day(1))).await.unwrap();
        store.write(|tx| void(tx, id(2), day(1))).await.unwrap();
        assert_eq!(lies(&store, 2).await, [(end_of(0), 1_000)]);
        assert_right(&store, 1).await;
    }

    async fn lots_follow_a_long_random_trade_as_queues_do(store: Store) {
        deli(&store).await;
        let mut dice = Dice(20_261_127);
        let mut queues: BTreeMap<u128, VecDeque<(Moment, i64)>> = BTreeMap::new();
        let mut written = 0_u128;
        for n in 0..60 {
            let batch: Vec<Transfer> = (0..=dice.below(5))
                .map(|_| {
                    let (from, to) = (1 + u128::from(dice.below(4)), 1 + u128::from(dice.below(4)));
                    written += 1;
                    let amount = 1 + dice.amount(900);
                    if from == 1 { issue(written, to, amount) } else { pay(written, account(from), account(to), amount) }
                })
                .collect();
            let orders = batch.clone();
            // Several on the same day, and several days: lots merge by day.
            let now = day(n / 8);
            let posted = store.write(move |tx| transfer_many(tx, &orders, now)).await.unwrap();
            for (t, _) in batch.iter().zip(&posted).filter(|(_, posted)| posted.is_ok()) {
                follow(&mut queues, t, n / 8);
            }
        }
        for n in 2..=4 {
            let mut merged: BTreeMap<Moment, i64> = BTreeMap::new();
            for (expires, amount) in queues.remove(&n).unwrap_or_default() {
                *merged.entry(expires).or_default() += amount;
            }
            assert!(!merged.is_empty());
            assert_eq!(lies(&store, n).await, merged.into_iter().collect::<Vec<_>>(), "customer {n}");
        }
        let found = store.snapshot(planet_ledger::audit).await.unwrap();
        assert_eq!(found.problems, Vec::<String>::new());
        assert!(found.transfers > 60, "{}", found.transfers);
    }
}

/// The same with queues: what is paid leaves at the front, and is sorted in by its date.
fn follow(queues: &mut BTreeMap<u128, VecDeque<(Moment, i64)>>, t: &Transfer, today: i64) {
    let number = |id: AccountId| id.0.as_u128() - account(0).0.as_u128();
    let mut wanted = t.amount.0;
    let mut taken = Vec::new();
    if number(t.debit) == 1 {
        taken.push((end_of(today), wanted));
    } else {
        let queue = queues.entry(number(t.debit)).or_default();
        while wanted > 0 {
            let (expires, amount) = queue.pop_front().unwrap();
            let part = amount.min(wanted);
            if part < amount {
                queue.push_front((expires, amount - part));
            }
            wanted -= part;
            taken.push((expires, part));
        }
    }
    if number(t.credit) != 1 {
        let queue = queues.entry(number(t.credit)).or_default();
        queue.extend(taken);
        queue.make_contiguous().sort_by_key(|(expires, _)| *expires);
    }
}
