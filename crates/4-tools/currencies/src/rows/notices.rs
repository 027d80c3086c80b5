//! The rows of what holders are told once: what ends soon, that a currency is being closed, what they are owed.

use super::Made;
use planet_corridor::cx::Cx;
use planet_ledger::{Account, FIRST};
use planet_ontology::ids::{AccountId, AgentId, CurrencyId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Bind, Error, Tx, record, sql};

record! {
    /// Something that waits for a holder.
    #[derive(Clone, Debug)]
    pub struct Notice {
        /// The account that it is about.
        pub account: AccountId,
        /// `expiry`, `closing` or `owed`.
        pub kind: String,
        /// The end of the day that it is about.
        pub day: Moment,
        /// Of which currency.
        pub currency: CurrencyId,
        /// Whose account it is.
        pub owner: AgentId,
        /// How much of it there is at present.
        pub amount: Amount,
    }
}

/// Writes down a notice for the owner of an account.
pub fn add(tx: &mut Tx, account: &Account, kind: &str, day: Moment) -> Result<(), Error> {
    write(tx, &[(account.id, account.owner)], account.currency, kind, &[day], day)
}

fn write(
    tx: &mut Tx,
    accounts: &[(AccountId, AgentId)],
    currency: CurrencyId,
    kind: &str,
    days: &[Moment],
    now: Moment,
) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> = accounts
        .iter()
        .zip(days)
        .map(|((account, owner), day)| {
            let row: Vec<&dyn Bind> = vec![account, &kind, day, &currency, owner, &now];
            row
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO currency_notices (account_id, kind, day, currency_id, owner_id, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"
        ),
        &rows,
    )?;
    Ok(())
}

/// Tells up to `limit` holders what of theirs ends until a moment, each once. Answers how many were told.
pub fn remind(tx: &mut Tx, cx: &mut Cx, made: &Made, until: Moment, limit: i64) -> Result<usize, Error> {
    let due: Vec<(AccountId, AgentId, Moment)> = tx.rows(
        sql!(
            "SELECT l.account_id, a.owner_id, l.expires
               FROM accounts a JOIN lots l ON l.account_id = a.id
              WHERE a.currency_id = ?1 AND l.expires > ?2 AND l.expires <= ?3
                AND NOT EXISTS (SELECT 1 FROM currency_notices n
                                 WHERE n.account_id = l.account_id AND n.kind = 'expiry' AND n.day = l.expires)
              ORDER BY l.expires, l.account_id LIMIT ?4"
        ),
        &[&made.currency.id, &cx.now, &until, &limit],
    )?;
    let (accounts, days): (Vec<_>, Vec<_>) =
        due.into_iter().map(|(account, owner, day)| ((account, owner), day)).unzip();
    write(tx, &accounts, made.currency.id, "expiry", &days, cx.now)?;
    Ok(accounts.len())
}

/// Tells up to `limit` holders behind `after` that a currency is being closed. Answers where the next piece begins.
pub fn tell_closing(
    tx: &mut Tx,
    cx: &mut Cx,
    made: &Made,
    after: Option<AccountId>,
    limit: i64,
) -> Result<Option<AccountId>, Error> {
    let accounts: Vec<(AccountId, AgentId)> = tx.rows(
        sql!(
            "SELECT id, owner_id FROM accounts
              WHERE currency_id = ?1 AND id > ?2 AND owner_id <> ?3 AND credits_posted <> debits_posted
              ORDER BY id LIMIT ?4"
        ),
        &[&made.currency.id, &after.unwrap_or(FIRST), &made.currency.issuer, &limit],
    )?;
    let ends = made.state.ends.unwrap_or(cx.now);
    let days = vec![ends; accounts.len()];
    write(tx, &accounts, made.currency.id, "closing", &days, cx.now)?;
    Ok(accounts.last().map(|(id, _)| *id).filter(|_| i64::try_from(accounts.len()) == Ok(limit)))
}

/// What waits for an agent: it is not over, and there is still something to it.
pub fn waiting(tx: &mut Tx, owner: AgentId, now: Moment) -> Result<Vec<Notice>, Error> {
    tx.rows(
        sql!(
            "SELECT n.account_id, n.kind, n.day, n.currency_id, n.owner_id,
                    CASE n.kind WHEN 'expiry' THEN l.amount
                                WHEN 'owed' THEN o.price
                                ELSE a.credits_posted - a.debits_posted END
               FROM currency_notices n JOIN accounts a ON a.id = n.account_id
               LEFT JOIN lots l ON l.account_id = n.account_id AND l.expires = n.day
               LEFT JOIN currency_owed o ON o.currency_id = n.currency_id AND o.holder_id = n.owner_id
              WHERE n.owner_id = ?1
                AND ((n.kind = 'expiry' AND l.amount > 0 AND n.day > ?2)
                  OR (n.kind = 'closing' AND a.credits_posted <> a.debits_posted AND n.day > ?2)
                  OR (n.kind = 'owed' AND o.paid IS NULL AND o.price > 0))
              ORDER BY n.day, n.account_id LIMIT 50"
        ),
        &[&owner, &now],
    )
}
