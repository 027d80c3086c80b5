//! The same random votes, counted by us and by crates that we did not write.

use crate::dice::Dice;
use planet_count::meek::meek;
use planet_count::schulze::schulze;
use planet_count::{Ballot, Candidate, Lot};
use std::collections::HashMap;
use stv_rs::arithmetic::FixedDecimal9;
use stv_rs::cli::Parallel;
use stv_rs::types::{Ballot as OtherBallot, Candidate as OtherCandidate, Election};
use tallystick::condorcet::DefaultCondorcetTally;

/// Comparisons in pairs by tallystick (its own Schulze needs a nightly compiler); paths by searching for the strength at which one
/// candidate can still be reached from the other, which is another way than ours.
#[test]
fn ten_thousand_votes_have_the_same_comparisons_paths_and_unbeaten_candidates_in_two_ways() {
    let mut dice = Dice(20_261_127);
    let mut ties = 0;
    for _ in 0..10_000 {
        let (count, size) = (2 + dice.below(6), 1 + dice.below(40));
        let ballots = dice.ballots(count, size, true);
        let ours = schulze(count, &ballots, &Lot::published(count)).unwrap();
        let all: Vec<u16> = Candidate::all(count).map(|candidate| candidate.0).collect();
        let mut theirs = DefaultCondorcetTally::with_candidates(1, all.clone());
        for ballot in &ballots {
            theirs.add(&order(ballot)).unwrap();
        }
        let mut prefer: HashMap<(u16, u16), u64> = HashMap::new();
        for (pair, ballots) in theirs.totals() {
            prefer.insert(pair, ballots);
        }
        let strength = |one: u16, other: u16| {
            let mut thresholds: Vec<u64> = prefer.values().copied().collect();
            thresholds.sort_unstable();
            thresholds.into_iter().rev().find(|least| reaches(&prefer, &all, one, other, *least)).unwrap_or(0)
        };
        for (one, other) in all.iter().flat_map(|one| all.iter().map(move |other| (*one, *other))) {
            if one != other {
                let ours_prefer = ours.prefer[Candidate(one)][Candidate(other)];
                assert_eq!(ours_prefer, prefer.get(&(one, other)).copied().unwrap_or(0), "{ballots:?}");
                assert_eq!(ours.path[Candidate(one)][Candidate(other)], strength(one, other), "{ballots:?}");
            }
        }
        let unbeaten: Vec<u16> = all
            .iter()
            .copied()
            .filter(|one| {
                all.iter().all(|other| one == other || strength(*one, *other) >= strength(*other, *one))
            })
            .collect();
        assert_eq!(ours.unbeaten.iter().map(|candidate| candidate.0).collect::<Vec<_>>(), unbeaten);
        ties += u32::from(unbeaten.len() > 1);
    }
    assert!((500..5_000).contains(&ties), "{ties} ties: the votes have to be of both kinds");
}

/// Whether there is a way from one to another over wins by at least so many ballots.
fn reaches(prefer: &HashMap<(u16, u16), u64>, all: &[u16], from: u16, to: u16, least: u64) -> bool {
    let votes = |one, other| prefer.get(&(one, other)).copied().unwrap_or(0);
    let mut seen = vec![from];
    let mut at = 0;
    while let Some(here) = seen.get(at).copied() {
        at += 1;
        for next in all {
            let wins = votes(here, *next) > votes(*next, here) && votes(here, *next) >= least;
            if wins && !seen.contains(next) {
                seen.push(*next);
            }
        }
    }
    seen.contains(&to)
}

#[test]
fn ten_thousand_votes_elect_the_same_people_by_meeks_rule_as_stv_rs_elects() {
    let mut dice = Dice(7);
    let mut compared = 0;
    for _ in 0..10_000 {
        let count = 3 + dice.below(5);
        let seats = 1 + dice.below(count - 1);
        let size = 20 + dice.below(60);
        let ballots = dice.ballots(count, size, false);
        let ours = meek(count, seats, &ballots, &Lot::published(count)).unwrap();
        // Where the lot decides, each side has its own.
        if ours.rounds.iter().any(|round| round.by_lot) {
            continue;
        }
        let mut elected: Vec<usize> = ours.elected.iter().map(|candidate| usize::from(candidate.0)).collect();
        let mut theirs = elected_by_stv_rs(count, seats, &ballots);
        elected.sort_unstable();
        theirs.sort_unstable();
        assert_eq!(elected, theirs, "{seats} of {count}: {ballots:?}");
        compared += 1;
    }
    assert!(compared > 5_000, "only {compared} votes were decided without the lot");
}

fn elected_by_stv_rs(count: usize, seats: usize, ballots: &[Ballot]) -> Vec<usize> {
    let candidates: Vec<_> =
        (0..count).map(|n| OtherCandidate::new(format!("candidate{n}"), false)).collect();
    let ballots: Vec<_> = ballots
        .iter()
        .map(|ballot| {
            OtherBallot::new(1, order(ballot).into_iter().map(|candidate| [usize::from(candidate)]))
        })
        .collect();
    let election =
        Election::builder().title("a vote").num_seats(seats).candidates(candidates).ballots(ballots).build();
    let mut told = Vec::new();
    let result = stv_rs::meek::stv_droop::<_, FixedDecimal9>(
        &mut told,
        &election,
        "test",
        6,
        Parallel::No,
        None,
        false,
        false,
        false,
    );
    result.unwrap().elected
}

fn order(ballot: &Ballot) -> Vec<u16> {
    ballot.order().into_iter().map(|candidate| candidate.0).collect()
}
