//! Verification of the whole log: every commitment recomputed, every checkpoint's root and signature, and agreement
//! with a checkpoint kept elsewhere. Balances are verified by whoever knows the ledger: see [`Verified::effects`].

use crate::event::{EventRow, commitment, from_position};
use crate::merkle::{Frontier, Hash, leaf_hash};
use crate::sealer::Checkpoint;
use ed25519_dalek::VerifyingKey;
use planet_store::{Error, Tx, sql};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many events are read at a time.
const PAGE: i64 = 1_000;

/// What was checked, and what is wrong.
#[derive(Debug, Default)]
pub struct Verified {
    /// Events whose commitment was recomputed.
    pub events: u64,
    /// Acts in them.
    pub entries: u64,
    /// Acts whose words were erased: of those only the commitment is left.
    pub erased: u64,
    /// Checkpoints whose root and signature were checked.
    pub checkpoints: u64,
    /// Events that are not sealed yet; a running node has some for up to a second.
    pub unsealed: u64,
    /// What is wrong, each in a sentence that names the event or checkpoint.
    pub problems: Vec<String>,
}

/// Verifies the log. `effect` is called for each effect in order, so that others can replay what they know.
pub fn verify(
    tx: &mut Tx,
    key: &VerifyingKey,
    kept: Option<&str>,
    mut effect: impl FnMut(&Value),
) -> Result<Verified, Error> {
    let mut report = Verified::default();
    let mut checkpoints = read_checkpoints(tx, key, &mut report)?;
    let covered = checkpoints.last_key_value().map_or(0, |(size, _)| *size);
    if let Some(note) = kept {
        match Checkpoint::open(note, key) {
            Some(checkpoint) => {
                let known = *checkpoints.entry(checkpoint.size).or_insert(checkpoint.root);
                if known != checkpoint.root {
                    report.problems.push(format!(
                        "The checkpoint you kept for {} events differs from the one in the database: the past was rewritten.",
                        checkpoint.size
                    ));
                }
            }
            None => report.problems.push("The checkpoint you gave is not signed by this node's key.".into()),
        }
    }
    let frontier = replay(tx, &mut checkpoints, &mut report, &mut effect)?;
    for (size, _) in checkpoints.range(frontier.size() + 1..) {
        report.problems.push(format!(
            "A checkpoint covers {size} events, but the log has only {}: events are missing.",
            frontier.size()
        ));
    }
    check_end(tx, &frontier, covered, &mut report)?;
    let unsealed = tx.rows::<EventRow>(
        sql!(
            "SELECT id, at, act, body, salt, commitment, position FROM events WHERE position IS NULL ORDER BY at, id"
        ),
        &[],
    )?;
    for event in &unsealed {
        report.unsealed += 1;
        check_event(event, &mut report, &mut effect);
    }
    Ok(report)
}

fn read_checkpoints(
    tx: &mut Tx,
    key: &VerifyingKey,
    report: &mut Verified,
) -> Result<BTreeMap<u64, Hash>, Error> {
    let mut checkpoints = BTreeMap::new();
    for (size, note) in
        tx.rows::<(i64, String)>(sql!("SELECT size, note FROM checkpoints ORDER BY size"), &[])?
    {
        report.checkpoints += 1;
        match Checkpoint::open(&note, key) {
            Some(checkpoint) if i64::try_from(checkpoint.size) == Ok(size) => {
                checkpoints.insert(checkpoint.size, checkpoint.root);
            }
            _ => report
                .problems
                .push(format!("The checkpoint of {size} events is not signed by this node's key.")),
        }
    }
    Ok(checkpoints)
}

/// Checks the end of the log. Events are sealed together with a checkpoint and with the log's head, so whoever takes
/// checkpoints away, to alter what they cover, or cuts events off leaves an end that does not fit.
fn check_end(tx: &mut Tx, frontier: &Frontier, covered: u64, report: &mut Verified) -> Result<(), Error> {
    let size = frontier.size();
    if covered < size {
        report.problems.push(format!(
            "The log has {size} sealed events, but its checkpoints cover only {covered}: checkpoints are missing."
        ));
    }
    let head = tx.row::<(i64, Vec<u8>)>(sql!("SELECT size, frontier FROM log_head WHERE id = 1"), &[])?;
    let fits = match &head {
        Some((told, bytes)) => u64::try_from(*told) == Ok(size) && *bytes == frontier.bytes(),
        None => size == 0,
    };
    if !fits && report.problems.is_empty() {
        report.problems.push(format!("The head of the log does not fit its {size} sealed events."));
    }
    Ok(())
}

fn replay(
    tx: &mut Tx,
    checkpoints: &mut BTreeMap<u64, Hash>,
    report: &mut Verified,
    effect: &mut impl FnMut(&Value),
) -> Result<Frontier, Error> {
    let mut frontier = Frontier::default();
    loop {
        let next = i64::try_from(frontier.size()).unwrap_or(i64::MAX);
        let page = from_position(tx, next, PAGE)?;
        if page.is_empty() {
            return Ok(frontier);
        }
        for event in &page {
            let expected = i64::try_from(frontier.size()).unwrap_or(i64::MAX);
            if event.position != Some(expected) {
                report.problems.push(format!(
                    "Event {} does not stand at position {expected}: one is missing.",
                    event.id
                ));
                return Ok(frontier);
            }
            check_event(event, report, effect);
            frontier.push(leaf_hash(&event.commitment));
            if let Some(root) = checkpoints.get(&frontier.size())
                && *root != frontier.root()
            {
                report.problems.push(format!(
                    "The checkpoint of {} events does not match the log; look at event {} and those before it.",
                    frontier.size(),
                    event.id
                ));
            }
        }
    }
}

fn check_event(event: &EventRow, report: &mut Verified, effect: &mut impl FnMut(&Value)) {
    report.events += 1;
    if commitment(&event.salt, &event.body) != Some(event.commitment) {
        report.problems.push(format!(
            "Event {} ({}) was altered: it no longer fits its commitment.",
            event.id, event.act
        ));
    }
    report.erased += event.erased();
    for entry in event.entries() {
        report.entries += 1;
        match entry {
            Ok(entry) => entry.effects.iter().for_each(&mut *effect),
            Err(error) => report.problems.push(format!("Event {} cannot be read: {error}.", event.id)),
        }
    }
}
