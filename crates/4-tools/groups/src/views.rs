//! What can be seen of groups: the list, and one group.

use crate::acts::{AddMember, Change, Create, Demote, Join, Leave, RemoveMember, SetMode, SetRole};
use crate::error::GroupError;
use crate::rows;
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, GroupId};
use planet_ontology::roles::{Mode, Visibility};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many groups a page of the list has.
pub const PAGE: i64 = 50;
/// How many people a group's page shows.
const PEOPLE: i64 = 200;

/// A group, as others see it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroupLine {
    /// Its id.
    pub id: GroupId,
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// `chat`, `working` or `trading`.
    pub mode: String,
    /// Whether anybody in the club may join.
    pub open: bool,
    /// Who may read what is in it: `open`, `restricted` or `private`.
    pub visibility: String,
    /// What it says of itself.
    pub purpose: String,
    /// How many belong to it.
    pub members: i64,
    /// The viewer's role in it, `none` for those outside.
    pub role: String,
}

/// The groups of the club.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Groups {
    /// Only those whose name comes after this one.
    #[serde(default)]
    pub after: Option<String>,
}

/// The list of groups, and whether the viewer may start one.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroupsView {
    /// The groups, by name.
    pub groups: Vec<GroupLine>,
    /// Whether the viewer may start one.
    pub may_create: bool,
}

impl View for Groups {
    const NAME: &'static str = "groups.groups";
    const ABOUT: &'static str = "The groups of the club, by name.";
    type Output = GroupsView;

    fn read(&self, look: &mut Look) -> Result<GroupsView, Fault> {
        let me = look.member()?;
        let rows = rows::list(look.tx, me.into(), self.after.as_deref().unwrap_or_default(), PAGE)?;
        let probe = Create {
            name: "?".into(),
            purpose: String::new(),
            mode: "chat".into(),
            open: false,
            visibility: Visibility::Restricted.word().into(),
        };
        Ok(GroupsView {
            groups: rows.into_iter().map(GroupLine::from).collect(),
            may_create: look.may(&probe)?,
        })
    }
}

impl From<rows::GroupRow> for GroupLine {
    fn from(row: rows::GroupRow) -> Self {
        Self {
            id: row.id,
            handle: row.handle,
            name: row.name,
            mode: row.mode.unwrap_or_default(),
            open: row.open,
            visibility: row.visibility.unwrap_or_else(|| Visibility::Restricted.word().into()),
            purpose: row.purpose.unwrap_or_default(),
            members: row.members,
            role: row.role.unwrap_or_else(|| "none".into()),
        }
    }
}

/// One group.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupPage {
    /// Its handle.
    pub handle: String,
}

/// Somebody in a group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Person {
    /// Who.
    pub id: AgentId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// `member`, `treasurer` or `steward`.
    pub role: String,
}

/// One group with its people, and what the viewer may do.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "one for each button of the page")]
pub struct GroupView {
    /// The group.
    pub group: GroupLine,
    /// Its people, stewards first.
    pub people: Vec<Person>,
    /// Whether the viewer may join.
    pub may_join: bool,
    /// Whether the viewer may leave.
    pub may_leave: bool,
    /// Whether the viewer may change its profile.
    pub may_change: bool,
    /// Whether the viewer may ask for another mode.
    pub may_set_mode: bool,
    /// Whether the viewer may take people in.
    pub may_add: bool,
    /// Whether the viewer may give roles.
    pub may_give_roles: bool,
    /// Whether the viewer may take people out.
    pub may_take_out: bool,
    /// Whether the viewer may ask the members to take a steward's role away.
    pub may_demote: bool,
}

impl View for GroupPage {
    const NAME: &'static str = "groups.group";
    const ABOUT: &'static str = "One group with its people.";
    type Output = GroupView;

    fn read(&self, look: &mut Look) -> Result<GroupView, Fault> {
        let me = look.member()?;
        let agent = agents::find_by_handle(look.tx, &self.handle)?
            .filter(|agent| agent.kind == "group")
            .ok_or(GroupError::GroupUnknown)?;
        let group = GroupId(agent.id.0);
        let role = agents::role(look.tx, me.into(), group)?;
        let people = agents::members(look.tx, group, PEOPLE)?
            .into_iter()
            .map(|(id, handle, name, role)| Person { id, name, handle, role })
            .collect();
        let visibility = agent.seen().word().into();
        let line = GroupLine {
            id: group,
            handle: agent.handle,
            name: agent.name,
            mode: agent.mode.unwrap_or_default(),
            open: agent.open,
            visibility,
            purpose: rows::purpose(look.tx, group)?,
            members: agents::count_members(look.tx, group)?,
            role: role.word().into(),
        };
        let change = Change { group, name: "?".into(), purpose: String::new(), mode: None, open: false };
        let give = SetRole { group, member: me, role: "member".into() };
        let name = agents::find(look.tx, me.into())?.map(|agent| agent.name).unwrap_or_default();
        let demote = Demote { group, member: me, name, role: "member".into() };
        Ok(GroupView {
            people,
            may_join: look.may(&Join { group })?,
            may_leave: look.may(&Leave { group })?,
            may_change: look.may(&change)?,
            may_set_mode: look.may(&SetMode { group, mode: Mode::Chat.word().into() })?,
            may_add: look.may(&AddMember { group, member: me })?,
            may_give_roles: look.may(&give)?,
            may_take_out: look.may(&RemoveMember { group, member: me })?,
            may_demote: look.may(&demote)?,
            group: line,
        })
    }
}
