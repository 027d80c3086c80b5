//! Measurements that rooms bring along as examples, since only they may link what they measure: run here, and their figures
//! read. They are not repeated here.

use std::path::Path;

use crate::sh;
use crate::trouble::{OrSay, Outcome, Trouble};

/// What the ledger's own measurement says, in transfers per second.
#[derive(Debug, PartialEq)]
pub struct Ledger {
    /// Decided set-wise as they come from 256 callers.
    pub batches: f64,
    /// The same rows written by a bare loop over SQLite; only on SQLite.
    pub bare: Option<f64>,
}

/// How many transfers the ledger's measurement makes in batches.
const TRANSFERS: &str = "100000";

/// Builds the node and what furnishes a club, so that no compiler runs beside a measurement.
pub fn build_club() -> Outcome<()> {
    sh::run(&mut sh::cargo(&[
        "build",
        "--release",
        "--package",
        "planet",
        "--bin",
        "planet",
        "--example",
        "furnish",
    ]))
}

/// Builds the examples that measure something themselves as well.
pub fn build() -> Outcome<()> {
    build_club()?;
    sh::run(&mut sh::cargo(&["build", "--release", "--package", "planet-ledger", "--example", "speed"]))?;
    sh::run(&mut sh::cargo(&[
        "build",
        "--release",
        "--package",
        "planet-currencies",
        "--example",
        "demurrage",
    ]))?;
    sh::run(&mut sh::cargo(&["build", "--release", "--package", "planet-cedar", "--example", "decide"]))
}

/// The same for the measurement of votes.
pub fn build_for_votes() -> Outcome<()> {
    let examples: [&[&str]; 3] = [
        &["--package", "planet-count", "--example", "count_votes"],
        &["--package", "planet-cedar", "--example", "decide_many"],
        &["--package", "planet", "--bin", "planet", "--example", "furnish"],
    ];
    examples.iter().try_for_each(|what| sh::run(&mut sh::cargo(&[&["build", "--release"], *what].concat())))
}

/// What the counts of a large vote took.
#[derive(Debug, PartialEq)]
pub struct Counted(String);

impl Counted {
    /// The seconds of what is called so.
    pub fn of(&self, what: &str) -> Option<f64> {
        let line = self.0.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(" took "))?;
        Some(microseconds(line.split_whitespace().next()?)? / 1e6)
    }
}

/// Counts so many ballots by every method.
pub fn counted(ballots: &str) -> Outcome<Counted> {
    Ok(Counted(example("count_votes", &[ballots])?))
}

/// Writes the published file of a vote with so many ballots.
pub fn write_ballots(ballots: &str, method: &str, file: &Path) -> Outcome<()> {
    example("count_votes", &[ballots, method, &file.to_string_lossy()]).map(drop)
}

/// The median times of decisions while two thousand policies are in force, in microseconds, each with what is decided.
pub fn decisions_of_many() -> Outcome<Vec<(String, f64)>> {
    let said = example("decide_many", &[])?;
    let lines = said.lines().filter_map(|line| {
        let (what, _) = line.split_once(" p50 ")?;
        Some((what.trim().to_owned(), median(line, "")?))
    });
    let found: Vec<_> = lines.collect();
    if found.is_empty() { Err(Trouble::new("the example `decide_many` gave no figure")) } else { Ok(found) }
}

/// Runs the ledger's measurement on a folder (SQLite) or an address (PostgreSQL).
pub fn ledger(place: &str) -> Outcome<Ledger> {
    let said = example("speed", &[place, TRANSFERS])?;
    let batches =
        per_second(&said, "the ledger, in batches").or_say("the ledger's example gave no figure")?;
    Ok(Ledger { batches, bare: per_second(&said, "bare SQLite") })
}

/// The median time of a policy decision about a payment, in microseconds.
pub fn decision() -> Outcome<f64> {
    let said = example("decide", &[])?;
    median(&said, "pay from one's own wallet").or_say("the policy engine's example gave no figure")
}

/// What the ledger's measurement says of many callers.
#[derive(Debug, Default, PartialEq)]
pub struct Rates {
    /// The same rows written by a bare loop over SQLite; only on SQLite.
    pub bare: Option<f64>,
    /// The median time of a page of a long statement, in milliseconds.
    pub statement: f64,
    lines: Vec<Rate>,
}

/// One line of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    callers: usize,
    hot: bool,
    /// Transfers a second.
    pub per_second: f64,
    /// The latency that one in a hundred exceeds, in milliseconds.
    pub p99: f64,
}

impl Rates {
    /// The line of so many callers and this traffic, `uniform` or `hot`.
    pub fn of(&self, callers: usize, traffic: &str) -> Option<Rate> {
        self.lines.iter().copied().find(|rate| rate.callers == callers && rate.hot == (traffic == "hot"))
    }
}

/// Runs the ledger's measurement of many callers, each for so many seconds.
pub fn rates(place: &str, seconds: u32) -> Outcome<Rates> {
    let said = example("speed", &[place, "rates", &seconds.to_string()])?;
    let statement = median(&said, "a page of 50 lines").or_say("the ledger's example gave no statement")?;
    Ok(Rates {
        bare: per_second(&said, "bare SQLite"),
        statement: statement / 1000.0,
        lines: said.lines().filter_map(rate_in).collect(),
    })
}

/// A line such as `64 callers, hot   12345 /s   p50 1.2ms   p99 3.4ms`.
fn rate_in(line: &str) -> Option<Rate> {
    let (callers, rest) = line.split_once(" callers, ")?;
    let words: Vec<&str> = rest.split_whitespace().collect();
    let [traffic, per_second, "/s", "p50", _, "p99", p99] = words.as_slice() else { return None };
    let p99 = microseconds(p99)? / 1000.0;
    Some(Rate {
        callers: callers.parse().ok()?,
        hot: *traffic == "hot",
        per_second: per_second.parse().ok()?,
        p99,
    })
}

/// What the demurrage of a million accounts took, with payments meanwhile.
#[derive(Debug, PartialEq)]
pub struct Demurrage {
    /// How many postings there were.
    pub postings: f64,
    /// All of it, in seconds.
    pub seconds: f64,
    /// The latency of a payment meanwhile that one in a hundred exceeds, in milliseconds.
    pub p99: f64,
}

/// Runs the measurement of demurrage on a folder (SQLite) or an address (PostgreSQL).
pub fn demurrage(place: &str) -> Outcome<Demurrage> {
    demurrage_in(&example("demurrage", &[place])?).or_say("the example of demurrage gave too few figures")
}

/// Two lines, `demurrage of 10 accounts: 10 postings in 1.2s` and `payments meanwhile: 7, p50 1ms, p90 2ms, p99 3ms`.
fn demurrage_in(said: &str) -> Option<Demurrage> {
    let line = said.lines().find(|line| line.starts_with("demurrage of "))?;
    let (postings, took) = line.split_once(": ")?.1.split_once(" postings in ")?;
    let meanwhile = said.lines().find(|line| line.starts_with("payments meanwhile"))?;
    let p99 = meanwhile.split_once("p99 ")?.1;
    Some(Demurrage {
        postings: postings.parse().ok()?,
        seconds: microseconds(took)? / 1e6,
        p99: microseconds(p99)? / 1000.0,
    })
}

fn example(name: &str, arguments: &[&str]) -> Outcome<String> {
    let program = sh::target().join("release/examples").join(name);
    let mut said = String::new();
    let well = sh::overhear(&mut sh::command(&program.to_string_lossy(), arguments), |line| {
        said.push_str(line);
        said.push('\n');
    })?;
    if well { Ok(said) } else { Err(Trouble::new(format!("the example `{name}` failed"))) }
}

/// The best figure before `/s` in the lines that begin like this.
fn per_second(said: &str, beginning: &str) -> Option<f64> {
    let lines = said.lines().filter(|line| line.starts_with(beginning));
    lines
        .filter_map(|line| line.split_once(" /s")?.0.split_whitespace().next_back()?.parse().ok())
        .reduce(f64::max)
}

/// The duration after `p50` in the line that begins like this, in microseconds.
fn median(said: &str, beginning: &str) -> Option<f64> {
    let line = said.lines().find(|line| line.starts_with(beginning))?;
    microseconds(line.split_once("p50")?.1.split_whitespace().next()?)
}

/// A duration as Rust prints it, perhaps with a comma behind it.
fn microseconds(duration: &str) -> Option<f64> {
    let duration = duration.trim_end_matches(',');
    let (number, unit) = duration.split_at(duration.find(|c: char| c != '.' && !c.is_ascii_digit())?);
    let factor = match unit {
        "ns" => 1e-3,
        "µs" => 1.0,
        "ms" => 1e3,
        "s" => 1e6,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_what_the_examples_print() {
        let said = "bare SQLite, one thread, 1,000 to a transaction      48409 /s    20.7 µs each\n\
            the ledger, in batches as they come, 1 under way     19000 /s    45.5 µs each\n\
            the ledger, in batches as they come, 2 under way     21963 /s    45.5 µs each\n\
            pay from one's own wallet          p50  12.345µs  p99   1.2ms\n";
        assert_eq!(per_second(said, "bare SQLite"), Some(48409.0));
        assert_eq!(per_second(said, "the ledger, in batches"), Some(21963.0));
        assert_eq!(median(said, "pay from"), Some(12.345));
        assert_eq!(median("a p50 800ns", "a"), Some(0.8));
        assert_eq!(median("a page: p50 1.5ms, p99 2ms", "a page"), Some(1500.0));
        let rate = rate_in("64 callers, hot          12345 /s   p50 1.2ms   p99 3.4ms").unwrap();
        let taken = "demurrage of 10 accounts: 20 postings in 1.5s\npayments meanwhile: 7, p50 1ms, p90 2ms, p99 3.5ms";
        assert_eq!(demurrage_in(taken), Some(Demurrage { postings: 20.0, seconds: 1.5, p99: 3.5 }));
        let counted =
            Counted("Meek, the rule alone took 1.5s\nMeek took 2.5s, 28 steps, winners [0]\n".into());
        assert_eq!((counted.of("Meek"), counted.of("Schulze")), (Some(2.5), None));
        assert_eq!((rate.callers, rate.hot, rate.per_second, rate.p99), (64, true, 12345.0, 3.4));
    }
}
