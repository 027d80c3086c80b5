//! Lots: which part of a balance ends when, for currencies that expire. What is paid takes the oldest with it.

use planet_ontology::{
    ids::{AccountId, CurrencyId},
    units::{Amount, Moment},
};
use planet_store::{Error, Tx, record, sql};

use crate::{Account, Booking};

record! {
    /// A part of what lies on an account, and the moment at which it ends: always the end of a day in UTC, so that an
    /// account never has more lots than days.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
    pub struct Lot {
        /// When it ends.
        pub expires: Moment,
        /// How much.
        pub amount: Amount,
    }
}

/// What lies on an account by when it ends, the earliest first. Empty for accounts whose balance never ends.
pub fn lots(tx: &mut Tx, account: AccountId) -> Result<Vec<Lot>, Error> {
    tx.rows(sql!("SELECT expires, amount FROM lots WHERE account_id = ?1 ORDER BY expires"), &[&account])
}

/// How much of a currency ends when, over all its holders, the earliest first.
pub fn lots_of_currency(tx: &mut Tx, currency: CurrencyId) -> Result<Vec<Lot>, Error> {
    tx.rows(
        sql!(
            "SELECT l.expires, CAST(sum(l.amount) AS BIGINT)
                FROM lots l JOIN accounts a ON a.id = l.account_id
               WHERE a.currency_id = ?1 GROUP BY l.expires ORDER BY l.expires"
        ),
        &[&currency],
    )
}

/// Has the lots follow what was just booked: the receiver gets the payer's oldest with their dates. What comes from an
/// issuer begins a new lot; what goes back to one ends.
pub(crate) fn follow(tx: &mut Tx, moved: &Booking, payer: &Account, receiver: &Account) -> Result<(), Error> {
    if !payer.dated && !receiver.dated {
        return Ok(());
    }
    let taken = if payer.dated {
        take(tx, payer.id, moved.amount)?
    } else {
        vec![Lot { expires: expiry(tx, payer.currency, moved.at)?, amount: moved.amount }]
    };
    if receiver.dated {
        for lot in taken {
            tx.exec(
                sql!(
                    "INSERT INTO lots (account_id, expires, amount) VALUES (?1, ?2, ?3)
                     ON CONFLICT (account_id, expires) DO UPDATE SET amount = lots.amount + excluded.amount"
                ),
                &[&receiver.id, &lot.expires, &lot.amount],
            )?;
        }
    }
    Ok(())
}

/// Takes this much from the oldest lots of an account.
fn take(tx: &mut Tx, account: AccountId, amount: Amount) -> Result<Vec<Lot>, Error> {
    let mut wanted = amount.0;
    let mut taken = Vec::new();
    for Lot { expires, amount } in lots(tx, account)? {
        if wanted == 0 {
            break;
        }
        let part = amount.0.min(wanted);
        wanted -= part;
        if part == amount.0 {
            tx.exec(sql!("DELETE FROM lots WHERE account_id = ?1 AND expires = ?2"), &[&account, &expires])?;
        } else {
            tx.exec(
                sql!("UPDATE lots SET amount = amount - ?3 WHERE account_id = ?1 AND expires = ?2"),
                &[&account, &expires, &part],
            )?;
        }
        taken.push(Lot { expires, amount: Amount(part) });
    }
    // An account never pays more than its balance, and its lots add up to that.
    if wanted == 0 { Ok(taken) } else { Err(Error::Rule(format!("the lots of account {account}"))) }
}

/// When what is issued at this moment ends.
fn expiry(tx: &mut Tx, currency: CurrencyId, issued: Moment) -> Result<Moment, Error> {
    let (lifetime,): (Option<i64>,) =
        tx.one(sql!("SELECT lifetime FROM currencies WHERE id = ?1"), &[&currency])?;
    let end = issued.plus_seconds(lifetime.unwrap_or(i64::MAX / Moment::SECOND / 2)).0;
    Ok(Moment(end.saturating_add(Moment::DAY - 1).div_euclid(Moment::DAY).saturating_mul(Moment::DAY)))
}
