//! Paying in: a member announces money; the holder confirms what really arrived; only then is there a claim.

use super::{book, holding, pay_in_resource};
use crate::bank::reference;
use crate::error::TreasuryError;
use crate::rows::cards;
use crate::rows::holdings;
use crate::rows::pay_ins::{self, NewPayIn};
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ledger::open_account;
use planet_ontology::acts::Moves;
use planet_ontology::entities::{Account, PayIn};
use planet_ontology::ids::{AgentId, CurrencyId, MemberId, PayInId, TransferId};
use planet_ontology::units::Amount;
use planet_purse::{acts_for, idle_wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many announcements of one owner may wait.
const MOST_WAITING: i64 = 20;
/// How long money is expected, in seconds. It may still come later; then it is late, and booked all the same.
const EXPECTED: i64 = 30 * 86_400;
/// The same for a card, which is confirmed at once or not at all.
const EXPECTED_BY_CARD: i64 = 86_400;

/// Announce that you pay in.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPayIn {
    /// The currency.
    pub currency: CurrencyId,
    /// How much, in minor units.
    pub amount: Amount,
    /// `bank`, `cash` or `card`.
    pub how: String,
    /// Whom the cash is handed to.
    #[serde(default)]
    pub named: Option<MemberId>,
    /// For whose wallet: a group's, or one's own if it is left out.
    #[serde(default)]
    pub of: Option<AgentId>,
}

/// An announcement that was written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Announced {
    /// The pay-in.
    pub pay_in: PayInId,
    /// The reference to write on a bank transfer.
    pub reference: String,
}

impl Act for AskPayIn {
    const NAME: &'static str = "treasury.ask_pay_in";
    const ABOUT: &'static str = "Announce that you pay in money of the world.";
    touches!(Account, |act, tx, actor| idle_wallet(tx, actor, act.of, act.amount));
    type Output = Announced;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Announced, Fault> {
        let it = holding(tx, self.currency)?;
        let owner = self.of.map_or_else(|| cx.agent(), Ok)?;
        if it.closing.is_some() {
            return Err(TreasuryError::Closing.into());
        }
        if owner == AgentId::from(it.holder) {
            return Err(TreasuryError::OwnHolder.into());
        }
        if self.amount.0 <= 0 {
            return Err(TreasuryError::AmountNotPositive.into());
        }
        let held = super::entrusted(tx, self.currency)?;
        if held.0.checked_add(self.amount.0).is_none_or(|sum| sum > it.cap.0) {
            return Err(TreasuryError::OverCap.into());
        }
        let named = match self.how.as_str() {
            "bank" | "card" => None,
            "cash" => Some(self.who_takes(tx, cx)?),
            _ => return Err(TreasuryError::WayUnknown.into()),
        };
        if pay_ins::count_waiting_of(tx, owner)? >= MOST_WAITING {
            return Err(TreasuryError::TooManyOpen(MOST_WAITING).into());
        }
        let reference = reference::draw(&cx.random());
        let id: PayInId = cx.id();
        pay_ins::create(
            tx,
            &NewPayIn {
                id,
                currency: self.currency,
                owner,
                how: &self.how,
                amount: self.amount,
                reference: &reference,
                named,
                now: cx.now,
                expires: cx.now.plus_seconds(if self.how == "card" { EXPECTED_BY_CARD } else { EXPECTED }),
            },
        )?;
        // What is asked of the processor is asked by the worker, after this transaction.
        if self.how == "card" {
            cards::create(tx, id, cx.now)?;
        }
        Ok(Announced { pay_in: id, reference })
    }
}

impl AskPayIn {
    /// Whom the cash is handed to: somebody whom the holder has named, and never oneself.
    fn who_takes(&self, tx: &mut Tx, cx: &Cx) -> Result<MemberId, Fault> {
        let named = self.named.ok_or(TreasuryError::CashToWhom)?;
        if cx.agent()? == AgentId::from(named) {
            return Err(TreasuryError::CashToOneself.into());
        }
        let takes = holdings::cash_people(tx, self.currency)?.iter().any(|(member, ..)| *member == named);
        if takes { Ok(named) } else { Err(TreasuryError::CashToWhom.into()) }
    }
}

/// Confirm that money arrived at the bank.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmPayIn {
    /// The pay-in.
    pub pay_in: PayInId,
    /// What really arrived, in minor units; it may differ from what was announced.
    pub arrived: Amount,
}

impl Act for ConfirmPayIn {
    const NAME: &'static str = "treasury.confirm_pay_in";
    const ABOUT: &'static str = "Confirm that money arrived at the bank.";
    const MOVES: Moves = Moves::Promised;
    touches!(PayIn, |act, tx, actor| pay_in_resource(tx, act.pay_in, actor));
    type Output = TransferId;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<TransferId, Fault> {
        let row = pay_ins::find_and_hold(tx, self.pay_in)?.ok_or(TreasuryError::PayInUnknown)?;
        holdings::lock(tx, row.currency)?;
        if row.how != "bank" {
            return Err(TreasuryError::OtherWay.into());
        }
        not_own(tx, cx, row.owner)?;
        book(tx, cx, &row, self.arrived, None)
    }
}

/// Nobody confirms what makes a claim of their own.
pub(crate) fn not_own(tx: &mut Tx, cx: &Cx, owner: AgentId) -> Result<(), Fault> {
    match cx.actor.agent() {
        Some(agent) if acts_for(tx, agent, owner)? => Err(TreasuryError::OwnPayIn.into()),
        _ => Ok(()),
    }
}

/// Take an announcement back.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawPayIn {
    /// The pay-in.
    pub pay_in: PayInId,
}

impl Act for WithdrawPayIn {
    const NAME: &'static str = "treasury.withdraw_pay_in";
    const ABOUT: &'static str = "Take back what you announced to pay in.";
    touches!(PayIn, |act, tx, actor| pay_in_resource(tx, act.pay_in, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        if !pay_ins::withdraw(tx, self.pay_in, cx.now)? {
            return Err(TreasuryError::Ended.into());
        }
        Ok(cards::unwanted(tx, self.pay_in, cx.now)?)
    }
}

/// Have an account in a money, so that others can pay you in it.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// The currency.
    pub currency: CurrencyId,
    /// For whose wallet: a group's, or one's own if it is left out.
    #[serde(default)]
    pub of: Option<AgentId>,
}

impl Act for Accept {
    const NAME: &'static str = "treasury.accept";
    const ABOUT: &'static str = "Have an account in a money, so that others can pay you in it.";
    touches!(Account, |act, tx, actor| idle_wallet(tx, actor, act.of, Amount(0)));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let it = holding(tx, self.currency)?;
        let (owner, id) = (self.of.map_or_else(|| cx.agent(), Ok)?, cx.id());
        open_account(tx, owner, it.currency, id, cx.now)
            .map_err(|error| super::in_money(tx, it.currency, error))?;
        Ok(())
    }
}
