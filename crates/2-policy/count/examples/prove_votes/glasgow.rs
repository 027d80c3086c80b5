//! Scottish STV, stage by stage, beside the reports of another program (droop).

use crate::{Verdict, same, text};
use planet_count::file::blt;
use planet_count::scottish::{Action, Scottish, Stage, scottish};
use planet_count::{Candidate, Lot};
use std::collections::BTreeMap;
use std::path::Path;

/// A stage as the report tells it.
#[derive(Debug, Default, PartialEq)]
struct Told {
    /// `Begin Count`, `Surplus transferred: NAME (…)` or `Transfer defeated: NAME`.
    action: String,
    votes: BTreeMap<String, String>,
    non_transferable: String,
    residual: String,
}

pub fn recount(file: &Path) -> Verdict {
    let election = blt::read(&text(file)?).map_err(|error| error.to_string())?;
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let report = text(&file.with_file_name(format!("{stem}-scotland-fixed-p5-d5.report.txt")))?;
    // That program takes the first in the published order where a tie has to be broken by lot, also for an exclusion.
    let lot = Lot::published_backwards(election.names.len());
    let counted = scottish(election.names.len(), election.seats, &election.ballots, &lot)
        .map_err(|error| error.to_string())?;
    let told = stages(&report);
    same("stages", &counted.stages.len(), &told.len())?;
    for (number, (stage, told)) in counted.stages.iter().zip(&told).enumerate() {
        same(&format!("stage {number}"), &ours(stage, &told.votes, &election.names), told)?;
    }
    elections(&counted, &report, &election.names)
}

/// Our stage in the words of the report, with those candidates that it names.
fn ours(stage: &Stage, shown: &BTreeMap<String, String>, names: &[String]) -> Told {
    let name = |candidate: Candidate| names.get(usize::from(candidate.0)).cloned().unwrap_or_default();
    let action = match &stage.action {
        Action::FirstPreferences => "Begin Count".into(),
        Action::Surplus { of, amount, .. } => format!("Surplus transferred: {} ({amount})", name(*of)),
        Action::Exclusion { of, .. } => format!("Transfer defeated: {}", name(*of)),
    };
    let votes = stage.votes.iter().map(|(candidate, votes)| (name(candidate), votes.to_string()));
    Told {
        action,
        votes: votes.filter(|(name, _)| shown.contains_key(name)).collect(),
        non_transferable: stage.non_transferable.to_string(),
        residual: stage.residual.to_string(),
    }
}

/// The stages of a report: the blocks that show the votes after something was transferred.
fn stages(report: &str) -> Vec<Told> {
    let mut stages: Vec<Told> = Vec::new();
    let mut wanted = false;
    for line in report.lines() {
        if let Some(action) = line.strip_prefix("Action: ") {
            let action = squeezed(action);
            wanted = ["Begin Count", "Surplus transferred: ", "Transfer defeated: "]
                .iter()
                .any(|start| action.starts_with(start));
            if wanted {
                stages.push(Told { action, ..Told::default() });
            }
            continue;
        }
        let Some(stage) = stages.last_mut().filter(|_| wanted) else { continue };
        let Some((key, value)) = line.trim().split_once(':') else { continue };
        let value = squeezed(value);
        match key {
            "Nontransferable votes" => stage.non_transferable = value,
            "Residual" => stage.residual = value,
            "Hopeful" | "Pending" | "Elected" => {
                if let Some((name, votes)) = value.rsplit_once(" (") {
                    stage.votes.insert(name.to_owned(), votes.trim_end_matches(')').to_owned());
                }
            }
            _ => {}
        }
    }
    stages
}

fn elections(counted: &Scottish, report: &str, names: &[String]) -> Verdict {
    let told_of = |start: &str| -> Vec<String> {
        report.lines().filter_map(|line| line.strip_prefix(start)).map(squeezed).collect()
    };
    let ours: Vec<String> =
        counted.elected.iter().filter_map(|candidate| names.get(usize::from(candidate.0)).cloned()).collect();
    let with_quota = told_of("Action: Elect, transfer pending: ");
    let (first, rest) = ours.split_at(with_quota.len().min(ours.len()));
    same("elected with the quota", &first.to_vec(), &with_quota)?;
    let mut rest = rest.to_vec();
    let mut told = told_of("Action: Elect remaining candidates: ");
    rest.sort();
    told.sort();
    same("elected in the end", &rest, &told)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
