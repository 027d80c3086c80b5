//! What can still be given back of a payment.

use super::super::{Money, Party, parties};
use crate::acts::refund::{Payment, Refund, the_payment};
use crate::error::payments::PaymentError;
use crate::rows::payments::refunded;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::TransferKind;
use planet_ontology::ids::TransferId;
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What can still be given back of a payment.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refundable {
    /// The payment.
    pub transfer: TransferId,
}

/// A payment, and what is left of it to be given back.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RefundableView {
    /// The payment.
    pub transfer: TransferId,
    /// Who paid.
    pub payer: Party,
    /// Who was paid.
    pub payee: Party,
    /// The currency.
    pub money: Money,
    /// How much it was.
    pub amount: Amount,
    /// How much of it is left.
    pub left: Amount,
    /// What for.
    pub memo: String,
    /// When.
    pub at: Moment,
    /// Whether the viewer may give it back.
    pub may_refund: bool,
}

impl View for Refundable {
    const NAME: &'static str = "wallet.refundable";
    const ABOUT: &'static str = "A payment, and what is left of it to be given back.";
    type Output = RefundableView;

    fn read(&self, look: &mut Look) -> Result<RefundableView, Fault> {
        let member = look.member()?.into();
        let Payment { booking, payer, payee, currency } = the_payment(look.tx, self.transfer)?;
        if !acts_for(look.tx, member, payer)? && !acts_for(look.tx, member, payee)? {
            return Err(PaymentError::PaymentUnknown.into());
        }
        let known = parties(look.tx, vec![payer, payee])?;
        let party = |id| known.get(&id).cloned().ok_or(PaymentError::PaymentUnknown);
        let back = refunded(look.tx, booking.id)?;
        let left = Amount(booking.amount.0.saturating_sub(back.0));
        let probe = Refund { transfer: booking.id, amount: None, memo: String::new() };
        let payment = booking.kind == TransferKind::Payment;
        Ok(RefundableView {
            transfer: booking.id,
            payer: party(payer)?,
            payee: party(payee)?,
            money: currency.into(),
            amount: booking.amount,
            left,
            memo: booking.memo,
            at: booking.at,
            may_refund: payment && left.0 > 0 && look.may(&probe)?,
        })
    }
}
