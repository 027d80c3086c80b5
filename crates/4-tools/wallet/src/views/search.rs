//! What is looked for in a statement: words, an amount, a category, a kind, a direction, days.

use super::{Party, Statement};
use crate::error::WalletError;
use crate::rows::notes::Note;
use crate::walk::Days;
use planet_ledger::{Line, TransferKind};
use planet_ontology::units::Amount;

/// The longest text that is looked for, in characters.
const MAX_WORDS: usize = 100;

/// What lines must be like.
pub struct Search {
    words: Vec<String>,
    amount: Option<u64>,
    category: Option<String>,
    kind: Option<TransferKind>,
    incoming: Option<bool>,
    /// When they were booked.
    pub days: Days,
}

impl Search {
    /// Reads what a form sent; `decimals` are those of the account's currency.
    pub fn read(asked: &Statement, decimals: u8) -> Result<Self, WalletError> {
        let said = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let words: String = said(&asked.q).unwrap_or_default().chars().take(MAX_WORDS).collect();
        let kind =
            said(&asked.kind).map(|word| TransferKind::from_word(&word).ok_or(WalletError::FilterUnknown));
        let incoming = said(&asked.direction).map(|word| match word.as_str() {
            "in" => Ok(true),
            "out" => Ok(false),
            _ => Err(WalletError::FilterUnknown),
        });
        Ok(Self {
            amount: Amount::parse(&words, decimals).ok().map(|amount| amount.0.unsigned_abs()),
            words: words.to_lowercase().split_whitespace().map(str::to_owned).collect(),
            category: said(&asked.category),
            kind: kind.transpose()?,
            incoming: incoming.transpose()?,
            days: Days::read(asked.from.as_deref(), asked.to.as_deref())?,
        })
    }

    /// Whether anything is looked for at all.
    pub const fn any(&self) -> bool {
        !self.words.is_empty()
            || self.category.is_some()
            || self.kind.is_some()
            || self.incoming.is_some()
            || self.days.from.is_some()
            || self.days.until.is_some()
    }

    /// Whether the name of the other side matters.
    pub const fn asks_for_names(&self) -> bool {
        !self.words.is_empty()
    }

    /// Whether a line is one of those that are looked for. Its day is asked about elsewhere.
    pub fn fits(&self, line: &Line, other: Option<&Party>, note: Option<&Note>) -> bool {
        self.kind.is_none_or(|kind| line.kind == kind)
            && self.incoming.is_none_or(|incoming| (line.amount.0 > 0) == incoming)
            && self.category.as_ref().is_none_or(|wanted| note.is_some_and(|note| note.category == *wanted))
            && (self.amount == Some(line.amount.0.unsigned_abs()) || self.says(line, other, note))
    }

    /// Whether each word stands somewhere on the line.
    fn says(&self, line: &Line, other: Option<&Party>, note: Option<&Note>) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let mut text = line.memo.to_lowercase();
        for more in other.iter().flat_map(|party| [&party.name, &party.handle]) {
            text = text + "\n" + &more.to_lowercase();
        }
        for more in note.iter().flat_map(|note| [&note.category, &note.note]) {
            text = text + "\n" + &more.to_lowercase();
        }
        self.words.iter().all(|word| text.contains(word.trim_start_matches('@')))
    }
}
