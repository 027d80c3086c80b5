//! One pay-in, one pay-out: seen by whom they concern, with bank details only for as long as they are needed.

use super::{Held, InLine, OutLine, Person};
use crate::acts::cards::SendCardBack;
use crate::acts::cash::ConfirmCash;
use crate::acts::pay_in::{ConfirmPayIn, WithdrawPayIn};
use crate::acts::pay_out::{RefusePayOut, SendPayOut, WithdrawPayOut};
use crate::acts::{holding, keeps};
use crate::bank::details::BankDetails;
use crate::error::TreasuryError;
use crate::rows::{accounts, cards, holdings, pay_ins, pay_outs};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::account_of;
use planet_ontology::ids::{AgentId, PayInId, PayOutId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One pay-in.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayInPage {
    /// Which.
    pub id: PayInId,
}

/// A pay-in, and what the viewer may do about it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "one for each button of the page")]
pub struct PayInView {
    /// The money and its holder.
    pub held: Held,
    /// The pay-in.
    pub line: InLine,
    /// Until when it is expected.
    pub expires: Moment,
    /// Who takes the cash.
    pub named: Option<Person>,
    /// Where to transfer it to, for its owner and the holder's keepers, as long as it waits.
    pub bank: Option<BankDetails>,
    /// When it was confirmed or withdrawn.
    pub ended: Option<Moment>,
    /// Whether it is the viewer's own.
    pub own: bool,
    /// What of it can go back to the card that it came from, as far as its owner still has it.
    pub back: Amount,
    /// Whether the card processor has something else than what was asked.
    pub odd: bool,
    /// Whether the viewer may confirm that it arrived at the bank.
    pub may_confirm: bool,
    /// Whether the viewer may confirm that the cash was handed over.
    pub may_confirm_cash: bool,
    /// Whether the viewer may take it back.
    pub may_withdraw: bool,
}

impl View for PayInPage {
    const NAME: &'static str = "treasury.pay_in";
    const ABOUT: &'static str = "One payment in, for whom it concerns.";
    type Output = PayInView;

    fn read(&self, look: &mut Look) -> Result<PayInView, Fault> {
        let me = AgentId::from(look.member()?);
        let row = pay_ins::find(look.tx, self.id)?.ok_or(TreasuryError::PayInUnknown)?;
        let it = holding(look.tx, row.currency)?;
        let (own, keeper) = (acts_for(look.tx, me, row.owner)?, keeps(look.tx, me, it.holder)?);
        let named_is_me = row.named.is_some_and(|named| AgentId::from(named) == me);
        if !own && !keeper && !named_is_me {
            return Err(TreasuryError::PayInUnknown.into());
        }
        let (waiting, pay_in, arrived) = (row.state == "waiting", row.id, row.amount);
        let takes = holdings::cash_people(look.tx, it.currency)?
            .iter()
            .any(|(member, ..)| AgentId::from(*member) == me);
        let card = if row.how == "card" { cards::find(look.tx, row.id)? } else { None };
        let back = match row.arrived.filter(|_| own && row.how == "card") {
            Some(arrived) => {
                let left = arrived.0.saturating_sub(pay_outs::given_back(look.tx, row.id)?.0);
                let account = account_of(look.tx, row.owner, row.currency)?;
                Amount(left.min(account.map_or(0, |account| account.available().0)).max(0))
            }
            None => Amount(0),
        };
        let named = match row.named {
            Some(named) => agents::find(look.tx, named.into())?,
            None => None,
        };
        Ok(PayInView {
            held: Held::from(&it),
            bank: ((own || keeper) && waiting && row.how == "bank").then(|| it.bank()),
            may_confirm: !own
                && row.state != "arrived"
                && row.how == "bank"
                && look.may(&ConfirmPayIn { pay_in, arrived })?,
            may_confirm_cash: !own
                && waiting
                && named_is_me
                && takes
                && look.may(&ConfirmCash { pay_in, arrived })?,
            may_withdraw: own && waiting && look.may(&WithdrawPayIn { pay_in })?,
            named: named.map(|agent| Person { id: agent.id, handle: agent.handle, name: agent.name }),
            back,
            odd: card.is_some_and(|card| card.state == "odd"),
            expires: row.expires,
            ended: row.ended,
            own,
            line: InLine::of(row, look.now),
        })
    }
}

/// One pay-out.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayOutPage {
    /// Which.
    pub id: PayOutId,
}

/// A pay-out, and what the viewer may do about it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "one for each button of the page")]
pub struct PayOutView {
    /// The money and its holder.
    pub held: Held,
    /// The pay-out.
    pub line: OutLine,
    /// Where it goes, for its owner and the holder's keepers, until it was sent or refused.
    pub bank: Option<BankDetails>,
    /// The day on which it was sent.
    pub sent_on: String,
    /// The bank's reference.
    pub bank_reference: String,
    /// Why it was refused.
    pub reason: String,
    /// When it ended.
    pub ended: Option<Moment>,
    /// Whether it is the viewer's own.
    pub own: bool,
    /// Whether the viewer may say that it was sent.
    pub may_send: bool,
    /// Whether the viewer may have it given back to the card.
    pub may_send_card: bool,
    /// Whether the viewer may refuse it.
    pub may_refuse: bool,
    /// Whether the viewer may take it back.
    pub may_withdraw: bool,
}

impl View for PayOutPage {
    const NAME: &'static str = "treasury.pay_out";
    const ABOUT: &'static str = "One payment out, for whom it concerns.";
    type Output = PayOutView;

    fn read(&self, look: &mut Look) -> Result<PayOutView, Fault> {
        let me = AgentId::from(look.member()?);
        let row = pay_outs::find(look.tx, self.id)?.ok_or(TreasuryError::PayOutUnknown)?;
        let it = holding(look.tx, row.currency)?;
        let (own, keeper) = (acts_for(look.tx, me, row.owner)?, keeps(look.tx, me, it.holder)?);
        if !own && !keeper {
            return Err(TreasuryError::PayOutUnknown.into());
        }
        let account = match row.account {
            Some(account) => accounts::find(look.tx, account)?,
            None => None,
        };
        let (asked, pay_out) = (row.state == "asked", row.id);
        let in_time = asked && look.now < row.expires;
        let send = SendPayOut { pay_out, sent_on: "2026-01-01".into(), bank_reference: String::new() };
        Ok(PayOutView {
            held: Held::from(&it),
            bank: account.map(accounts::AccountRow::bank),
            may_send: in_time && row.card_pay_in.is_none() && look.may(&send)?,
            may_send_card: in_time && row.card_pay_in.is_some() && look.may(&SendCardBack { pay_out })?,
            may_refuse: asked && look.may(&RefusePayOut { pay_out, reason: "?".into() })?,
            may_withdraw: asked && own && look.may(&WithdrawPayOut { pay_out })?,
            sent_on: row.sent_on.clone(),
            bank_reference: row.bank_reference.clone(),
            reason: row.reason.clone(),
            ended: row.ended,
            own,
            line: OutLine::of(row, look.now),
        })
    }
}

/// The difference between what arrived and what was announced; zero as long as nothing arrived.
pub fn over(line: &InLine) -> Amount {
    Amount(line.arrived.map_or(0, |arrived| arrived.0.saturating_sub(line.amount.0)))
}
