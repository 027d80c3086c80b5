//! What can be done about groups.

pub mod door;
pub mod links;
mod mode;

pub use mode::SetMode;

use crate::error::GroupError;
use crate::rows;
use crate::seat;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, Agent, NewAgent};
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Group;
use planet_ontology::ids::{GroupId, MemberId, PlaceId};
use planet_ontology::roles::{Mode, Role, Shown, Visibility};
use planet_ontology::units::{Moment, longer_than};
use planet_places::PlaceError;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest name, in characters.
pub const MAX_NAME: u32 = 60;
/// The longest purpose, in characters.
pub const MAX_PURPOSE: u32 = 1_000;

/// Start a group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Create {
    /// Its name.
    pub name: String,
    /// What it is for, in a few sentences.
    #[serde(default)]
    pub purpose: String,
    /// `chat`, `working` or `trading`.
    pub mode: String,
    /// Whether anybody in the club may join without being asked.
    #[serde(default)]
    pub open: bool,
    /// Who may read what is in it: `open`, `restricted` or `private`. It stays so for as long as there is the group.
    #[serde(default = "restricted")]
    pub visibility: String,
    /// Where it is: a town of the gazetteer, or a place in use.
    #[serde(default)]
    pub place: Option<PlaceId>,
}

fn restricted() -> String {
    Visibility::Restricted.word().into()
}

/// A group that was made.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Created {
    /// The group.
    pub group: GroupId,
    /// Its handle, for its address.
    pub handle: String,
}

impl Act for Create {
    const NAME: &'static str = "groups.create";
    const ABOUT: &'static str = "Start a group, with a wallet of its own.";
    type Touches = Group;
    type Output = Created;

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club("new", &Group { mode: self.mode.clone(), open: self.open, club: false }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Created, Fault> {
        let (name, purpose) = checked(&self.name, &self.purpose)?;
        let mode = Mode::from_word(&self.mode).ok_or(GroupError::ModeUnknown)?;
        let visibility = Visibility::from_word(&self.visibility).ok_or(GroupError::VisibilityUnknown)?;
        let group: GroupId = cx.id();
        let handle = agents::free_handle(tx, &name)?;
        let founder = cx.agent()?;
        let new = NewAgent { handle: &handle, name: &name, now: cx.now };
        agents::create_group_seen_by(tx, group, &new, (mode, self.open), visibility)?;
        agents::set_role(tx, founder, group, Role::Steward, cx.now)?;
        rows::set_profile(tx, group, &purpose, founder, cx.now)?;
        let place = placed(tx, self.place)?;
        rows::set_shown(tx, group, place, Shown::Count.word())?;
        cx.call_as(tx, Actor::House, "wallet.open", json!({ "owner": group }))?;
        Ok(Created { group, handle })
    }

    fn summary(&self) -> String {
        format!("Start the group {}.", self.name.trim())
    }
}

/// Change a group's name, purpose or openness.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The group.
    pub group: GroupId,
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub purpose: String,
    /// The mode that it has, as earlier versions said it with the rest. The mode itself changes by [`SetMode`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Whether anybody in the club may join without being asked.
    #[serde(default)]
    pub open: bool,
    /// Where it is; nothing, if it is nowhere in particular.
    #[serde(default)]
    pub place: Option<PlaceId>,
    /// What it shows of its people to everybody, if it is open to read: `nothing`, `count` or `people`. Left out, it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown: Option<String>,
}

impl Act for Change {
    const NAME: &'static str = "groups.change";
    const ABOUT: &'static str = "Change a group's name, purpose or openness.";
    // Opening the door to anybody is a way of admitting: where the members admit, they decide that too.
    touches!(Group, |act, tx, _| {
        let stays = find_group(tx, act.group)?.open == act.open;
        let rule = if stays { None } else { door::admission(tx, act.group)? };
        Ok(group_resource(tx, act.group)?.decided_by(rule))
    });
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (name, purpose) = checked(&self.name, &self.purpose)?;
        if self.mode.is_some() && self.mode != find_group(tx, self.group)?.mode {
            return Err(GroupError::ModeByDecision.into());
        }
        agents::change_group(tx, self.group, &name, self.open)?;
        rows::set_profile(tx, self.group, &purpose, cx.agent()?, cx.now)?;
        let shown = match &self.shown {
            Some(word) => Shown::from_word(word).ok_or(GroupError::ShownUnknown)?.word().to_owned(),
            None => rows::profile(tx, self.group)?.shown,
        };
        let place = placed(tx, self.place)?;
        Ok(rows::set_shown(tx, self.group, place, &shown)?)
    }
}

/// Join an open group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The group.
    pub group: GroupId,
    /// Whether one agrees to what the group asks of those who come in.
    #[serde(default)]
    pub agreed: bool,
}

impl Act for Join {
    const NAME: &'static str = "groups.join";
    const ABOUT: &'static str = "Join an open group.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = cx.member()?;
        if agents::role(tx, me.into(), self.group)? != Role::None {
            return Err(GroupError::AlreadyIn.into());
        }
        door::agree(tx, (self.group, me), self.agreed, cx)?;
        rows::arrivals::remove(tx, (self.group, me))?;
        Ok(agents::set_role(tx, me.into(), self.group, Role::Member, cx.now)?)
    }
}

/// Leave a group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// The group.
    pub group: GroupId,
}

impl Act for Leave {
    const NAME: &'static str = "groups.leave";
    const ABOUT: &'static str = "Leave a group.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        end_membership(tx, MemberId(cx.agent()?.0), self.group, cx.now)
    }
}

/// Take a member into a group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddMember {
    /// The group.
    pub group: GroupId,
    /// Whom to take in.
    pub member: MemberId,
}

impl Act for AddMember {
    const NAME: &'static str = "groups.add_member";
    const ABOUT: &'static str = "Take a member into a group.";
    touches!(Group, |act, tx, _| Ok(
        group_resource(tx, act.group)?.decided_by(door::admission(tx, act.group)?)
    ));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let agent = agents::find(tx, self.member.into())?
            .filter(|agent| agent.kind == "member" && agent.standing == "active")
            .ok_or(GroupError::MemberUnknown)?;
        if agents::role(tx, agent.id, self.group)? != Role::None {
            return Err(GroupError::AlreadyIn.into());
        }
        rows::arrivals::remove(tx, (self.group, self.member))?;
        Ok(agents::set_role(tx, agent.id, self.group, Role::Member, cx.now)?)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let agent = agents::find(tx, self.member.into())?.ok_or(GroupError::MemberUnknown)?;
        Ok(format!("Take {} into {}.", agent.name, find_group(tx, self.group)?.name))
    }
}

/// Give somebody a role in a group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRole {
    /// The group.
    pub group: GroupId,
    /// Whose role.
    pub member: MemberId,
    /// `member`, `treasurer` or `steward`.
    pub role: String,
    /// When the role ends by itself; nothing, if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

impl Act for SetRole {
    const NAME: &'static str = "groups.set_role";
    const ABOUT: &'static str = "Give somebody a role in a group.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    /// Nobody alone takes the steward's role in the club from somebody else, whatever the rules say: see [`Demote`].
    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let role =
            Role::from_word(&self.role).filter(|role| *role != Role::None).ok_or(GroupError::RoleUnknown)?;
        agents::hold_group(tx, self.group)?;
        let before = agents::role(tx, self.member.into(), self.group)?;
        let alone = cx.actor.member().is_some_and(|me| me != self.member);
        if self.group == GroupId::CLUB && before == Role::Steward && role != before && alone {
            return Err(GroupError::NotAlone.into());
        }
        give_role(tx, (self.member, self.group), before, role, cx.now)?;
        match self.until {
            Some(until) => seat::begin_term(tx, cx, (self.group, self.member), role, until),
            None => Ok(()),
        }
    }
}

/// Take the steward's role from somebody in the club, by a decision of its members.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Demote {
    /// The group; the club.
    pub group: GroupId,
    /// Whose role.
    pub member: MemberId,
    /// The member's name, so that those who decide read whom it is about.
    pub name: String,
    /// What they are from then on: `member` or `treasurer`.
    pub role: String,
}

impl Act for Demote {
    const NAME: &'static str = "groups.demote";
    const ABOUT: &'static str = "Take the steward's role from somebody, by a decision of the members.";
    type Output = ();

    touches!(Group, |act, tx, _| {
        named(tx, act.member, &act.name)?;
        group_resource(tx, act.group)
    });

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let role = Role::from_word(&self.role).filter(|role| matches!(role, Role::Member | Role::Treasurer));
        let role = role.ok_or(GroupError::RoleUnknown)?;
        named(tx, self.member, &self.name)?;
        agents::hold_group(tx, self.group)?;
        let before = agents::role(tx, self.member.into(), self.group)?;
        if before != Role::Steward {
            return Err(GroupError::NoSteward.into());
        }
        give_role(tx, (self.member, self.group), before, role, cx.now)
    }

    fn summary(&self) -> String {
        format!("Take the steward\u{2019}s role from {}.", self.name)
    }
}

/// Take somebody out of a group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveMember {
    /// The group.
    pub group: GroupId,
    /// Whom.
    pub member: MemberId,
}

impl Act for RemoveMember {
    const NAME: &'static str = "groups.remove_member";
    const ABOUT: &'static str = "Take somebody out of a group.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        end_membership(tx, self.member, self.group, cx.now)
    }
}

fn end_membership(tx: &mut Tx, member: MemberId, group: GroupId, now: Moment) -> Result<(), Fault> {
    agents::hold_group(tx, group)?;
    let before = agents::role(tx, member.into(), group)?;
    give_role(tx, (member, group), before, Role::None, now)
}

/// Gives somebody in a group another role, or none. A group with people in it needs somebody who looks after it.
pub(crate) fn give_role(
    tx: &mut Tx,
    (member, group): (MemberId, GroupId),
    before: Role,
    role: Role,
    now: Moment,
) -> Result<(), Fault> {
    if before == Role::None {
        return Err(GroupError::NotIn.into());
    }
    agents::set_role(tx, member.into(), group, role, now)?;
    if before == Role::Steward && agents::lacks_steward(tx, group)? {
        return Err(GroupError::LastSteward.into());
    }
    Ok(())
}

/// The member of this id and name.
pub(crate) fn named(tx: &mut Tx, member: MemberId, name: &str) -> Result<Agent, Fault> {
    let agent = agents::find(tx, member.into())?.filter(|agent| agent.kind == "member");
    let agent = agent.ok_or(GroupError::MemberUnknown)?;
    if agent.name == name { Ok(agent) } else { Err(GroupError::NameDiffers.into()) }
}

fn checked(name: &str, purpose: &str) -> Result<(String, String), GroupError> {
    // On one line, and with something to read: the name stands in lists, mails and statements.
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, purpose) = (name.as_str(), purpose.trim());
    if !name.contains(char::is_alphanumeric) || name.contains(char::is_control) {
        return Err(GroupError::NameMissing);
    }
    for (text, limit) in [(name, MAX_NAME), (purpose, MAX_PURPOSE)] {
        if longer_than(text, limit) {
            return Err(GroupError::TooLong(limit));
        }
    }
    Ok((name.to_owned(), purpose.to_owned()))
}

/// A place that is in use from now on.
fn placed(tx: &mut Tx, place: Option<PlaceId>) -> Result<Option<PlaceId>, Fault> {
    let Some(place) = place else { return Ok(None) };
    match planet_places::take_into_use(tx, place) {
        Ok(place) => Ok(Some(place)),
        Err(PlaceError::Store(error)) => Err(error.into()),
        Err(_) => Err(GroupError::PlaceUnknown.into()),
    }
}

pub(crate) fn find_group(tx: &mut Tx, id: GroupId) -> Result<Agent, Fault> {
    Ok(agents::group(tx, id)?.ok_or(GroupError::GroupUnknown)?)
}

pub(crate) fn group_resource(tx: &mut Tx, id: GroupId) -> Result<Resource, Fault> {
    Ok(Resource::group(&find_group(tx, id)?))
}
