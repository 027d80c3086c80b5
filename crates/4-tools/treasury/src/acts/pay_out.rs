//! Paying out: a member asks; the amount is put aside at once; the holder sends it and says so, or refuses with a reason.

use super::{bind_holder, checked_note, holding, in_money, pay_out_resource};
use crate::bank::details::BankDetails;
use crate::bank::{reference, statement};
use crate::error::TreasuryError;
use crate::rows::pay_outs::{self, Ending, NewPayOut, PayOutRow};
use crate::rows::{accounts, holdings};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ledger::{
    HoldOutcome, LedgerError, Transfer, TransferKind, account_of, aside, currency, find_hold, settle, told,
    void,
};
use planet_ontology::acts::{Authority, Moves, Trace};
use planet_ontology::entities::{Account, PayOut, Profile};
use planet_ontology::ids::{AgentId, BankAccountId, BankLineId, CurrencyId, PayOutId, TransferId};
use planet_ontology::units::{Amount, Moment, longer_than};
use planet_purse::{acts_for, spent, wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How many pay-outs of one owner may be open.
const MOST_OPEN: i64 = 20;
/// How long an amount is put aside, in seconds: the longest that the ledger allows. Nobody waits that long, we hope.
const PUT_ASIDE: i64 = 366 * 86_400;
/// How long an account is remembered that nothing was sent to, in seconds.
const UNUSED: i64 = 3_600;
/// The same for a group's, whose members may have to decide first whether anything is sent there.
const UNDECIDED: i64 = 60 * 86_400;
/// The longest reference of a bank, in characters.
const MAX_BANK_REFERENCE: u32 = 60;

/// Say to which bank account money is to be paid out. It is not written into the record, and forgotten when it was used.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TellAccount {
    /// The account.
    pub bank: BankDetails,
    /// Whose wallet is to be paid out: a group's, or one's own if it is left out.
    #[serde(default)]
    pub of: Option<AgentId>,
}

impl Act for TellAccount {
    const NAME: &'static str = "treasury.tell_account";
    const ABOUT: &'static str =
        "Say to which bank account you, or a group whose wallet you keep, want to be paid out.";
    const TRACE: Trace = Trace::Counted;
    type Touches = Profile;
    type Output = BankAccountId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        let me = actor.agent().ok_or_else(super::not_signed_in)?;
        let of = self.of.unwrap_or(me);
        Ok(Resource::club(of, &Profile { own: acts_for(tx, me, of)? }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<BankAccountId, Fault> {
        let (id, bank) = (cx.id(), self.bank.checked()?);
        let owner = self.of.map_or_else(|| cx.agent(), Ok)?;
        accounts::keep(tx, id, owner, &bank, cx.now)?;
        let unused = if owner == cx.agent()? { UNUSED } else { UNDECIDED };
        cx.later(tx, cx.now.plus_seconds(unused), ForgetAccount::NAME, &json!({ "account": id }))?;
        Ok(id)
    }
}

/// Forget a bank account that nothing is to be sent to.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ForgetAccount {
    /// The account.
    pub account: BankAccountId,
}

impl Act for ForgetAccount {
    const NAME: &'static str = "treasury.forget_account";
    const ABOUT: &'static str = "Forget a bank account that nothing is to be sent to.";
    const TRACE: Trace = Trace::Counted;
    const AUTHORITY: Authority = Authority::House;
    touches!(Profile, |act, _, _| Ok(Resource::club(act.account, &Profile { own: false })));
    type Output = ();

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        Ok(accounts::forget_unused(tx, self.account)?)
    }
}

/// Ask to be paid out. A group's wallet is paid out by its rule.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskPayOut {
    /// The currency.
    pub currency: CurrencyId,
    /// How much, in minor units.
    pub amount: Amount,
    /// To which account, as told before for this wallet.
    pub account: BankAccountId,
    /// Whose wallet is paid out: a group's, or one's own if it is left out.
    #[serde(default)]
    pub from: Option<AgentId>,
}

impl Act for AskPayOut {
    const NAME: &'static str = "treasury.ask_pay_out";
    const ABOUT: &'static str = "Ask to be paid out. The amount is put aside at once.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = PayOutId;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        wallet(tx, actor, self.from, Some(self.currency), self.amount, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<PayOutId, Fault> {
        let owner = self.from.map_or_else(|| cx.agent(), Ok)?;
        let bank = account_for(tx, self.account, owner)?;
        let tail = bank.tail();
        put_aside(
            tx,
            cx,
            self.currency,
            owner,
            self.amount,
            &To { account: Some(self.account), payee: &bank.account_name, tail: &tail, card: None },
        )
    }

    /// Those who decide read where it goes.
    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let Some(owner) = self.from else { return Ok(self.summary()) };
        let amount = currency(tx, Some(self.currency))?.say(self.amount);
        let bank = account_for(tx, self.account, owner)?;
        let name = agents::find(tx, owner)?.map(|agent| agent.name).unwrap_or_default();
        Ok(format!(
            "Pay out {amount} from the wallet of {name} to the bank account of {}, which ends in {}.",
            bank.account_name,
            bank.tail()
        ))
    }
}

/// A bank account that was told for this wallet.
fn account_for(tx: &mut Tx, id: BankAccountId, owner: AgentId) -> Result<BankDetails, Fault> {
    let told = accounts::find(tx, id)?.filter(|account| account.owner == owner);
    Ok(told.ok_or(TreasuryError::AccountUnknown)?.bank())
}

/// Where money is to go.
pub(crate) struct To<'a> {
    pub account: Option<BankAccountId>,
    pub payee: &'a str,
    pub tail: &'a str,
    pub card: Option<planet_ontology::ids::PayInId>,
}

/// Puts an amount aside in the ledger until it is sent or refused. Where a keeper does it alone, the wallet's rule counts it.
pub(crate) fn put_aside(
    tx: &mut Tx,
    cx: &mut Cx,
    currency: CurrencyId,
    owner: AgentId,
    amount: Amount,
    to: &To,
) -> Result<PayOutId, Fault> {
    let it = holding(tx, currency)?;
    if pay_outs::count_open_of(tx, owner)? >= MOST_OPEN {
        return Err(TreasuryError::TooManyOpen(MOST_OPEN).into());
    }
    let debit = account_of(tx, owner, currency)?.ok_or(TreasuryError::HoldingUnknown)?;
    let credit = account_of(tx, it.holder.into(), currency)?.ok_or(TreasuryError::HoldingUnknown)?;
    let id: PayOutId = cx.id();
    let claim = Transfer {
        id: cx.id(),
        debit: debit.id,
        credit: credit.id,
        amount,
        kind: TransferKind::PayOut,
        memo: String::new(),
        reference: Some(id.0),
    };
    let held = aside(tx, cx, &claim, PUT_ASIDE).map_err(|error| in_money(tx, currency, error))?;
    spent(tx, cx, Some(owner), (currency, amount), id.0)?;
    let new = NewPayOut {
        id,
        currency,
        owner,
        amount,
        reference: &reference::draw(&cx.random()),
        hold: (held.id, held.expires),
        account: to.account,
        payee: (to.payee, to.tail),
        card_pay_in: to.card,
        now: cx.now,
    };
    pay_outs::create(tx, &new)?;
    Ok(id)
}

/// Take back that you wanted to be paid out.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawPayOut {
    /// The pay-out.
    pub pay_out: PayOutId,
}

impl Act for WithdrawPayOut {
    const NAME: &'static str = "treasury.withdraw_pay_out";
    const ABOUT: &'static str = "Take back that you wanted to be paid out.";
    touches!(PayOut, |act, tx, actor| pay_out_resource(tx, act.pay_out, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let row = asked(tx, self.pay_out)?;
        give_back(tx, cx, &row, "withdrawn", "")
    }
}

/// Refuse a pay-out.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefusePayOut {
    /// The pay-out.
    pub pay_out: PayOutId,
    /// Why.
    pub reason: String,
}

impl Act for RefusePayOut {
    const NAME: &'static str = "treasury.refuse_pay_out";
    const ABOUT: &'static str = "Refuse to pay out, with a reason. The amount is given back.";
    touches!(PayOut, |act, tx, actor| pay_out_resource(tx, act.pay_out, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let reason = checked_note(&self.reason)?;
        if reason.is_empty() {
            return Err(TreasuryError::ReasonMissing.into());
        }
        let row = asked(tx, self.pay_out)?;
        give_back(tx, cx, &row, "refused", &reason)
    }
}

/// Say that a pay-out was sent.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SendPayOut {
    /// The pay-out.
    pub pay_out: PayOutId,
    /// The day on which the bank was told: `2026-11-27`.
    pub sent_on: String,
    /// The bank's reference of it, if there is one.
    #[serde(default)]
    pub bank_reference: String,
}

impl Act for SendPayOut {
    const NAME: &'static str = "treasury.send_pay_out";
    const ABOUT: &'static str = "Say that a payment out was sent from the bank.";
    const MOVES: Moves = Moves::Promised;
    touches!(PayOut, |act, tx, actor| pay_out_resource(tx, act.pay_out, actor));
    type Output = TransferId;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<TransferId, Fault> {
        let row = asked(tx, self.pay_out)?;
        if row.card_pay_in.is_some() {
            return Err(TreasuryError::OtherWay.into());
        }
        let day = statement::date(&self.sent_on, false).ok_or(TreasuryError::DayUnclear)?;
        if longer_than(&self.bank_reference, MAX_BANK_REFERENCE) {
            return Err(TreasuryError::BankReferenceWrong.into());
        }
        sent(tx, cx, &row, (&day, self.bank_reference.trim()), None)
    }
}

/// A pay-out that waits, held as it is.
pub(crate) fn asked(tx: &mut Tx, id: PayOutId) -> Result<PayOutRow, Fault> {
    let row = pay_outs::find_and_hold(tx, id)?.ok_or(TreasuryError::PayOutUnknown)?;
    if row.state == "asked" { Ok(row) } else { Err(TreasuryError::Ended.into()) }
}

/// Takes the claim back for what was sent.
pub(crate) fn sent(
    tx: &mut Tx,
    cx: &mut Cx,
    row: &PayOutRow,
    told_by_bank: (&str, &str),
    line: Option<BankLineId>,
) -> Result<TransferId, Fault> {
    holdings::lock(tx, row.currency)?;
    let put = find_hold(tx, row.hold)?.ok_or(TreasuryError::PayOutUnknown)?;
    let id: TransferId = cx.id();
    let posted = settle(tx, id, row.hold, None, cx.now).map_err(|error| in_money(tx, row.currency, error))?;
    let moved = Transfer {
        id,
        debit: put.debit,
        credit: put.credit,
        amount: row.amount,
        kind: TransferKind::PayOut,
        memo: String::new(),
        reference: Some(row.id.0),
    };
    told(cx, &moved, &posted);
    let ending = Ending {
        state: "sent",
        by: cx.actor.agent(),
        sent: told_by_bank,
        transfer: Some(id),
        line,
        ..Ending::default()
    };
    end(tx, cx, row, &ending)?;
    let it = holding(tx, row.currency)?;
    bind_holder(tx, &it)?;
    Ok(id)
}

/// Gives back what was put aside.
pub(crate) fn give_back(
    tx: &mut Tx,
    cx: &mut Cx,
    row: &PayOutRow,
    state: &str,
    reason: &str,
) -> Result<(), Fault> {
    match void(tx, row.hold, cx.now) {
        // What nobody sent in time was given back by itself.
        Ok(_) | Err(LedgerError::HoldEnded { outcome: HoldOutcome::Expired }) => {}
        Err(error) => return Err(in_money(tx, row.currency, error)),
    }
    end(tx, cx, row, &Ending { state, by: cx.actor.agent(), reason, ..Ending::default() })
}

fn end(tx: &mut Tx, cx: &Cx, row: &PayOutRow, ending: &Ending) -> Result<(), Fault> {
    if !pay_outs::end(tx, row.id, ending, cx.now)? {
        return Err(TreasuryError::Ended.into());
    }
    match row.account {
        Some(account) => Ok(accounts::forget_unused(tx, account)?),
        None => Ok(()),
    }
}
