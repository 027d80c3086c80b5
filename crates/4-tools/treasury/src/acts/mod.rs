//! What can be done with money of the world: one file per use case. Here is what they share.

pub mod cards;
pub mod cash;
pub mod lines;
pub mod matching;
pub mod open;
pub mod pay_in;
pub mod pay_out;
pub mod statement;

use crate::error::TreasuryError;
use crate::rows::holdings::{self, Holding};
use crate::rows::pay_ins::{self, Arrival, PayInRow};
use crate::rows::pay_outs;
use planet_corridor::act::Resource;
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::{
    Account, Transfer, TransferKind, account_of, carry, find_currency, open_account, refused, set_limits,
};
use planet_ontology::entities::{PayIn, PayOut};
use planet_ontology::ids::{AgentId, BankLineId, CurrencyId, GroupId, PayInId, PayOutId, TransferId};
use planet_ontology::units::{Amount, longer_than};
use planet_purse::acts_for;
pub(crate) use planet_purse::keeps;
use planet_store::Tx;

/// The most that a holder may hold, and that anything here may come to, in minor units: a bound far from the edges of the ledger.
pub(crate) const MOST: i64 = 1_000_000_000_000;
/// The longest note or reason, in characters.
pub const MAX_NOTE: u32 = 280;

/// The holding of a currency.
pub(crate) fn holding(tx: &mut Tx, currency: CurrencyId) -> Result<Holding, Fault> {
    Ok(holdings::find(tx, currency)?.ok_or(TreasuryError::HoldingUnknown)?)
}

/// A group as policies see it.
pub(crate) fn group_resource(tx: &mut Tx, id: GroupId) -> Result<Resource, Fault> {
    Ok(Resource::group(&agents::group(tx, id)?.ok_or(TreasuryError::HolderUnknown)?))
}

/// The holder of a currency as policies see it: those who keep its books act on it.
pub(crate) fn holder_resource(tx: &mut Tx, currency: CurrencyId) -> Result<Resource, Fault> {
    let holder = holding(tx, currency)?.holder;
    group_resource(tx, holder)
}

/// A pay-in as policies see it. Only whom it concerns may know of it: its owner, the holder's keepers, and who takes the cash.
pub(crate) fn pay_in_resource(tx: &mut Tx, id: PayInId, actor: &Actor) -> Result<Resource, Fault> {
    let row = pay_ins::find(tx, id)?.ok_or(TreasuryError::PayInUnknown)?;
    let holder = holding(tx, row.currency)?.holder;
    let (own, named) = match actor.agent() {
        Some(agent) => {
            let (own, named) =
                (acts_for(tx, agent, row.owner)?, row.named.is_some_and(|it| AgentId::from(it) == agent));
            if !own && !named && !keeps(tx, agent, holder)? {
                return Err(TreasuryError::PayInUnknown.into());
            }
            (own, named)
        }
        None => (false, false),
    };
    Ok(Resource::of(holder, id, &PayIn { own, named, how: row.how }))
}

/// A pay-out as policies see it. Only its owner and the holder's keepers may know of it.
pub(crate) fn pay_out_resource(tx: &mut Tx, id: PayOutId, actor: &Actor) -> Result<Resource, Fault> {
    let row = pay_outs::find(tx, id)?.ok_or(TreasuryError::PayOutUnknown)?;
    let holder = holding(tx, row.currency)?.holder;
    let own = match actor.agent() {
        Some(agent) => {
            let own = acts_for(tx, agent, row.owner)?;
            if !own && !keeps(tx, agent, holder)? {
                return Err(TreasuryError::PayOutUnknown.into());
            }
            own
        }
        None => false,
    };
    Ok(Resource::of(holder, id, &PayOut { own }))
}

pub(crate) fn not_signed_in() -> Refusal {
    Refusal::not_allowed("not_signed_in", "Please sign in first.")
}

/// A note without blanks around it, if it is short enough.
pub(crate) fn checked_note(note: &str) -> Result<String, TreasuryError> {
    if longer_than(note, MAX_NOTE) {
        Err(TreasuryError::TooLong(MAX_NOTE))
    } else {
        Ok(note.trim().to_owned())
    }
}

/// What was handed to a holder and not handed back: what must be at the bank, with those who take cash, or at the card processor.
pub(crate) fn entrusted(tx: &mut Tx, currency: CurrencyId) -> Result<Amount, Fault> {
    let (came, went) = (pay_ins::sums(tx, currency)?, pay_outs::sums(tx, currency)?);
    let sum = [came.bank.0, came.cash.0, came.card.0, -went.bank.0, -went.card.0];
    Ok(Amount(sum.iter().fold(0, |sum: i64, part| sum.saturating_add(*part))))
}

/// Lets the holder's account stand as far below zero as money was handed to it, and no further: nobody makes claims out of
/// nothing by paying from that account. What others pay to the holder it may spend again, for that is its own.
pub(crate) fn bind_holder(tx: &mut Tx, it: &Holding) -> Result<Account, Fault> {
    let account = account_of(tx, it.holder.into(), it.currency)?.ok_or(TreasuryError::HoldingUnknown)?;
    let floor = Amount(-entrusted(tx, it.currency)?.0.max(0));
    set_limits(tx, account.id, floor, Amount(0)).map_err(|error| in_money(tx, it.currency, error))?;
    Ok(account)
}

/// A refusal of the ledger, told with its amounts.
pub(crate) fn in_money(tx: &mut Tx, currency: CurrencyId, error: planet_ledger::LedgerError) -> Fault {
    match find_currency(tx, currency) {
        Ok(Some(currency)) => refused(error, &currency),
        Ok(None) => TreasuryError::HoldingUnknown.into(),
        Err(broken) => Fault::Store(broken),
    }
}

/// Books what arrived: the claim is issued to whom it is for, once.
pub(crate) fn book(
    tx: &mut Tx,
    cx: &mut Cx,
    row: &PayInRow,
    arrived: Amount,
    line: Option<BankLineId>,
) -> Result<TransferId, Fault> {
    if arrived.0 <= 0 {
        return Err(TreasuryError::AmountNotPositive.into());
    }
    let it = holding(tx, row.currency)?;
    let held = entrusted(tx, it.currency)?;
    if held.0.checked_add(arrived.0).is_none_or(|sum| sum > it.cap.0) {
        return Err(TreasuryError::OverCap.into());
    }
    let id: TransferId = cx.id();
    let arrival = Arrival { amount: arrived, by: cx.actor.agent(), transfer: id, line };
    if !pay_ins::arrive(tx, row.id, &arrival, cx.now)? {
        return Err(TreasuryError::Ended.into());
    }
    let account_id = cx.id();
    let owner = open_account(tx, row.owner, it.currency, account_id, cx.now)
        .map_err(|error| in_money(tx, it.currency, error))?;
    let holder = bind_holder(tx, &it)?;
    let claim = Transfer {
        id,
        debit: holder.id,
        credit: owner.id,
        amount: arrived,
        kind: TransferKind::PayIn,
        memo: String::new(),
        reference: Some(row.id.0),
    };
    carry(tx, cx, &[claim])?;
    Ok(id)
}
