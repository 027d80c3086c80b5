//! What waits for a member. Each tool tells its own in these words; home lists them all, and the bell counts them. Knows no tool.

use crate::components::{Row, Unit, day, icon, money, row};
use crate::texts::Arg;
use crate::ui::Ui;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::MemberId;
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What a tool knows to wait for members.
#[derive(Clone, Copy)]
pub struct Waits {
    /// How many rows there would be. Asked on each page, so it must be cheap.
    pub count: fn(&mut Tx, MemberId, Moment) -> Result<usize, Fault>,
    /// The rows for whoever looks, the most urgent first.
    pub list: fn(&mut Look) -> Result<Vec<Wait>, Fault>,
}

/// Something that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Wait {
    /// What it is.
    pub what: Said,
    /// Where one sees to it.
    pub href: String,
    /// Its icon, of those in `web/icons.json`.
    pub icon: &'static str,
    /// A quiet second line.
    pub note: Option<Said>,
    /// The amount that it is about.
    pub amount: Option<Word>,
}

/// A sentence, before it is said in somebody's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Said {
    /// As somebody wrote it.
    Plain(String),
    /// A text of the tool, with what fills its gaps.
    Text {
        /// Its key.
        key: String,
        /// The gaps by name.
        with: BTreeMap<&'static str, Word>,
    },
}

/// What fills a gap of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// Words, such as a name.
    Text(String),
    /// A number of things.
    Count(i64),
    /// A day.
    Day(Moment),
    /// An amount of money.
    Money {
        /// How much, in the smallest unit.
        amount: Amount,
        /// The sign of the currency; empty where the sentence names it.
        symbol: String,
        /// Digits after the point.
        decimals: u8,
    },
}

impl Wait {
    /// Something that waits at a place.
    pub fn new(what: impl Into<Said>, icon: &'static str, href: impl Into<String>) -> Self {
        Self { what: what.into(), href: href.into(), icon, note: None, amount: None }
    }

    /// With a quiet second line.
    #[must_use]
    pub fn note(self, note: impl Into<Said>) -> Self {
        Self { note: Some(note.into()), ..self }
    }

    /// With the amount that it is about.
    #[must_use]
    pub fn amount(self, amount: Amount, unit: &Unit) -> Self {
        Self { amount: Some(Word::money(amount, unit)), ..self }
    }

    /// As a row of a list.
    pub fn row(&self, ui: &Ui) -> Row {
        let mut row = row(self.what.show(ui)).href(&self.href).lead(icon(ui, self.icon));
        if let Some(note) = &self.note {
            row = row.note(note.show(ui));
        }
        match &self.amount {
            Some(Word::Money { amount, symbol, decimals }) => {
                row.end(money(*amount, &Unit { symbol: symbol.clone(), decimals: *decimals }))
            }
            _ => row,
        }
    }
}

impl Said {
    /// A text of the tool.
    pub fn text(key: impl Into<String>) -> Self {
        Self::Text { key: key.into(), with: BTreeMap::new() }
    }

    /// With one gap filled.
    #[must_use]
    pub fn with(mut self, name: &'static str, word: impl Into<Word>) -> Self {
        if let Self::Text { with, .. } = &mut self {
            with.insert(name, word.into());
        }
        self
    }

    /// In somebody's language.
    pub fn show(&self, ui: &Ui) -> String {
        match self {
            Self::Plain(words) => words.clone(),
            Self::Text { key, with } => {
                let args: Vec<(&str, Arg<'_>)> =
                    with.iter().map(|(name, word)| (*name, word.show(ui))).collect();
                ui.t_with(key, &args)
            }
        }
    }
}

impl From<String> for Said {
    fn from(words: String) -> Self {
        Self::Plain(words)
    }
}

impl From<&str> for Said {
    fn from(words: &str) -> Self {
        Self::Plain(words.to_owned())
    }
}

impl Word {
    /// An amount of a currency.
    pub fn money(amount: Amount, unit: &Unit) -> Self {
        Self::Money { amount, symbol: unit.symbol.clone(), decimals: unit.decimals }
    }

    fn show(&self, ui: &Ui) -> Arg<'static> {
        match self {
            Self::Text(words) => words.clone().into(),
            Self::Count(count) => (*count).into(),
            Self::Day(moment) => day(ui, *moment).into(),
            Self::Money { amount, symbol, decimals } => {
                Unit { symbol: symbol.clone(), decimals: *decimals }.said(*amount).into()
            }
        }
    }
}

impl From<&str> for Word {
    fn from(words: &str) -> Self {
        Self::Text(words.to_owned())
    }
}

impl From<i64> for Word {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<Moment> for Word {
    fn from(day: Moment) -> Self {
        Self::Day(day)
    }
}
