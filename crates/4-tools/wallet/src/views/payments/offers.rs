//! At which rates one can exchange what one has, and what one would get.

use super::super::{holder, parties};
use super::worth::{RateView, rate_view};
use crate::acts::exchange::{got_for, usable};
use crate::error::payments::PaymentError;
use crate::rows::rates::{find_rate, offers};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::accounts_of;
use planet_ontology::ids::RateId;
use planet_ontology::units::Amount;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// At which rates a wallet can exchange what it has.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offers {
    /// The group's handle; one's own wallet if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

impl View for Offers {
    const NAME: &'static str = "wallet.offers";
    const ABOUT: &'static str = "At which rates you can exchange what you have, the newest first.";
    type Output = Vec<RateView>;

    fn read(&self, look: &mut Look) -> Result<Vec<RateView>, Fault> {
        let (owner, _) = holder(look, self.of.as_deref())?;
        let held = accounts_of(look.tx, owner.id)?.into_iter().filter(|it| !it.closed).map(|it| it.currency);
        let rates = offers(look.tx, held.collect(), look.now)?;
        let by = parties(look.tx, rates.iter().filter_map(|rate| rate.agent).collect())?;
        let others = rates.iter().filter(|rate| rate.agent != Some(owner.id));
        others.map(|rate| rate_view(look, rate, &by)).collect()
    }
}

/// A rate, and what one gets at it for an amount.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The rate.
    pub rate: RateId,
    /// How much is given, in minor units; none if it is left out.
    #[serde(default)]
    pub give: i64,
}

/// What one gets at a rate.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct OfferView {
    /// The rate.
    pub rate: RateView,
    /// What one gets for the amount that was asked about, rounded down.
    pub get: Amount,
    /// Whether it was rounded, in favour of whoever posted the rate.
    pub rounded: bool,
}

impl View for Offer {
    const NAME: &'static str = "wallet.offer";
    const ABOUT: &'static str = "A rate, and what you get at it for an amount.";
    type Output = OfferView;

    fn read(&self, look: &mut Look) -> Result<OfferView, Fault> {
        let row = find_rate(look.tx, self.rate)?.ok_or(PaymentError::RateUnknown)?;
        let poster = usable(look.tx, &row, look.now)?;
        let by = parties(look.tx, vec![poster])?;
        let get = if self.give > 0 { got_for(&row, Amount(self.give))? } else { Amount(0) };
        let exact =
            i128::from(self.give) * i128::from(row.get.0) == i128::from(get.0) * i128::from(row.give.0);
        Ok(OfferView { rate: rate_view(look, &row, &by)?, get, rounded: !exact })
    }
}
