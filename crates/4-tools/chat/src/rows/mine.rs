//! What belongs to one reader: how far they have read, where they were named, what they saved, which signs are theirs.

use planet_ontology::ids::{ChannelId, GroupId, MemberId};
use planet_store::{Bind, Error, Ids, Longs, Texts, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

/// Moves what members have read forward, never back. Each member and channel once.
pub fn read_to(tx: &mut Tx, reads: &[(MemberId, ChannelId, i64)]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> = reads
        .iter()
        .map(|(member, channel, seq)| {
            let row: [&dyn Bind; 3] = [member, channel, seq];
            row.to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO chat_reads (member_id, channel_id, seq) VALUES (?1, ?2, ?3)
             ON CONFLICT (member_id, channel_id)
             DO UPDATE SET seq = CASE WHEN excluded.seq > chat_reads.seq THEN excluded.seq ELSE chat_reads.seq END"
        ),
        &rows,
    )?;
    Ok(())
}

/// How far a member has read.
pub fn read_so_far(tx: &mut Tx, member: MemberId, channel: ChannelId) -> Result<i64, Error> {
    let row = tx.row::<(i64,)>(
        sql!("SELECT seq FROM chat_reads WHERE member_id = ?1 AND channel_id = ?2"),
        &[&member, &channel],
    )?;
    Ok(row.map_or(0, |(seq,)| seq))
}

/// How far a member has read in each of these channels; nothing, where they have not read yet.
pub fn reads(tx: &mut Tx, member: MemberId, channels: &Ids) -> Result<HashMap<ChannelId, i64>, Error> {
    let rows = tx.rows::<(ChannelId, i64)>(
        sql!(
            "SELECT channel_id, seq FROM chat_reads
              WHERE member_id = ?1 AND channel_id IN (SELECT id FROM ids(?2))"
        ),
        &[&member, channels],
    )?;
    Ok(rows.into_iter().collect())
}

/// Those of some handles who belong to a group.
pub fn named(tx: &mut Tx, group: GroupId, handles: &Texts) -> Result<Vec<MemberId>, Error> {
    let rows = tx.rows::<(MemberId,)>(
        sql!(
            "SELECT a.id FROM agents a JOIN memberships m ON m.agent_id = a.id AND m.group_id = ?1
              WHERE a.handle IN (SELECT word FROM texts(?2)) AND a.kind = 'member' AND a.standing = 'active'"
        ),
        &[&group, handles],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Notes who is named in a message.
pub fn mention(tx: &mut Tx, mentions: &[(MemberId, ChannelId, i64)]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> = mentions
        .iter()
        .map(|(member, channel, seq)| {
            let row: [&dyn Bind; 3] = [member, channel, seq];
            row.to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO mentions (member_id, channel_id, seq) VALUES (?1, ?2, ?3)
             ON CONFLICT (member_id, channel_id, seq) DO NOTHING"
        ),
        &rows,
    )?;
    Ok(())
}

/// Forgets who was named in a message.
pub fn unmention(tx: &mut Tx, channel: ChannelId, seq: i64) -> Result<Vec<MemberId>, Error> {
    let rows = tx.rows::<(MemberId,)>(
        sql!("SELECT member_id FROM mentions WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq],
    )?;
    tx.exec(sql!("DELETE FROM mentions WHERE channel_id = ?1 AND seq = ?2"), &[&channel, &seq])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Says that something about a member's reading moved.
pub fn move_inbox(tx: &mut Tx, member: MemberId) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO chat_inboxes (member_id, rev) VALUES (?1, 1)
             ON CONFLICT (member_id) DO UPDATE SET rev = chat_inboxes.rev + 1"
        ),
        &[&member],
    )?;
    Ok(())
}

/// How often something about a member's reading moved.
pub fn inbox_rev(tx: &mut Tx, member: MemberId) -> Result<i64, Error> {
    let row = tx.row::<(i64,)>(sql!("SELECT rev FROM chat_inboxes WHERE member_id = ?1"), &[&member])?;
    Ok(row.map_or(0, |(rev,)| rev))
}

record! {
    /// A channel of somebody, and what they have not read of it.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
    pub struct InboxLine {
        /// The channel.
        pub channel: ChannelId,
        /// Its name.
        pub name: String,
        /// The handle of its group.
        pub handle: String,
        /// The name of its group.
        pub group: String,
        /// How many messages it has.
        pub seq: i64,
        /// How many of them are not read yet.
        pub unread: i64,
        /// How many of those name the reader.
        pub mentions: i64,
    }
}

/// The channels of a member in which somebody has said something, those with something unread first.
pub fn inbox(tx: &mut Tx, member: MemberId, most: i64) -> Result<Vec<InboxLine>, Error> {
    tx.rows(
        sql!(
            "SELECT c.id, c.name, g.handle, g.name, c.seq, c.seq - coalesce(r.seq, 0),
                    (SELECT count(*) FROM mentions n
                      WHERE n.member_id = ?1 AND n.channel_id = c.id AND n.seq > coalesce(r.seq, 0))
               FROM memberships m
               JOIN agents g ON g.id = m.group_id
               JOIN channels c ON c.group_id = g.id
               LEFT JOIN chat_reads r ON r.member_id = ?1 AND r.channel_id = c.id
              WHERE m.agent_id = ?1 AND c.seq > 0
              ORDER BY CASE WHEN c.seq > coalesce(r.seq, 0) THEN 0 ELSE 1 END, g.name, c.name LIMIT ?2"
        ),
        &[&member, &most],
    )
}

record! {
    /// A channel in which somebody was named and has not read it.
    pub struct NamedIn {
        /// The channel.
        pub name: String,
        /// The handle of its group.
        pub handle: String,
        /// The name of its group.
        pub group: String,
        /// How many messages name them.
        pub mentions: i64,
    }
}

/// Where a member was named since they read last.
pub fn named_in(tx: &mut Tx, member: MemberId) -> Result<Vec<NamedIn>, Error> {
    tx.rows(
        sql!(
            "SELECT c.name, g.handle, g.name, count(*)
               FROM memberships m
               JOIN agents g ON g.id = m.group_id
               JOIN channels c ON c.group_id = g.id
               LEFT JOIN chat_reads r ON r.member_id = ?1 AND r.channel_id = c.id
               JOIN mentions n ON n.member_id = ?1 AND n.channel_id = c.id AND n.seq > coalesce(r.seq, 0)
              WHERE m.agent_id = ?1
              GROUP BY c.id, c.name, g.handle, g.name ORDER BY g.name, c.name"
        ),
        &[&member],
    )
}

/// Which signs on these messages are the member's own.
pub fn own_signs(
    tx: &mut Tx,
    channel: ChannelId,
    member: MemberId,
    seqs: &Longs,
) -> Result<Vec<(i64, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT r.seq, r.sign FROM reaction_counts k
               JOIN reactions r ON r.channel_id = k.channel_id AND r.seq = k.seq AND r.sign = k.sign
              WHERE k.channel_id = ?1 AND k.seq IN (SELECT n FROM longs(?3)) AND r.member_id = ?2"
        ),
        &[&channel, &member, seqs],
    )
}

/// Saves a message for its reader, or no longer.
pub fn save(tx: &mut Tx, member: MemberId, channel: ChannelId, seq: i64, on: bool) -> Result<(), Error> {
    if on {
        tx.exec(
            sql!(
                "INSERT INTO saved_messages (member_id, channel_id, seq) VALUES (?1, ?2, ?3)
                 ON CONFLICT (member_id, channel_id, seq) DO NOTHING"
            ),
            &[&member, &channel, &seq],
        )?;
    } else {
        tx.exec(
            sql!("DELETE FROM saved_messages WHERE member_id = ?1 AND channel_id = ?2 AND seq = ?3"),
            &[&member, &channel, &seq],
        )?;
    }
    Ok(())
}
