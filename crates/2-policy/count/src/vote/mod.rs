//! A vote between options, as it is frozen and published: the method, the options, the ballots. What a ballot may say is here; who
//! may give one is not. The published form of it is [`Vote`], which anybody can count again.

mod outcome;

pub use outcome::{Outcome, Step, Steps, Tally};

use crate::ballot::CountError;
use crate::secret::SecretBox;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Write;

/// The highest score that a ballot gives.
pub const HIGHEST: u32 = 5;

/// How a ballot is marked and counted. Frozen when the vote opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum Method {
    /// Marks whom one could live with; the most marks win.
    Approval,
    /// Gives each 0 to 5; the highest sum wins. Not marked counts as 0.
    Score,
    /// Spreads so many dots; the most win.
    Dots {
        /// Dots of each ballot.
        dots: u32,
    },
    /// Buys votes: `n` for one option cost `n²`.
    Quadratic {
        /// Credits of each ballot.
        credits: u32,
    },
    /// Ranks; whoever is beaten by nobody in pairs, on the strongest paths, wins.
    Schulze,
    /// Ranks; the last goes, until somebody has more than half.
    Irv,
    /// Ranks; several seats in proportion, as councils in Scotland are elected.
    Scottish,
    /// Ranks; several seats in proportion, by Meek's rule.
    Meek,
    /// Marks projects; the most wanted that still fit into the budget.
    Greedy {
        /// In minor units.
        budget: i64,
    },
    /// Marks projects; everybody has the same part of the budget.
    EqualShares {
        /// In minor units.
        budget: i64,
        /// One unit of the currency in minor units: the step in which shares are raised.
        unit: i64,
    },
    /// Gives a number of one's own; together the numbers draw.
    Lot,
}

/// One option.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name; no two are alike.
    pub title: String,
    /// What it costs, in a vote on a budget, in minor units.
    #[serde(default)]
    pub cost: i64,
}

/// What a ballot says of one option: its number, counted from zero, and a value (1, points, a rank).
pub type Mark = (u16, u32);

/// One ballot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slip {
    /// Whose, in an open vote; otherwise what only its owner knows.
    pub id: String,
    /// What it says.
    pub marks: Vec<Mark>,
}

/// A vote with everything that its count needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vote {
    /// The proposal's id.
    pub id: String,
    /// How it is counted.
    pub method: Method,
    /// How many win; budgets look at the money in place of it.
    pub seats: u16,
    /// What there is to choose from.
    pub options: Vec<Choice>,
    /// What was said.
    pub ballots: Vec<Slip>,
}

/// A vote as it is published when it is over, for anybody to count again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotFile {
    /// The vote.
    pub vote: Vote,
    /// The seed of the lot, in hex.
    pub seed: String,
    /// What came of it.
    pub outcome: Outcome,
    /// What a secret vote publishes beside its ballots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretBox>,
    /// Whose ballot was cast by whom, by the ids of their ballots, where members vote for others. Those cast in person are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub through: BTreeMap<String, String>,
}

impl BallotFile {
    /// Checks the ballots that were cast for others: each says what the ballot says from which it comes, and that was cast in person.
    /// How many there are.
    ///
    /// # Errors
    /// What is wrong, in a sentence.
    pub fn check_through(&self) -> Result<usize, String> {
        let slips: BTreeMap<&str, &Slip> =
            self.vote.ballots.iter().map(|slip| (slip.id.as_str(), slip)).collect();
        for (of, by) in &self.through {
            let (Some(own), Some(from)) = (slips.get(of.as_str()), slips.get(by.as_str())) else {
                return Err(format!(
                    "The ballot of {of} is said to be cast by {by}, and one of the two is not there."
                ));
            };
            if self.through.contains_key(by) {
                return Err(format!(
                    "The ballot of {of} is said to be cast by {by}, who did not vote in person."
                ));
            }
            if own.marks != from.marks {
                return Err(format!(
                    "The ballot of {of} is said to be cast by {by}, and says something else."
                ));
            }
        }
        Ok(self.through.len())
    }
}

/// What is wrong with a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    /// An option that there is not.
    #[error("This option is not on the ballot.")]
    Stranger,
    /// The same option twice.
    #[error("Mark each option once.")]
    Twice,
    /// More than an option can be given.
    #[error("No option can be given more than {0}.")]
    TooHigh(u32),
    /// More than there is to give.
    #[error("You give {given} in all, and have {most}.")]
    TooMany {
        /// Given in all.
        given: u64,
        /// What there is.
        most: u32,
    },
    /// Two at one rank, where each needs its own.
    #[error("Give each rank to one option only.")]
    SharedRank,
}

impl Method {
    /// Whether ballots rank.
    pub const fn ranks(self) -> bool {
        matches!(self, Self::Schulze | Self::Irv | Self::Scottish | Self::Meek)
    }

    /// Whether it chooses one only, whatever the number of seats.
    pub const fn one_seat(self) -> bool {
        matches!(self, Self::Schulze | Self::Irv)
    }

    /// The money that there is, in a vote on a budget.
    pub const fn budget(self) -> Option<i64> {
        match self {
            Self::Greedy { budget } | Self::EqualShares { budget, .. } => Some(budget),
            _ => None,
        }
    }

    /// A ballot in its one form: options in order, nothing said of those that get nothing, ranks without gaps. No marks at all is
    /// somebody who takes part and leaves it to the others.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(self, options: usize, marks: &[Mark]) -> Result<Vec<Mark>, MarkError> {
        let mut marks: Vec<Mark> = marks.to_vec();
        marks.sort_unstable();
        if marks.iter().any(|(option, _)| usize::from(*option) >= options) {
            return Err(MarkError::Stranger);
        }
        if marks.windows(2).any(|pair| matches!(pair, [one, next] if one.0 == next.0)) {
            return Err(MarkError::Twice);
        }
        // A score of nothing is still said; elsewhere it says nothing.
        if self != Self::Score {
            marks.retain(|(_, value)| *value > 0);
        }
        self.check(&marks, options)?;
        if self.ranks() {
            let ranks: BTreeSet<u32> = marks.iter().map(|(_, rank)| *rank).collect();
            if ranks.len() < marks.len() && self != Self::Schulze {
                return Err(MarkError::SharedRank);
            }
            for (_, rank) in &mut marks {
                *rank = (1..).zip(&ranks).find(|(_, had)| *had == rank).map_or(1, |(dense, _)| dense);
            }
        }
        Ok(marks)
    }

    fn check(self, marks: &[Mark], options: usize) -> Result<(), MarkError> {
        let highest = match self {
            Self::Approval | Self::Greedy { .. } | Self::EqualShares { .. } => 1,
            Self::Score => HIGHEST,
            Self::Dots { dots } => dots,
            Self::Quadratic { credits } => credits,
            Self::Lot => u32::MAX,
            _ => u32::try_from(options).unwrap_or(u32::MAX),
        };
        if marks.iter().any(|(_, value)| *value > highest) {
            return Err(MarkError::TooHigh(highest));
        }
        let sum =
            |worth: fn(u64) -> u64| marks.iter().map(|(_, value)| worth(u64::from(*value))).sum::<u64>();
        match self {
            Self::Dots { dots } if sum(|dots| dots) > u64::from(dots) => {
                Err(MarkError::TooMany { given: sum(|dots| dots), most: dots })
            }
            Self::Quadratic { credits }
                if marks.iter().any(|(_, votes)| votes.saturating_mul(*votes) > credits)
                    || sum(|votes| votes * votes) > u64::from(credits) =>
            {
                Err(MarkError::TooMany { given: sum(|votes| votes.saturating_mul(votes)), most: credits })
            }
            _ => Ok(()),
        }
    }
}

impl Slip {
    /// What it is sorted by: SHA-256 over its id and its marks as lines of text, `option:value`.
    pub fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update(self.id.as_bytes());
        let mut line = String::new();
        for (option, value) in &self.marks {
            line.clear();
            // Writing into memory cannot fail.
            let _ = write!(line, "\n{option}:{value}");
            hash.update(&line);
        }
        hash.finalize().into()
    }
}

impl Vote {
    /// The seed of the lot: SHA-256 over the proposal's id and the root of the ballots, which is SHA-256 over their hashes in
    /// order. So nobody knows it before all have voted.
    pub fn seed(&self) -> [u8; 32] {
        let mut hashes: Vec<[u8; 32]> = self.ballots.iter().map(Slip::hash).collect();
        hashes.sort_unstable();
        let mut root = Sha256::new();
        for hash in hashes {
            root.update(hash);
        }
        let mut seed = Sha256::new();
        seed.update(self.id.as_bytes());
        seed.update(root.finalize());
        seed.finalize().into()
    }

    /// Puts the ballots into the order in which they are counted and published.
    pub fn sort(&mut self) {
        self.ballots.sort_by_cached_key(Slip::hash);
    }

    /// Counts.
    ///
    /// # Errors
    /// When seats and options do not fit, a ballot cannot be read, or somebody has two.
    pub fn count(&self) -> Result<Outcome, VoteError> {
        let mut seen = HashSet::with_capacity(self.ballots.len());
        for slip in &self.ballots {
            if !seen.insert(slip.id.as_str()) {
                return Err(VoteError::Twice(slip.id.clone()));
            }
            if self.method.read(self.options.len(), &slip.marks).as_ref() != Ok(&slip.marks) {
                return Err(VoteError::Ballot(slip.id.clone()));
            }
        }
        Ok(outcome::count(self)?)
    }
}

/// Why a vote cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VoteError {
    /// A ballot that nobody should have taken.
    #[error("The ballot “{0}” breaks the rule of this vote.")]
    Ballot(String),
    /// Two ballots of one voter.
    #[error("The ballot “{0}” is there twice; everybody has one.")]
    Twice(String),
    /// It does not fit.
    #[error(transparent)]
    Count(#[from] CountError),
}
