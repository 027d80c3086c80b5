//! What people bring along from another chat: exports of Mattermost and Slack, read into one plain form. Two readers, one form; what is
//! done with it is for others. Reads a file that it is given and nothing else: no network, no store, no clock.

mod brackets;
mod build;
mod chosen;
mod error;
mod files;
mod mattermost;
pub mod mentions;
mod parts;
mod report;
mod shortcodes;
mod slack;
mod slack_markup;

pub use error::HistoryError;
pub use parts::parts;
pub use report::{Broken, Report};

use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The most different emoji on one message that are brought along.
pub const MAX_SIGNS: usize = 50;
/// The longest message that is brought along, in characters: more than either program lets anybody write.
pub const MAX_TEXT: u32 = 40_000;
/// The longest key, mark or name, in bytes.
pub const MAX_WORD: usize = 200;
/// The most messages of one channel: it is brought along in one transaction.
pub const MAX_MESSAGES: usize = 200_000;
/// Nobody chatted before this: 1 January 1990.
pub const EARLIEST: Moment = Moment(631_152_000 * Moment::SECOND);

/// Which program wrote an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A bulk export of Mattermost: lines of JSON, alone or in a zip.
    Mattermost,
    /// An export of Slack: a zip of JSON files.
    Slack,
}

impl Source {
    /// Its word, as it is kept.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Mattermost => "mattermost",
            Self::Slack => "slack",
        }
    }

    /// Its name, as people write it.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Mattermost => "Mattermost",
            Self::Slack => "Slack",
        }
    }
}

/// Somebody who wrote or answered with a sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// What the other program knows them by; each once.
    pub key: String,
    /// What they are called after an `@`; each once.
    pub handle: String,
    /// What people read; each once, with the handle where two have the same.
    pub name: String,
}

/// A message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// What makes it itself within its channel. The same export read again gives the same.
    pub mark: String,
    /// The key of whoever wrote it.
    pub author: String,
    /// When.
    pub sent: Moment,
    /// When it was mended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited: Option<Moment>,
    /// Whether it was removed; it has no words then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
    /// Whether it is pinned.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
    /// The mark of the message that it answers, which stands before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<String>,
    /// In Markdown; people are named as `@handle`.
    pub text: String,
}

/// Who gave a message one sign. A message and a sign may come more than once, with other people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signs {
    /// The message.
    pub mark: String,
    /// An emoji, or `:its_name:` where it is none that everybody has.
    pub sign: String,
    /// The keys of those who gave it.
    pub by: Vec<String>,
}

/// A piece of a channel that is small enough to be sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Messages, in their order.
    #[serde(default)]
    pub messages: Vec<Message>,
    /// Signs on messages of this part or of those before it.
    #[serde(default)]
    pub signs: Vec<Signs>,
}

/// A channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Channel {
    /// What the other program knows it by.
    pub key: String,
    /// What it may be called here: letters, digits and hyphens.
    pub name: String,
    /// What it was called there.
    pub title: String,
    /// Whether only those who were invited could read it.
    pub closed: bool,
    /// Its messages, in the order of time; answers after what they answer.
    pub messages: Vec<Message>,
    /// The signs on them.
    pub signs: Vec<Signs>,
}

/// All that is brought along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Who wrote it.
    pub source: Source,
    /// Those who wrote or answered with a sign.
    pub people: Vec<Person>,
    /// The channels in which something was said.
    pub channels: Vec<Channel>,
    /// What was found, and what is left out.
    pub report: Report,
}

/// Reads an export. `now` is the time of reading: nothing was said later.
///
/// # Errors
/// When the file as a whole cannot be read or is not to be trusted. A line that cannot be read is listed in the report.
pub fn read(source: Source, file: &Path, now: Moment) -> Result<Export, HistoryError> {
    match source {
        Source::Mattermost => mattermost::read(file, now),
        Source::Slack => slack::read(file, now),
    }
}
