//! The greedy rules: the projects with the most points that still fit.

use super::{Project, Support, tally};
use crate::ballot::{Candidate, Per};
use serde::{Deserialize, Serialize};

/// What a club decides about a greedy budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Greedy {
    /// Projects with fewer points than this are not paid for.
    pub threshold: i64,
    /// What happens at the first project that does not fit.
    pub skipping: Skipping,
}

/// What happens at a project that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Skipping {
    /// It is passed over; smaller ones may still fit.
    Skip,
    /// There it ends.
    Stop,
    /// There it ends; but if what is left covers this share of it, in percent, it is paid for with reserves.
    Reserve {
        /// The share.
        percent: i64,
    },
}

/// The projects that are paid for, in the order in which they were chosen: by points, then the cheaper, then the published order.
pub fn greedy(projects: &Per<Project>, ballots: &[Support], budget: i64, rule: Greedy) -> Vec<Candidate> {
    let points = tally(projects.count(), ballots);
    let mut order: Vec<Candidate> =
        projects.candidates().filter(|project| points[*project].0 >= rule.threshold).collect();
    order.sort_by_key(|project| (-points[*project].0, projects[*project].cost, *project));
    let mut left = budget;
    let mut chosen = Vec::new();
    for project in order {
        let cost = projects[project].cost;
        if cost <= left {
            left -= cost;
            chosen.push(project);
            continue;
        }
        match rule.skipping {
            Skipping::Skip => {}
            Skipping::Stop => break,
            Skipping::Reserve { percent } => {
                if i128::from(left) * 100 >= i128::from(cost) * i128::from(percent) {
                    chosen.push(project);
                }
                break;
            }
        }
    }
    chosen
}
