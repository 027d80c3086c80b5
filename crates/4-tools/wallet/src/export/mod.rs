//! A wallet's records as files for other programs: spreadsheets, plain-text books, and what reads bank statements. Pure functions of
//! what the view [`crate::views::Records`] read; amounts are exact at the currency's decimals.
//!
//! A wallet is an asset of whoever holds it: what came in is positive, and the balance is the one that the club shows.

mod beancount;
mod journal;
mod ofx;
mod sheet;
mod words;

pub use words::plain_amount;

use crate::error::WalletError;
use crate::views::{Record, RecordsView};

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table for spreadsheets.
    Csv,
    /// For ledger 3.
    Ledger,
    /// For hledger.
    Hledger,
    /// For beancount 2 and 3.
    Beancount,
    /// OFX 2.1.1, as banks give statements.
    Ofx,
}

impl Format {
    /// All there are.
    pub const ALL: [Self; 5] = [Self::Csv, Self::Ledger, Self::Hledger, Self::Beancount, Self::Ofx];

    /// Its word in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ledger => "ledger",
            Self::Hledger => "hledger",
            Self::Beancount => "beancount",
            Self::Ofx => "ofx",
        }
    }

    /// What a word means.
    pub fn read(word: &str) -> Result<Self, WalletError> {
        Self::ALL.into_iter().find(|format| format.word() == word).ok_or(WalletError::FormatUnknown)
    }

    /// The end of a file's name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Hledger => "journal",
            other => other.word(),
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Ofx => "application/x-ofx",
            Self::Ledger | Self::Hledger | Self::Beancount => "text/plain; charset=utf-8",
        }
    }
}

/// Writes records in a format; `club` is the club's name.
pub fn write(format: Format, records: &RecordsView, club: &str) -> String {
    match format {
        Format::Csv => sheet::write(records),
        Format::Ledger => journal::write(records, club, journal::Dialect::Ledger),
        Format::Hledger => journal::write(records, club, journal::Dialect::Hledger),
        Format::Beancount => beancount::write(records, club),
        Format::Ofx => ofx::write(records, club),
    }
}

/// What to call the file.
pub fn file_name(format: Format, records: &RecordsView) -> String {
    let day = crate::walk::day_of(records.read);
    let currency = match records.accounts.as_slice() {
        [only] => format!("-{}", only.money.code.to_lowercase()),
        _ => String::new(),
    };
    format!("{}{currency}-{day}.{}", records.owner.handle, format.extension())
}

/// The day on which the balance of an account is stated at the end: that of its last movement, or the one on which it was read.
fn last_day(records: &RecordsView, record: &Record) -> jiff::civil::Date {
    crate::walk::day_of(record.entries.last().map_or(records.read, |entry| entry.at))
}

/// The day of the opening balance.
fn first_day(records: &RecordsView, record: &Record) -> jiff::civil::Date {
    let first = record.entries.first().map_or(records.read, |entry| entry.at);
    crate::walk::day_of(records.from.map_or(first, |from| from.min(first)))
}

#[cfg(test)]
mod tests;
