//! Circles: people whom a member chose, to show them more. Nobody is told which circles of others they are in.

use super::{MAX_CIRCLE_NAME, MAX_CIRCLES, MAX_IN_CIRCLE};
use crate::error::ProfileError;
use crate::rows;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::Profile;
use planet_ontology::ids::{CircleId, MemberId};
use planet_ontology::units::{Moment, longer_than};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Make a circle of people to whom you show more.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MakeCircle {
    /// Its name, which only you see.
    pub name: String,
    /// Who is in it.
    #[serde(default)]
    pub members: Vec<MemberId>,
}

impl Act for MakeCircle {
    const NAME: &'static str = "profiles.make_circle";
    const ABOUT: &'static str = "Make a circle of people to whom you show more.";
    type Touches = Profile;
    type Output = CircleId;

    fn resource(&self, _: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        own_profile(actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<CircleId, Fault> {
        let me = cx.member()?;
        let name = checked_name(&self.name)?;
        rows::lock_owner(tx, me.into())?;
        let others = agents::circles(tx, me)?;
        if others.len() >= MAX_CIRCLES {
            return Err(ProfileError::TooManyCircles.into());
        }
        name_is_free(&others, &name, None)?;
        let id = cx.id();
        rows::insert_circle(tx, id, me, &name)?;
        put_in(tx, me, id, &self.members)?;
        Ok(id)
    }
}

/// Change a circle: its name, and who is in it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCircle {
    /// The circle.
    pub circle: CircleId,
    /// A new name, if it is to have one.
    #[serde(default)]
    pub name: Option<String>,
    /// Who comes in.
    #[serde(default)]
    pub add: Vec<MemberId>,
    /// Who goes out.
    #[serde(default)]
    pub remove: Vec<MemberId>,
}

impl Act for ChangeCircle {
    const NAME: &'static str = "profiles.change_circle";
    const ABOUT: &'static str = "Change a circle: its name, and who is in it.";
    type Touches = Profile;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        own_circle(tx, actor, self.circle)?;
        own_profile(actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = own_circle(tx, &cx.actor, self.circle)?;
        rows::lock_owner(tx, me.into())?;
        if let Some(name) = &self.name {
            let name = checked_name(name)?;
            name_is_free(&agents::circles(tx, me)?, &name, Some(self.circle))?;
            rows::rename_circle(tx, self.circle, &name)?;
        }
        few_enough(&self.remove)?;
        rows::take_out(tx, self.circle, &self.remove)?;
        put_in(tx, me, self.circle, &self.add)
    }
}

/// End a circle. What was shown to it is shown to nobody but yourself.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EndCircle {
    /// The circle.
    pub circle: CircleId,
}

impl Act for EndCircle {
    const NAME: &'static str = "profiles.end_circle";
    const ABOUT: &'static str = "End a circle; what it could see, only you see from then on.";
    type Touches = Profile;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        own_circle(tx, actor, self.circle)?;
        own_profile(actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = own_circle(tx, &cx.actor, self.circle)?;
        rows::hide_from(tx, me, self.circle)?;
        Ok(rows::delete_circle(tx, self.circle)?)
    }
}

fn own_profile(actor: &Actor) -> Result<Resource, Fault> {
    let me = actor.member().ok_or(ProfileError::ProfileUnknown)?;
    Ok(Resource::club(me, &Profile { own: true }))
}

/// The owner of a circle, who must be the one who acts: others do not learn that there is one.
fn own_circle(tx: &mut Tx, actor: &Actor, circle: CircleId) -> Result<MemberId, Fault> {
    let owner = rows::circle_owner(tx, circle)?;
    Ok(owner.filter(|owner| actor.member() == Some(*owner)).ok_or(ProfileError::CircleUnknown)?)
}

fn checked_name(name: &str) -> Result<String, ProfileError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(ProfileError::CircleNameMissing);
    }
    if longer_than(&name, MAX_CIRCLE_NAME) {
        return Err(ProfileError::CircleNameTooLong(MAX_CIRCLE_NAME));
    }
    Ok(name)
}

fn name_is_free(
    others: &[(CircleId, String)],
    name: &str,
    but: Option<CircleId>,
) -> Result<(), ProfileError> {
    let same = |other: &str| other.to_lowercase() == name.to_lowercase();
    let taken = others.iter().any(|(id, other)| Some(*id) != but && same(other));
    if taken { Err(ProfileError::CircleNameTaken) } else { Ok(()) }
}

/// No list of people is longer than a circle can be.
fn few_enough(members: &[MemberId]) -> Result<(), ProfileError> {
    let fits = i64::try_from(members.len()).is_ok_and(|count| count <= MAX_IN_CIRCLE);
    if fits { Ok(()) } else { Err(ProfileError::CircleFull) }
}

/// Puts people into a circle. Who is in it already stays.
fn put_in(tx: &mut Tx, me: MemberId, circle: CircleId, members: &[MemberId]) -> Result<(), Fault> {
    if members.contains(&me) {
        return Err(ProfileError::Yourself.into());
    }
    few_enough(members)?;
    let mut members = members.to_vec();
    members.sort_unstable();
    members.dedup();
    if rows::count_active(tx, &members)? != i64::try_from(members.len()).unwrap_or(i64::MAX) {
        return Err(ProfileError::MemberUnknown.into());
    }
    rows::put_in(tx, circle, &members)?;
    if rows::count_in_circle(tx, circle)? > MAX_IN_CIRCLE {
        return Err(ProfileError::CircleFull.into());
    }
    Ok(())
}
