//! Meek's STV: several seats, in proportion; votes that nobody needs go on at every moment, and the quota falls with them.
//!
//! Twelve decimals; a count of keep factors ends when the surplus of all together is below a millionth of a vote. Source: I. D. Hill,
//! B. A. Wichmann, D. R. Woodall, "Algorithm 123", The Computer Journal 30 (1987); the project's notes on governance, chapter 5.

use crate::ballot::{Ballot, Candidate, CountError, Per, check};
use crate::lot::Lot;
use serde::Serialize;
use std::collections::BTreeMap;

/// One vote, in units of the last decimal.
pub const ONE: i128 = 1_000_000_000_000;
/// The surplus that is small enough.
const SMALL: i128 = 1_000_000;
/// The most rounds of keep factors between two decisions; reached only where rounding keeps the surplus from falling.
const PATIENCE: usize = 1_000;

/// Where everybody stood when somebody was elected or excluded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Round {
    /// Everybody's votes, in units of the twelfth decimal.
    pub votes: Per<i128>,
    /// What of each vote everybody keeps, in the same units.
    pub keep: Per<i128>,
    /// How many votes elect at this moment.
    pub quota: i128,
    /// Votes that have nobody left to go to.
    pub excess: i128,
    /// Who reached the quota.
    pub elected: Vec<Candidate>,
    /// Who was excluded, because nobody new had the quota.
    pub excluded: Option<Candidate>,
    /// Whether the exclusion was a tie that the lot broke.
    pub by_lot: bool,
}

/// The outcome with all rounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meek {
    /// Who is elected, in the order of election.
    pub elected: Vec<Candidate>,
    /// What happened, round by round.
    pub rounds: Vec<Round>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Hopeful,
    Elected,
    Excluded,
}

/// Counts. In a tie for the last place the one goes whom the lot likes least.
///
/// # Errors
/// When seats and candidates do not fit, or a ballot names a stranger.
pub fn meek(count: usize, seats: usize, ballots: &[Ballot], lot: &Lot) -> Result<Meek, CountError> {
    check(count, seats, ballots)?;
    let orders: Vec<(Vec<Candidate>, u32)> = ballots
        .iter()
        .map(|ballot| (ballot.order(), ballot.weight))
        .filter(|(order, _)| !order.is_empty())
        .collect();
    let mut counting = Counting {
        seats,
        lot,
        state: Per::every(count, State::Hopeful),
        keep: Per::every(count, ONE),
        elected: Vec::new(),
    };
    let mut rounds = Vec::new();
    while counting.elected.len() < seats {
        if counting.elected.len() + counting.hopeful().count() <= seats {
            let rest: Vec<Candidate> = counting.hopeful().collect();
            counting.elected.extend(rest);
            break;
        }
        let groups = counting.reduce(&orders);
        rounds.push(counting.round(&groups));
    }
    Ok(Meek { elected: counting.elected, rounds })
}

/// Ballots that pass through the same people until somebody keeps all of them.
type Groups = Vec<(Vec<Candidate>, i128)>;

/// Where votes are under the present keep factors.
struct Distribution {
    votes: Per<i128>,
    excess: i128,
    quota: i128,
    surplus: i128,
}

struct Counting<'l> {
    seats: usize,
    lot: &'l Lot,
    state: Per<State>,
    keep: Per<i128>,
    elected: Vec<Candidate>,
}

impl Counting<'_> {
    fn hopeful(&self) -> impl Iterator<Item = Candidate> + '_ {
        self.state.iter().filter(|(_, state)| **state == State::Hopeful).map(|(candidate, _)| candidate)
    }

    /// What of each ballot still matters: whoever is excluded keeps nothing, and nothing passes a hopeful.
    fn reduce(&self, orders: &[(Vec<Candidate>, u32)]) -> Groups {
        let mut groups: BTreeMap<Vec<Candidate>, i128> = BTreeMap::new();
        let mut path = Vec::new();
        for (order, weight) in orders {
            path.clear();
            for candidate in order {
                match self.state[*candidate] {
                    State::Excluded => {}
                    State::Elected => path.push(*candidate),
                    State::Hopeful => {
                        path.push(*candidate);
                        break;
                    }
                }
            }
            if let Some(there) = groups.get_mut(path.as_slice()) {
                *there += i128::from(*weight);
            } else {
                groups.insert(path.clone(), i128::from(*weight));
            }
        }
        groups.into_iter().collect()
    }

    /// Finds the keep factors, until somebody is elected or has to go.
    fn round(&mut self, groups: &Groups) -> Round {
        let mut before = i128::MAX;
        for _ in 0..PATIENCE {
            let now = self.distribute(groups);
            let reached: Vec<Candidate> =
                self.hopeful().filter(|candidate| now.votes[*candidate] >= now.quota).collect();
            if !reached.is_empty() {
                return self.elect(reached, now);
            }
            if now.surplus < SMALL || now.surplus >= before {
                break;
            }
            before = now.surplus;
            for candidate in self.elected.clone() {
                let (keep, votes) = (self.keep[candidate], now.votes[candidate].max(1));
                // Rounded up, so that nobody elected falls below the quota.
                self.keep[candidate] = ((keep * now.quota + votes - 1) / votes).min(ONE);
            }
        }
        let now = self.distribute(groups);
        self.exclude(now)
    }

    fn distribute(&self, groups: &Groups) -> Distribution {
        let mut votes = Per::every(self.keep.count(), 0);
        let (mut excess, mut total) = (0, 0);
        for (path, alike) in groups {
            let mut rest = ONE;
            for candidate in path {
                let kept = rest * self.keep[*candidate] / ONE;
                votes[*candidate] += kept * alike;
                rest -= kept;
            }
            excess += rest * alike;
            total += ONE * alike;
        }
        let seats = i128::try_from(self.seats).unwrap_or(i128::MAX - 1);
        // One unit more than a share, so that never more can reach it than there are seats.
        let quota = (total - excess) / (seats + 1) + 1;
        let surplus = self.elected.iter().map(|candidate| (votes[*candidate] - quota).max(0)).sum();
        Distribution { votes, excess, quota, surplus }
    }

    fn elect(&mut self, mut reached: Vec<Candidate>, now: Distribution) -> Round {
        reached.sort_by_key(|candidate| (-now.votes[*candidate], self.lot.place(*candidate)));
        for candidate in &reached {
            self.state[*candidate] = State::Elected;
        }
        self.elected.extend(&reached);
        self.told(now, reached, None, false)
    }

    fn exclude(&mut self, now: Distribution) -> Round {
        let fewest = self.hopeful().map(|candidate| now.votes[candidate]).min();
        let lowest: Vec<Candidate> =
            self.hopeful().filter(|candidate| Some(now.votes[*candidate]) == fewest).collect();
        let out = self.lot.last(lowest.iter().copied());
        if let Some(out) = out {
            self.state[out] = State::Excluded;
            self.keep[out] = 0;
        }
        self.told(now, Vec::new(), out, lowest.len() > 1)
    }

    fn told(
        &self,
        now: Distribution,
        elected: Vec<Candidate>,
        excluded: Option<Candidate>,
        by_lot: bool,
    ) -> Round {
        let Distribution { votes, excess, quota, .. } = now;
        Round { votes, keep: self.keep.clone(), quota, excess, elected, excluded, by_lot }
    }
}
