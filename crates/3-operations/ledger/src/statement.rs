//! Statements: what moved on an account, page by page, the newest first. Who the others are is joined elsewhere.

use planet_ontology::{
    ids::{AccountId, AgentId, TransferId},
    units::{Amount, Moment},
};
use planet_store::{Error, Tx, record, sql};
use uuid::Uuid;

use crate::TransferKind;

record! {
    /// A line of a statement, seen from one account.
    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
    pub struct Line {
        /// The transfer.
        pub transfer: TransferId,
        /// When it was booked.
        pub at: Moment,
        /// The account on the other side.
        pub other: AccountId,
        /// Whose that is.
        pub other_owner: AgentId,
        /// What came in, or went out if it is below zero.
        pub amount: Amount,
        /// The balance right after it.
        pub balance: Amount,
        /// Why.
        pub kind: TransferKind,
        /// The note.
        pub memo: String,
        /// What it belongs to.
        pub reference: Option<Uuid>,
    }
}

/// The newest lines of an account, or those before a line of it that was shown already: a page of `limit` lines.
///
/// Each transfer names the one before it on either account, and a statement walks that chain: so a page costs the same
/// however much the account has moved, and needs no index. To find a far day takes a walk from the newest line.
pub fn statement(
    tx: &mut Tx,
    account: AccountId,
    before: Option<(Moment, TransferId)>,
    limit: i64,
) -> Result<Vec<Line>, Error> {
    let newest: Option<(Option<TransferId>,)> = match before {
        None => tx.row(sql!("SELECT last_id FROM accounts WHERE id = ?1"), &[&account])?,
        Some((at, line)) => tx.row(
            sql!(
                "SELECT CASE WHEN debit_id = ?1 THEN debit_previous ELSE credit_previous END
                    FROM transfers WHERE id = ?2 AND at = ?3 AND (debit_id = ?1 OR credit_id = ?1)"
            ),
            &[&account, &line, &at],
        )?,
    };
    let Some((Some(newest),)) = newest else { return Ok(Vec::new()) };
    tx.rows(
        sql!("WITH RECURSIVE chain AS (
                  SELECT t.*, CAST(1 AS BIGINT) AS n FROM transfers t WHERE t.id = ?2
                   UNION ALL
                  SELECT t.*, chain.n + 1
                    FROM chain JOIN transfers t ON t.id =
                         CASE WHEN chain.debit_id = ?1 THEN chain.debit_previous ELSE chain.credit_previous END
                   WHERE chain.n < CAST(?3 AS BIGINT))
              SELECT chain.id, chain.at, other.id, other.owner_id,
                     CASE WHEN chain.debit_id = ?1 THEN -chain.amount ELSE chain.amount END,
                     CASE WHEN chain.debit_id = ?1 THEN chain.debit_balance ELSE chain.credit_balance END,
                     chain.kind, chain.memo, chain.reference
                FROM chain JOIN accounts other ON other.id =
                     CASE WHEN chain.debit_id = ?1 THEN chain.credit_id ELSE chain.debit_id END
               ORDER BY chain.n"),
        &[&account, &newest, &limit],
    )
}
