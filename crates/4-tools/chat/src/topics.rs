//! What browsers listen to in a chat: a channel, and a member's own inbox.

use crate::rows::{self, mine, read};
use planet_corridor::topics::{Note, TopicKind};
use planet_kit::markdown::markdown;
use planet_ontology::ids::{AudienceId, ChannelId, MemberId};
use planet_store::{Error, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

/// The most channels that an inbox tells of.
const MOST_CHANNELS: i64 = 200;

/// A channel: every message that is new or to which something happened, as it is now.
pub const CHANNEL: TopicKind = TopicKind {
    name: "chat.channel",
    audience,
    head: |tx, id| Ok(rows::counters(tx, ChannelId(id))?.1),
    since,
    finish,
    signals: &["typing"],
};

/// A member's inbox: what is not read, on whichever device it was read elsewhere.
pub const INBOX: TopicKind = TopicKind {
    name: "chat.inbox",
    audience: |_, id| Ok(Some(AudienceId(id))),
    head: |tx, id| mine::inbox_rev(tx, MemberId(id)),
    since: inbox,
    finish: |note| note,
    signals: &[],
};

/// Who reads a channel; nobody, where the group is private.
fn audience(tx: &mut Tx, id: Uuid) -> Result<Option<AudienceId>, Error> {
    let place = rows::place(tx, ChannelId(id))?.filter(|place| !place.sealed);
    Ok(place.map(|place| if place.open { AudienceId::PUBLIC } else { place.group.into() }))
}

fn since(tx: &mut Tx, id: Uuid, rev: i64, most: i64) -> Result<Vec<Note>, Error> {
    let channel = ChannelId(id);
    let seqs = read::moved(tx, channel, rev, most)?;
    let mut messages = read::at(tx, channel, &seqs)?;
    messages.sort_by_key(|message| message.rev);
    Ok(messages
        .into_iter()
        .map(|message| Note { cursor: message.rev, body: serde_json::to_value(message).unwrap_or_default() })
        .collect())
}

/// Words become HTML that can do no harm, once for all who read them.
fn finish(mut note: Value) -> Value {
    let text = note.get("text").and_then(Value::as_str).unwrap_or_default();
    let html = markdown(text).into_string();
    if let Some(fields) = note.as_object_mut() {
        fields.insert("html".into(), html.into());
    }
    note
}

/// An inbox has one note: what it says now.
fn inbox(tx: &mut Tx, id: Uuid, _: i64, _: i64) -> Result<Vec<Note>, Error> {
    let member = MemberId(id);
    let channels = mine::inbox(tx, member, MOST_CHANNELS)?;
    Ok(vec![Note { cursor: mine::inbox_rev(tx, member)?, body: json!({ "channels": channels }) }])
}
