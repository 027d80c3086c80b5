//! Exchanging one currency for another at a rate that somebody posted: both halves in one step, or neither.

use super::wallets::{paid_account, paying_account};
use crate::error::payments::PaymentError;
use crate::rows::rates::{RateRow, find_rate, newer_rate};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{
    Currency, LedgerError, Transfer, TransferKind, find_currency, refused, told, transfer_linked,
};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AgentId, RateId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::{spent, wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Exchange one currency for another.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exchange {
    /// The rate that was seen. A newer one, or one that has ended, refuses the exchange.
    pub rate: RateId,
    /// How much is given, in minor units of the currency that the rate takes.
    pub give: Amount,
    /// Whose wallet exchanges: a group's, or one's own if it is left out.
    #[serde(default)]
    pub from: Option<AgentId>,
}

/// An exchange that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exchanged {
    /// What both transfers belong to.
    pub exchange: Uuid,
    /// What was given.
    pub gave: Amount,
    /// What one got for it.
    pub got: Amount,
}

impl Act for Exchange {
    const NAME: &'static str = "wallet.exchange";
    const ABOUT: &'static str =
        "Exchange one currency for another at a rate that somebody posted, in one step.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = Exchanged;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        let given = find_rate(tx, self.rate)?.ok_or(PaymentError::RateUnknown)?.from;
        wallet(tx, actor, self.from, Some(given), self.give, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Exchanged, Fault> {
        let rate = find_rate(tx, self.rate)?.ok_or(PaymentError::RateUnknown)?;
        let offering = usable(tx, &rate, cx.now)?;
        let owner = self.from.map_or_else(|| cx.agent(), Ok)?;
        if owner == offering {
            return Err(PaymentError::OwnRate.into());
        }
        let given = find_currency(tx, rate.from)?.ok_or(PaymentError::RateUnknown)?;
        let taken = find_currency(tx, rate.to)?.ok_or(PaymentError::RateUnknown)?;
        if self.give.0 <= 0 {
            return Err(refused(LedgerError::AmountNotPositive, &given));
        }
        let got = got_for(&rate, self.give)?;
        let exchange: Uuid = cx.id();
        let half = |id, debit, credit, amount| Transfer {
            id,
            debit,
            credit,
            amount,
            kind: TransferKind::Exchange,
            memo: String::new(),
            reference: Some(exchange),
        };
        let (from, till) =
            (paying_account(tx, cx, self.from, &given)?, paid_account(tx, cx, offering, &given)?);
        let purse = paid_account(tx, cx, owner, &taken)?;
        let stock =
            paying_account(tx, cx, Some(offering), &taken).map_err(|_| PaymentError::CannotExchange)?;
        let chain = [half(cx.id(), from, till, self.give), half(cx.id(), stock, purse, got)];
        let posted = transfer_linked(tx, &chain, cx.now).map_err(|error| one_sided(error, &given))?;
        for (t, posted) in chain.iter().zip(&posted) {
            told(cx, t, posted);
        }
        spent(tx, cx, self.from, (given.id, self.give), exchange)?;
        Ok(Exchanged { exchange, gave: self.give, got })
    }
}

/// Whoever offers a rate, if it can be used at this moment.
pub(crate) fn usable(tx: &mut Tx, rate: &RateRow, now: Moment) -> Result<AgentId, Fault> {
    let poster = rate.agent.filter(|_| rate.origin == "posted").ok_or(PaymentError::RateForTotals)?;
    if rate.at > now || rate.until.is_some_and(|until| until <= now) {
        return Err(PaymentError::RateEnded.into());
    }
    if newer_rate(tx, rate, now)? {
        return Err(PaymentError::RateChanged.into());
    }
    agents::find(tx, poster)?.filter(|it| it.standing == "active").ok_or(PaymentError::RateEnded)?;
    Ok(poster)
}

/// What one gets for an amount: rounded down, in favour of whoever posted the rate.
pub(crate) fn got_for(rate: &RateRow, give: Amount) -> Result<Amount, PaymentError> {
    let got = i128::from(give.0) * i128::from(rate.get.0) / i128::from(rate.give.0.max(1));
    match i64::try_from(got) {
        Ok(got) if got > 0 => Ok(Amount(got)),
        Ok(_) => Err(PaymentError::TooLittleToExchange),
        Err(_) => Err(PaymentError::SumTooLarge),
    }
}

/// A refusal in words for whoever exchanges. What the other side has is nobody else's business.
fn one_sided(error: LedgerError, given: &Currency) -> Fault {
    match error {
        LedgerError::Linked { position: 1, because } => match *because {
            LedgerError::OverUpperLimit { .. } => PaymentError::NoRoomToExchange.into(),
            LedgerError::Store(error) => error.into(),
            _ => PaymentError::CannotExchange.into(),
        },
        LedgerError::Linked { because, .. } if matches!(*because, LedgerError::OverUpperLimit { .. }) => {
            PaymentError::CannotExchange.into()
        }
        other => refused(other, given),
    }
}
