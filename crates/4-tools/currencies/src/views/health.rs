//! The health of a currency: how much is out, who carries it, how quickly it moves, what ends when, what the commons got.
//! Sums only: with fewer than five holders not even bands, because a band of two is two people.

use super::Money;
use super::one::seen;
use crate::rows::health;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Lot, account_of, lots_of_currency};
use planet_ontology::units::{Amount, Moment};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// With fewer holders nothing is said about who carries how much.
const FEWEST: usize = 5;
/// How many days the course and the turnover look back.
const DAYS: i64 = 30;
/// From how many days on the turnover says something about a month.
const SHORTEST: i64 = 7;

/// The health of a currency.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Health {
    /// Its short name.
    pub code: String,
}

/// Some holders together.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Band {
    /// How many they are.
    pub holders: i64,
    /// What they have together, in hundredths of what is out.
    pub percent: i64,
}

/// How a currency stood on a day.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct DayLine {
    /// The end of the day.
    pub day: Moment,
    /// What was out.
    pub out: Amount,
}

/// How a currency is doing.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HealthView {
    /// The currency.
    pub money: Money,
    /// What is out.
    pub out: Amount,
    /// How many have some of it.
    pub holders: i64,
    /// The fifth of the holders who have most, the next two fifths, the others; empty with fewer than five holders.
    pub bands: Vec<Band>,
    /// What was out, day by day.
    pub course: Vec<DayLine>,
    /// What was paid in the last thirty days, or since it began.
    pub turnover: Amount,
    /// How many days that were.
    pub days: i64,
    /// How often each unit changes hands in a month, in hundredths; nothing in the first week, and where nothing is out.
    pub velocity: Option<i64>,
    /// What ends when, by month: its first day, and how much.
    pub ending: Vec<Lot>,
    /// What ended because nobody spent it, since the beginning.
    pub expired: Amount,
    /// What idle balances lost to the commons, since the beginning.
    pub idled: Amount,
    /// What payers added for the commons, since the beginning.
    pub levied: Amount,
    /// Who keeps the commons.
    pub commons: super::Party,
}

impl View for Health {
    const NAME: &'static str = "currencies.health";
    const ABOUT: &'static str =
        "How a currency is doing: how much is out, who carries it, how quickly it moves, what ends when.";
    type Output = HealthView;

    fn read(&self, look: &mut Look) -> Result<HealthView, Fault> {
        let made = seen(look, &self.code)?;
        let (currency, now) = (&made.currency, look.now);
        let glance = health::glance(look.tx, currency)?;
        let today = now.0.div_euclid(Moment::DAY);
        let course = health::days(look.tx, currency.id, today.saturating_sub(DAYS))?;
        let before = course.first().map_or(Amount(0), |(_, _, turnover)| *turnover);
        let since = course.first().map_or(today, |(day, ..)| *day);
        let days = today.saturating_sub(since).max(1);
        let turnover = Amount(glance.turnover.0.saturating_sub(before.0));
        let commons = account_of(look.tx, currency.commons, currency.id)?;
        let levied = match commons {
            Some(account) => health::levied(look.tx, account.id)?,
            None => Amount(0),
        };
        Ok(HealthView {
            money: Money::from(currency),
            out: glance.out,
            holders: glance.holders,
            bands: bands(&health::balances(look.tx, currency)?),
            course: course
                .iter()
                .map(|(day, out, _)| DayLine { day: Moment(day.saturating_mul(Moment::DAY)), out: *out })
                .collect(),
            velocity: velocity(turnover, glance.out, days),
            turnover,
            days,
            ending: by_month(lots_of_currency(look.tx, currency.id)?),
            expired: made.state.expired,
            idled: made.state.idled,
            levied,
            commons: super::party(look.tx, currency.commons)?,
        })
    }
}

/// How often each unit changes hands in thirty days, in hundredths. A few days tell nothing about a month.
fn velocity(turnover: Amount, out: Amount, days: i64) -> Option<i64> {
    let monthly = i128::from(turnover.0) * i128::from(DAYS) * 100 / i128::from(days.max(1));
    (out.0 > 0 && days >= SHORTEST).then(|| i64::try_from(monthly / i128::from(out.0)).unwrap_or(i64::MAX))
}

/// Three bands of holders, who are sorted by what they have, the largest first.
fn bands(balances: &[Amount]) -> Vec<Band> {
    if balances.len() < FEWEST {
        return Vec::new();
    }
    let total: i128 = balances.iter().map(|amount| i128::from(amount.0)).sum();
    let fifth = balances.len().div_ceil(5);
    let (first, rest) = balances.split_at(fifth);
    let (second, third) = rest.split_at(rest.len().min(fifth * 2));
    [first, second, third]
        .into_iter()
        .filter(|band| !band.is_empty())
        .map(|band| {
            let sum: i128 = band.iter().map(|amount| i128::from(amount.0)).sum();
            Band {
                holders: i64::try_from(band.len()).unwrap_or(i64::MAX),
                percent: i64::try_from(sum * 100 / total.max(1)).unwrap_or(100),
            }
        })
        .collect()
}

/// Lots by the month in which they end, each at the first of them.
fn by_month(lots: Vec<Lot>) -> Vec<Lot> {
    let mut months: Vec<Lot> = Vec::new();
    for lot in lots {
        // What ends at midnight ends with the day before it.
        let month = Moment(lot.expires.0.saturating_sub(1)).month();
        match months.last_mut().filter(|last| Moment(last.expires.0.saturating_sub(1)).month() == month) {
            Some(last) => last.amount = Amount(last.amount.0.saturating_add(lot.amount.0)),
            None => months.push(lot),
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(values: &[i64]) -> Vec<Amount> {
        values.iter().copied().map(Amount).collect()
    }

    #[test]
    fn few_holders_are_not_told_apart() {
        assert!(bands(&amounts(&[900, 50, 30, 20])).is_empty());
        let found = bands(&amounts(&[600, 100, 100, 100, 100]));
        assert_eq!(
            found.iter().map(|band| (band.holders, band.percent)).collect::<Vec<_>>(),
            [(1, 60), (2, 20), (2, 20)]
        );
    }

    #[test]
    fn velocity_is_turnover_of_a_month_by_what_is_out() {
        assert_eq!(velocity(Amount(300), Amount(100), 30), Some(300));
        assert_eq!(velocity(Amount(100), Amount(100), 10), Some(300));
        assert_eq!(velocity(Amount(100), Amount(0), 10), None);
        assert_eq!(velocity(Amount(100), Amount(100), 1), None);
    }

    #[test]
    fn what_ends_at_the_first_midnight_of_a_month_belongs_to_the_month_before() {
        let lot = |expires, amount| Lot { expires: Moment(expires), amount: Amount(amount) };
        let january = 1_769_904_000 * Moment::SECOND; // 2026-02-01T00:00:00Z
        let months =
            by_month(vec![lot(january - Moment::DAY, 5), lot(january, 7), lot(january + Moment::DAY, 9)]);
        assert_eq!(months.iter().map(|it| it.amount.0).collect::<Vec<_>>(), [12, 9]);
    }
}
