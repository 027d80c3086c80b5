//! `cargo xtask bench votes`: how quickly large votes are counted, recounted and shown, how long a change of the rules is rehearsed, and what
//! a decision costs when many policies are in force. Beside crates that others wrote where there are some, else beside our own limits.

use std::path::Path;
use std::time::{Duration, Instant};

use super::corridor::Engine;
use super::examples;
use super::served::{Club, sealed};
use super::table::{Goal, Row, Table};
use crate::postgres::{Durability, Server};
use crate::sh;
use crate::trouble::{OrSay, Outcome, Trouble};

/// Ballots of the counts, and of the recount.
const BALLOTS: [&str; 2] = ["1000000", "2000000"];
/// Who may vote on the proposal whose page is measured, how many have, and how many acts the log has.
const MEMBERS: usize = 10_000;
const VOTES: usize = 9_000;
const ACTS: usize = 1_000_000;
/// How long one page is asked for.
const TIME: Duration = Duration::from_secs(10);

/// A part of the measurement, which can be made alone.
type Part = (&'static str, fn(&Path, &mut Table) -> Outcome<()>);

const PARTS: [Part; 6] = [
    ("counts", |_, table| counts(table)),
    ("recount", recount),
    ("policies", |_, table| policies(table)),
    ("page on SQLite", |place, table| page(place, Engine::Sqlite, table)),
    ("page on PostgreSQL", |place, table| page(place, Engine::Postgres, table)),
    ("rehearsal", rehearsal),
];

/// Measures the parts whose names begin so, one after the other.
pub fn run(place: &Path, only: &str) -> Outcome<Table> {
    let mut table = Table::default();
    examples::build_for_votes()?;
    for (name, measure) in PARTS.iter().filter(|(name, _)| name.starts_with(only)) {
        table.part(name, |table| measure(place, table));
    }
    Ok(table)
}

/// A million ranked ballots over thirty options that lie in memory: their form checked, the lot drawn, counted, the steps told.
fn counts(table: &mut Table) -> Outcome<()> {
    let [ballots, _] = BALLOTS;
    let seen = examples::counted(ballots)?;
    let took = |what: &str| seen.of(what).or_say(format!("the example gave no figure for {what}"));
    for (method, limit) in [("Schulze", 5.0), ("Scottish STV", 10.0), ("Meek", 30.0)] {
        table.push(Row::within(format!("1,000,000 ballots, {method}"), took(method)?, limit, "s"));
    }
    for (method, other) in [("Schulze", "tallystick, pairs"), ("Meek", "stv-rs, Meek")] {
        let what = format!("{method}, the rule alone : {other}");
        let ours = took(&format!("{method}, the rule alone"))?;
        table.push(Row::beside(what, ours, took(other)?, "s", Goal::AtMost(1.0)));
    }
    let bare = took("bare loop")?;
    let what = "Scottish STV : bare loop that only reads the ballots";
    table.push(Row::beside(what, took("Scottish STV")?, bare, "s", Goal::AtMost(200.0)));
    table.note(
        "Counts: 30 options, 7 seats where there are several, most ballots name two to six options, one in twenty all. The ballots lie in memory. \
         tallystick only compares in pairs, so Schulze\u{2019}s paths are in our figure and not in theirs; both sides have to find the same.",
    );
    Ok(())
}

/// What anybody does with the published file of a vote of two millions.
fn recount(place: &Path, table: &mut Table) -> Outcome<()> {
    let [_, ballots] = BALLOTS;
    let file = place.join("ballots.json");
    examples::write_ballots(ballots, "Scottish STV", &file)?;
    let program = sh::target().join("release/planet");
    let begun = Instant::now();
    let mut command = sh::command(&program.to_string_lossy(), ["recount"]);
    command.arg(&file).stdout(std::process::Stdio::null());
    let mut child = command.spawn().or_say("cannot run `planet recount`")?;
    let status = format!("/proc/{}/status", child.id());
    let mut megabytes = 0.0_f64;
    let ended = loop {
        if let Some(ended) = child.try_wait().or_say("cannot wait for `planet recount`")? {
            break ended;
        }
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        megabytes = megabytes.max(peak(&told).unwrap_or(0.0));
        std::thread::sleep(Duration::from_millis(50));
    };
    let took = begun.elapsed().as_secs_f64();
    // The file is of no use to anybody else.
    let _ = std::fs::remove_file(&file);
    if !ended.success() {
        return Err(Trouble::new("`planet recount` did not agree with the ballots"));
    }
    table.push(Row::within("recount of 2,000,000 ballots, twice, from a file", took, 120.0, "s"));
    table.push(Row::within("memory of that recount", megabytes, 2_000.0, "MB"));
    Ok(())
}

/// The most memory that a process had, in megabytes, as `/proc` tells it.
fn peak(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<f64>().ok()? / 1_000.0)
}

/// A decision while two thousand policies are in force.
fn policies(table: &mut Table) -> Outcome<()> {
    for (what, micros) in examples::decisions_of_many()? {
        table.push(Row::within(format!("decision, 2,000 policies: {what}, p50"), micros, 50.0, "µs"));
    }
    table.note(
        "Policies: at most ten have a say in one act, so there are eighty acts more than the house has. All are the club\u{2019}s, and name 500 groups and \
         their members.",
    );
    Ok(())
}

/// The page of a vote in which everybody has a voice, asked for by one member after the other.
fn page(place: &Path, engine: Engine, table: &mut Table) -> Outcome<()> {
    let (name, folder) = match engine {
        Engine::Sqlite => ("SQLite", "vote-sqlite"),
        Engine::Postgres => ("PostgreSQL", "vote-postgres"),
    };
    let server = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => Some(Server::start(Durability::Durable, place)?),
    };
    let database =
        server.as_ref().map(|server| server.create_database(folder).map(|()| server.socket_url(folder)));
    let votes = VOTES.to_string();
    let club = Club::furnish_with(&place.join(folder), database.transpose()?, MEMBERS, &["--votes", &votes])?;
    let vote = club.vote.clone().or_say("the example `furnish` opened no vote")?;
    let node = club.home.serve()?;
    let seen = club.page(&node, &format!("/decisions/{vote}"), TIME)?;
    table.push(Row::within(format!("page of a vote of 10,000, {name}, p50"), seen.percentile(50), 5.0, "ms"));
    table.note(format!(
        "Page of a vote, {name}: 9,000 have voted, 200 have named somebody; p99 {:.1} ms.",
        seen.percentile(99)
    ));
    Ok(())
}

/// A change of the rules, tried out on the page as a member does it, on a log of a million payments.
fn rehearsal(place: &Path, table: &mut Table) -> Outcome<()> {
    let acts = ACTS.to_string();
    let club = Club::furnish_with(&place.join("rehearsal"), None, MEMBERS, &["--acts", &acts])?;
    let node = club.home.serve()?;
    sealed(&node)?;
    let seen = club.rehearse(&node)?;
    if seen.asked < ACTS {
        return Err(Trouble::new(format!("only {} acts were asked about again", seen.asked)));
    }
    table.push(Row::within("rehearsal of a change on 1,000,000 acts", seen.took.as_secs_f64(), 60.0, "s"));
    table.note(format!("Rehearsal: of a policy that names one member and a moment, so that few questions are alike; from the form to the report, over HTTP; the page said {} times meanwhile how far it was.", seen.told));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_of_memory_is_read() {
        assert_eq!(peak("VmPeak:\t 99 kB\nVmHWM:\t  650240 kB\nVmRSS:\t 1 kB\n"), Some(650.24));
        assert_eq!(peak("Name: planet\n"), None);
    }
}
