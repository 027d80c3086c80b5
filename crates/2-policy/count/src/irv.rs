//! Instant run-off for one winner, with the details that a public count has to state: what becomes of ballots that mark two
//! candidates at one rank, skip ranks or end.

use crate::ballot::{Ballot, Candidate, CountError, Per, check};
use crate::lot::Lot;
use serde::Serialize;

/// What a club decides about its run-offs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How many ranks in a row may be skipped before the next mark; one more ends the ballot.
    pub skip: u16,
    /// Whether all are excluded together who cannot catch up with the next even with each other's votes.
    pub batch: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self { skip: 1, batch: true }
    }
}

/// Ballots that count for nobody any more, by why.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Inactive {
    /// Everybody whom they name is excluded.
    pub exhausted: u64,
    /// They give the next rank to several.
    pub overvoted: u64,
    /// They skip too many ranks before the next mark.
    pub skipped: u64,
}

/// One round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Round {
    /// The votes of those who are still in, in the published order.
    pub votes: Vec<(Candidate, u64)>,
    /// How many votes elect in this round: more than half of the active ballots.
    pub threshold: u64,
    /// Ballots that count for nobody.
    pub inactive: Inactive,
    /// Who is excluded after this round.
    pub excluded: Vec<Candidate>,
    /// Whether a tie for the last place was broken by the lot.
    pub by_lot: bool,
}

/// The outcome with all rounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Irv {
    /// Who is elected.
    pub winner: Candidate,
    /// What happened, round by round.
    pub rounds: Vec<Round>,
}

/// Counts. In a tie for the last place the one goes whom the lot likes least.
///
/// # Errors
/// When there is nobody to choose from, or a ballot names a stranger.
pub fn irv(count: usize, ballots: &[Ballot], rules: Rules, lot: &Lot) -> Result<Irv, CountError> {
    check(count, 1, ballots)?;
    let mut continuing = Per::every(count, true);
    let mut rounds = Vec::new();
    loop {
        let (votes, inactive) = tally(&continuing, ballots, rules);
        let standing: Vec<(Candidate, u64)> = votes
            .iter()
            .filter(|(candidate, _)| continuing[*candidate])
            .map(|(candidate, votes)| (candidate, *votes))
            .collect();
        let active: u64 = standing.iter().map(|(_, votes)| votes).sum();
        let threshold = active / 2 + 1;
        let leader =
            standing.iter().filter(|(_, votes)| *votes >= threshold).map(|(leader, _)| *leader).next();
        let alone = if let [(alone, _)] = standing.as_slice() { Some(*alone) } else { None };
        let winner = leader.or(alone);
        let (excluded, by_lot) = match winner {
            Some(_) => (Vec::new(), false),
            None => lowest(&standing, rules, lot),
        };
        for candidate in &excluded {
            continuing[*candidate] = false;
        }
        rounds.push(Round { votes: standing, threshold, inactive, excluded, by_lot });
        if let Some(winner) = winner {
            return Ok(Irv { winner, rounds });
        }
    }
}

/// Where each ballot counts, when only some are still in.
fn tally(continuing: &Per<bool>, ballots: &[Ballot], rules: Rules) -> (Per<u64>, Inactive) {
    let mut votes = Per::every(continuing.count(), 0);
    let mut inactive = Inactive::default();
    for ballot in ballots {
        let weight = u64::from(ballot.weight);
        match reads(ballot, continuing, rules) {
            Reading::For(candidate) => votes[candidate] += weight,
            Reading::Exhausted => inactive.exhausted += weight,
            Reading::Overvoted => inactive.overvoted += weight,
            Reading::Skipped => inactive.skipped += weight,
        }
    }
    (votes, inactive)
}

enum Reading {
    For(Candidate),
    Exhausted,
    Overvoted,
    Skipped,
}

fn reads(ballot: &Ballot, continuing: &Per<bool>, rules: Rules) -> Reading {
    let mut before = 0;
    for rank in ballot.ranks() {
        let Some(first) = rank.first() else { continue };
        if first.rank.saturating_sub(before).saturating_sub(1) > rules.skip {
            return Reading::Skipped;
        }
        before = first.rank;
        if rank.len() > 1 || first.candidate == Candidate::UNREADABLE {
            return Reading::Overvoted;
        }
        if continuing[first.candidate] {
            return Reading::For(first.candidate);
        }
    }
    Reading::Exhausted
}

/// Who goes: the largest set of the lowest whose votes together are fewer than the next one's; otherwise the lowest.
fn lowest(standing: &[(Candidate, u64)], rules: Rules, lot: &Lot) -> (Vec<Candidate>, bool) {
    let mut rising = standing.to_vec();
    rising.sort_by_key(|(candidate, votes)| (*votes, std::cmp::Reverse(lot.place(*candidate))));
    if rules.batch {
        let mut together = 0;
        let mut best = 0;
        for (size, pair) in (1..).zip(rising.windows(2)) {
            let [(_, here), (_, next)] = pair else { continue };
            together += here;
            if together < *next {
                best = size;
            }
        }
        if best > 0 {
            let set = rising.iter().take(best).map(|(candidate, _)| *candidate).collect();
            return (set, false);
        }
    }
    let fewest = rising.first().map(|(_, votes)| *votes);
    let tied = rising.iter().filter(|(_, votes)| Some(*votes) == fewest).count();
    (rising.first().map(|(candidate, _)| *candidate).into_iter().collect(), tied > 1)
}
