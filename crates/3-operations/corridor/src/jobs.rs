//! Jobs: acts that are due at some time. Making one is [`crate::cx::Cx::later`]; performing them is the corridor's.

use planet_ontology::ids::JobId;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use serde_json::Value;

/// How many are fetched at a time.
const SOME: i64 = 100;
/// How long after it failed a job is tried again, in seconds.
const PATIENCE: i64 = 60;

record! {
    /// An act that is due.
    #[derive(Clone, Debug)]
    pub(crate) struct Job {
        /// Also the key under which it is performed, so that it has one outcome.
        pub id: JobId,
        /// The act.
        pub act: String,
        /// Its arguments.
        pub args: Value,
    }
}

/// Notes a job.
pub(crate) fn add(tx: &mut Tx, job: &Job, due: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO jobs (id, due, act, args, done) VALUES (?1, ?2, ?3, ?4, FALSE)"),
        &[&job.id, &due, &job.act, &job.args],
    )?;
    Ok(())
}

/// Whether a job of this act waits for its time.
pub(crate) fn waits(tx: &mut Tx, act: &str, now: Moment) -> Result<bool, Error> {
    let waiting = tx.row::<(i64,)>(
        sql!("SELECT due FROM jobs WHERE act = ?1 AND done = FALSE AND due > ?2 LIMIT 1"),
        &[&act, &now],
    )?;
    Ok(waiting.is_some())
}

/// Some of those that have been due longest.
pub(crate) fn due(tx: &mut Tx, now: Moment) -> Result<Vec<Job>, Error> {
    tx.rows(
        sql!("SELECT id, act, args FROM jobs WHERE done = FALSE AND due <= ?1 ORDER BY due, id LIMIT ?2"),
        &[&now, &SOME],
    )
}

/// Ends a job, or puts it off when it failed.
pub(crate) fn end(tx: &mut Tx, id: JobId, failed: bool, now: Moment) -> Result<(), Error> {
    if failed {
        tx.exec(sql!("UPDATE jobs SET due = ?2 WHERE id = ?1"), &[&id, &now.plus_seconds(PATIENCE)])?;
    } else {
        tx.exec(sql!("UPDATE jobs SET done = TRUE WHERE id = ?1"), &[&id])?;
    }
    Ok(())
}
