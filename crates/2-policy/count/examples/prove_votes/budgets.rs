//! Participatory budgets of cities: the tally of each project, and which of them were paid for.

use crate::{Verdict, same, text};
use planet_count::Candidate;
use planet_count::budget::{Greedy, Skipping, equal_shares, greedy, preferred, tally};
use planet_count::file::pabulib::{self, Budget};
use std::path::Path;

/// Hundredths in a unit of currency: what completion adds at a time.
const UNIT: i64 = 100;

pub fn recount(file: &Path) -> Verdict {
    let budget = pabulib::read(&text(file)?).map_err(|error| error.to_string())?;
    let count = budget.projects.count();
    let scored = budget.meta.get("vote_type").is_some_and(|kind| kind == "cumulative" || kind == "ordinal");
    let counted: Vec<i64> = tally(count, &budget.ballots)
        .values()
        .iter()
        .map(|(points, named)| if scored { *points } else { i64::try_from(*named).unwrap_or(i64::MAX) })
        .collect();
    same("points", &counted, &budget.told.values().to_vec())?;
    let chosen = chosen(&budget)?;
    let ours: Vec<&str> = budget
        .projects
        .candidates()
        .filter(|p| chosen.contains(p))
        .map(|p| budget.projects[p].id.as_str())
        .collect();
    let told: Vec<&str> = budget
        .projects
        .candidates()
        .filter(|p| budget.selected[*p])
        .map(|p| budget.projects[p].id.as_str())
        .collect();
    same("paid for", &ours, &told)
}

fn chosen(budget: &Budget) -> Result<Vec<Candidate>, String> {
    let rule = budget.meta.get("rule").map_or("", String::as_str);
    let threshold = budget.meta.get("min_project_score_threshold").and_then(|text| text.parse().ok());
    let threshold = threshold.unwrap_or(0);
    let by_points =
        |skipping| greedy(&budget.projects, &budget.ballots, budget.budget, Greedy { threshold, skipping });
    let shares = || equal_shares(&budget.projects, &budget.ballots, budget.budget, UNIT).last.chosen;
    Ok(match rule {
        "greedy" | "greedy-threshold" => by_points(Skipping::Skip),
        "greedy-no-skip" => by_points(Skipping::Stop),
        "greedy-custom" => by_points(Skipping::Reserve { percent: 80 }),
        "equalshares/add1" => shares(),
        "equalshares/add1-comparison" => {
            let (shares, points) = (shares(), by_points(Skipping::Skip));
            let (first, second) = preferred(&budget.projects, &budget.ballots, &shares, &points);
            if second > first { points } else { shares }
        }
        other => return Err(format!("there is no rule “{other}”")),
    })
}
