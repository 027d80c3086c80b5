//! The trail: the last blocks that were followed on each network.

use planet_store::{Error, Tx, record, sql};

/// How many blocks the trail keeps: more than any chain ever took back.
pub const TRAIL: i64 = 144;

record! {
    /// A followed block.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct BlockRow {
        /// Its height.
        pub height: i64,
        /// Its hash.
        pub hash: String,
    }
}

/// The trail, the newest block first.
pub fn trail(tx: &mut Tx, chain: &str, network: &str) -> Result<Vec<BlockRow>, Error> {
    tx.rows(
        sql!("SELECT height, hash FROM crypto_blocks WHERE chain = ?1 AND network = ?2 ORDER BY height DESC"),
        &[&chain, &network],
    )
}

/// The newest followed block.
pub fn tip(tx: &mut Tx, chain: &str, network: &str) -> Result<Option<BlockRow>, Error> {
    let newest = tx.rows(
        sql!(
            "SELECT height, hash FROM crypto_blocks WHERE chain = ?1 AND network = ?2
              ORDER BY height DESC LIMIT 1"
        ),
        &[&chain, &network],
    )?;
    Ok(newest.into_iter().next())
}

/// Goes one block further, and forgets the oldest. False if somebody else was there first.
pub fn push(tx: &mut Tx, chain: &str, network: &str, height: i64, hash: &str) -> Result<bool, Error> {
    let gone = tx.exec(
        sql!(
            "INSERT INTO crypto_blocks (chain, network, height, hash) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (chain, network, height) DO NOTHING"
        ),
        &[&chain, &network, &height, &hash],
    )?;
    tx.exec(
        sql!("DELETE FROM crypto_blocks WHERE chain = ?1 AND network = ?2 AND height <= ?3"),
        &[&chain, &network, &height.saturating_sub(TRAIL)],
    )?;
    Ok(gone == 1)
}

/// Forgets the blocks above a height; all of them for -1.
pub fn back_to(tx: &mut Tx, chain: &str, network: &str, height: i64) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM crypto_blocks WHERE chain = ?1 AND network = ?2 AND height > ?3"),
        &[&chain, &network, &height],
    )?;
    Ok(())
}
