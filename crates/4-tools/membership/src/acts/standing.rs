//! Suspending a member for a time, and ending it early or on its day.

use super::club;
use crate::checks;
use crate::error::MembershipError;
use crate::rows::members;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents::{self, Agent};
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Group;
use planet_ontology::ids::MemberId;
use planet_ontology::roles::Standing;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The longest suspension, in days.
const LONGEST_DAYS: i64 = 366;

/// Suspend a member until a day. They may still read, export, appeal and leave.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Suspend {
    /// Whom.
    pub member: MemberId,
    /// The member's name, so that those who decide read whom it is about.
    pub name: String,
    /// Until when, in microseconds since 1970.
    pub until: Moment,
    /// Why. The member reads it.
    pub reason: String,
}

impl Act for Suspend {
    const NAME: &'static str = "membership.suspend";
    const ABOUT: &'static str = "Suspend a member for a time.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        named(tx, self.member, &self.name)?;
        club(tx)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let reason = checks::needed(&self.reason, checks::REASON)?;
        if self.until <= cx.now || self.until > cx.now.plus_seconds(LONGEST_DAYS * 86_400) {
            return Err(MembershipError::UntilOutOfRange(LONGEST_DAYS).into());
        }
        let agent = named(tx, self.member, &self.name)?;
        if agent.standing != Standing::Active.word() {
            return Err(MembershipError::NotActive.into());
        }
        agents::set_standing(tx, agent.id, Standing::Suspended)?;
        members::suspend(tx, self.member, self.until, &reason, cx.now)?;
        cx.later(tx, self.until, EndSuspension::NAME, &json!({ "member": self.member }))?;
        Ok(())
    }

    fn summary(&self) -> String {
        let day: String = self.until.rfc3339().chars().take_while(|c| *c != 'T').collect();
        format!("Suspend {} until {day}.", self.name)
    }
}

/// End a suspension early.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reinstate {
    /// Whom.
    pub member: MemberId,
    /// The member's name, so that those who decide read whom it is about.
    pub name: String,
}

impl Act for Reinstate {
    const NAME: &'static str = "membership.reinstate";
    const ABOUT: &'static str = "End a member's suspension early.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        named(tx, self.member, &self.name)?;
        club(tx)
    }

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        let agent = named(tx, self.member, &self.name)?;
        if agent.standing != Standing::Suspended.word() {
            return Err(MembershipError::NotSuspended.into());
        }
        end(tx, self.member)
    }

    fn summary(&self) -> String {
        format!("End the suspension of {}.", self.name)
    }
}

/// End a suspension on its day. The node does it by itself.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndSuspension {
    /// Whom.
    pub member: MemberId,
}

impl Act for EndSuspension {
    const NAME: &'static str = "membership.end_suspension";
    const ABOUT: &'static str = "End a suspension on its day.";
    const AUTHORITY: Authority = Authority::House;
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        club(tx)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        // Reinstated early, or suspended anew for longer: then there is nothing to end today.
        match members::suspension(tx, self.member)? {
            Some(suspension) if suspension.until <= cx.now => end(tx, self.member),
            _ => Ok(()),
        }
    }
}

fn end(tx: &mut Tx, member: MemberId) -> Result<(), Fault> {
    members::end_suspension(tx, member)?;
    Ok(agents::set_standing(tx, member.into(), Standing::Active)?)
}

/// The member of this id and name.
fn named(tx: &mut Tx, member: MemberId, name: &str) -> Result<Agent, Fault> {
    let agent = agents::find(tx, member.into())?.filter(|agent| agent.kind == "member");
    let agent = agent.ok_or(MembershipError::MemberUnknown)?;
    if agent.name == name { Ok(agent) } else { Err(MembershipError::NameDiffers.into()) }
}
