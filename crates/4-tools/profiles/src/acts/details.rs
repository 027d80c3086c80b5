//! Saying something about oneself, or about a group one looks after, and taking it back.

use super::MAX_DETAILS;
use crate::detail::checked;
use crate::error::ProfileError;
use crate::rows;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::Profile;
use planet_ontology::ids::{AgentId, AudienceId, DetailId, GroupId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Say something about yourself, or about a group you look after, and to whom it is shown.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDetail {
    /// The detail to change; a new one if it is left out.
    #[serde(default)]
    pub id: Option<DetailId>,
    /// The group whose profile it is; your own if it is left out.
    #[serde(default)]
    pub of: Option<AgentId>,
    /// `about`, `pronouns`, `skill`, `offer`, `want`, `language`, `phone`, `email`, `website`, `address`, `birthday` or
    /// `other`.
    pub kind: String,
    /// What it is called; needed for `other`.
    #[serde(default)]
    pub label: Option<String>,
    /// What it says.
    pub value: String,
    /// Who may see it: everybody, the club, a group you belong to, a circle of yours, or your own id.
    pub audience: AudienceId,
}

impl SetDetail {
    /// Some detail of a profile, for asking whether somebody may change the profile at all.
    pub(crate) fn any_of(profile: AgentId) -> Self {
        let (kind, value) = ("about".into(), "?".into());
        Self { id: None, of: Some(profile), kind, label: None, value, audience: AudienceId::CLUB }
    }
}

impl Act for SetDetail {
    const NAME: &'static str = "profiles.set_detail";
    const ABOUT: &'static str = "Say something in a profile, and to whom it is shown.";
    type Touches = Profile;
    type Output = DetailId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let owner = owner(tx, actor, self.id, self.of)?;
        profile(tx, actor, owner)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<DetailId, Fault> {
        let said = checked(&self.kind, self.label.as_deref().unwrap_or_default(), &self.value)?;
        let owner = owner(tx, &cx.actor, self.id, self.of)?;
        let agent = agents::find(tx, owner)?.ok_or(ProfileError::ProfileUnknown)?;
        if !rows::offered(tx, &agent)?.iter().any(|offer| offer.id == self.audience) {
            return Err(ProfileError::AudienceUnknown.into());
        }
        if let Some(id) = self.id {
            rows::update_detail(tx, id, &said, self.audience, cx.now)?;
            return Ok(id);
        }
        rows::lock_owner(tx, owner)?;
        let (count, last) = rows::count_details(tx, owner)?;
        if count >= MAX_DETAILS {
            return Err(ProfileError::TooManyDetails.into());
        }
        let id = cx.id();
        rows::insert_detail(tx, id, owner, &said, self.audience, last + 1, cx.now)?;
        Ok(id)
    }
}

/// Remove something from a profile.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveDetail {
    /// The detail.
    pub id: DetailId,
}

impl Act for RemoveDetail {
    const NAME: &'static str = "profiles.remove_detail";
    const ABOUT: &'static str = "Remove something from a profile.";
    type Touches = Profile;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let owner = owner(tx, actor, Some(self.id), None)?;
        profile(tx, actor, owner)
    }

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        Ok(rows::delete_detail(tx, self.id)?)
    }
}

/// Whose profile is meant. Somebody else's details are as unknown as those that never were: a member's profile is nobody
/// else's to change, whatever their role.
fn owner(tx: &mut Tx, actor: &Actor, id: Option<DetailId>, of: Option<AgentId>) -> Result<AgentId, Fault> {
    let me = actor.agent();
    let (found, unknown) = match id {
        Some(id) => (rows::detail_owner(tx, id)?, ProfileError::DetailUnknown),
        None => (of.or(me), ProfileError::ProfileUnknown),
    };
    let owner = found.filter(|found| of.is_none_or(|of| of == *found)).ok_or(unknown)?;
    let changeable = me == Some(owner) || agents::find(tx, owner)?.is_some_and(|agent| agent.kind == "group");
    if changeable { Ok(owner) } else { Err(unknown.into()) }
}

/// A profile with the facts that policies ask for. A group's belongs to the group, so that the role there counts.
fn profile(tx: &mut Tx, actor: &Actor, owner: AgentId) -> Result<Resource, Fault> {
    let own = actor.agent() == Some(owner);
    let agent = agents::find(tx, owner)?.ok_or(ProfileError::ProfileUnknown)?;
    let group = if agent.kind == "group" { GroupId(owner.0) } else { GroupId::CLUB };
    Ok(Resource::of(group, owner, &Profile { own }))
}
