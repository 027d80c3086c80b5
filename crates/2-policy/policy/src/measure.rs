//! Measures that rules are written in: spans of time such as `72h` and shares such as `2/3`. Exact, never floats.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Why a text is not a measure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MeasureError {
    /// Not a span of time.
    #[error("“{0}” is not a span of time. Write a whole number and a letter, such as 14d, 72h, 30m or 10s.")]
    Span(String),
    /// Not a share.
    #[error("“{0}” is not a share. Write two whole numbers such as 2/3.")]
    Share(String),
}

impl MeasureError {
    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Span(_) => "span_malformed",
            Self::Share(_) => "share_malformed",
        }
    }
}

/// A span of time in whole seconds. Written `14d`, `72h`, `30m` or `10s`; shown as `14 days`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Seconds(pub i64);

/// The units of a span: letter, seconds, word. Longest first.
const UNITS: [(&str, i64, &str); 4] =
    [("d", 86_400, "day"), ("h", 3_600, "hour"), ("m", 60, "minute"), ("s", 1, "second")];

impl Seconds {
    /// This many days.
    pub const fn days(days: i64) -> Self {
        Self(days.saturating_mul(86_400))
    }

    /// This many hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours.saturating_mul(3_600))
    }

    /// The longest unit that divides it, and how many of it. Spans of up to three days are told in hours.
    fn in_units(self) -> (i64, &'static str, &'static str) {
        let fits = |unit: i64| self.0 % unit == 0 && self.0 != 0 && (unit < 86_400 || self.0 > 3 * 86_400);
        UNITS
            .into_iter()
            .find(|(_, unit, _)| fits(*unit))
            .map_or((self.0, "s", "second"), |(letter, unit, word)| (self.0 / unit, letter, word))
    }
}

impl FromStr for Seconds {
    type Err = MeasureError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || MeasureError::Span(text.to_owned());
        let (letter, unit, _) =
            UNITS.into_iter().find(|(letter, ..)| text.ends_with(letter)).ok_or_else(wrong)?;
        let number: u32 = text.strip_suffix(letter).and_then(|n| n.parse().ok()).ok_or_else(wrong)?;
        Ok(Self(i64::from(number).saturating_mul(unit)))
    }
}

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, _, word) = self.in_units();
        write!(f, "{number} {word}{}", if number == 1 { "" } else { "s" })
    }
}

impl TryFrom<String> for Seconds {
    type Error = MeasureError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Seconds> for String {
    fn from(span: Seconds) -> Self {
        let (number, letter, _) = span.in_units();
        format!("{number}{letter}")
    }
}

/// A part of a whole, such as `2/3`. Whether it makes sense is checked with the rule it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Share {
    /// Above the line.
    pub parts: u32,
    /// Below the line.
    pub of: u32,
}

impl Share {
    /// `parts` out of `of`.
    pub const fn new(parts: u32, of: u32) -> Self {
        Self { parts, of }
    }

    /// Whether it is neither more than the whole nor a division by nothing.
    pub const fn is_sane(self) -> bool {
        self.of > 0 && self.parts <= self.of
    }

    /// Whether `some` out of `all` is at least this share; more than it, when strict.
    pub fn is_met(self, some: u32, all: u32, strict: bool) -> bool {
        let (have, need) = (u64::from(some) * u64::from(self.of), u64::from(self.parts) * u64::from(all));
        if strict { have > need } else { have >= need }
    }

    /// Its size in whole millionths, to put shares in an order.
    pub fn in_millionths(self) -> u64 {
        u64::from(self.parts) * 1_000_000 / u64::from(self.of.max(1))
    }

    /// The smallest number out of `all` that meets this share.
    pub fn of_all(self, all: u32) -> u32 {
        let product = u64::from(self.parts) * u64::from(all);
        u32::try_from(product.div_ceil(u64::from(self.of.max(1)))).unwrap_or(u32::MAX)
    }
}

impl FromStr for Share {
    type Err = MeasureError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let read = |part: &str| part.trim().parse().ok();
        text.split_once('/')
            .and_then(|(parts, of)| Some(Self { parts: read(parts)?, of: read(of)? }))
            .ok_or_else(|| MeasureError::Share(text.to_owned()))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.parts, self.of) {
            (1, 2) => f.write_str("half"),
            (1, 3) => f.write_str("a third"),
            (2, 3) => f.write_str("two thirds"),
            (1, 4) => f.write_str("a quarter"),
            (3, 4) => f.write_str("three quarters"),
            (parts, of) if parts == of => f.write_str("all"),
            (parts, of) => write!(f, "{parts} in {of}"),
        }
    }
}

impl TryFrom<String> for Share {
    type Error = MeasureError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Share> for String {
    fn from(share: Share) -> Self {
        format!("{}/{}", share.parts, share.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_written_and_told() {
        for (text, seconds, told) in [
            ("14d", 14 * 86_400, "14 days"),
            ("72h", 72 * 3_600, "72 hours"),
            ("1h", 3_600, "1 hour"),
            ("90m", 5_400, "90 minutes"),
            ("0s", 0, "0 seconds"),
        ] {
            let span: Seconds = text.parse().unwrap();
            assert_eq!(span.0, seconds);
            assert_eq!(span.to_string(), told);
            assert_eq!(String::from(span), text);
        }
        for wrong in ["", "d", "-1d", "3 weeks", "1.5h", "99999999999d"] {
            assert!(wrong.parse::<Seconds>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn shares_are_exact() {
        let two_thirds: Share = "2/3".parse().unwrap();
        assert!(two_thirds.is_met(2, 3, false) && !two_thirds.is_met(2, 3, true));
        assert!(!two_thirds.is_met(666_666_666, 1_000_000_000, false));
        assert_eq!((two_thirds.of_all(3), two_thirds.of_all(4), two_thirds.of_all(0)), (2, 3, 0));
        assert_eq!(two_thirds.to_string(), "two thirds");
        for wrong in ["", "2", "2/", "a/b", "0.5", "-1/2"] {
            assert!(wrong.parse::<Share>().is_err(), "{wrong}");
        }
        assert!(!Share::new(3, 2).is_sane() && !Share::new(0, 0).is_sane());
    }
}
