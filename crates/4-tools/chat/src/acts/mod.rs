//! Everything that can be done in a chat.

mod channel;
mod command;
mod hooks;
mod mine;
mod one;
mod send;

pub use channel::{MOST_CHANNELS, OpenChannel};
pub use command::Command;
pub use hooks::{MakeHook, PostByHook, RevokeHook, hash_of_secret};
pub use mine::{MarkRead, Save};
pub use one::{Delete, Edit, Pin, React};
pub use send::{Send, Sent};

use crate::error::ChatError;
use crate::rows;
use crate::rows::write;
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::refusal::Fault;
use planet_ontology::entities;
use planet_ontology::ids::ChannelId;
use planet_store::Tx;

/// A channel as policies see it.
fn channel_resource(tx: &mut Tx, channel: ChannelId) -> Result<Resource, Fault> {
    let place = rows::place(tx, channel)?.ok_or(ChatError::ChannelUnknown)?;
    Ok(Resource::of(place.group, channel, &entities::Channel { sealed: place.sealed }))
}

/// A message as policies see it.
pub(crate) fn message_resource(
    tx: &mut Tx,
    channel: ChannelId,
    seq: i64,
    actor: &Actor,
) -> Result<Resource, Fault> {
    let place = rows::place(tx, channel)?.ok_or(ChatError::ChannelUnknown)?;
    let known = write::find(tx, channel, seq)?.ok_or(ChatError::MessageUnknown)?;
    let own = actor.agent() == Some(known.author);
    let facts = entities::Message { own, sealed: place.sealed };
    Ok(Resource::of(place.group, format!("{channel}/{seq}"), &facts))
}

/// Refuses what only a group that is not private has, whatever the rules say: what is kept here, the node can read.
fn unsealed(tx: &mut Tx, channel: ChannelId) -> Result<rows::Place, Fault> {
    let place = rows::place(tx, channel)?.ok_or(ChatError::ChannelUnknown)?;
    if place.sealed { Err(ChatError::Sealed.into()) } else { Ok(place) }
}
