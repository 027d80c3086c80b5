//! Scottish STV (weighted inclusive Gregory): several seats, in proportion, as councils in Scotland are elected.
//!
//! Unit: a hundred-thousandth of a vote; all divisions are truncated. Source: the Scottish Local Government Elections Order
//! 2007, as the project's notes on governance (chapter 5) state it in seven steps; checked stage by stage against published counts.

use crate::ballot::{Ballot, Candidate, CountError, Per, check};
use crate::lot::Lot;
use serde::Serialize;
use std::collections::HashMap;
use std::fmt;

/// Votes in hundred-thousandths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Votes(pub i64);

/// One vote.
const ONE: i64 = 100_000;

impl fmt::Display for Votes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:05}", self.0 / ONE, self.0 % ONE)
    }
}

/// How a tie was broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// At an earlier stage, counted from zero, they differed.
    EarlierStage(usize),
    /// They were never unequal.
    Lot,
}

/// What a stage is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Each ballot counts for its first preference.
    FirstPreferences,
    /// What somebody has above the quota goes to next preferences.
    Surplus {
        /// Whose.
        of: Candidate,
        /// How much.
        amount: Votes,
        /// Several had as much.
        tie: Option<Tie>,
    },
    /// The hopeful with the fewest votes is excluded, and their ballots go to next preferences.
    Exclusion {
        /// Who.
        of: Candidate,
        /// Several had as few.
        tie: Option<Tie>,
    },
}

/// A stage: what was done, where everybody stood after it, and who was elected by that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stage {
    /// What was done.
    pub action: Action,
    /// Everybody's votes after it.
    pub votes: Per<Votes>,
    /// Votes of ballots without a further preference.
    pub non_transferable: Votes,
    /// Votes that truncation lost.
    pub residual: Votes,
    /// Who reached the quota by it, the most votes first.
    pub elected: Vec<Candidate>,
}

/// The outcome with all stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scottish {
    /// How many votes elect.
    pub quota: Votes,
    /// Who is elected, in the order of election.
    pub elected: Vec<Candidate>,
    /// Those of them who were elected in the end without the quota, since nobody else was left.
    pub without_quota: Vec<Candidate>,
    /// What happened, stage by stage.
    pub stages: Vec<Stage>,
}

/// Counts. In a tie that no earlier stage breaks, the lot prefers: for a surplus its first, for an exclusion its last.
///
/// # Errors
/// When seats and candidates do not fit, or a ballot names a stranger.
pub fn scottish(count: usize, seats: usize, ballots: &[Ballot], lot: &Lot) -> Result<Scottish, CountError> {
    check(count, seats, ballots)?;
    let papers = papers(ballots);
    let mut counting = Counting::begin(count, seats, &papers, lot);
    let mut action = Action::FirstPreferences;
    loop {
        let elected = counting.elect();
        counting.record(action, elected);
        if counting.elected.len() >= seats {
            break;
        }
        if counting.elected.len() + counting.hopeful().count() <= seats {
            counting.elect_the_rest();
            break;
        }
        action = if counting.pending.is_empty() { counting.exclude() } else { counting.transfer_surplus() };
    }
    Ok(Scottish {
        quota: Votes(counting.quota),
        elected: counting.elected,
        without_quota: counting.without_quota,
        stages: counting.stages,
    })
}

/// Ballots of the same order, as one. Those that name nobody are not valid and do not count.
fn papers(ballots: &[Ballot]) -> Vec<(Vec<Candidate>, i64)> {
    let mut alike: HashMap<Vec<Candidate>, i64> = HashMap::with_capacity(ballots.len());
    for ballot in ballots {
        let order = ballot.order();
        if !order.is_empty() {
            *alike.entry(order).or_default() += i64::from(ballot.weight);
        }
    }
    let mut papers: Vec<_> = alike.into_iter().collect();
    papers.sort_unstable();
    papers
}

/// Papers of one order and value, in somebody's pile.
#[derive(Clone, Copy)]
struct Paper<'p> {
    /// The preferences after the present one.
    rest: &'p [Candidate],
    alike: i64,
    /// Of each.
    value: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Hopeful,
    Elected,
    Excluded,
}

struct Counting<'p> {
    quota: i64,
    valid: i64,
    lot: &'p Lot,
    state: Per<State>,
    votes: Per<Votes>,
    piles: Per<Vec<Paper<'p>>>,
    non_transferable: i64,
    /// Elected, with a surplus that was not handed on yet.
    pending: Vec<Candidate>,
    elected: Vec<Candidate>,
    without_quota: Vec<Candidate>,
    stages: Vec<Stage>,
}

impl<'p> Counting<'p> {
    fn begin(count: usize, seats: usize, papers: &'p [(Vec<Candidate>, i64)], lot: &'p Lot) -> Self {
        let valid: i64 = papers.iter().map(|(_, alike)| alike).sum();
        let seats = i64::try_from(seats).unwrap_or(i64::MAX - 1);
        let mut counting = Self {
            quota: (valid / (seats + 1) + 1) * ONE,
            valid,
            lot,
            state: Per::every(count, State::Hopeful),
            votes: Per::every(count, Votes(0)),
            piles: Per::every(count, Vec::new()),
            non_transferable: 0,
            pending: Vec::new(),
            elected: Vec::new(),
            without_quota: Vec::new(),
            stages: Vec::new(),
        };
        for (order, alike) in papers {
            counting.hand_on(Paper { rest: order, alike: *alike, value: ONE });
        }
        counting
    }

    fn hopeful(&self) -> impl Iterator<Item = Candidate> + '_ {
        self.state.iter().filter(|(_, state)| **state == State::Hopeful).map(|(candidate, _)| candidate)
    }

    /// Puts papers on the pile of their next hopeful preference.
    fn hand_on(&mut self, paper: Paper<'p>) {
        let Paper { mut rest, alike, value } = paper;
        while let Some((next, after)) = rest.split_first() {
            rest = after;
            if self.state[*next] == State::Hopeful {
                self.votes[*next].0 += alike * value;
                self.piles[*next].push(Paper { rest, alike, value });
                return;
            }
        }
        self.non_transferable += alike * value;
    }

    /// Elects the hopefuls who have the quota by now, the most votes first.
    fn elect(&mut self) -> Vec<Candidate> {
        let mut reached: Vec<Candidate> =
            self.hopeful().filter(|candidate| self.votes[*candidate].0 >= self.quota).collect();
        let mut elected = Vec::with_capacity(reached.len());
        while let Some((next, _)) = self.highest(&reached) {
            reached.retain(|candidate| *candidate != next);
            self.state[next] = State::Elected;
            elected.push(next);
        }
        self.elected.extend(&elected);
        self.pending.extend(&elected);
        elected
    }

    fn elect_the_rest(&mut self) {
        let mut rest: Vec<Candidate> = self.hopeful().collect();
        while let Some((next, _)) = self.highest(&rest) {
            rest.retain(|candidate| *candidate != next);
            self.state[next] = State::Elected;
            self.elected.push(next);
            self.without_quota.push(next);
        }
    }

    fn transfer_surplus(&mut self) -> Action {
        let pending = self.pending.clone();
        let Some((of, tie)) = self.highest(&pending) else { return Action::FirstPreferences };
        self.pending.retain(|candidate| *candidate != of);
        let had = self.votes[of].0;
        let surplus = had - self.quota;
        self.votes[of] = Votes(self.quota);
        for paper in std::mem::take(&mut self.piles[of]) {
            let value = i128::from(paper.value) * i128::from(surplus) / i128::from(had.max(1));
            self.hand_on(Paper { value: i64::try_from(value).unwrap_or(0), ..paper });
        }
        Action::Surplus { of, amount: Votes(surplus), tie }
    }

    fn exclude(&mut self) -> Action {
        let hopeful: Vec<Candidate> = self.hopeful().collect();
        let Some((of, tie)) = self.lowest(&hopeful) else { return Action::FirstPreferences };
        self.state[of] = State::Excluded;
        self.votes[of] = Votes(0);
        for paper in std::mem::take(&mut self.piles[of]) {
            self.hand_on(paper);
        }
        Action::Exclusion { of, tie }
    }

    fn record(&mut self, action: Action, elected: Vec<Candidate>) {
        let held: i64 = self.votes.values().iter().map(|votes| votes.0).sum();
        self.stages.push(Stage {
            action,
            votes: self.votes.clone(),
            non_transferable: Votes(self.non_transferable),
            residual: Votes(self.valid * ONE - held - self.non_transferable),
            elected,
        });
    }

    fn highest(&self, among: &[Candidate]) -> Option<(Candidate, Option<Tie>)> {
        self.extreme(among, |votes| votes, |tied| self.lot.first(tied.iter().copied()))
    }

    fn lowest(&self, among: &[Candidate]) -> Option<(Candidate, Option<Tie>)> {
        self.extreme(among, |votes| Votes(-votes.0), |tied| self.lot.last(tied.iter().copied()))
    }

    /// Who has most by some measure; in a tie, who had most at the latest earlier stage at which they differed.
    fn extreme(
        &self,
        among: &[Candidate],
        measure: impl Fn(Votes) -> Votes,
        lot: impl Fn(&[Candidate]) -> Option<Candidate>,
    ) -> Option<(Candidate, Option<Tie>)> {
        let most = |tied: &[Candidate], votes: &Per<Votes>| -> Vec<Candidate> {
            let top = tied.iter().map(|candidate| measure(votes[*candidate])).max();
            tied.iter().copied().filter(|candidate| Some(measure(votes[*candidate])) == top).collect()
        };
        let mut tied = most(among, &self.votes);
        if let [one] = tied.as_slice() {
            return Some((*one, None));
        }
        for (number, stage) in self.stages.iter().enumerate().rev() {
            tied = most(&tied, &stage.votes);
            if let [one] = tied.as_slice() {
                return Some((*one, Some(Tie::EarlierStage(number))));
            }
        }
        lot(&tied).map(|one| (one, Some(Tie::Lot)))
    }
}
