//! The rows of the logs: entries in their order, what waits for devices, up to where somebody has read, and locked rings of keys.

use super::people::Row;
use crate::frame::{self, Content, Frame};
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use uuid::Uuid;

record! {
    /// One entry of a log.
    #[derive(Clone, Debug)]
    pub struct Entry {
        /// Its place, from one on.
        pub position: i64,
        /// The epoch in which it was made.
        pub epoch: i64,
        /// Whether it ends that epoch.
        pub commit: bool,
        /// Its id, made by the sender.
        pub id: Uuid,
        /// Who sent it.
        pub member: MemberId,
        /// Their name.
        pub name: String,
        /// Their handle.
        pub handle: String,
        /// From which device.
        pub device: Uuid,
        /// What only the people can read.
        pub body: Vec<u8>,
        /// The same for the archive, where the sender left a copy.
        pub archive: Option<Vec<u8>>,
        /// The hash of the entry before.
        pub previous: Vec<u8>,
        /// Its own.
        pub hash: Vec<u8>,
        /// When it came in.
        pub sent: Moment,
    }
}

/// What is to be added to a log.
pub struct New<'a> {
    /// Its id.
    pub id: Uuid,
    /// Who sends it.
    pub member: MemberId,
    /// From which device.
    pub device: Uuid,
    /// Its outside.
    pub frame: Frame,
    /// Its bytes.
    pub body: &'a [u8],
    /// The copy for the archive.
    pub archive: Option<&'a [u8]>,
}

/// Adds an entry to a conversation that is held, and moves the epoch where it ends one. Answers its place and its hash.
pub fn append(tx: &mut Tx, row: &Row, new: &New, now: Moment) -> Result<(i64, [u8; 32]), Error> {
    let position = row.position + 1;
    let hash = frame::link(&new.frame, position, new.device, &row.head, new.body);
    let ends = (new.frame.content == Content::Commit).then_some(new.frame.epoch);
    tx.exec(
        sql!(
            "INSERT INTO private_entries
                    (conversation_id, position, epoch, ends_epoch, id, member_id, device_id, body, archive, previous, hash, sent)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"
        ),
        &[
            &row.id,
            &position,
            &new.frame.epoch,
            &ends,
            &new.id,
            &new.member,
            &new.device,
            &new.body,
            &new.archive,
            &row.head,
            &hash,
            &now,
        ],
    )?;
    let epoch = ends.map_or(row.epoch, |ended| ended + 1);
    tx.exec(
        sql!("UPDATE private_conversations SET position = ?2, head = ?3, epoch = ?4 WHERE id = ?1"),
        &[&row.id, &position, &hash, &epoch],
    )?;
    Ok((position, hash))
}

/// The entry of this id: place, device, hash of the entry and bytes.
pub fn find(tx: &mut Tx, conversation: Uuid, id: Uuid) -> Result<Option<Entry>, Error> {
    tx.row(
        sql!(
            "SELECT e.position, e.epoch, e.ends_epoch IS NOT NULL, e.id, e.member_id, a.name, a.handle, e.device_id, e.body, e.archive,
                    e.previous, e.hash, e.sent
               FROM private_entries e JOIN agents a ON a.id = e.member_id WHERE e.conversation_id = ?1 AND e.id = ?2"
        ),
        &[&conversation, &id],
    )
}

/// The entries after a place, in their order.
pub fn after(tx: &mut Tx, conversation: Uuid, place: i64, limit: i64) -> Result<Vec<Entry>, Error> {
    tx.rows(
        sql!(
            "SELECT e.position, e.epoch, e.ends_epoch IS NOT NULL, e.id, e.member_id, a.name, a.handle, e.device_id, e.body, e.archive,
                    e.previous, e.hash, e.sent
               FROM private_entries e JOIN agents a ON a.id = e.member_id
              WHERE e.conversation_id = ?1 AND e.position > ?2 ORDER BY e.position LIMIT ?3"
        ),
        &[&conversation, &place, &limit],
    )
}

/// When something last came into one of a member's conversations, in millionths of a second; nought where nothing has.
pub fn newest(tx: &mut Tx, member: MemberId) -> Result<i64, Error> {
    let newest = moved_where(tx, member, 0, 1, true)?;
    Ok(newest.first().map_or(0, |(_, _, sent)| *sent))
}

/// A member's conversations into which something came after a moment, the earliest first: which, its place, and when.
pub fn moved(tx: &mut Tx, member: MemberId, after: i64, most: i64) -> Result<Vec<(Uuid, i64, i64)>, Error> {
    moved_where(tx, member, after, most, false)
}

fn moved_where(
    tx: &mut Tx,
    member: MemberId,
    after: i64,
    most: i64,
    newest_first: bool,
) -> Result<Vec<(Uuid, i64, i64)>, Error> {
    tx.rows(
        sql!(
            "SELECT c.id, c.position, e.sent
               FROM private_conversations c
               JOIN private_entries e ON e.conversation_id = c.id AND e.position = c.position
              WHERE e.sent > ?2
                AND c.id IN (SELECT conversation_id FROM private_people WHERE member_id = ?1
                              UNION SELECT o.id FROM private_conversations o
                                      JOIN memberships m ON m.group_id = o.group_id WHERE m.agent_id = ?1)
              ORDER BY CASE WHEN ?4 THEN -e.sent ELSE e.sent END LIMIT ?3"
        ),
        &[&member, &after, &most, &newest_first],
    )
}

/// Lets a welcome wait for a device; a later one takes the place of an earlier.
pub fn welcome(
    tx: &mut Tx,
    device: Uuid,
    conversation: Uuid,
    position: i64,
    body: &[u8],
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO private_welcomes (device_id, conversation_id, position, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (device_id, conversation_id) DO UPDATE SET position = excluded.position, body = excluded.body"
        ),
        &[&device, &conversation, &position, &body],
    )?;
    Ok(())
}

/// What waits for a device: conversation, place of the commit that let it in, and bytes.
pub fn welcomes(tx: &mut Tx, device: Uuid) -> Result<Vec<(Uuid, i64, Vec<u8>)>, Error> {
    tx.rows(
        sql!("SELECT conversation_id, position, body FROM private_welcomes WHERE device_id = ?1 ORDER BY conversation_id"),
        &[&device],
    )
}

/// Forgets what waited for a device, up to a place.
pub fn welcomed(tx: &mut Tx, device: Uuid, conversation: Uuid, position: i64) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM private_welcomes WHERE device_id = ?1 AND conversation_id = ?2 AND position <= ?3"),
        &[&device, &conversation, &position],
    )?;
    Ok(())
}

/// Notes up to where somebody has read; never back.
pub fn read_up_to(tx: &mut Tx, conversation: Uuid, member: MemberId, position: i64) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO private_read (conversation_id, member_id, position) VALUES (?1, ?2, ?3)
             ON CONFLICT (conversation_id, member_id) DO UPDATE SET position = excluded.position
              WHERE private_read.position < excluded.position"
        ),
        &[&conversation, &member, &position],
    )?;
    Ok(())
}

/// The locked ring of a member's keys: its version, and bytes.
pub fn keys(tx: &mut Tx, member: MemberId) -> Result<Option<(i64, Vec<u8>)>, Error> {
    tx.row(sql!("SELECT version, body FROM private_keyrings WHERE member_id = ?1"), &[&member])
}

/// Keeps the ring that follows the version `after`; false where another did so first.
pub fn keep_keys(tx: &mut Tx, member: MemberId, after: i64, body: &[u8]) -> Result<bool, Error> {
    let kept = if after == 0 {
        tx.exec(
            sql!("INSERT INTO private_keyrings (member_id, version, body) VALUES (?1, 1, ?2) ON CONFLICT DO NOTHING"),
            &[&member, &body],
        )?
    } else {
        tx.exec(
            sql!("UPDATE private_keyrings SET version = version + 1, body = ?3 WHERE member_id = ?1 AND version = ?2"),
            &[&member, &after, &body],
        )?
    };
    Ok(kept > 0)
}
