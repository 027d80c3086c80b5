//! The rows of what payments need beyond the ledger's: what was given back of each, what belongs to a hold, and which
//! currency a member counts in.

use planet_ledger::Transfer;
use planet_ontology::ids::{AccountId, CurrencyId, MemberId, TransferId};
use planet_ontology::units::Amount;
use planet_store::{Error, Ids, Tx, record, sql};

/// How much of a payment was given back so far.
pub fn refunded(tx: &mut Tx, payment: TransferId) -> Result<Amount, Error> {
    let row = tx.row::<(Amount,)>(sql!("SELECT amount FROM refunded WHERE transfer_id = ?1"), &[&payment])?;
    Ok(row.map(|(amount,)| amount).unwrap_or_default())
}

/// Counts this much as given back, unless it would be more than was paid: then nothing happens, and the answer is false.
pub fn add_refund(tx: &mut Tx, payment: TransferId, amount: Amount, paid: Amount) -> Result<bool, Error> {
    if amount > paid {
        return Ok(false);
    }
    let counted = tx.exec(
        sql!(
            "INSERT INTO refunded (transfer_id, amount) VALUES (?1, ?2)
             ON CONFLICT (transfer_id) DO UPDATE SET amount = refunded.amount + excluded.amount
              WHERE refunded.amount <= CAST(?3 AS BIGINT) - excluded.amount"
        ),
        &[&payment, &amount, &paid],
    )?;
    Ok(counted == 1)
}

/// Remembers a hold, and what is put aside for the commons with it.
pub fn add_hold(tx: &mut Tx, hold: &Transfer, levy: Option<TransferId>) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO wallet_holds (hold_id, debit_id, credit_id, levy_id, paid_id) VALUES (?1, ?2, ?3, ?4, NULL)"
        ),
        &[&hold.id, &hold.debit, &hold.credit, &levy],
    )?;
    Ok(())
}

/// Remembers by which transfer a hold was taken.
pub fn hold_paid(tx: &mut Tx, hold: TransferId, paid: TransferId) -> Result<(), Error> {
    tx.exec(sql!("UPDATE wallet_holds SET paid_id = ?2 WHERE hold_id = ?1"), &[&hold, &paid])?;
    Ok(())
}

record! {
    /// What belongs to a hold.
    #[derive(Clone, Copy, Debug, Default)]
    pub struct Held {
        /// What is put aside for the commons with it.
        pub levy: Option<TransferId>,
        /// The transfer by which it was taken.
        pub paid: Option<TransferId>,
    }
}

/// What belongs to a hold.
pub fn find_held(tx: &mut Tx, hold: TransferId) -> Result<Held, Error> {
    let found = tx.row(sql!("SELECT levy_id, paid_id FROM wallet_holds WHERE hold_id = ?1"), &[&hold])?;
    Ok(found.unwrap_or_default())
}

/// The holds from these accounts or for them, open ones first, the newest first.
pub fn latest_holds(tx: &mut Tx, accounts: Vec<AccountId>, limit: i64) -> Result<Vec<TransferId>, Error> {
    let accounts = Ids(accounts.into_iter().map(|account| account.0).collect());
    let rows: Vec<(TransferId,)> = tx.rows(
        sql!(
            "SELECT h.id FROM holds h
              WHERE h.id IN (SELECT hold_id FROM wallet_holds WHERE debit_id IN (SELECT id FROM ids(?1))
                              UNION
                             SELECT hold_id FROM wallet_holds WHERE credit_id IN (SELECT id FROM ids(?1)))
              ORDER BY CASE WHEN h.outcome IS NULL THEN 0 ELSE 1 END, h.at DESC, h.id DESC LIMIT ?2"
        ),
        &[&accounts, &limit],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// The currency that a member counts in, if they have said so.
pub fn home_of(tx: &mut Tx, member: MemberId) -> Result<Option<CurrencyId>, Error> {
    let row = tx
        .row::<(CurrencyId,)>(sql!("SELECT home_id FROM wallet_settings WHERE member_id = ?1"), &[&member])?;
    Ok(row.map(|(id,)| id))
}

/// Sets the currency that a member counts in.
pub fn set_home(tx: &mut Tx, member: MemberId, currency: CurrencyId) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO wallet_settings (member_id, home_id) VALUES (?1, ?2)
             ON CONFLICT (member_id) DO UPDATE SET home_id = excluded.home_id"
        ),
        &[&member, &currency],
    )?;
    Ok(())
}
