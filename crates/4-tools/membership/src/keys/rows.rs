//! SQL that the identity room does not offer: rows opened by the hash of a token rather than by the token, looking before the
//! act, and what is true of a member at the front door.

use planet_identity::IdentityError;
use planet_identity::rows::device_links::Link;
use planet_ontology::ids::{AgentId, SessionId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, sql};

/// What a link would open, without redeeming it.
pub fn link(tx: &mut Tx, token_hash: &[u8; 32], now: Moment) -> Result<Link, IdentityError> {
    let found = tx.row(
        sql!(
            "SELECT agent_id, wrapped FROM device_links WHERE token_hash = ?1 AND used IS NULL AND expires > ?2"
        ),
        &[token_hash, &now],
    )?;
    found.ok_or(IdentityError::DeviceLinkInvalid)
}

/// Whose key this is and what it is called, without remembering that it was used.
pub fn key_owner(tx: &mut Tx, did_key: &str) -> Result<(AgentId, String), IdentityError> {
    let found = tx.row(sql!("SELECT agent_id, label FROM device_keys WHERE did_key = ?1"), &[&did_key])?;
    found.ok_or(IdentityError::DeviceKeyUnknown)
}

/// How many programs wait to be approved.
pub fn count_waiting(tx: &mut Tx, now: Moment) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM device_grants WHERE expires > ?1 AND approved_by IS NULL"),
        &[&now],
    )?;
    Ok(count)
}

/// Takes away all keys of a member's programs and all links that are still open.
pub fn end_other_ways(tx: &mut Tx, agent: AgentId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM device_keys WHERE agent_id = ?1"), &[&agent])?;
    tx.exec(sql!("DELETE FROM device_links WHERE agent_id = ?1"), &[&agent])?;
    Ok(())
}

/// What a session is called.
pub fn session_label(tx: &mut Tx, id: SessionId) -> Result<Option<String>, Error> {
    let found: Option<(String,)> = tx.row(sql!("SELECT label FROM sessions WHERE id = ?1"), &[&id])?;
    Ok(found.map(|(label,)| label))
}

/// Ends the sessions of a member that bear this label.
pub fn end_sessions_called(tx: &mut Tx, agent: AgentId, label: &str) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM sessions WHERE agent_id = ?1 AND label = ?2"), &[&agent, &label])?;
    Ok(())
}

/// Remembers that a member wrote the paper words down, in the list of what was done for the first time.
pub fn words_confirmed(tx: &mut Tx, agent: AgentId, act: &str, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO firsts (member_id, act, at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"),
        &[&agent, &act, &now],
    )?;
    Ok(())
}

/// Forgets that, since there are other words to write down.
pub fn words_not_confirmed(tx: &mut Tx, agent: AgentId, act: &str) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM firsts WHERE member_id = ?1 AND act = ?2"), &[&agent, &act])?;
    Ok(())
}

/// Whether a member has done an act before.
pub fn has_done(tx: &mut Tx, agent: AgentId, act: &str) -> Result<bool, Error> {
    let found: Option<(i64,)> =
        tx.row(sql!("SELECT at FROM firsts WHERE member_id = ?1 AND act = ?2"), &[&agent, &act])?;
    Ok(found.is_some())
}
