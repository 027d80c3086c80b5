//! Who is signed in, on which device. A session is found by the hash of its token; the token changes now and then.

use super::Token;
use crate::error::IdentityError;
use planet_ontology::ids::{AgentId, SessionId};
use planet_ontology::units::Moment;
use planet_store::{Tx, record, sql};

/// How long a session lasts after it was last rotated, in seconds: 30 days.
pub const LIFETIME: i64 = 30 * 86_400;
/// How long the token before a rotation is still accepted, in seconds: requests may be on their way with it.
pub const GRACE: i64 = 60;
/// After how many seconds a token should be rotated: a day.
pub const ROTATE_AFTER: i64 = 86_400;

record! {
    /// A signed-in device.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Session {
        pub id: SessionId,
        pub agent: AgentId,
        pub label: String,
        pub created: Moment,
        pub last_seen: Moment,
        pub rotated: Moment,
        pub expires: Moment,
    }
}

impl Session {
    /// Whether its token is old enough to be exchanged.
    pub fn wants_rotation(&self, now: Moment) -> bool {
        self.rotated.plus_seconds(ROTATE_AFTER) <= now
    }
}

/// Opens a session. `label` says which device, in words for its owner.
pub fn open(
    tx: &mut Tx,
    id: SessionId,
    agent: AgentId,
    token: &Token,
    label: &str,
    now: Moment,
) -> Result<(), IdentityError> {
    open_hashed(tx, id, agent, &token.hash(), label, now)
}

/// Opens a session of whose token only the hash is known here.
pub fn open_hashed(
    tx: &mut Tx,
    id: SessionId,
    agent: AgentId,
    token_hash: &[u8; 32],
    label: &str,
    now: Moment,
) -> Result<(), IdentityError> {
    tx.exec(
        sql!(
            "INSERT INTO sessions (id, agent_id, token_hash, rotated, label, created, last_seen, expires)
             VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?4, ?6)"
        ),
        &[&id, &agent, token_hash, &now, &label, &now.plus_seconds(LIFETIME)],
    )?;
    Ok(())
}

/// The session of a token. None when it is unknown, has ended or has expired.
pub fn find(tx: &mut Tx, token_hash: &[u8; 32], now: Moment) -> Result<Option<Session>, IdentityError> {
    let current = tx.row(
        sql!(
            "SELECT id, agent_id, label, created, last_seen, rotated, expires FROM sessions
             WHERE token_hash = ?1 AND expires > ?2"
        ),
        &[token_hash, &now],
    )?;
    if current.is_some() {
        return Ok(current);
    }
    Ok(tx.row(
        sql!(
            "SELECT id, agent_id, label, created, last_seen, rotated, expires FROM sessions
             WHERE previous_hash = ?1 AND rotated > ?3 AND expires > ?2"
        ),
        &[token_hash, &now, &now.plus_seconds(-GRACE)],
    )?)
}

/// Exchanges a token for a new one and prolongs the session. False when another request has just done so: then the browser has or gets
/// that one's cookie and keeps it.
pub fn rotate(tx: &mut Tx, token_hash: &[u8; 32], new: &Token, now: Moment) -> Result<bool, IdentityError> {
    let rotated = tx.exec(
        sql!(
            "UPDATE sessions SET previous_hash = token_hash, token_hash = ?2, rotated = ?3, last_seen = ?3, expires = ?4
             WHERE token_hash = ?1 AND expires > ?3"
        ),
        &[token_hash, &new.hash(), &now, &now.plus_seconds(LIFETIME)],
    )?;
    if rotated == 1 {
        return Ok(true);
    }
    find(tx, token_hash, now)?.map(|_| false).ok_or(IdentityError::SessionUnknown)
}

/// Remembers that a session was in use.
pub fn seen(tx: &mut Tx, id: SessionId, now: Moment) -> Result<(), IdentityError> {
    tx.exec(sql!("UPDATE sessions SET last_seen = ?2 WHERE id = ?1 AND last_seen < ?2"), &[&id, &now])?;
    Ok(())
}

/// The devices on which somebody is signed in, last used first.
pub fn of(tx: &mut Tx, agent: AgentId, now: Moment) -> Result<Vec<Session>, IdentityError> {
    Ok(tx.rows(
        sql!(
            "SELECT id, agent_id, label, created, last_seen, rotated, expires FROM sessions
             WHERE agent_id = ?1 AND expires > ?2 ORDER BY last_seen DESC, id"
        ),
        &[&agent, &now],
    )?)
}

/// Signs one device out. Only its owner can.
pub fn end(tx: &mut Tx, agent: AgentId, id: SessionId) -> Result<(), IdentityError> {
    let ended = tx.exec(sql!("DELETE FROM sessions WHERE id = ?1 AND agent_id = ?2"), &[&id, &agent])?;
    if ended == 0 { Err(IdentityError::SessionUnknown) } else { Ok(()) }
}

/// Signs out everywhere, except perhaps here. Answers how many devices.
pub fn end_all(tx: &mut Tx, agent: AgentId, except: Option<SessionId>) -> Result<u64, IdentityError> {
    Ok(match except {
        Some(id) => tx.exec(sql!("DELETE FROM sessions WHERE agent_id = ?1 AND id <> ?2"), &[&agent, &id])?,
        None => tx.exec(sql!("DELETE FROM sessions WHERE agent_id = ?1"), &[&agent])?,
    })
}

/// Forgets what has expired.
pub fn sweep(tx: &mut Tx, now: Moment) -> Result<u64, IdentityError> {
    Ok(tx.exec(sql!("DELETE FROM sessions WHERE expires <= ?1"), &[&now])?)
}
