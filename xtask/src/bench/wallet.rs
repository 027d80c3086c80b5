//! `cargo xtask bench wallet`: transfers at several numbers of callers, with and without a hot account, beside pgbench and beside the bare
//! loop; payments through HTTP and policy; a page of a long statement; the demurrage of a month.

use std::path::Path;
use std::time::Duration;

use super::corridor::Engine;
use super::examples::{self, Rates};
use super::pgbench;
use super::served::Club;
use super::table::{Goal, Row, Table};
use crate::postgres::Server;
use crate::trouble::{OrSay, Outcome};

/// Seconds of each measurement.
const SECONDS: u32 = 5;
/// The numbers of callers.
const CALLERS: [usize; 3] = [1, 64, 256];

struct Ground<'a> {
    place: &'a Path,
    server: Server,
    /// Transactions a second of pgbench, in this very run, with as many clients as there are [`CALLERS`].
    yardsticks: [f64; 3],
}

/// A part of the measurement, which can be made alone.
type Part = (&'static str, fn(&Ground, &mut Table) -> Outcome<()>);

const PARTS: [Part; 6] = [
    ("ledger on SQLite", |ground, table| ledger(ground, Engine::Sqlite, table)),
    ("ledger on PostgreSQL", |ground, table| ledger(ground, Engine::Postgres, table)),
    ("payments on SQLite", |ground, table| payments(ground, Engine::Sqlite, table)),
    ("payments on PostgreSQL", |ground, table| payments(ground, Engine::Postgres, table)),
    ("demurrage on SQLite", |ground, table| demurrage(ground, Engine::Sqlite, table)),
    ("demurrage on PostgreSQL", |ground, table| demurrage(ground, Engine::Postgres, table)),
];

/// Measures the parts whose names begin so, one after the other.
pub fn run(place: &Path, only: &str) -> Outcome<Table> {
    let mut table = Table::default();
    examples::build()?;
    let server = pgbench::prepare(place, *CALLERS.last().unwrap_or(&1))?;
    let mut yardsticks = [0.0; 3];
    for (yardstick, clients) in yardsticks.iter_mut().zip(CALLERS) {
        *yardstick = pgbench::transactions_per_second(&server, clients, SECONDS)?;
        println!("pgbench, {clients} clients: {yardstick:.0} transactions a second");
    }
    table.note("pgbench: TPC-B-like, prepared, as many clients as callers, scale 256, over a Unix socket, everything durable, shared_buffers 1 GB.");
    let ground = Ground { place, server, yardsticks };
    for (name, measure) in PARTS.iter().filter(|(name, _)| name.starts_with(only)) {
        table.part(name, |table| measure(&ground, table));
    }
    Ok(table)
}

/// The ledger alone, set-wise.
fn ledger(ground: &Ground, engine: Engine, table: &mut Table) -> Outcome<()> {
    let least = match engine {
        Engine::Sqlite => 8.0,
        Engine::Postgres => 6.0,
    };
    let (name, place) = place_of(ground, engine, "rates")?;
    let seen = examples::rates(&place, SECONDS)?;
    for (callers, yardstick) in CALLERS.into_iter().zip(ground.yardsticks) {
        let uniform = seen.of(callers, "uniform").or_say("the ledger's example gave too few figures")?;
        let goal = if callers == 256 { Goal::AtLeast(least) } else { Goal::AtLeast(1.0) };
        let what = format!("ledger, {name}, {callers} callers : pgbench");
        table.push(Row::beside(what, uniform.per_second, yardstick, "transfers/s", goal));
        if callers == 64 {
            table.push(Row::within(format!("ledger, {name}, 64 callers, p99"), uniform.p99, 50.0, "ms"));
        }
        if callers == 256 {
            let hot = seen.of(callers, "hot").or_say("the ledger's example gave too few figures")?;
            let what = format!("ledger, {name}, spread out : half of it on one account");
            table.push(Row::beside(
                what,
                uniform.per_second,
                hot.per_second,
                "transfers/s",
                Goal::AtMost(1.3),
            ));
        }
    }
    beside_bare(name, &seen, table);
    table.push(Row::within(
        format!("page of a statement of 1,000,000, {name}, p50"),
        seen.statement,
        3.0,
        "ms",
    ));
    Ok(())
}

fn beside_bare(name: &str, seen: &Rates, table: &mut Table) {
    if let (Some(bare), Some(uniform)) = (seen.bare, seen.of(256, "uniform")) {
        let what = format!("ledger, {name}, 256 callers : bare rusqlite loop");
        table.push(Row::beside(what, uniform.per_second, bare, "transfers/s", Goal::AtLeast(0.4)));
    }
}

/// Payments by signed-in members over HTTP, at 64 callers.
fn payments(ground: &Ground, engine: Engine, table: &mut Table) -> Outcome<()> {
    let (name, goal) = match engine {
        Engine::Sqlite => ("through HTTP and policy, SQLite : pgbench", Goal::AtLeast(2.0)),
        Engine::Postgres => ("through HTTP and policy, PostgreSQL : pgbench", Goal::AtLeast(1.2)),
    };
    let database = (engine == Engine::Postgres).then(|| ground.server.socket_url("through"));
    if database.is_some() {
        ground.server.create_database("through")?;
    }
    let club = Club::furnish(&ground.place.join("through"), database, 64, 0)?;
    let node = club.home.serve()?;
    let seen = club.payments(&node, 64, Duration::from_secs(u64::from(SECONDS) * 2))?;
    let [_, yardstick, _] = ground.yardsticks;
    table.push(Row::beside(name, seen.per_second(), yardstick, "per second", goal));
    table.push(Row::within(format!("{name}, p99"), seen.percentile(99), 50.0, "ms"));
    drop(node);
    club.home.verify(None)
}

/// A month's demurrage of a million accounts, while members make some 500 payments a second.
fn demurrage(ground: &Ground, engine: Engine, table: &mut Table) -> Outcome<()> {
    let (name, place) = place_of(ground, engine, "demurrage")?;
    let seen = examples::demurrage(&place)?;
    let what = format!("demurrage, {name}, {:.0} postings", seen.postings);
    table.push(Row::within(what, seen.seconds, 60.0, "s"));
    table.push(Row::within(format!("payments meanwhile, {name}, p99"), seen.p99, 100.0, "ms"));
    Ok(())
}

/// What an engine is called, and a folder or a database of that name on it.
fn place_of(ground: &Ground, engine: Engine, named: &str) -> Outcome<(&'static str, String)> {
    Ok(match engine {
        Engine::Sqlite => ("SQLite", ground.place.join(named).to_string_lossy().into_owned()),
        Engine::Postgres => {
            ground.server.create_database(named)?;
            ("PostgreSQL", ground.server.socket_url(named))
        }
    })
}
