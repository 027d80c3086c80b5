//! What can be done about private conversations: the only place that changes this room's tables. The node decides by its own plain list
//! of people; what is said never comes before it.

pub mod devices;
pub mod log;
pub mod people;

use crate::error::PrivateError;
use crate::rows::devices::Device;
use crate::rows::people::Row;
use crate::rows::{devices as device_rows, people as rows};
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::{Conversation, Profile};
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::{Role, Visibility};
use planet_store::Tx;
use uuid::Uuid;

/// A device, for the rules: whose it is, as a member's own things are.
pub(crate) fn device_resource(tx: &mut Tx, id: Uuid, actor: &Actor) -> Result<Resource, Fault> {
    let device = device_rows::find(tx, id)?.ok_or(PrivateError::DeviceUnknown)?;
    // Of somebody else's devices nobody learns whether they are there.
    if actor.member() != Some(device.member) {
        return Err(PrivateError::DeviceUnknown.into());
    }
    Ok(Resource::club(id, &Profile { own: true }))
}

/// A conversation, for the rules. Who does not take part does not learn that it is there.
pub(crate) fn conversation_resource(tx: &mut Tx, id: Uuid, actor: &Actor) -> Result<Resource, Fault> {
    let (row, me) = part_of(tx, id, actor.member())?;
    let facts = Conversation { part: true, own: row.founder == me };
    Ok(Resource::of(row.group.unwrap_or(GroupId::CLUB), id, &facts))
}

/// The conversation, for somebody who takes part in it.
pub(crate) fn part_of(tx: &mut Tx, id: Uuid, member: Option<MemberId>) -> Result<(Row, MemberId), Fault> {
    let member = member.ok_or(PrivateError::ConversationUnknown)?;
    match rows::find(tx, id)? {
        Some(row) if rows::takes_part(tx, id, member)? => Ok((row, member)),
        _ => Err(PrivateError::ConversationUnknown.into()),
    }
}

/// A device of a member that is in use.
pub(crate) fn own_device(tx: &mut Tx, id: Uuid, member: MemberId) -> Result<Device, Fault> {
    let device = device_rows::find(tx, id)?;
    let device = device.filter(|device| device.member == member && device.revoked.is_none());
    Ok(device.ok_or(PrivateError::DeviceUnknown)?)
}

/// That a group is private, for a member who belongs to it.
pub(crate) fn own_group(tx: &mut Tx, member: MemberId, group: GroupId) -> Result<(), Fault> {
    if group == GroupId::CLUB || agents::role(tx, member.into(), group)? == Role::None {
        return Err(PrivateError::GroupUnknown.into());
    }
    let seen = agents::find(tx, group.into())?.ok_or(PrivateError::GroupUnknown)?.seen();
    if seen == Visibility::Private { Ok(()) } else { Err(PrivateError::GroupNotPrivate.into()) }
}
