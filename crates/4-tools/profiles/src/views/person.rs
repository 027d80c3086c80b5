//! One profile, as somebody sees it: the viewer, or another through whose eyes the owner looks.

use crate::acts::SetDetail;
use crate::error::ProfileError;
use crate::rows;
use planet_corridor::act::View;
use planet_corridor::agents::{self, Agent};
use planet_corridor::look::{Look, Viewer};
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, AudienceId, DetailId, GroupId, MemberId};
use planet_ontology::relevance::Relevance;
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_places::PlaceError;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A detail, as those see it to whom it is shown. It does not say who else sees it: that would tell in which circle one
/// is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shown {
    /// Its id.
    pub id: DetailId,
    /// `about`, `pronouns`, `skill`, `offer`, `want`, `language`, `phone`, `email`, `website`, `address`, `birthday` or
    /// `other`.
    pub kind: String,
    /// What its owner calls it; empty where the kind says enough.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// A group, by name.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroupLine {
    /// The group.
    pub id: GroupId,
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
}

/// A member or a group, as somebody sees them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PersonView {
    /// Who.
    pub id: AgentId,
    /// `member` or `group`.
    pub kind: String,
    /// Short unique name.
    pub handle: String,
    /// Name.
    pub name: String,
    /// `active`, `suspended` or `left`; for members of the club only.
    pub standing: Option<String>,
    /// `member`, `treasurer` or `steward` of the club; for members of the club only.
    pub role: Option<String>,
    /// Since when they are here; for members of the club only.
    pub since: Option<Moment>,
    /// As much of where they live as they share; for members of the club only.
    pub place: Option<String>,
    /// The groups that both belong to.
    pub groups: Vec<GroupLine>,
    /// The details that are shown to the viewer.
    pub details: Vec<Shown>,
    /// Whether it is the viewer's own.
    pub own: bool,
    /// Whether the viewer may change it.
    pub may_edit: bool,
    /// Whether the viewer looks after the club, and so after how its members stand.
    pub may_oversee: bool,
}

/// The profile of a member or a group.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Its handle.
    pub handle: String,
}

impl View for Person {
    const NAME: &'static str = "profiles.person";
    const ABOUT: &'static str = "The profile of a member or a group, as far as it is shown to you.";
    const OPEN: bool = true;
    type Output = PersonView;

    fn read(&self, look: &mut Look) -> Result<PersonView, Fault> {
        let agent = agents::find_by_handle(look.tx, &self.handle)?.ok_or(ProfileError::ProfileUnknown)?;
        let seen = seen(look.tx, &agent, look.viewer)?.ok_or(ProfileError::ProfileUnknown)?;
        let probe = SetDetail::any_of(agent.id);
        let steward = match look.viewer.actor.member() {
            Some(me) => {
                me.0 != agent.id.0 && agents::role(look.tx, me.into(), GroupId::CLUB)? == Role::Steward
            }
            None => false,
        };
        Ok(PersonView { may_edit: look.may(&probe)?, may_oversee: steward && agent.kind == "member", ..seen })
    }
}

/// Your own profile through the eyes of somebody else.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct As {
    /// Whose profile: your own handle, which may be left out.
    #[serde(default)]
    pub handle: Option<String>,
    /// Through whose eyes: `guest`, `club member`, or the handle or id of a member (`@guest` is the member of that handle).
    #[serde(rename = "as")]
    pub eyes: String,
}

/// What somebody else sees of you.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AsView {
    /// The member through whose eyes you look; none for a guest or any member of the club.
    pub eyes: Option<super::Named>,
    /// What they see; nothing if they do not even find you.
    pub sees: Option<PersonView>,
}

impl View for As {
    const NAME: &'static str = "profiles.as";
    const ABOUT: &'static str =
        "Your own profile through the eyes of a guest, of any member, or of one of them.";
    type Output = AsView;

    fn read(&self, look: &mut Look) -> Result<AsView, Fault> {
        let me = agents::find(look.tx, look.member()?.into())?.ok_or(ProfileError::ProfileUnknown)?;
        if self.handle.as_ref().is_some_and(|handle| *handle != me.handle) {
            return Err(ProfileError::NotYourProfile.into());
        }
        let (eyes, viewer) = match self.eyes.trim() {
            "guest" => (None, Viewer::guest()),
            "club member" => {
                let audiences = vec![AudienceId::PUBLIC, AudienceId::CLUB];
                (None, Viewer { audiences, ..Viewer::guest() })
            }
            text => {
                let other = member(look.tx, text)?.filter(|_| look.viewer.may_see(AudienceId::CLUB));
                let other = other.ok_or(ProfileError::MemberUnknown)?;
                let viewer = Viewer::member(look.tx, MemberId(other.id.0))?;
                (Some(super::Named { id: other.id, handle: other.handle, name: other.name }), viewer)
            }
        };
        Ok(AsView { eyes, sees: seen(look.tx, &me, &viewer)? })
    }
}

/// The member with this handle or id.
fn member(tx: &mut Tx, text: &str) -> Result<Option<Agent>, Fault> {
    let agent = match text.parse::<AgentId>() {
        Ok(id) => agents::find(tx, id)?,
        Err(_) => agents::find_by_handle(tx, &text.trim_start_matches('@').to_lowercase())?,
    };
    Ok(agent.filter(|agent| agent.kind == "member"))
}

/// What a viewer sees of an agent. Outside the club there is nothing to find of those who show nothing publicly.
fn seen(tx: &mut Tx, agent: &Agent, viewer: &Viewer) -> Result<Option<PersonView>, Fault> {
    let inside = viewer.may_see(AudienceId::CLUB);
    let own = viewer.actor.agent() == Some(agent.id);
    let details: Vec<Shown> = rows::visible(tx, &[agent.id], viewer)?
        .into_iter()
        .map(|row| Shown { id: row.id, kind: row.kind, label: row.label, value: row.value })
        .collect();
    if !inside && !own && details.is_empty() {
        return Ok(None);
    }
    let about_members = inside || own;
    Ok(Some(PersonView {
        id: agent.id,
        kind: agent.kind.clone(),
        handle: agent.handle.clone(),
        name: agent.name.clone(),
        standing: about_members.then(|| agent.standing.clone()),
        role: if about_members {
            Some(agents::role(tx, agent.id, GroupId::CLUB)?.word().into())
        } else {
            None
        },
        since: about_members.then_some(agent.since),
        place: if about_members { place(tx, agent.id)? } else { None },
        groups: if inside { groups(tx, agent, viewer)? } else { Vec::new() },
        details,
        own,
        may_edit: false,
        may_oversee: false,
    }))
}

/// The groups that an agent and a viewer both belong to.
fn groups(tx: &mut Tx, agent: &Agent, viewer: &Viewer) -> Result<Vec<GroupLine>, Fault> {
    let groups = agents::groups_of(tx, agent.id)?.into_iter();
    let shared = groups.filter(|(id, ..)| viewer.may_see((*id).into()));
    Ok(shared.map(|(id, handle, name, _)| GroupLine { id, handle, name }).collect())
}

/// As much of somebody's home as they share, in a line.
fn place(tx: &mut Tx, agent: AgentId) -> Result<Option<String>, Fault> {
    let shared = planet_places::home(tx, agent).and_then(|home| match home {
        Some(home) => planet_places::shown(tx, home.place, home.shared),
        None => Ok(None),
    });
    match shared {
        Ok(place) => Ok(place.map(|place| place.line(Relevance::Street))),
        Err(PlaceError::Store(error)) => Err(error.into()),
        Err(_) => Ok(None),
    }
}
