//! Links by which a member brings a second device in. The node knows the hash of the token and the vault key under a secret that
//! stands in the link's fragment, which browsers never send.

use super::Token;
use super::vaults::check_wrap;
use crate::error::IdentityError;
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use planet_store::{Tx, record, sql};

/// How long a link is good, in seconds.
pub const LIFETIME: i64 = 600;

record! {
    /// What a link opens.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Link {
        pub agent: AgentId,
        pub wrapped: Vec<u8>,
    }
}

/// Makes a link. `wrapped` is the vault key under the secret in the fragment.
pub fn make(
    tx: &mut Tx,
    token: &Token,
    agent: AgentId,
    wrapped: &[u8],
    now: Moment,
) -> Result<(), IdentityError> {
    make_hashed(tx, &token.hash(), agent, wrapped, now)
}

/// Makes a link of whose token only the hash is known here.
pub fn make_hashed(
    tx: &mut Tx,
    token_hash: &[u8; 32],
    agent: AgentId,
    wrapped: &[u8],
    now: Moment,
) -> Result<(), IdentityError> {
    check_wrap(wrapped)?;
    tx.exec(
        sql!("INSERT INTO device_links (token_hash, agent_id, wrapped, expires) VALUES (?1, ?2, ?3, ?4)"),
        &[token_hash, &agent, &wrapped, &now.plus_seconds(LIFETIME)],
    )?;
    Ok(())
}

/// Redeems a link, once.
pub fn redeem(tx: &mut Tx, token: &str, now: Moment) -> Result<Link, IdentityError> {
    let hash = Token::parse(token).ok_or(IdentityError::DeviceLinkInvalid)?.hash();
    let redeemed = tx.exec(
        sql!("UPDATE device_links SET used = ?2 WHERE token_hash = ?1 AND used IS NULL AND expires > ?2"),
        &[&hash, &now],
    )?;
    if redeemed == 0 {
        return Err(IdentityError::DeviceLinkInvalid);
    }
    Ok(tx.one(sql!("SELECT agent_id, wrapped FROM device_links WHERE token_hash = ?1"), &[&hash])?)
}

/// Forgets links that are no good any more.
pub fn sweep(tx: &mut Tx, now: Moment) -> Result<u64, IdentityError> {
    Ok(tx.exec(sql!("DELETE FROM device_links WHERE expires <= ?1"), &[&now])?)
}
