//! What can be seen of groups: the list, and one group.

mod group;
mod tree;

pub use group::{Arriving, GroupPage, GroupView, Mine, Person};
pub use tree::{Branch, Larger, Smaller, Tree, Within, WithinView};

use crate::acts::Create;
use crate::rows;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Visibility;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many groups a page of the list has.
pub const PAGE: i64 = 50;

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
    /// How many belong to it; nothing where the viewer is not told.
    pub members: Option<i64>,
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
    /// The groups into which the viewer was invited: handle and name.
    pub invited: Vec<(String, String)>,
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
            place: None,
        };
        Ok(GroupsView {
            groups: rows.into_iter().map(GroupLine::from).collect(),
            invited: rows::arrivals::invited(look.tx, me)?,
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
            members: Some(row.members),
            role: row.role.unwrap_or_else(|| "none".into()),
        }
    }
}

/// What waits for the viewer at the doors of groups.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AtDoors {}

/// A group at whose door something waits.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AtDoor {
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// How many ask to come in, where the viewer is a steward; none where the viewer is invited.
    pub asking: i64,
}

impl View for AtDoors {
    const NAME: &'static str = "groups.waiting";
    const ABOUT: &'static str =
        "Groups that invite you, and people who ask to come into a group that you look after.";
    type Output = Vec<AtDoor>;

    fn read(&self, look: &mut Look) -> Result<Vec<AtDoor>, Fault> {
        let me = look.member()?;
        let waiting = rows::arrivals::waiting(look.tx, me)?.into_iter();
        Ok(waiting.map(|(handle, name, asking)| AtDoor { handle, name, asking }).collect())
    }
}
