//! Accounts: what an agent holds of one currency, as four counters and a clock. Reading, opening and limits; nothing moves here.

use planet_ontology::{
    ids::{AccountId, AgentId, CurrencyId, TransferId},
    units::{Amount, Moment},
};
use planet_store::{Bind, Error, Ids, Tx, record, sql};

use crate::{LedgerError, currency::limits_in_order, pair::Pair};

record! {
    /// What an agent holds of one currency. Counters only grow; the balance is their difference: who sells is
    /// credited, who buys is debited.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
    pub struct Account {
        /// Its id.
        pub id: AccountId,
        /// Whose it is.
        pub owner: AgentId,
        /// What it counts.
        pub currency: CurrencyId,
        /// All that was paid from it.
        pub debits_posted: Amount,
        /// All that was paid to it.
        pub credits_posted: Amount,
        /// What is put aside to be paid from it.
        pub debits_pending: Amount,
        /// What is put aside elsewhere to be paid to it.
        pub credits_pending: Amount,
        /// How far it may go down; zero or less.
        pub min: Amount,
        /// How much it may gather; zero or more.
        pub max: Amount,
        /// Below this its owner is warned.
        pub soft_min: Option<Amount>,
        /// Above this its owner is warned.
        pub soft_max: Option<Amount>,
        /// A closed account is kept, and nothing moves on it.
        pub closed: bool,
        /// Its clock: the moment of what moved its counters last. Each movement has a later one than that before it.
        pub latest: Moment,
        /// The newest transfer on it.
        pub last: Option<TransferId>,
        /// What its clock showed when its limits were set.
        pub limits_since: Moment,
        /// Whether what lies on it ends at some time; then [`crate::lots`] say how much of it when.
        pub dated: bool,
    }
}

impl Account {
    /// What was paid to it less what was paid from it.
    pub const fn balance(&self) -> Amount {
        // Counters are never negative, so their difference fits.
        Amount(self.credits_posted.0.saturating_sub(self.debits_posted.0))
    }

    /// What may be spent at present, all open holds counted: the way down to the lower limit. Never below zero.
    pub fn available(&self) -> Amount {
        narrow((self.lowest() - i128::from(self.min.0)).max(0))
    }

    /// What may be received at present, all open holds counted: the way up to the upper limit. Never below zero.
    pub fn room(&self) -> Amount {
        narrow((i128::from(self.max.0) - self.highest()).max(0))
    }

    /// The balance if everything put aside on it were paid and nothing put aside for it arrived.
    pub(crate) fn lowest(&self) -> i128 {
        i128::from(self.credits_posted.0)
            - i128::from(self.debits_posted.0)
            - i128::from(self.debits_pending.0)
    }

    /// The balance if everything put aside for it arrived and nothing put aside on it were paid.
    pub(crate) fn highest(&self) -> i128 {
        i128::from(self.credits_posted.0) + i128::from(self.credits_pending.0)
            - i128::from(self.debits_posted.0)
    }
}

/// An amount that is shown but not booked: at the ends of `i64` it stops.
pub(crate) fn narrow(wide: i128) -> Amount {
    Amount(i64::try_from(wide).unwrap_or(if wide < 0 { i64::MIN } else { i64::MAX }))
}

/// The account of this agent in this currency; opened under this id if there is none, at zero, with the currency's
/// limits. An account that was closed stays closed.
pub fn open_account(
    tx: &mut Tx,
    owner: AgentId,
    currency: CurrencyId,
    id: AccountId,
    now: Moment,
) -> Result<Account, LedgerError> {
    if let Some(there) = account_of(tx, owner, currency)? {
        return Ok(there);
    }
    let made = tx.exec(
        sql!(
            "INSERT INTO accounts (id, owner_id, currency_id, debits_posted, credits_posted, debits_pending,
                     credits_pending, min, max, soft_min, soft_max, closed, latest, limits_since, dated)
              SELECT CAST(?1 AS UUID), CAST(?2 AS UUID), id, 0, 0, 0, 0, min, max, soft_min, soft_max, FALSE,
                     CAST(?4 AS BIGINT), CAST(?4 AS BIGINT), lifetime IS NOT NULL AND issuer_id <> ?2
                FROM currencies WHERE id = ?3
              ON CONFLICT DO NOTHING"
        ),
        &[&id, &owner, &currency, &now],
    )?;
    match account_of(tx, owner, currency)? {
        Some(account) => Ok(account),
        None if made == 0 && find_account(tx, id)?.is_some() => Err(LedgerError::AccountIdTaken(id)),
        None => Err(LedgerError::CurrencyUnknown(currency)),
    }
}

/// An account by its id.
pub fn find_account(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, Error> {
    tx.row(
        sql!("SELECT id, owner_id, currency_id, debits_posted, credits_posted, debits_pending, credits_pending,
                     min, max, soft_min, soft_max, closed, latest, last_id, limits_since, dated
                FROM accounts WHERE id = ?1"),
        &[&id],
    )
}

/// The account of an agent in a currency.
pub fn account_of(tx: &mut Tx, owner: AgentId, currency: CurrencyId) -> Result<Option<Account>, Error> {
    tx.row(
        sql!("SELECT id, owner_id, currency_id, debits_posted, credits_posted, debits_pending, credits_pending,
                     min, max, soft_min, soft_max, closed, latest, last_id, limits_since, dated
                FROM accounts WHERE owner_id = ?1 AND currency_id = ?2"),
        &[&owner, &currency],
    )
}

/// What came to an account as payments, since the beginning: neither what was given back, nor what was exchanged or mended.
/// Spending does not change it.
pub fn earned(tx: &mut Tx, account: &Account) -> Result<Amount, Error> {
    let (other,): (Amount,) = tx.one(
        sql!(
            "SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM transfers
              WHERE credit_id = ?1 AND kind IN ('refund', 'correction', 'exchange', 'issue', 'run-off')"
        ),
        &[&account.id],
    )?;
    Ok(Amount(account.credits_posted.0.saturating_sub(other.0)))
}

/// All accounts of an agent, in the order of their currencies' age.
pub fn accounts_of(tx: &mut Tx, owner: AgentId) -> Result<Vec<Account>, Error> {
    tx.rows(
        sql!(
            "SELECT a.id, a.owner_id, a.currency_id, a.debits_posted, a.credits_posted, a.debits_pending,
                     a.credits_pending, a.min, a.max, a.soft_min, a.soft_max, a.closed, a.latest, a.last_id,
                     a.limits_since, a.dated
                FROM accounts a JOIN currencies c ON c.id = a.currency_id
               WHERE a.owner_id = ?1 ORDER BY c.created, c.id"
        ),
        &[&owner],
    )
}

/// Locks accounts in the order of their ids and reads them as they are then. Whoever moves value begins here, so that
/// two never wait for each other.
pub(crate) fn lock_accounts(tx: &mut Tx, accounts: &Ids) -> Result<Vec<Account>, Error> {
    tx.lock_rows(
        sql!(
            "SELECT id, owner_id, currency_id, debits_posted, credits_posted, debits_pending, credits_pending,
                     min, max, soft_min, soft_max, closed, latest, last_id, limits_since, dated
                FROM accounts WHERE id IN (SELECT id FROM ids(?1)) ORDER BY id"
        ),
        &[accounts],
    )
}

/// Both accounts of a transfer, locked.
pub(crate) fn lock_pair(tx: &mut Tx, debit: AccountId, credit: AccountId) -> Result<Pair, LedgerError> {
    let accounts = lock_accounts(tx, &Ids::from_iter([debit, credit]))?;
    let find = |id| accounts.iter().copied().find(|a| a.id == id).ok_or(LedgerError::AccountUnknown(id));
    Ok(Pair { payer: find(debit)?, receiver: find(credit)? })
}

/// Writes both accounts of a movement, in the order of their ids. The guard is the clock: nobody else may have moved them
/// since they were read.
pub(crate) fn write_pair(tx: &mut Tx, before: &Pair, after: &Pair) -> Result<(), Error> {
    let mut sides = [(before.payer.latest, &after.payer), (before.receiver.latest, &after.receiver)];
    sides.sort_unstable_by_key(|(_, account)| account.id);
    for (seen, a) in sides {
        let written = tx.exec(
            sql!("UPDATE accounts SET debits_posted = ?3, credits_posted = ?4, debits_pending = ?5, credits_pending = ?6,
                         latest = ?7, last_id = ?8
                   WHERE id = ?1 AND latest = ?2"),
            &[
                &a.id,
                &seen,
                &a.debits_posted,
                &a.credits_posted,
                &a.debits_pending,
                &a.credits_pending,
                &a.latest,
                &a.last,
            ],
        )?;
        if written == 0 {
            return Err(Error::Conflict("accounts".to_owned()));
        }
    }
    Ok(())
}

/// Writes the counters of many accounts at once, which must be locked. The accounts are there, so every row meets its
/// conflict: this form is the quickest set-wise update that both engines know.
pub(crate) fn write_all(tx: &mut Tx, moved: &[Account]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> = moved
        .iter()
        .map(|a| {
            let row: Vec<&dyn Bind> = vec![
                &a.id,
                &a.owner,
                &a.currency,
                &a.debits_posted,
                &a.credits_posted,
                &a.debits_pending,
                &a.credits_pending,
                &a.min,
                &a.max,
                &a.closed,
                &a.latest,
                &a.last,
                &a.limits_since,
            ];
            row
        })
        .collect();
    let written = tx.exec_many(
        sql!(
            "INSERT INTO accounts (id, owner_id, currency_id, debits_posted, credits_posted, debits_pending,
                     credits_pending, min, max, closed, latest, last_id, limits_since)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
              ON CONFLICT (id) DO UPDATE
                 SET debits_posted = excluded.debits_posted, credits_posted = excluded.credits_posted,
                     latest = excluded.latest, last_id = excluded.last_id
               WHERE accounts.latest < excluded.latest"
        ),
        &rows,
    )?;
    if usize::try_from(written) == Ok(moved.len()) {
        Ok(())
    } else {
        Err(Error::Conflict("accounts".to_owned()))
    }
}

/// Sets how far an account may go down and how much it may gather. Whoever is outside by then may still move towards
/// the range.
pub fn set_limits(tx: &mut Tx, account: AccountId, min: Amount, max: Amount) -> Result<(), LedgerError> {
    limits_in_order(min, max, None, None)?;
    let set = tx.exec(
        sql!("UPDATE accounts SET min = ?2, max = ?3, limits_since = latest WHERE id = ?1"),
        &[&account, &min, &max],
    )?;
    if set == 1 { Ok(()) } else { Err(LedgerError::AccountUnknown(account)) }
}

/// Sets where the owner of an account is warned. A warning beyond a limit is never reached.
pub fn set_soft_limits(
    tx: &mut Tx,
    account: AccountId,
    soft_min: Option<Amount>,
    soft_max: Option<Amount>,
) -> Result<(), LedgerError> {
    limits_in_order(Amount(i64::MIN), Amount(i64::MAX), soft_min, soft_max)?;
    let set = tx.exec(
        sql!("UPDATE accounts SET soft_min = ?2, soft_max = ?3 WHERE id = ?1"),
        &[&account, &soft_min, &soft_max],
    )?;
    if set == 1 { Ok(()) } else { Err(LedgerError::AccountUnknown(account)) }
}

/// Closes an account whose balance is zero, or opens it again.
pub fn set_closed(tx: &mut Tx, account: AccountId, closed: bool) -> Result<(), LedgerError> {
    let changed = tx.exec(
        sql!("UPDATE accounts SET closed = ?2
               WHERE id = ?1 AND credits_posted = debits_posted AND credits_pending = 0 AND debits_pending = 0"),
        &[&account, &closed],
    )?;
    match find_account(tx, account)? {
        None => Err(LedgerError::AccountUnknown(account)),
        Some(_) if changed == 0 => Err(LedgerError::AccountNotEmpty(account)),
        Some(_) => Ok(()),
    }
}
