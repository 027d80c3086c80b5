//! The rules in force: versions of the bundle of policies and procedures, kept in the database.

use crate::refusal::Fault;
use planet_ontology::units::Moment;
use planet_policy::bundle::Bundle;
use planet_store::{Error, Tx, sql};
use serde_json::Value;

/// The version of the rules in force; 0 before the club is founded. Stays as read until the transaction ends.
pub(crate) fn version(tx: &mut Tx) -> Result<i64, Error> {
    let rows = tx.lock_rows_shared::<(i64,)>(sql!("SELECT version FROM rules WHERE retired IS NULL"), &[])?;
    Ok(rows.first().map_or(0, |(version,)| *version))
}

/// The bundle in force with its version, if the club has been founded.
pub fn in_force(tx: &mut Tx) -> Result<Option<(i64, Bundle)>, Fault> {
    let row = tx.row::<(i64, Value)>(sql!("SELECT version, bundle FROM rules WHERE retired IS NULL"), &[])?;
    row.map(|(version, bundle)| {
        serde_json::from_value(bundle)
            .map(|bundle| (version, bundle))
            .map_err(|error| Fault::Damaged(format!("The rules in force cannot be read: {error}.")))
    })
    .transpose()
}

/// Puts a bundle in force in place of the one before. Call it from an act; requests in flight finish on the version
/// they began with or are decided again.
pub fn adopt(tx: &mut Tx, bundle: &Bundle, now: Moment) -> Result<i64, Fault> {
    let value = serde_json::to_value(bundle)
        .map_err(|error| Fault::Damaged(format!("The rules cannot be written down: {error}.")))?;
    tx.exec(sql!("UPDATE rules SET retired = ?1 WHERE retired IS NULL"), &[&now])?;
    let (last,) = tx.one::<(i64,)>(sql!("SELECT coalesce(max(version), 0) FROM rules"), &[])?;
    let version = last + 1;
    tx.exec(
        sql!("INSERT INTO rules (version, bundle, adopted, retired) VALUES (?1, ?2, ?3, NULL)"),
        &[&version, &value, &now],
    )?;
    Ok(version)
}

/// A version of the rules that is or was in force: its number, when it was adopted, and when it was replaced.
pub type Version = (i64, Moment, Option<Moment>);

/// The versions of the rules, newest first, at most `limit`.
pub fn history(tx: &mut Tx, limit: i64) -> Result<Vec<Version>, Error> {
    tx.rows(sql!("SELECT version, adopted, retired FROM rules ORDER BY version DESC LIMIT ?1"), &[&limit])
}
