//! What an issuer still owes after its vouchers were closed: it pays, and the list says so.

use super::{currency_resource, on_a_keepers_word, pay_by_rule, trade};
use crate::error::CurrencyError;
use crate::rows::{self, owed};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Transfer, TransferKind, carry, find_currency};
use planet_ontology::entities::Currency;
use planet_ontology::ids::{AgentId, CurrencyId};
use planet_ontology::units::Moment;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Pay what is owed to somebody for vouchers that were closed.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayOwed {
    /// The voucher that was closed.
    pub currency: CurrencyId,
    /// To whom.
    pub to: AgentId,
}

impl Act for PayOwed {
    const NAME: &'static str = "currencies.pay_owed";
    const ABOUT: &'static str = "Pay what is owed to somebody for vouchers that were closed.";
    type Touches = Currency;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        currency_resource(tx, self.currency, actor)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let made = rows::find_and_hold(tx, self.currency)?;
        let row = owed::find(tx, self.currency, self.to)?
            .filter(|row| row.paid.is_none() && row.price.0 > 0)
            .ok_or(CurrencyError::NothingOwed)?;
        let money = row.price_currency.map(|id| find_currency(tx, id)).transpose()?.flatten();
        let money = money.ok_or(CurrencyError::PriceCurrencyUnknown)?;
        let issuer = made.currency.issuer;
        owed::set_paid(tx, self.currency, self.to, cx.now)?;
        if on_a_keepers_word(&cx.actor, issuer) {
            pay_by_rule(tx, cx, (issuer, self.to), (money.id, row.price), &made.currency.name)?;
            return Ok(());
        }
        let till = trade::purse(tx, issuer, &money)?;
        let purse = trade::purse(tx, self.to, &money)?;
        let transfer = Transfer {
            id: cx.id(),
            debit: till.id,
            credit: purse.id,
            amount: row.price,
            kind: TransferKind::Refund,
            memo: made.currency.name.clone(),
            reference: Some(made.currency.id.0),
        };
        carry(tx, cx, std::slice::from_ref(&transfer))?;
        Ok(())
    }
}
