//! Events: what the log says about acts. An event has one entry, or one for each act of a batch. Each entry is a line
//! of JSON with a salt of its own; the event's commitment is the Merkle root over the entries' commitments, so one
//! entry can be shown and proven without the others.

use crate::actor::Actor;
use crate::decide::Asked;
use crate::merkle::{Hash, leaf_hash, root};
use planet_ontology::hex;
use planet_ontology::ids::EventId;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

/// One act in the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Who acted.
    pub actor: Actor,
    /// Name and version: `wallet.pay@1`.
    pub act: String,
    /// When, in microseconds.
    pub at: Moment,
    /// The arguments of what was done; a refusal is recorded without content.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub args: Value,
    /// What it answered, or the code of the refusal.
    pub outcome: Outcome,
    /// The version of the rules it was decided under.
    pub rules: i64,
    /// The policies that decided it.
    pub policies: Vec<String>,
    /// The facts that the decision was taken on.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub facts: Value,
    /// Facts about what followed, such as movements of value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Value>,
}

/// An [`Entry`] about to be written: the same, of what is at hand.
#[derive(Serialize)]
pub(crate) struct Line<'a> {
    pub actor: Actor,
    pub act: &'a str,
    pub at: Moment,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub args: Option<&'a Value>,
    pub outcome: Outcome<&'a RawValue>,
    pub rules: i64,
    pub policies: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<&'a Asked>,
    #[serde(skip_serializing_if = "<[Value]>::is_empty")]
    pub effects: &'a [Value],
}

/// How an act ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome<D = Value> {
    /// Done, with its answer.
    Done(D),
    /// Refused, with the stable code.
    Refused(String),
}

record! {
    /// An event as it lies in the database.
    #[derive(Clone, Debug)]
    pub struct EventRow {
        /// Its id.
        pub id: EventId,
        /// When.
        pub at: Moment,
        /// The act's name and version.
        pub act: String,
        /// One line of JSON for each entry, or `!` and the commitment in hex where an entry was erased.
        pub body: String,
        /// The secret from which the entries' salts are derived.
        pub salt: [u8; 32],
        /// The root over the entries' commitments.
        pub commitment: [u8; 32],
        /// Its place in the log, once sealed.
        pub position: Option<i64>,
    }
}

impl EventRow {
    /// The entries that are still there.
    pub fn entries(&self) -> impl Iterator<Item = Result<Entry, serde_json::Error>> + '_ {
        self.body.lines().filter(|line| !line.starts_with('!')).map(serde_json::from_str)
    }

    /// How many entries were erased.
    pub fn erased(&self) -> u64 {
        self.body.lines().filter(|line| line.starts_with('!')).map(|_| 1).sum()
    }
}

/// The salt of one entry: SHA-256 over the event's salt and the entry's index (8 bytes, big endian).
pub fn entry_salt(event_salt: &Hash, index: u64) -> Hash {
    let mut hash = Sha256::new();
    hash.update(event_salt);
    hash.update(index.to_be_bytes());
    hash.finalize().into()
}

/// The commitment of one entry: SHA-256 over its salt and its line.
pub fn entry_commitment(salt: &Hash, line: &str) -> Hash {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(line.as_bytes());
    hash.finalize().into()
}

/// The commitment of an event, recomputed from its body. `None` if an erased line is not a commitment.
pub fn commitment(salt: &Hash, body: &str) -> Option<Hash> {
    let leaves: Option<Vec<Hash>> = body
        .lines()
        .zip(0_u64..)
        .map(|(line, index)| {
            let commitment = match line.strip_prefix('!') {
                Some(erased) => hex::decode(erased)?,
                None => entry_commitment(&entry_salt(salt, index), line),
            };
            Some(leaf_hash(&commitment))
        })
        .collect();
    leaves.map(|leaves| root(&leaves))
}

/// Appends an event. `body` holds the JSON of its entries, a line for each.
pub(crate) fn append(
    tx: &mut Tx,
    id: EventId,
    at: Moment,
    act: &str,
    salt: &Hash,
    body: &str,
) -> Result<(), Error> {
    let Some(commitment) = commitment(salt, body) else { return Ok(()) };
    tx.exec(
        sql!(
            "INSERT INTO events (id, at, act, body, salt, commitment, position)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL)"
        ),
        &[&id, &at, &act, &body, salt, &commitment],
    )?;
    Ok(())
}

/// Sealed events from a position on, in order.
pub fn from_position(tx: &mut Tx, position: i64, limit: i64) -> Result<Vec<EventRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, at, act, body, salt, commitment, position FROM events
              WHERE position >= ?1 ORDER BY position LIMIT ?2"
        ),
        &[&position, &limit],
    )
}

/// Positions from one on, with name and version of the act that was done or refused there; bodies are not touched.
pub(crate) fn acts_from(tx: &mut Tx, position: i64, limit: i64) -> Result<Vec<(i64, String)>, Error> {
    tx.rows(
        sql!("SELECT position, act FROM events WHERE position >= ?1 ORDER BY position LIMIT ?2"),
        &[&position, &limit],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erasing_an_entry_leaves_the_event_verifiable() {
        let salt = [7; 32];
        let whole = commitment(&salt, "{\"a\":1}\n{\"b\":2}").unwrap();
        let gone = entry_commitment(&entry_salt(&salt, 1), "{\"b\":2}");
        let hex = gone.map(|byte| format!("{byte:02x}")).concat();
        assert_eq!(commitment(&salt, &format!("{{\"a\":1}}\n!{hex}")), Some(whole));
        assert_ne!(commitment(&salt, "{\"a\":1}\n{\"b\":3}"), Some(whole));
    }
}
