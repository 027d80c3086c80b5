//! How quick the ledger is beside a bare SQLite loop that writes the same rows. It measures and proves nothing else.
//!
//! `cargo run --release -p planet-ledger --example speed [-- DATABASE [TRANSFERS [ACCOUNTS]]]`, where `DATABASE` is a
//! folder for SQLite (a temporary one without it) or `postgres://…`, whose schema `speed` is made afresh. With `rates SECONDS`
//! behind the database: transfers a second and latencies for 1, 64 and 256 callers, with and without a hot account.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a program for people who measure: it prints, and stops at once"
)]

mod bare;
mod callers;
mod club;
mod print;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use callers::{Crowd, Each, Traffic, in_batches, one_by_one};
use club::{Dice, account, furnish, now};
use planet_ledger::{audit, statement, transfer_many};
use planet_store::{Options, Store, Target};
use print::{print, spent};

const CALLERS: u64 = 256;
/// Accounts in a measurement of rates.
const ACCOUNTS: u64 = 10_000;

/// A busy account, and how long a page of its statement takes, newest and far back.
async fn statements(store: &Store, transfers: u64) {
    let begin = Instant::now();
    let mut dice = Dice(9);
    for _ in 0..transfers / 8_000 {
        let batch: Vec<_> = (0..8_000)
            .map(|_| {
                let mut t = dice.transfer(1_000);
                if t.debit != account(0) {
                    t.credit = account(0);
                }
                t
            })
            .collect();
        store.write(move |tx| transfer_many(tx, &batch, now())).await.expect("a batch");
    }
    print("one account in every transfer, batches of 8,000", transfers, begin.elapsed());
    let mut before = None;
    let mut took = Vec::new();
    for _ in 0..200 {
        let begin = Instant::now();
        let page = store.read(move |tx| statement(tx, account(0), before, 50)).await.expect("a page");
        took.push(begin.elapsed());
        before = page.last().map(|line| (line.at, line.transfer));
    }
    took.sort();
    let at = |share: usize| took.get(took.len() * share / 100).copied().unwrap_or_default();
    println!("a page of 50 lines of it: p50 {:?}, p99 {:?}", at(50), at(99));
}

async fn check(store: &Store) {
    let begin = Instant::now();
    let found = store.snapshot(audit).await.expect("an audit");
    println!(
        "audit of {} transfers: {:?}, {} problems",
        found.transfers,
        begin.elapsed(),
        found.problems.len()
    );
}

/// Transfers a second and latencies, by callers and traffic.
async fn rates(store: &Store, seconds: u64) {
    for callers in [1, 64, 256] {
        for (name, traffic) in [("uniform", Traffic::Uniform), ("hot", Traffic::Hot)] {
            let each = Each::For(Duration::from_secs(seconds));
            let seen = in_batches(store, Crowd { callers, accounts: ACCOUNTS, traffic, each }, 2).await;
            println!(
                "{callers} callers, {name:<8} {:>9.0} /s   p50 {:?}   p99 {:?}",
                seen.per_second(),
                seen.percentile(50),
                seen.percentile(99)
            );
        }
    }
}

/// Opens a fresh ledger; on SQLite after the bare loop had its turn on a file of its own.
async fn open(place: String, transfers: u64, accounts: u64) -> Store {
    let target = if place.starts_with("postgres:") {
        Target::Postgres { url: place, schema: Some("speed".to_owned()) }
    } else {
        let folder = PathBuf::from(place);
        drop(std::fs::remove_dir_all(&folder));
        let path = folder.join("bare.db");
        let store = Store::open(&Target::Sqlite(path.clone()), Options::default()).await.expect("open");
        furnish(&store, accounts).await;
        drop(store);
        let took = bare::bare(&path, transfers, accounts).expect("the bare loop");
        print("bare SQLite, one thread, 1,000 to a transaction", transfers, took);
        Target::Sqlite(folder.join("ledger.db"))
    };
    let store = Store::open(&target, Options::default()).await.expect("open");
    furnish(&store, accounts).await;
    store
}

/// The whole measurement, for people who look at it.
async fn everything(place: String, transfers: u64, accounts: u64) {
    println!("{transfers} transfers, {accounts} accounts, {CALLERS} callers");
    let store = open(place, transfers, accounts).await;
    let crowd = |transfers: u64| Crowd {
        callers: CALLERS,
        accounts,
        traffic: Traffic::Uniform,
        each: Each::Times(transfers / CALLERS),
    };
    spent();
    for flights in [1, 2, 4] {
        let what = format!("the ledger, in batches as they come, {flights} under way");
        print(&what, transfers, in_batches(&store, crowd(transfers), flights).await.took);
    }
    check(&store).await;
    print("the ledger, one by one", transfers / 10, one_by_one(&store, crowd(transfers / 10)).await.took);
    statements(&store, 5 * transfers).await;
    check(&store).await;
}

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let place =
        args.next().unwrap_or_else(|| std::env::temp_dir().join("planet-speed").display().to_string());
    let mut words: Vec<String> = args.collect();
    let only_rates = words.first().is_some_and(|word| word == "rates");
    if only_rates {
        words.remove(0);
    }
    let number = |at: usize, or| words.get(at).and_then(|text| text.parse().ok()).unwrap_or(or);
    if only_rates {
        let store = open(place, 200_000, ACCOUNTS).await;
        rates(&store, number(0, 5)).await;
        statements(&store, 1_000_000).await;
        check(&store).await;
    } else {
        everything(place, number(0, 200_000), number(1, ACCOUNTS)).await;
    }
}
