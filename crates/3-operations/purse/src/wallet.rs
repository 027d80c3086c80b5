//! A wallet that an act touches, as the policies and its rule see it, and what is told when something was spent from it.

use crate::error::PurseError;
use crate::rows::{Alone, note_alone};
use crate::rule::{Spend, rules_for};
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use uuid::Uuid;

/// A wallet that something would be spent from: a group's, or one's own if none is named, with the amount that would move. A
/// group's asks to be spent from by its own rule.
///
/// # Errors
/// `payer_unknown` where there is no such wallet.
pub fn wallet(
    tx: &mut Tx,
    actor: &Actor,
    whose: Option<AgentId>,
    currency: Option<CurrencyId>,
    amount: Amount,
    now: Moment,
) -> Result<Resource, Fault> {
    let decided = rules_for(tx, &[Spend::by(actor, whose, currency, amount)], now)?.pop().flatten();
    Ok(idle_wallet(tx, actor, whose, amount)?.decided_by(decided))
}

/// A wallet that something is done with, but nothing is spent from.
///
/// # Errors
/// `payer_unknown` where there is no such wallet.
pub fn idle_wallet(
    tx: &mut Tx,
    actor: &Actor,
    whose: Option<AgentId>,
    amount: Amount,
) -> Result<Resource, Fault> {
    let owner = whose.or(actor.agent()).ok_or(PurseError::WalletUnknown)?;
    let group = agents::find(tx, owner)?.ok_or(PurseError::WalletUnknown)?.kind == "group";
    let facts = Account { own: actor.agent() == Some(owner), group, amount: amount.0 };
    let of = if group { GroupId(owner.0) } else { GroupId::CLUB };
    Ok(Resource::of(of, owner, &facts))
}

/// Tells that the one who acts has spent this from a wallet. What came of it has an id: a transfer, a list, what was put aside.
///
/// # Errors
/// Those of the store.
pub fn spent(
    tx: &mut Tx,
    cx: &Cx,
    whose: Option<AgentId>,
    (currency, amount): (CurrencyId, Amount),
    id: Uuid,
) -> Result<(), Fault> {
    Ok(note_alone(tx, Alone::by(cx, whose, currency, amount, id).as_slice())?)
}

/// Whether an agent is the holder of a wallet, or keeps it for a group.
///
/// # Errors
/// Those of the store.
pub fn acts_for(tx: &mut Tx, agent: AgentId, holder: AgentId) -> Result<bool, Fault> {
    Ok(agent == holder || keeps(tx, agent, GroupId(holder.0))?)
}

/// Whether an agent keeps the wallet and the books of a group.
///
/// # Errors
/// Those of the store.
pub fn keeps(tx: &mut Tx, agent: AgentId, group: GroupId) -> Result<bool, Fault> {
    Ok(matches!(agents::role(tx, agent, group)?, Role::Treasurer | Role::Steward))
}
