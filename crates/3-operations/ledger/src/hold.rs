//! Holds: value put aside first, and paid, given back or expired later. A hold is a promise and not yet a transfer.

use planet_ontology::{
    ids::{AccountId, CurrencyId, TransferId},
    units::{Amount, Moment},
};
use planet_store::{Error, Ids, Tx, record, sql};
use uuid::Uuid;

use crate::{
    LedgerError, Posted, Transfer, TransferKind,
    account::{lock_accounts, lock_pair, write_pair},
    booking::{find_known, write_bookings},
    lots,
    pair::{Pair, check},
    words::words,
};

/// The longest time that something can be put aside, in seconds: a year.
const LONGEST: i64 = 366 * 86_400;

words! {
    /// How a hold ended.
    pub enum HoldOutcome, "the end of a hold" {
        /// It was paid, wholly or in part; the rest was given back.
        Settled = "settled",
        /// It was given back.
        Voided = "voided",
        /// Its time ran out.
        Expired = "expired",
    }
}

record! {
    /// Value put aside.
    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
    pub struct Hold {
        /// Its id; no transfer has the same.
        pub id: TransferId,
        /// The account that will pay.
        pub debit: AccountId,
        /// The account that will receive.
        pub credit: AccountId,
        /// How much at the most.
        pub amount: Amount,
        /// Why.
        pub kind: TransferKind,
        /// A note for both.
        pub memo: String,
        /// What it belongs to.
        pub reference: Option<Uuid>,
        /// When it was put aside.
        pub at: Moment,
        /// When it is given back by itself.
        pub expires: Moment,
        /// How it ended, if it has.
        pub outcome: Option<HoldOutcome>,
        /// When it ended.
        pub ended: Option<Moment>,
    }
}

/// The answer to [`hold`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Held {
    /// Its id.
    pub id: TransferId,
    /// When it was put aside.
    pub at: Moment,
    /// When it is given back by itself.
    pub expires: Moment,
    /// Whether the payer might go below a soft limit. Said only when fresh.
    pub payer_warned: bool,
    /// Whether it was put aside now. False: the same hold was there already.
    pub fresh: bool,
}

impl Hold {
    /// The transfer that pays this much of it.
    fn paying(&self, id: TransferId, amount: Amount) -> Transfer {
        Transfer {
            id,
            debit: self.debit,
            credit: self.credit,
            amount,
            kind: self.kind,
            memo: self.memo.clone(),
            reference: self.reference,
        }
    }

    /// The answer to the same hold asked for again; refuses one that differs.
    fn again(&self, t: &Transfer, seconds: i64) -> Result<Held, LedgerError> {
        let differs = [
            ("payer", self.debit != t.debit),
            ("receiver", self.credit != t.credit),
            ("amount", self.amount != t.amount),
            ("purpose", self.kind != t.kind),
            ("note", self.memo != t.memo),
            ("reference", self.reference != t.reference),
            ("duration", self.expires != self.at.plus_seconds(seconds)),
        ];
        let Self { id, at, expires, .. } = *self;
        match differs.into_iter().find(|(_, differs)| *differs) {
            Some((field, _)) => Err(LedgerError::SameIdOtherTransfer { field }),
            None => Ok(Held { id, at, expires, payer_warned: false, fresh: false }),
        }
    }

    /// Refuses unless it is open at this moment.
    fn still_open(&self, now: Moment) -> Result<(), LedgerError> {
        match self.outcome {
            Some(outcome) => Err(LedgerError::HoldEnded { outcome }),
            None if self.expires <= now => Err(LedgerError::HoldEnded { outcome: HoldOutcome::Expired }),
            None => Ok(()),
        }
    }
}

/// Puts value aside for so many seconds. It counts against both limits at once, so that settling it never fails.
pub fn hold(tx: &mut Tx, t: &Transfer, seconds: i64, now: Moment) -> Result<Held, LedgerError> {
    check(t)?;
    if !(1..=LONGEST).contains(&seconds) {
        return Err(LedgerError::Timeout { seconds });
    }
    let pair = lock_pair(tx, t.debit, t.credit)?;
    if let Some(there) = find_hold(tx, t.id)? {
        return there.again(t, seconds);
    }
    if find_known(tx, t.id)?.is_some() {
        return Err(LedgerError::SameIdOtherTransfer { field: "form of payment" });
    }
    let (after, at) = pair.put_aside(t.amount, now)?;
    let expires = at.plus_seconds(seconds);
    let made = tx.exec(
        sql!(
            "INSERT INTO holds (id, debit_id, credit_id, amount, kind, memo, reference, at, expires)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (id) DO NOTHING"
        ),
        &[&t.id, &t.debit, &t.credit, &t.amount, &t.kind, &t.memo, &t.reference, &at, &expires],
    )?;
    if made == 0 {
        return Err(Error::Conflict("holds".to_owned()).into());
    }
    write_pair(tx, &pair, &after)?;
    Ok(Held { id: t.id, at, expires, payer_warned: after.payer_warned(), fresh: true })
}

/// Pays a hold under an id of its own, wholly or up to `amount`; the rest is given back.
pub fn settle(
    tx: &mut Tx,
    id: TransferId,
    hold: TransferId,
    amount: Option<Amount>,
    now: Moment,
) -> Result<Posted, LedgerError> {
    let (there, pair) = lock_hold(tx, hold)?;
    if let Some(known) = find_known(tx, id)? {
        let same = known.hold == Some(hold)
            && known.id != hold
            && amount.is_none_or(|amount| amount == known.amount);
        return if same {
            Ok(known.posted())
        } else {
            Err(LedgerError::SameIdOtherTransfer { field: "form of payment" })
        };
    }
    there.still_open(now)?;
    let amount = amount.unwrap_or(there.amount);
    if amount.0 <= 0 {
        return Err(LedgerError::AmountNotPositive);
    }
    if amount > there.amount {
        return Err(LedgerError::OverHold { held: there.amount });
    }
    let (released, at) = pair.give_back(there.amount, now);
    let mut moved = released.book(&there.paying(id, amount), at)?;
    moved.booking.hold = Some(hold);
    end(tx, hold, HoldOutcome::Settled, moved.booking.at)?;
    write_bookings(tx, &[&moved.booking])?;
    write_pair(tx, &pair, &moved.after)?;
    lots::follow(tx, &moved.booking, &moved.after.payer, &moved.after.receiver)?;
    Ok(moved.posted())
}

/// Gives a hold back. True: now. False: it had been given back already.
pub fn void(tx: &mut Tx, hold: TransferId, now: Moment) -> Result<bool, LedgerError> {
    let (there, pair) = lock_hold(tx, hold)?;
    if there.outcome == Some(HoldOutcome::Voided) {
        return Ok(false);
    }
    there.still_open(now)?;
    give_back(tx, &there, &pair, HoldOutcome::Voided, now)?;
    Ok(true)
}

/// Gives back what nobody used in time, up to `limit` holds, the longest overdue first. Answers which.
pub fn expire_due(tx: &mut Tx, now: Moment, limit: i64) -> Result<Vec<TransferId>, LedgerError> {
    let due: Vec<(TransferId,)> = tx.rows(
        sql!("SELECT id FROM holds WHERE outcome IS NULL AND expires <= ?1 ORDER BY expires, id LIMIT ?2"),
        &[&now, &limit],
    )?;
    give_all_back(tx, due, HoldOutcome::Expired, now)
}

/// Gives back up to `limit` holds of a currency that is coming to its end. Answers which.
pub fn void_all(
    tx: &mut Tx,
    currency: CurrencyId,
    now: Moment,
    limit: i64,
) -> Result<Vec<TransferId>, LedgerError> {
    let open: Vec<(TransferId,)> = tx.rows(
        sql!(
            "SELECT h.id FROM holds h JOIN accounts a ON a.id = h.debit_id
              WHERE h.outcome IS NULL AND a.currency_id = ?1 ORDER BY h.id LIMIT ?2"
        ),
        &[&currency, &limit],
    )?;
    give_all_back(tx, open, HoldOutcome::Voided, now)
}

fn give_all_back(
    tx: &mut Tx,
    due: Vec<(TransferId,)>,
    outcome: HoldOutcome,
    now: Moment,
) -> Result<Vec<TransferId>, LedgerError> {
    let due: Vec<TransferId> = due.into_iter().map(|(id,)| id).collect();
    // All accounts are locked first and in order; one hold after the other would tie knots with payments.
    let pairs: Vec<(AccountId, AccountId)> = tx.rows(
        sql!("SELECT debit_id, credit_id FROM holds WHERE id IN (SELECT id FROM ids(?1))"),
        &[&due.iter().copied().collect::<Ids>()],
    )?;
    lock_accounts(tx, &pairs.into_iter().flat_map(|(debit, credit)| [debit, credit]).collect())?;
    let mut ended = Vec::new();
    for id in due {
        let (there, pair) = lock_hold(tx, id)?;
        if there.outcome.is_none() {
            give_back(tx, &there, &pair, outcome, now)?;
            ended.push(id);
        }
    }
    Ok(ended)
}

/// A hold by its id.
pub fn find_hold(tx: &mut Tx, id: TransferId) -> Result<Option<Hold>, Error> {
    tx.row(
        sql!(
            "SELECT id, debit_id, credit_id, amount, kind, memo, reference, at, expires, outcome, ended
                FROM holds WHERE id = ?1"
        ),
        &[&id],
    )
}

/// What is put aside on an account or for it at present, the oldest first.
pub fn open_holds(tx: &mut Tx, account: AccountId) -> Result<Vec<Hold>, Error> {
    tx.rows(
        sql!(
            "SELECT id, debit_id, credit_id, amount, kind, memo, reference, at, expires, outcome, ended
                FROM holds WHERE outcome IS NULL AND (debit_id = ?1 OR credit_id = ?1) ORDER BY at, id"
        ),
        &[&account],
    )
}

/// A hold with its two accounts, locked. What a hold says never changes, but how it stands does: it is read again.
fn lock_hold(tx: &mut Tx, id: TransferId) -> Result<(Hold, Pair), LedgerError> {
    let unlocked = find_hold(tx, id)?.ok_or(LedgerError::HoldUnknown(id))?;
    let pair = lock_pair(tx, unlocked.debit, unlocked.credit)?;
    let there = find_hold(tx, id)?.ok_or(LedgerError::HoldUnknown(id))?;
    Ok((there, pair))
}

fn give_back(
    tx: &mut Tx,
    there: &Hold,
    pair: &Pair,
    outcome: HoldOutcome,
    now: Moment,
) -> Result<(), LedgerError> {
    let (after, at) = pair.give_back(there.amount, now);
    end(tx, there.id, outcome, at)?;
    Ok(write_pair(tx, pair, &after)?)
}

/// Writes down how a hold ended, which happens once.
fn end(tx: &mut Tx, hold: TransferId, outcome: HoldOutcome, at: Moment) -> Result<(), LedgerError> {
    let ended = tx.exec(
        sql!("UPDATE holds SET outcome = ?2, ended = ?3 WHERE id = ?1 AND outcome IS NULL"),
        &[&hold, &outcome, &at],
    )?;
    if ended == 1 { Ok(()) } else { Err(Error::Conflict("holds".to_owned()).into()) }
}
