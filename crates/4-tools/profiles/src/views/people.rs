//! The directory of members, and type-ahead over it. For members of the club only.

use super::Named;
use crate::detail::FINDABLE;
use crate::error::ProfileError;
use crate::rows;
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, AudienceId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How many people a page of the directory has.
pub const PAGE: usize = 50;
/// How many suggestions a type-ahead gets.
const SUGGESTIONS: i64 = 8;
/// The longest text that is searched for, in characters.
const MAX_SEARCH: usize = 60;

/// The people of the club.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// Part of a name, a handle, or of a skill, an offer or a wish that is shown to you.
    #[serde(default)]
    pub q: Option<String>,
    /// Continue after the member of this handle, the last of the page before.
    #[serde(default)]
    pub after: Option<String>,
}

/// A member in the directory.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PersonLine {
    /// Who.
    pub id: AgentId,
    /// Handle.
    pub handle: String,
    /// Name.
    pub name: String,
    /// Skills, offers and wants that are shown to you.
    pub finds: Vec<String>,
}

/// A page of the directory.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PeopleView {
    /// By name.
    pub people: Vec<PersonLine>,
    /// The handle after which the next page begins, if there is one.
    pub next: Option<String>,
}

impl View for People {
    const NAME: &'static str = "profiles.people";
    const ABOUT: &'static str = "The members of the club by name, found by name or by what they can do.";
    type Output = PeopleView;

    fn read(&self, look: &mut Look) -> Result<PeopleView, Fault> {
        members_only(look)?;
        let after = match self.after.as_deref().filter(|handle| !handle.is_empty()) {
            Some(handle) => {
                Some(agents::find_by_handle(look.tx, handle)?.ok_or(ProfileError::MemberUnknown)?)
            }
            None => None,
        };
        let after = after.as_ref().map_or(("", ""), |agent| (agent.name.as_str(), agent.handle.as_str()));
        let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
        let pattern = pattern(self.q.as_deref().unwrap_or_default());
        let mut people = rows::people(look.tx, after, &pattern, look.viewer, limit)?;
        let more = people.len() > PAGE;
        people.truncate(PAGE);
        let next = people.last().filter(|_| more).map(|(_, handle, _)| handle.clone());
        let owners: Vec<AgentId> = people.iter().map(|(id, ..)| *id).collect();
        let mut finds: HashMap<AgentId, Vec<String>> = HashMap::new();
        for row in rows::visible(look.tx, &owners, look.viewer)? {
            if FINDABLE.contains(&row.kind.as_str()) {
                finds.entry(row.owner).or_default().push(row.value);
            }
        }
        let line = |(id, handle, name)| PersonLine {
            finds: finds.remove(&id).unwrap_or_default(),
            id,
            handle,
            name,
        };
        Ok(PeopleView { people: people.into_iter().map(line).collect(), next })
    }
}

/// Members by name, for type-ahead.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suggest {
    /// Part of a name or handle.
    pub q: String,
}

impl View for Suggest {
    const NAME: &'static str = "profiles.suggest";
    const ABOUT: &'static str = "Members whose name or handle is like this: eight at the most.";
    type Output = Vec<Named>;

    fn read(&self, look: &mut Look) -> Result<Vec<Named>, Fault> {
        members_only(look)?;
        let text: String = self.q.trim().trim_start_matches('@').chars().take(MAX_SEARCH).collect();
        let found = agents::search(look.tx, "member", &text, SUGGESTIONS)?;
        Ok(found
            .into_iter()
            .map(|agent| Named { id: agent.id, handle: agent.handle, name: agent.name })
            .collect())
    }
}

/// Who left the club can sign in to take their data along, and has no look at the others any more.
fn members_only(look: &Look) -> Result<(), ProfileError> {
    if look.viewer.may_see(AudienceId::CLUB) { Ok(()) } else { Err(ProfileError::MembersOnly) }
}

/// The pattern of everything that contains a text.
fn pattern(text: &str) -> String {
    let text: String = text.trim().trim_start_matches('@').to_lowercase().chars().take(MAX_SEARCH).collect();
    format!("%{}%", text.replace(['%', '_', '\\'], ""))
}
