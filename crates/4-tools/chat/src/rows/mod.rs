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
        let seen = word.as_deref().and_then(Visibility::from_word).unwrap_or(Visibility::Restricted);
        Place { group, sealed: seen == Visibility::Private, open: seen == Visibility::Open }
    };
    Ok(rows.into_iter().map(|(id, group, word)| (id, place(group, word))).collect())
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

/// Holds channels until the transaction ends, in the order of their ids, and writes first channels down that were not yet.
pub fn hold(tx: &mut Tx, channels: &Ids) -> Result<HashMap<ChannelId, ChannelRow>, Error> {
    let mut held = lock(tx, channels)?;
    let missing: Vec<ChannelRow> = channels
        .0
        .iter()
        .filter(|id| !held.contains_key(&ChannelId(**id)))
        .map(|id| first(GroupId(*id)))
        .collect();
    if !missing.is_empty() {
        let rows: Vec<Vec<&dyn Bind>> = missing.iter().map(cells).collect();
        tx.exec_many(
            sql!(
                "INSERT INTO channels (id, group_id, name, created, seq, rev) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO NOTHING"
            ),
            &rows,
        )?;
        held = lock(tx, channels)?;
    }
    Ok(held)
}

fn lock(tx: &mut Tx, channels: &Ids) -> Result<HashMap<ChannelId, ChannelRow>, Error> {
    let rows = tx.lock_rows::<ChannelRow>(
        sql!(
            "SELECT id, group_id, name, created, seq, rev FROM channels
              WHERE id IN (SELECT id FROM ids(?1)) ORDER BY id"
        ),
        &[channels],
    )?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
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
