//! Transactions and what they move, as members see them, and what of them still waits for the chain.

use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

record! {
    /// A transaction of a wallet.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TransactionRow {
        /// Its name on the chain.
        pub tx: String,
        /// `queued`, `seen`, `refused` or `gone`.
        pub state: String,
        /// The height of its block, if it has one.
        pub height: Option<i64>,
        /// When its block was made.
        pub block_time: Option<Moment>,
        /// When the node first knew of it.
        pub first_seen: Moment,
        /// Its fee in the smallest unit, if the owner bore it; otherwise empty.
        pub fee: String,
        /// Included without effect.
        pub failed: bool,
        /// Freshly mined coins.
        pub mined: bool,
        /// What the chain said against it.
        pub problem: String,
    }

    /// What a transaction moves.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MoveRow {
        /// The transaction.
        pub tx: String,
        /// Its place in the transaction.
        pub position: i64,
        /// The token's contract; empty for the coin itself.
        pub asset: String,
        /// The other side, as far as one can tell.
        pub other: String,
        /// In satoshis or gwei.
        pub booked: Option<i64>,
        /// In the smallest unit, with a minus for what went out.
        pub exact: String,
    }

    /// A transaction that waits to be handed in, or to be included.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct OpenRow {
        /// Whose it is.
        pub owner: MemberId,
        /// Its name on the chain.
        pub tx: String,
        /// `queued` or `seen`.
        pub state: String,
        /// As it was signed; empty if it is not ours.
        pub raw: String,
    }
}

/// Writes a transaction, or what is new about one: its block, its fee. One that was given up and comes back counts again.
pub fn put(tx: &mut Tx, owner: MemberId, chain: &str, it: &TransactionRow, raw: &str) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO crypto_transactions
                    (owner_id, chain, tx, state, height, block_time, first_seen, fee, failed, mined, raw, problem)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, '')
             ON CONFLICT (owner_id, chain, tx) DO UPDATE SET state = excluded.state, problem = '',
                height = coalesce(excluded.height, crypto_transactions.height),
                block_time = coalesce(excluded.block_time, crypto_transactions.block_time),
                fee = CASE WHEN excluded.fee = '' THEN crypto_transactions.fee ELSE excluded.fee END,
                failed = excluded.failed,
                raw = CASE WHEN excluded.raw = '' THEN crypto_transactions.raw ELSE excluded.raw END"
        ),
        &[
            &owner,
            &chain,
            &it.tx,
            &it.state,
            &it.height,
            &it.block_time,
            &it.first_seen,
            &it.fee,
            &it.failed,
            &it.mined,
            &raw,
        ],
    )?;
    Ok(())
}

/// One transaction of a wallet.
pub fn find(tx: &mut Tx, owner: MemberId, chain: &str, id: &str) -> Result<Option<TransactionRow>, Error> {
    tx.row(
        sql!(
            "SELECT tx, state, height, block_time, first_seen, fee, failed, mined, problem FROM crypto_transactions
              WHERE owner_id = ?1 AND chain = ?2 AND tx = ?3"
        ),
        &[&owner, &chain, &id],
    )
}

/// Whose transaction it is, on a network.
pub fn owners(tx: &mut Tx, chain: &str, network: &str, id: &str) -> Result<Vec<(MemberId,)>, Error> {
    tx.rows(
        sql!(
            "SELECT t.owner_id FROM crypto_transactions t
               JOIN crypto_wallets w ON w.owner_id = t.owner_id AND w.chain = t.chain
              WHERE t.chain = ?1 AND w.network = ?2 AND t.tx = ?3 ORDER BY t.owner_id"
        ),
        &[&chain, &network, &id],
    )
}

/// Sets how a transaction stands, with what the chain said against it.
pub fn set_state(
    tx: &mut Tx,
    owner: MemberId,
    chain: &str,
    id: &str,
    state: &str,
    problem: &str,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE crypto_transactions SET state = ?4, problem = ?5 WHERE owner_id = ?1 AND chain = ?2 AND tx = ?3"
        ),
        &[&owner, &chain, &id, &state, &problem],
    )?;
    Ok(())
}

/// Takes the blocks above a height away. Freshly mined coins vanish with their block.
pub fn undo_above(tx: &mut Tx, chain: &str, network: &str, height: i64) -> Result<u64, Error> {
    tx.exec(
        sql!(
            "UPDATE crypto_transactions
                SET height = NULL, block_time = NULL, failed = FALSE, state = CASE WHEN mined = TRUE THEN 'gone' ELSE state END
              WHERE chain = ?1 AND height > ?3
                AND owner_id IN (SELECT owner_id FROM crypto_wallets WHERE chain = ?1 AND network = ?2)"
        ),
        &[&chain, &network, &height],
    )
}

/// Forgets what a transaction moved, since it is about to be said anew.
pub fn clear_moves(tx: &mut Tx, owner: MemberId, chain: &str, id: &str) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM crypto_moves WHERE owner_id = ?1 AND chain = ?2 AND tx = ?3"),
        &[&owner, &chain, &id],
    )?;
    Ok(())
}

/// Writes what a transaction moves.
pub fn add_move(tx: &mut Tx, owner: MemberId, chain: &str, it: &MoveRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO crypto_moves (owner_id, chain, tx, position, asset, other, booked, exact)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (owner_id, chain, tx, position) DO NOTHING"
        ),
        &[&owner, &chain, &it.tx, &it.position, &it.asset, &it.other, &it.booked, &it.exact],
    )?;
    Ok(())
}

/// The transactions of a wallet, the latest first, before one that was seen at a time.
pub fn page(
    tx: &mut Tx,
    owner: MemberId,
    chain: &str,
    before: (Moment, &str),
    limit: i64,
) -> Result<Vec<TransactionRow>, Error> {
    tx.rows(
        sql!(
            "SELECT tx, state, height, block_time, first_seen, fee, failed, mined, problem FROM crypto_transactions
              WHERE owner_id = ?1 AND chain = ?2 AND (first_seen < ?3 OR (first_seen = ?3 AND tx > ?4))
              ORDER BY first_seen DESC, tx LIMIT ?5"
        ),
        &[&owner, &chain, &before.0, &before.1, &limit],
    )
}

/// What these transactions move.
pub fn moves(tx: &mut Tx, owner: MemberId, chain: &str, ids: Vec<String>) -> Result<Vec<MoveRow>, Error> {
    tx.rows(
        sql!(
            "SELECT tx, position, asset, other, booked, exact FROM crypto_moves
              WHERE owner_id = ?1 AND chain = ?2 AND tx IN (SELECT word FROM texts(?3)) ORDER BY tx, position"
        ),
        &[&owner, &chain, &planet_store::Texts(ids)],
    )
}

/// The transactions of a network that wait to be handed in, or to be included.
pub fn open(tx: &mut Tx, chain: &str, network: &str, limit: i64) -> Result<Vec<OpenRow>, Error> {
    tx.rows(
        sql!(
            "SELECT t.owner_id, t.tx, t.state, t.raw FROM crypto_transactions t
               JOIN crypto_wallets w ON w.owner_id = t.owner_id AND w.chain = t.chain
              WHERE t.chain = ?1 AND w.network = ?2 AND t.height IS NULL AND t.state IN ('queued', 'seen')
              ORDER BY t.first_seen, t.tx LIMIT ?3"
        ),
        &[&chain, &network, &limit],
    )
}

/// How many of a member's transactions wait to be handed in.
pub fn count_queued(tx: &mut Tx, owner: MemberId, chain: &str) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!(
            "SELECT count(*) FROM crypto_transactions WHERE owner_id = ?1 AND chain = ?2 AND state = 'queued'"
        ),
        &[&owner, &chain],
    )?;
    Ok(count)
}
