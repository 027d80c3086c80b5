//! Participatory budgets: which projects a group pays for, when there is not enough for all.
//!
//! Definitions: the project's notes on governance, chapter 5, each checked against budgets that cities decided by it.

mod equal_shares;
mod greedy;

pub use equal_shares::{EqualShares, Outcome, equal_shares, preferred};
pub use greedy::{Greedy, Skipping, greedy};

use crate::ballot::{Candidate, Per};
use serde::{Deserialize, Serialize};

/// A project that costs something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Its id, as published.
    pub id: String,
    /// What it costs, in minor units of the currency.
    pub cost: i64,
}

/// How much each ballot gives to which projects. Approval gives 1.
pub type Support = Vec<(Candidate, i64)>;

/// The points of each project, and how many ballots name it.
pub fn tally(count: usize, ballots: &[Support]) -> Per<(i64, u64)> {
    let mut tally = Per::every(count, (0, 0));
    for (project, points) in ballots.iter().flatten() {
        tally[*project].0 += points;
        tally[*project].1 += 1;
    }
    tally
}

/// What some projects cost together.
pub fn cost(projects: &Per<Project>, chosen: &[Candidate]) -> i64 {
    chosen.iter().map(|project| projects[*project].cost).sum()
}
