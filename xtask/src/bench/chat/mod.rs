//! `cargo xtask bench chat`: how many messages are accepted, how soon they are heard, what it costs that many listen, and how quickly a
//! long channel opens; beside Synapse and ejabberd, which do the same in the same run where they can be had.

mod ejabberd;
mod ours;
mod room;
mod synapse;

use std::path::Path;
use std::time::{Duration, Instant};

use super::corridor::Engine;
use super::examples;
use super::load::{self, percentile};
use super::served::{Club, act};
use super::table::{Goal, Row, Table};
use crate::node::Node;
use crate::postgres::{Durability, Server};
use crate::sh;
use crate::trouble::Outcome;
use ejabberd::Ejabberd;
use ours::Channel;
use room::{Room, Talk, deliveries, fill};
use synapse::Synapse;

/// How long each measurement takes.
const TIME: Duration = Duration::from_secs(10);
const WARM_UP: Duration = Duration::from_secs(2);
/// Senders, each in a room of their own.
const SENDERS: usize = 64;
/// Those who hear every message of one room, and how many are said there in a second.
const LISTENERS: usize = 200;
const PER_SECOND: u32 = 200;
/// Those who are connected and wait.
const IDLE: usize = 2_000;
/// How large the channel is that is opened, and the two groups that have one.
const MESSAGES: usize = 1_000_000;
const FEW: usize = 50;
const MANY: usize = 10_000;
/// How many enter at the same time, unless that is what is measured.
const AT_ONCE: usize = 16;

/// Where it is measured.
struct Ground<'a> {
    place: &'a Path,
    server: Server,
}

/// A part of the measurement, which can be made alone.
type Part = (&'static str, fn(&Ground, &mut Table) -> Outcome<()>);

const PARTS: [Part; 5] = [
    ("accepted", accepted),
    ("delivered", delivered),
    ("connected", connected),
    ("opened on SQLite", |ground, table| opened(ground, Engine::Sqlite, table)),
    ("opened on PostgreSQL", |ground, table| opened(ground, Engine::Postgres, table)),
];

/// Measures the parts whose names begin so, one after the other.
pub fn run(place: &Path, only: &str) -> Outcome<Table> {
    let mut table = Table::default();
    // Thousands of connections are files here and in what is measured; where that is not allowed, connecting says so.
    let _ = sh::output(&mut sh::command(
        "prlimit",
        ["--pid", &std::process::id().to_string(), "--nofile=16384:"],
    ));
    examples::build_club()?;
    let ground = Ground { place, server: Server::start(Durability::Durable, place)? };
    for (name, measure) in PARTS.iter().filter(|(name, _)| name.starts_with(only)) {
        table.part(name, |table| measure(&ground, table));
    }
    table.note("Synapse 1.163.2 from PyPI on SQLite as it comes, limits of pace lifted; ejabberd from Debian, rooms without archive or history, so nothing is kept. Ours is on the disk before it is accepted.");
    Ok(table)
}

/// What was measured of a peer, if it can be had on this machine and does it. Ours is measured without it, too.
fn peer<T>(table: &mut Table, name: &str, measured: Outcome<T>) -> Option<T> {
    if let Err(trouble) = &measured {
        eprintln!("{trouble}");
        let why = trouble.to_string();
        let why = why.lines().next().unwrap_or_default();
        table.note(format!("Not run this time: {name} ({why})."));
    }
    measured.ok()
}

impl Ground<'_> {
    /// A furnished club on an engine, being served, and what the engine is called.
    fn club(
        &self,
        engine: Engine,
        named: &str,
        members: usize,
        more: &[&str],
    ) -> Outcome<(Club, Node, &'static str)> {
        let name = match engine {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        };
        let database = (engine == Engine::Postgres).then(|| self.server.socket_url(named));
        if database.is_some() {
            self.server.create_database(named)?;
        }
        let club = Club::furnish_with(&self.place.join(named), database, members, more)?;
        let node = club.home.serve()?;
        Ok((club, node, name))
    }
}

/// Messages a second that are accepted from 64 senders in as many rooms.
fn accepted(ground: &Ground, table: &mut Table) -> Outcome<()> {
    let synapse = Synapse::start(ground.place).and_then(|server| server.rate(SENDERS, WARM_UP, TIME));
    let synapse = peer(table, "messages accepted by Synapse", synapse);
    let ejabberd = Ejabberd::start(ground.place).and_then(|server| server.rate(SENDERS, WARM_UP, TIME));
    let ejabberd = peer(table, "messages accepted by ejabberd", ejabberd);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let (club, node, name) = ground.club(engine, "rooms", SENDERS, &["--rooms", &SENDERS.to_string()])?;
        let seen = said(&club, &node)?;
        let peers = [("Synapse", &synapse, Goal::AtLeast(50.0)), ("ejabberd", &ejabberd, Goal::AtLeast(0.5))];
        for (peer, theirs, goal) in peers {
            if let Some(theirs) = theirs {
                let what = format!("messages accepted, {name} : {peer}");
                table.push(Row::beside(what, seen.per_second(), theirs.per_second(), "per second", goal));
            }
        }
        let (p50, p99) = (seen.percentile(50), seen.percentile(99));
        let rate = seen.per_second();
        table.note(format!(
            "messages accepted, {name}: {rate:.0} a second, p50 {p50:.1} ms, p99 {p99:.1} ms."
        ));
        drop(node);
        club.home.verify(None)?;
    }
    Ok(())
}

fn said(club: &Club, node: &Node) -> Outcome<load::Seen> {
    let rooms: Outcome<Vec<_>> = (0..SENDERS).map(|n| club.group(&format!("room-{n}"))).collect();
    let (rooms, port) = (rooms?, node.port);
    let say = |client: usize, n: u64, buffer: &mut Vec<u8>| {
        if let Some(room) = rooms.get(client) {
            let body = ours::message(&room.id, "bread and cheese");
            act(buffer, (port, club.session(client)), ours::SEND, &body, (client, n));
        }
    };
    load::run(port, SENDERS, WARM_UP, TIME, say)?.all_good()
}

/// How soon what is said in a room is heard by all 200 in it.
fn delivered(ground: &Ground, table: &mut Table) -> Outcome<()> {
    let talk = Talk { speakers: 10, per_second: PER_SECOND, time: TIME };
    let rate = format!("{PER_SECOND} messages a second to {LISTENERS}");
    let theirs = Ejabberd::start(ground.place).and_then(|server| {
        let hall = ejabberd::Hall(&server);
        deliveries(fill(&hall, LISTENERS, AT_ONCE)?, talk, &hall)
    });
    let theirs = peer(table, "messages heard at ejabberd", theirs);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let hall = ["--hall", &LISTENERS.to_string()];
        let (club, node, name) = ground.club(engine, "hall", LISTENERS, &hall)?;
        let group = club.group(&format!("hall-{LISTENERS}"))?;
        let room = Channel { club: &club, port: node.port, group, since: None };
        let ours = deliveries(fill(&room, LISTENERS, AT_ONCE)?, talk, &room)?;
        table.push(Row::within(format!("{rate}, {name}, p99"), percentile(&ours, 99), 50.0, "ms"));
        for percent in [50, 99] {
            let what = format!("{rate}, {name} : ejabberd, p{percent}");
            let theirs = theirs.as_ref().map(|theirs| percentile(theirs, percent));
            table.push(Row::shown(what, percentile(&ours, percent), theirs, "ms"));
        }
    }
    let synapse = Synapse::start(ground.place).and_then(|server| {
        let hall = synapse::Hall::open(&server)?;
        let slow = Talk { speakers: 1, per_second: 1, time: TIME };
        deliveries(fill(&hall, LISTENERS, AT_ONCE)?, slow, &hall)
    });
    if let Some(slow) = peer(table, "messages heard at Synapse", synapse) {
        let told = room::told(&slow);
        table.note(format!(
            "Synapse, one message a second to {LISTENERS}, since it accepts no {PER_SECOND}: {told}."
        ));
    }
    Ok(())
}

/// What 2,000 who are connected and wait cost, and how long it takes until they are back when all were cut off.
fn connected(ground: &Ground, table: &mut Table) -> Outcome<()> {
    let theirs = Ejabberd::start(ground.place).and_then(|server| {
        let hall = ejabberd::Hall(&server);
        idle(&hall, &hall, || server.megabytes())
    });
    let theirs = peer(table, "waiting at ejabberd", theirs);
    // They heard nothing of the ten messages that are there, and get them when they come back.
    let more = ["--hall", &IDLE.to_string(), "--messages", "10"];
    let (club, node, _) = ground.club(Engine::Sqlite, "idle", IDLE, &more)?;
    let group = club.group(&format!("hall-{IDLE}"))?;
    let room = |since| Channel { club: &club, port: node.port, group, since };
    let (memory, storm) = idle(&room(None), &room(Some(0)), || node.megabytes())?;
    let their = theirs.unzip();
    table.push(Row::within(format!("memory of each of {IDLE} idle connections"), memory, 40.0, "KB"));
    table.push(Row::shown(
        format!("memory of each of {IDLE} idle connections : ejabberd"),
        memory,
        their.0,
        "KB",
    ));
    table.push(Row::shown(
        format!("{IDLE} cut off at once, until all are back : ejabberd"),
        storm,
        their.1,
        "s",
    ));
    Ok(())
}

/// Has 2,000 enter a room and wait, and then all come back at once. Answers the kilobytes that each cost, and the seconds it took.
fn idle<R: Room>(room: &R, again: &R, megabytes: impl Fn() -> Outcome<f64>) -> Outcome<(f64, f64)> {
    let settle = || std::thread::sleep(Duration::from_secs(3));
    settle();
    let before = megabytes()?;
    let seats = fill(room, IDLE, AT_ONCE)?;
    settle();
    let cost = (megabytes()? - before) * 1000.0 / f64::from(u32::try_from(IDLE).unwrap_or(1));
    drop(seats);
    settle();
    let begun = Instant::now();
    let seats = fill(again, IDLE, IDLE)?;
    let took = begun.elapsed().as_secs_f64();
    drop(seats);
    Ok((cost, took))
}

/// How long the page of a channel with a million messages takes, in a small group and in a large one whose members listen.
fn opened(ground: &Ground, engine: Engine, table: &mut Table) -> Outcome<()> {
    let (few, many, messages) = (FEW.to_string(), MANY.to_string(), MESSAGES.to_string());
    let more = ["--hall", &few, "--hall", &many, "--messages", &messages];
    let (club, node, name) = ground.club(engine, "long", MANY, &more)?;
    let page = |size: usize| club.page_for(&node, &format!("/groups/hall-{size}/chat"), size, TIME);
    let small = page(FEW)?.percentile(50);
    table.push(Row::within(format!("channel of 1,000,000, {name}, p50"), small, 5.0, "ms"));
    let group = club.group(&format!("hall-{MANY}"))?;
    let room = Channel { club: &club, port: node.port, group, since: None };
    let seats = fill(&room, LISTENERS, AT_ONCE)?;
    let large = page(MANY)?.percentile(50);
    drop(seats);
    let what = format!("the same, {name}, 10,000 members : {FEW}, p50");
    table.push(Row::beside(what, large, small, "ms", Goal::AtMost(2.0)));
    Ok(())
}
