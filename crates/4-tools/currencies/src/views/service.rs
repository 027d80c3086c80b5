//! Hours of service: what somebody gave to others, counted since the beginning. It never falls when hours are spent, and what is
//! given back does not raise it.

use super::Money;
use crate::error::CurrencyError;
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{CurrencyKind, accounts_of, earned, find_currency};
use planet_ontology::units::Amount;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The hours of service of a member: one's own, or of somebody who shares a time currency with the viewer.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// Whose; one's own if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

/// Hours of service in one currency.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ServiceLine {
    /// The time currency.
    pub money: Money,
    /// What was given, in minutes.
    pub given: Amount,
}

impl View for Service {
    const NAME: &'static str = "currencies.service";
    const ABOUT: &'static str = "Hours of service that a member has given, counted since the beginning.";
    type Output = Vec<ServiceLine>;

    fn read(&self, look: &mut Look) -> Result<Vec<ServiceLine>, Fault> {
        let me = look.member()?;
        let agent = match self.of.as_deref().filter(|handle| !handle.is_empty()) {
            None => agents::find(look.tx, me.into())?,
            Some(handle) => agents::find_by_handle(look.tx, handle)?,
        };
        let agent = agent.filter(|agent| agent.kind == "member").ok_or(CurrencyError::HolderUnknown)?;
        let shared: Vec<_> =
            accounts_of(look.tx, me.into())?.into_iter().map(|account| account.currency).collect();
        let mut lines = Vec::new();
        for account in accounts_of(look.tx, agent.id)? {
            if !shared.contains(&account.currency) {
                continue;
            }
            let time = find_currency(look.tx, account.currency)?.filter(|it| it.kind == CurrencyKind::Time);
            if let Some(currency) = time {
                lines.push(ServiceLine { money: Money::from(&currency), given: earned(look.tx, &account)? });
            }
        }
        Ok(lines)
    }
}
