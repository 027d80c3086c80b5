//! Ranked ballots as they were marked, and tables with a value for each candidate. What a mark means is for the rule that counts.

use serde::{Deserialize, Serialize};
use std::ops::{Index, IndexMut};

/// A candidate (an option, a project), by its place in the published order, counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Candidate(pub u16);

impl Candidate {
    /// A mark that cannot be read as anybody's.
    pub const UNREADABLE: Self = Self(u16::MAX);

    /// The first so many candidates.
    pub fn all(count: usize) -> impl DoubleEndedIterator<Item = Self> + Clone {
        (0..u16::try_from(count).unwrap_or(u16::MAX)).map(Self)
    }

    const fn place(self) -> usize {
        // Widening, which `as` alone can do in a constant.
        u16_to_usize(self.0)
    }
}

#[expect(clippy::as_conversions, reason = "every 16-bit number is a usize; `From` is not constant yet")]
const fn u16_to_usize(number: u16) -> usize {
    number as usize
}

/// A value for each candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Per<T>(Vec<T>);

impl<T: Clone> Per<T> {
    /// The same value for so many candidates.
    pub fn every(count: usize, value: T) -> Self {
        Self(vec![value; count])
    }
}

impl<T> Per<T> {
    /// These values, in the published order.
    pub const fn new(values: Vec<T>) -> Self {
        Self(values)
    }

    /// How many candidates there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// All candidates in the published order.
    pub fn candidates(&self) -> impl DoubleEndedIterator<Item = Candidate> + Clone + use<T> {
        Candidate::all(self.0.len())
    }

    /// Each candidate with its value.
    pub fn iter(&self) -> impl Iterator<Item = (Candidate, &T)> {
        self.candidates().zip(&self.0)
    }

    /// The values in the published order.
    pub fn values(&self) -> &[T] {
        &self.0
    }
}

#[expect(
    clippy::indexing_slicing,
    reason = "a table is made for all candidates of a count, and ballots that name others are refused before it"
)]
impl<T> Index<Candidate> for Per<T> {
    type Output = T;
    fn index(&self, candidate: Candidate) -> &T {
        &self.0[candidate.place()]
    }
}

#[expect(clippy::indexing_slicing, reason = "as above")]
impl<T> IndexMut<Candidate> for Per<T> {
    fn index_mut(&mut self, candidate: Candidate) -> &mut T {
        &mut self.0[candidate.place()]
    }
}

/// One mark: this candidate at this rank, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// The rank. A rank that is left out was skipped; one that comes twice was given to several.
    pub rank: u16,
    /// Who was marked.
    pub candidate: Candidate,
}

/// A ranked ballot, or several that are alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ballot {
    /// How many alike.
    pub weight: u32,
    /// The marks, by rank.
    pub marks: Box<[Mark]>,
}

impl Ballot {
    /// A ballot that ranks these in this order and nobody else.
    pub fn ranking(order: impl IntoIterator<Item = Candidate>) -> Self {
        let marks = (1..).zip(order).map(|(rank, candidate)| Mark { rank, candidate }).collect();
        Self { weight: 1, marks }
    }

    /// A ballot with these marks, in whatever order.
    pub fn new(weight: u32, mut marks: Vec<Mark>) -> Self {
        marks.sort_unstable();
        Self { weight, marks: marks.into() }
    }

    /// The same, so many times.
    #[must_use]
    pub fn times(self, weight: u32) -> Self {
        Self { weight, ..self }
    }

    /// The candidates by rank; several that share a rank come together.
    pub fn ranks(&self) -> impl Iterator<Item = &[Mark]> {
        self.marks.chunk_by(|one, next| one.rank == next.rank)
    }

    /// The order that this ballot gives: whom it names at ranks of their own, up to a rank that it gives to several. A
    /// candidate who was named before is passed over.
    pub fn order(&self) -> Vec<Candidate> {
        let mut order: Vec<Candidate> = Vec::with_capacity(self.marks.len());
        for rank in self.ranks() {
            match rank {
                [mark] if mark.candidate == Candidate::UNREADABLE => break,
                [mark] if order.contains(&mark.candidate) => {}
                [mark] => order.push(mark.candidate),
                _ => break,
            }
        }
        order
    }
}

/// What is wrong with a count before it begins.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CountError {
    /// Nobody stands.
    #[error("There is nobody to choose from.")]
    NoCandidates,
    /// More candidates than can be numbered.
    #[error("There are more candidates than can be counted: {0}.")]
    TooManyCandidates(usize),
    /// A ballot names somebody who does not stand.
    #[error("A ballot names candidate {0}, and there are only {1}.")]
    Stranger(u16, usize),
    /// No seats, or more than candidates.
    #[error("There are {seats} seats for {candidates} candidates.")]
    Seats {
        /// Seats to fill.
        seats: usize,
        /// Who stands.
        candidates: usize,
    },
    /// More ballots than can be counted exactly.
    #[error("There are more ballots than can be counted exactly.")]
    TooManyBallots,
}

/// The most ballots of one count: all sums of values stay exact.
pub const MOST_BALLOTS: u64 = 100_000_000;

/// Refuses what no rule can count; answers how many ballots there are.
pub fn check(candidates: usize, seats: usize, ballots: &[Ballot]) -> Result<u64, CountError> {
    if candidates == 0 {
        return Err(CountError::NoCandidates);
    }
    if u16::try_from(candidates).map_or(true, |count| count == u16::MAX) {
        return Err(CountError::TooManyCandidates(candidates));
    }
    if seats == 0 || seats > candidates {
        return Err(CountError::Seats { seats, candidates });
    }
    let stands = |mark: &Mark| mark.candidate == Candidate::UNREADABLE || mark.candidate.place() < candidates;
    if let Some(mark) = ballots.iter().flat_map(|ballot| &ballot.marks).find(|mark| !stands(mark)) {
        return Err(CountError::Stranger(mark.candidate.0, candidates));
    }
    let total = ballots.iter().map(|ballot| u64::from(ballot.weight)).sum::<u64>();
    if total > MOST_BALLOTS { Err(CountError::TooManyBallots) } else { Ok(total) }
}
