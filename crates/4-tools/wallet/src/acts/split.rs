//! Splitting a bill: one act asks several people for their share, and remembers that the bills belong together.

use super::checked_memo;
use super::request::Request;
use crate::error::payments::PaymentError;
use crate::rows::splits::{self, SplitRow};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::currency;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AgentId, CurrencyId, RequestId, SplitId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::idle_wallet;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// The most people that one bill is split among.
pub const MOST_SHARES: usize = 100;

/// What one person is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// Who is asked: a member or a group.
    pub from: AgentId,
    /// How much, in minor units.
    pub amount: Amount,
}

/// Split a bill among several people.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Who is asked for what.
    pub shares: Vec<Share>,
    /// What for.
    #[serde(default)]
    pub memo: String,
    /// What whoever asks has borne already, in minor units: for the record.
    #[serde(default)]
    pub own: Amount,
    /// Whose wallet receives: a group's, or one's own if it is left out.
    #[serde(default)]
    pub to: Option<AgentId>,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
}

/// A bill that was split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SplitMade {
    /// The whole.
    pub split: SplitId,
    /// The bills, in the order of the shares.
    pub bills: Vec<RequestId>,
}

impl Split {
    fn total(&self) -> Result<Amount, PaymentError> {
        let sum = self.shares.iter().try_fold(self.own.0, |sum, share| sum.checked_add(share.amount.0));
        sum.map(Amount).ok_or(PaymentError::SumTooLarge)
    }
}

impl Act for Split {
    const NAME: &'static str = "wallet.split";
    const ABOUT: &'static str = "Split a bill: ask several people for their share at once.";
    type Touches = Account;
    type Output = SplitMade;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        idle_wallet(tx, actor, self.to, self.total()?)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<SplitMade, Fault> {
        if self.shares.is_empty() {
            return Err(PaymentError::NobodyListed.into());
        }
        if self.shares.len() > MOST_SHARES {
            return Err(PaymentError::TooManyShares(MOST_SHARES).into());
        }
        if self.own.0 < 0 {
            return Err(crate::error::WalletError::AmountNotPositive.into());
        }
        let mut asked = HashSet::new();
        if let Some(twice) = self.shares.iter().find(|share| !asked.insert(share.from)) {
            let name = agents::find(tx, twice.from)?.map_or_else(String::new, |agent| agent.name);
            return Err(PaymentError::AskedTwice(name).into());
        }
        let payee = self.to.map_or_else(|| cx.agent(), Ok)?;
        let currency = currency(tx, self.currency)?;
        let memo = checked_memo(&self.memo)?;
        let (id, own, created) = (cx.id(), self.own, cx.now);
        splits::create(tx, &SplitRow { id, payee, currency: currency.id, own, memo: memo.clone(), created })?;
        let mut bills = Vec::with_capacity(self.shares.len());
        for share in &self.shares {
            let request = Request {
                from: share.from,
                amount: share.amount,
                memo: memo.clone(),
                to: Some(payee),
                currency: Some(currency.id),
            };
            let bill = request.perform(tx, cx).or_else(|fault| Err(named(tx, share.from, fault)?))?;
            splits::add_part(tx, id, bill)?;
            bills.push(bill);
        }
        Ok(SplitMade { split: id, bills })
    }

    fn summary(&self) -> String {
        if self.memo.is_empty() { Self::ABOUT.to_owned() } else { format!("Split a bill: {}", self.memo) }
    }
}

/// The refusal of one share, with the name of whom it is about.
fn named(tx: &mut Tx, who: AgentId, fault: Fault) -> Result<Fault, Fault> {
    let Fault::Refused(refusal) = fault else { return Ok(fault) };
    let name = agents::find(tx, who)?.map_or_else(|| "nobody".to_owned(), |agent| agent.name);
    let sentence = format!("{name}: {}", refusal.sentence);
    Ok(Refusal { sentence, field: Some("people".to_owned()), ..refusal }.into())
}

/// A total in equal parts, as far as that goes: what is left over, in the smallest unit, goes one each to the first.
pub fn equal_parts(total: Amount, parts: usize) -> Vec<Amount> {
    let count = i64::try_from(parts).unwrap_or(i64::MAX).max(1);
    let (each, over) = (total.0.div_euclid(count), total.0.rem_euclid(count));
    (0..count).take(parts).map(|at| Amount(each + i64::from(at < over))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_parts_add_up_and_differ_by_one_at_the_most() {
        for (total, parts, wanted) in
            [(1_000, 3, vec![334, 333, 333]), (2, 3, vec![1, 1, 0]), (900, 3, vec![300; 3]), (5, 1, vec![5])]
        {
            let found: Vec<i64> = equal_parts(Amount(total), parts).into_iter().map(|it| it.0).collect();
            assert_eq!(found, wanted);
        }
        assert_eq!(equal_parts(Amount(10), 0), []);
        assert_eq!(
            equal_parts(Amount(i64::MAX), 2).iter().map(|it| i128::from(it.0)).sum::<i128>(),
            i128::from(i64::MAX)
        );
    }
}
