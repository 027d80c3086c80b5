//! The rows of bills, and who holds which account. The accounts themselves are the ledger's.

pub mod notes;
pub mod payments;
pub mod rates;
pub mod splits;
pub mod standing;

use planet_ontology::ids::{AccountId, AgentId, CurrencyId, RequestId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Ids, Tx, record, sql};

record! {
    /// An account with whose it is.
    #[derive(Clone, Debug)]
    pub struct Holder {
        /// The account.
        pub account: AccountId,
        /// Whose it is.
        pub owner: AgentId,
        /// `member` or `group`.
        pub kind: String,
        /// `active`, `suspended` or `left`.
        pub standing: String,
    }
}

/// The accounts of these agents in a currency, in one statement.
pub fn holders(tx: &mut Tx, currency: CurrencyId, owners: Vec<AgentId>) -> Result<Vec<Holder>, Error> {
    let ids = Ids(owners.into_iter().map(|owner| owner.0).collect());
    tx.rows(
        sql!(
            "SELECT a.id, a.owner_id, g.kind, g.standing
               FROM accounts a JOIN agents g ON g.id = a.owner_id
              WHERE a.currency_id = ?1 AND a.owner_id IN (SELECT id FROM ids(?2))"
        ),
        &[&currency, &ids],
    )
}

record! {
    /// A bill as it lies in the database.
    #[derive(Clone, Debug)]
    pub struct RequestRow {
        /// Its id.
        pub id: RequestId,
        /// Who asks.
        pub payee: AgentId,
        /// Who is asked.
        pub payer: AgentId,
        /// The currency.
        pub currency: CurrencyId,
        /// How much.
        pub amount: Amount,
        /// What for.
        pub memo: String,
        /// `open`, `paid`, `declined` or `cancelled`.
        pub state: String,
        /// The payment that settled it.
        pub transfer: Option<TransferId>,
        /// When it was sent.
        pub created: Moment,
    }
}

/// Creates an open bill.
pub fn create_request(tx: &mut Tx, row: &RequestRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO payment_requests
                 (id, payee_id, payer_id, currency_id, amount, memo, state, transfer_id, created, ended)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'open', NULL, ?7, NULL)"
        ),
        &[&row.id, &row.payee, &row.payer, &row.currency, &row.amount, &row.memo, &row.created],
    )?;
    Ok(())
}

/// The bill with this id.
pub fn find_request(tx: &mut Tx, id: RequestId) -> Result<Option<RequestRow>, Error> {
    tx.row(
        sql!(
            "SELECT id, payee_id, payer_id, currency_id, amount, memo, state, transfer_id, created
               FROM payment_requests WHERE id = ?1"
        ),
        &[&id],
    )
}

/// Ends an open bill. Nothing happens, and the answer is false, if it ended before.
pub fn end_request(
    tx: &mut Tx,
    id: RequestId,
    state: &str,
    transfer: Option<TransferId>,
    now: Moment,
) -> Result<bool, Error> {
    let ended = tx.exec(
        sql!(
            "UPDATE payment_requests SET state = ?2, transfer_id = ?3, ended = ?4 WHERE id = ?1 AND state = 'open'"
        ),
        &[&id, &state, &transfer, &now],
    )?;
    Ok(ended == 1)
}

/// The bills to or from an agent, open ones first, newest first.
pub fn list_requests(tx: &mut Tx, agent: AgentId, limit: i64) -> Result<Vec<RequestRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, payee_id, payer_id, currency_id, amount, memo, state, transfer_id, created
               FROM payment_requests WHERE payer_id = ?1 OR payee_id = ?1
              ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, created DESC, id DESC LIMIT ?2"
        ),
        &[&agent, &limit],
    )
}

record! {
    /// A bill that waits for an answer.
    pub struct ToAnswer {
        /// Its id.
        pub id: RequestId,
        /// The name of whom it pays.
        pub payee: String,
        /// The currency.
        pub currency: CurrencyId,
        /// How much.
        pub amount: Amount,
        /// What for.
        pub memo: String,
    }
}

/// The open bills that somebody has to answer, the latest first.
pub fn to_answer(tx: &mut Tx, payer: AgentId) -> Result<Vec<ToAnswer>, Error> {
    tx.rows(
        sql!(
            "SELECT r.id, a.name, r.currency_id, r.amount, r.memo
               FROM payment_requests r JOIN agents a ON a.id = r.payee_id
              WHERE r.payer_id = ?1 AND r.state = 'open' ORDER BY r.created DESC, r.id DESC LIMIT 100"
        ),
        &[&payer],
    )
}

/// How many open bills somebody has sent to somebody.
pub fn count_between(tx: &mut Tx, payee: AgentId, asked: AgentId) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!(
            "SELECT count(*) FROM payment_requests WHERE payee_id = ?1 AND payer_id = ?2 AND state = 'open'"
        ),
        &[&payee, &asked],
    )?;
    Ok(count)
}

/// How many open bills wait for an agent to answer.
pub fn count_waiting(tx: &mut Tx, agent: AgentId) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM payment_requests WHERE payer_id = ?1 AND state = 'open'"),
        &[&agent],
    )?;
    Ok(count)
}
