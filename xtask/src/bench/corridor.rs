//! `cargo xtask bench corridor`: payments, pages, decisions, start and size beside pgbench and beside our own limits.

use std::path::Path;
use std::time::Duration;

use super::examples;
use super::pgbench;
use super::served::Club;
use super::table::{Goal, Row, Table};
use crate::postgres::Server;
use crate::trouble::Outcome;

/// Seconds of each measurement.
const SECONDS: u32 = 10;
/// Of the club whose pages are measured.
const MEMBERS: usize = 10_000;
const POSTS: usize = 1_000_000;

/// Where it is measured, and the yardstick beside which it is done.
struct Ground<'a> {
    place: &'a Path,
    server: Server,
    /// Transactions per second of pgbench, in this very run.
    yardstick: f64,
}

/// A part of the measurement, which can be made alone: its name, and how it is measured.
type Part = (&'static str, fn(&Ground, &mut Table) -> Outcome<()>);

const PARTS: [Part; 5] = [
    ("decisions", |_, table| decisions(table)),
    ("payments on SQLite", |ground, table| payments(ground, Engine::Sqlite, table)),
    ("payments on PostgreSQL", |ground, table| payments(ground, Engine::Postgres, table)),
    ("ledger", ledger),
    ("pages", |ground, table| pages(ground.place, table)),
];

/// Measures the parts whose names begin so, one after the other, so that nothing disturbs anything.
pub fn run(place: &Path, only: &str) -> Outcome<Table> {
    let mut table = Table::default();
    examples::build()?;
    let server = pgbench::prepare(place, pgbench::CLIENTS)?;
    let yardstick = pgbench::transactions_per_second(&server, pgbench::CLIENTS, SECONDS)?;
    println!("pgbench: {yardstick:.0} transactions a second");
    table.note(format!(
        "pgbench: TPC-B-like, prepared, {clients} clients, scale {clients}, over a Unix socket, everything durable, shared_buffers 1 GB.",
        clients = pgbench::CLIENTS
    ));
    let ground = Ground { place, server, yardstick };
    for (name, measure) in PARTS.iter().filter(|(name, _)| name.starts_with(only)) {
        table.part(name, |table| measure(&ground, table));
    }
    Ok(table)
}

/// The engine below.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// In the program.
    Sqlite,
    /// Beside it.
    Postgres,
}

/// Payments by signed-in members over HTTP, durable, as many at a time as pgbench has clients.
fn payments(ground: &Ground, engine: Engine, table: &mut Table) -> Outcome<()> {
    let Ground { place, server, yardstick } = ground;
    let (name, goal) = match engine {
        Engine::Sqlite => ("payments, SQLite : pgbench", Goal::AtLeast(2.0)),
        Engine::Postgres => ("payments, PostgreSQL : pgbench", Goal::AtLeast(1.0)),
    };
    let database = (engine == Engine::Postgres).then(|| server.socket_url("payments"));
    if database.is_some() {
        server.create_database("payments")?;
    }
    let club = Club::furnish(&place.join("payments"), database, pgbench::CLIENTS, 0)?;
    let node = club.home.serve()?;
    let seen = club.payments(&node, pgbench::CLIENTS, Duration::from_secs(SECONDS.into()))?;
    table.push(Row::beside(name, seen.per_second(), *yardstick, "per second", goal));
    table.note(format!("{name}: p50 {:.1} ms, p99 {:.1} ms.", seen.percentile(50), seen.percentile(99)));
    drop(node);
    club.home.verify(None)
}

/// A large club beside one with a hundredth of its posts: home, start, memory, weight.
fn pages(place: &Path, table: &mut Table) -> Outcome<()> {
    let time = Duration::from_secs(SECONDS.into());
    let small = {
        let club = Club::furnish(&place.join("small"), None, MEMBERS, POSTS / 100)?;
        let node = club.home.serve()?;
        club.page(&node, "/", time)?.percentile(50)
    };
    let club = Club::furnish(&place.join("large"), None, MEMBERS, POSTS)?;
    drop(club.home.serve()?);
    let node = club.home.serve()?;
    table.push(Row::within("start with an existing database", node.started_in.as_secs_f64(), 0.5, "s"));
    std::thread::sleep(Duration::from_secs(2));
    table.push(Row::within("memory of an idle node", node.megabytes()?, 60.0, "MB"));
    let home = club.page(&node, "/", time)?;
    table.push(Row::within("home, 1,000,000 posts, p50", home.percentile(50), 3.0, "ms"));
    table.push(Row::within("home, 1,000,000 posts, p99", home.percentile(99), 15.0, "ms"));
    table.push(Row::beside(
        "home, 1,000,000 posts : 10,000, p50",
        home.percentile(50),
        small,
        "ms",
        Goal::AtMost(1.5),
    ));
    let weight = club.weight(&node, "/")?;
    table.push(Row::within("home, first visit, compressed", weight.kilobytes, 60.0, "KB"));
    table.push(Row::within("home, first visit, requests", weight.requests, 20.0, "requests"));
    Ok(())
}

/// The ledger alone with 256 callers, set-wise, on both engines.
fn ledger(Ground { place, server, yardstick }: &Ground, table: &mut Table) -> Outcome<()> {
    let sqlite = examples::ledger(&place.join("ledger").to_string_lossy())?;
    server.create_database("ledger")?;
    let postgres = examples::ledger(&server.socket_url("ledger"))?;
    let unit = "transfers/s";
    table.push(Row::beside("ledger, SQLite : pgbench", sqlite.batches, *yardstick, unit, Goal::AtLeast(5.0)));
    if let Some(bare) = sqlite.bare {
        table.push(Row::beside(
            "ledger, SQLite : bare rusqlite loop",
            sqlite.batches,
            bare,
            unit,
            Goal::AtLeast(0.4),
        ));
    }
    table.push(Row::beside(
        "ledger, PostgreSQL : pgbench",
        postgres.batches,
        *yardstick,
        unit,
        Goal::AtLeast(4.0),
    ));
    Ok(())
}

/// How long the policy engine takes to allow a payment.
fn decisions(table: &mut Table) -> Outcome<()> {
    table.push(Row::within("policy decision, p50", examples::decision()?, 25.0, "µs"));
    Ok(())
}
