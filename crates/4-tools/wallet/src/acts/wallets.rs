//! The wallets that an act touches: as the rules see them, and their accounts. Where a payee may hold a currency and has no
//! account in it yet, one is opened. What is done with them is up to each act.

use crate::error::WalletError;
use crate::rule::{Spend, rules_for};
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Currency, account_of};
use planet_ontology::entities::Account;
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, GroupId};
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use serde_json::json;

/// A wallet that would pay, as the rules see it: a group's, or one's own if none is named, with the amount that would move. A
/// group's asks to be paid from by its own rule.
pub(crate) fn wallet(
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
pub(crate) fn idle_wallet(
    tx: &mut Tx,
    actor: &Actor,
    whose: Option<AgentId>,
    amount: Amount,
) -> Result<Resource, Fault> {
    let owner = whose.or(actor.agent()).ok_or(WalletError::PayerUnknown)?;
    let group = agents::find(tx, owner)?.ok_or(WalletError::PayerUnknown)?.kind == "group";
    let facts = Account { own: actor.agent() == Some(owner), group, amount: amount.0 };
    let of = if group { GroupId(owner.0) } else { GroupId::CLUB };
    Ok(Resource::of(of, owner, &facts))
}

/// The account that pays: of the wallet that is named, or of the one who acts.
pub(crate) fn paying_account(
    tx: &mut Tx,
    cx: &Cx,
    whose: Option<AgentId>,
    currency: &Currency,
) -> Result<AccountId, Fault> {
    let owner = whose.map_or_else(|| cx.agent(), Ok)?;
    Ok(account_of(tx, owner, currency.id)?.ok_or(WalletError::CurrencyUnknown)?.id)
}

/// The account that is paid. Somebody who may hold the currency gets one with the first payment.
pub(crate) fn paid_account(
    tx: &mut Tx,
    cx: &mut Cx,
    owner: AgentId,
    currency: &Currency,
) -> Result<AccountId, Fault> {
    agents::find(tx, owner)?.filter(|agent| agent.standing != "left").ok_or(WalletError::PayeeUnknown)?;
    if let Some(account) = account_of(tx, owner, currency.id)? {
        return Ok(account.id);
    }
    match cx.call(tx, "currencies.hold", json!({ "currency": currency.id, "owner": owner })) {
        Ok(_) => Ok(account_of(tx, owner, currency.id)?.ok_or(WalletError::PayeeUnknown)?.id),
        // A club without designed currencies.
        Err(Fault::Refused(refusal)) if refusal.code == "no_such_act" => {
            Err(WalletError::PayeeUnknown.into())
        }
        Err(fault) => Err(fault),
    }
}
