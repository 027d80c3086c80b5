//! Setting how far an account may go: limits that refuse, and softer ones at which its owner is warned.

use crate::error::WalletError;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{CurrencyKind, account_of, currency, refused, set_limits, set_soft_limits};
use planet_ontology::entities;
use planet_ontology::ids::{AgentId, CurrencyId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::WIDEST;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the owner of an account is warned; beyond it, payments still go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SoftLimits {
    /// Below this balance, in minor units; nowhere if it is left out.
    #[serde(default)]
    pub min: Option<Amount>,
    /// Above this balance, in minor units; nowhere if it is left out.
    #[serde(default)]
    pub max: Option<Amount>,
}

/// Set how far an account may go below zero and how much it may gather.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetLimits {
    /// Whose account.
    pub owner: AgentId,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
    /// The lower limit in minor units, zero or below.
    pub min: Amount,
    /// The upper limit in minor units, zero or above.
    pub max: Amount,
    /// Where the owner is warned; as before if it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soft: Option<SoftLimits>,
}

impl Act for SetLimits {
    const NAME: &'static str = "wallet.set_limits";
    const ABOUT: &'static str = "Set how far an account may go below zero and how much it may gather.";
    type Touches = entities::Account;
    type Output = ();

    fn resource(&self, _: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let facts = entities::Account { own: actor.agent() == Some(self.owner), group: false, amount: 0 };
        Ok(Resource::club(self.owner, &facts))
    }

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        if self.min.0 > 0 || self.max.0 < 0 {
            return Err(WalletError::LimitsWrong.into());
        }
        if self.min.0 < -WIDEST.0 || self.max.0 > WIDEST.0 {
            return Err(WalletError::LimitsTooWide.into());
        }
        if let Some(SoftLimits { min, max }) = self.soft
            && (min.is_some_and(|min| min < self.min || min.0 > 0)
                || max.is_some_and(|max| max > self.max || max.0 < 0))
        {
            return Err(WalletError::SoftLimitsWrong.into());
        }
        let currency = currency(tx, self.currency)?;
        // A claim on money at a bank goes as far as money was handed over, whatever anybody decides.
        if currency.kind == CurrencyKind::Conventional {
            return Err(WalletError::LimitsOfMoney.into());
        }
        let account = account_of(tx, self.owner, currency.id)?.ok_or(WalletError::PayeeUnknown)?;
        set_limits(tx, account.id, self.min, self.max).map_err(|error| refused(error, &currency))?;
        if let Some(SoftLimits { min, max }) = self.soft {
            set_soft_limits(tx, account.id, min, max).map_err(|error| refused(error, &currency))?;
        }
        Ok(())
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let name = agents::find(tx, self.owner)?.ok_or(WalletError::PayeeUnknown)?.name;
        let currency = currency(tx, self.currency)?;
        let [min, max] = [self.min, self.max].map(|amount| currency.say(amount));
        let soft = self.soft.map(|soft| [soft.min, soft.max]).into_iter().flatten().flatten();
        let warned: Vec<String> = soft.map(|amount| currency.say(amount)).collect();
        let warning = if warned.is_empty() {
            String::new()
        } else {
            format!(", with a warning at {}", warned.join(" and "))
        };
        Ok(format!("Let {name} go down to {min} and up to {max}{warning}."))
    }
}
