//! Pabulib's `.pb`: sections META, PROJECTS and VOTES, each with a line of headings, separated by semicolons.

use super::FileError;
use crate::ballot::{Candidate, Per};
use crate::budget::{Project, Support};
use std::collections::HashMap;

/// A budget as the file tells it, with what was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// What is known about it, by key.
    pub meta: HashMap<String, String>,
    /// What there is to spend, in hundredths.
    pub budget: i64,
    /// The projects.
    pub projects: Per<Project>,
    /// What the file says that each got: points, or ballots where points are not told.
    pub told: Per<i64>,
    /// Whether the file says that it was paid for.
    pub selected: Per<bool>,
    /// The ballots as points.
    pub ballots: Vec<Support>,
}

/// Reads a file.
///
/// # Errors
/// The first line that is not as it should be.
pub fn read(text: &str) -> Result<Budget, FileError> {
    let sections = sections(text);
    let meta: HashMap<String, String> = sections
        .get("META")
        .into_iter()
        .flatten()
        .skip(1)
        .filter_map(|(_, line)| line.split_once(';'))
        .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
        .collect();
    let budget = meta.get("budget").and_then(|text| hundredths(text));
    let budget = budget.ok_or_else(|| FileError::at(0, "The file does not say what there is to spend."))?;
    let rows = table(&sections, "PROJECTS")?;
    let mut projects = Vec::new();
    let (mut told, mut selected) = (Vec::new(), Vec::new());
    for row in &rows {
        let cost = hundredths(row.get("cost")?);
        let cost = cost.ok_or_else(|| FileError::at(row.line, "The cost of a project is not a number."))?;
        projects.push(Project { id: row.get("project_id")?.to_owned(), cost });
        let points = row.get("score").or_else(|_| row.get("votes"))?;
        told.push(points.parse().map_err(|_| FileError::at(row.line, "The points are not a number."))?);
        selected.push(row.get("selected")? != "0");
    }
    let places: HashMap<&str, Candidate> =
        projects.iter().map(|project| project.id.as_str()).zip(Candidate::all(projects.len())).collect();
    let ballots = table(&sections, "VOTES")?
        .iter()
        .map(|row| ballot(row, &meta, &places))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Budget {
        meta,
        budget,
        projects: Per::new(projects),
        told: Per::new(told),
        selected: Per::new(selected),
        ballots,
    })
}

/// The points that a ballot gives: 1 each, those that it states, or by the order of its preferences.
fn ballot(
    row: &Row,
    meta: &HashMap<String, String>,
    places: &HashMap<&str, Candidate>,
) -> Result<Support, FileError> {
    let ids = row.get("vote")?.split(',').map(str::trim).filter(|id| !id.is_empty());
    let named: Vec<Candidate> = ids
        .map(|id| {
            let place = places.get(id).copied();
            place.ok_or_else(|| FileError::at(row.line, format!("There is no project {id}.")))
        })
        .collect::<Result<_, _>>()?;
    let kind = meta.get("vote_type").map_or("approval", String::as_str);
    let points: Vec<i64> = match kind {
        "cumulative" => {
            let points = row.get("points")?.split(',').map(|text| text.trim().parse());
            points
                .collect::<Result<_, _>>()
                .map_err(|_| FileError::at(row.line, "The points of a ballot are not numbers."))?
        }
        "ordinal" => {
            let most = meta.get("max_length").and_then(|text| text.parse().ok());
            let most =
                most.ok_or_else(|| FileError::at(0, "The file does not say how many may be ranked."))?;
            (0..most).rev().map(|left| left + 1).collect()
        }
        _ => vec![1; named.len()],
    };
    if points.len() < named.len() {
        return Err(FileError::at(row.line, "A ballot names more projects than it gives points."));
    }
    Ok(named.into_iter().zip(points).collect())
}

type Sections<'t> = HashMap<&'t str, Vec<(usize, &'t str)>>;

fn sections(text: &str) -> Sections<'_> {
    let mut sections: Sections<'_> = HashMap::new();
    let mut current = "";
    for (at, line) in (1..).zip(text.lines()) {
        match line.trim() {
            name @ ("META" | "PROJECTS" | "VOTES") => current = name,
            "" => {}
            _ => sections.entry(current).or_default().push((at, line)),
        }
    }
    sections
}

struct Row<'t> {
    line: usize,
    headings: Vec<&'t str>,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    fn get(&self, heading: &str) -> Result<&'t str, FileError> {
        let at = self.headings.iter().position(|there| *there == heading);
        at.and_then(|at| self.cells.get(at))
            .map(|cell| cell.trim())
            .ok_or_else(|| FileError::at(self.line, format!("There is no column “{heading}” in this line.")))
    }
}

fn table<'t>(sections: &Sections<'t>, name: &str) -> Result<Vec<Row<'t>>, FileError> {
    let mut lines = sections.get(name).into_iter().flatten();
    let (_, headings) =
        lines.next().ok_or_else(|| FileError::at(0, format!("There is no section {name}.")))?;
    let headings: Vec<&str> = headings.split(';').map(str::trim).collect();
    Ok(lines
        .map(|(line, text)| Row { line: *line, headings: headings.clone(), cells: text.split(';').collect() })
        .collect())
}

/// A number with up to two decimals, in hundredths.
fn hundredths(text: &str) -> Option<i64> {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let part: i64 = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().ok()? * 10,
        2 => part.parse().ok()?,
        _ => return None,
    };
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)
}
