//! The rows of what was brought along: people of elsewhere, channels and their marks, pieces that lie aside.

pub mod people;

use planet_history::Source;
use planet_ontology::ids::{AgentId, ChannelId, GroupId, PersonId};
use planet_ontology::units::Moment;
use planet_store::{Bind, Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

/// Lays a piece of a channel aside. With the first piece, what lay there before is gone.
pub fn lay(
    tx: &mut Tx,
    (group, source, key): (GroupId, Source, &str),
    part: i64,
    body: &str,
) -> Result<(), Error> {
    let word = source.word();
    if part == 0 {
        forget_laid(tx, (group, source, key))?;
    }
    tx.exec(
        sql!(
            "INSERT INTO chat_laid (group_id, source, key, part, body) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (group_id, source, key, part) DO UPDATE SET body = excluded.body"
        ),
        &[&group, &word, &key, &part, &body],
    )?;
    Ok(())
}

/// How many pieces of a group lie aside.
pub fn count_laid(tx: &mut Tx, group: GroupId) -> Result<i64, Error> {
    Ok(tx.one::<(i64,)>(sql!("SELECT count(*) FROM chat_laid WHERE group_id = ?1"), &[&group])?.0)
}

/// The pieces of a channel that lie aside, in their order.
pub fn laid(tx: &mut Tx, (group, source, key): (GroupId, Source, &str)) -> Result<Vec<(i64, String)>, Error> {
    tx.rows(
        sql!(
            "SELECT part, body FROM chat_laid WHERE group_id = ?1 AND source = ?2 AND key = ?3 ORDER BY part"
        ),
        &[&group, &source.word(), &key],
    )
}

/// Takes the pieces of a channel away.
pub fn forget_laid(tx: &mut Tx, (group, source, key): (GroupId, Source, &str)) -> Result<(), Error> {
    tx.exec(
        sql!("DELETE FROM chat_laid WHERE group_id = ?1 AND source = ?2 AND key = ?3"),
        &[&group, &source.word(), &key],
    )?;
    Ok(())
}

record! {
    /// A channel that was brought along.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
    pub struct HistoryLine {
        /// The program that it comes from.
        pub source: String,
        /// What it was known by there.
        pub key: String,
        /// The channel here.
        pub channel: ChannelId,
        /// Its name here.
        pub name: String,
        /// What whoever brought it named its contents by.
        pub digest: String,
        /// How many messages came along, in all.
        pub messages: i64,
        /// When it was brought in last.
        pub brought: Moment,
    }
}

/// The channels that were brought along.
pub fn histories(tx: &mut Tx, group: GroupId) -> Result<Vec<HistoryLine>, Error> {
    tx.rows(
        sql!(
            "SELECT h.source, h.key, h.channel_id, c.name, h.digest, h.messages, h.brought
               FROM chat_histories h JOIN channels c ON c.id = h.channel_id
              WHERE h.group_id = ?1 ORDER BY c.name"
        ),
        &[&group],
    )
}

/// Notes that a channel was brought along.
pub fn note(tx: &mut Tx, group: GroupId, line: &HistoryLine) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO chat_histories (group_id, source, key, channel_id, digest, messages, brought)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (group_id, source, key) DO UPDATE SET digest = excluded.digest, brought = excluded.brought,
                    messages = chat_histories.messages + excluded.messages"
        ),
        &[&group, &line.source, &line.key, &line.channel, &line.digest, &line.messages, &line.brought],
    )?;
    Ok(())
}

/// The marks of a channel's messages that were brought along before, with their places.
pub fn marks(tx: &mut Tx, channel: ChannelId) -> Result<HashMap<String, i64>, Error> {
    let rows = tx
        .rows::<(String, i64)>(sql!("SELECT mark, seq FROM chat_marks WHERE channel_id = ?1"), &[&channel])?;
    Ok(rows.into_iter().collect())
}

/// A message about to be written that was said elsewhere.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Its place in the channel.
    pub seq: i64,
    /// The channel's `rev` with it.
    pub rev: i64,
    /// Who that is here, or the group.
    pub author: AgentId,
    /// Who said it there.
    pub person: PersonId,
    /// What makes it itself.
    pub mark: String,
    /// The message that it answers.
    pub thread: Option<i64>,
    /// How many answer it.
    pub replies: i64,
    /// When.
    pub sent: Moment,
    /// When it was mended.
    pub edited: Option<Moment>,
    /// Whether it was removed.
    pub gone: bool,
    /// Whether it is pinned.
    pub pinned: bool,
    /// In Markdown.
    pub text: String,
}

/// Writes messages with their marks.
pub fn insert(tx: &mut Tx, channel: ChannelId, messages: &[Brought]) -> Result<(), Error> {
    let mut rows: Vec<Vec<&dyn Bind>> = messages.iter().map(|it| cells(it).to_vec()).collect();
    for cells in &mut rows {
        cells.push(&channel);
    }
    tx.exec_many(
        sql!(
            "INSERT INTO messages (seq, rev, author_id, person_id, thread, replies, sent, edited, gone, pinned, text, hook, channel_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, '', ?12)"
        ),
        &rows,
    )?;
    let marks: Vec<Vec<&dyn Bind>> = messages.iter().map(|it| row([&channel, &it.mark, &it.seq])).collect();
    tx.exec_many(sql!("INSERT INTO chat_marks (channel_id, mark, seq) VALUES (?1, ?2, ?3)"), &marks)?;
    Ok(())
}

fn cells(it: &Brought) -> [&dyn Bind; 11] {
    [
        &it.seq,
        &it.rev,
        &it.author,
        &it.person,
        &it.thread,
        &it.replies,
        &it.sent,
        &it.edited,
        &it.gone,
        &it.pinned,
        &it.text,
    ]
}

/// More answers to a message that was there before.
pub fn answered(tx: &mut Tx, channel: ChannelId, seq: i64, more: i64, rev: i64) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE messages SET replies = replies + ?3, rev = ?4 WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &seq, &more, &rev],
    )?;
    Ok(())
}

/// What was said before is no news: whoever had read up to `before` has read up to `seq` as well.
pub fn no_news(tx: &mut Tx, group: GroupId, channel: ChannelId, before: i64, seq: i64) -> Result<(), Error> {
    if before == 0 {
        tx.exec(
            sql!(
                "INSERT INTO chat_reads (member_id, channel_id, seq)
                 SELECT m.agent_id, ?2, ?3 FROM memberships m JOIN agents a ON a.id = m.agent_id
                  WHERE m.group_id = ?1 AND a.kind = 'member'
                 ON CONFLICT (member_id, channel_id) DO UPDATE SET seq = excluded.seq"
            ),
            &[&group, &channel, &seq],
        )?;
    }
    tx.exec(
        sql!("UPDATE chat_reads SET seq = ?3 WHERE channel_id = ?1 AND seq = ?2"),
        &[&channel, &before, &seq],
    )?;
    Ok(())
}

/// The cells of a row.
fn row<const N: usize>(cells: [&dyn Bind; N]) -> Vec<&dyn Bind> {
    cells.to_vec()
}
