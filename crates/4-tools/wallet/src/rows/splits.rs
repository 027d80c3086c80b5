//! The rows of bills that were split: which bills belong together.

use super::RequestRow;
use planet_ontology::ids::{AgentId, CurrencyId, RequestId, SplitId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};

record! {
    /// A bill that was split.
    #[derive(Clone, Debug)]
    pub struct SplitRow {
        /// Its id.
        pub id: SplitId,
        /// Who asks.
        pub payee: AgentId,
        /// The currency.
        pub currency: CurrencyId,
        /// What whoever asks has borne already.
        pub own: Amount,
        /// What for.
        pub memo: String,
        /// When it was split.
        pub created: Moment,
    }
}

/// Creates the whole; its parts follow.
pub fn create(tx: &mut Tx, row: &SplitRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO splits (id, payee_id, currency_id, own, memo, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        ),
        &[&row.id, &row.payee, &row.currency, &row.own, &row.memo, &row.created],
    )?;
    Ok(())
}

/// Adds a bill to the whole.
pub fn add_part(tx: &mut Tx, split: SplitId, request: RequestId) -> Result<(), Error> {
    tx.exec(sql!("INSERT INTO split_parts (split_id, request_id) VALUES (?1, ?2)"), &[&split, &request])?;
    Ok(())
}

/// A bill that was split.
pub fn find(tx: &mut Tx, id: SplitId) -> Result<Option<SplitRow>, Error> {
    tx.row(sql!("SELECT id, payee_id, currency_id, own, memo, created FROM splits WHERE id = ?1"), &[&id])
}

/// What an agent has split, the newest first.
pub fn latest(tx: &mut Tx, payee: AgentId, limit: i64) -> Result<Vec<SplitRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, payee_id, currency_id, own, memo, created FROM splits
              WHERE payee_id = ?1 ORDER BY created DESC, id DESC LIMIT ?2"
        ),
        &[&payee, &limit],
    )
}

/// The bills of a whole, by amount and name of whom they are for.
pub fn parts(tx: &mut Tx, split: SplitId) -> Result<Vec<RequestRow>, Error> {
    tx.rows(
        sql!(
            "SELECT r.id, r.payee_id, r.payer_id, r.currency_id, r.amount, r.memo, r.state, r.transfer_id, r.created
               FROM split_parts p JOIN payment_requests r ON r.id = p.request_id JOIN agents a ON a.id = r.payer_id
              WHERE p.split_id = ?1 ORDER BY r.amount DESC, a.name, r.id"
        ),
        &[&split],
    )
}
