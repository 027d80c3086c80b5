//! Days that come round again: how often something is due, and on which days. Pure counting of dates: nothing is paid here, and no
//! clock is read.

use crate::units::Moment;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The hour of the day at which what is due is done, in UTC.
const HOUR: i8 = 6;

/// How many days can be passed over at once: two hundred years of weeks.
const MOST_PASSED: i64 = 10_400;

/// How often something is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Every {
    /// Every week on the same day.
    Week,
    /// Every second week on the same day.
    Fortnight,
    /// Every month on the same day, or on its last where it has no such day.
    Month,
    /// Every third month.
    Quarter,
    /// Every year.
    Year,
}

impl Every {
    /// All there are.
    pub const ALL: [Self; 5] = [Self::Week, Self::Fortnight, Self::Month, Self::Quarter, Self::Year];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Fortnight => "fortnight",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// What a word means, if it is one of these.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|every| every.word() == word)
    }

    /// The day with this number, counted from zero on the first day. Each is counted from the first, so that
    /// what begins on the 31st comes back to it after a short month.
    pub fn day(self, first: Date, number: i64) -> Option<Date> {
        let span = match self {
            Self::Week => Span::new().try_weeks(number),
            Self::Fortnight => Span::new().try_weeks(number.checked_mul(2)?),
            Self::Month => Span::new().try_months(number),
            Self::Quarter => Span::new().try_months(number.checked_mul(3)?),
            Self::Year => Span::new().try_years(number),
        };
        first.checked_add(span.ok()?).ok()
    }

    /// The number of the first one that is not before a day, from a number on.
    pub fn not_before(self, first: Date, day: Date, number: i64) -> i64 {
        let mut numbers = number..number.saturating_add(MOST_PASSED);
        numbers.find(|at| self.day(first, *at).is_none_or(|found| found >= day)).unwrap_or(number)
    }
}

/// The day of a moment, in UTC.
pub fn day_of(moment: Moment) -> Date {
    let at = Timestamp::from_microsecond(moment.0).unwrap_or(Timestamp::UNIX_EPOCH);
    at.to_zoned(TimeZone::UTC).date()
}

/// The moment of a day at which what is due is done.
pub fn moment_of(day: Date) -> Moment {
    let at = day.at(HOUR, 0, 0, 0).to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp());
    Moment(at.map_or(i64::MAX, Timestamp::as_microsecond))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_last_of_a_month_stays_the_last_and_comes_back_to_the_31st() {
        let first = date(2026, 12, 31);
        let days: Vec<String> =
            (0..6).map(|number| Every::Month.day(first, number).unwrap().to_string()).collect();
        assert_eq!(
            days,
            ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
        );
        let leap = date(2028, 2, 29);
        assert_eq!(Every::Year.day(leap, 1).unwrap(), date(2029, 2, 28));
        assert_eq!(Every::Year.day(leap, 4).unwrap(), date(2032, 2, 29));
        assert_eq!(Every::Quarter.day(date(2026, 11, 30), 1).unwrap(), date(2027, 2, 28));
        assert_eq!(Every::Fortnight.day(first, 2).unwrap(), date(2027, 1, 28));
        assert_eq!(Every::Year.day(first, 10_000), None, "the calendar ends");
    }

    #[test]
    fn what_was_missed_is_passed_over() {
        let first = date(2026, 1, 31);
        assert_eq!(Every::Month.not_before(first, date(2026, 3, 1), 1), 2);
        assert_eq!(Every::Month.not_before(first, date(2026, 2, 28), 1), 1);
        assert_eq!(Every::Week.not_before(first, date(2020, 1, 1), 3), 3);
    }

    #[test]
    fn a_day_has_one_moment_and_a_moment_one_day() {
        let day = date(2027, 3, 31);
        assert_eq!(day_of(moment_of(day)), day);
        assert_eq!(moment_of(day).rfc3339(), "2027-03-31T06:00:00Z");
    }
}
