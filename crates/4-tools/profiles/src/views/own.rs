//! What only the owner sees: all details with their audiences, and the circles.

use super::Named;
use crate::acts::{MAX_DETAILS, SetDetail};
use crate::error::ProfileError;
use crate::rows::{self, Offer};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, AudienceId, CircleId, DetailId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Your own details, or those of a group whose profile you keep.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mine {
    /// The group's handle; your own details if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

/// A detail, as its owner sees it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OwnDetail {
    /// Its id.
    pub id: DetailId,
    /// What it is.
    pub kind: String,
    /// What it is called, if it has a name of its own.
    pub label: String,
    /// What it says.
    pub value: String,
    /// Who sees it: one of the audiences offered. Only yourself, if you no longer belong to the one you once chose.
    pub audience: Offer,
}

/// A profile, as its owner sees it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MineView {
    /// Whose it is.
    pub id: AgentId,
    /// Handle.
    pub handle: String,
    /// Name.
    pub name: String,
    /// Whether it is your own, and not that of a group.
    pub own: bool,
    /// All details.
    pub details: Vec<OwnDetail>,
    /// The audiences that can be chosen.
    pub audiences: Vec<Offer>,
    /// How many more details there may be.
    pub room: i64,
}

impl View for Mine {
    const NAME: &'static str = "profiles.mine";
    const ABOUT: &'static str =
        "All details of your own profile, or of a group's that you keep, with who sees each.";
    type Output = MineView;

    fn read(&self, look: &mut Look) -> Result<MineView, Fault> {
        let me: AgentId = look.member()?.into();
        let agent = match self.of.as_deref().filter(|handle| !handle.is_empty()) {
            None => agents::find(look.tx, me)?,
            Some(handle) => agents::find_by_handle(look.tx, handle)?,
        }
        .ok_or(ProfileError::ProfileUnknown)?;
        if agent.id != me {
            let probe = SetDetail::any_of(agent.id);
            if !look.may(&probe)? {
                return Err(ProfileError::ProfileUnknown.into());
            }
        }
        let audiences = rows::offered(look.tx, &agent)?;
        let nobody_else = Offer { id: AudienceId(agent.id.0), kind: "me".into(), name: String::new() };
        let rows = rows::details(look.tx, agent.id)?;
        let room = MAX_DETAILS - i64::try_from(rows.len()).unwrap_or(MAX_DETAILS);
        let details = rows
            .into_iter()
            .map(|row| OwnDetail {
                audience: audiences
                    .iter()
                    .find(|offer| offer.id == row.audience)
                    .unwrap_or(&nobody_else)
                    .clone(),
                id: row.id,
                kind: row.kind,
                label: row.label,
                value: row.value,
            })
            .collect();
        Ok(MineView {
            own: agent.id == me,
            id: agent.id,
            handle: agent.handle,
            name: agent.name,
            details,
            audiences,
            room,
        })
    }
}

/// Your circles.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Circles {}

/// A circle with its people.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Circle {
    /// The circle.
    pub id: CircleId,
    /// Its name.
    pub name: String,
    /// Who is in it, by name.
    pub people: Vec<Named>,
    /// How many details are shown to it.
    pub details: usize,
}

/// Your circles.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CirclesView {
    /// By name.
    pub circles: Vec<Circle>,
}

impl View for Circles {
    const NAME: &'static str = "profiles.circles";
    const ABOUT: &'static str = "Your circles, with who is in them. Nobody else sees them.";
    type Output = CirclesView;

    fn read(&self, look: &mut Look) -> Result<CirclesView, Fault> {
        let me = look.member()?;
        let people = rows::people_in_circles(look.tx, me)?;
        let details = rows::details(look.tx, me.into())?;
        let circle = |(id, name): (CircleId, String)| Circle {
            id,
            name,
            people: people
                .iter()
                .filter(|(circle, ..)| *circle == id)
                .map(|(_, member, handle, name)| Named {
                    id: (*member).into(),
                    handle: handle.clone(),
                    name: name.clone(),
                })
                .collect(),
            details: details.iter().filter(|detail| detail.audience == AudienceId::from(id)).count(),
        };
        Ok(CirclesView { circles: agents::circles(look.tx, me)?.into_iter().map(circle).collect() })
    }
}
