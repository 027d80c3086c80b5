//! Changing the terms of a currency: by decision only. What was sold keeps the date and the price of the terms it was sold under.

use super::design::{audience, issuer_limits, ledger_refusal, price_makes_sense};
use super::{by_decision, currency_resource, trade};
use crate::error::CurrencyError;
use crate::rows;
use crate::terms::Terms;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{set_defaults, set_levy, set_limits};
use planet_ontology::entities::Currency;
use planet_ontology::ids::CurrencyId;
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Change the terms of a currency.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTerms {
    /// The currency.
    pub currency: CurrencyId,
    /// What it is to be for from now on.
    pub terms: Terms,
}

impl Act for ChangeTerms {
    const NAME: &'static str = "currencies.change_terms";
    const ABOUT: &'static str = "Change the terms of a currency. What was sold before keeps its own.";
    type Touches = Currency;
    type Output = i64;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        currency_resource(tx, self.currency, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<i64, Fault> {
        by_decision(&cx.actor)?;
        let made = rows::find_and_hold(tx, self.currency)?;
        made.living()?;
        let terms = self.terms.clone().checked(made.currency.kind)?;
        if terms == made.terms {
            return Err(CurrencyError::NothingToDo.into());
        }
        price_makes_sense(tx, made.issuer(), made.currency.id, &terms)?;
        let (hard, soft) = ((terms.min, terms.max), (terms.soft_min, terms.soft_max));
        set_defaults(tx, made.currency.id, hard, soft, terms.lifetime_seconds()).map_err(ledger_refusal)?;
        set_levy(tx, made.currency.id, terms.levy, made.currency.issuer).map_err(ledger_refusal)?;
        if made.state.state == "open" && terms.cap != made.terms.cap {
            let account = trade::issuer_account(tx, &made)?;
            let (min, max) = issuer_limits(made.currency.kind, &terms);
            set_limits(tx, account.id, min, max).map_err(ledger_refusal)?;
        }
        rows::change(tx, &made, audience(made.issuer(), terms.holders), &terms, cx.agent()?, cx.now)
    }
}
