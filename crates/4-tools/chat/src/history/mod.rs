//! What a group brings along from another chat: people, channels and what was said there, laid aside in pieces and then brought in, a channel
//! at a time, all of it or nothing. It reads no export: that is done before, wherever the file lies.

pub mod acts;
pub mod bring;
pub(crate) mod pages;
pub mod rows;
mod settle;
pub mod views;

use crate::error::ChatError;
use crate::rows::{Place, place};
use planet_corridor::act::Resource;
use planet_corridor::refusal::Fault;
use planet_ontology::entities;
use planet_ontology::ids::{ChannelId, GroupId};
use planet_store::Tx;

/// The chat of a group as policies see it.
fn resource(tx: &mut Tx, group: GroupId) -> Result<Resource, Fault> {
    let first = ChannelId(group.0);
    let place = place(tx, first)?.filter(|place| place.group == group).ok_or(ChatError::ChannelUnknown)?;
    Ok(Resource::of(place.group, first, &entities::Channel { sealed: place.sealed }))
}

/// A group that may keep what is said, whatever the rules say.
fn unsealed(tx: &mut Tx, group: GroupId) -> Result<Place, Fault> {
    let place = place(tx, ChannelId(group.0))?.ok_or(ChatError::ChannelUnknown)?;
    if place.sealed { Err(ChatError::Sealed.into()) } else { Ok(place) }
}
