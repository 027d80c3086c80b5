//! Recovery codes. The browser keeps the halves apart: one authenticates here, the other unwraps the vault and never comes here.
//!
//! Only SHA-256 of the authenticating half is stored. It is 80 random bits: whoever stole the table would have to try about 2^79
//! values for one code (2^66 for any code of a club with 1,000 members), and would gain a session without the keys. A slow hash is
//! for secrets that people choose; here it would only let strangers keep the node busy.

use super::vaults::check_wrap;
use crate::encoding::sha256;
use crate::error::IdentityError;
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use planet_store::{Tx, record, sql};

/// How many codes somebody has.
pub const CODES: usize = 10;
/// The length of the half that authenticates, in bytes.
pub const AUTH_BYTES: usize = 10;

/// A code as the browser announces it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCode {
    /// 0 to 9.
    pub number: i64,
    /// SHA-256 of the authenticating half.
    pub auth_hash: [u8; 32],
    /// The vault key under the other half.
    pub wrapped: Vec<u8>,
}

record! {
    /// A code that somebody has just shown.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Shown {
        pub agent: AgentId,
        pub number: i64,
        pub wrapped: Vec<u8>,
    }
}

/// Replaces all codes of somebody by new ones.
pub fn replace(tx: &mut Tx, agent: AgentId, codes: &[NewCode], now: Moment) -> Result<(), IdentityError> {
    let numbers_run = codes.iter().zip(0_i64..).all(|(code, number)| code.number == number);
    if codes.len() != CODES || !numbers_run {
        return Err(IdentityError::VaultMalformed);
    }
    for code in codes {
        check_wrap(&code.wrapped)?;
    }
    tx.exec(sql!("DELETE FROM recovery_codes WHERE agent_id = ?1"), &[&agent])?;
    let mut added = 0;
    for code in codes {
        added += tx.exec(
            sql!(
                "INSERT INTO recovery_codes (agent_id, number, auth_hash, wrapped, created)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"
            ),
            &[&agent, &code.number, &code.auth_hash, &code.wrapped, &now],
        )?;
    }
    // Fewer rows: two codes had one hash. Random halves don't, so the page that made them is broken.
    if usize::try_from(added) == Ok(CODES) { Ok(()) } else { Err(IdentityError::VaultMalformed) }
}

/// Whose unspent code this is. Looking does not spend it, so that a reloaded page may begin again.
pub fn show(tx: &mut Tx, auth_half: &[u8]) -> Result<Shown, IdentityError> {
    if auth_half.len() != AUTH_BYTES {
        return Err(IdentityError::RecoveryCodeInvalid);
    }
    let found = tx.row(
        sql!("SELECT agent_id, number, wrapped FROM recovery_codes WHERE auth_hash = ?1 AND used IS NULL"),
        &[&sha256(auth_half)],
    )?;
    found.ok_or(IdentityError::RecoveryCodeInvalid)
}

/// Spends a code. Of two attempts at once one is refused.
pub fn spend(tx: &mut Tx, agent: AgentId, number: i64, now: Moment) -> Result<(), IdentityError> {
    let spent = tx.exec(
        sql!("UPDATE recovery_codes SET used = ?3 WHERE agent_id = ?1 AND number = ?2 AND used IS NULL"),
        &[&agent, &number, &now],
    )?;
    if spent == 0 { Err(IdentityError::RecoveryCodeInvalid) } else { Ok(()) }
}

/// Forgets all codes of somebody.
pub fn forget_all(tx: &mut Tx, agent: AgentId) -> Result<(), IdentityError> {
    tx.exec(sql!("DELETE FROM recovery_codes WHERE agent_id = ?1"), &[&agent])?;
    Ok(())
}

/// How many unspent codes somebody has.
pub fn left(tx: &mut Tx, agent: AgentId) -> Result<i64, IdentityError> {
    let (left,): (i64,) =
        tx.one(sql!("SELECT count(*) FROM recovery_codes WHERE agent_id = ?1 AND used IS NULL"), &[&agent])?;
    Ok(left)
}
