//! A task: one attempt at one act, with everything that must be the same when its transaction is repeated.

use crate::actor::Actor;
use crate::files::Files;
use crate::refusal::{Refusal, RefusalKind};
use crate::registry::AnyAct;
use crate::words::ERASED;
use planet_ontology::ids::{ActKey, EventId};
use planet_ontology::units::Moment;
use planet_store::{Bind, Error, Ids, Tx, sql};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use uuid::Uuid;

/// Who attempts an act, when, and under which key.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Who acts.
    pub actor: Actor,
    /// Names the attempt: repeating it has one outcome.
    pub key: ActKey,
    /// The time of the request.
    pub now: Moment,
}

/// How an act ended well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done<O> {
    /// What it answered. `None` when a proposal was opened instead.
    pub output: Option<O>,
    /// The proposal that was opened, because the rules want others to decide.
    pub proposal: Option<planet_ontology::ids::ProposalId>,
    /// The event that records it.
    pub event: EventId,
}

/// One attempt.
pub(crate) struct Task {
    pub call: Call,
    pub name: &'static str,
    pub act: Box<AnyAct>,
    pub args: Value,
    pub hash: [u8; 32],
    pub salt: [u8; 32],
    pub files: Files,
}

impl Task {
    /// Under what the outcome is kept.
    pub fn owner_and_key(&self) -> (Uuid, ActKey) {
        (self.call.actor.outcome_owner(), self.call.key)
    }

    /// The hash of an act: SHA-256 over its name, version and canonical arguments (RFC 8785).
    ///
    /// Refuses arguments with a NUL in them: PostgreSQL keeps no such text, and one act that the database itself rejects
    /// would take the whole batch along that it waits in.
    pub fn hash_of(name: &str, version: u16, args: &Value) -> Result<[u8; 32], Refusal> {
        if holds_nul(args) {
            return Err(Refusal::input(
                "",
                "unprintable",
                "Please take out the characters that cannot be seen.",
            ));
        }
        let canonical = serde_json_canonicalizer::to_vec(args).map_err(|error| {
            Refusal::input("", "malformed", format!("The act cannot be written down: {error}."))
        })?;
        let mut hash = Sha256::new();
        hash.update(name.as_bytes());
        hash.update(version.to_be_bytes());
        hash.update(&canonical);
        Ok(hash.finalize().into())
    }
}

/// Whether a text anywhere in a value holds a NUL. Values come from JSON, whose reader limits how deep they nest.
fn holds_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter().any(holds_nul),
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains('\0') || holds_nul(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// What is remembered of an attempt: a [`Done`] as it was written down, or the refusal. The same text stands in the log and is
/// what the caller gets, however often.
pub(crate) type Answer = Result<Box<RawValue>, Refusal>;

/// The outcomes of earlier attempts under the same keys, read in one statement: the same act gets the first outcome,
/// another act is refused.
pub(crate) fn remembered(tx: &mut Tx, tasks: &[&Task]) -> Result<HashMap<(Uuid, ActKey), Answer>, Error> {
    let keys = Ids(tasks.iter().map(|task| task.call.key.0).collect());
    let rows = tx.rows::<(Uuid, ActKey, [u8; 32], bool, String)>(
        sql!("SELECT actor_id, key, hash, done, answer FROM outcomes WHERE key IN (SELECT id FROM ids(?1))"),
        &[&keys],
    )?;
    let mut known: HashMap<_, _> = rows
        .into_iter()
        .map(|(actor, key, hash, done, answer)| ((actor, key), (hash, done, answer)))
        .collect();
    Ok(tasks
        .iter()
        .filter_map(|task| {
            let (hash, done, answer) = known.remove(&task.owner_and_key())?;
            Some((task.owner_and_key(), recall(task, &hash, done, answer)))
        })
        .collect())
}

fn recall(task: &Task, hash: &[u8; 32], done: bool, answer: String) -> Answer {
    if *hash != task.hash && *hash != ERASED {
        return Err(Refusal::conflict(
            "key_reused",
            "This was already sent with other content. Please load the page again and repeat it.",
        ));
    }
    let unreadable = || Refusal::conflict("outcome_unreadable", "The first outcome of this cannot be read.");
    if done {
        RawValue::from_string(answer).map_err(|_| unreadable())
    } else {
        Err(serde_json::from_str(&answer).unwrap_or_else(|_| unreadable()))
    }
}

/// Remembers the outcomes of a batch. Somebody who attempted the same at this very moment has been first: then all of it runs
/// again, and finds the first outcome.
pub(crate) fn remember(tx: &mut Tx, outcomes: &[(&Task, &Answer)]) -> Result<(), Error> {
    let rows: Vec<_> = outcomes
        .iter()
        .map(|(task, answer)| {
            let text = match answer {
                Ok(done) => done.get().to_owned(),
                Err(refusal) => serde_json::to_string(refusal).unwrap_or_default(),
            };
            (task.call.actor.outcome_owner(), text, answer.is_ok(), task)
        })
        .collect();
    let params: Vec<Vec<&dyn Bind>> = rows
        .iter()
        .map(|(owner, text, done, task)| {
            let row: [&dyn Bind; 5] = [owner, &task.call.key, &task.hash, done, text];
            row.to_vec()
        })
        .collect();
    let kept = tx.exec_many(
        sql!(
            "INSERT INTO outcomes (actor_id, key, hash, done, answer) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (key, actor_id) DO NOTHING"
        ),
        &params,
    )?;
    if usize::try_from(kept) == Ok(outcomes.len()) {
        Ok(())
    } else {
        Err(Error::Conflict("outcomes".to_owned()))
    }
}

/// Whether a refusal says that the attempt itself was malformed, so that there is nothing to remember.
pub(crate) const fn forgettable(refusal: &Refusal) -> bool {
    matches!(refusal.kind, RefusalKind::Input)
}
