//! Taking over a bank statement, and saying what stands at the bank. Taking it over twice adds nothing.

use super::{MOST, holder_resource};
use crate::bank::csv::CsvShape;
use crate::bank::statement::{self, marks};
use crate::error::TreasuryError;
use crate::rows::{holdings, lines};
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Trace;
use planet_ontology::entities::Group;
use planet_ontology::ids::CurrencyId;
use planet_ontology::units::Amount;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Take over a bank statement. Its lines speak of people who are not here: they stay in the treasurers' book, out of the record.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeStatement {
    /// The currency.
    pub currency: CurrencyId,
    /// The file: camt.053, OFX or CSV.
    pub statement: String,
    /// How the bank writes its CSV; what it was told last time where it is left out.
    #[serde(default)]
    pub shape: Option<CsvShape>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Taken {
    /// Lines that are new.
    pub fresh: u32,
    /// Lines that were there already.
    pub known: u32,
    /// The day and the balance at its end, where the statement says so.
    pub closing: Option<(String, Amount)>,
}

impl Act for TakeStatement {
    const NAME: &'static str = "treasury.take_statement";
    const ABOUT: &'static str =
        "Take over a bank statement, to compare it with what was announced and asked for.";
    const TRACE: Trace = Trace::Counted;
    touches!(Group, |act, tx, _| holder_resource(tx, act.currency));
    type Output = Taken;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Taken, Fault> {
        let it = super::holding(tx, self.currency)?;
        let shape = match &self.shape {
            Some(shape) => shape.clone(),
            None => holdings::shape(tx, self.currency)?,
        };
        shape.checked()?;
        let read = statement::read(&self.statement, &it.iso, it.places(), &shape)?;
        if let Some(told) = &self.shape {
            let told = serde_json::to_value(told).map_err(|error| Fault::Damaged(error.to_string()))?;
            holdings::set_shape(tx, self.currency, &told)?;
        }
        let (by, mut fresh, mut known) = (cx.agent()?, 0, 0);
        for ((mark, line), place) in marks(&read.lines).iter().zip(&read.lines).zip(0..) {
            let id = cx.id();
            if lines::take(tx, id, self.currency, (mark, place, line), by, cx.now)? {
                fresh += 1;
            } else {
                known += 1;
            }
        }
        Ok(Taken { fresh, known, closing: read.closing })
    }
}

/// Say what stands at the bank.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmBalance {
    /// The currency.
    pub currency: CurrencyId,
    /// On which day: `2026-11-27`.
    pub as_of: String,
    /// The balance of the account, in minor units.
    pub amount: Amount,
}

impl Act for ConfirmBalance {
    const NAME: &'static str = "treasury.confirm_balance";
    const ABOUT: &'static str = "Say what stands at the bank, for all who hold claims.";
    touches!(Group, |act, tx, _| holder_resource(tx, act.currency));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let day = statement::date(&self.as_of, false).ok_or(TreasuryError::DayUnclear)?;
        if !(-MOST..=MOST).contains(&self.amount.0) {
            return Err(TreasuryError::AmountUnclear.into());
        }
        // What will be is nothing that anybody saw.
        if day.as_str() > cx.now.rfc3339().get(..10).unwrap_or_default() {
            return Err(TreasuryError::DayUnclear.into());
        }
        let id = cx.id();
        Ok(holdings::tell_balance(tx, id, self.currency, (&day, self.amount), cx.agent()?, cx.now)?)
    }
}
