//! The method of equal shares with cost utilities: everybody has the same part of the budget, and a project is paid for by those
//! who want it.
//!
//! Source: D. Peters, G. Pierczyński, P. Skowron, "Proportional Participatory Budgeting with Additive Utilities" (2021), with the
//! completion "add 1". Money is counted in fractions of a minor unit (ten decimals), payments rounded up in the last of them; where
//! two projects are closer to each other than that rounding, they count as equal.

use super::{Project, Support, cost};
use crate::ballot::{Candidate, Per};
use serde::Serialize;

/// Fractions of a minor unit.
const FINE: i128 = 10_000_000_000;

/// What a run of equal shares chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// The projects, in the order in which they were chosen.
    pub chosen: Vec<Candidate>,
    /// What they cost together.
    pub cost: i64,
}

/// The outcome, with what it began from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EqualShares {
    /// With the bare part of the budget for everybody.
    pub base: Outcome,
    /// What is paid for in the end.
    pub last: Outcome,
    /// How many units of the currency everybody had more in the end.
    pub added: i64,
}

/// Counts with completion: everybody gets one unit of the currency more, `unit` minor units, again and again, as long as the outcome is within
/// the budget. It does not stop where nothing more could be added.
pub fn equal_shares(projects: &Per<Project>, ballots: &[Support], budget: i64, unit: i64) -> EqualShares {
    let supporters = supporters(projects.count(), ballots);
    let voters = ballots.len();
    let base = run(projects, &supporters, voters, i128::from(budget) * FINE);
    let mut last = base.clone();
    let mut added = 0;
    // When everybody could pay for all alone, nothing can change any more.
    let all: i64 = projects.values().iter().map(|project| project.cost).sum();
    let people = i64::try_from(voters).unwrap_or(i64::MAX).max(1);
    let enough = all / unit.max(1) + 1;
    for more in 1..=enough {
        let money = i128::from(budget) + i128::from(people) * i128::from(more) * i128::from(unit);
        let next = run(projects, &supporters, voters, money * FINE);
        if next.cost > budget {
            break;
        }
        let complete = next.chosen.len() == projects.count();
        last = next;
        added = more;
        if complete {
            break;
        }
    }
    EqualShares { base, last, added }
}

/// Of two outcomes the one on which more voters have more money spent for projects that they chose; the first in a tie. Answers how many prefer
/// each.
pub fn preferred(
    projects: &Per<Project>,
    ballots: &[Support],
    first: &[Candidate],
    second: &[Candidate],
) -> (u64, u64) {
    let spent = |ballot: &Support, chosen: &[Candidate]| -> i64 {
        let wanted = ballot.iter().map(|(project, _)| *project).filter(|project| chosen.contains(project));
        wanted.map(|project| projects[project].cost).sum()
    };
    ballots.iter().fold((0, 0), |(one, two), ballot| {
        let (a, b) = (spent(ballot, first), spent(ballot, second));
        (one + u64::from(a > b), two + u64::from(b > a))
    })
}

/// The voters who support each project, by their number.
fn supporters(count: usize, ballots: &[Support]) -> Per<Vec<usize>> {
    let mut supporters = Per::every(count, Vec::new());
    for (voter, ballot) in ballots.iter().enumerate() {
        for (project, _) in ballot {
            supporters[*project].push(voter);
        }
    }
    supporters
}

/// What a project would cost each of those who want it and can pay so much; whoever has less gives all.
struct Offer {
    project: Candidate,
    each: i128,
    cost: i128,
    supporters: usize,
}

impl Offer {
    /// Whether it gives its supporters clearly more for their money than another, or as much and goes before it.
    fn beats(&self, other: &Self, projects: &Per<Project>) -> bool {
        let (one, two) = (self.each * other.cost, other.each * self.cost);
        if (one - two).abs() > self.cost + other.cost {
            return one < two;
        }
        let rank = |offer: &Self| (usize::MAX - offer.supporters, offer.cost);
        (rank(self), &projects[self.project].id) < (rank(other), &projects[other.project].id)
    }
}

fn run(projects: &Per<Project>, supporters: &Per<Vec<usize>>, voters: usize, budget: i128) -> Outcome {
    let each = budget / i128::try_from(voters.max(1)).unwrap_or(i128::MAX);
    let mut money = vec![each; voters];
    let mut left: Vec<Candidate> = projects.candidates().collect();
    let mut chosen = Vec::new();
    loop {
        let offers = left.iter().filter_map(|project| {
            offer(*project, i128::from(projects[*project].cost) * FINE, &supporters[*project], &money)
        });
        let Some(best) = offers.reduce(|best, offer| if offer.beats(&best, projects) { offer } else { best })
        else {
            break;
        };
        for voter in &supporters[best.project] {
            if let Some(purse) = money.get_mut(*voter) {
                *purse -= best.each.min(*purse);
            }
        }
        left.retain(|project| *project != best.project);
        chosen.push(best.project);
    }
    Outcome { cost: cost(projects, &chosen), chosen }
}

/// The offer of a project to its supporters; none if they cannot pay for it together.
fn offer(project: Candidate, cost: i128, supporters: &[usize], money: &[i128]) -> Option<Offer> {
    let mut purses: Vec<i128> = supporters.iter().filter_map(|voter| money.get(*voter)).copied().collect();
    // Each payment is rounded up, so all together may be that much short of the cost.
    let short = i128::try_from(supporters.len()).unwrap_or(i128::MAX);
    if purses.iter().sum::<i128>() + short < cost || purses.is_empty() {
        return None;
    }
    purses.sort_unstable();
    let mut open = cost;
    let mut payers = i128::try_from(purses.len()).unwrap_or(i128::MAX);
    for purse in &purses {
        // The poorest first: whoever has less than an equal part gives all, and the others share the rest.
        let part = (open + payers - 1) / payers;
        if *purse >= part {
            return Some(Offer { project, each: part, cost, supporters: supporters.len() });
        }
        open -= purse;
        payers -= 1;
        if payers == 0 {
            return Some(Offer { project, each: *purse, cost, supporters: supporters.len() });
        }
    }
    None
}
