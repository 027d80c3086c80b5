//! Member shares: bought out of one's own wallet, held, and asked back with the notice that the terms set.

use super::{dues_of, own_dues, pay_club, terms};
use crate::error::DuesError;
use crate::rows::people;
use crate::rows::shares::{self, LotRow, RepaymentRow};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Dues;
use planet_ontology::ids::{MemberId, RepaymentId, ShareLotId};
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Buy shares of the club.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BuyShares {
    /// How many.
    pub number: i64,
    /// What all of them cost, as the buyer has read it, in minor units.
    pub price: Amount,
}

impl Act for BuyShares {
    const NAME: &'static str = "dues.buy_shares";
    const ABOUT: &'static str = "Buy member shares out of your wallet.";
    touches!(Dues, |_, _, actor| Ok(own_dues(actor)));
    type Output = ShareLotId;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<ShareLotId, Fault> {
        let member = cx.member()?;
        let it = terms(tx)?;
        let price = it.terms.price_of(self.number)?;
        if price != self.price {
            return Err(DuesError::PriceChanged.into());
        }
        people::hold(tx, member)?;
        let held = shares::held(tx, member)?;
        let then = held.checked_add(self.number).ok_or(DuesError::NumberOutOfRange)?;
        if then > it.terms.most_shares {
            return Err(DuesError::OverMost(it.terms.most_shares).into());
        }
        if then < it.terms.least_shares {
            return Err(DuesError::UnderLeast(it.terms.least_shares).into());
        }
        let memo =
            if self.number == 1 { "A member share".into() } else { format!("{} member shares", self.number) };
        let transfer = pay_club(tx, cx, member, (it.currency, price), &memo)?;
        let lot = LotRow {
            id: cx.id(),
            member,
            number: self.number,
            kept: self.number,
            asked: 0,
            price: it.terms.share_price,
            currency: it.currency,
            transfer,
            bought: cx.now,
        };
        shares::create_lot(tx, &lot)?;
        Ok(lot.id)
    }
}

/// Ask for shares to be repaid.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskRepayment {
    /// How many.
    pub number: i64,
}

impl Act for AskRepayment {
    const NAME: &'static str = "dues.ask_repayment";
    const ABOUT: &'static str = "Give member shares back, to be repaid after the notice.";
    touches!(Dues, |_, _, actor| Ok(own_dues(actor)));
    type Output = Vec<RepaymentId>;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Vec<RepaymentId>, Fault> {
        let member = cx.member()?;
        let it = terms(tx)?;
        if self.number < 1 {
            return Err(DuesError::NumberOutOfRange.into());
        }
        people::hold(tx, member)?;
        let free: i64 = shares::lots(tx, member)?.iter().map(|lot| lot.kept - lot.asked).sum();
        if self.number > free {
            return Err(DuesError::MoreThanHeld(free).into());
        }
        if free - self.number < it.terms.least_shares {
            return Err(DuesError::UnderLeast(it.terms.least_shares).into());
        }
        give_back(tx, cx, member, self.number, it.terms.notice_days)
    }
}

/// Has shares repaid after a notice, those that were bought first at first: one repayment for each lot, at the price that was paid.
pub(super) fn give_back(
    tx: &mut Tx,
    cx: &mut Cx,
    member: MemberId,
    number: i64,
    notice_days: i64,
) -> Result<Vec<RepaymentId>, Fault> {
    let (mut left, mut made) = (number, Vec::new());
    for lot in shares::lots(tx, member)? {
        let taken = left.min(lot.kept - lot.asked);
        if taken <= 0 {
            continue;
        }
        let amount = lot.price.0.checked_mul(taken).ok_or(DuesError::NumberOutOfRange)?;
        let row = RepaymentRow {
            id: cx.id(),
            lot: lot.id,
            member,
            number: taken,
            amount: Amount(amount),
            currency: lot.currency,
            state: "notice".into(),
            asked: cx.now,
            due: cx.now.plus_seconds(notice_days * 86_400),
            ended: None,
            set_off: Amount(0),
            transfer: None,
        };
        shares::create_repayment(tx, &row)?;
        shares::change_lot(tx, lot.id, 0, taken)?;
        made.push(row.id);
        left -= taken;
    }
    Ok(made)
}

/// Keep shares after all that were to be repaid.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepShares {
    /// The repayment.
    pub repayment: RepaymentId,
}

impl Act for KeepShares {
    const NAME: &'static str = "dues.keep_shares";
    const ABOUT: &'static str = "Keep member shares after all that were to be repaid.";
    type Touches = Dues;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let row = shares::find_repayment(tx, self.repayment)?.ok_or(DuesError::RepaymentUnknown)?;
        dues_of(tx, actor, row.member, DuesError::RepaymentUnknown)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let row = shares::find_repayment(tx, self.repayment)?.ok_or(DuesError::RepaymentUnknown)?;
        if row.member != cx.member()? {
            return Err(DuesError::RepaymentUnknown.into());
        }
        if people::hold(tx, row.member)?.left_at.is_some() {
            return Err(DuesError::HasLeft.into());
        }
        let (lot, number) = (row.lot, row.number);
        let row = RepaymentRow { state: "withdrawn".into(), ended: Some(cx.now), ..row };
        if !shares::end_repayment(tx, &row)? {
            return Err(DuesError::RepaymentSettled.into());
        }
        Ok(shares::change_lot(tx, lot, 0, -number)?)
    }
}
