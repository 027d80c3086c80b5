//! Units: moments in time and amounts of money. Both are integers; nothing here reads a clock.

use serde::{Deserialize, Serialize};

/// An instant: microseconds since 1970-01-01 UTC.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// Microseconds in a second.
    pub const SECOND: i64 = 1_000_000;
    /// Microseconds in a day.
    pub const DAY: i64 = 86_400 * Self::SECOND;

    /// The instant this many seconds later; stays at the end of time instead of overflowing.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(Self::SECOND)))
    }

    /// Whole seconds since 1970.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(Self::SECOND)
    }

    /// The month in UTC that it lies in, counted from the year 0: year × 12 + month − 1.
    pub fn month(self) -> i64 {
        jiff::Timestamp::from_second(self.seconds()).map_or(0, |t| {
            let date = t.to_zoned(jiff::tz::TimeZone::UTC).date();
            i64::from(date.year()) * 12 + i64::from(date.month()) - 1
        })
    }

    /// The beginning of a day in UTC, written as `2026-11-27`.
    pub fn of_day(text: &str) -> Option<Self> {
        let date: jiff::civil::Date = text.parse().ok()?;
        let start = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(Self(start.timestamp().as_microsecond()))
    }

    /// The beginning of the next day in UTC.
    #[must_use]
    pub const fn next_day(self) -> Self {
        Self(self.0.div_euclid(Self::DAY).saturating_add(1).saturating_mul(Self::DAY))
    }

    /// RFC 3339 text in UTC, to the second. Moments outside jiff's range print as their number.
    pub fn rfc3339(self) -> String {
        jiff::Timestamp::from_second(self.seconds()).map_or_else(|_| self.0.to_string(), |t| t.to_string())
    }
}

/// An amount of some currency in its minor units, possibly negative.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(transparent)]
pub struct Amount(pub i64);

/// Stands in place of a number of decimals where an amount is counted in minutes and written in hours: `1:30`.
pub const MINUTES: u8 = 60;

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// Letters, two points, nothing at all …
    #[error("This is not an amount. Write a number such as 12 or 12.50.")]
    NotANumber,
    /// More decimals than the currency has.
    #[error("This currency has {0} decimals at the most.")]
    TooFine(u8),
    /// A part of a minute.
    #[error("Write whole minutes, such as 1:30, or hours such as 1.5.")]
    NotWholeMinutes,
    /// Does not fit in 64 bits.
    #[error("This amount is too large.")]
    TooLarge,
}

impl Amount {
    /// Reads what a person wrote, such as `12`, `12.5`, `12,50`, `-3` or `−3`, in a currency of so many decimals.
    pub fn parse(text: &str, decimals: u8) -> Result<Self, AmountError> {
        let text = text.trim().replace([' ', '\u{a0}', '\u{202f}'], "").replace(',', ".");
        let text = text.replace('\u{2212}', "-");
        let (negative, digits) = text.strip_prefix('-').map_or((false, text.as_str()), |rest| (true, rest));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if decimals == MINUTES {
            return minutes(digits).map(|total| Self(if negative { -total } else { total }));
        }
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !all_digits(whole) || !all_digits(fraction) {
            return Err(AmountError::NotANumber);
        }
        if fraction.len() > usize::from(decimals) {
            return Err(AmountError::TooFine(decimals));
        }
        let padded = format!("{whole}{fraction:0<width$}", width = usize::from(decimals));
        let minor: i64 = padded.parse().map_err(|_| AmountError::TooLarge)?;
        Ok(Self(if negative { -minor } else { minor }))
    }

    /// The amount as people write it, with a true minus sign and spaces between thousands: `−1 234.50`.
    pub fn show(self, decimals: u8) -> String {
        if decimals == MINUTES {
            let hours = Self(self.0 / 60).show(0);
            let sign = if self.0 < 0 && self.0 > -60 { "\u{2212}" } else { "" };
            return format!("{sign}{hours}:{:02}", self.0.unsigned_abs() % 60);
        }
        let unit = 10_u64.pow(u32::from(decimals.min(18)));
        let magnitude = self.0.unsigned_abs();
        let whole = (magnitude / unit).to_string();
        let mut grouped = String::new();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push('\u{202f}');
            }
            grouped.push(digit);
        }
        let sign = if self.0 < 0 { "\u{2212}" } else { "" };
        if decimals == 0 {
            format!("{sign}{grouped}")
        } else {
            format!("{sign}{grouped}.{:0width$}", magnitude % unit, width = usize::from(decimals))
        }
    }

    /// The amount as people type it, for the box of a form: `-1234.50`.
    pub fn typed(self, decimals: u8) -> String {
        self.show(decimals).replace('\u{2212}', "-").replace('\u{202f}', "")
    }
}

/// Reads hours and minutes: `1:30`, `1.5` and `2` are 90, 90 and 120.
fn minutes(text: &str) -> Result<i64, AmountError> {
    if let Some((hours, rest)) = text.split_once(':') {
        let part = |digits: &str| digits.parse::<u32>().map(i64::from).map_err(|_| AmountError::NotANumber);
        let rest = if rest.len() == 2 { part(rest)? } else { return Err(AmountError::NotWholeMinutes) };
        let hours = if hours.is_empty() { 0 } else { part(hours)? };
        return if rest < 60 { Ok(hours * 60 + rest) } else { Err(AmountError::NotWholeMinutes) };
    }
    let hundredths = Amount::parse(text, 2).map_err(|error| match error {
        AmountError::TooFine(_) => AmountError::NotWholeMinutes,
        other => other,
    })?;
    let sixtieths = hundredths.0.checked_mul(60).ok_or(AmountError::TooLarge)?;
    if sixtieths % 100 == 0 { Ok(sixtieths / 100) } else { Err(AmountError::NotWholeMinutes) }
}

/// Whether a text has more characters than a field takes.
pub fn longer_than(text: &str, characters: u32) -> bool {
    u32::try_from(text.chars().count()).map_or(true, |count| count > characters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for (text, decimals, expected) in [
            ("12", 2, Ok(1200)),
            ("12,5", 2, Ok(1250)),
            ("1 000.00", 2, Ok(100_000)),
            ("-3", 2, Ok(-300)),
            (".5", 2, Ok(50)),
            ("7", 0, Ok(7)),
            ("", 2, Err(AmountError::NotANumber)),
            ("1.2.3", 2, Err(AmountError::NotANumber)),
            ("ten", 2, Err(AmountError::NotANumber)),
            ("1.005", 2, Err(AmountError::TooFine(2))),
            ("99999999999999999999", 2, Err(AmountError::TooLarge)),
        ] {
            assert_eq!(Amount::parse(text, decimals).map(|a| a.0), expected, "{text}");
        }
    }

    #[test]
    fn time_is_read_and_shown_in_hours_and_minutes() {
        for (text, expected) in [
            ("1:30", Ok(90)),
            ("1.5", Ok(90)),
            ("1,25", Ok(75)),
            ("2", Ok(120)),
            (":20", Ok(20)),
            ("-0:45", Ok(-45)),
            ("1:60", Err(AmountError::NotWholeMinutes)),
            ("1:5", Err(AmountError::NotWholeMinutes)),
            ("0.01", Err(AmountError::NotWholeMinutes)),
            ("0.125", Err(AmountError::NotWholeMinutes)),
            ("half", Err(AmountError::NotANumber)),
            ("99999999999999999", Err(AmountError::TooLarge)),
        ] {
            assert_eq!(Amount::parse(text, MINUTES).map(|a| a.0), expected, "{text}");
        }
        assert_eq!(Amount(90).show(MINUTES), "1:30");
        assert_eq!(Amount(-20).show(MINUTES), "\u{2212}0:20");
        assert_eq!(Amount(-80).show(MINUTES), "\u{2212}1:20");
        assert_eq!(Amount(0).show(MINUTES), "0:00");
    }

    #[test]
    fn months_turn_at_midnight_in_utc() {
        let last = Moment(1_798_761_599 * Moment::SECOND);
        assert_eq!(last.rfc3339(), "2026-12-31T23:59:59Z");
        assert_eq!(last.month(), 2026 * 12 + 11);
        assert_eq!(last.next_day().month(), 2027 * 12);
        assert_eq!(Moment::of_day("2027-01-01"), Some(last.next_day()));
        assert_eq!(Moment::of_day("2027-13-01"), None);
    }

    #[test]
    fn amounts_are_shown_with_grouped_thousands_and_a_true_minus() {
        assert_eq!(Amount(-123_450).typed(2), "-1234.50");
        assert_eq!(Amount(-123_450).show(2), "\u{2212}1\u{202f}234.50");
        assert_eq!(Amount(5).show(2), "0.05");
        assert_eq!(Amount(1_000_000).show(0), "1\u{202f}000\u{202f}000");
    }
}
