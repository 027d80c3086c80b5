//! Walking an account's chain of transfers from the newest back, in pieces and only so far: what a search, a chart and an export
//! have in common. A page that needs more offers to go on, so that no request costs more than its bound.

use crate::error::WalletError;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use planet_corridor::refusal::Fault;
use planet_ledger::{Line, statement};
use planet_ontology::ids::{AccountId, TransferId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many lines are read at a time.
const PIECE: usize = 500;

/// A line of a statement that was seen already; what comes after it is older.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cursor {
    /// When it was booked.
    pub at: Moment,
    /// The transfer.
    pub transfer: TransferId,
}

impl From<&Line> for Cursor {
    fn from(line: &Line) -> Self {
        Self { at: line.at, transfer: line.transfer }
    }
}

/// How far a walk came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Walked {
    /// How many lines were read.
    pub lines: usize,
    /// The last of them.
    pub last: Option<Cursor>,
    /// Whether there is nothing older.
    pub whole: bool,
}

/// Reads at most `most` lines after a line, the newest first, and hands them over piece by piece for as long as `take` wants more.
pub fn walk(
    tx: &mut Tx,
    account: AccountId,
    after: Option<Cursor>,
    most: usize,
    mut take: impl FnMut(&mut Tx, Vec<Line>) -> Result<bool, Fault>,
) -> Result<Walked, Fault> {
    let mut walked = Walked { last: after, ..Walked::default() };
    while walked.lines < most {
        let wanted = PIECE.min(most - walked.lines);
        let before = walked.last.map(|cursor| (cursor.at, cursor.transfer));
        let piece = statement(tx, account, before, i64::try_from(wanted).unwrap_or(i64::MAX))?;
        walked.lines += piece.len();
        walked.last = piece.last().map(Cursor::from).or(walked.last);
        walked.whole = piece.len() < wanted;
        if !take(tx, piece)? || walked.whole {
            break;
        }
    }
    Ok(walked)
}

/// The days that are meant, as moments: from the beginning of the first (UTC) up to, and without, the end of the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// The beginning, if there is one.
    pub from: Option<Moment>,
    /// The end, if there is one.
    pub until: Option<Moment>,
}

impl Days {
    /// Reads days as forms send them; what is empty is not there.
    pub fn read(from: Option<&str>, to: Option<&str>) -> Result<Self, WalletError> {
        let day = |text: Option<&str>| match text.map(str::trim).filter(|text| !text.is_empty()) {
            Some(text) => begin_of(text).map(Some).ok_or(WalletError::DaysUnclear),
            None => Ok(None),
        };
        let (from, until) = (day(from)?, day(to)?.map(|day| Moment(day.0.saturating_add(Moment::DAY))));
        if from.zip(until).is_some_and(|(from, until)| from >= until) {
            return Err(WalletError::DaysUnclear);
        }
        Ok(Self { from, until })
    }

    /// Whether a line is too new.
    pub fn after(&self, at: Moment) -> bool {
        self.until.is_some_and(|until| at >= until)
    }

    /// Whether a line is too old.
    pub fn before(&self, at: Moment) -> bool {
        self.from.is_some_and(|from| at < from)
    }
}

fn begin_of(day: &str) -> Option<Moment> {
    let day: Date = day.parse().ok()?;
    Some(Moment(day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_microsecond()))
}

/// The day of a moment, in UTC.
pub fn day_of(at: Moment) -> Date {
    let limit = if at.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(at.0).unwrap_or(limit).to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole_and_in_order() {
        let days = Days::read(Some("2026-11-01"), Some("2026-11-30")).unwrap();
        let (from, until) = (days.from.unwrap(), days.until.unwrap());
        assert_eq!((until.0 - from.0) / Moment::DAY, 30);
        assert_eq!(day_of(from).to_string(), "2026-11-01");
        assert!(days.before(Moment(from.0 - 1)) && !days.before(from));
        assert!(days.after(until) && !days.after(Moment(until.0 - 1)));
        assert_eq!(Days::read(Some(""), None), Ok(Days { from: None, until: None }));
        for (from, to) in [("yesterday", ""), ("2026-02-30", ""), ("2026-11-02", "2026-11-01"), ("", "9")] {
            assert_eq!(Days::read(Some(from), Some(to)), Err(WalletError::DaysUnclear), "{from} {to}");
        }
    }
}
