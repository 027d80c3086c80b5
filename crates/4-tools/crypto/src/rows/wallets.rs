//! Watched wallets, their addresses, the tokens that members keep, and balances of accounts.

use planet_exchange::chain::gwei;
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

record! {
    /// A watched wallet.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct WalletRow {
        /// Whose it is.
        pub owner: MemberId,
        /// `bitcoin` or `evm`.
        pub chain: String,
        /// The network.
        pub network: String,
        /// The account's public key, or the address.
        pub key: String,
        /// Since when.
        pub created: Moment,
    }

    /// An address of a wallet.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AddressRow {
        /// Whose it is.
        pub owner: MemberId,
        /// 0 for receiving, 1 for change.
        pub branch: i64,
        /// Its place in the branch.
        pub position: i64,
        /// The address.
        pub address: String,
        /// Whether anything was ever paid to it.
        pub used: bool,
    }

    /// A token in a member's list.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct TokenRow {
        /// Its contract, in small letters.
        pub contract: String,
        /// Its short name.
        pub symbol: String,
        /// Digits behind the point.
        pub decimals: i64,
    }

    /// What an account has.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct BalanceRow {
        /// The token's contract; empty for the coin itself.
        pub asset: String,
        /// In the smallest unit.
        pub exact: String,
    }
}

/// A member's wallet on a chain.
pub fn find(tx: &mut Tx, owner: MemberId, chain: &str) -> Result<Option<WalletRow>, Error> {
    tx.row(
        sql!(
            "SELECT owner_id, chain, network, key, created FROM crypto_wallets
              WHERE owner_id = ?1 AND chain = ?2"
        ),
        &[&owner, &chain],
    )
}

/// All wallets on a network.
pub fn on_network(tx: &mut Tx, chain: &str, network: &str) -> Result<Vec<WalletRow>, Error> {
    tx.rows(
        sql!(
            "SELECT owner_id, chain, network, key, created FROM crypto_wallets
              WHERE chain = ?1 AND network = ?2 ORDER BY owner_id"
        ),
        &[&chain, &network],
    )
}

/// Begins to watch. False if there is a wallet already.
pub fn insert(tx: &mut Tx, wallet: &WalletRow) -> Result<bool, Error> {
    let made = tx.exec(
        sql!(
            "INSERT INTO crypto_wallets (owner_id, chain, network, key, created) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (owner_id, chain) DO NOTHING"
        ),
        &[&wallet.owner, &wallet.chain, &wallet.network, &wallet.key, &wallet.created],
    )?;
    Ok(made == 1)
}

/// Forgets a wallet with all that was learnt about it. False if there is none.
pub fn delete(tx: &mut Tx, owner: MemberId, chain: &str) -> Result<bool, Error> {
    for table in [
        sql!("DELETE FROM crypto_addresses WHERE owner_id = ?1 AND chain = ?2"),
        sql!("DELETE FROM crypto_transactions WHERE owner_id = ?1 AND chain = ?2"),
        sql!("DELETE FROM crypto_moves WHERE owner_id = ?1 AND chain = ?2"),
        sql!("DELETE FROM crypto_coins WHERE owner_id = ?1 AND chain = ?2"),
        sql!("DELETE FROM crypto_balances WHERE owner_id = ?1 AND chain = ?2"),
        sql!("DELETE FROM crypto_tokens WHERE owner_id = ?1 AND ?2 = 'evm'"),
    ] {
        tx.exec(table, &[&owner, &chain])?;
    }
    let gone =
        tx.exec(sql!("DELETE FROM crypto_wallets WHERE owner_id = ?1 AND chain = ?2"), &[&owner, &chain])?;
    Ok(gone == 1)
}

/// Adds an address, once.
pub fn add_address(tx: &mut Tx, chain: &str, it: &AddressRow, looked: bool) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO crypto_addresses (owner_id, chain, branch, position, address, handed, used, looked)
             VALUES (?1, ?2, ?3, ?4, ?5, NULL, ?6, ?7) ON CONFLICT (owner_id, chain, branch, position) DO NOTHING"
        ),
        &[&it.owner, &chain, &it.branch, &it.position, &it.address, &it.used, &looked],
    )?;
    Ok(())
}

/// How many addresses of a branch are watched, and up to which one they were used or handed out (-1: none).
pub fn extent(tx: &mut Tx, owner: MemberId, chain: &str, branch: i64) -> Result<(i64, i64), Error> {
    tx.one(
        sql!(
            "SELECT count(*), CAST(coalesce(max(CASE WHEN used = TRUE OR handed IS NOT NULL THEN position END), -1) AS BIGINT)
               FROM crypto_addresses WHERE owner_id = ?1 AND chain = ?2 AND branch = ?3"
        ),
        &[&owner, &chain, &branch],
    )
}

/// The last address of a branch that was ever used (-1: none).
pub fn last_used(tx: &mut Tx, owner: MemberId, chain: &str, branch: i64) -> Result<i64, Error> {
    let (last,) = tx.one::<(i64,)>(
        sql!(
            "SELECT CAST(coalesce(max(position), -1) AS BIGINT) FROM crypto_addresses
              WHERE owner_id = ?1 AND chain = ?2 AND branch = ?3 AND used = TRUE"
        ),
        &[&owner, &chain, &branch],
    )?;
    Ok(last)
}

/// One address.
pub fn address(
    tx: &mut Tx,
    owner: MemberId,
    chain: &str,
    branch: i64,
    position: i64,
) -> Result<Option<AddressRow>, Error> {
    tx.row(
        sql!(
            "SELECT owner_id, branch, position, address, used FROM crypto_addresses
              WHERE owner_id = ?1 AND chain = ?2 AND branch = ?3 AND position = ?4"
        ),
        &[&owner, &chain, &branch, &position],
    )
}

/// Notes that an address was handed out.
pub fn hand_out(tx: &mut Tx, owner: MemberId, chain: &str, position: i64, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE crypto_addresses SET handed = ?4
              WHERE owner_id = ?1 AND chain = ?2 AND branch = 0 AND position = ?3 AND handed IS NULL"
        ),
        &[&owner, &chain, &position, &now],
    )?;
    Ok(())
}

/// Notes that an address was used.
pub fn use_address(tx: &mut Tx, owner: MemberId, chain: &str, address: &str) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE crypto_addresses SET used = TRUE WHERE owner_id = ?1 AND chain = ?2 AND address = ?3"),
        &[&owner, &chain, &address],
    )?;
    Ok(())
}

/// Whose address it is, on a network. More than one member may watch the same.
pub fn holders(tx: &mut Tx, chain: &str, network: &str, address: &str) -> Result<Vec<AddressRow>, Error> {
    tx.rows(
        sql!(
            "SELECT a.owner_id, a.branch, a.position, a.address, a.used
               FROM crypto_addresses a JOIN crypto_wallets w ON w.owner_id = a.owner_id AND w.chain = a.chain
              WHERE a.chain = ?1 AND w.network = ?2 AND a.address = ?3 ORDER BY a.owner_id"
        ),
        &[&chain, &network, &address],
    )
}

/// All watched addresses of a network.
pub fn all_addresses(tx: &mut Tx, chain: &str, network: &str) -> Result<Vec<(String,)>, Error> {
    tx.rows(
        sql!(
            "SELECT a.address FROM crypto_addresses a
               JOIN crypto_wallets w ON w.owner_id = a.owner_id AND w.chain = a.chain
              WHERE a.chain = ?1 AND w.network = ?2"
        ),
        &[&chain, &network],
    )
}

/// Addresses at which the chain was not yet asked what lies there.
pub fn not_looked_at(tx: &mut Tx, chain: &str, network: &str, limit: i64) -> Result<Vec<(String,)>, Error> {
    tx.rows(
        sql!(
            "SELECT DISTINCT a.address FROM crypto_addresses a
               JOIN crypto_wallets w ON w.owner_id = a.owner_id AND w.chain = a.chain
              WHERE a.chain = ?1 AND w.network = ?2 AND a.looked = FALSE ORDER BY a.address LIMIT ?3"
        ),
        &[&chain, &network, &limit],
    )
}

/// Notes that the chain was asked.
pub fn looked_at(tx: &mut Tx, chain: &str, address: &str) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE crypto_addresses SET looked = TRUE WHERE chain = ?1 AND address = ?2"),
        &[&chain, &address],
    )?;
    Ok(())
}

/// The tokens in a member's list.
pub fn tokens(tx: &mut Tx, owner: MemberId) -> Result<Vec<TokenRow>, Error> {
    tx.rows(
        sql!(
            "SELECT contract, symbol, decimals FROM crypto_tokens WHERE owner_id = ?1 ORDER BY symbol, contract"
        ),
        &[&owner],
    )
}

/// The contracts of all tokens that members of a network keep.
pub fn all_tokens(tx: &mut Tx, network: &str) -> Result<Vec<(String,)>, Error> {
    tx.rows(
        sql!(
            "SELECT DISTINCT t.contract FROM crypto_tokens t
               JOIN crypto_wallets w ON w.owner_id = t.owner_id AND w.chain = 'evm'
              WHERE w.network = ?1 ORDER BY t.contract"
        ),
        &[&network],
    )
}

/// Puts a token into the list, or describes it anew.
pub fn keep_token(tx: &mut Tx, owner: MemberId, token: &TokenRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO crypto_tokens (owner_id, contract, symbol, decimals) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (owner_id, contract) DO UPDATE SET symbol = excluded.symbol, decimals = excluded.decimals"
        ),
        &[&owner, &token.contract, &token.symbol, &token.decimals],
    )?;
    Ok(())
}

/// Takes a token off the list. False if it is not there.
pub fn drop_token(tx: &mut Tx, owner: MemberId, contract: &str) -> Result<bool, Error> {
    tx.exec(
        sql!("DELETE FROM crypto_balances WHERE owner_id = ?1 AND chain = 'evm' AND asset = ?2"),
        &[&owner, &contract],
    )?;
    let gone = tx.exec(
        sql!("DELETE FROM crypto_tokens WHERE owner_id = ?1 AND contract = ?2"),
        &[&owner, &contract],
    )?;
    Ok(gone == 1)
}

/// Writes what an account has.
pub fn set_balance(
    tx: &mut Tx,
    owner: MemberId,
    chain: &str,
    asset: &str,
    exact: &str,
    height: i64,
) -> Result<(), Error> {
    let booked = if asset.is_empty() { gwei(exact) } else { exact.parse().ok() };
    tx.exec(
        sql!(
            "INSERT INTO crypto_balances (owner_id, chain, asset, booked, exact, height) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (owner_id, chain, asset) DO UPDATE
                SET booked = excluded.booked, exact = excluded.exact, height = excluded.height"
        ),
        &[&owner, &chain, &asset, &booked, &exact, &height],
    )?;
    Ok(())
}

/// What an account has.
pub fn balances(tx: &mut Tx, owner: MemberId, chain: &str) -> Result<Vec<BalanceRow>, Error> {
    tx.rows(
        sql!("SELECT asset, exact FROM crypto_balances WHERE owner_id = ?1 AND chain = ?2 ORDER BY asset"),
        &[&owner, &chain],
    )
}
