//! The passkeys of members. What a passkey is, only `crate::passkeys` knows; here it is JSON.

use crate::error::IdentityError;
use crate::passkeys::{NewPasskey, SignedIn};
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use planet_store::{Tx, record, sql};
use serde_json::Value;

record! {
    /// A passkey as its owner sees it in a list, and as signing in needs it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct StoredPasskey {
        pub credential_id: Vec<u8>,
        pub agent: AgentId,
        pub passkey: Value,
        pub label: String,
        pub created: Moment,
        pub last_used: Option<Moment>,
    }
}

/// Adds a passkey that was just registered.
pub fn add(
    tx: &mut Tx,
    agent: AgentId,
    new: &NewPasskey,
    label: &str,
    now: Moment,
) -> Result<(), IdentityError> {
    let added = tx.exec(
        sql!(
            "INSERT INTO passkeys (credential_id, agent_id, passkey, label, counter, created)
             VALUES (?1, ?2, ?3, ?4, 0, ?5) ON CONFLICT DO NOTHING"
        ),
        &[&new.credential_id, &agent, &new.passkey, &label, &now],
    )?;
    if added == 0 { Err(IdentityError::PasskeyTaken) } else { Ok(()) }
}

/// The passkey that an answer claims to have used. It must belong to whom the answer claims to be.
pub fn claimed(tx: &mut Tx, claim: &crate::passkeys::Claim) -> Result<StoredPasskey, IdentityError> {
    let found: Option<StoredPasskey> = tx.row(
        sql!(
            "SELECT credential_id, agent_id, passkey, label, created, last_used FROM passkeys
             WHERE credential_id = ?1 AND agent_id = ?2"
        ),
        &[&claim.credential_id, &claim.agent],
    )?;
    found.ok_or(IdentityError::PasskeyUnknown)
}

/// All passkeys of somebody, oldest first.
pub fn of(tx: &mut Tx, agent: AgentId) -> Result<Vec<StoredPasskey>, IdentityError> {
    Ok(tx.rows(
        sql!(
            "SELECT credential_id, agent_id, passkey, label, created, last_used FROM passkeys
             WHERE agent_id = ?1 ORDER BY created, credential_id"
        ),
        &[&agent],
    )?)
}

/// Remembers a successful sign-in. The counter must rise, or be zero for ever as with synchronised passkeys; two answers made with one
/// counter can't both pass.
pub fn used(
    tx: &mut Tx,
    credential_id: &[u8],
    signed_in: &SignedIn,
    now: Moment,
) -> Result<(), IdentityError> {
    let kept = tx.exec(
        sql!(
            "UPDATE passkeys SET passkey = ?2, counter = ?3, last_used = ?4
             WHERE credential_id = ?1 AND (counter < ?3 OR (counter = 0 AND ?3 = 0))"
        ),
        &[&credential_id, &signed_in.passkey, &signed_in.counter, &now],
    )?;
    if kept == 0 { Err(IdentityError::PasskeyCloned) } else { Ok(()) }
}

/// Gives a passkey another label.
pub fn rename(tx: &mut Tx, agent: AgentId, credential_id: &[u8], label: &str) -> Result<(), IdentityError> {
    let renamed = tx.exec(
        sql!("UPDATE passkeys SET label = ?3 WHERE credential_id = ?1 AND agent_id = ?2"),
        &[&credential_id, &agent, &label],
    )?;
    if renamed == 0 { Err(IdentityError::PasskeyUnknown) } else { Ok(()) }
}

/// Forgets all passkeys of somebody: what comes next makes another.
pub fn forget_all(tx: &mut Tx, agent: AgentId) -> Result<(), IdentityError> {
    tx.exec(sql!("DELETE FROM passkeys WHERE agent_id = ?1"), &[&agent])?;
    Ok(())
}

/// Removes a passkey and its wrap of the vault key, unless it is the last one.
pub fn remove(tx: &mut Tx, agent: AgentId, credential_id: &[u8]) -> Result<(), IdentityError> {
    // Two removals at once would each see the other's passkey: the second waits here.
    tx.lock(
        sql!("SELECT credential_id FROM passkeys WHERE agent_id = ?1 ORDER BY credential_id"),
        &[&agent],
    )?;
    let (all,): (i64,) = tx.one(sql!("SELECT count(*) FROM passkeys WHERE agent_id = ?1"), &[&agent])?;
    let (own,): (i64,) = tx.one(
        sql!("SELECT count(*) FROM passkeys WHERE agent_id = ?1 AND credential_id = ?2"),
        &[&agent, &credential_id],
    )?;
    if own == 0 {
        return Err(IdentityError::PasskeyUnknown);
    }
    if all == 1 {
        return Err(IdentityError::PasskeyLast);
    }
    tx.exec(
        sql!("DELETE FROM passkeys WHERE agent_id = ?1 AND credential_id = ?2"),
        &[&agent, &credential_id],
    )?;
    super::vaults::remove_wrap(tx, agent, super::vaults::Kind::Passkey, &crate::encoding::b64u(credential_id))
}
