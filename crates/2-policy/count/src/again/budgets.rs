//! Budgets, counted the second way. What each supporter pays is found by trying, not by sorting purses.

use crate::vote::Vote;

/// The most wanted projects that still fit; of equal ones the cheaper, then the one that was published first.
pub fn greedy(vote: &Vote, budget: i64) -> Vec<usize> {
    let wanted = |project: usize| {
        vote.ballots.iter().flat_map(|slip| &slip.marks).filter(|(it, _)| usize::from(*it) == project).count()
    };
    let mut order: Vec<usize> = (0..vote.options.len()).filter(|project| wanted(*project) > 0).collect();
    order.sort_by_key(|project| (usize::MAX - wanted(*project), vote.options[*project].cost, *project));
    let mut left = budget;
    let mut chosen = Vec::new();
    for project in order {
        if vote.options[project].cost <= left {
            left -= vote.options[project].cost;
            chosen.push(project);
        }
    }
    chosen
}

/// Fractions of a minor unit, as the rule has them.
const FINE: i128 = 10_000_000_000;

/// Equal shares with completion "add 1": with ever larger parts for everybody, the last outcome within the budget.
pub fn equal_shares(vote: &Vote, budget: i64, unit: i64) -> Vec<usize> {
    let people = vote.ballots.len() as i128;
    let total = |chosen: &[usize]| chosen.iter().map(|project| vote.options[*project].cost).sum::<i64>();
    let all: i64 = vote.options.iter().map(|option| option.cost).sum();
    let mut last = shares(vote, i128::from(budget) * FINE);
    for more in 1..=all / unit.max(1) + 1 {
        let money = i128::from(budget) + people.max(1) * i128::from(more) * i128::from(unit);
        let next = shares(vote, money * FINE);
        if total(&next) > budget {
            break;
        }
        let complete = next.len() == vote.options.len();
        last = next;
        if complete {
            break;
        }
    }
    last
}

fn shares(vote: &Vote, budget: i128) -> Vec<usize> {
    let people = vote.ballots.len();
    let mut money = vec![budget / (people.max(1) as i128); people];
    let wants = |person: usize, project: usize| {
        vote.ballots[person].marks.iter().any(|(it, _)| usize::from(*it) == project)
    };
    let mut chosen: Vec<usize> = Vec::new();
    loop {
        // Of each project: what it costs each who wants it, and how it compares.
        let mut best: Option<(usize, i128, usize)> = None;
        for project in (0..vote.options.len()).filter(|project| !chosen.contains(project)) {
            let cost = i128::from(vote.options[project].cost) * FINE;
            let purses: Vec<i128> =
                (0..people).filter(|person| wants(*person, project)).map(|person| money[person]).collect();
            let Some(each) = each_pays(&purses, cost) else { continue };
            let better = best.is_none_or(|(other, its, supporters)| {
                let its_cost = i128::from(vote.options[other].cost) * FINE;
                let (here, there) = (each * its_cost, its * cost);
                if (here - there).abs() > cost + its_cost {
                    return here < there;
                }
                (usize::MAX - purses.len(), cost, project) < (usize::MAX - supporters, its_cost, other)
            });
            if better {
                best = Some((project, each, purses.len()));
            }
        }
        let Some((project, each, _)) = best else { return chosen };
        for person in (0..people).filter(|person| wants(*person, project)) {
            money[person] -= each.min(money[person]);
        }
        chosen.push(project);
    }
}

/// The least that each has to give, or all that they have, so that together it is enough; nothing, if they have not enough. As payments are
/// rounded up, all together may be short by one fraction each.
fn each_pays(purses: &[i128], cost: i128) -> Option<i128> {
    let together = |each: i128| purses.iter().map(|purse| each.min(*purse)).sum::<i128>();
    let richest = purses.iter().copied().max()?;
    if together(richest) + (purses.len() as i128) < cost {
        return None;
    }
    let (mut low, mut high) = (0, richest);
    while low < high {
        let middle = i128::midpoint(low, high);
        if together(middle) >= cost { high = middle } else { low = middle + 1 }
    }
    Some(high)
}
