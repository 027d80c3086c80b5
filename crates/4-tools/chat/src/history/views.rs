//! What those who bring a history along see of it: which channels came, who is known from there, and who that is here.

use super::acts::NamePeople;
use super::rows::{self, HistoryLine, people};
use crate::views::readable;
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::{Fault, Refusal};
use planet_history::Source;
use planet_ontology::ids::{AgentId, GroupId, PersonId};
use planet_ontology::roles::Visibility;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many people of elsewhere are shown.
const MOST_PEOPLE: i64 = 200;
/// How many members are listed to choose from.
const MOST_MEMBERS: i64 = 10_000;

/// What a group has brought along.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The handle of the group.
    pub group: String,
}

/// Somebody of elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PersonLine {
    /// Their id here.
    pub id: PersonId,
    /// The program that they come from.
    pub source: String,
    /// What they were called after an `@` there.
    pub handle: String,
    /// Their name there, with the program's.
    pub name: String,
    /// The handle of the member that they are, if it was said.
    pub member_handle: Option<String>,
    /// That member's name.
    pub member_name: Option<String>,
    /// How many messages are theirs.
    pub messages: i64,
}

/// A member of the group, to be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MemberLine {
    /// Who.
    pub id: AgentId,
    /// Their handle.
    pub handle: String,
    /// Their name.
    pub name: String,
}

/// What was brought along.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HistoryView {
    /// The group.
    pub group: GroupId,
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// Whether anybody may read it: then channels for the invited are not brought in.
    pub open: bool,
    /// The channels that came.
    pub channels: Vec<HistoryLine>,
    /// People of elsewhere, first those of whom nobody has said who they are.
    pub people: Vec<PersonLine>,
    /// The members of the group.
    pub members: Vec<MemberLine>,
}

impl View for History {
    const NAME: &'static str = "chat.history";
    const ABOUT: &'static str =
        "What a group has brought along from other chats, and who is who, for those who may bring more.";
    type Output = HistoryView;

    fn read(&self, look: &mut Look) -> Result<HistoryView, Fault> {
        let agent = readable(look, &self.group)?;
        let group = GroupId(agent.id.0);
        let decision = look.could(&NamePeople { group, source: Source::Mattermost, people: Vec::new() })?;
        if !decision.allowed {
            return Err(Refusal::not_allowed("not_permitted", decision.reason).into());
        }
        let line = |(id, source, handle, name, member_handle, member_name, messages): people::Line| {
            PersonLine { id, source, handle, name, member_handle, member_name, messages }
        };
        let members = agents::members(look.tx, group, MOST_MEMBERS)?.into_iter();
        Ok(HistoryView {
            group,
            open: agent.seen() == Visibility::Open,
            channels: rows::histories(look.tx, group)?,
            people: people::lines(look.tx, group, MOST_PEOPLE)?.into_iter().map(line).collect(),
            members: members.map(|(id, handle, name, _)| MemberLine { id, handle, name }).collect(),
            handle: agent.handle,
            name: agent.name,
        })
    }
}
