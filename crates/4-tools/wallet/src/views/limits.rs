//! How far an account may go, as any member may know it: limits are granted by decisions that all can read. The balance is
//! for its owner.

use super::{Money, Party};
use crate::acts::limits::SetLimits;
use crate::error::WalletError;
use planet_corridor::act::{Act, View};
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{CurrencyKind, account_of, accounts_of, currency};
use planet_ontology::ids::CurrencyId;
use planet_ontology::units::Amount;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far somebody's account may go.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The handle of a member or a group; oneself if it is left out.
    #[serde(default)]
    pub of: Option<String>,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
}

/// The limits of an account.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LimitsView {
    /// Whose it is.
    pub owner: Party,
    /// Whether it is the viewer's own.
    pub own: bool,
    /// Its currency.
    pub money: Money,
    /// The currencies of all accounts of this owner, as far as they have limits that can be set.
    pub all: Vec<Money>,
    /// How far it may go below zero.
    pub min: Amount,
    /// How much it may gather.
    pub max: Amount,
    /// Below this its owner is warned.
    pub soft_min: Option<Amount>,
    /// Above this its owner is warned.
    pub soft_max: Option<Amount>,
    /// Whether the viewer may change them, at once or by proposal.
    pub may_set: bool,
    /// How a change is decided, in a sentence.
    pub decided: String,
    /// Whether nobody else is asked.
    pub at_once: bool,
}

impl View for Limits {
    const NAME: &'static str = "wallet.limits";
    const ABOUT: &'static str = "How far an account may go, where its owner is warned, and who decides that.";
    type Output = LimitsView;

    fn read(&self, look: &mut Look) -> Result<LimitsView, Fault> {
        let member = look.member()?.into();
        let agent = match self.of.as_deref().filter(|handle| !handle.is_empty()) {
            None => agents::find(look.tx, member)?,
            Some(handle) => agents::find_by_handle(look.tx, handle)?,
        }
        .filter(|agent| agent.standing != "left")
        .ok_or(WalletError::PayeeUnknown)?;
        let currency = currency(look.tx, self.currency)?;
        let account = account_of(look.tx, agent.id, currency.id)?.ok_or(WalletError::PayeeUnknown)?;
        let probe = SetLimits {
            owner: agent.id,
            currency: self.currency,
            min: account.min,
            max: account.max,
            soft: None,
        };
        let procedure = look.procedure(SetLimits::NAME);
        let mut all = Vec::new();
        for account in accounts_of(look.tx, agent.id)?.into_iter().filter(|account| !account.closed) {
            let its = planet_ledger::currency(look.tx, Some(account.currency))?;
            if matches!(its.kind, CurrencyKind::MutualCredit | CurrencyKind::Time) {
                all.push(its.into());
            }
        }
        Ok(LimitsView {
            own: agent.id == member,
            owner: Party { id: agent.id, name: agent.name, handle: agent.handle, kind: agent.kind },
            money: currency.into(),
            all,
            min: account.min,
            max: account.max,
            soft_min: account.soft_min,
            soft_max: account.soft_max,
            may_set: look.may(&probe)?,
            at_once: procedure.at_once,
            decided: procedure.about,
        })
    }
}
