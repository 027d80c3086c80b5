//! The chain: walks a log line by line and says how far it holds. Where the text came from does not matter.

use super::entry::Entry;
use super::parameters::{Active, Witnesses};
use super::{Did, Refusal, witness};
use planet_ontology::units::Moment;
use serde_json::Value;

/// How far ahead of us another clock may be.
const TOLERANCE_SECONDS: i64 = 300;

/// A verified version of a document.
#[derive(Clone, Debug)]
pub struct Version {
    /// 1, 2, 3 …
    pub number: u64,
    /// `{number}-{hash}`
    pub version_id: String,
    /// When it was made, as its maker says.
    pub time: jiff::Timestamp,
    /// The same as written in the log.
    pub time_text: String,
    /// The document's own identifier at that time.
    pub did: Did,
    /// The document.
    pub document: Value,
    /// What is in force after it.
    pub active: Active,
    /// Who had to approve this entry.
    pub(super) approvers: Witnesses,
}

/// A log that holds: at least one version, oldest first.
#[derive(Clone, Debug)]
pub struct Log {
    versions: Vec<Version>,
}

impl Log {
    /// All versions, oldest first.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }
    /// The version that says how things stand.
    pub fn latest(&self) -> Option<&Version> {
        self.versions.last()
    }
    /// The self-certifying identifier.
    pub fn scid(&self) -> &str {
        self.versions.first().map_or("", |version| version.did.scid())
    }
    /// Whether some version bore this identifier.
    pub fn has_borne(&self, did: &Did) -> bool {
        self.versions.iter().any(|version| version.did.is_same(did))
    }
}

/// Verifies a whole log, and that it is the log of `asked`. `witness_proofs` is the text of `did-witness.json`; without it a
/// log with witnesses is refused.
pub fn verify(log: &str, witness_proofs: Option<&str>, asked: &Did, now: Moment) -> Result<Log, Refusal> {
    let (log, fault) = walk(log, witness_proofs, now);
    if let Some(fault) = fault {
        return Err(fault);
    }
    belongs_to(&log, asked)?;
    Ok(log)
}

/// Verifies a log whose identifier is not known beforehand.
pub fn verify_any(log: &str, witness_proofs: Option<&str>, now: Moment) -> Result<Log, Refusal> {
    let (log, fault) = walk(log, witness_proofs, now);
    fault.map_or(Ok(log), Err)
}

/// Whether a log is that of an identifier: the same self-certifying part, and the identifier was borne at some time.
pub(super) fn belongs_to(log: &Log, asked: &Did) -> Result<(), Refusal> {
    if log.scid() != asked.scid() || !log.has_borne(asked) {
        return Err(Refusal::did("this is the log of another identifier"));
    }
    Ok(())
}

/// Verifies one more line after a log that was verified when it was stored, as a node does before it appends. The log may
/// not need witnesses, whose proofs lie elsewhere.
pub fn extend(log: &str, line: &str, now: Moment) -> Result<Log, Refusal> {
    if line.contains('\n') {
        return Err(Refusal::did("exactly one entry was expected"));
    }
    verify_any(&format!("{}\n{line}\n", log.trim_end_matches('\n')), None, now)
}

/// Walks as far as the log holds; the fault is what stopped it. The valid part may still answer for old versions
/// (specification, "Read", step 11.2).
pub(super) fn walk(log: &str, witness_proofs: Option<&str>, now: Moment) -> (Log, Option<Refusal>) {
    let mut versions: Vec<Version> = Vec::new();
    let mut fault = None;
    for (line, number) in log.trim_end_matches('\n').split('\n').zip(1_u64..) {
        match next_version(line, number, &versions, now) {
            Ok(version) => versions.push(version),
            Err(refusal) => {
                fault = Some(refusal.at(number));
                break;
            }
        }
    }
    if let Some((unapproved, refusal)) = witness::first_unapproved(&versions, witness_proofs, now) {
        versions.truncate(unapproved);
        fault = Some(refusal);
    }
    (Log { versions }, fault)
}

fn next_version(line: &str, number: u64, before: &[Version], now: Moment) -> Result<Version, Refusal> {
    let entry = Entry::parse(line)?;
    if entry.number != number {
        return Err(Refusal::did("version numbers must run 1, 2, 3 …"));
    }
    let latest = now.plus_seconds(TOLERANCE_SECONDS);
    if entry.time.as_microsecond() > latest.0 {
        return Err(Refusal::did("versionTime lies in the future"));
    }
    match before.last() {
        None => first_version(entry, now),
        Some(previous) => later_version(entry, previous, now),
    }
}

fn first_version(entry: Entry, now: Moment) -> Result<Version, Refusal> {
    let active = entry.said.first()?;
    let scid = entry.said.scid.clone().ok_or_else(|| Refusal::parameters("the first entry has no scid"))?;
    entry.check_scid(&scid)?;
    entry.check_hash(&scid)?;
    entry.check_proofs(&active.update_keys, now)?;
    let did = state_did(&entry, &scid)?;
    let approvers = active.witness.clone();
    Ok(version(entry, did, active, approvers))
}

fn later_version(entry: Entry, previous: &Version, now: Moment) -> Result<Version, Refusal> {
    if previous.active.deactivated {
        return Err(Refusal::did("nothing may follow after the identity was ended"));
    }
    if entry.time <= previous.time {
        return Err(Refusal::did("versionTime is not later than that of the entry before"));
    }
    let active = entry.said.next(&previous.active)?;
    entry.check_hash(&previous.version_id)?;
    // Committed keys act in the entry that reveals them; otherwise the keys of the entry before sign.
    let committed = !previous.active.next_key_hashes.is_empty();
    let signers = if committed { &active.update_keys } else { &previous.active.update_keys };
    entry.check_proofs(signers, now)?;
    let did = state_did(&entry, previous.did.scid())?;
    if did != previous.did && !(active.portable && entry.also_known_as(previous.did.as_str())) {
        return Err(Refusal::did(
            "it moves to another address without being portable and naming the former one",
        ));
    }
    // The list in force before approves its own replacement, else a thief of the update key would appoint friends. Only a
    // first list acts at once (specification, parameter `witness`).
    let approvers =
        if previous.active.witness.ids.is_empty() { &active.witness } else { &previous.active.witness };
    let approvers = approvers.clone();
    Ok(version(entry, did, active, approvers))
}

/// The identifier of the document, which bears the log's self-certifying part in every entry.
fn state_did(entry: &Entry, scid: &str) -> Result<Did, Refusal> {
    let did = Did::parse(entry.state_id()?)?;
    if did.scid() != scid {
        return Err(Refusal::did("the document's id bears another self-certifying identifier"));
    }
    Ok(did)
}

fn version(entry: Entry, did: Did, active: Active, approvers: Witnesses) -> Version {
    Version {
        number: entry.number,
        version_id: entry.version_id,
        time: entry.time,
        time_text: entry.time_text,
        did,
        document: entry.state,
        active,
        approvers,
    }
}
