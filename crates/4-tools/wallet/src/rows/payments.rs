//! The rows of what payments need beyond the ledger's: what was given back of each, and what is put aside for the commons.

use planet_ontology::ids::TransferId;
use planet_ontology::units::Amount;
use planet_store::{Error, Tx, sql};

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

/// Remembers what is put aside for the commons together with a hold.
pub fn hold_levy(tx: &mut Tx, hold: TransferId, levy: TransferId) -> Result<(), Error> {
    tx.exec(sql!("INSERT INTO hold_levies (hold_id, levy_id) VALUES (?1, ?2)"), &[&hold, &levy])?;
    Ok(())
}

/// What is put aside for the commons together with a hold.
pub fn levy_of_hold(tx: &mut Tx, hold: TransferId) -> Result<Option<TransferId>, Error> {
    let row =
        tx.row::<(TransferId,)>(sql!("SELECT levy_id FROM hold_levies WHERE hold_id = ?1"), &[&hold])?;
    Ok(row.map(|(id,)| id))
}
