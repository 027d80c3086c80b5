//! Topics: what a browser can listen to, such as a channel or a member's own inbox. An act says that a topic moved; what it says
//! is read from the tables after the commit. How it reaches anybody is the kit's affair (`live`).

use planet_ontology::ids::AudienceId;
use planet_store::{Error, Tx};
use serde_json::Value;
use uuid::Uuid;

/// One thing that can be listened to. Written as `chat.channel:` and an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Topic {
    /// The name of its kind: tool and noun.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
}

impl Topic {
    /// A topic of some kind.
    pub fn new(kind: &'static str, id: impl Into<Uuid>) -> Self {
        Self { kind, id: id.into() }
    }
}

impl std::fmt::Display for Topic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}", self.kind, self.id)
    }
}

/// One thing that a topic says.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Its place in the topic: whoever has heard this has heard all before it.
    pub cursor: i64,
    /// What it says, the same for everybody who may hear it.
    pub body: Value,
}

/// Reads at most so many notes of a topic after a place, in order.
pub type NotesSince = fn(&mut Tx, Uuid, i64, i64) -> Result<Vec<Note>, Error>;

/// A kind of topic, as a tool registers it.
#[derive(Clone, Copy)]
pub struct TopicKind {
    /// Tool and noun; never change it.
    pub name: &'static str,
    /// Who may listen; nothing where there is no such thing. It is asked again before anything is handed on.
    pub audience: fn(&mut Tx, Uuid) -> Result<Option<AudienceId>, Error>,
    /// The place of the newest note.
    pub head: fn(&mut Tx, Uuid) -> Result<i64, Error>,
    /// At most so many notes after a place, in order.
    pub since: NotesSince,
    /// Gives a note its last shape, outside of any transaction: for what takes time, such as Markdown.
    pub finish: fn(Value) -> Value,
    /// What listeners may tell each other that is kept nowhere, such as `typing`.
    pub signals: &'static [&'static str],
}
