//! The same ballots by crates that we did not write: all comparisons in pairs by tallystick, Meek's rule by stv-rs. What they find has
//! to be what we find.

use crate::votes::{OPTIONS, SEATS};
use planet_count::meek::meek;
use planet_count::schulze::schulze;
use planet_count::vote::Vote;
use planet_count::{Ballot, Candidate, Lot};
use std::collections::HashMap;
use std::error::Error;
use std::time::Instant;
use stv_rs::arithmetic::FixedDecimal9;
use stv_rs::cli::Parallel;
use stv_rs::types::{Ballot as OtherBallot, Candidate as OtherCandidate, Election};
use tallystick::condorcet::DefaultCondorcetTally;

/// Where tallystick is told that an option was not ranked.
const LAST: u32 = 1_000;

/// Measures both. Each is given the ballots in its own form before the clock starts.
pub fn beside(vote: &Vote) -> Result<(), Box<dyn Error>> {
    let ballots: Vec<Ballot> = vote.ballots.iter().map(|slip| Ballot::ranking(order(&slip.marks))).collect();
    let lot = Lot::published(usize::from(OPTIONS));
    pairs(&ballots, &lot)?;
    by_meek(&ballots, &lot)
}

fn order(marks: &[(u16, u32)]) -> Vec<Candidate> {
    let mut marks = marks.to_vec();
    marks.sort_unstable_by_key(|(_, rank)| *rank);
    marks.into_iter().map(|(option, _)| Candidate(option)).collect()
}

fn pairs(ballots: &[Ballot], lot: &Lot) -> Result<(), Box<dyn Error>> {
    let all: Vec<u16> = (0..OPTIONS).collect();
    let complete = |ballot: &Ballot| -> Vec<(u16, u32)> {
        let mut ranks: Vec<(u16, u32)> =
            ballot.marks.iter().map(|mark| (mark.candidate.0, mark.rank.into())).collect();
        let rest = all.iter().filter(|one| ballot.marks.iter().all(|mark| mark.candidate.0 != **one));
        ranks.extend(rest.map(|one| (*one, LAST)));
        ranks
    };
    let given: Vec<Vec<(u16, u32)>> = ballots.iter().map(complete).collect();
    let begun = Instant::now();
    let mut tally = DefaultCondorcetTally::with_candidates(1, all.clone());
    for ballot in &given {
        tally.ranked_add(ballot).map_err(|error| format!("{error:?}"))?;
    }
    let totals: HashMap<(u16, u16), u64> = tally.totals().into_iter().collect();
    println!("tallystick, pairs took {:?}", begun.elapsed());
    let begun = Instant::now();
    let ours = schulze(usize::from(OPTIONS), ballots, lot)?;
    println!("Schulze, the rule alone took {:?}", begun.elapsed());
    for (one, other) in all.iter().flat_map(|one| all.iter().map(move |other| (*one, *other))) {
        let theirs = totals.get(&(one, other)).copied().unwrap_or(0);
        if one != other && ours.prefer[Candidate(one)][Candidate(other)] != theirs {
            return Err(format!("the comparison of {one} and {other} differs").into());
        }
    }
    Ok(())
}

fn by_meek(ballots: &[Ballot], lot: &Lot) -> Result<(), Box<dyn Error>> {
    let candidates: Vec<_> =
        (0..OPTIONS).map(|n| OtherCandidate::new(format!("candidate{n}"), false)).collect();
    let given: Vec<_> = ballots
        .iter()
        .map(|ballot| OtherBallot::new(1, ballot.marks.iter().map(|mark| [usize::from(mark.candidate.0)])))
        .collect();
    let election = Election::builder()
        .title("a vote")
        .num_seats(SEATS.into())
        .candidates(candidates)
        .ballots(given)
        .build();
    let begun = Instant::now();
    let mut told = Vec::new();
    let found = stv_rs::meek::stv_droop::<_, FixedDecimal9>(
        &mut told,
        &election,
        "a vote",
        6,
        Parallel::No,
        None,
        false,
        false,
        false,
    );
    println!("stv-rs, Meek took {:?}", begun.elapsed());
    let mut theirs = found.map_err(|error| format!("{error:?}"))?.elected;
    let begun = Instant::now();
    let ours = meek(usize::from(OPTIONS), SEATS.into(), ballots, lot)?;
    println!("Meek, the rule alone took {:?}", begun.elapsed());
    let mut elected: Vec<usize> = ours.elected.iter().map(|candidate| usize::from(candidate.0)).collect();
    elected.sort_unstable();
    theirs.sort_unstable();
    if elected == theirs { Ok(()) } else { Err(format!("stv-rs elects {theirs:?}, we {elected:?}").into()) }
}
