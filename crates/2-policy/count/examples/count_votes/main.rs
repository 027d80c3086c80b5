//! How long it takes to count a large ranked vote, beside crates that we did not write and beside a bare loop that only reads the
//! ballots. `count_votes BALLOTS` measures; `count_votes BALLOTS METHOD FILE` writes a ballot file for `planet recount`. Not a test: it
//! asserts nothing but that both sides found the same.

mod others;
mod votes;

use planet_count::vote::{BallotFile, Method, Vote};
use planet_ontology::hex;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write};
use std::time::Instant;

const METHODS: [(&str, Method); 4] = [
    ("Schulze", Method::Schulze),
    ("run-off", Method::Irv),
    ("Scottish STV", Method::Scottish),
    ("Meek", Method::Meek),
];

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.as_slice() {
        [ballots] => measure(ballots.parse()?),
        [ballots, method, file] => write(ballots.parse()?, method, file),
        _ => Err("count_votes BALLOTS [METHOD FILE]".into()),
    }
}

/// Counts the same ballots by each method as a club does: their form is checked, the lot is drawn from them, the steps are told.
fn measure(ballots: usize) -> Result<(), Box<dyn Error>> {
    let mut vote = votes::vote(ballots, Method::Schulze);
    let begun = Instant::now();
    let read: u64 = vote.ballots.iter().flat_map(|slip| &slip.marks).map(|(_, rank)| u64::from(*rank)).sum();
    println!("bare loop took {:?} (sum of ranks {read})", begun.elapsed());
    for (name, method) in METHODS {
        vote.method = method;
        let begun = Instant::now();
        let outcome = black_box(vote.count()?);
        let took = begun.elapsed();
        println!("{name} took {took:?}, {} steps, winners {:?}", outcome.steps.len(), outcome.winners);
    }
    others::beside(&vote)
}

/// Writes the ballots as a club publishes them, with the outcome.
fn write(ballots: usize, method: &str, path: &str) -> Result<(), Box<dyn Error>> {
    let known = METHODS.iter().find(|(name, _)| *name == method);
    let (_, method) = *known.ok_or("Schulze, run-off, Scottish STV or Meek")?;
    let mut vote: Vote = votes::vote(ballots, method);
    vote.sort();
    let (seed, outcome) = (hex::encode(&vote.seed()), vote.count()?);
    let file = BallotFile { vote, seed, outcome, secret: None, through: BTreeMap::new() };
    let mut out = BufWriter::new(File::create(path)?);
    serde_json::to_writer(&mut out, &file)?;
    out.flush()?;
    Ok(())
}
