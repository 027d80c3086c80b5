//! The rows of sales: who bought vouchers at what price, and what they gave back.

use planet_ontology::ids::{AgentId, CurrencyId, SaleId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};

record! {
    /// A sale.
    #[derive(Clone, Debug)]
    pub struct Sale {
        /// Its id.
        pub id: SaleId,
        /// The voucher.
        pub currency: CurrencyId,
        /// Who bought it.
        pub holder: AgentId,
        /// How much was bought.
        pub amount: Amount,
        /// What it was paid in.
        pub price_currency: CurrencyId,
        /// What was paid.
        pub price: Amount,
        /// The terms that it was sold under.
        pub version: i64,
        /// When.
        pub at: Moment,
        /// How much of it was given back.
        pub returned: Amount,
        /// What was paid for that.
        pub refunded: Amount,
    }
}

impl Sale {
    /// What is paid back for so much more of it: its share of the price, rounded down, less what was paid back already.
    pub fn refund_of(&self, amount: Amount) -> Amount {
        let given = i128::from(self.returned.0) + i128::from(amount.0);
        let share = i128::from(self.price.0) * given / i128::from(self.amount.0.max(1));
        Amount(i64::try_from(share).unwrap_or(0).saturating_sub(self.refunded.0))
    }
}

/// Writes a sale down.
pub fn create(tx: &mut Tx, sale: &Sale) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO voucher_sales (id, currency_id, holder_id, amount, price_id, price, version, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        &[
            &sale.id,
            &sale.currency,
            &sale.holder,
            &sale.amount,
            &sale.price_currency,
            &sale.price,
            &sale.version,
            &sale.at,
        ],
    )?;
    Ok(())
}

/// A sale, held until the transaction ends.
pub fn find_and_hold(tx: &mut Tx, id: SaleId) -> Result<Option<Sale>, Error> {
    tx.lock(sql!("SELECT id FROM voucher_sales WHERE id = ?1"), &[&id])?;
    find(tx, id)
}

/// A sale by its id.
pub fn find(tx: &mut Tx, id: SaleId) -> Result<Option<Sale>, Error> {
    tx.row(
        sql!(
            "SELECT id, currency_id, holder_id, amount, price_id, price, version, at, returned, refunded
               FROM voucher_sales WHERE id = ?1"
        ),
        &[&id],
    )
}

/// What somebody bought of a currency, the latest first.
pub fn of_holder(tx: &mut Tx, currency: CurrencyId, holder: AgentId, limit: i64) -> Result<Vec<Sale>, Error> {
    tx.rows(
        sql!(
            "SELECT id, currency_id, holder_id, amount, price_id, price, version, at, returned, refunded
               FROM voucher_sales WHERE currency_id = ?1 AND holder_id = ?2 ORDER BY at DESC, id DESC LIMIT ?3"
        ),
        &[&currency, &holder, &limit],
    )
}

/// Writes down that part of a sale was given back.
pub fn give_back(tx: &mut Tx, id: SaleId, amount: Amount, refund: Amount) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE voucher_sales SET returned = returned + ?2, refunded = refunded + ?3 WHERE id = ?1"),
        &[&id, &amount, &refund],
    )?;
    Ok(())
}

/// What was sold of a currency and not given back, and what was paid for it, by what it was paid in.
pub fn sold(tx: &mut Tx, currency: CurrencyId) -> Result<Vec<(CurrencyId, Amount, Amount)>, Error> {
    tx.rows(
        sql!(
            "SELECT price_id, CAST(sum(amount - returned) AS BIGINT), CAST(sum(price - refunded) AS BIGINT)
               FROM voucher_sales WHERE currency_id = ?1 GROUP BY price_id ORDER BY 2 DESC, price_id"
        ),
        &[&currency],
    )
}
