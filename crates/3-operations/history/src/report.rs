//! What was found in an export and what is left out of it, to be told before anything is done. It decides nothing.

use serde::Serialize;
use std::collections::BTreeMap;

/// The most broken lines that are listed one by one.
const MOST_LISTED: usize = 100;

/// A line or an entry that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Broken {
    /// The file in which it stands.
    pub file: String,
    /// Which line, or which entry of a list; the first is 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Messages that begin something.
    pub messages: u64,
    /// Messages that answer one.
    pub answers: u64,
    /// Messages that were answered.
    pub threads: u64,
    /// Signs that people gave.
    pub signs: u64,
    /// Files that messages name.
    pub files: u64,
    /// Messages of two, or of a few, that are not brought along.
    pub direct: u64,
    /// Those who wrote or gave a sign and are not in the export's list of people.
    pub missing: u64,
    /// What is left out, in words, and how often.
    pub left_out: BTreeMap<String, u64>,
    /// Broken lines, the first of them.
    pub broken: Vec<Broken>,
    /// How many broken lines there are in all.
    pub broken_count: u64,
}

impl Report {
    /// Notes a line that cannot be read.
    pub(crate) fn broken(&mut self, file: &str, line: u64, reason: impl Into<String>) {
        self.broken_count += 1;
        if self.broken.len() < MOST_LISTED {
            self.broken.push(Broken { file: file.to_owned(), line, reason: reason.into() });
        }
    }

    /// Notes something that is left out.
    pub(crate) fn left(&mut self, what: impl Into<String>) {
        *self.left_out.entry(what.into()).or_default() += 1;
    }
}
