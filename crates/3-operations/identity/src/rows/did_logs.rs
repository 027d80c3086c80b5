//! The logs that this node hosts, entry by entry as they were signed. What they must say is checked in `webvh::member`.

use crate::error::IdentityError;
use crate::multi;
use crate::webvh::{Location, Log, member};
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use planet_store::{Tx, record, sql};
use serde_json::Value;

record! {
    /// An identifier whose log is hosted here.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Hosted {
        pub agent: AgentId,
        pub did: String,
        pub scid: String,
        pub place: String,
        pub version: i64,
        pub held_by_node: bool,
    }
}

/// Stores a first entry that `webvh::member::first_entry` has accepted as `log`. `sealed` holds the encrypted keys when the node keeps
/// them for the owner.
pub fn host(
    tx: &mut Tx,
    agent: AgentId,
    location: &Location,
    log: &Log,
    line: &str,
    sealed: Option<&[u8]>,
    now: Moment,
) -> Result<(), IdentityError> {
    let latest = log.latest().ok_or(IdentityError::DidUnknown)?;
    let sealed = sealed.map(<[u8]>::to_vec);
    let added = tx.exec(
        sql!(
            "INSERT INTO dids (agent_id, did, scid, place, version, sealed, created)
             VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6) ON CONFLICT DO NOTHING"
        ),
        &[&agent, &latest.did.as_str(), &log.scid(), &location.place(), &sealed, &now],
    )?;
    if added == 0 {
        return Err(IdentityError::DidTaken);
    }
    add_entry(tx, agent, 1, line, now)
}

/// Stores the next entry, which `webvh::member::next_entry` has accepted on top of version `after`. Refuses when somebody else was
/// quicker.
pub fn append(
    tx: &mut Tx,
    agent: AgentId,
    after: i64,
    log: &Log,
    line: &str,
    now: Moment,
) -> Result<(), IdentityError> {
    let latest = log.latest().ok_or(IdentityError::DidUnknown)?;
    let moved = tx.exec(
        sql!("UPDATE dids SET version = version + 1, did = ?3 WHERE agent_id = ?1 AND version = ?2"),
        &[&agent, &after, &latest.did.as_str()],
    )?;
    if moved == 0 {
        return Err(IdentityError::DidLogMoved);
    }
    add_entry(tx, agent, after + 1, line, now)
}

fn add_entry(
    tx: &mut Tx,
    agent: AgentId,
    version: i64,
    line: &str,
    now: Moment,
) -> Result<(), IdentityError> {
    tx.exec(
        sql!("INSERT INTO did_entries (agent_id, version, entry, added) VALUES (?1, ?2, ?3, ?4)"),
        &[&agent, &version, &line, &now],
    )?;
    Ok(())
}

/// The identifier of an agent.
pub fn of(tx: &mut Tx, agent: AgentId) -> Result<Option<Hosted>, IdentityError> {
    Ok(tx.row(
        sql!("SELECT agent_id, did, scid, place, version, sealed IS NOT NULL FROM dids WHERE agent_id = ?1"),
        &[&agent],
    )?)
}

/// Whose identifier this is.
pub fn by_did(tx: &mut Tx, did: &str) -> Result<Option<Hosted>, IdentityError> {
    Ok(tx.row(
        sql!("SELECT agent_id, did, scid, place, version, sealed IS NOT NULL FROM dids WHERE did = ?1"),
        &[&did],
    )?)
}

/// Whose identity a recovery key can take back, with the newest entry of its log: that entry promises the next one to the key, after
/// the next update key, which stands first and is known to whoever has the vault.
pub fn recoverable_by(tx: &mut Tx, multikey: &str) -> Result<Option<(Hosted, String)>, IdentityError> {
    if multi::from_multikey(multikey).is_none() {
        return Ok(None);
    }
    let promise = multi::multihash(multikey.as_bytes());
    let holding: Vec<(AgentId, String)> = tx.rows(
        sql!(
            "SELECT d.agent_id, e.entry FROM dids d JOIN did_entries e ON e.agent_id = d.agent_id AND e.version = d.version
             WHERE e.entry LIKE ?1"
        ),
        &[&format!("%{promise}%")],
    )?;
    for (agent, entry) in holding {
        if member::recovery_promises(&entry).contains(&promise)
            && let Some(hosted) = of(tx, agent)?
        {
            return Ok(Some((hosted, entry)));
        }
    }
    Ok(None)
}

/// The log at a place such as `people/ada`, as it is served: one entry per line.
pub fn text_at(tx: &mut Tx, place: &str) -> Result<Option<String>, IdentityError> {
    let lines: Vec<(String,)> = tx.rows(
        sql!(
            "SELECT e.entry FROM dids d JOIN did_entries e ON e.agent_id = d.agent_id
             WHERE d.place = ?1 ORDER BY e.version"
        ),
        &[&place],
    )?;
    Ok(join(&lines))
}

/// The log of an agent.
pub fn text_of(tx: &mut Tx, agent: AgentId) -> Result<Option<String>, IdentityError> {
    let lines: Vec<(String,)> =
        tx.rows(sql!("SELECT entry FROM did_entries WHERE agent_id = ?1 ORDER BY version"), &[&agent])?;
    Ok(join(&lines))
}

fn join(lines: &[(String,)]) -> Option<String> {
    let text: String = lines.iter().flat_map(|(line,)| [line.as_str(), "\n"]).collect();
    (!text.is_empty()).then_some(text)
}

/// The newest document of an agent, from the entry that was verified when it was stored.
pub fn document(tx: &mut Tx, agent: AgentId) -> Result<Option<Value>, IdentityError> {
    let newest: Option<(String,)> = tx.row(
        sql!("SELECT entry FROM did_entries WHERE agent_id = ?1 ORDER BY version DESC LIMIT 1"),
        &[&agent],
    )?;
    let entry = newest.and_then(|(line,)| serde_json::from_str::<Value>(&line).ok());
    Ok(entry.and_then(|mut entry| entry.get_mut("state").map(Value::take)))
}

/// The encrypted keys that the node holds for an agent, if it does.
pub fn sealed(tx: &mut Tx, agent: AgentId) -> Result<Option<Vec<u8>>, IdentityError> {
    let row: Option<(Option<Vec<u8>>,)> =
        tx.row(sql!("SELECT sealed FROM dids WHERE agent_id = ?1"), &[&agent])?;
    Ok(row.and_then(|(sealed,)| sealed))
}

/// Forgets the keys held for an agent, once they were handed over.
pub fn forget_sealed(tx: &mut Tx, agent: AgentId) -> Result<(), IdentityError> {
    tx.exec(sql!("UPDATE dids SET sealed = NULL WHERE agent_id = ?1"), &[&agent])?;
    Ok(())
}
