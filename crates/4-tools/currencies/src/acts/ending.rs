//! Ending a currency: retiring it (nothing new is issued, what is out stays good) and closing it with a fair run-off.

use super::design::ledger_refusal;
use super::tend::{Step, Tend};
use super::{by_decision, currency_resource, reason, trade};
use crate::error::CurrencyError;
use crate::rows;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{set_levy, set_limits, wind_down};
use planet_ontology::entities::Currency;
use planet_ontology::ids::CurrencyId;
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The shortest and the longest run-off, in days.
pub const RUN_OFF: std::ops::RangeInclusive<i64> = 30..=366;

/// Issue no more of a voucher.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retire {
    /// The voucher.
    pub currency: CurrencyId,
}

impl Act for Retire {
    const NAME: &'static str = "currencies.retire";
    const ABOUT: &'static str = "Issue no more of a voucher. What is out stays good.";
    type Touches = Currency;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        currency_resource(tx, self.currency, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        by_decision(&cx.actor)?;
        let made = rows::find_and_hold(tx, self.currency)?;
        trade::only_vouchers(&made.currency)?;
        made.issuing()?;
        // The issuer is outside these limits by what is out, so it can only take back.
        let account = trade::issuer_account(tx, &made)?;
        set_limits(tx, account.id, Amount(0), Amount(0)).map_err(ledger_refusal)?;
        Ok(rows::set_state(tx, made.currency.id, "retired", None)?)
    }
}

/// Close a currency, with time for everybody to come to zero.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Close {
    /// The currency.
    pub currency: CurrencyId,
    /// How many days the run-off lasts, from 30 to 366.
    pub days: i64,
    /// Why; every holder reads it.
    pub reason: String,
}

impl Act for Close {
    const NAME: &'static str = "currencies.close";
    const ABOUT: &'static str =
        "Close a currency, with time for everybody to spend what they have and work off what they owe.";
    type Touches = Currency;
    type Output = Moment;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        currency_resource(tx, self.currency, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Moment, Fault> {
        by_decision(&cx.actor)?;
        let made = rows::find_and_hold(tx, self.currency)?;
        made.living()?;
        reason(&self.reason)?;
        if !RUN_OFF.contains(&self.days) {
            return Err(CurrencyError::RunOffWrong.into());
        }
        let ends = cx.now.plus_seconds(self.days.saturating_mul(86_400)).next_day();
        wind_down(tx, made.currency.id)?;
        // The commons cannot gather any more, so that a fee would stand in the way of coming to zero.
        set_levy(tx, made.currency.id, 0, made.currency.commons).map_err(ledger_refusal)?;
        rows::set_state(tx, made.currency.id, "closing", Some(ends))?;
        rows::rates::end_all(tx, made.currency.id, cx.now)?;
        Tend::next(tx, cx, made.currency.id, Step::Tell, None)?;
        Ok(ends)
    }

    fn summary(&self) -> String {
        format!("Close a currency after a run-off of {} days: {}", self.days, self.reason.trim())
    }
}
