//! What can be done about dues and shares: one file per use case. Here is what they share.

pub mod coming;
pub mod pay;
pub mod register;
pub mod relief;
pub mod repay;
pub mod shares;
pub mod tend;
pub mod terms;

use crate::error::DuesError;
use crate::rows::terms::{Adopted, in_force};
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::Dues;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId, MemberId, TransferId};
use planet_ontology::units::Amount;
use planet_purse::keeps;
use planet_store::Tx;
use serde_json::json;
use uuid::Uuid;

/// The act by which everything here is paid in. The wallet is another tool, so it is asked by name.
const PAY: &str = "wallet.pay";

/// The club as what an act touches, with the facts that it has as an actor too.
pub(crate) fn club(tx: &mut Tx) -> Result<Resource, Fault> {
    Ok(Resource::group(&agents::group(tx, GroupId::CLUB)?.ok_or(DuesError::NoTerms)?))
}

/// What is between a member and the club, as policies see it, for the member.
pub(crate) fn own_dues(actor: &Actor) -> Resource {
    let id = actor.agent().map_or(Uuid::nil(), |agent| agent.0);
    Resource::club(id, &Dues { own: actor.member().is_some() })
}

/// What is between a member and the club, as policies see it, for the member and those who keep the club's books. Nobody else may
/// know of it.
pub(crate) fn dues_of(
    tx: &mut Tx,
    actor: &Actor,
    whose: MemberId,
    unknown: DuesError,
) -> Result<Resource, Fault> {
    let own = actor.member() == Some(whose);
    let Some(agent) = actor.agent() else { return Err(unknown.into()) };
    if !own && agent != GroupId::CLUB.into() && !keeps(tx, agent, GroupId::CLUB)? {
        return Err(unknown.into());
    }
    Ok(Resource::club(whose, &Dues { own }))
}

/// The terms in force.
pub(crate) fn terms(tx: &mut Tx) -> Result<Adopted, Fault> {
    Ok(in_force(tx)?.ok_or(DuesError::NoTerms)?)
}

/// Pays the club out of a member's own wallet, as that member.
pub(crate) fn pay_club(
    tx: &mut Tx,
    cx: &mut Cx,
    payer: MemberId,
    (currency, amount): (CurrencyId, Amount),
    memo: &str,
) -> Result<TransferId, Fault> {
    let club = AgentId::from(GroupId::CLUB);
    let args = json!({ "to": club, "amount": amount, "memo": memo, "currency": currency });
    let paid = cx.call_as(tx, Actor::Member(payer), PAY, args)?;
    let transfer = paid.get("transfer").cloned().unwrap_or_default();
    serde_json::from_value(transfer).map_err(|_| Fault::Damaged("A payment has no outcome.".into()))
}
