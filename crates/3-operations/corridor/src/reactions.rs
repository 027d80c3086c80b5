//! Reactions: what follows from events, after them and from the log. A reaction's changes and its cursor are one
//! transaction, so it takes effect once; it never changes the outcome of an act.

use crate::event::{Entry, EventRow, acts_from, from_position};
use planet_store::{Error, Tx, sql};

/// How many events one step passes at the most.
const BATCH: i64 = 2_000;

/// A reaction: a name for its cursor, what it waits for, and what it does for each entry of it.
#[derive(Clone, Copy)]
pub struct Reaction {
    /// The name of its cursor; never change it.
    pub name: &'static str,
    /// The names of the acts that it follows; events of others are passed without being read.
    pub acts: &'static [&'static str],
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
    let passed = acts_from(tx, position, BATCH)?;
    let Some((last, _)) = passed.last() else { return Ok(false) };
    for (position, _) in passed.iter().filter(|(_, act)| reaction.follows(act)) {
        for event in from_position(tx, *position, 1)? {
            for entry in event.entries().flatten() {
                (reaction.react)(tx, &event, &entry)?;
            }
        }
    }
    tx.exec(sql!("UPDATE cursors SET position = ?2 WHERE name = ?1"), &[&reaction.name, &(last + 1)])?;
    Ok(i64::try_from(passed.len()).is_ok_and(|count| count == BATCH))
}

impl Reaction {
    /// Whether it follows an act with this name and version.
    fn follows(&self, act: &str) -> bool {
        let name = act.split('@').next().unwrap_or_default();
        self.acts.contains(&name)
    }
}
