//! The rows of a currency's health: how much is out, who carries it, how quickly it moves. Sums only, and nobody by name.

use planet_ledger::{Currency, FIRST};
use planet_ontology::ids::{AccountId, CurrencyId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

record! {
    /// A currency at a glance.
    #[derive(Clone, Copy, Debug)]
    pub struct Glance {
        /// What all holders above zero have together; the issuer of a voucher owes as much.
        pub out: Amount,
        /// How many have some of it.
        pub holders: i64,
        /// How many accounts there are, the issuer's left out.
        pub accounts: i64,
        /// All that was ever paid from any account.
        pub turnover: Amount,
    }
}

/// How a currency stands now.
pub fn glance(tx: &mut Tx, currency: &Currency) -> Result<Glance, Error> {
    tx.one(
        sql!(
            "SELECT CAST(coalesce(sum(CASE WHEN credits_posted > debits_posted THEN credits_posted - debits_posted ELSE 0 END), 0)
                      AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN credits_posted > debits_posted AND owner_id <> ?2 THEN 1 ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN owner_id <> ?2 THEN 1 ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(debits_posted), 0) AS BIGINT)
               FROM accounts WHERE currency_id = ?1"
        ),
        &[&currency.id, &currency.issuer],
    )
}

/// What was counted of a currency so far, and where to go on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// What those above zero have.
    pub out: Amount,
    /// All that was paid.
    pub turnover: Amount,
    /// The last account that is in it.
    pub last: Option<AccountId>,
}

/// Counts up to `limit` accounts more; answers whether there may be others behind them. What is paid between two pieces is in the
/// sum twice or not at all: nobody waits for a count of a large currency, and the course of days needs no more.
pub fn count_on(tx: &mut Tx, currency: CurrencyId, counted: &mut Counted, limit: i64) -> Result<bool, Error> {
    let rows: Vec<(AccountId, i64, i64)> = tx.rows(
        sql!(
            "SELECT id, credits_posted, debits_posted FROM accounts
              WHERE currency_id = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
        ),
        &[&currency, &counted.last.unwrap_or(FIRST), &limit],
    )?;
    for (id, credits, debits) in &rows {
        let balance = credits.saturating_sub(*debits).max(0);
        counted.out = Amount(counted.out.0.saturating_add(balance));
        counted.turnover = Amount(counted.turnover.0.saturating_add(*debits));
        counted.last = Some(*id);
    }
    Ok(i64::try_from(rows.len()) == Ok(limit))
}

/// Writes down how a currency stands on this day; once a day.
pub fn write_day(tx: &mut Tx, currency: CurrencyId, counted: &Counted, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO currency_days (currency_id, day, out, turnover) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (currency_id, day) DO UPDATE SET out = excluded.out, turnover = excluded.turnover"
        ),
        &[&currency, &now.0.div_euclid(Moment::DAY), &counted.out, &counted.turnover],
    )?;
    Ok(())
}

/// How a currency stood on the days from one on: day (since 1970), what was out, all that was ever paid.
pub fn days(tx: &mut Tx, currency: CurrencyId, from: i64) -> Result<Vec<(i64, Amount, Amount)>, Error> {
    tx.rows(
        sql!(
            "SELECT day, out, turnover FROM currency_days WHERE currency_id = ?1 AND day >= ?2 ORDER BY day"
        ),
        &[&currency, &from],
    )
}

/// The balances of all holders above zero, the largest first, without a name.
pub fn balances(tx: &mut Tx, currency: &Currency) -> Result<Vec<Amount>, Error> {
    let rows: Vec<(Amount,)> = tx.rows(
        sql!(
            "SELECT credits_posted - debits_posted FROM accounts
              WHERE currency_id = ?1 AND owner_id <> ?2 AND credits_posted > debits_posted
              ORDER BY credits_posted - debits_posted DESC"
        ),
        &[&currency.id, &currency.issuer],
    )?;
    Ok(rows.into_iter().map(|(amount,)| amount).collect())
}

/// What an account received as levies.
pub fn levied(tx: &mut Tx, commons: AccountId) -> Result<Amount, Error> {
    let (sum,) = tx.one(
        sql!(
            "SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM transfers WHERE kind = 'levy' AND credit_id = ?1"
        ),
        &[&commons],
    )?;
    Ok(sum)
}
