//! The rows of applications to join.

use planet_ontology::ids::ApplicationId;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

record! {
    /// An application as it lies in the database.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct ApplicationRow {
        /// Its id.
        pub id: ApplicationId,
        /// SHA-256 of the applicant's secret.
        pub secret_hash: [u8; 32],
        /// Who wants to join.
        pub name: String,
        /// Where mail reaches them; may be empty.
        pub email: String,
        /// Where they live, in words; may be empty.
        pub place: String,
        /// Why.
        pub why: String,
        /// `waiting`, `admitted` or `declined`.
        pub state: String,
        /// What they are told.
        pub answer: String,
        /// When they applied.
        pub created: Moment,
    }
}

/// Writes an application.
pub fn create(tx: &mut Tx, row: &ApplicationRow) -> Result<bool, Error> {
    let created = tx.exec(
        sql!(
            "INSERT INTO applications (id, secret_hash, name, email, place, why, state, answer, created, ended)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'waiting', '', ?7, NULL) ON CONFLICT DO NOTHING"
        ),
        &[&row.id, &row.secret_hash, &row.name, &row.email, &row.place, &row.why, &row.created],
    )?;
    Ok(created == 1)
}

/// The application with this id.
pub fn find(tx: &mut Tx, id: ApplicationId) -> Result<Option<ApplicationRow>, Error> {
    tx.row(
        sql!(
            "SELECT id, secret_hash, name, email, place, why, state, answer, created FROM applications WHERE id = ?1"
        ),
        &[&id],
    )
}

/// The application of whoever knows this secret.
pub fn find_by_secret(tx: &mut Tx, secret_hash: &[u8; 32]) -> Result<Option<ApplicationRow>, Error> {
    tx.row(
        sql!(
            "SELECT id, secret_hash, name, email, place, why, state, answer, created FROM applications
              WHERE secret_hash = ?1"
        ),
        &[secret_hash],
    )
}

/// Answers an application. False if it was answered before.
pub fn answer(tx: &mut Tx, id: ApplicationId, state: &str, answer: &str, now: Moment) -> Result<bool, Error> {
    let answered = tx.exec(
        sql!(
            "UPDATE applications SET state = ?2, answer = ?3, ended = ?4 WHERE id = ?1 AND state = 'waiting'"
        ),
        &[&id, &state, &answer, &now],
    )?;
    Ok(answered == 1)
}

/// How many applied since a moment.
pub fn count_since(tx: &mut Tx, since: Moment) -> Result<i64, Error> {
    let (count,) =
        tx.one::<(i64,)>(sql!("SELECT count(*) FROM applications WHERE created > ?1"), &[&since])?;
    Ok(count)
}

/// Whether an application from this address waits.
pub fn waits(tx: &mut Tx, email: &str) -> Result<bool, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM applications WHERE email = ?1 AND state = 'waiting'"),
        &[&email],
    )?;
    Ok(count > 0)
}

/// The applications that wait, the oldest first, after a key.
pub fn waiting(
    tx: &mut Tx,
    after: (Moment, ApplicationId),
    limit: i64,
) -> Result<Vec<ApplicationRow>, Error> {
    let (at, id) = after;
    tx.rows(
        sql!(
            "SELECT id, secret_hash, name, email, place, why, state, answer, created FROM applications
              WHERE state = 'waiting' AND (created > ?1 OR (created = ?1 AND id > ?2)) ORDER BY created, id LIMIT ?3"
        ),
        &[&at, &id, &limit],
    )
}

/// How many applications wait for an answer.
pub fn count_waiting(tx: &mut Tx) -> Result<i64, Error> {
    let (count,) =
        tx.one::<(i64,)>(sql!("SELECT count(*) FROM applications WHERE state = 'waiting'"), &[])?;
    Ok(count)
}
