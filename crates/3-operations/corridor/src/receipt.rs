//! A receipt for an event: what proves to somebody, offline, that an entry stands in the log. Until the event is sealed it
//! holds the commitment alone, which whoever signs the receipt promises to include; then the way to a signed checkpoint.

use crate::event::{Entry, EventRow, entry_commitment, entry_salt};
use crate::merkle::{Hash, inclusion_path, leaf_hash, root, verify_inclusion};
use crate::refusal::Fault;
use crate::sealer::{Checkpoint, latest_checkpoint};
use ed25519_dalek::VerifyingKey;
use planet_ontology::hex;
use planet_ontology::ids::EventId;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

/// How long before it was done an act may have been asked for: it waited its turn.
const WAITED: i64 = 60 * 1_000;
/// How many events of that time are looked into.
const CANDIDATES: i64 = 20;

/// Proof that an entry is in an event, and the event in the log. Hashes are hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The event.
    pub event: EventId,
    /// The event's commitment.
    pub commitment: String,
    /// The entry, and its way to the event's commitment.
    pub entry: EntryProof,
    /// The event's way to a signed checkpoint, once it is sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub log: Option<LogProof>,
}

/// One entry of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryProof {
    /// Its number, from 0.
    pub number: u64,
    /// How many entries the event has.
    pub of: u64,
    /// Its commitment.
    pub commitment: String,
    /// Hashes from its leaf to the event's commitment.
    pub path: Vec<String>,
    /// Its salt and its line, for those who may read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opened: Option<Opened>,
}

/// What an entry's commitment was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The entry's own salt.
    pub salt: String,
    /// The line, byte for byte.
    pub line: String,
}

/// A sealed event's place in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogProof {
    /// Its position.
    pub position: u64,
    /// The checkpoint, a signed note.
    pub checkpoint: String,
    /// Hashes from its leaf to the checkpoint's root (RFC 9162, section 2.1.3).
    pub path: Vec<String>,
}

/// Why a receipt does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// A hash is not a hash.
    #[error("The receipt is not written correctly: {0} is not 64 hexadecimal digits.")]
    Malformed(&'static str),
    /// Salt and line do not give the commitment.
    #[error("The line of the log was altered: it does not fit its commitment.")]
    LineAltered,
    /// The entry's path leads elsewhere.
    #[error("The entry is not part of the event that the receipt names.")]
    NotInEvent,
    /// The checkpoint is by somebody else.
    #[error("The checkpoint is not signed by the club's key.")]
    CheckpointNotSigned,
    /// The event's path leads elsewhere.
    #[error("The event is not in the log that the checkpoint covers.")]
    NotInLog,
}

impl Receipt {
    /// Checks it without a database, by the club's key. Answers the checkpoint, or nothing if it is a promise so far.
    pub fn check(&self, key: &VerifyingKey) -> Result<Option<Checkpoint>, ReceiptError> {
        let entry = &self.entry;
        let (event, leaf) = (hash("commitment", &self.commitment)?, hash("commitment", &entry.commitment)?);
        if let Some(opened) = &entry.opened
            && entry_commitment(&hash("salt", &opened.salt)?, &opened.line) != leaf
        {
            return Err(ReceiptError::LineAltered);
        }
        let path = hashes(&entry.path)?;
        if !verify_inclusion(leaf_hash(&leaf), entry.number, entry.of, &path, &event) {
            return Err(ReceiptError::NotInEvent);
        }
        let Some(log) = &self.log else { return Ok(None) };
        let checkpoint = Checkpoint::open(&log.checkpoint, key).ok_or(ReceiptError::CheckpointNotSigned)?;
        let path = hashes(&log.path)?;
        if !verify_inclusion(leaf_hash(&event), log.position, checkpoint.size, &path, &checkpoint.root) {
            return Err(ReceiptError::NotInLog);
        }
        Ok(Some(checkpoint))
    }

    /// Without the line, for showing to others.
    #[must_use]
    pub fn closed(mut self) -> Self {
        self.entry.opened = None;
        self
    }
}

fn hash(what: &'static str, text: &str) -> Result<Hash, ReceiptError> {
    hex::decode(text).ok_or(ReceiptError::Malformed(what))
}

fn hashes(path: &[String]) -> Result<Vec<Hash>, ReceiptError> {
    path.iter().map(|text| hash("a step of a path", text)).collect()
}

/// The event with an entry that fits, and the number of that entry: the newest of those that hold a text, such as the id of a
/// transfer, and were asked for at most a minute before `at`. Ids of events begin with their time, so that this needs no index of
/// its own. Others may name the same thing in the same moment, so the text alone decides nothing.
pub fn find(
    tx: &mut Tx,
    holding: &str,
    at: Moment,
    fits: impl Fn(&Entry) -> bool,
) -> Result<Option<(EventRow, u64)>, Error> {
    let millis = at.0.div_euclid(1_000);
    let [first, last] = [(millis.saturating_sub(WAITED), [0; 10]), (millis.saturating_add(1), [0xff; 10])]
        .map(|(millis, tail)| edge(millis, tail));
    let events = tx.rows::<EventRow>(
        sql!(
            "SELECT id, at, act, body, salt, commitment, position FROM events
              WHERE id >= ?1 AND id <= ?2 AND body LIKE ?3 ORDER BY id DESC LIMIT ?4"
        ),
        &[&first, &last, &format!("%{holding}%"), &CANDIDATES],
    )?;
    let entry = |event: &EventRow| {
        let lines = event.body.lines().zip(0_u64..).filter(|(line, _)| line.contains(holding));
        let mut entries = lines.filter_map(|(line, number)| Some((serde_json::from_str(line).ok()?, number)));
        entries.find(|(entry, _)| fits(entry)).map(|(_, number)| number)
    };
    Ok(events.into_iter().find_map(|event| entry(&event).map(|number| (event, number))))
}

/// The first or the last id of a millisecond.
fn edge(millis: i64, tail: [u8; 10]) -> Uuid {
    Builder::from_unix_timestamp_millis(u64::try_from(millis).unwrap_or(0), &tail).into_uuid()
}

/// The receipt for one entry of an event, with its line: whoever may not read that gets [`Receipt::closed`].
pub fn receipt(tx: &mut Tx, event: &EventRow, number: u64) -> Result<Receipt, Fault> {
    let damaged = || Fault::Damaged(format!("Event {} cannot be proven.", event.id));
    let mut commitments = Vec::new();
    let mut opened = None;
    for (line, at) in event.body.lines().zip(0_u64..) {
        let salt = entry_salt(&event.salt, at);
        commitments.push(match line.strip_prefix('!') {
            Some(erased) => hex::decode(erased).ok_or_else(damaged)?,
            None => entry_commitment(&salt, line),
        });
        if at == number && !line.starts_with('!') {
            opened = Some(Opened { salt: hex::encode(&salt), line: line.to_owned() });
        }
    }
    let leaves: Vec<Hash> = commitments.iter().map(|commitment| leaf_hash(commitment)).collect();
    let of = u64::try_from(leaves.len()).unwrap_or(0);
    let place = usize::try_from(number).map_err(|_| damaged())?;
    let commitment = commitments.get(place).ok_or_else(damaged)?;
    let path = inclusion_path(number, of, |start, end| {
        let range = usize::try_from(start).ok()..usize::try_from(end).ok();
        let (Some(start), Some(end)) = (range.start, range.end) else { return Err(damaged()) };
        leaves.get(start..end).map(root).ok_or_else(damaged)
    })?;
    Ok(Receipt {
        event: event.id,
        commitment: hex::encode(&event.commitment),
        entry: EntryProof { number, of, commitment: hex::encode(commitment), path: written(&path), opened },
        log: log_proof(tx, event)?,
    })
}

/// A sealed event's way to the newest checkpoint.
fn log_proof(tx: &mut Tx, event: &EventRow) -> Result<Option<LogProof>, Fault> {
    let Some(position) = event.position.and_then(|position| u64::try_from(position).ok()) else {
        return Ok(None);
    };
    let Some(checkpoint) = latest_checkpoint(tx)? else { return Ok(None) };
    let size = checkpoint.lines().nth(1).and_then(|size| size.parse::<u64>().ok());
    let Some(size) = size.filter(|size| position < *size) else { return Ok(None) };
    let path = inclusion_path(position, size, |start, end| range_root(tx, start, end))?;
    Ok(Some(LogProof { position, checkpoint, path: written(&path) }))
}

/// The root over the events `start..end`. The roots of full subtrees of 256, 65,536 … leaves are kept, so that at most 255
/// rows of each such level are read. `start` is a multiple of the largest subtree within, as in every inclusion path.
fn range_root(tx: &mut Tx, start: u64, end: u64) -> Result<Hash, Fault> {
    let level = (end - start).ilog2() / 8 * 8;
    let (first, last) = (start >> level, end >> level);
    let [from, to] = [first, last].map(|place| i64::try_from(place).unwrap_or(i64::MAX));
    let mut roots: Vec<Hash> = if level == 0 {
        let commitments = tx.rows::<(Hash,)>(
            sql!("SELECT commitment FROM events WHERE position >= ?1 AND position < ?2 ORDER BY position"),
            &[&from, &to],
        )?;
        commitments.iter().map(|(commitment,)| leaf_hash(commitment)).collect()
    } else {
        let nodes = tx.rows::<(Hash,)>(
            sql!("SELECT hash FROM log_nodes WHERE level = ?1 AND place >= ?2 AND place < ?3 ORDER BY place"),
            &[&i64::from(level), &from, &to],
        )?;
        nodes.into_iter().map(|(hash,)| hash).collect()
    };
    if u64::try_from(roots.len()) != Ok(last - first) {
        return Err(Fault::Damaged("The event log has gaps.".into()));
    }
    let covered = last << level;
    if covered < end {
        roots.push(range_root(tx, covered, end)?);
    }
    Ok(root(&roots))
}

fn written(path: &[Hash]) -> Vec<String> {
    path.iter().map(|hash| hex::encode(hash)).collect()
}
