//! What can be done at the front door: the only place that changes the tables of this room.

mod accept;
mod admit;
mod apply;
mod found;
mod home;
mod invite;
mod leave;
mod standing;

pub use accept::Accept;
pub use admit::{Admit, DeclineApplication};
pub use apply::{Apply, PER_DAY};
pub use found::Found;
pub use home::{AddPlace, AddedPlace, Rename, SetHome};
pub use invite::{Invite, InviteMany, Invitee, LONGEST_DAYS, MOST_LINES, WithdrawInvitation};
pub use leave::{Export, Leave};
pub use standing::{EndSuspension, Reinstate, Suspend};

use crate::error::{self, MembershipError};
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::Profile;
use planet_ontology::ids::{AgentId, GroupId, MemberId, PlaceId};
use planet_ontology::relevance::Relevance;
use planet_store::Tx;
use serde_json::json;

/// The club as what an act touches.
fn club(tx: &mut Tx) -> Result<Resource, Fault> {
    Ok(Resource::group(&agents::group(tx, GroupId::CLUB)?.ok_or(MembershipError::NotFounded)?))
}

/// Whoever acts, as what an act touches.
fn own_profile(actor: &Actor) -> Resource {
    let id = actor.agent().map_or(uuid::Uuid::nil(), |agent| agent.0);
    Resource::club(id, &Profile { own: actor.member().is_some() })
}

/// A place that can be lived in: one in use, or a town of the gazetteer, which is taken into use.
fn take_into_use(tx: &mut Tx, place: PlaceId) -> Result<PlaceId, Fault> {
    planet_places::take_into_use(tx, place).map_err(error::places)
}

/// Says where a newcomer lives; others see the town.
fn settle_home(tx: &mut Tx, cx: &Cx, agent: AgentId, place: PlaceId) -> Result<(), Fault> {
    let place = take_into_use(tx, place)?;
    planet_places::set_home(tx, agent, place, Relevance::Town, cx.now).map_err(error::places)?;
    Ok(())
}

/// Tells the room of dues that somebody joined or left, by name: what they owe or are owed follows. A club without that room, or with
/// rules from before it, has nothing to follow.
fn tell_dues(tx: &mut Tx, cx: &mut Cx, act: &str, member: MemberId) -> Result<(), Fault> {
    match cx.call_as(tx, Actor::House, act, json!({ "member": member })) {
        Err(Fault::Refused(refusal))
            if !["no_such_act", "not_permitted"].contains(&refusal.code.as_str()) =>
        {
            Err(refusal.into())
        }
        Ok(_) | Err(Fault::Refused(_)) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// Opens an account in the club's currency. The wallet is another tool, so it is asked by name.
fn open_account(tx: &mut Tx, cx: &mut Cx, owner: AgentId) -> Result<(), Fault> {
    cx.call_as(tx, Actor::House, "wallet.open", json!({ "owner": owner }))?;
    Ok(())
}
