//! Rules that add up: approval, score, dots and quadratic votes. Whoever has most wins; the lot breaks ties.

use crate::ballot::{Candidate, CountError, Per, check};
use crate::lot::Lot;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// What one ballot gives to whom; candidates whom it does not mark are left out.
pub type Points = Vec<(Candidate, u32)>;

/// How ballots are turned into points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A ballot names a set.
    Approval,
    /// A ballot gives each a score up to the highest, such as 5; what decides is said apart.
    Score {
        /// The highest score.
        most: u32,
        /// What decides.
        by: ScoreBy,
        /// What it means to give none.
        unmarked: Unmarked,
    },
    /// A ballot spreads so many dots.
    Dots {
        /// Dots of each ballot.
        budget: u32,
    },
    /// A ballot buys votes: `n` for one candidate cost `n²` credits.
    Quadratic {
        /// Credits of each ballot.
        credits: u32,
    },
}

/// What decides among scores. The other is shown beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoreBy {
    /// The mean.
    Mean,
    /// The median; of an even number of scores the lower of the two in the middle. Equal medians are decided by the mean.
    Median,
}

/// What it means to give somebody no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unmarked {
    /// The same as zero.
    Zero,
    /// No opinion: that ballot does not count for this candidate.
    Ignored,
}

/// Where one candidate stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The sum of points.
    pub sum: u64,
    /// The number of ballots that count for it: the mean is sum / of.
    pub of: u64,
    /// The middle score, where scores are given.
    pub median: Option<u32>,
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// The winners, the best first.
    pub winners: Vec<Candidate>,
    /// Where everybody stands.
    pub standings: Per<Standing>,
    /// Ballots that break the rule: more than they may give. They count for nobody.
    pub spoiled: u64,
    /// Whether the last seat was given by the lot.
    pub by_lot: bool,
}

/// Counts.
///
/// # Errors
/// When seats and candidates do not fit, or a ballot names a stranger.
pub fn sums(
    count: usize,
    seats: usize,
    ballots: &[Points],
    rule: Rule,
    lot: &Lot,
) -> Result<Sums, CountError> {
    check(count, seats, &[])?;
    let mut given: Per<Vec<u32>> = Per::every(count, Vec::new());
    let (mut valid, mut spoiled) = (0_u64, 0_u64);
    for ballot in ballots {
        if let Some((stranger, _)) = ballot.iter().find(|(candidate, _)| usize::from(candidate.0) >= count) {
            return Err(CountError::Stranger(stranger.0, count));
        }
        if !rule.permits(ballot) {
            spoiled += 1;
            continue;
        }
        valid += 1;
        for (candidate, points) in ballot {
            given[*candidate].push(if rule == Rule::Approval { 1 } else { *points });
        }
    }
    let standings = Per::new(given.values().iter().map(|points| rule.standing(points, valid)).collect());
    let mut ranking: Vec<Candidate> = standings.candidates().collect();
    ranking.sort_by(|one, other| {
        rule.compare(&standings[*other], &standings[*one])
            .then_with(|| lot.place(*one).cmp(&lot.place(*other)))
    });
    let last = ranking.get(seats - 1).zip(ranking.get(seats));
    let by_lot = last
        .is_some_and(|(last, next)| rule.compare(&standings[*last], &standings[*next]) == Ordering::Equal);
    ranking.truncate(seats);
    Ok(Sums { winners: ranking, standings, spoiled, by_lot })
}

impl Rule {
    /// Whether a ballot gives no more than it may, and to nobody twice.
    pub fn permits(self, ballot: &Points) -> bool {
        let mut named: Vec<Candidate> = ballot.iter().map(|(candidate, _)| *candidate).collect();
        named.sort_unstable();
        let twice = named.windows(2).any(|pair| matches!(pair, [one, next] if one == next));
        let sum =
            |worth: fn(u64) -> u64| ballot.iter().map(|(_, points)| worth(u64::from(*points))).sum::<u64>();
        !twice
            && match self {
                Self::Approval => true,
                Self::Score { most, .. } => ballot.iter().all(|(_, points)| *points <= most),
                Self::Dots { budget } => sum(|dots| dots) <= u64::from(budget),
                Self::Quadratic { credits } => {
                    sum(|votes| votes.saturating_mul(votes).min(u64::from(u32::MAX) + 1))
                        <= u64::from(credits)
                }
            }
    }

    fn standing(self, points: &[u32], valid: u64) -> Standing {
        let sum = points.iter().map(|points| u64::from(*points)).sum();
        let marked = u64::try_from(points.len()).unwrap_or(u64::MAX);
        let Self::Score { unmarked, .. } = self else { return Standing { sum, of: valid, median: None } };
        let of = if unmarked == Unmarked::Zero { valid } else { marked };
        let zeros = usize::try_from(of.saturating_sub(marked)).unwrap_or(0);
        let mut scores = points.to_vec();
        scores.sort_unstable();
        let middle = usize::try_from(of.saturating_sub(1) / 2).unwrap_or(0);
        let median = match middle.checked_sub(zeros) {
            _ if of == 0 => None,
            None => Some(0),
            Some(at) => scores.get(at).copied(),
        };
        Standing { sum, of, median }
    }

    fn compare(self, one: &Standing, other: &Standing) -> Ordering {
        let mean = |one: &Standing, other: &Standing| {
            // Nobody's opinion is worth less than anybody's.
            let cross = |a: &Standing, b: &Standing| u128::from(a.sum) * u128::from(b.of.max(1));
            cross(one, other).cmp(&cross(other, one))
        };
        match self {
            Self::Score { by: ScoreBy::Median, .. } => {
                one.median.cmp(&other.median).then_with(|| mean(one, other))
            }
            Self::Score { .. } => mean(one, other),
            _ => one.sum.cmp(&other.sum),
        }
    }
}
