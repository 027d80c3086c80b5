//! How long it takes to take demurrage from very many accounts through the corridor, while members go on paying each other. It measures
//! and proves nothing else, but that the books are well afterwards.
//!
//! `cargo run --release -p planet-currencies --example demurrage [-- DATABASE [ACCOUNTS [MONTHS]]]`, where `DATABASE` is a folder for SQLite
//! (made afresh; a temporary one without it) or `postgres://…` without a schema `demurrage` yet. Its lines are read by `cargo xtask bench`.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a program for people who measure: it prints, and stops at once"
)]

use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_corridor::task::Call;
use planet_currencies::acts::design::Design;
use planet_currencies::terms::{Holders, Terms};
use planet_ledger::{
    CurrencyKind, Transfer, TransferKind, audit, carry, open_account, set_limits, transfer_many,
};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Group;
use planet_ontology::ids::{
    AccountId, ActKey, AgentId, CurrencyId, GroupId, MemberId, ProposalId, TransferId,
};
use planet_ontology::roles::{Mode, Role};
use planet_ontology::units::{Amount, Moment};
use planet_policy::testing::AllowAll;
use planet_store::{Migration, Options, Store, Target, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use uuid::Uuid;

const DELI: GroupId = GroupId(Uuid::from_u128(0xde11));
/// 10 March 2026, noon.
const NOW: Moment = Moment(1_773_144_000 * Moment::SECOND);
/// How many pay meanwhile ...
const CALLERS: usize = 64;
/// ... and how long each rests between two payments: together some 500 payments a second, more than a town makes.
const REST: Duration = Duration::from_millis(100);
/// A month and a bit, in seconds.
const MONTH: i64 = 31 * 86_400;

/// A payment, as the wallet would make it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Pay {
    from: AccountId,
    to: AccountId,
}

impl Act for Pay {
    const NAME: &'static str = "measured.pay";
    const ABOUT: &'static str = "Pay somebody.";
    const MOVES: Moves = Moves::Promised;
    type Touches = Group;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(GroupId::CLUB, &Group { mode: "chat".into(), open: false, club: true }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let paid = payment(cx.id(), self.from, self.to, 1);
        carry(tx, cx, &[paid]).map(|_| ())
    }
}

fn payment(id: TransferId, debit: AccountId, credit: AccountId, amount: i64) -> Transfer {
    let (kind, memo) = (TransferKind::Payment, "bread".to_owned());
    Transfer { id, debit, credit, amount: Amount(amount), kind, memo, reference: None }
}

fn account(n: u64) -> AccountId {
    AccountId(Uuid::new_v5(&DELI.0, &n.to_be_bytes()))
}

fn payer(caller: usize) -> MemberId {
    MemberId(Uuid::new_v5(&DELI.0, format!("payer {caller}").as_bytes()))
}

fn terms() -> Terms {
    Terms {
        holders: Holders::Club,
        issuers: vec![Role::Steward],
        price: None,
        cap: None,
        lifetime: None,
        notice: 0,
        refund: 0,
        demurrage: 17_500,
        levy: 0,
        min: Amount(-1_000_000),
        max: Amount(1_000_000),
        soft_min: None,
        soft_max: None,
        backing: "We help each other.".into(),
        redemption: String::new(),
    }
}

fn migrations() -> Vec<Migration> {
    [
        planet_corridor::MIGRATIONS,
        planet_ledger::MIGRATIONS,
        planet_purse::MIGRATIONS,
        planet_exchange::MIGRATIONS,
        planet_currencies::MIGRATIONS,
    ]
    .concat()
}

/// A club with a group, whose credit gives 1.75 % a month of what lies idle.
async fn club(store: &Store) -> (Corridor, CurrencyId) {
    store.migrate(&migrations()).await.expect("migrated");
    let make = |tx: &mut Tx| {
        let new = |handle, name| NewAgent { handle, name, now: NOW };
        agents::create_group(tx, GroupId::CLUB, &new("club", "Club"), Mode::Chat, false)?;
        agents::create_group(tx, DELI, &new("deli", "Deli"), Mode::Trading, false)?;
        (0..CALLERS).try_for_each(|caller| {
            let handle = format!("payer-{caller}");
            agents::create_member(
                tx,
                payer(caller),
                &NewAgent { handle: &handle, name: &handle, now: NOW },
                Role::Member,
                None,
            )
        })
    };
    store.write(make).await.expect("founded");
    let registry = planet_currencies::register(Registry::default()).act::<Pay>();
    let corridor = Corridor::open(store.clone(), registry, Box::new(|_, _| Ok(Arc::new(AllowAll))));
    let corridor = corridor.await.expect("open");
    let design = Design {
        group: DELI,
        code: "TOKENS".into(),
        name: "Tokens".into(),
        symbol: "T".into(),
        kind: CurrencyKind::MutualCredit,
        decimals: 2,
        terms: terms(),
    };
    let deli = Actor::Group { id: DELI, mandate: ProposalId(Uuid::nil()) };
    let call = Call { actor: deli, key: ActKey(Uuid::new_v4()), now: NOW };
    let designed = corridor.act(call, design).await.expect("an answer").output.expect("a currency");
    (corridor, designed.currency)
}

/// Accounts with a hundred each, from one that may owe all of it.
async fn furnish(store: &Store, currency: CurrencyId, accounts: u64) {
    let source = AccountId(Uuid::from_u128(1));
    let open = move |tx: &mut Tx| {
        open_account(tx, AgentId(source.0), currency, source, NOW)?;
        set_limits(tx, source, Amount(-(1 << 50)), Amount(1 << 50))
    };
    store.write(open).await.expect("a source");
    for first in (0..accounts).step_by(5_000) {
        let numbers = first..accounts.min(first + 5_000);
        let chunk = move |tx: &mut Tx| {
            let mut paid = Vec::new();
            for n in numbers.clone() {
                open_account(tx, AgentId(account(n).0), currency, account(n), NOW)
                    .map_err(|error| planet_store::Error::Engine(error.to_string()))?;
                paid.push(payment(
                    TransferId(Uuid::new_v5(&account(n).0, b"start")),
                    source,
                    account(n),
                    10_000,
                ));
            }
            transfer_many(tx, &paid, NOW).map(|_| ())
        };
        store.write(chunk).await.expect("a chunk");
    }
}

/// Pays until it is told to stop; how long each payment took.
async fn pays(
    corridor: Corridor,
    caller: usize,
    accounts: u64,
    stop: Arc<AtomicBool>,
    now: Moment,
) -> Vec<Duration> {
    let mut waits = Vec::new();
    let mut n = u64::try_from(caller).unwrap_or(0);
    while !stop.load(Ordering::Relaxed) {
        let from = n % accounts;
        let pay = Pay { from: account(from), to: account((from + 7) % accounts) };
        let call = Call { actor: Actor::Member(payer(caller)), key: ActKey(Uuid::now_v7()), now };
        let begin = Instant::now();
        corridor.act(call, pay).await.expect("paid");
        waits.push(begin.elapsed());
        tokio::time::sleep(REST).await;
        n = n.wrapping_add(7_919);
    }
    waits
}

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let place =
        args.next().unwrap_or_else(|| std::env::temp_dir().join("planet-demurrage").display().to_string());
    let mut number = |or: u64| args.next().and_then(|text| text.parse().ok()).unwrap_or(or);
    let (accounts, months) = (number(1_000_000), number(1));
    let target = if place.starts_with("postgres:") {
        Target::Postgres { url: place, schema: Some("demurrage".to_owned()) }
    } else {
        drop(std::fs::remove_dir_all(&place));
        Target::Sqlite(PathBuf::from(place).join("planet.db"))
    };
    let store = Store::open(&target, Options::default()).await.expect("open");
    let (corridor, currency) = club(&store).await;
    furnish(&store, currency, accounts).await;
    let later = NOW.plus_seconds(MONTH * i64::try_from(months).unwrap_or(1));
    let stop = Arc::new(AtomicBool::new(false));
    let callers: Vec<_> = (0..CALLERS)
        .map(|caller| tokio::spawn(pays(corridor.clone(), caller, accounts, Arc::clone(&stop), later)))
        .collect();
    let begin = Instant::now();
    corridor.perform_due(later).await.expect("taken");
    let took = begin.elapsed();
    stop.store(true, Ordering::Relaxed);
    let mut waits = Vec::new();
    for caller in callers {
        waits.extend(caller.await.expect("a caller"));
    }
    waits.sort_unstable();
    let books = store.snapshot(audit).await.expect("an audit");
    assert!(books.problems.is_empty(), "{:?}", books.problems);
    let paid = i64::try_from(waits.len()).unwrap_or(0);
    let postings = books.transfers - i64::try_from(accounts).unwrap_or(0) - paid;
    let at = |share: usize| waits.get(waits.len() * share / 100).copied().unwrap_or_default();
    println!("demurrage of {accounts} accounts: {postings} postings in {took:?}");
    println!("payments meanwhile: {paid}, p50 {:?}, p90 {:?}, p99 {:?}", at(50), at(90), at(99));
}
