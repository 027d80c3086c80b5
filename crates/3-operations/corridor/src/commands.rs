//! Commands: a slash and a word in a chat, as tools register them. A command is read into an act of its tool; the act is then
//! performed by its name, and decided by its own rules.

use crate::actor::Actor;
use crate::refusal::Fault;
use planet_ontology::ids::GroupId;
use planet_store::Tx;
use serde_json::Value;

/// What somebody typed after the word.
pub struct Typed<'a> {
    /// The rest of the line.
    pub rest: &'a str,
    /// The group in whose chat it was typed.
    pub group: GroupId,
    /// Who typed it.
    pub actor: Actor,
}

/// A command, as a tool registers it.
#[derive(Clone, Copy)]
pub struct Command {
    /// The word, without the slash.
    pub word: &'static str,
    /// What is typed, as an example: `/pay @rosa 5 bread`.
    pub usage: &'static str,
    /// The key of a sentence that says what it does.
    pub about: &'static str,
    /// The act that it performs.
    pub act: &'static str,
    /// Reads what was typed into the arguments of the act, or refuses in words.
    pub read: fn(&mut Tx, &Typed) -> Result<Value, Fault>,
    /// What the chat says of it, in Markdown: of its arguments and what was answered.
    pub said: fn(&Typed, &Value) -> String,
}
