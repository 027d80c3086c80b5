//! The accounts that an act touches. Where a payee may hold a currency and has no account in it yet, one is opened. What is done
//! with them is up to each act.

use crate::error::WalletError;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Currency, CurrencyKind, account_of};
use planet_ontology::ids::{AccountId, AgentId};
use planet_store::Tx;
use serde_json::json;

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
    // A claim on a bank account is opened by whoever will have it, who reads first who holds the money.
    if currency.kind == CurrencyKind::Conventional {
        return Err(WalletError::PayeeHasNone.into());
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
