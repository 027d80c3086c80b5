//! Giving back: whoever was paid returns a payment, wholly or in parts, and never more than it was.

use super::pay::Paid;
use super::{checked_memo, sentence};
use crate::error::payments::PaymentError;
use crate::rows::payments::{add_refund, refunded};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{
    Booking, Currency, LedgerError, Transfer, TransferKind, carry, find_account, find_currency,
    find_transfer, refused,
};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AgentId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::{acts_for, spent, wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Give a payment back.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// The payment.
    pub transfer: TransferId,
    /// How much of it, in minor units; all that is left of it if it is left out.
    #[serde(default)]
    pub amount: Option<Amount>,
    /// Why.
    #[serde(default)]
    pub memo: String,
}

impl Act for Refund {
    const NAME: &'static str = "wallet.refund";
    const ABOUT: &'static str = "Give back a payment that you received, wholly or in part.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = Paid;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        let agent = actor.agent().ok_or(PaymentError::PaymentUnknown)?;
        let payment = the_payment(tx, self.transfer)?;
        if acts_for(tx, agent, payment.payee)? {
            let amount = self.amount.unwrap_or(payment.booking.amount);
            wallet(tx, actor, Some(payment.payee), Some(payment.currency.id), amount, now)
        } else if acts_for(tx, agent, payment.payer)? {
            Err(PaymentError::RefundByPayer.into())
        } else {
            Err(PaymentError::PaymentUnknown.into())
        }
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Paid, Fault> {
        let Payment { booking, payer, payee, currency } = the_payment(tx, self.transfer)?;
        if booking.kind != TransferKind::Payment {
            return Err(PaymentError::RefundOfOther.into());
        }
        agents::find(tx, payer)?
            .filter(|agent| agent.standing != "left")
            .ok_or(PaymentError::RefundToNobody)?;
        let left = Amount(booking.amount.0.saturating_sub(refunded(tx, booking.id)?.0));
        let amount = self.amount.unwrap_or(left);
        if amount.0 <= 0 && left.0 > 0 {
            return Err(refused(LedgerError::AmountNotPositive, &currency));
        }
        if amount.0 <= 0 || !add_refund(tx, booking.id, amount, booking.amount)? {
            return Err(PaymentError::RefundTooMuch { left: currency.show(left) }.into());
        }
        let transfer = Transfer {
            id: cx.id(),
            debit: booking.credit,
            credit: booking.debit,
            amount,
            kind: TransferKind::Refund,
            memo: checked_memo(&self.memo)?,
            reference: Some(booking.id.0),
        };
        let back = transfer.id.0;
        let posted = carry(tx, cx, &[transfer])?;
        spent(tx, cx, Some(payee), (currency.id, amount), back)?;
        Ok(super::pay::paid(&posted)?)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let Payment { booking, payer, payee, currency } = the_payment(tx, self.transfer)?;
        let amount = currency.say(self.amount.unwrap_or(booking.amount));
        sentence(tx, "Give back", "to", (Some(payee), payer), &amount, &self.memo)
    }
}

/// A payment with its two sides.
pub(crate) struct Payment {
    pub booking: Booking,
    pub payer: AgentId,
    pub payee: AgentId,
    pub currency: Currency,
}

/// A transfer by its id, with who paid whom in what.
pub(crate) fn the_payment(tx: &mut Tx, id: TransferId) -> Result<Payment, Fault> {
    let booking = find_transfer(tx, id)?.ok_or(PaymentError::PaymentUnknown)?;
    let debit = find_account(tx, booking.debit)?.ok_or(PaymentError::PaymentUnknown)?;
    let credit = find_account(tx, booking.credit)?.ok_or(PaymentError::PaymentUnknown)?;
    let currency = find_currency(tx, debit.currency)?.ok_or(PaymentError::PaymentUnknown)?;
    Ok(Payment { booking, payer: debit.owner, payee: credit.owner, currency })
}
