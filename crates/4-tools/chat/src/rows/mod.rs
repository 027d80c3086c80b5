//! The rows of channels: which there are, whose they are, and their two counters.

pub mod hooks;
pub mod mine;
pub mod read;
pub mod write;

use planet_ontology::ids::{ChannelId, GroupId};
use planet_ontology::roles::Visibility;
use planet_ontology::units::Moment;
use planet_store::{Bind, Error, Ids, Tx, record, sql};
use std::collections::HashMap;

/// The name of a group's first channel.
pub const FIRST: &str = "general";

/// Where a channel is.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its group.
    pub group: GroupId,
    /// Whether the group is private, so that nothing may be said here.
    pub sealed: bool,
    /// Whether anybody may read it.
    pub open: bool,
}

record! {
    /// A channel as it lies in the database.
    #[derive(Clone, Debug)]
    pub struct ChannelRow {
        pub id: ChannelId,
        pub group: GroupId,
        pub name: String,
        pub created: Moment,
        pub seq: i64,
        pub rev: i64,
    }
}

/// Where these channels are. The first channel of a group is there, also before anybody has said something.
pub fn places(tx: &mut Tx, channels: &Ids) -> Result<HashMap<ChannelId, Place>, Error> {
    let rows = tx.rows::<(ChannelId, GroupId, Option<String>)>(
        sql!(
            "SELECT c.id, g.id, g.visibility FROM channels c JOIN agents g ON g.id = c.group_id
              WHERE c.id IN (SELECT id FROM ids(?1))
              UNION
             SELECT g.id, g.id, g.visibility FROM agents g
              WHERE g.kind = 'group' AND g.id IN (SELECT id FROM ids(?1))"
        ),
        &[channels],
    )?;
    let place = |group, word: Option<String>| {
        let seen = seen(word);
        Place { group, sealed: seen == Visibility::Private, open: seen == Visibility::Open }
    };
    Ok(rows.into_iter().map(|(id, group, word)| (id, place(group, word))).collect())
}

fn seen(word: Option<String>) -> Visibility {
    word.as_deref().and_then(Visibility::from_word).unwrap_or(Visibility::Restricted)
}

/// Where one channel is.
pub fn place(tx: &mut Tx, channel: ChannelId) -> Result<Option<Place>, Error> {
    Ok(places(tx, &Ids(vec![channel.0]))?.remove(&channel))
}

/// The channels of a group, the first one first.
pub fn of_group(tx: &mut Tx, group: GroupId) -> Result<Vec<ChannelRow>, Error> {
    let mut rows = tx.rows::<ChannelRow>(
        sql!(
            "SELECT id, group_id, name, created, seq, rev FROM channels WHERE group_id = ?1
              ORDER BY CASE WHEN id = group_id THEN 0 ELSE 1 END, name"
        ),
        &[&group],
    )?;
    if rows.first().is_none_or(|row| row.id.0 != group.0) {
        rows.insert(0, first(group));
    }
    Ok(rows)
}

fn first(group: GroupId) -> ChannelRow {
    ChannelRow { id: ChannelId(group.0), group, name: FIRST.into(), created: Moment(0), seq: 0, rev: 0 }
}

/// A channel that is held until the transaction ends.
#[derive(Clone, Debug)]
pub struct Held {
    /// The channel; its counters are kept by [`keep`].
    pub row: ChannelRow,
    /// Whether its group is private, so that nothing may be said here. Then it is not written down.
    pub sealed: bool,
}

/// Holds channels until the transaction ends, in the order of their ids, and writes first channels down that were not yet. Those that
/// there are not are not among the answers. Where all are there, it is one statement.
pub fn hold(tx: &mut Tx, channels: &Ids) -> Result<HashMap<ChannelId, Held>, Error> {
    let mut held = lock(tx, channels)?;
    let missing: Ids = channels.0.iter().copied().filter(|id| !held.contains_key(&ChannelId(*id))).collect();
    if missing.0.is_empty() {
        return Ok(held);
    }
    let places = places(tx, &missing)?;
    let mut fresh = Vec::new();
    for place in missing.0.iter().filter_map(|id| places.get(&ChannelId(*id))) {
        let row = first(place.group);
        if place.sealed {
            held.insert(row.id, Held { row, sealed: true });
        } else {
            fresh.push(row);
        }
    }
    if !fresh.is_empty() {
        let rows: Vec<Vec<&dyn Bind>> = fresh.iter().map(cells).collect();
        tx.exec_many(
            sql!(
                "INSERT INTO channels (id, group_id, name, created, seq, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO NOTHING"
            ),
            &rows,
        )?;
        held.extend(lock(tx, &fresh.iter().map(|row| row.id.0).collect())?);
    }
    Ok(held)
}

record! {
    /// A channel as it is held, and the word for who may read its group.
    struct Locked {
        id: ChannelId,
        group: GroupId,
        name: String,
        created: Moment,
        seq: i64,
        rev: i64,
        visibility: Option<String>,
    }
}

fn lock(tx: &mut Tx, channels: &Ids) -> Result<HashMap<ChannelId, Held>, Error> {
    let rows = tx.lock_rows::<Locked>(
        sql!(
            "SELECT id, group_id, name, created, seq, rev, (SELECT g.visibility FROM agents g WHERE g.id = group_id)
               FROM channels WHERE id IN (SELECT id FROM ids(?1)) ORDER BY id"
        ),
        &[channels],
    )?;
    let held = |Locked { id, group, name, created, seq, rev, visibility }| {
        let sealed = seen(visibility) == Visibility::Private;
        (id, Held { row: ChannelRow { id, group, name, created, seq, rev }, sealed })
    };
    Ok(rows.into_iter().map(held).collect())
}

/// Keeps the counters of channels that are held.
pub fn keep(tx: &mut Tx, channels: &[&ChannelRow]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> = channels.iter().map(|row| cells(row)).collect();
    tx.exec_many(
        sql!(
            "INSERT INTO channels (id, group_id, name, created, seq, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, rev = excluded.rev"
        ),
        &rows,
    )?;
    Ok(())
}

fn cells(row: &ChannelRow) -> Vec<&dyn Bind> {
    let cells: [&dyn Bind; 6] = [&row.id, &row.group, &row.name, &row.created, &row.seq, &row.rev];
    cells.to_vec()
}

/// Opens a further channel.
pub fn open(tx: &mut Tx, channel: &ChannelRow) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO channels (id, group_id, name, created, seq, rev) VALUES (?1, ?2, ?3, ?4, 0, 0)"),
        &[&channel.id, &channel.group, &channel.name, &channel.created],
    )?;
    Ok(())
}

/// The two counters of a channel: messages, and everything that happened.
pub fn counters(tx: &mut Tx, channel: ChannelId) -> Result<(i64, i64), Error> {
    Ok(tx
        .row::<(i64, i64)>(sql!("SELECT seq, rev FROM channels WHERE id = ?1"), &[&channel])?
        .unwrap_or((0, 0)))
}
