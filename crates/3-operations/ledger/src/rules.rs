//! What a transfer does to its two accounts, and when it is refused: pure functions over values. No I/O, no clock.

use planet_ontology::units::{Amount, Moment};

use crate::{
    Account, Booking, LedgerError, MEMO, Posted, Transfer,
    account::narrow,
    error::after,
};

/// A transfer decided but not yet written: both accounts as they are after it, and the row to add.
#[derive(Debug)]
pub(crate) struct Moved {
    pub payer: Account,
    pub payee: Account,
    pub booking: Booking,
    pub soft_limit_passed: bool,
}

impl Moved {
    pub(crate) const fn posted(&self) -> Posted {
        Posted {
            id: self.booking.id,
            at: self.booking.at,
            debit_balance: self.booking.debit_balance,
            credit_balance: self.booking.credit_balance,
            soft_limit_passed: self.soft_limit_passed,
            fresh: true,
        }
    }
}

/// What can be said of a transfer without looking at any account.
pub(crate) fn check(t: &Transfer) -> Result<(), LedgerError> {
    if t.amount.0 <= 0 {
        return Err(LedgerError::AmountNotPositive);
    }
    if t.debit == t.credit {
        return Err(LedgerError::ToOneself);
    }
    match t.memo.chars().count().checked_sub(MEMO) {
        None | Some(0) => Ok(()),
        Some(by) => Err(LedgerError::MemoTooLong { by }),
    }
}

/// Whether these two accounts may exchange this amount, all open holds counted.
pub(crate) fn allow(payer: &Account, payee: &Account, amount: Amount) -> Result<(), LedgerError> {
    if let Some(closed) = [payer, payee].into_iter().find(|account| account.closed) {
        return Err(LedgerError::AccountClosed(closed.id));
    }
    if payer.currency != payee.currency {
        return Err(LedgerError::DifferentCurrencies);
    }
    let amount = i128::from(amount.0);
    // Only the limit ahead is asked: so whoever is outside lowered limits may still move towards them.
    let below = i128::from(payer.min.0) - (payer.lowest() - amount);
    if below > 0 {
        let (min, available) = (payer.min, payer.available());
        return Err(LedgerError::OverLowerLimit { by: narrow(below), min, available });
    }
    let above = payee.highest() + amount - i128::from(payee.max.0);
    if above > 0 {
        return Err(LedgerError::OverUpperLimit { by: narrow(above), max: payee.max });
    }
    Ok(())
}

/// Whether the payer went below, or the payee above, what they want to be reminded of.
pub(crate) fn soft_limit_passed(payer: &Account, payee: &Account) -> bool {
    payer.soft_min.is_some_and(|soft| payer.lowest() < i128::from(soft.0))
        || payee.soft_max.is_some_and(|soft| payee.highest() > i128::from(soft.0))
}

/// The moment of a movement: now, but later than whatever moved either account before.
pub(crate) fn moment(payer: &Account, payee: &Account, now: Moment) -> Moment {
    now.max(after(payer.latest)).max(after(payee.latest))
}

/// Decides a transfer between accounts as they are.
pub(crate) fn post(payer: Account, payee: Account, t: &Transfer, now: Moment) -> Result<Moved, LedgerError> {
    allow(&payer, &payee, t.amount)?;
    book(payer, payee, t, now)
}

/// Books what is allowed: by its limits, or because it was put aside before.
pub(crate) fn book(
    mut payer: Account,
    mut payee: Account,
    t: &Transfer,
    now: Moment,
) -> Result<Moved, LedgerError> {
    let at = moment(&payer, &payee, now);
    let (debit_previous, credit_previous) = (payer.last, payee.last);
    payer.debits_posted = plus(payer.debits_posted, t.amount)?;
    payee.credits_posted = plus(payee.credits_posted, t.amount)?;
    for account in [&mut payer, &mut payee] {
        account.latest = at;
        account.last = Some(t.id);
    }
    let booking = Booking {
        id: t.id,
        debit: t.debit,
        credit: t.credit,
        amount: t.amount,
        kind: t.kind,
        memo: t.memo.clone(),
        reference: t.reference,
        hold: None,
        at,
        debit_balance: payer.balance(),
        credit_balance: payee.balance(),
        debit_previous,
        credit_previous,
    };
    let soft_limit_passed = soft_limit_passed(&payer, &payee);
    Ok(Moved { payer, payee, booking, soft_limit_passed })
}

/// A counter after it has grown.
pub(crate) fn plus(counter: Amount, amount: Amount) -> Result<Amount, LedgerError> {
    counter.0.checked_add(amount.0).map(Amount).ok_or(LedgerError::TooLarge)
}

/// A pending counter after a hold has ended. It can't fall below zero, because the hold had raised it.
pub(crate) fn minus(counter: Amount, amount: Amount) -> Result<Amount, LedgerError> {
    counter.0.checked_sub(amount.0).filter(|left| *left >= 0).map(Amount).ok_or(LedgerError::TooLarge)
}
