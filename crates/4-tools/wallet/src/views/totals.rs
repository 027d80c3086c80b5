//! What a stretch of a statement comes to: by category, by month, and how the balance went.

use super::statement::Noted;
use crate::walk::day_of;
use planet_ontology::units::{Amount, Moment};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many points the course of the balance has at the most.
const POINTS: usize = 120;
/// How many months are shown.
const MONTHS: usize = 12;

/// What came in and went out under a category.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CategoryTotal {
    /// The category; empty for what has none.
    pub category: String,
    /// What came in.
    pub came: Amount,
    /// What went out, zero or more.
    pub went: Amount,
}

/// What came in and went out within a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthTotal {
    /// The year.
    pub year: i16,
    /// The month, from 1.
    pub month: i8,
    /// What came in.
    pub came: Amount,
    /// What went out, zero or more.
    pub went: Amount,
    /// Whether all of the month was looked through.
    pub whole: bool,
}

/// The balance from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Point {
    /// The moment.
    pub at: Moment,
    /// The balance.
    pub balance: Amount,
}

/// All three.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// By category, the largest first.
    pub categories: Vec<CategoryTotal>,
    /// By month, the newest first.
    pub months: Vec<MonthTotal>,
    /// The balance over time, the oldest first.
    pub course: Vec<Point>,
}

/// Two sums.
#[derive(Clone, Copy, Default)]
struct Sums {
    came: i64,
    went: i64,
}

impl Sums {
    /// Adds an amount. What is beyond 64 bits is only shown, so it stops there.
    fn add(&mut self, amount: Amount) {
        if amount.0 > 0 {
            self.came = self.came.saturating_add(amount.0);
        } else {
            self.went = self.went.saturating_sub(amount.0);
        }
    }
}

impl Totals {
    /// Of these lines, the newest first. `whole` says that nothing older belongs to them.
    pub(super) fn of(lines: &[Noted], whole: bool) -> Self {
        let mut categories: BTreeMap<&str, Sums> = BTreeMap::new();
        let mut months: BTreeMap<(i16, i8), Sums> = BTreeMap::new();
        for (line, note) in lines {
            let category = note.as_ref().map_or("", |note| note.category.as_str());
            categories.entry(category).or_default().add(line.amount);
            let day = day_of(line.at);
            months.entry((day.year(), day.month())).or_default().add(line.amount);
        }
        let mut categories: Vec<_> = categories
            .into_iter()
            .map(|(category, Sums { came, went })| CategoryTotal {
                category: category.to_owned(),
                came: Amount(came),
                went: Amount(went),
            })
            .collect();
        categories.sort_by_key(|total| std::cmp::Reverse(total.came.0.max(total.went.0)));
        let oldest = months.keys().next().copied();
        let months = months
            .into_iter()
            .rev()
            .take(MONTHS)
            .map(|((year, month), Sums { came, went })| MonthTotal {
                year,
                month,
                came: Amount(came),
                went: Amount(went),
                whole: whole || oldest != Some((year, month)),
            })
            .collect();
        Self { categories, months, course: course(lines) }
    }
}

/// At most so many points: of lines that fall together the newest counts.
fn course(lines: &[Noted]) -> Vec<Point> {
    let every = lines.len().div_ceil(POINTS).max(1);
    let mut points: Vec<Point> =
        lines.iter().step_by(every).map(|(line, _)| Point { at: line.at, balance: line.balance }).collect();
    // What stood there before the oldest of them.
    if let Some((line, _)) = lines.last() {
        let before = line.balance.0.saturating_sub(line.amount.0);
        points.push(Point { at: Moment(line.at.0.saturating_sub(1)), balance: Amount(before) });
    }
    points.reverse();
    points
}
