//! Counting: how a group's ballots become its outcome, by rules that anybody can repeat. Pure functions over values: no clock,
//! no chance but a published seed, no floating point. Who may vote, and what follows, is decided elsewhere.
//!
//! - [`ballot`]: a ranked ballot as it was marked, also where it was marked wrongly.
//! - [`schulze`], [`irv`]: one winner. [`scottish`], [`meek`]: several, in proportion.
//! - [`sums`]: approval, score, dots, quadratic: the most points win.
//! - [`budget`]: projects within a budget, greedily or by equal shares.
//! - [`lot`]: how ties are broken and people drawn, so that anybody can repeat the lot.
//! - [`again`]: every rule a second time, plainly, so that a published vote can be counted twice.
//! - [`vote`]: a vote between options as it is published, whichever of these counts it.
//! - [`file`]: the files in which elections elsewhere are published.
//!
//! Definitions: the project's notes on governance, chapter 5, which say of each by what published count it was checked.
//! Every count has a transcript that tells, step by step, how it came about.

pub mod again;
pub mod ballot;
pub mod budget;
pub mod file;
pub mod irv;
pub mod lot;
pub mod meek;
pub mod schulze;
pub mod scottish;
pub mod secret;
pub mod sums;
pub mod vote;

pub use ballot::{Ballot, Candidate, Mark, Per};
pub use lot::Lot;
