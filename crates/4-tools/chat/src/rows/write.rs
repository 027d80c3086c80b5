//! Writing messages, and changing what became of them. Each change gives the message the channel's next `rev`.

use super::{hold, keep};
use crate::error::ChatError;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, ChannelId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Bind, Error, Ids, Tx, record, sql};

/// A message about to be written.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Where.
    pub channel: ChannelId,
    /// Its place there.
    pub seq: i64,
    /// The channel's `rev` with it.
    pub rev: i64,
    /// Who says it; for a webhook, whoever made that.
    pub author: AgentId,
    /// The webhook's name, or nothing.
    pub hook: String,
    /// The message that it answers.
    pub thread: Option<i64>,
    /// When.
    pub sent: Moment,
    /// In Markdown.
    pub text: String,
}

/// Writes messages.
pub fn insert(tx: &mut Tx, messages: &[NewMessage]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> = messages
        .iter()
        .map(|it| {
            let row: [&dyn Bind; 8] =
                [&it.channel, &it.seq, &it.rev, &it.author, &it.hook, &it.thread, &it.sent, &it.text];
            row.to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO messages (channel_id, seq, rev, author_id, hook, thread, replies, sent, edited, gone, pinned, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, NULL, FALSE, FALSE, ?8)"
        ),
        &rows,
    )?;
    for answer in messages {
        if let Some(thread) = answer.thread {
            tx.exec(
                sql!("UPDATE messages SET replies = replies + 1 WHERE channel_id = ?1 AND seq = ?2"),
                &[&answer.channel, &thread],
            )?;
        }
    }
    Ok(())
}

record! {
    /// What acts need to know of a message.
    #[derive(Clone, Debug)]
    pub struct Known {
        pub author: AgentId,
        pub thread: Option<i64>,
        pub gone: bool,
    }
}

/// What there is of a message.
pub fn find(tx: &mut Tx, channel: ChannelId, seq: i64) -> Result<Option<Known>, Error> {
    tx.row(
        sql!("SELECT author_id, thread, gone FROM messages WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq],
    )
}

/// Holds a channel, and the message in it, so that something can be done to it; it has the channel's next `rev` then.
pub fn touch(tx: &mut Tx, channel: ChannelId, seq: i64) -> Result<Known, Fault> {
    let mut held = hold(tx, &Ids(vec![channel.0]))?;
    let mut row = held.remove(&channel).ok_or(ChatError::ChannelUnknown)?.row;
    let known = find(tx, channel, seq)?.ok_or(ChatError::MessageUnknown)?;
    if known.gone {
        return Err(ChatError::MessageGone.into());
    }
    row.rev += 1;
    keep(tx, &[&row])?;
    tx.exec(
        sql!("UPDATE messages SET rev = ?3 WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq, &row.rev],
    )?;
    Ok(known)
}

/// Gives a message other words.
pub fn reword(tx: &mut Tx, (channel, seq): (ChannelId, i64), text: &str, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE messages SET text = ?3, edited = ?4 WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq, &text, &now],
    )?;
    Ok(())
}

/// Takes the words of a message away, and what others made of it.
pub fn empty(tx: &mut Tx, channel: ChannelId, seq: i64) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE messages SET text = '', gone = TRUE, pinned = FALSE WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq],
    )?;
    tx.exec(sql!("DELETE FROM reactions WHERE channel_id = ?1 AND seq = ?2"), &[&channel, &seq])?;
    tx.exec(sql!("DELETE FROM reaction_counts WHERE channel_id = ?1 AND seq = ?2"), &[&channel, &seq])?;
    tx.exec(sql!("DELETE FROM saved_messages WHERE channel_id = ?1 AND seq = ?2"), &[&channel, &seq])?;
    Ok(())
}

/// Pins a message, or takes the pin out.
pub fn pin(tx: &mut Tx, channel: ChannelId, seq: i64, on: bool) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE messages SET pinned = ?3 WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq, &on],
    )?;
    Ok(())
}

/// How many different signs a message has.
pub fn signs(tx: &mut Tx, channel: ChannelId, seq: i64) -> Result<Vec<String>, Error> {
    let rows = tx.rows::<(String,)>(
        sql!("SELECT sign FROM reaction_counts WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq],
    )?;
    Ok(rows.into_iter().map(|(sign,)| sign).collect())
}

/// Adds a member's sign to a message, or takes it back. Twice is once.
pub fn react(
    tx: &mut Tx,
    (channel, seq): (ChannelId, i64),
    member: MemberId,
    sign: &str,
    on: bool,
) -> Result<(), Error> {
    if on {
        let added = tx.exec(
            sql!(
                "INSERT INTO reactions (channel_id, seq, sign, member_id) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (channel_id, seq, sign, member_id) DO NOTHING"
            ),
            &[&channel, &seq, &sign, &member],
        )?;
        if added > 0 {
            tx.exec(
                sql!(
                    "INSERT INTO reaction_counts (channel_id, seq, sign, n) VALUES (?1, ?2, ?3, 1)
                     ON CONFLICT (channel_id, seq, sign) DO UPDATE SET n = reaction_counts.n + 1"
                ),
                &[&channel, &seq, &sign],
            )?;
        }
        return Ok(());
    }
    let taken = tx.exec(
        sql!("DELETE FROM reactions WHERE channel_id = ?1 AND seq = ?2 AND sign = ?3 AND member_id = ?4"),
        &[&channel, &seq, &sign, &member],
    )?;
    if taken > 0 {
        tx.exec(
            sql!("UPDATE reaction_counts SET n = n - 1 WHERE channel_id = ?1 AND seq = ?2 AND sign = ?3"),
            &[&channel, &seq, &sign],
        )?;
        tx.exec(
            sql!("DELETE FROM reaction_counts WHERE channel_id = ?1 AND seq = ?2 AND sign = ?3 AND n <= 0"),
            &[&channel, &seq, &sign],
        )?;
    }
    Ok(())
}
