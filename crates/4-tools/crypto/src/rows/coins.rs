//! Coins of chains that have coins: who made them, who spent them, what they add up to.

use planet_exchange::chain::Coin;
use planet_ontology::ids::MemberId;
use planet_store::{Error, Tx, record, sql};

/// After how many blocks freshly mined coins may be spent.
pub const MATURE: i64 = 100;

record! {
    /// A coin.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct CoinRow {
        /// The transaction that made it.
        pub tx: String,
        /// Which of its outputs.
        pub output: i64,
        /// The branch of the address that it lies at.
        pub branch: i64,
        /// The place of that address.
        pub position: i64,
        /// What it is worth, in satoshis.
        pub sats: i64,
        /// The height of its block, if it has one.
        pub height: Option<i64>,
        /// Whether it was freshly mined.
        pub mined: bool,
    }

    /// The sums of a wallet's unspent coins, in satoshis.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub struct Sums {
        /// In blocks.
        pub confirmed: i64,
        /// Not yet in a block.
        pub pending: i64,
        /// In blocks, but freshly mined and not yet to be spent.
        pub unripe: i64,
    }
}

/// Adds a coin, once.
pub fn add(tx: &mut Tx, owner: MemberId, chain: &str, it: &CoinRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO crypto_coins (owner_id, chain, tx, output, branch, position, sats, spent_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL) ON CONFLICT (owner_id, chain, tx, output) DO NOTHING"
        ),
        &[&owner, &chain, &it.tx, &it.output, &it.branch, &it.position, &it.sats],
    )?;
    Ok(())
}

/// Who holds a coin, what it is worth, and who spent it.
pub fn holders(
    tx: &mut Tx,
    chain: &str,
    network: &str,
    coin: &Coin,
) -> Result<Vec<(MemberId, i64, Option<String>)>, Error> {
    tx.rows(
        sql!(
            "SELECT c.owner_id, c.sats, c.spent_by FROM crypto_coins c
               JOIN crypto_wallets w ON w.owner_id = c.owner_id AND w.chain = c.chain
              WHERE c.chain = ?1 AND w.network = ?2 AND c.tx = ?3 AND c.output = ?4 ORDER BY c.owner_id"
        ),
        &[&chain, &network, &coin.tx, &coin.output],
    )
}

/// Notes who spends a coin.
pub fn spend(tx: &mut Tx, owner: MemberId, chain: &str, coin: &Coin, by: &str) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE crypto_coins SET spent_by = ?5 WHERE owner_id = ?1 AND chain = ?2 AND tx = ?3 AND output = ?4"),
        &[&owner, &chain, &coin.tx, &coin.output, &by],
    )?;
    Ok(())
}

/// Gives back the coins that a transaction would have spent.
pub fn release(tx: &mut Tx, owner: MemberId, chain: &str, by: &str) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE crypto_coins SET spent_by = NULL WHERE owner_id = ?1 AND chain = ?2 AND spent_by = ?3"),
        &[&owner, &chain, &by],
    )?;
    Ok(())
}

/// What a transaction brought and took, in satoshis.
pub fn brought_and_took(tx: &mut Tx, owner: MemberId, chain: &str, id: &str) -> Result<(i64, i64), Error> {
    tx.one(
        sql!(
            "SELECT CAST(coalesce(sum(CASE WHEN tx = ?3 THEN sats ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN spent_by = ?3 THEN sats ELSE 0 END), 0) AS BIGINT)
               FROM crypto_coins WHERE owner_id = ?1 AND chain = ?2 AND (tx = ?3 OR spent_by = ?3)"
        ),
        &[&owner, &chain, &id],
    )
}

/// The unspent coins of a wallet, the largest first.
pub fn unspent(tx: &mut Tx, owner: MemberId, chain: &str, limit: i64) -> Result<Vec<CoinRow>, Error> {
    tx.rows(
        sql!(
            "SELECT c.tx, c.output, c.branch, c.position, c.sats, t.height, t.mined
               FROM crypto_coins c
               JOIN crypto_transactions t ON t.owner_id = c.owner_id AND t.chain = c.chain AND t.tx = c.tx
              WHERE c.owner_id = ?1 AND c.chain = ?2 AND c.spent_by IS NULL AND t.state IN ('seen', 'queued')
              ORDER BY c.sats DESC, c.tx, c.output LIMIT ?3"
        ),
        &[&owner, &chain, &limit],
    )
}

/// What a wallet's unspent coins add up to when the chain is so high.
pub fn sums(tx: &mut Tx, owner: MemberId, chain: &str, tip: i64) -> Result<Sums, Error> {
    tx.one(
        sql!(
            "SELECT CAST(coalesce(sum(CASE WHEN t.height IS NOT NULL AND (t.mined = FALSE OR t.height <= ?3) THEN c.sats ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN t.height IS NULL THEN c.sats ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN t.height IS NOT NULL AND t.mined = TRUE AND t.height > ?3 THEN c.sats ELSE 0 END), 0) AS BIGINT)
               FROM crypto_coins c
               JOIN crypto_transactions t ON t.owner_id = c.owner_id AND t.chain = c.chain AND t.tx = c.tx
              WHERE c.owner_id = ?1 AND c.chain = ?2 AND c.spent_by IS NULL AND t.state IN ('seen', 'queued')"
        ),
        &[&owner, &chain, &tip.saturating_sub(MATURE - 1)],
    )
}

/// The coins of a network that are watched.
pub fn watched(tx: &mut Tx, chain: &str, network: &str) -> Result<Vec<(String, i64)>, Error> {
    tx.rows(
        sql!(
            "SELECT c.tx, c.output FROM crypto_coins c
               JOIN crypto_wallets w ON w.owner_id = c.owner_id AND w.chain = c.chain
               LEFT JOIN crypto_transactions t ON t.owner_id = c.owner_id AND t.chain = c.chain AND t.tx = c.spent_by
              WHERE c.chain = ?1 AND w.network = ?2 AND (c.spent_by IS NULL OR t.height IS NULL)"
        ),
        &[&chain, &network],
    )
}
