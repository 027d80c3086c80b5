//! Holding a currency: an account is opened where the terms permit it, by its owner or for somebody who is paid. And asking
//! somebody to hold one that only those hold who were asked.

use super::{currency_resource, may_hold};
use crate::error::CurrencyError;
use crate::rows::{self, Made};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Account as Held, CurrencyKind, open_account, refused, set_limits};
use planet_ontology::entities::{Account, Currency};
use planet_ontology::ids::{AccountId, AgentId, CurrencyId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::idle_wallet;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Open an account in a currency.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// The currency.
    pub currency: CurrencyId,
    /// Whose account; one's own if it is left out. A payment opens one for whoever is paid.
    #[serde(default)]
    pub owner: Option<AgentId>,
}

impl Act for Hold {
    const NAME: &'static str = "currencies.hold";
    const ABOUT: &'static str = "Open an account in a currency, where its terms permit it.";
    type Touches = Account;
    type Output = AccountId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        idle_wallet(tx, actor, self.owner, Amount(0))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<AccountId, Fault> {
        let made = rows::find(tx, self.currency)?;
        let owner = self.owner.map_or_else(|| cx.agent(), Ok)?;
        if let Some(there) = planet_ledger::account_of(tx, owner, made.currency.id)? {
            return Ok(there.id);
        }
        Ok(open(tx, cx, &made, owner)?.id)
    }
}

/// The account of somebody who may hold this currency; opened if there is none.
pub(super) fn open(tx: &mut Tx, cx: &mut Cx, made: &Made, owner: AgentId) -> Result<Held, Fault> {
    made.living()?;
    may_hold(tx, made, owner)?;
    let wrong = |error| refused(error, &made.currency);
    let there = planet_ledger::account_of(tx, owner, made.currency.id)?;
    let account = open_account(tx, owner, made.currency.id, cx.id(), cx.now).map_err(wrong)?;
    // Anybody may start groups, and whoever started ten would otherwise have ten times the credit of one member.
    let group = agents::find(tx, owner)?.is_some_and(|agent| agent.kind == "group");
    if there.is_none() && group && made.currency.kind != CurrencyKind::Voucher {
        set_limits(tx, account.id, Amount(0), account.max).map_err(wrong)?;
    }
    Ok(account)
}

/// Ask somebody to hold a currency.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ask {
    /// The currency.
    pub currency: CurrencyId,
    /// Who is asked: a member or a group.
    pub to: AgentId,
}

impl Act for Ask {
    const NAME: &'static str = "currencies.ask";
    const ABOUT: &'static str = "Ask somebody to hold a currency that only those hold who were asked.";
    type Touches = Currency;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        currency_resource(tx, self.currency, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let made = rows::find(tx, self.currency)?;
        made.living()?;
        agents::find(tx, self.to)?
            .filter(|agent| agent.standing == "active")
            .ok_or(CurrencyError::HolderUnknown)?;
        rows::add_guest(tx, self.currency, self.to, cx.agent()?, cx.now)?;
        Ok(())
    }
}
