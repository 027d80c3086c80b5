//! Sweeps: what goes through all accounts of a currency, a piece at a time: demurrage, expiry, and what is left in the
//! end. Each can be repeated safely, because the id of a transfer follows from what it is for. When to sweep is decided elsewhere.

use planet_ontology::{
    ids::{AccountId, CurrencyId, TransferId},
    units::{Amount, Moment},
};
use planet_store::{Error, Ids, Tx, sql};
use uuid::{Builder, Uuid};

use crate::{
    Account, LedgerError, Posted, Transfer, TransferKind,
    account::{lock_accounts, narrow},
    lots::Lot,
    page::Page,
};

/// The whole, in parts of a share: a share of 982,500 keeps 98.25 %.
pub const WHOLE: i64 = 1_000_000;

/// What a piece of a sweep did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// What was moved now, in order. What had been moved by an earlier attempt is not among it.
    pub posted: Vec<(Transfer, Posted)>,
    /// What could not be moved, and why: the receiver is full or closed. It is looked at again in the next sweep.
    pub refused: Vec<(AccountId, LedgerError)>,
    /// Where the next piece begins; nothing when this was the last.
    pub next: Option<AccountId>,
}

/// A share of what lies idle, for the commons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Demurrage {
    /// The currency.
    pub currency: CurrencyId,
    /// The account that receives it, and pays none.
    pub to: AccountId,
    /// What is kept of a balance, in parts of [`WHOLE`]; rounded down, so what is taken is rounded up.
    pub kept: i64,
    /// Names the period: an account pays once for each.
    pub period: i64,
}

impl Demurrage {
    /// What an account owes for this period: nothing below zero, and nothing for what is put aside.
    pub fn of(&self, account: &Account) -> Amount {
        let idle = i128::from(account.balance().0) - i128::from(account.debits_pending.0);
        if account.id == self.to || idle <= 0 {
            return Amount(0);
        }
        let kept = idle * i128::from(self.kept.clamp(0, WHOLE)) / i128::from(WHOLE);
        narrow(idle - kept)
    }
}

/// Takes demurrage from up to `limit` accounts, in the order of their ids, behind `after`. The issuer pays none.
pub fn demurrage(
    tx: &mut Tx,
    terms: &Demurrage,
    after: Option<AccountId>,
    limit: i64,
    now: Moment,
) -> Result<Swept, Error> {
    let found = idle_accounts(tx, terms, after, limit)?;
    let accounts = lock_accounts(tx, &found.iter().copied().chain([terms.to]).collect())?;
    let transfers: Vec<(AccountId, Transfer)> = accounts
        .iter()
        .filter_map(|account| {
            let amount = terms.of(account);
            let id = named(terms.currency, "demurrage", account.id, terms.period);
            (amount.0 > 0)
                .then(|| (account.id, order(id, account.id, terms.to, amount, TransferKind::Demurrage)))
        })
        .collect();
    let mut swept = post(tx, transfers, now)?;
    swept.next = found.last().copied().filter(|_| i64::try_from(found.len()) == Ok(limit));
    Ok(swept)
}

fn idle_accounts(
    tx: &mut Tx,
    terms: &Demurrage,
    after: Option<AccountId>,
    limit: i64,
) -> Result<Vec<AccountId>, Error> {
    let rows: Vec<(AccountId,)> = tx.rows(
        sql!(
            "SELECT a.id FROM accounts a JOIN currencies c ON c.id = a.currency_id
               WHERE a.currency_id = ?1 AND a.id > ?2 AND a.id <> ?3 AND a.owner_id <> c.issuer_id
                     AND a.closed = FALSE AND a.credits_posted - a.debits_posted - a.debits_pending > 0
               ORDER BY a.id LIMIT ?4"
        ),
        &[&terms.currency, &after.unwrap_or(FIRST), &terms.to, &limit],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Comes before all accounts, for what goes through them in the order of their ids.
pub const FIRST: AccountId = AccountId(Uuid::nil());

/// Gives back to the issuer of a currency up to `limit` lots whose time is over, the longest overdue first. What is put
/// aside stays until it is decided what becomes of it.
pub fn expire_lots(tx: &mut Tx, currency: CurrencyId, now: Moment, limit: i64) -> Result<Swept, Error> {
    let due: Vec<(AccountId, Moment, Amount, AccountId)> = tx.rows(
        sql!(
            "SELECT l.account_id, l.expires, l.amount, i.id
                FROM lots l JOIN accounts a ON a.id = l.account_id
                JOIN currencies c ON c.id = a.currency_id
                JOIN accounts i ON i.currency_id = c.id AND i.owner_id = c.issuer_id
               WHERE l.expires <= ?1 AND a.currency_id = ?3 AND a.closed = FALSE
                     AND a.credits_posted - a.debits_posted - a.debits_pending > 0
               ORDER BY l.expires, l.account_id LIMIT ?2"
        ),
        &[&now, &limit, &currency],
    )?;
    let touched: Ids = due.iter().flat_map(|(account, _, _, issuer)| [*account, *issuer]).collect();
    let mut spendable: Vec<(AccountId, i64, Moment)> = lock_accounts(tx, &touched)?
        .iter()
        .map(|account| {
            let left = account.balance().0.saturating_sub(account.debits_pending.0);
            (account.id, left, account.latest)
        })
        .collect();
    let mut transfers = Vec::with_capacity(due.len());
    for (account, expires, amount, issuer) in due {
        let Some((_, left, latest)) = spendable.iter_mut().find(|(id, ..)| *id == account) else { continue };
        let part = amount.0.min(*left).max(0);
        *left = left.saturating_sub(part);
        if part > 0 {
            // The account's clock is part of the name: as much of the same day may come again, from somebody who had put
            // it aside. What has ended is gone from the lots, so that nothing ends twice.
            let name = format!("expiry {} {} {}", expires.0, amount.0, latest.0);
            let id = TransferId(Uuid::new_v5(&account.0, name.as_bytes()));
            transfers.push((account, order(id, account, issuer, Amount(part), TransferKind::Expiry)));
        }
    }
    post(tx, transfers, now)
}

/// What of an account ends within a span from now, the earliest first.
pub fn lots_ending(tx: &mut Tx, account: AccountId, until: Moment) -> Result<Vec<Lot>, Error> {
    tx.rows(
        sql!("SELECT expires, amount FROM lots WHERE account_id = ?1 AND expires <= ?2 ORDER BY expires"),
        &[&account, &until],
    )
}

/// Begins to end a currency: from now on each account can only move towards zero, and no account begins anywhere else.
pub fn wind_down(tx: &mut Tx, currency: CurrencyId) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE accounts SET min = 0, max = 0, soft_min = NULL, soft_max = NULL, limits_since = latest
               WHERE currency_id = ?1"
        ),
        &[&currency],
    )?;
    tx.exec(
        sql!("UPDATE currencies SET min = 0, max = 0, soft_min = NULL, soft_max = NULL WHERE id = ?1"),
        &[&currency],
    )?;
    Ok(())
}

/// Settles what is left on up to `limit` accounts when a currency ends: whoever has something gives it back to the
/// issuer, whoever owes something is released by the issuer. Holds have to be given back before.
pub fn settle_rest(
    tx: &mut Tx,
    currency: CurrencyId,
    issuer: AccountId,
    after: Option<AccountId>,
    limit: i64,
    now: Moment,
) -> Result<Swept, Error> {
    let rows: Vec<(AccountId,)> = tx.rows(
        sql!(
            "SELECT id FROM accounts WHERE currency_id = ?1 AND id > ?2 AND id <> ?3 AND credits_posted <> debits_posted
               ORDER BY id LIMIT ?4"
        ),
        &[&currency, &after.unwrap_or(FIRST), &issuer, &limit],
    )?;
    let ids: Vec<AccountId> = rows.into_iter().map(|(id,)| id).collect();
    let accounts = lock_accounts(tx, &ids.iter().copied().chain([issuer]).collect())?;
    // The issuer stands in the middle until all is settled; its limits do not matter any more.
    let wide = Amount(i64::MAX / 4);
    tx.exec(
        sql!("UPDATE accounts SET min = ?2, max = ?3, limits_since = latest WHERE id = ?1"),
        &[&issuer, &Amount(-wide.0), &wide],
    )?;
    let transfers = accounts
        .iter()
        .filter(|account| account.id != issuer)
        .filter_map(|account| {
            let id = named(currency, "run-off", account.id, 0);
            let kind = TransferKind::RunOff;
            match account.balance().0 {
                0 => None,
                more @ 1.. => Some((account.id, order(id, account.id, issuer, Amount(more), kind))),
                less => {
                    Some((account.id, order(id, issuer, account.id, Amount(less.saturating_neg()), kind)))
                }
            }
        })
        .collect();
    let mut swept = post(tx, transfers, now)?;
    swept.next = ids.last().copied().filter(|_| i64::try_from(ids.len()) == Ok(limit));
    Ok(swept)
}

/// Closes every account of a currency that has ended; answers how many are left because something is on them.
pub fn close_all(tx: &mut Tx, currency: CurrencyId) -> Result<i64, Error> {
    tx.exec(
        sql!("UPDATE accounts SET closed = TRUE, min = 0, max = 0
               WHERE currency_id = ?1 AND credits_posted = debits_posted AND credits_pending = 0 AND debits_pending = 0"),
        &[&currency],
    )?;
    let (left,) = tx
        .one(sql!("SELECT count(*) FROM accounts WHERE currency_id = ?1 AND closed = FALSE"), &[&currency])?;
    Ok(left)
}

/// The id of the transfer for one purpose, account and period: the same in every attempt. The first part names the sweep and the
/// second begins like the account's id, so that a sweep, which goes in that order, writes its rows side by side.
fn named(currency: CurrencyId, what: &str, account: AccountId, period: i64) -> TransferId {
    let sweep = Uuid::new_v5(&currency.0, format!("{what} {period}").as_bytes());
    let alone = Uuid::new_v5(&sweep, account.0.as_bytes());
    let parts = [&sweep.as_bytes()[..4], &account.0.as_bytes()[..6], &alone.as_bytes()[..6]];
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(parts.into_iter().flatten()).for_each(|(byte, part)| *byte = *part);
    TransferId(Builder::from_custom_bytes(bytes).into_uuid())
}

fn order(
    id: TransferId,
    debit: AccountId,
    credit: AccountId,
    amount: Amount,
    kind: TransferKind,
) -> Transfer {
    Transfer { id, debit, credit, amount, kind, memo: String::new(), reference: None }
}

fn post(tx: &mut Tx, transfers: Vec<(AccountId, Transfer)>, now: Moment) -> Result<Swept, Error> {
    let mut page = Page::open(tx, transfers.iter().map(|(_, t)| t))?;
    let mut swept = Swept::default();
    for (account, t) in transfers {
        // A second attempt finds a smaller balance, so it would ask for less: the first one holds.
        if page.knows(t.id) {
            continue;
        }
        match page.post(&t, now) {
            Ok(posted) => swept.posted.push((t, posted)),
            Err(error) => swept.refused.push((account, error)),
        }
    }
    page.write(tx)?;
    Ok(swept)
}
