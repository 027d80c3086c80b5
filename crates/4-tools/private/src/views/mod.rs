//! What can be seen of private conversations: who is in them, and how many messages wait. What they say is not here to be seen.

pub mod devices;
pub mod log;

use crate::acts::people::{AddPerson, RemovePerson};
use crate::acts::{own_group, part_of};
use crate::error::PrivateError;
use crate::rows::{devices as device_rows, people as rows};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_identity::encoding::b64u;
use planet_identity::rows::did_logs;
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How many conversations the list shows.
const MOST: i64 = 200;

/// Somebody who takes part.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Part {
    /// Who.
    pub id: MemberId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
}

impl From<rows::Part> for Part {
    fn from(row: rows::Part) -> Self {
        Self { id: row.id, name: row.name, handle: row.handle }
    }
}

/// The viewer's conversations.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversations {}

/// A conversation in the list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Line {
    /// Which.
    pub id: Uuid,
    /// The group, where it is a group's.
    pub group: Option<GroupId>,
    /// The group's name.
    pub group_name: Option<String>,
    /// The others who take part.
    pub others: Vec<Part>,
    /// Whether it is one of two.
    pub two: bool,
    /// When something last came in.
    pub last: Moment,
    /// How many messages of others wait.
    pub unread: i64,
}

impl View for Conversations {
    const NAME: &'static str = "private.conversations";
    const ABOUT: &'static str = "One's private conversations: with whom, and how many messages wait.";
    type Output = Vec<Line>;

    fn read(&self, look: &mut Look) -> Result<Vec<Line>, Fault> {
        let me = look.member()?;
        let mine = rows::mine(look.tx, me, MOST)?;
        let ids: Vec<Uuid> = mine.iter().map(|row| row.id).collect();
        let people = rows::of(look.tx, &ids)?;
        let line = |row: rows::Mine| {
            let here = people.iter().filter(|part| part.conversation == row.id);
            let takes_part = here.clone().any(|part| part.id == me);
            let others = here.filter(|part| part.id != me).cloned().map(Part::from).collect();
            let rows::Mine { id, group, group_name, two, last, unread } = row;
            takes_part.then_some(Line { id, group, group_name, others, two, last, unread })
        };
        Ok(mine.into_iter().filter_map(line).collect())
    }
}

/// One conversation, for somebody who takes part.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    /// Which.
    pub id: Uuid,
}

/// A device of somebody who takes part.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DeviceOf {
    /// Which.
    pub id: Uuid,
    /// Whose.
    pub member: MemberId,
    /// What proves it; browsers check it themselves.
    pub credential: String,
}

/// One conversation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ConversationView {
    /// Which.
    pub id: Uuid,
    /// The viewer.
    pub me: MemberId,
    /// The viewer's identifier, if they have one of their own.
    pub did: Option<String>,
    /// The group, where it is a group's.
    pub group: Option<GroupId>,
    /// The group's name.
    pub group_name: Option<String>,
    /// Whether it is one of two.
    pub two: bool,
    /// Everybody who takes part.
    pub people: Vec<Part>,
    /// Their devices in use.
    pub devices: Vec<DeviceOf>,
    /// The epoch in which it is.
    pub epoch: i64,
    /// How many entries its log has.
    pub position: i64,
    /// The hash of the newest, base64url.
    pub head: String,
    /// Whether the viewer may take people in.
    pub may_add: bool,
    /// Whether the viewer may take people out.
    pub may_remove: bool,
}

impl View for Conversation {
    const NAME: &'static str = "private.conversation";
    const ABOUT: &'static str = "One private conversation: who takes part, and with which devices.";
    type Output = ConversationView;

    fn read(&self, look: &mut Look) -> Result<ConversationView, Fault> {
        let (row, me) = part_of(look.tx, self.id, look.viewer.actor.member())?;
        let people = rows::of(look.tx, &[row.id])?;
        let ids: Vec<MemberId> = people.iter().map(|part| part.id).collect();
        let devices = device_rows::in_use(look.tx, &ids)?;
        let devices = devices.into_iter().map(|it| DeviceOf {
            id: it.id,
            member: it.member,
            credential: it.credential,
        });
        let named = row.group.is_none() && row.pair.is_none();
        let group_name = row.group.map(|group| agents::find(look.tx, group.into())).transpose()?.flatten();
        Ok(ConversationView {
            id: row.id,
            me,
            did: did_of(look.tx, me)?,
            group: row.group,
            group_name: group_name.map(|group| group.name),
            two: row.pair.is_some(),
            devices: devices.collect(),
            people: people.into_iter().map(Part::from).collect(),
            epoch: row.epoch,
            position: row.position,
            head: b64u(&row.head),
            may_add: named && look.may(&AddPerson { conversation: row.id, member: me })?,
            may_remove: named && look.may(&RemovePerson { conversation: row.id, member: me })?,
        })
    }
}

/// A member's identifier, if the member holds its keys.
pub(crate) fn did_of(tx: &mut Tx, member: MemberId) -> Result<Option<String>, Fault> {
    let hosted = did_logs::of(tx, member.into()).map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(hosted.filter(|hosted| !hosted.held_by_node).map(|hosted| hosted.did))
}

/// The conversation of a private group, for somebody who belongs to it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The group's handle.
    pub handle: String,
}

/// A private group and its conversation.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroupView {
    /// The group.
    pub id: GroupId,
    /// Its name.
    pub name: String,
    /// Its handle.
    pub handle: String,
    /// The conversation, if somebody has opened it.
    pub conversation: Option<Uuid>,
}

impl View for Group {
    const NAME: &'static str = "private.group";
    const ABOUT: &'static str = "The private conversation of a group to which one belongs.";
    type Output = GroupView;

    fn read(&self, look: &mut Look) -> Result<GroupView, Fault> {
        let me = look.member()?;
        let group = agents::find_by_handle(look.tx, &self.handle)?.filter(|agent| agent.kind == "group");
        let group = group.ok_or(PrivateError::GroupUnknown)?;
        let id = GroupId(group.id.0);
        own_group(look.tx, me, id)?;
        let conversation = rows::of_group(look.tx, id)?;
        Ok(GroupView { id, name: group.name, handle: group.handle, conversation })
    }
}
