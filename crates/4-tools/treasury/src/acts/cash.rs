//! Cash: the person whom the holder has named says that it was handed over, and how much it was.

use super::{book, pay_in_resource};
use crate::error::TreasuryError;
use crate::rows::{holdings, pay_ins};
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Moves;
use planet_ontology::entities::PayIn;
use planet_ontology::ids::{AgentId, PayInId, TransferId};
use planet_ontology::units::Amount;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Confirm that cash was handed to you.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmCash {
    /// The pay-in.
    pub pay_in: PayInId,
    /// What was handed over, in minor units.
    pub arrived: Amount,
}

impl Act for ConfirmCash {
    const NAME: &'static str = "treasury.confirm_cash";
    const ABOUT: &'static str = "Confirm that cash was handed to you.";
    const MOVES: Moves = Moves::Promised;
    touches!(PayIn, |act, tx, actor| pay_in_resource(tx, act.pay_in, actor));
    type Output = TransferId;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<TransferId, Fault> {
        let row = pay_ins::find_and_hold(tx, self.pay_in)?.ok_or(TreasuryError::PayInUnknown)?;
        holdings::lock(tx, row.currency)?;
        let me = cx.agent()?;
        if row.how != "cash" || row.named.map(AgentId::from) != Some(me) {
            return Err(TreasuryError::OtherWay.into());
        }
        super::pay_in::not_own(tx, cx, row.owner)?;
        // Whoever was named when it was announced, and no longer is, takes nothing any more.
        let takes =
            holdings::cash_people(tx, row.currency)?.iter().any(|(member, ..)| AgentId::from(*member) == me);
        if !takes {
            return Err(TreasuryError::CashToWhom.into());
        }
        // What was taken back was not handed over; cash does not arrive by itself.
        if row.state == "withdrawn" {
            return Err(TreasuryError::Ended.into());
        }
        book(tx, cx, &row, self.arrived, None)
    }
}
