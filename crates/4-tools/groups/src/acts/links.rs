//! Groups of groups: a group becomes part of a larger one when both have decided it, and names a delegate with a mandate.

use super::{find_group, group_resource};
use crate::error::GroupError;
use crate::rows::links::{self, LinkRow};
use planet_corridor::act::Act;
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

/// The longest mandate, in characters.
pub const MAX_MANDATE: u32 = 500;

/// Have a group become part of a larger one. The group decides; then the larger one has to agree.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinGroup {
    /// The group that joins.
    pub group: GroupId,
    /// The larger one.
    pub into: GroupId,
    /// Who speaks for the group there; somebody in it.
    pub delegate: MemberId,
    /// What the delegate is to do, in words.
    pub mandate: String,
}

impl Act for JoinGroup {
    const NAME: &'static str = "groups.join_group";
    const ABOUT: &'static str =
        "Have a group become part of a larger one, with a delegate who has a mandate.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let mandate = self.mandate.trim();
        if mandate.is_empty() {
            return Err(GroupError::MandateMissing.into());
        }
        if longer_than(mandate, MAX_MANDATE) {
            return Err(GroupError::TextTooLong("mandate", MAX_MANDATE).into());
        }
        if [self.group, self.into].contains(&GroupId::CLUB) {
            return Err(GroupError::ClubIsAll.into());
        }
        find_group(tx, self.into)?;
        agents::hold_group(tx, GroupId::CLUB)?;
        if links::find(tx, self.group)?.is_some_and(|link| link.agreed) {
            return Err(GroupError::PartAlready.into());
        }
        if links::lies_within(tx, self.into, self.group)? {
            return Err(GroupError::Circular.into());
        }
        if agents::role(tx, self.delegate.into(), self.group)? == Role::None {
            return Err(GroupError::DelegateOutside.into());
        }
        let link = LinkRow {
            parent_id: self.into,
            delegate_id: self.delegate,
            mandate: mandate.to_owned(),
            agreed: false,
        };
        Ok(links::wish(tx, self.group, &link, cx.now)?)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let (small, large) = (find_group(tx, self.group)?.name, find_group(tx, self.into)?.name);
        let delegate = agents::find(tx, self.delegate.into())?.ok_or(GroupError::MemberUnknown)?.name;
        Ok(format!("Let {small} become part of {large}, with {delegate} as its delegate."))
    }
}

/// Agree that a smaller group is part of this one.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeInGroup {
    /// The larger group, which decides.
    pub group: GroupId,
    /// The group that would like to be part of it.
    pub inner: GroupId,
}

impl Act for TakeInGroup {
    const NAME: &'static str = "groups.take_in_group";
    const ABOUT: &'static str = "Agree that a smaller group is part of this one.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        // One such change at a time, whichever groups: otherwise two could close a circle together.
        agents::hold_group(tx, GroupId::CLUB)?;
        let link = links::find(tx, self.inner)?.filter(|link| link.parent_id == self.group && !link.agreed);
        link.ok_or(GroupError::NoWish)?;
        if links::lies_within(tx, self.group, self.inner)? {
            return Err(GroupError::Circular.into());
        }
        Ok(links::agree(tx, self.inner, cx.now)?)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let (small, large) = (find_group(tx, self.inner)?.name, find_group(tx, self.group)?.name);
        Ok(format!("Let {small} be part of {large}."))
    }
}

/// Have a group no longer be part of a larger one. Either of them can decide it alone.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeaveGroup {
    /// The group that decides: the smaller or the larger one.
    pub group: GroupId,
    /// The smaller one.
    pub inner: GroupId,
}

impl Act for LeaveGroup {
    const NAME: &'static str = "groups.leave_group";
    const ABOUT: &'static str = "Have a group no longer be part of a larger one.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        agents::hold_group(tx, GroupId::CLUB)?;
        let link = links::find(tx, self.inner)?;
        link.filter(|link| self.group == self.inner || self.group == link.parent_id)
            .ok_or(GroupError::NotPart)?;
        Ok(links::part(tx, self.inner)?)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        Ok(format!("Let {} no longer be part of the larger group.", find_group(tx, self.inner)?.name))
    }
}
