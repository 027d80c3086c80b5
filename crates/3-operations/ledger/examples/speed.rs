//! How quick the ledger is beside a bare SQLite loop that writes the same rows. It measures and proves nothing else.
//!
//! `cargo run --release -p planet-ledger --example speed [-- DATABASE [TRANSFERS [ACCOUNTS]]]`, where `DATABASE` is a
//! folder for SQLite (a temporary one without it) or `postgres://…`, whose schema `speed` is made afresh.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a program for people who measure: it prints, and stops at once"
)]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use planet_ledger::{
    CurrencyKind, LedgerError, MIGRATIONS, NewCurrency, Posted, Transfer, TransferKind, audit,
    create_currency, open_account, statement, transfer, transfer_many,
};
use planet_ontology::{
    ids::{AccountId, AgentId, CurrencyId, TransferId},
    units::{Amount, Moment},
};
use planet_store::{Options, Store, Target};
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

const CALLERS: u64 = 256;
const BATCH: usize = 512;
const CREDIT: CurrencyId = CurrencyId(Uuid::from_u128(1));

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    fn transfer(&mut self, accounts: u64) -> Transfer {
        let from = self.below(accounts);
        let to = (from + 1 + self.below(accounts - 1)) % accounts;
        Transfer {
            id: TransferId(Uuid::now_v7()),
            debit: account(from),
            credit: account(to),
            amount: Amount(i64::try_from(1 + self.below(1_000)).unwrap_or(1)),
            kind: TransferKind::Payment,
            memo: "bread and cheese, thank you".to_owned(),
            reference: None,
        }
    }
}

/// Accounts have random ids, as they would after years.
fn account(n: u64) -> AccountId {
    let mut dice = Dice(n);
    AccountId(Uuid::from_u64_pair(dice.below(u64::MAX), dice.below(u64::MAX)))
}

fn now() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Moment(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
}

async fn furnish(store: &Store, accounts: u64) {
    store.migrate(MIGRATIONS).await.expect("migrated");
    let make = move |tx: &mut planet_store::Tx| {
        let limit = Amount(1 << 40);
        let new = NewCurrency {
            id: CREDIT,
            code: "SUN".to_owned(),
            name: "Sun".to_owned(),
            symbol: "☼".to_owned(),
            kind: CurrencyKind::MutualCredit,
            decimals: 2,
            issuer: AgentId(Uuid::nil()),
            min: Amount(-limit.0),
            max: limit,
            soft_min: None,
            soft_max: None,
            lifetime: None,
        };
        create_currency(tx, &new, Moment(0))?;
        for n in 0..accounts {
            open_account(tx, AgentId(account(n).0), CREDIT, account(n), Moment(0))?;
        }
        Ok::<_, LedgerError>(())
    };
    store.write(make).await.expect("furnished");
}

/// CPU time of this program since the last call, in microseconds.
fn spent() -> u64 {
    static BEFORE: AtomicU64 = AtomicU64::new(0);
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks: u64 = stat.split(' ').skip(13).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    ticks.saturating_sub(BEFORE.swap(ticks, Ordering::Relaxed)) * 10_000
}

/// Prints a rate, and what it cost of all cores since the last [`spent`]: under load that is the better measure.
fn print(what: &str, count: u64, took: Duration) {
    let rate = f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / took.as_secs_f64();
    println!("{what:<58} {rate:>9.0} /s   {:>4} µs of CPU each", spent() / count.max(1));
}

/// The limit: SQLite alone, no decisions, no channels, 1,000 transfers in a transaction.
fn bare(path: &Path, transfers: u64, accounts: u64) -> rusqlite::Result<Duration> {
    let mut sqlite = rusqlite::Connection::open(path)?;
    sqlite.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;
         PRAGMA cache_size = -16384; PRAGMA mmap_size = 268435456; PRAGMA foreign_keys = ON;",
    )?;
    let mut dice = Dice(1);
    let rows: Vec<Transfer> = (0..transfers).map(|_| dice.transfer(accounts)).collect();
    spent();
    let begin = Instant::now();
    for thousand in rows.chunks(1_000) {
        let tx = sqlite.transaction()?;
        for t in thousand {
            let (id, debit, credit) = (t.id.0.as_bytes(), t.debit.0.as_bytes(), t.credit.0.as_bytes());
            tx.prepare_cached(
                "INSERT INTO transfers (id, debit_id, credit_id, amount, kind, memo, reference, hold_id, at, debit_balance,
                        credit_balance, debit_previous, credit_previous)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, NULL, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute((id, debit, credit, t.amount.0, t.kind.word(), &t.memo, now().0, 5, 6, debit, credit))?;
            tx.prepare_cached("UPDATE accounts SET debits_posted = debits_posted + ?2, latest = ?3, last_id = ?4 WHERE id = ?1")?
                .execute((debit, t.amount.0, now().0, id))?;
            tx.prepare_cached("UPDATE accounts SET credits_posted = credits_posted + ?2, latest = ?3, last_id = ?4 WHERE id = ?1")?
                .execute((credit, t.amount.0, now().0, id))?;
        }
        tx.commit()?;
    }
    Ok(begin.elapsed())
}

type Waiting = (Transfer, oneshot::Sender<Result<Posted, LedgerError>>);

/// Gathers what waits and has it decided as a set, as the corridor does.
async fn gather(store: Store, mut inbox: mpsc::Receiver<Waiting>, flights: usize) {
    let flights = Arc::new(tokio::sync::Semaphore::new(flights));
    let mut waiting = Vec::new();
    while inbox.recv_many(&mut waiting, BATCH).await > 0 {
        let flight = flights.clone().acquire_owned().await.expect("open");
        // While it waited for its flight more have come.
        while waiting.len() < BATCH
            && let Ok(one) = inbox.try_recv()
        {
            waiting.push(one);
        }
        let (batch, callers): (Vec<_>, Vec<_>) = waiting.drain(..).unzip();
        let (store, at) = (store.clone(), now());
        tokio::spawn(async move {
            let answers = store.write(move |tx| transfer_many(tx, &batch, at)).await.expect("a batch");
            for (caller, answer) in callers.into_iter().zip(answers) {
                drop(caller.send(answer));
            }
            drop(flight);
        });
    }
}

async fn in_batches(store: &Store, transfers: u64, accounts: u64, flights: usize) -> Duration {
    let (send, inbox) = mpsc::channel(4_096);
    let gatherer = tokio::spawn(gather(store.clone(), inbox, flights));
    let begin = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let send = send.clone();
            tokio::spawn(async move {
                let mut dice = Dice(caller + 2);
                for _ in 0..transfers / CALLERS {
                    let (tell, told) = oneshot::channel();
                    send.send((dice.transfer(accounts), tell)).await.expect("sent");
                    assert!(told.await.expect("told").is_ok_and(|posted| posted.fresh));
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("a caller");
    }
    let took = begin.elapsed();
    drop(send);
    gatherer.await.expect("the gatherer");
    took
}

async fn one_by_one(store: &Store, transfers: u64, accounts: u64) -> Duration {
    let begin = Instant::now();
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut dice = Dice(caller + 1_000);
                for _ in 0..transfers / CALLERS {
                    let (t, at) = (dice.transfer(accounts), now());
                    store.write(move |tx| transfer(tx, &t, at)).await.expect("paid");
                }
            })
        })
        .collect();
    for caller in callers {
        caller.await.expect("a caller");
    }
    begin.elapsed()
}

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

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let place =
        args.next().unwrap_or_else(|| std::env::temp_dir().join("planet-speed").display().to_string());
    let mut number = |or| args.next().and_then(|text| text.parse().ok()).unwrap_or(or);
    let (transfers, accounts) = (number(200_000), number(10_000));
    println!("{transfers} transfers, {accounts} accounts, {CALLERS} callers");
    let target = if place.starts_with("postgres:") {
        Target::Postgres { url: place, schema: Some("speed".to_owned()) }
    } else {
        let folder = PathBuf::from(place);
        drop(std::fs::remove_dir_all(&folder));
        let path = folder.join("bare.db");
        let store = Store::open(&Target::Sqlite(path.clone()), Options::default()).await.expect("open");
        furnish(&store, accounts).await;
        drop(store);
        let took = bare(&path, transfers, accounts).expect("the bare loop");
        print("bare SQLite, one thread, 1,000 to a transaction", transfers, took);
        Target::Sqlite(folder.join("ledger.db"))
    };
    let store = Store::open(&target, Options::default()).await.expect("open");
    furnish(&store, accounts).await;
    spent();
    for flights in [1, 2, 4] {
        let what = format!("the ledger, in batches as they come, {flights} under way");
        print(&what, transfers, in_batches(&store, transfers, accounts, flights).await);
    }
    check(&store).await;
    print("the ledger, one by one", transfers / 10, one_by_one(&store, transfers / 10, accounts).await);
    statements(&store, 5 * transfers).await;
    check(&store).await;
}
