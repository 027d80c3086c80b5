//! What currencies tell their holders: what ends soon, that one is being closed, what is owed. Home and the wallet show it.

use super::Money;
use crate::rows::notices;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::find_currency;
use planet_ontology::units::{Amount, Moment};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What currencies have to tell the viewer.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaitingHere {}

/// Something that a holder is told.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Told {
    /// Of which currency.
    pub money: Money,
    /// `expiry`, `closing` or `owed`.
    pub kind: String,
    /// The end of the day that it is about.
    pub day: Moment,
    /// How much of it there is.
    pub amount: Amount,
}

impl View for WaitingHere {
    const NAME: &'static str = "currencies.waiting";
    const ABOUT: &'static str = "What of yours ends soon, and which currencies are being closed.";
    type Output = Vec<Told>;

    fn read(&self, look: &mut Look) -> Result<Vec<Told>, Fault> {
        let me = look.member()?;
        let mut told = Vec::new();
        for notice in notices::waiting(look.tx, me.into(), look.now)? {
            if let Some(currency) = find_currency(look.tx, notice.currency)? {
                let money = Money::from(&currency);
                told.push(Told { money, kind: notice.kind, day: notice.day, amount: notice.amount });
            }
        }
        Ok(told)
    }
}
