//! The rows of what an issuer owes after its vouchers were closed: what was left, at what was paid for it on average.

use super::{Made, sales};
use planet_corridor::refusal::Fault;
use planet_ledger::{Swept, find_account};
use planet_ontology::ids::{AgentId, CurrencyId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};

record! {
    /// What is owed to somebody.
    #[derive(Clone, Debug)]
    pub struct Owed {
        /// To whom.
        pub holder: AgentId,
        /// How much of the voucher was left.
        pub amount: Amount,
        /// What the price is in; nothing if none was ever sold.
        pub price_currency: Option<CurrencyId>,
        /// What was paid for as much, on average.
        pub price: Amount,
        /// When it was paid.
        pub paid: Option<Moment>,
    }
}

/// Writes down what is owed for what a piece of the settling took back.
pub fn write_down(tx: &mut Tx, made: &Made, swept: &Swept, now: Moment) -> Result<(), Fault> {
    let sold = sales::sold(tx, made.currency.id)?.into_iter().find(|(_, amount, _)| amount.0 > 0);
    for (transfer, _) in &swept.posted {
        let Some(account) = find_account(tx, transfer.debit)? else { continue };
        if account.owner == made.currency.issuer {
            continue;
        }
        let price = sold.map_or(0, |(_, amount, paid)| {
            i128::from(transfer.amount.0) * i128::from(paid.0) / i128::from(amount.0.max(1))
        });
        let price = Amount(i64::try_from(price).unwrap_or(0));
        tx.exec(
            sql!(
                "INSERT INTO currency_owed (currency_id, holder_id, amount, price_id, price, paid)
                 VALUES (?1, ?2, ?3, ?4, ?5, NULL) ON CONFLICT DO NOTHING"
            ),
            &[
                &made.currency.id,
                &account.owner,
                &transfer.amount,
                &sold.map(|(currency, _, _)| currency),
                &price,
            ],
        )?;
        super::notices::add(tx, &account, "owed", now)?;
    }
    Ok(())
}

/// What is owed for a currency that was closed, the largest first.
pub fn list(tx: &mut Tx, currency: CurrencyId, limit: i64) -> Result<Vec<Owed>, Error> {
    tx.rows(
        sql!(
            "SELECT holder_id, amount, price_id, price, paid FROM currency_owed
              WHERE currency_id = ?1 ORDER BY price DESC, holder_id LIMIT ?2"
        ),
        &[&currency, &limit],
    )
}

/// What is owed to somebody.
pub fn find(tx: &mut Tx, currency: CurrencyId, holder: AgentId) -> Result<Option<Owed>, Error> {
    tx.row(
        sql!(
            "SELECT holder_id, amount, price_id, price, paid FROM currency_owed
              WHERE currency_id = ?1 AND holder_id = ?2"
        ),
        &[&currency, &holder],
    )
}

/// Writes down that it was paid.
pub fn set_paid(tx: &mut Tx, currency: CurrencyId, holder: AgentId, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE currency_owed SET paid = ?3 WHERE currency_id = ?1 AND holder_id = ?2"),
        &[&currency, &holder, &now],
    )?;
    Ok(())
}
