//! Instant run-off beside the rounds that another program (`RCTab`) expects of the same cast-vote records.

use crate::{Verdict, same, text};
use calamine::{Data, Reader, Xlsx, open_workbook};
use planet_count::ballot::Ballot;
use planet_count::file::rctab::{Labels, ballot};
use planet_count::irv::{Irv, Rules, irv};
use planet_count::{Candidate, Lot};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// What this program calls everybody who does not stand.
const WRITE_INS: &str = "Undeclared Write-ins";

/// A round in a form that both sides can be brought into.
#[derive(Debug, PartialEq)]
struct Round {
    votes: BTreeMap<String, u64>,
    threshold: u64,
    /// Exhausted, overvoted, skipped.
    inactive: [u64; 3],
    excluded: Vec<String>,
}

pub fn recount(file: &Path) -> Verdict {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let set = stem.strip_suffix("_cvr").ok_or("a file of cast votes ends with _cvr.xlsx")?;
    let beside = |ending: &str| -> Result<Value, String> {
        let path = file.with_file_name(format!("{set}_{ending}.json"));
        serde_json::from_str(&text(&path)?).map_err(|error| format!("{}: {error}", path.display()))
    };
    let config = beside("config")?;
    let expected = beside("expected_detailed_report")?;
    let mut names: Vec<String> = list(&config, "/candidates")
        .iter()
        .filter_map(|candidate| candidate.get("name")?.as_str().map(str::to_owned))
        .collect();
    names.push(WRITE_INS.to_owned());
    let ballots = ballots(file, &config, &names)?;
    let rules = Rules {
        skip: number(&config, "/rules/maxSkippedRanksAllowed")
            .and_then(|n| u16::try_from(n).ok())
            .unwrap_or(1),
        batch: config.pointer("/rules/batchElimination").and_then(Value::as_bool).unwrap_or(false),
    };
    let lot = Lot::published(names.len());
    let counted = irv(names.len(), &ballots, rules, &lot).map_err(|error| error.to_string())?;
    let published: Vec<Round> = list(&expected, "/results").iter().map(told).collect();
    let ours = rounds(&counted, &names);
    same("rounds", &ours.len(), &published.len())?;
    for (number, (ours, published)) in (1..).zip(ours.iter().zip(&published)) {
        same(&format!("round {number}"), ours, published)?;
    }
    let elected = list(&expected, "/results").iter().flat_map(|round| list(round, "/tallyResults"));
    let elected: Vec<&str> = elected.filter_map(|result| result.get("elected")?.as_str()).collect();
    let winner = names.get(usize::from(counted.winner.0)).map_or("", String::as_str);
    same("elected", &vec![winner], &elected)
}

fn ballots(file: &Path, config: &Value, names: &[String]) -> Result<Vec<Ballot>, String> {
    let source = "/cvrFileSources/0";
    let word = |name: &str| {
        config.pointer(&format!("{source}/{name}")).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let place = |name: &str| {
        let number = number(config, &format!("{source}/{name}")).and_then(|n| usize::try_from(n).ok());
        number.unwrap_or(1).saturating_sub(1)
    };
    let labels = Labels {
        undervote: word("skippedRankLabel"),
        overvote: word("overvoteLabel"),
        write_in: word("undeclaredWriteInLabel"),
    };
    let mut book: Xlsx<_> = open_workbook(file).map_err(|error: calamine::XlsxError| error.to_string())?;
    let sheet = book.worksheet_range_at(0).ok_or("the spreadsheet is empty")?;
    let sheet = sheet.map_err(|error| error.to_string())?;
    let write_ins = Candidate(u16::try_from(names.len().saturating_sub(1)).unwrap_or(0));
    Ok(sheet
        .rows()
        .skip(place("firstVoteRowIndex"))
        .map(|row| {
            let cells: Vec<String> = row.iter().skip(place("firstVoteColumnIndex")).map(cell).collect();
            ballot(cells.iter().map(String::as_str), names, write_ins, &labels)
        })
        .collect())
}

fn cell(cell: &Data) -> String {
    match cell {
        Data::String(text) => text.trim().to_owned(),
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

fn rounds(counted: &Irv, names: &[String]) -> Vec<Round> {
    let name = |candidate: &Candidate| names.get(usize::from(candidate.0)).cloned().unwrap_or_default();
    counted
        .rounds
        .iter()
        .map(|round| {
            let mut excluded: Vec<String> = round.excluded.iter().map(name).collect();
            excluded.sort();
            Round {
                votes: round.votes.iter().map(|(candidate, votes)| (name(candidate), *votes)).collect(),
                threshold: round.threshold,
                inactive: [round.inactive.exhausted, round.inactive.overvoted, round.inactive.skipped],
                excluded,
            }
        })
        .collect()
}

fn told(round: &Value) -> Round {
    let votes = round.get("tally").and_then(Value::as_object).into_iter().flatten();
    let inactive = |kind: &str| number(round, &format!("/inactiveBallots/{kind}")).unwrap_or(0);
    let mut excluded: Vec<String> = list(round, "/tallyResults")
        .iter()
        .filter_map(|result| result.get("eliminated")?.as_str().map(str::to_owned))
        .collect();
    excluded.sort();
    Round {
        votes: votes
            .filter_map(|(name, votes)| Some((name.clone(), votes.as_str()?.parse().ok()?)))
            .collect(),
        threshold: number(round, "/threshold").unwrap_or(0),
        inactive: [inactive("exhaustedChoices"), inactive("overvotes"), inactive("skippedRankings")],
        excluded,
    }
}

/// A number, which these files write as texts.
fn number(value: &Value, pointer: &str) -> Option<u64> {
    value.pointer(pointer)?.as_str()?.parse().ok()
}

fn list<'v>(value: &'v Value, pointer: &str) -> &'v [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
