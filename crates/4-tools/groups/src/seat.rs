//! Seating: a group gives a role to those whom it elected, until their term ends. Only the group itself does it, by a decision.

use crate::acts::{give_role, group_resource};
use crate::error::GroupError;
use crate::rows::{self, Term};
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Group;
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::{Role, Standing};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The most people who are seated at once.
pub const MOST_SEATED: usize = 40;

/// The longest term, in seconds: ten years.
pub const LONGEST_TERM: i64 = 3_653 * 86_400;

/// Give a role to those who were elected.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seat {
    /// The group.
    pub group: GroupId,
    /// `treasurer` or `steward`.
    pub role: String,
    /// Who was elected.
    pub people: Vec<MemberId>,
    /// When their term ends.
    pub until: Moment,
}

impl Act for Seat {
    const NAME: &'static str = "groups.seat";
    const ABOUT: &'static str = "Give a role to those who were elected, until their term ends.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        // Whatever the rules say: only the group itself, by a decision of its members.
        let mandate = match cx.actor {
            Actor::Group { id, mandate } if id == self.group => mandate,
            _ => return Err(GroupError::NotElected.into()),
        };
        let role = Role::from_word(&self.role).filter(|role| matches!(role, Role::Treasurer | Role::Steward));
        let role = role.ok_or(GroupError::RoleUnknown)?;
        if self.people.len() > MOST_SEATED {
            return Err(GroupError::TooManySeats(MOST_SEATED).into());
        }
        check_term(self.until, cx.now)?;
        agents::hold_group(tx, self.group)?;
        for member in &self.people {
            let standing = agents::find(tx, (*member).into())?.map(|agent| agent.standing);
            if standing.as_deref() != Some(Standing::Active.word()) {
                return Err(GroupError::MemberUnknown.into());
            }
            let before = agents::role(tx, (*member).into(), self.group)?;
            // An election gives; it takes nothing from a steward who stood as treasurer.
            if before == Role::Steward && role == Role::Treasurer {
                return Err(GroupError::StewardAlready.into());
            }
            give_role(tx, (*member, self.group), before, role, cx.now)?;
            // Whoever held the role before, without a term, holds it for this term now.
            let term = Term { role: role.word().to_owned(), term_ends: self.until, mandate };
            write_term(tx, cx, (self.group, *member), &term)?;
        }
        Ok(())
    }

    fn summary(&self) -> String {
        format!("Make {} of those who were elected {}.", self.people.len(), self.role)
    }
}

/// Has somebody hold a role until a moment, without an election.
pub(crate) fn begin_term(
    tx: &mut Tx,
    cx: &mut Cx,
    at: (GroupId, MemberId),
    role: Role,
    until: Moment,
) -> Result<(), Fault> {
    check_term(until, cx.now)?;
    // The term of somebody who was elected is not made longer on this way.
    let longer = rows::term(tx, at)?.is_some_and(|term| term.role == role.word() && until > term.term_ends);
    if role == Role::Member || longer {
        return Err(GroupError::TermWrong.into());
    }
    // No decision gave it; the end still has to know its own term from a later one.
    let term = Term { role: role.word().to_owned(), term_ends: until, mandate: cx.id() };
    write_term(tx, cx, at, &term)
}

fn check_term(until: Moment, now: Moment) -> Result<(), GroupError> {
    let fits = until > now && until <= now.plus_seconds(LONGEST_TERM);
    if fits { Ok(()) } else { Err(GroupError::TermWrong) }
}

fn write_term(tx: &mut Tx, cx: &mut Cx, at: (GroupId, MemberId), term: &Term) -> Result<(), Fault> {
    rows::set_term(tx, at, term, cx.now)?;
    let end = json!({ "group": at.0, "member": at.1, "mandate": term.mandate });
    cx.later(tx, term.term_ends, EndTerm::NAME, &end)?;
    Ok(())
}

/// End the term of somebody who was elected.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndTerm {
    /// The group.
    pub group: GroupId,
    /// Whose term.
    pub member: MemberId,
    /// The decision that seated them; one that seated them again has its own end.
    pub mandate: planet_ontology::ids::ProposalId,
}

impl Act for EndTerm {
    const NAME: &'static str = "groups.end_term";
    const ABOUT: &'static str = "End the term of somebody who was elected.";
    const AUTHORITY: Authority = Authority::House;
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        agents::hold_group(tx, self.group)?;
        let at = (self.group, self.member);
        let Some(term) = rows::term(tx, at)? else { return Ok(()) };
        if term.mandate != self.mandate || term.term_ends > cx.now {
            return Ok(());
        }
        let role = agents::role(tx, self.member.into(), self.group)?;
        if role.word() == term.role {
            agents::set_role(tx, self.member.into(), self.group, Role::Member, cx.now)?;
            if role == Role::Steward && agents::lacks_steward(tx, self.group)? {
                // A group keeps somebody who looks after it: the last steward stays until others are elected.
                agents::set_role(tx, self.member.into(), self.group, Role::Steward, cx.now)?;
                cx.effect(json!({ "stays": self.member, "because": "last_steward" }));
                return Ok(());
            }
        }
        Ok(rows::end_term(tx, at)?)
    }
}
