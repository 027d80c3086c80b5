//! One-time challenges: what the node remembers between the two steps of a ceremony. Each is answered once.
//!
//! A challenge is taken in the transaction that acts on the answer, so an answer refused for a mistyped field leaves it good; for
//! signatures (a nonce) take it in a transaction of its own *before* looking at the signature.

use super::Token;
use crate::error::IdentityError;
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use planet_store::{Tx, record, sql};
use serde_json::Value;

/// How long a person may take for a ceremony, in seconds.
pub const CEREMONY: i64 = 900;
/// How long a nonce for a key sign-in is good, in seconds.
pub const NONCE: i64 = 60;
/// How long a used or expired challenge is remembered, so that a replay gets its own sentence: a day.
const REMEMBERED: i64 = 86_400;

record! {
    /// What was remembered.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Challenge {
        pub agent: Option<AgentId>,
        pub state: Value,
    }
}

/// Remembers a state for one answer. `token` goes to the browser; `purpose` keeps the ceremonies apart.
pub fn begin(
    tx: &mut Tx,
    token: &Token,
    purpose: &str,
    agent: Option<AgentId>,
    state: &Value,
    now: Moment,
    seconds: i64,
) -> Result<(), IdentityError> {
    tx.exec(
        sql!("INSERT INTO challenges (token_hash, purpose, agent_id, state, expires) VALUES (?1, ?2, ?3, ?4, ?5)"),
        &[&token.hash(), &purpose, &agent, state, &now.plus_seconds(seconds)],
    )?;
    Ok(())
}

/// Uses a challenge up and answers what was remembered. `token` is the text that came back.
pub fn take(tx: &mut Tx, token: &str, purpose: &str, now: Moment) -> Result<Challenge, IdentityError> {
    let hash = Token::parse(token).ok_or(IdentityError::ChallengeUnknown)?.hash();
    // The guarded update is what makes it once: of two answers at the same time one finds the row used.
    let changed = tx.exec(
        sql!(
            "UPDATE challenges SET used = ?3
             WHERE token_hash = ?1 AND purpose = ?2 AND used IS NULL AND expires > ?3"
        ),
        &[&hash, &purpose, &now],
    )?;
    if changed == 0 {
        return Err(why_not(tx, &hash, purpose)?);
    }
    Ok(tx.one(sql!("SELECT agent_id, state FROM challenges WHERE token_hash = ?1"), &[&hash])?)
}

/// Reads what was remembered without using it up.
pub fn peek(tx: &mut Tx, token: &str, purpose: &str, now: Moment) -> Result<Challenge, IdentityError> {
    let hash = Token::parse(token).ok_or(IdentityError::ChallengeUnknown)?.hash();
    let found = tx.row(
        sql!(
            "SELECT agent_id, state FROM challenges
             WHERE token_hash = ?1 AND purpose = ?2 AND used IS NULL AND expires > ?3"
        ),
        &[&hash, &purpose, &now],
    )?;
    match found {
        Some(challenge) => Ok(challenge),
        None => Err(why_not(tx, &hash, purpose)?),
    }
}

fn why_not(tx: &mut Tx, hash: &[u8; 32], purpose: &str) -> Result<IdentityError, IdentityError> {
    let row: Option<(Option<Moment>,)> = tx
        .row(sql!("SELECT used FROM challenges WHERE token_hash = ?1 AND purpose = ?2"), &[hash, &purpose])?;
    Ok(match row {
        None => IdentityError::ChallengeUnknown,
        Some((Some(_),)) => IdentityError::ChallengeUsed,
        Some((None,)) => IdentityError::ChallengeExpired,
    })
}

/// Forgets all steps that somebody has begun and not ended.
pub fn forget_all(tx: &mut Tx, agent: AgentId) -> Result<(), IdentityError> {
    tx.exec(sql!("DELETE FROM challenges WHERE agent_id = ?1 AND used IS NULL"), &[&agent])?;
    Ok(())
}

/// Forgets what nobody will answer any more.
pub fn sweep(tx: &mut Tx, now: Moment) -> Result<u64, IdentityError> {
    Ok(tx.exec(sql!("DELETE FROM challenges WHERE expires <= ?1"), &[&now.plus_seconds(-REMEMBERED)])?)
}
