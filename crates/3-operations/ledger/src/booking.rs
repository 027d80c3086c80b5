//! Bookings: the rows of the books, and what a transfer means that comes a second time. They are added, never changed.

use planet_ontology::{
    ids::{AccountId, TransferId},
    units::{Amount, Moment},
};
use planet_store::{Bind, Error, Ids, Tx, record, sql};
use uuid::Uuid;

use crate::{LedgerError, Posted, Transfer, TransferKind};

record! {
    /// A transfer as it stands in the books.
    #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
    pub struct Booking {
        /// Its id.
        pub id: TransferId,
        /// The account that paid.
        pub debit: AccountId,
        /// The account that received.
        pub credit: AccountId,
        /// How much.
        pub amount: Amount,
        /// Why.
        pub kind: TransferKind,
        /// A note for both.
        pub memo: String,
        /// What it belongs to.
        pub reference: Option<Uuid>,
        /// The hold that it settled.
        pub hold: Option<TransferId>,
        /// When it was booked.
        pub at: Moment,
        /// The payer's balance right after it.
        pub debit_balance: Amount,
        /// The receiver's balance right after it.
        pub credit_balance: Amount,
        /// The transfer before it on the account that paid.
        pub debit_previous: Option<TransferId>,
        /// The transfer before it on the account that received.
        pub credit_previous: Option<TransferId>,
    }
}

impl Booking {
    /// The answer to the same transfer sent again; refuses one that differs.
    pub(crate) fn again(&self, t: &Transfer) -> Result<Posted, LedgerError> {
        let differs = [
            ("form of payment", self.hold.is_some()),
            ("payer", self.debit != t.debit),
            ("receiver", self.credit != t.credit),
            ("amount", self.amount != t.amount),
            ("purpose", self.kind != t.kind),
            ("note", self.memo != t.memo),
            ("reference", self.reference != t.reference),
        ];
        match differs.into_iter().find(|(_, differs)| *differs) {
            Some((field, _)) => Err(LedgerError::SameIdOtherTransfer { field }),
            None => Ok(self.posted()),
        }
    }

    /// What is told of it when it comes again.
    pub(crate) const fn posted(&self) -> Posted {
        Posted {
            id: self.id,
            at: self.at,
            debit_balance: self.debit_balance,
            credit_balance: self.credit_balance,
            payer_warned: false,
            receiver_warned: false,
            fresh: false,
        }
    }
}

/// A transfer in the books.
pub fn find_transfer(tx: &mut Tx, id: TransferId) -> Result<Option<Booking>, Error> {
    tx.row(
        sql!("SELECT id, debit_id, credit_id, amount, kind, memo, reference, hold_id, at, debit_balance, credit_balance,
                     debit_previous, credit_previous
                FROM transfers WHERE id = ?1"),
        &[&id],
    )
}

/// What has this id already: a transfer, or a hold, which shares the space of ids and here looks like a transfer that
/// settles itself.
pub(crate) fn find_known(tx: &mut Tx, id: TransferId) -> Result<Option<Booking>, Error> {
    Ok(find_all_known(tx, &Ids::from_iter([id]))?.pop())
}

/// As [`find_known`], for a batch.
pub(crate) fn find_all_known(tx: &mut Tx, ids: &Ids) -> Result<Vec<Booking>, Error> {
    tx.rows(
        sql!("SELECT t.id, t.debit_id, t.credit_id, t.amount, t.kind, t.memo, t.reference, t.hold_id, t.at,
                     t.debit_balance, t.credit_balance, t.debit_previous, t.credit_previous
                FROM ids(?1) AS wanted JOIN transfers t ON t.id = wanted.id
              UNION ALL
              SELECT h.id, h.debit_id, h.credit_id, h.amount, h.kind, h.memo, h.reference, h.id, h.at, 0, 0, NULL, NULL
                FROM ids(?1) AS wanted JOIN holds h ON h.id = wanted.id"),
        &[ids],
    )
}

/// Adds rows to the books.
pub(crate) fn write_bookings(tx: &mut Tx, bookings: &[&Booking]) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> = bookings
        .iter()
        .map(|b| {
            let row: Vec<&dyn Bind> = vec![
                &b.id,
                &b.debit,
                &b.credit,
                &b.amount,
                &b.kind,
                &b.memo,
                &b.reference,
                &b.hold,
                &b.at,
                &b.debit_balance,
                &b.credit_balance,
                &b.debit_previous,
                &b.credit_previous,
            ];
            row
        })
        .collect();
    let written = tx.exec_many(
        sql!(
            "INSERT INTO transfers (id, debit_id, credit_id, amount, kind, memo, reference, hold_id, at,
                     debit_balance, credit_balance, debit_previous, credit_previous)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (id) DO NOTHING"
        ),
        &rows,
    )?;
    // Somebody who pays from other accounts took an id in this very moment: look again.
    if usize::try_from(written) == Ok(bookings.len()) {
        Ok(())
    } else {
        Err(Error::Conflict("transfers".to_owned()))
    }
}
