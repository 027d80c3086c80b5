//! The rows of standing payments.

use planet_ontology::ids::{AgentId, CurrencyId, StandingId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};
use serde_json::Value;

record! {
    /// A standing payment as it lies in the database.
    #[derive(Clone, Debug)]
    pub struct StandingRow {
        /// Its id.
        pub id: StandingId,
        /// Who set it up, and pays by it: an actor of the corridor.
        pub actor: Value,
        /// Whose wallet pays.
        pub payer: AgentId,
        /// Who is paid.
        pub payee: AgentId,
        /// The currency.
        pub currency: CurrencyId,
        /// How much each time.
        pub amount: Amount,
        /// What for.
        pub memo: String,
        /// How often.
        pub every: String,
        /// The first day.
        pub first: String,
        /// The last day, if there is one.
        pub last: Option<String>,
        /// The number of the next payment, counted from zero.
        pub number: i64,
        /// How often the next payment was refused so far.
        pub refusals: i64,
        /// `active`, `paused` or `ended`.
        pub state: String,
        /// Why the latest attempt was refused, in a sentence; nothing after one that went well.
        pub why: Option<String>,
        /// When it was set up.
        pub created: Moment,
    }
}

/// Sets one up.
pub fn create(tx: &mut Tx, row: &StandingRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO standing_payments (id, actor, payer_id, payee_id, currency_id, amount, memo, every, first, last,
                     number, refusals, state, why, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
        ),
        &[
            &row.id,
            &row.actor,
            &row.payer,
            &row.payee,
            &row.currency,
            &row.amount,
            &row.memo,
            &row.every,
            &row.first,
            &row.last,
            &row.number,
            &row.refusals,
            &row.state,
            &row.why,
            &row.created,
        ],
    )?;
    Ok(())
}

/// One of them, held as it is until the transaction ends.
pub fn hold(tx: &mut Tx, id: StandingId) -> Result<Option<StandingRow>, Error> {
    tx.lock(sql!("SELECT id FROM standing_payments WHERE id = ?1"), &[&id])?;
    find(tx, id)
}

/// One of them.
pub fn find(tx: &mut Tx, id: StandingId) -> Result<Option<StandingRow>, Error> {
    tx.row(
        sql!(
            "SELECT id, actor, payer_id, payee_id, currency_id, amount, memo, every, first, last, number, refusals, state, why,
                    created
               FROM standing_payments WHERE id = ?1"
        ),
        &[&id],
    )
}

/// Those of a wallet that have not ended, the oldest first.
pub fn of_payer(tx: &mut Tx, payer: AgentId, limit: i64) -> Result<Vec<StandingRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, actor, payer_id, payee_id, currency_id, amount, memo, every, first, last, number, refusals, state, why,
                    created
               FROM standing_payments WHERE payer_id = ?1 AND state <> 'ended' ORDER BY created, id LIMIT ?2"
        ),
        &[&payer, &limit],
    )
}

/// Writes where one stands.
pub fn set(tx: &mut Tx, row: &StandingRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE standing_payments SET actor = ?2, number = ?3, refusals = ?4, state = ?5, why = ?6 WHERE id = ?1"
        ),
        &[&row.id, &row.actor, &row.number, &row.refusals, &row.state, &row.why],
    )?;
    Ok(())
}

/// Remembers that the payment with this number was made. Each is made once.
pub fn paid(tx: &mut Tx, id: StandingId, number: i64, transfer: TransferId) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO standing_paid (standing_id, number, transfer_id) VALUES (?1, ?2, ?3)"),
        &[&id, &number, &transfer],
    )?;
    Ok(())
}

/// How many payments of one were made.
pub fn count_paid(tx: &mut Tx, id: StandingId) -> Result<i64, Error> {
    let (count,) = tx.one(sql!("SELECT count(*) FROM standing_paid WHERE standing_id = ?1"), &[&id])?;
    Ok(count)
}

/// How many of a wallet's were paused because payments were refused.
pub fn count_troubled(tx: &mut Tx, payer: AgentId) -> Result<i64, Error> {
    let (count,) = tx.one(
        sql!(
            "SELECT count(*) FROM standing_payments WHERE payer_id = ?1 AND state = 'paused' AND why IS NOT NULL"
        ),
        &[&payer],
    )?;
    Ok(count)
}
