//! Reading messages: always along the key of a channel and a place in it, so that a channel of a million is as quick as one of ten.

use planet_ontology::ids::{AgentId, ChannelId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Error, Longs, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

record! {
    /// A message without what others made of it.
    #[derive(Clone, Debug)]
    pub struct MessageRow {
        pub seq: i64,
        pub rev: i64,
        pub author: AgentId,
        pub name: String,
        pub handle: String,
        pub hook: String,
        pub thread: Option<i64>,
        pub replies: i64,
        pub sent: Moment,
        pub edited: Option<Moment>,
        pub gone: bool,
        pub pinned: bool,
        pub text: String,
        pub brought: Option<String>,
    }
}

/// A message as everybody who may read it sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Message {
    /// Its place in the channel: the first message is 1, and there is no gap.
    pub seq: i64,
    /// When something happened to it last, in the channel's own count.
    pub rev: i64,
    /// Who said it; for a webhook, whoever made that; the group, for somebody of another chat of whom nobody has said who that is here.
    pub author: AgentId,
    /// The author's name.
    pub name: String,
    /// The author's handle; empty for somebody who is not here.
    pub handle: String,
    /// The name of the webhook that said it; empty for people.
    pub hook: String,
    /// The message that it answers.
    pub thread: Option<i64>,
    /// How many answers it has.
    pub replies: i64,
    /// When it was said, in microseconds.
    pub sent: Moment,
    /// When it was mended.
    pub edited: Option<Moment>,
    /// Whether it was removed; it has no words then.
    pub gone: bool,
    /// Whether it is pinned.
    pub pinned: bool,
    /// What it says, in Markdown.
    pub text: String,
    /// The author's name in the chat from which it was brought along; nothing for what was said here.
    pub brought: Option<String>,
    /// What others made of it.
    pub reactions: Vec<Reaction>,
}

/// How many chose a sign.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reaction {
    /// The emoji.
    pub sign: String,
    /// How many.
    pub count: i64,
}

/// The places of the messages before one, the newest first.
pub fn before(tx: &mut Tx, channel: ChannelId, seq: i64, most: i64) -> Result<Longs, Error> {
    Ok(seqs(tx.rows(
        sql!("SELECT seq FROM messages WHERE channel_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT ?3"),
        &[&channel, &seq, &most],
    )?))
}

/// The places of the messages from one on.
pub fn from(tx: &mut Tx, channel: ChannelId, seq: i64, most: i64) -> Result<Longs, Error> {
    Ok(seqs(tx.rows(
        sql!("SELECT seq FROM messages WHERE channel_id = ?1 AND seq >= ?2 ORDER BY seq LIMIT ?3"),
        &[&channel, &seq, &most],
    )?))
}

/// The places of the answers to a message, the newest of them.
pub fn answers(tx: &mut Tx, channel: ChannelId, thread: i64, most: i64) -> Result<Longs, Error> {
    Ok(seqs(tx.rows(
        sql!("SELECT seq FROM messages WHERE channel_id = ?1 AND thread = ?2 ORDER BY seq DESC LIMIT ?3"),
        &[&channel, &thread, &most],
    )?))
}

/// The places of the pinned messages, the newest of them.
pub fn pinned(tx: &mut Tx, channel: ChannelId, most: i64) -> Result<Longs, Error> {
    Ok(seqs(tx.rows(
        sql!("SELECT seq FROM messages WHERE channel_id = ?1 AND pinned = TRUE ORDER BY seq DESC LIMIT ?2"),
        &[&channel, &most],
    )?))
}

/// The places of the messages that a member saved, the newest of them.
pub fn saved(tx: &mut Tx, channel: ChannelId, member: MemberId, most: i64) -> Result<Longs, Error> {
    Ok(seqs(tx.rows(
        sql!("SELECT seq FROM saved_messages WHERE channel_id = ?1 AND member_id = ?2 ORDER BY seq DESC LIMIT ?3"),
        &[&channel, &member, &most],
    )?))
}

/// The places of the messages to which something happened after a `rev`, in that order.
pub fn moved(tx: &mut Tx, channel: ChannelId, rev: i64, most: i64) -> Result<Longs, Error> {
    Ok(seqs(tx.rows(
        sql!("SELECT seq FROM messages WHERE channel_id = ?1 AND rev > ?2 ORDER BY rev LIMIT ?3"),
        &[&channel, &rev, &most],
    )?))
}

/// What to search for.
pub struct Wanted<'a> {
    /// A pattern for `LIKE`, in lower case.
    pub pattern: &'a str,
    /// Only by this author.
    pub author: Option<AgentId>,
    /// Only before this moment.
    pub before: Moment,
}

/// The places of the messages in a channel that fit, the newest first.
pub fn search(tx: &mut Tx, channel: ChannelId, wanted: &Wanted, most: i64) -> Result<Longs, Error> {
    Ok(seqs(tx.rows(
        sql!(
            "SELECT seq FROM messages
              WHERE channel_id = ?1 AND gone = FALSE AND sent < ?2 AND lower(text) LIKE ?3
                AND (CAST(?4 AS UUID) IS NULL OR author_id = ?4)
              ORDER BY seq DESC LIMIT ?5"
        ),
        &[&channel, &wanted.before, &wanted.pattern, &wanted.author, &most],
    )?))
}

fn seqs(rows: Vec<(i64,)>) -> Longs {
    rows.into_iter().map(|(seq,)| seq).collect()
}

/// The messages at these places, in the order of the channel.
pub fn at(tx: &mut Tx, channel: ChannelId, seqs: &Longs) -> Result<Vec<Message>, Error> {
    if seqs.0.is_empty() {
        return Ok(Vec::new());
    }
    let rows = tx.rows::<MessageRow>(
        sql!(
            "SELECT m.seq, m.rev, m.author_id, CASE WHEN a.kind = 'group' AND p.name IS NOT NULL THEN p.name ELSE a.name END,
                    CASE WHEN a.kind = 'group' AND p.name IS NOT NULL THEN '' ELSE a.handle END, m.hook, m.thread, m.replies,
                    m.sent, m.edited, m.gone, m.pinned, m.text, p.name
               FROM messages m JOIN agents a ON a.id = m.author_id LEFT JOIN chat_people p ON p.id = m.person_id
              WHERE m.channel_id = ?1 AND m.seq IN (SELECT n FROM longs(?2)) ORDER BY m.seq"
        ),
        &[&channel, seqs],
    )?;
    let counts = tx.rows::<(i64, String, i64)>(
        sql!(
            "SELECT seq, sign, n FROM reaction_counts
              WHERE channel_id = ?1 AND seq IN (SELECT n FROM longs(?2)) ORDER BY seq, n DESC, sign"
        ),
        &[&channel, seqs],
    )?;
    let mut reactions: HashMap<i64, Vec<Reaction>> = HashMap::new();
    for (seq, sign, count) in counts {
        reactions.entry(seq).or_default().push(Reaction { sign, count });
    }
    Ok(rows.into_iter().map(|row| message(row, &mut reactions)).collect())
}

fn message(row: MessageRow, reactions: &mut HashMap<i64, Vec<Reaction>>) -> Message {
    Message {
        reactions: reactions.remove(&row.seq).unwrap_or_default(),
        seq: row.seq,
        rev: row.rev,
        author: row.author,
        name: row.name,
        handle: row.handle,
        hook: row.hook,
        thread: row.thread,
        replies: row.replies,
        sent: row.sent,
        edited: row.edited,
        gone: row.gone,
        pinned: row.pinned,
        text: row.text,
        brought: row.brought,
    }
}
