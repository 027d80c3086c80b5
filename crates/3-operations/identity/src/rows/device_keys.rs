//! Keys of programs, above all of the command line, and how they come to belong to somebody: the program shows a code, its owner
//! approves the code in a signed-in browser (after RFC 8628).

use crate::error::IdentityError;
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use planet_store::{Tx, record, sql};

/// How long a code may wait for approval, in seconds.
pub const PATIENCE: i64 = 600;
/// Letters of user codes: no vowels, so that no words appear (RFC 8628, section 6.1).
const LETTERS: [char; 20] =
    ['B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'V', 'W', 'X', 'Z'];

record! {
    /// A key that may sign in for somebody.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DeviceKey {
        pub did_key: String,
        pub agent: AgentId,
        pub label: String,
        pub created: Moment,
        pub last_used: Option<Moment>,
    }

    /// A program that waits for approval.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Grant {
        pub did_key: String,
        pub label: String,
        pub approved_by: Option<AgentId>,
    }
}

/// A code for a person to type, such as `BDWP-HQPK`; 34 bits.
pub fn user_code(entropy: [u8; 8]) -> String {
    let mut rest = u64::from_le_bytes(entropy);
    let mut code = String::new();
    for place in 0..8 {
        if place == 4 {
            code.push('-');
        }
        let letter = usize::try_from(rest % 20).ok().and_then(|index| LETTERS.get(index));
        code.extend(letter);
        rest /= 20;
    }
    code
}

/// The code as stored, from what somebody typed.
fn normal(user_code: &str) -> String {
    let letters: Vec<char> =
        user_code.to_ascii_uppercase().chars().filter(char::is_ascii_alphabetic).collect();
    let (left, right) = letters.split_at(letters.len().min(4));
    left.iter().chain(&['-']).chain(right).collect()
}

/// A program asks to be approved.
pub fn ask(
    tx: &mut Tx,
    user_code: &str,
    did_key: &str,
    label: &str,
    now: Moment,
) -> Result<(), IdentityError> {
    if crate::multi::from_did_key(did_key).is_none() {
        return Err(IdentityError::KeyUnreadable);
    }
    tx.exec(
        sql!("INSERT INTO device_grants (user_code, did_key, label, expires) VALUES (?1, ?2, ?3, ?4)"),
        &[&user_code, &did_key, &label, &now.plus_seconds(PATIENCE)],
    )?;
    Ok(())
}

/// What waits under a code: for the page on which its owner approves it, and for the program that waits.
pub fn waiting(tx: &mut Tx, user_code: &str, now: Moment) -> Result<Grant, IdentityError> {
    let grant = tx.row(
        sql!("SELECT did_key, label, approved_by FROM device_grants WHERE user_code = ?1 AND expires > ?2"),
        &[&normal(user_code), &now],
    )?;
    grant.ok_or(IdentityError::DeviceGrantInvalid)
}

/// Approves a code once: from now on its key signs in for `agent`.
pub fn approve(
    tx: &mut Tx,
    user_code: &str,
    agent: AgentId,
    now: Moment,
) -> Result<DeviceKey, IdentityError> {
    let approved = tx.exec(
        sql!(
            "UPDATE device_grants SET approved_by = ?2
             WHERE user_code = ?1 AND expires > ?3 AND approved_by IS NULL"
        ),
        &[&normal(user_code), &agent, &now],
    )?;
    if approved == 0 {
        return Err(IdentityError::DeviceGrantInvalid);
    }
    let grant = waiting(tx, user_code, now)?;
    add(tx, &grant.did_key, agent, &grant.label, now)?;
    Ok(DeviceKey { did_key: grant.did_key, agent, label: grant.label, created: now, last_used: None })
}

/// Registers a key for somebody.
pub fn add(
    tx: &mut Tx,
    did_key: &str,
    agent: AgentId,
    label: &str,
    now: Moment,
) -> Result<(), IdentityError> {
    let added = tx.exec(
        sql!("INSERT INTO device_keys (did_key, agent_id, label, created) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"),
        &[&did_key, &agent, &label, &now],
    )?;
    if added == 0 { Err(IdentityError::DeviceKeyTaken) } else { Ok(()) }
}

/// Whose key this is, remembering that it was used.
pub fn sign_in(tx: &mut Tx, did_key: &str, now: Moment) -> Result<DeviceKey, IdentityError> {
    let found: Option<DeviceKey> = tx.row(
        sql!("SELECT did_key, agent_id, label, created, last_used FROM device_keys WHERE did_key = ?1"),
        &[&did_key],
    )?;
    let found = found.ok_or(IdentityError::DeviceKeyUnknown)?;
    tx.exec(sql!("UPDATE device_keys SET last_used = ?2 WHERE did_key = ?1"), &[&did_key, &now])?;
    Ok(found)
}

/// The keys of somebody, oldest first.
pub fn of(tx: &mut Tx, agent: AgentId) -> Result<Vec<DeviceKey>, IdentityError> {
    Ok(tx.rows(
        sql!(
            "SELECT did_key, agent_id, label, created, last_used FROM device_keys
             WHERE agent_id = ?1 ORDER BY created, did_key"
        ),
        &[&agent],
    )?)
}

/// Takes a key away.
pub fn remove(tx: &mut Tx, agent: AgentId, did_key: &str) -> Result<(), IdentityError> {
    let removed =
        tx.exec(sql!("DELETE FROM device_keys WHERE did_key = ?1 AND agent_id = ?2"), &[&did_key, &agent])?;
    if removed == 0 { Err(IdentityError::DeviceKeyUnknown) } else { Ok(()) }
}

/// Forgets codes that nobody approved in time.
pub fn sweep(tx: &mut Tx, now: Moment) -> Result<u64, IdentityError> {
    Ok(tx.exec(sql!("DELETE FROM device_grants WHERE expires <= ?1"), &[&now])?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_code_is_easy_to_type_and_read_in_any_case() {
        let code = user_code([1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(code.len(), 9);
        assert!(code.chars().all(|c| c == '-' || LETTERS.contains(&c)));
        assert_eq!(normal(&code.to_lowercase().replace('-', " ")), code);
        assert_ne!(user_code([1, 2, 3, 4, 5, 6, 7, 9]), user_code([0; 8]));
        assert_eq!(normal("ab"), "AB-");
    }
}
