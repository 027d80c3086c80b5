//! Reactions: what follows from events, after them and from the log. A reaction's changes and its cursor are one
//! transaction, so it takes effect once; it never changes the outcome of an act.

use crate::event::{Entry, EventRow, from_position};
use planet_store::{Error, Tx, sql};

/// How many events one step takes.
const BATCH: i64 = 200;

/// A reaction: a name for its cursor, and what it does for each entry.
#[derive(Clone, Copy)]
pub struct Reaction {
    /// The name of its cursor; never change it.
    pub name: &'static str,
    /// What it does for one entry of one event.
    pub react: fn(&mut Tx, &EventRow, &Entry) -> Result<(), Error>,
}

/// Takes a reaction one step further. Answers whether more waits.
pub(crate) fn step(tx: &mut Tx, reaction: &Reaction) -> Result<bool, Error> {
    tx.exec(
        sql!("INSERT INTO cursors (name, position) VALUES (?1, 0) ON CONFLICT (name) DO NOTHING"),
        &[&reaction.name],
    )?;
    tx.lock(sql!("SELECT name FROM cursors WHERE name = ?1"), &[&reaction.name])?;
    let (position,) =
        tx.one::<(i64,)>(sql!("SELECT position FROM cursors WHERE name = ?1"), &[&reaction.name])?;
    let events = from_position(tx, position, BATCH)?;
    for event in &events {
        for entry in event.entries().flatten() {
            (reaction.react)(tx, event, &entry)?;
        }
    }
    let next = events.last().and_then(|event| event.position).map_or(position, |last| last + 1);
    if next > position {
        tx.exec(sql!("UPDATE cursors SET position = ?2 WHERE name = ?1"), &[&reaction.name, &next])?;
    }
    Ok(i64::try_from(events.len()).is_ok_and(|count| count == BATCH))
}
