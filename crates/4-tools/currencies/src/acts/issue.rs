//! Issuing vouchers without a sale through PLANET: a gift, or against cash. Whoever the terms name may do it, and says why.

use super::{currency_resource, hold, reason, trade};
use crate::rows;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Transfer, TransferKind, carry};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Currency;
use planet_ontology::ids::{AgentId, CurrencyId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Hand out vouchers.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The voucher.
    pub currency: CurrencyId,
    /// Who gets it.
    pub to: AgentId,
    /// How much, in minor units.
    pub amount: Amount,
    /// Why: a gift, paid in cash, ...; the receiver reads it.
    pub reason: String,
}

impl Act for Issue {
    const NAME: &'static str = "currencies.issue";
    const ABOUT: &'static str = "Hand out vouchers as a gift or against cash, with a reason.";
    const MOVES: Moves = Moves::Promised;
    type Touches = Currency;
    type Output = TransferId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        currency_resource(tx, self.currency, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<TransferId, Fault> {
        let made = rows::find_and_hold(tx, self.currency)?;
        let memo = reason(&self.reason)?;
        let issuer = trade::issuing_account(tx, &made, self.to, self.amount)?;
        let account = hold::open(tx, cx, &made, self.to)?;
        let transfer = Transfer {
            id: cx.id(),
            debit: issuer.id,
            credit: account.id,
            amount: self.amount,
            kind: TransferKind::Issue,
            memo,
            reference: None,
        };
        carry(tx, cx, std::slice::from_ref(&transfer))?;
        Ok(transfer.id)
    }

    fn summary(&self) -> String {
        format!("Hand out vouchers: {}", self.reason.trim())
    }
}
