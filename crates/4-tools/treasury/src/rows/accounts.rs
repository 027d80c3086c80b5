//! Where members want to be paid out to. Kept only as long as a pay-out needs it.

use crate::bank::details::BankDetails;
use planet_ontology::ids::{AgentId, BankAccountId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};

record! {
    /// A member's account at a bank.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AccountRow {
        /// Its id.
        pub id: BankAccountId,
        /// Whose it is.
        pub owner: AgentId,
        /// The name on it.
        pub account_name: String,
        /// Its IBAN.
        pub iban: String,
        /// The bank's BIC.
        pub bic: String,
        /// Its sort code.
        pub sort_code: String,
        /// Its number.
        pub account_number: String,
    }
}

impl AccountRow {
    /// As bank details.
    pub fn bank(self) -> BankDetails {
        BankDetails {
            account_name: self.account_name,
            iban: self.iban,
            bic: self.bic,
            sort_code: self.sort_code,
            account_number: self.account_number,
        }
    }
}

/// Keeps an account.
pub fn keep(
    tx: &mut Tx,
    id: BankAccountId,
    owner: AgentId,
    bank: &BankDetails,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO bank_accounts (id, owner_id, account_name, iban, bic, sort_code, account_number, created)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        &[&id, &owner, &bank.account_name, &bank.iban, &bank.bic, &bank.sort_code, &bank.account_number, &now],
    )?;
    Ok(())
}

/// An account by its id.
pub fn find(tx: &mut Tx, id: BankAccountId) -> Result<Option<AccountRow>, Error> {
    tx.row(
        sql!("SELECT id, owner_id, account_name, iban, bic, sort_code, account_number FROM bank_accounts WHERE id = ?1"),
        &[&id],
    )
}

/// Forgets an account.
pub fn forget(tx: &mut Tx, id: BankAccountId) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM bank_accounts WHERE id = ?1"), &[&id])?;
    Ok(())
}

/// Forgets an account unless something is still to be sent to it.
pub fn forget_unused(tx: &mut Tx, id: BankAccountId) -> Result<(), Error> {
    tx.exec(
        sql!(
            "DELETE FROM bank_accounts WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM pay_outs p WHERE p.account_id = ?1 AND p.state IN ('asked', 'sending'))"
        ),
        &[&id],
    )?;
    Ok(())
}
