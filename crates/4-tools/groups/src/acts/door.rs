//! How people come into a group: asking, being invited, agreeing, and being admitted by the rule that the group chose for it.

use super::{find_group, group_resource, named};
use crate::error::GroupError;
use crate::rows::{self, arrivals};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::{Arrival, Group};
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::{Role, Standing};
use planet_ontology::units::longer_than;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest question to those who would like to join, in characters.
pub const MAX_QUESTION: u32 = 200;
/// The longest answer to it, in characters.
pub const MAX_ANSWER: u32 = 1_000;
/// The longest agreement and the longest welcome, in characters.
pub const MAX_TEXT: u32 = 4_000;
/// How long somebody who was told no waits before asking again, in seconds: 30 days.
pub const ASK_AGAIN: i64 = 30 * 86_400;

/// Say how people come into a group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetDoor {
    /// The group.
    pub group: GroupId,
    /// What those are asked who would like to join. May be empty.
    #[serde(default)]
    pub question: String,
    /// What everybody agrees to who comes in. May be empty.
    #[serde(default)]
    pub agreement: String,
    /// What newcomers are told first. May be empty.
    #[serde(default)]
    pub welcome: String,
    /// The procedure by which people are admitted, by its name in the rules; empty: stewards do it alone.
    #[serde(default)]
    pub admission: String,
}

impl Act for SetDoor {
    const NAME: &'static str = "groups.set_door";
    const ABOUT: &'static str =
        "Say how people come into a group: a question, an agreement, a welcome, and who admits.";
    type Output = ();

    // Whoever admits also decides who admits: stewards alone cannot take that back from the members.
    touches!(Group, |act, tx, _| Ok(group_resource(tx, act.group)?.decided_by(admission(tx, act.group)?)));

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let [question, agreement, welcome] =
            [&self.question, &self.agreement, &self.welcome].map(|it| it.trim());
        for (text, limit, field) in [
            (question, MAX_QUESTION, "question"),
            (agreement, MAX_TEXT, "agreement"),
            (welcome, MAX_TEXT, "welcome"),
        ] {
            if longer_than(text, limit) {
                return Err(GroupError::TextTooLong(field, limit).into());
            }
        }
        let admission = self.admission.trim();
        if !admission.is_empty() && cx.procedure_called(admission).is_none_or(|it| it.at_once) {
            return Err(GroupError::AdmissionUnknown.into());
        }
        let door = rows::Door {
            question: question.into(),
            agreement: agreement.into(),
            welcome: welcome.into(),
            admission: admission.into(),
        };
        Ok(rows::set_door(tx, self.group, &door)?)
    }
}

/// Ask to be taken into a group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskToJoin {
    /// The group.
    pub group: GroupId,
    /// The answer to its question, or a few words.
    #[serde(default)]
    pub answer: String,
    /// Whether one agrees to what the group asks of those who come in.
    #[serde(default)]
    pub agreed: bool,
}

impl Act for AskToJoin {
    const NAME: &'static str = "groups.ask_to_join";
    const ABOUT: &'static str = "Ask to be taken into a group.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = cx.member()?;
        let answer = self.answer.trim();
        if longer_than(answer, MAX_ANSWER) {
            return Err(GroupError::TextTooLong("answer", MAX_ANSWER).into());
        }
        agents::hold_group(tx, self.group)?;
        if agents::role(tx, me.into(), self.group)? != Role::None {
            return Err(GroupError::AlreadyIn.into());
        }
        if answer.is_empty() && !rows::door(tx, self.group)?.question.is_empty() {
            return Err(GroupError::AnswerMissing.into());
        }
        agree(tx, (self.group, me), self.agreed, cx)?;
        match arrivals::find(tx, (self.group, me))? {
            Some(row) if row.state == "asked" => return Err(GroupError::AskedAlready.into()),
            Some(row) if row.state == "invited" => return Err(GroupError::InvitedAlready.into()),
            Some(row) if cx.now < row.at.plus_seconds(ASK_AGAIN) => {
                return Err(GroupError::AskedLately.into());
            }
            _ => {}
        }
        Ok(arrivals::put(tx, (self.group, me), ("asked", answer), me.into(), cx.now)?)
    }
}

/// Take back that one asked to join, or say no to an invitation.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBack {
    /// The group.
    pub group: GroupId,
}

impl Act for TakeBack {
    const NAME: &'static str = "groups.take_back";
    const ABOUT: &'static str = "Take back that one asked to join a group, or say no to an invitation.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let at = (self.group, cx.member()?);
        match arrivals::find(tx, at)? {
            Some(row) if row.state != "declined" => Ok(arrivals::remove(tx, at)?),
            _ => Err(GroupError::NothingAsked.into()),
        }
    }
}

/// Admit somebody who asked.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Admit {
    /// The group.
    pub group: GroupId,
    /// Who asked.
    pub member: MemberId,
    /// Their name, so that those who decide read whom they admit.
    pub name: String,
}

impl Act for Admit {
    const NAME: &'static str = "groups.admit";
    const ABOUT: &'static str = "Admit somebody to a group who asked to join.";
    type Output = ();

    touches!(Arrival, |act, tx, actor| {
        named(tx, act.member, &act.name)?;
        arrival(tx, act.group, actor)
    });

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let at = (self.group, self.member);
        agents::hold_group(tx, self.group)?;
        if arrivals::find(tx, at)?.is_none_or(|row| row.state != "asked") {
            return Err(GroupError::NotAsked.into());
        }
        take_in(tx, at, cx)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        Ok(format!("Admit {} to {}.", self.name, find_group(tx, self.group)?.name))
    }
}

/// Tell somebody who asked that the group does not take them in.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineRequest {
    /// The group.
    pub group: GroupId,
    /// Who asked.
    pub member: MemberId,
    /// What they are told. May be empty.
    #[serde(default)]
    pub reason: String,
}

impl Act for DeclineRequest {
    const NAME: &'static str = "groups.decline_request";
    const ABOUT: &'static str = "Tell somebody who asked that the group does not take them in.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let at = (self.group, self.member);
        if longer_than(&self.reason, MAX_ANSWER) {
            return Err(GroupError::TextTooLong("reason", MAX_ANSWER).into());
        }
        if arrivals::find(tx, at)?.is_none_or(|row| row.state != "asked") {
            return Err(GroupError::NotAsked.into());
        }
        Ok(arrivals::put(tx, at, ("declined", self.reason.trim()), cx.agent()?, cx.now)?)
    }
}

/// Invite a member of the club into a group. They come in when they accept.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// The group.
    pub group: GroupId,
    /// Whom.
    pub member: MemberId,
    /// Their name, so that those who decide read whom they invite.
    pub name: String,
}

impl Act for Invite {
    const NAME: &'static str = "groups.invite";
    const ABOUT: &'static str = "Invite a member of the club into a group.";
    type Output = ();

    touches!(Arrival, |act, tx, actor| {
        named(tx, act.member, &act.name)?;
        arrival(tx, act.group, actor)
    });

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let at = (self.group, self.member);
        agents::hold_group(tx, self.group)?;
        active(tx, self.member)?;
        if agents::role(tx, self.member.into(), self.group)? != Role::None {
            return Err(GroupError::AlreadyIn.into());
        }
        // Whoever asked already need not be asked: the invitation says yes.
        match arrivals::find(tx, at)? {
            Some(row) if row.state == "asked" => take_in(tx, at, cx),
            Some(row) if row.state == "invited" => Err(GroupError::InvitedAlready.into()),
            _ => Ok(arrivals::put(tx, at, ("invited", ""), cx.agent()?, cx.now)?),
        }
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        Ok(format!("Invite {} into {}.", self.name, find_group(tx, self.group)?.name))
    }
}

/// Accept an invitation into a group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AcceptInvitation {
    /// The group.
    pub group: GroupId,
    /// Whether one agrees to what the group asks of those who come in.
    #[serde(default)]
    pub agreed: bool,
}

impl Act for AcceptInvitation {
    const NAME: &'static str = "groups.accept_invitation";
    const ABOUT: &'static str = "Accept an invitation into a group.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let at = (self.group, cx.member()?);
        agents::hold_group(tx, self.group)?;
        if arrivals::find(tx, at)?.is_none_or(|row| row.state != "invited") {
            return Err(GroupError::NotInvited.into());
        }
        agree(tx, at, self.agreed, cx)?;
        take_in(tx, at, cx)
    }
}

/// Takes somebody in who is in good standing, and forgets how they came.
fn take_in(tx: &mut Tx, (group, member): (GroupId, MemberId), cx: &Cx) -> Result<(), Fault> {
    active(tx, member)?;
    arrivals::remove(tx, (group, member))?;
    if agents::role(tx, member.into(), group)? != Role::None {
        return Err(GroupError::AlreadyIn.into());
    }
    Ok(agents::set_role(tx, member.into(), group, Role::Member, cx.now)?)
}

/// Writes down that somebody agreed to what the group asks of those who come in; refused where they did not.
pub(super) fn agree(tx: &mut Tx, at: (GroupId, MemberId), agreed: bool, cx: &Cx) -> Result<(), Fault> {
    let text = rows::door(tx, at.0)?.agreement;
    if text.is_empty() {
        return Ok(());
    }
    if !agreed {
        return Err(GroupError::NotAgreed.into());
    }
    Ok(arrivals::agreed(tx, at, &text, cx.now)?)
}

fn active(tx: &mut Tx, member: MemberId) -> Result<(), Fault> {
    let standing =
        agents::find(tx, member.into())?.filter(|agent| agent.kind == "member").map(|it| it.standing);
    if standing.as_deref() == Some(Standing::Active.word()) {
        Ok(())
    } else {
        Err(GroupError::MemberUnknown.into())
    }
}

/// The procedure by which a group admits, where it chose one.
pub(super) fn admission(tx: &mut Tx, group: GroupId) -> Result<Option<String>, Fault> {
    Ok(Some(rows::door(tx, group)?.admission).filter(|name| !name.is_empty()))
}

/// Somebody who is to come into a group, as policies see it.
fn arrival(tx: &mut Tx, group: GroupId, actor: &Actor) -> Result<Resource, Fault> {
    find_group(tx, group)?;
    let procedure = admission(tx, group)?;
    let own = actor.agent() == Some(group.into());
    Ok(Resource::of(group, group, &Arrival { own, by_members: procedure.is_some() }).decided_by(procedure))
}
