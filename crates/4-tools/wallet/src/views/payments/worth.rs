//! What a wallet is worth in the member's home currency, by rates that somebody posted. What has no rate stays beside the
//! total: amounts of different currencies are never added up silently.

use super::super::{Balance, Money, Party, parties};
use crate::rows::rates::{RateRow, rates_of};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Currency, find_currency};
use planet_ontology::ids::{AgentId, CurrencyId, RateId};
use planet_ontology::units::{Amount, Moment};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

/// A rate as people read it: whoever gives so much of one currency gets so much of another.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RateView {
    /// Its id.
    pub id: RateId,
    /// What is given …
    pub from: Money,
    /// … and how much of it …
    pub give: Amount,
    /// … for what …
    pub to: Money,
    /// … and how much of that.
    pub get: Amount,
    /// Who posted it, if it is a member or a group.
    pub by: Option<Party>,
    /// `posted`, `reference`, or `source:` and the name of a source.
    pub origin: String,
    /// Since when.
    pub at: Moment,
}

/// One account in a total.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Part {
    /// The account.
    pub balance: Balance,
    /// What it is worth in the home currency; nothing where there is no rate.
    pub worth: Option<Amount>,
    /// By which rate; nothing for the home currency itself.
    pub rate: Option<RateView>,
}

/// What a wallet is worth.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Worth {
    /// The currency of the total.
    pub home: Money,
    /// The sum of all parts that have a worth.
    pub total: Amount,
    /// All accounts.
    pub parts: Vec<Part>,
}

/// What these balances are worth in a currency.
pub(super) fn worth(look: &mut Look, home: Currency, balances: &[Balance]) -> Result<Worth, Fault> {
    let rates = rates_of(look.tx, home.id, look.now)?;
    let by = parties(look.tx, rates.iter().filter_map(|rate| rate.agent).collect())?;
    let mut total: i128 = 0;
    let mut parts = Vec::with_capacity(balances.len());
    for balance in balances {
        let own = balance.money.id == home.id;
        let rate = best(&rates, balance.money.id, home.id).filter(|_| !own);
        let worth =
            if own { Some(i128::from(balance.balance.0)) } else { rate.map(|rate| value(balance, rate)) };
        total += worth.unwrap_or_default();
        let rate = rate.map(|rate| rate_view(look, rate, &by)).transpose()?;
        parts.push(Part { balance: balance.clone(), worth: worth.map(narrow), rate });
    }
    Ok(Worth { home: home.into(), total: narrow(total), parts })
}

/// The newest rate at which this currency is given for the home currency, or else the newest the other way round.
fn best(rates: &[RateRow], currency: CurrencyId, home: CurrencyId) -> Option<&RateRow> {
    let pair = |from, to| rates.iter().find(|rate| (rate.from, rate.to) == (from, to));
    pair(currency, home).or_else(|| pair(home, currency))
}

/// What a balance is worth at a rate, rounded down.
fn value(balance: &Balance, rate: &RateRow) -> i128 {
    let (over, under) =
        if rate.from == balance.money.id { (rate.get, rate.give) } else { (rate.give, rate.get) };
    (i128::from(balance.balance.0) * i128::from(over.0)).div_euclid(i128::from(under.0.max(1)))
}

fn narrow(wide: i128) -> Amount {
    Amount(i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX }))
}

/// A rate with the names of what and whom it speaks of.
pub(crate) fn rate_view(
    look: &mut Look,
    rate: &RateRow,
    by: &HashMap<AgentId, Party>,
) -> Result<RateView, Fault> {
    let money = |look: &mut Look, id| {
        let found = find_currency(look.tx, id)?;
        Ok::<Money, Fault>(found.ok_or(crate::error::WalletError::CurrencyUnknown)?.into())
    };
    Ok(RateView {
        id: rate.id,
        from: money(look, rate.from)?,
        give: rate.give,
        to: money(look, rate.to)?,
        get: rate.get,
        by: rate.agent.and_then(|agent| by.get(&agent).cloned()),
        origin: rate.origin.clone(),
        at: rate.at,
    })
}
