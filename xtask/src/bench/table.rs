//! The outcome of a measurement as rows: for the terminal, for docs/benchmarks.md and as JSON. It measures nothing.

use std::fmt;

use serde_json::{Value, json};

use crate::trouble::{Outcome, Trouble};

/// What a ratio of ours to theirs must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// More is better: payments per second.
    AtLeast(f64),
    /// Less is better: milliseconds, bytes.
    AtMost(f64),
    /// There is none: the figures are only shown.
    None,
}

impl Goal {
    /// Whether it is met; nothing, where there is none.
    fn met_by(self, ratio: f64) -> Option<bool> {
        match self {
            Self::AtLeast(least) => Some(ratio >= least),
            Self::AtMost(most) => Some(ratio <= most),
            Self::None => None,
        }
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AtLeast(least) => write!(f, "≥ {least}"),
            Self::AtMost(most) => write!(f, "≤ {most}"),
            Self::None => f.write_str("–"),
        }
    }
}

/// One comparison.
#[derive(Clone, Debug)]
pub struct Row {
    name: String,
    ours: f64,
    theirs: f64,
    unit: &'static str,
    goal: Goal,
}

impl Row {
    /// Ours beside a peer's, measured in the same run; the goal is for ours ÷ theirs.
    pub fn beside(name: impl Into<String>, ours: f64, theirs: f64, unit: &'static str, goal: Goal) -> Self {
        Self { name: name.into(), ours, theirs, unit, goal }
    }

    /// Ours beside a limit that we set ourselves, which it must not exceed.
    pub fn within(name: impl Into<String>, ours: f64, limit: f64, unit: &'static str) -> Self {
        Self::beside(name, ours, limit, unit, Goal::AtMost(1.0))
    }

    /// Ours, beside a peer's where it was measured, without a goal.
    pub fn shown(name: impl Into<String>, ours: f64, theirs: Option<f64>, unit: &'static str) -> Self {
        Self::beside(name, ours, theirs.unwrap_or(f64::NAN), unit, Goal::None)
    }

    fn ratio(&self) -> f64 {
        self.ours / self.theirs
    }

    fn met(&self) -> Option<bool> {
        self.goal.met_by(self.ratio())
    }

    fn cells(&self) -> [String; 7] {
        let met = self.met().map_or("–", |met| if met { "yes" } else { "no" });
        let (name, unit) = (self.name.clone(), self.unit.to_owned());
        [
            name,
            figure(self.ours),
            figure(self.theirs),
            unit,
            figure(self.ratio()),
            self.goal.to_string(),
            met.to_owned(),
        ]
    }
}

/// A number with as many digits as mean something.
fn figure(value: f64) -> String {
    match value.abs() {
        unknown if unknown.is_nan() => "–".to_owned(),
        large if large >= 100.0 => format!("{value:.0}"),
        middling if middling >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// All comparisons of one run.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    notes: Vec<String>,
    /// Parts that could not be measured.
    missing: Vec<String>,
}

const HEADS: [&str; 7] = ["what", "ours", "theirs", "unit", "ratio", "goal", "met"];

impl Table {
    /// Adds a comparison, and says it at once for those who wait.
    pub fn push(&mut self, row: Row) {
        println!("{}", row.cells().join("  "));
        self.rows.push(row);
    }

    /// Adds a sentence that a reader needs to judge the figures.
    pub fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }

    /// Measures one part; when it fails, the others still count, and the table says what is missing.
    pub fn part(&mut self, name: &str, measure: impl FnOnce(&mut Self) -> Outcome<()>) {
        if let Err(trouble) = measure(self) {
            eprintln!("{trouble}");
            self.missing.push(name.to_owned());
        }
    }

    /// Fails when a part is missing.
    pub fn complete(&self) -> Outcome<()> {
        if self.missing.is_empty() {
            return Ok(());
        }
        Err(Trouble::new(format!("could not be measured: {}", self.missing.join(", "))))
    }

    /// The rows as a JSON list of {name, ours, theirs, unit, ratio, goal, met}.
    pub fn json(&self) -> String {
        let row = |row: &Row| {
            json!({ "name": row.name, "ours": row.ours, "theirs": row.theirs, "unit": row.unit,
                "ratio": row.ratio(), "goal": row.goal.to_string(), "met": row.met() })
        };
        format!("{:#}\n", self.rows.iter().map(row).collect::<Value>())
    }

    /// The rows as a table in Markdown, with the notes below.
    pub fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let heads = line(&HEADS.map(str::to_owned));
        let rows: String = self.rows.iter().map(|row| line(&row.cells())).collect();
        let missing = self.missing.iter().map(|part| format!("- Not measured this time: {part}."));
        let notes: Vec<String> = self.notes.iter().map(|note| format!("- {note}")).chain(missing).collect();
        format!("{heads}|---|---:|---:|---|---:|---:|---|\n{rows}\n{}\n", notes.join("\n"))
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<[String; 7]> =
            std::iter::once(HEADS.map(str::to_owned)).chain(self.rows.iter().map(Row::cells)).collect();
        let width = |column: usize| {
            lines
                .iter()
                .filter_map(|line| line.get(column))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        };
        for line in &lines {
            for (column, cell) in line.iter().enumerate() {
                let width = width(column);
                if matches!(column, 0 | 3 | 6) {
                    write!(f, "{cell:<width$}  ")?;
                } else {
                    write!(f, "{cell:>width$}  ")?;
                }
            }
            writeln!(f)?;
        }
        self.notes.iter().try_for_each(|note| writeln!(f, "{note}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let faster = Row::beside("payments, SQLite", 3000.0, 1500.0, "per second", Goal::AtLeast(2.0));
        let heavier = Row::within("idle memory", 61.0, 60.0, "MB");
        Table { rows: vec![faster, heavier], notes: vec!["In one run.".to_owned()], missing: Vec::new() }
    }

    #[test]
    fn a_part_that_fails_leaves_the_others_and_is_named() {
        let mut table = table();
        table.part("pages", |_| Err(Trouble::new("no browser")));
        assert!(table.markdown().ends_with("- In one run.\n- Not measured this time: pages.\n"));
        assert_eq!(table.complete(), Err(Trouble::new("could not be measured: pages")));
    }

    #[test]
    fn a_ratio_meets_its_goal_or_says_no() {
        let rows: Value = serde_json::from_str(&table().json()).unwrap();
        assert_eq!(
            rows[0],
            json!({ "name": "payments, SQLite", "ours": 3000.0, "theirs": 1500.0, "unit": "per second", "ratio": 2.0, "goal": "≥ 2", "met": true })
        );
        assert_eq!(rows[1]["met"], json!(false));
    }

    #[test]
    fn what_has_no_goal_and_no_peer_is_shown_and_not_judged() {
        let row = Row::shown("until all are back", 1.25, None, "s");
        assert_eq!(row.cells(), ["until all are back", "1.25", "–", "s", "–", "–", "–"].map(str::to_owned));
    }

    #[test]
    fn the_table_is_aligned_for_the_terminal() {
        let said = table().to_string();
        let lines: Vec<&str> = said.lines().map(str::trim_end).collect();
        assert_eq!(lines[1], "payments, SQLite   3000    1500  per second   2.00   ≥ 2  yes");
        assert_eq!(lines[2], "idle memory       61.00   60.00  MB           1.02   ≤ 1  no");
    }
}
