//! What the node remembers of itself between starts.

use planet_store::{Error, Migration, Tx, sql};

/// The node's own table.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "node-0001", sql: include_str!("../migrations/node-0001.sql") }];

/// The origin that the club was founded at.
pub const ORIGIN: &str = "origin";
/// The public key of the log, in hex, for those who verify without the data folder.
pub const LOG_KEY: &str = "log_key";

/// The value of a setting.
pub fn find(tx: &mut Tx, name: &str) -> Result<Option<String>, Error> {
    Ok(tx
        .row::<(String,)>(sql!("SELECT value FROM settings WHERE name = ?1"), &[&name])?
        .map(|(value,)| value))
}

/// Sets a setting.
pub fn set(tx: &mut Tx, name: &str, value: &str) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO settings (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        ),
        &[&name, &value],
    )?;
    Ok(())
}
