//! How quick the pages of a statement are for an account that has moved a million times. It measures views, not HTTP.
//!
//! `cargo run --release -p planet-wallet --example statement [-- DATABASE [TRANSFERS]]`, where `DATABASE` is a folder for SQLite (a
//! temporary one without it) or `postgres://…`, whose schema `statement` is made afresh. Its lines are read by `cargo xtask bench`.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a program for people who measure: it prints, and stops at once"
)]

use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_corridor::registry::Registry;
use planet_ledger::{
    CurrencyKind, NewCurrency, Transfer, TransferKind, create_currency, open_account, transfer_many,
};
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, GroupId, MemberId, TransferId};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::{Amount, Moment};
use planet_policy::testing::AllowAll;
use planet_store::{Options, Store, Target};
use planet_wallet::rows::notes::{Note, write_note};
use planet_wallet::views::{Records, Statement, StatementView, Wallet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use uuid::Uuid;

const NOW: Moment = Moment(1_795_400_000_000_000);
/// Two years.
const SPAN: i64 = 730 * Moment::DAY;
const OTHERS: u64 = 1_000;
const BATCH: u64 = 2_000;
const CREDIT: CurrencyId = CurrencyId(Uuid::from_u128(1));
const DELI: MemberId = MemberId(Uuid::from_u128(0xde11));

/// Numbers that look random and are the same in every run.
fn dice(n: u64) -> u64 {
    let mut z = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn person(n: u64) -> MemberId {
    MemberId(Uuid::from_u64_pair(dice(n), 1))
}

fn account(n: u64) -> AccountId {
    AccountId(Uuid::from_u64_pair(dice(n), 2))
}

const MEMOS: [&str; 5] = ["Bread and cheese", "Lunch for two", "Flour, 25 kg", "Party platter", "Coffee"];

fn at(n: u64, of: u64) -> Moment {
    let part = i128::from(SPAN) * i128::from(n) / i128::from(of.max(1));
    Moment(NOW.0 - SPAN + i64::try_from(part).unwrap_or(0))
}

/// The deli, whose account is the hot one, and a thousand people.
async fn furnish(store: &Store) {
    let migrations = [
        planet_corridor::MIGRATIONS,
        planet_ledger::MIGRATIONS,
        planet_purse::MIGRATIONS,
        planet_wallet::MIGRATIONS,
    ]
    .concat();
    store.migrate(&migrations).await.expect("migrated");
    let make = |tx: &mut planet_store::Tx| {
        let club = NewAgent { handle: "club", name: "Club", now: NOW };
        agents::create_group(tx, GroupId::CLUB, &club, Mode::Chat, false).expect("a club");
        let limit = Amount(1 << 50);
        let new = NewCurrency {
            id: CREDIT,
            code: "SUN".into(),
            name: "Suns".into(),
            symbol: "☼".into(),
            kind: CurrencyKind::MutualCredit,
            decimals: 2,
            issuer: AgentId::from(GroupId::CLUB),
            min: Amount(-limit.0),
            max: limit,
            soft_min: None,
            soft_max: None,
            lifetime: None,
        };
        create_currency(tx, &new, NOW).expect("a currency");
        for n in 0..=OTHERS {
            let member = if n == 0 { DELI } else { person(n) };
            let (handle, name) = (format!("member-{n}"), format!("Member {n}"));
            let new = NewAgent { handle: &handle, name: &name, now: NOW };
            agents::create_member(tx, member, &new, Role::Member, None).expect("a member");
            open_account(tx, member.into(), CREDIT, account(n), Moment(0)).expect("an account");
        }
        Ok::<_, planet_store::Error>(())
    };
    store.write(make).await.expect("furnished");
}

/// Three of four payments come in, one goes out; one of a hundred has a note.
async fn trade(store: &Store, transfers: u64) {
    for begin in (0..transfers).step_by(usize::try_from(BATCH).unwrap_or(1)) {
        let end = (begin + BATCH).min(transfers);
        let write = move |tx: &mut planet_store::Tx| {
            let orders: Vec<Transfer> = (begin..end).map(|n| order(n, transfers)).collect();
            let posted = transfer_many(tx, &orders, at(begin, transfers))?;
            assert!(posted.iter().all(Result::is_ok), "limits are far away");
            for (order, n) in orders.iter().zip(begin..end).filter(|(_, n)| n.is_multiple_of(100)) {
                let category = ["stock", "lunches", "parties"][usize::try_from(n / 100 % 3).unwrap_or(0)];
                let note = Note { category: category.into(), note: String::new() };
                let other = person(1 + dice(n) % OTHERS).into();
                write_note(tx, DELI.into(), order.id, other, &note, NOW)?;
            }
            Ok::<_, planet_store::Error>(())
        };
        store.write(write).await.expect("traded");
    }
}

fn order(n: u64, of: u64) -> Transfer {
    let other = account(1 + dice(n) % OTHERS);
    let (debit, credit) = if n.is_multiple_of(4) { (account(0), other) } else { (other, account(0)) };
    let millis = u64::try_from(at(n, of).0 / 1_000).unwrap_or(0);
    let tail: [u8; 10] = [dice(n).to_be_bytes().as_slice(), &[0, 0]].concat().try_into().expect("ten bytes");
    Transfer {
        id: TransferId(uuid::Builder::from_unix_timestamp_millis(millis, &tail).into_uuid()),
        debit,
        credit,
        amount: Amount(i64::try_from(100 + dice(n) % 5_000).unwrap_or(1)),
        kind: TransferKind::Payment,
        memo: MEMOS[usize::try_from(dice(n) % 5).unwrap_or(0)].into(),
        reference: None,
    }
}

/// Half of the runs were quicker than the first figure, 99 of 100 than the second.
fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let quantile = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
    println!("{what}: p50 {:.2} ms, p99 {:.2} ms, {} runs", quantile(50), quantile(99), times.len());
}

async fn measure(
    corridor: &Corridor,
    viewer: &Viewer,
    what: &str,
    runs: usize,
    query: Statement,
) -> StatementView {
    let mut times = Vec::new();
    let mut last = None;
    for _ in 0..runs {
        let begun = Instant::now();
        last = Some(corridor.view(viewer, query.clone(), NOW).await.expect("a statement"));
        times.push(begun.elapsed());
    }
    report(what, times);
    last.expect("at least one run")
}

#[tokio::main]
async fn main() {
    let mut words = std::env::args().skip(1);
    let place = words.next();
    let transfers: u64 = words.next().and_then(|word| word.parse().ok()).unwrap_or(1_000_000);
    let temporary = std::env::temp_dir().join(format!("planet-statement-{}", std::process::id()));
    let target = match place.as_deref() {
        Some(url) if url.starts_with("postgres") => Target::parse(url).expect("a database"),
        Some(folder) => Target::Sqlite(PathBuf::from(folder).join("statement.db")),
        None => Target::Sqlite(temporary.join("statement.db")),
    };
    if let Target::Sqlite(file) = &target {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
    }
    let store = Store::open(&target, Options { durable: false, ..Options::default() }).await.expect("open");
    let begun = Instant::now();
    furnish(&store).await;
    trade(&store, transfers).await;
    println!("{transfers} transfers on one account, made in {:.1} s", begun.elapsed().as_secs_f64());
    let registry = planet_wallet::register(Registry::default());
    let corridor =
        Corridor::open(store, registry, Box::new(|_, _| Ok(Arc::new(AllowAll)))).await.expect("a corridor");
    let viewer = corridor.viewer(DELI).await.expect("a viewer");
    let first =
        measure(&corridor, &viewer, "statement, first page with charts", 400, Statement::default()).await;
    let older = first.older.expect("more than a page");
    let second = Statement { at: Some(older.at.0), after: Some(older.transfer), ..Statement::default() };
    measure(&corridor, &viewer, "statement, an older page", 400, second).await;
    let far = Statement { far: Some("yes".into()), ..Statement::default() };
    measure(&corridor, &viewer, "statement, charts of 5,000 lines", 40, far).await;
    let words = Statement { q: Some("platter 999".into()), ..Statement::default() };
    measure(&corridor, &viewer, "search through 5,000 lines, names too", 40, words).await;
    let category = Statement { category: Some("parties".into()), ..Statement::default() };
    measure(&corridor, &viewer, "search through 5,000 lines, a category", 40, category).await;
    let mut times = Vec::new();
    for _ in 0..100 {
        let begun = Instant::now();
        corridor.view(&viewer, Wallet::default(), NOW).await.expect("a wallet");
        times.push(begun.elapsed());
    }
    report("wallet", times);
    let begun = Instant::now();
    let month = Records { from: Some("2026-11-01".into()), ..Records::default() };
    let records = corridor.view(&viewer, month, NOW).await.expect("records");
    let lines: usize = records.accounts.iter().map(|account| account.entries.len()).sum();
    println!("export of the last month: {lines} movements in {:.0} ms", begun.elapsed().as_secs_f64() * 1e3);
    drop(corridor);
    if place.is_none() {
        let _ = std::fs::remove_dir_all(temporary);
    }
}
