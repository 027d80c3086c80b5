//! What an issuer still owes after its vouchers were closed: it pays, and the list says so.

use super::{currency_resource, from_wallet, trade};
use crate::error::CurrencyError;
use crate::rows::{self, owed};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Transfer, TransferKind, carry, find_currency};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Currency;
use planet_ontology::ids::{AgentId, CurrencyId};
use planet_ontology::units::Moment;
use planet_purse::{Spend, rules_for, spent};
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
    const MOVES: Moves = Moves::Spends;
    type Touches = Currency;
    type Output = ();

    /// What is owed is paid from the issuer's wallet, by the rule of that.
    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        let resource = currency_resource(tx, self.currency, actor)?;
        let issuer = rows::find(tx, self.currency)?.currency.issuer;
        let spend = owed::find(tx, self.currency, self.to)?
            .filter(|row| row.paid.is_none())
            .and_then(|row| Spend::by(actor, Some(issuer), row.price_currency, row.price));
        Ok(resource.decided_by(rules_for(tx, &[spend], now)?.pop().flatten()))
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
        spent(tx, cx, Some(issuer), (money.id, row.price), transfer.id.0)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let made = rows::find(tx, self.currency)?;
        let row = owed::find(tx, self.currency, self.to)?.ok_or(CurrencyError::NothingOwed)?;
        let money = row.price_currency.map(|id| find_currency(tx, id)).transpose()?.flatten();
        let paid = money.ok_or(CurrencyError::PriceCurrencyUnknown)?.say(row.price);
        let to = agents::find(tx, self.to)?.ok_or(CurrencyError::HolderUnknown)?.name;
        let from = from_wallet(tx, Some(made.currency.issuer))?;
        Ok(format!("Pay {to} {paid} that are owed for {}{from}.", made.currency.name))
    }
}
