//! The encrypted vaults of members and the ways into them. Opaque bytes: sizes are all that is checked.
//!
//! The wrap of a recovery code lies beside its code and that of a device link beside its link, since each goes with them.

use crate::error::IdentityError;
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use planet_store::{Tx, record, sql};

/// A wrapped vault key: 12 bytes nonce, 32 bytes key, 16 bytes tag.
pub const WRAP_BYTES: usize = 60;
/// The largest vault, in bytes.
pub const MAX_VAULT_BYTES: usize = 16 << 10;
/// Nonce and tag of an empty vault.
const MIN_VAULT_BYTES: usize = 28;
/// The longest reference of a wrap.
const MAX_REFERENCE: usize = 1400;

/// How a vault key was wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Under a passkey's PRF; the reference is the credential id in base64url.
    Passkey,
    /// Under a passphrase; the reference says how it was stretched.
    Passphrase,
}

impl Kind {
    /// The word in JSON and in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Passphrase => "passphrase",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Passkey, Self::Passphrase].into_iter().find(|kind| kind.as_str() == text)
    }
}

record! {
    /// A vault as its owner's browser encrypted it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Vault {
        pub version: i64,
        pub ciphertext: Vec<u8>,
    }

    /// One way into a vault.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Wrap {
        pub kind: String,
        pub reference: String,
        pub wrapped: Vec<u8>,
    }
}

/// Whether bytes can be a wrapped vault key.
pub fn check_wrap(wrapped: &[u8]) -> Result<(), IdentityError> {
    if wrapped.len() == WRAP_BYTES { Ok(()) } else { Err(IdentityError::VaultMalformed) }
}

fn check_vault(ciphertext: &[u8]) -> Result<(), IdentityError> {
    let fits = (MIN_VAULT_BYTES..=MAX_VAULT_BYTES).contains(&ciphertext.len());
    if fits { Ok(()) } else { Err(IdentityError::VaultMalformed) }
}

/// Stores somebody's first vault, as version 1.
pub fn create(tx: &mut Tx, agent: AgentId, ciphertext: &[u8], now: Moment) -> Result<(), IdentityError> {
    check_vault(ciphertext)?;
    let added = tx.exec(
        sql!("INSERT INTO vaults (agent_id, version, ciphertext, updated) VALUES (?1, 1, ?2, ?3) ON CONFLICT DO NOTHING"),
        &[&agent, &ciphertext, &now],
    )?;
    if added == 0 { Err(IdentityError::VaultMoved) } else { Ok(()) }
}

/// Replaces version `replaces` and answers the new version. Refuses when another device was quicker: its keys would be lost.
pub fn replace(
    tx: &mut Tx,
    agent: AgentId,
    replaces: i64,
    ciphertext: &[u8],
    now: Moment,
) -> Result<i64, IdentityError> {
    check_vault(ciphertext)?;
    let changed = tx.exec(
        sql!("UPDATE vaults SET version = version + 1, ciphertext = ?3, updated = ?4 WHERE agent_id = ?1 AND version = ?2"),
        &[&agent, &replaces, &ciphertext, &now],
    )?;
    if changed == 0 { Err(IdentityError::VaultMoved) } else { Ok(replaces + 1) }
}

/// Somebody's vault.
pub fn of(tx: &mut Tx, agent: AgentId) -> Result<Vault, IdentityError> {
    let vault = tx.row(sql!("SELECT version, ciphertext FROM vaults WHERE agent_id = ?1"), &[&agent])?;
    vault.ok_or(IdentityError::VaultUnknown)
}

/// Adds a way into the vault, or replaces it.
pub fn put_wrap(
    tx: &mut Tx,
    agent: AgentId,
    kind: Kind,
    reference: &str,
    wrapped: &[u8],
    now: Moment,
) -> Result<(), IdentityError> {
    check_wrap(wrapped)?;
    if reference.is_empty() || reference.len() > MAX_REFERENCE {
        return Err(IdentityError::VaultMalformed);
    }
    tx.exec(
        sql!(
            "INSERT INTO vault_wraps (agent_id, kind, reference, wrapped, created) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (agent_id, kind, reference) DO UPDATE SET wrapped = excluded.wrapped, created = excluded.created"
        ),
        &[&agent, &kind.as_str(), &reference, &wrapped, &now],
    )?;
    Ok(())
}

/// All ways into somebody's vault by passkey or passphrase.
pub fn wraps(tx: &mut Tx, agent: AgentId) -> Result<Vec<Wrap>, IdentityError> {
    Ok(tx.rows(
        sql!("SELECT kind, reference, wrapped FROM vault_wraps WHERE agent_id = ?1 ORDER BY kind, reference"),
        &[&agent],
    )?)
}

/// One way into somebody's vault.
pub fn wrap(tx: &mut Tx, agent: AgentId, kind: Kind, reference: &str) -> Result<Option<Wrap>, IdentityError> {
    Ok(tx.row(
        sql!("SELECT kind, reference, wrapped FROM vault_wraps WHERE agent_id = ?1 AND kind = ?2 AND reference = ?3"),
        &[&agent, &kind.as_str(), &reference],
    )?)
}

/// Closes a way into a vault.
pub fn remove_wrap(tx: &mut Tx, agent: AgentId, kind: Kind, reference: &str) -> Result<(), IdentityError> {
    tx.exec(
        sql!("DELETE FROM vault_wraps WHERE agent_id = ?1 AND kind = ?2 AND reference = ?3"),
        &[&agent, &kind.as_str(), &reference],
    )?;
    Ok(())
}

/// Puts another vault, with other keys, in the place of whatever is kept, and closes all ways into it.
pub fn renew(tx: &mut Tx, agent: AgentId, ciphertext: &[u8], now: Moment) -> Result<(), IdentityError> {
    check_vault(ciphertext)?;
    tx.exec(sql!("DELETE FROM vault_wraps WHERE agent_id = ?1"), &[&agent])?;
    tx.exec(
        sql!(
            "INSERT INTO vaults (agent_id, version, ciphertext, updated) VALUES (?1, 1, ?2, ?3)
             ON CONFLICT (agent_id) DO UPDATE SET version = vaults.version + 1, ciphertext = excluded.ciphertext, updated = excluded.updated"
        ),
        &[&agent, &ciphertext, &now],
    )?;
    Ok(())
}
