//! Schulze's method with winning votes: whoever is beaten by nobody, on the strongest paths. One winner, or a ranking of all.

use crate::ballot::{Ballot, Candidate, CountError, Mark, Per, check};
use crate::lot::Lot;
use serde::Serialize;

/// The outcome, with the two tables that it follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Schulze {
    /// Unbeaten candidates, in the published order. One, unless there is a tie.
    pub unbeaten: Vec<Candidate>,
    /// The winner: the unbeaten one, or the one of them that the lot prefers.
    pub winner: Candidate,
    /// For each pair how many ballots prefer the first to the second.
    pub prefer: Per<Per<u64>>,
    /// For each pair the strength of the strongest path from the first to the second.
    pub path: Per<Per<u64>>,
}

/// Counts. Whom a ballot does not name share its last place; several at one rank are equal there.
///
/// # Errors
/// When there is nobody to choose from, or a ballot names a stranger.
pub fn schulze(count: usize, ballots: &[Ballot], lot: &Lot) -> Result<Schulze, CountError> {
    check(count, 1, ballots)?;
    let prefer = pairwise(count, ballots);
    let path = strongest_paths(&prefer);
    let unbeaten: Vec<Candidate> = Candidate::all(count)
        .filter(|one| Candidate::all(count).all(|other| path[other][*one] <= path[*one][other]))
        .collect();
    let winner = lot.first(unbeaten.iter().copied()).ok_or(CountError::NoCandidates)?;
    Ok(Schulze { unbeaten, winner, prefer, path })
}

impl Schulze {
    /// All candidates, the best first: one beats another if the path to it is stronger than the path back. Ties are
    /// broken by the lot.
    pub fn ranking(&self, lot: &Lot) -> Vec<Candidate> {
        let beats = |one: Candidate, other: Candidate| self.path[one][other] > self.path[other][one];
        let mut left: Vec<Candidate> = self.path.candidates().collect();
        let mut ranking = Vec::with_capacity(left.len());
        while let Some(next) =
            lot.first(left.iter().copied().filter(|one| !left.iter().any(|other| beats(*other, *one))))
        {
            ranking.push(next);
            left.retain(|candidate| *candidate != next);
        }
        ranking
    }
}

/// How many prefer whom to whom. Walks through the marks only, since most ballots name few of many: whoever is marked is preferred to all
/// who are not, so that is reckoned at the end from how often each was marked, and how often both were.
fn pairwise(count: usize, ballots: &[Ballot]) -> Per<Per<u64>> {
    let nobody = Per::every(count, Per::every(count, 0));
    let (mut prefer, mut both) = (nobody.clone(), nobody);
    let mut marked = Per::every(count, 0);
    let mut latest = Per::every(count, 0_usize);
    let mut named: Vec<Mark> = Vec::with_capacity(count);
    for (ballot, number) in ballots.iter().zip(1..) {
        let weight = u64::from(ballot.weight);
        named.clear();
        for mark in ballot.marks.iter().filter(|mark| mark.candidate != Candidate::UNREADABLE) {
            // Of a candidate who is marked twice the better rank counts.
            if latest[mark.candidate] != number {
                latest[mark.candidate] = number;
                marked[mark.candidate] += weight;
                named.push(*mark);
            }
        }
        for (one, place) in named.iter().zip(1..) {
            for other in named.iter().skip(place) {
                both[one.candidate][other.candidate] += weight;
                if one.rank < other.rank {
                    prefer[one.candidate][other.candidate] += weight;
                }
            }
        }
    }
    for one in Candidate::all(count) {
        for other in Candidate::all(count).filter(|other| *other != one) {
            prefer[one][other] += marked[one] - both[one][other] - both[other][one];
        }
    }
    prefer
}

/// Floyd and Warshall's way over links as wide as the votes that win them.
fn strongest_paths(prefer: &Per<Per<u64>>) -> Per<Per<u64>> {
    let all = prefer.candidates();
    let mut path = Per::every(prefer.count(), Per::every(prefer.count(), 0));
    for one in all.clone() {
        for other in all.clone() {
            if prefer[one][other] > prefer[other][one] {
                path[one][other] = prefer[one][other];
            }
        }
    }
    for through in all.clone() {
        for from in all.clone() {
            for to in all.clone() {
                if from != to {
                    let way = path[from][through].min(path[through][to]);
                    if way > path[from][to] {
                        path[from][to] = way;
                    }
                }
            }
        }
    }
    path
}
