//! Two accounts between which value moves, and the rules by which it does: pure functions over values. No I/O, no clock.

use planet_ontology::units::{Amount, Moment};

use crate::{Account, Booking, LedgerError, MEMO, Posted, Transfer, account::narrow};

/// Who pays and who receives, as their accounts are at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub payer: Account,
    pub receiver: Account,
}

/// A transfer decided but not yet written: both accounts as they are after it, and the row to add.
#[derive(Debug)]
pub(crate) struct Moved {
    pub after: Pair,
    pub booking: Booking,
}

impl Moved {
    pub(crate) fn posted(&self) -> Posted {
        let (payer_warned, receiver_warned) = (self.after.payer_warned(), self.after.receiver_warned());
        Posted { payer_warned, receiver_warned, fresh: true, ..self.booking.posted() }
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

impl Pair {
    /// Refuses unless this amount may move, all open holds counted.
    ///
    /// Only the limit ahead is asked: so an account outside lowered limits may still move towards them.
    pub(crate) fn allow(&self, amount: Amount) -> Result<(), LedgerError> {
        let Self { payer, receiver } = self;
        if let Some(closed) = [payer, receiver].into_iter().find(|account| account.closed) {
            return Err(LedgerError::AccountClosed(closed.id));
        }
        if payer.currency != receiver.currency {
            return Err(LedgerError::DifferentCurrencies);
        }
        let amount = i128::from(amount.0);
        let below = i128::from(payer.min.0) - (payer.lowest() - amount);
        if below > 0 {
            let (by, min, available) = (narrow(below), payer.min, payer.available());
            return Err(LedgerError::OverLowerLimit { by, min, available });
        }
        let above = receiver.highest() + amount - i128::from(receiver.max.0);
        if above > 0 {
            return Err(LedgerError::OverUpperLimit { by: narrow(above), max: receiver.max });
        }
        Ok(())
    }

    /// Decides a transfer.
    pub(crate) fn post(self, t: &Transfer, now: Moment) -> Result<Moved, LedgerError> {
        self.allow(t.amount)?;
        self.book(t, now)
    }

    /// Books what is allowed: by its limits, or because it was put aside before.
    pub(crate) fn book(mut self, t: &Transfer, now: Moment) -> Result<Moved, LedgerError> {
        let (debit_previous, credit_previous) = (self.payer.last, self.receiver.last);
        self.payer.debits_posted = plus(self.payer.debits_posted, t.amount)?;
        self.receiver.credits_posted = plus(self.receiver.credits_posted, t.amount)?;
        self.payer.last = Some(t.id);
        self.receiver.last = Some(t.id);
        let booking = Booking {
            id: t.id,
            debit: t.debit,
            credit: t.credit,
            amount: t.amount,
            kind: t.kind,
            memo: t.memo.clone(),
            reference: t.reference,
            hold: None,
            at: self.tick(now),
            debit_balance: self.payer.balance(),
            credit_balance: self.receiver.balance(),
            debit_previous,
            credit_previous,
        };
        Ok(Moved { after: self, booking })
    }

    /// Both accounts after this much was put aside, which must be allowed.
    pub(crate) fn put_aside(mut self, amount: Amount, now: Moment) -> Result<(Self, Moment), LedgerError> {
        self.allow(amount)?;
        self.payer.debits_pending = plus(self.payer.debits_pending, amount)?;
        self.receiver.credits_pending = plus(self.receiver.credits_pending, amount)?;
        let at = self.tick(now);
        Ok((self, at))
    }

    /// Both accounts after this much, which was put aside before, is so no more.
    pub(crate) fn give_back(mut self, held: Amount, now: Moment) -> (Self, Moment) {
        for pending in [&mut self.payer.debits_pending, &mut self.receiver.credits_pending] {
            *pending = Amount(pending.0.saturating_sub(held.0));
        }
        let at = self.tick(now);
        (self, at)
    }

    /// Whether the payer is below what they want to be reminded of.
    pub(crate) fn payer_warned(&self) -> bool {
        self.payer.soft_min.is_some_and(|soft| self.payer.lowest() < i128::from(soft.0))
    }

    /// Whether the receiver is above what they want to be reminded of.
    pub(crate) fn receiver_warned(&self) -> bool {
        self.receiver.soft_max.is_some_and(|soft| self.receiver.highest() > i128::from(soft.0))
    }

    /// Sets both clocks to now, or to just after the later of them if a quicker clock was here before.
    fn tick(&mut self, now: Moment) -> Moment {
        let latest = self.payer.latest.max(self.receiver.latest);
        let at = now.max(Moment(latest.0.saturating_add(1)));
        self.payer.latest = at;
        self.receiver.latest = at;
        at
    }
}

/// A counter after it has grown.
fn plus(counter: Amount, amount: Amount) -> Result<Amount, LedgerError> {
    counter.0.checked_add(amount.0).map(Amount).ok_or(LedgerError::TooLarge)
}
