//! What the forms of a chat do: each is one act, and then the page again.

use super::{Shown, address, read, show_room};
use crate::acts::{Command, Delete, Edit, MarkRead, OpenChannel, Pin, React, Save, Send};
use crate::history::acts::NotMine;
use axum::extract::Path;
use planet_corridor::act::Act;
use planet_corridor::refusal::Refusal;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::ChannelId;

fn channel(fields: &Fields) -> Result<ChannelId, Refusal> {
    fields.parse("channel", "channel_unknown", "There is no such channel.")
}

fn seq(fields: &Fields) -> Result<i64, Refusal> {
    fields.parse("seq", "message_unknown", "There is no such message.")
}

/// Says something, or performs a command: what begins with one slash. Two slashes say one.
pub(super) async fn send(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["text", "channel", "c", "thread"])?;
    let (channel, written) = (channel(&fields)?, fields.text("text").to_owned());
    let thread = match fields.optional("thread") {
        Some(_) => Some(fields.parse("thread", "message_unknown", "There is no such message.")?),
        None => None,
    };
    let result = if written.starts_with('/') && !written.starts_with("//") {
        visit.act(key, Command { channel, text: written }).await?.map(|_| ())
    } else {
        let text =
            if written.starts_with("//") { written.get(1..).unwrap_or_default().to_owned() } else { written };
        visit.act(key, Send { channel, text, thread }).await?.map(|_| ())
    };
    let shown = Shown { c: fields.optional("c"), thread, ..Shown::default() };
    match result {
        Ok(()) => {
            let there = address(&handle, fields.text("c"));
            let thread = thread.map(|thread| format!("&thread={thread}")).unwrap_or_default();
            visit.done(&format!("{there}{thread}#f-text"), "chat-sent")
        }
        Err(refusal) => {
            let view = read(&visit, handle, shown.clone()).await?;
            visit.again(&refusal, show_room(&visit, &view, &shown, &fields.filled(&refusal)))
        }
    }
}

async fn act<A: Act>(
    visit: &Signed,
    handle: &str,
    fields: &Fields,
    names: &[&str],
    act: A,
    told: &str,
) -> Answer {
    let key = fields.key(&[&["channel", "c", "seq"], names].concat())?;
    visit.act(key, act).await??;
    visit.done(&format!("{}#m{}", address(handle, fields.text("c")), fields.text("seq")), told)
}

pub(super) async fn edit(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let edit = Edit { channel: channel(&fields)?, seq: seq(&fields)?, text: fields.text("text").into() };
    act(&visit, &handle, &fields, &["text"], edit, "chat-changed").await
}

pub(super) async fn delete(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let delete = Delete { channel: channel(&fields)?, seq: seq(&fields)? };
    act(&visit, &handle, &fields, &[], delete, "chat-changed").await
}

pub(super) async fn not_mine(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let not_mine = NotMine { channel: channel(&fields)?, seq: seq(&fields)? };
    act(&visit, &handle, &fields, &[], not_mine, "chat-changed").await
}

pub(super) async fn react(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let (sign, on) = (fields.text("sign").to_owned(), fields.ticked("on"));
    let react = React { channel: channel(&fields)?, seq: seq(&fields)?, sign, on };
    act(&visit, &handle, &fields, &["sign", "on"], react, "chat-changed").await
}

pub(super) async fn pin(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let pin = Pin { channel: channel(&fields)?, seq: seq(&fields)?, on: fields.ticked("on") };
    act(&visit, &handle, &fields, &["on"], pin, "chat-changed").await
}

pub(super) async fn save(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let save = Save { channel: channel(&fields)?, seq: seq(&fields)?, on: fields.ticked("on") };
    act(&visit, &handle, &fields, &["on"], save, "chat-kept").await
}

pub(super) async fn mark_read(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let read = MarkRead { channel: channel(&fields)?, seq: seq(&fields)? };
    act(&visit, &handle, &fields, &[], read, "chat-changed").await
}

pub(super) async fn open_channel(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["name"])?;
    let view = read(&visit, handle.clone(), Shown::default()).await?;
    let name = fields.text("name").to_owned();
    match visit.act(key, OpenChannel { group: view.group, name: name.clone() }).await? {
        Ok(_) => {
            let name = crate::checks::name(&name).unwrap_or_default();
            visit.done(&address(&handle, &name), "chat-opened")
        }
        Err(refusal) => {
            visit.again(&refusal, show_room(&visit, &view, &Shown::default(), &fields.filled(&refusal)))
        }
    }
}
