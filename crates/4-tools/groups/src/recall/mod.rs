//! Recall: a group takes a role back from somebody before the term ends for which it elected them. Only the group itself does it, by a
//! decision. Its page, where somebody asks for it, is in `pages`.

pub mod pages;

use crate::acts::{give_role, group_resource, named};
use crate::error::GroupError;
use crate::rows;
use planet_corridor::act::Act;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Group;
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::Role;
use planet_ontology::units::longer_than;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest reason, in characters.
pub const MAX_REASON: u32 = 2_000;

/// Take a role back from somebody who was elected to it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recall {
    /// The group.
    pub group: GroupId,
    /// Who was elected.
    pub member: MemberId,
    /// The member's name, so that those who decide read whom it is about.
    pub name: String,
    /// The role that they were elected to.
    pub role: String,
    /// Why, for those who decide and for the one whom it is about.
    pub reason: String,
}

impl Act for Recall {
    const NAME: &'static str = "groups.recall";
    const ABOUT: &'static str =
        "Take a role back from somebody who was elected to it, by a decision of the members.";
    type Output = ();

    touches!(Group, |act, tx, _| {
        named(tx, act.member, &act.name)?;
        group_resource(tx, act.group)
    });

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        // Whatever the rules say: whom the group elected, the group recalls.
        if !matches!(cx.actor, Actor::Group { id, .. } if id == self.group) {
            return Err(GroupError::NotElected.into());
        }
        if self.reason.trim().is_empty() {
            return Err(GroupError::ReasonMissing.into());
        }
        if longer_than(&self.reason, MAX_REASON) {
            return Err(GroupError::ReasonTooLong(MAX_REASON).into());
        }
        agents::hold_group(tx, self.group)?;
        let at = (self.group, self.member);
        let term = rows::term(tx, at)?.filter(|term| term.role == self.role && term.term_ends > cx.now);
        let before = agents::role(tx, self.member.into(), self.group)?;
        if term.is_none() || before.word() != self.role {
            return Err(GroupError::NoSeat.into());
        }
        give_role(tx, (self.member, self.group), before, Role::Member, cx.now)?;
        Ok(rows::end_term(tx, at)?)
    }

    fn summary(&self) -> String {
        format!("Recall {} as {}, before the term ends.", self.name, self.role)
    }
}
