//! Transfers one by one: the definition of what moving value means. [`crate::transfer_many`] is the quick way to the same books.

use planet_ontology::{
    ids::{AccountId, TransferId},
    units::{Amount, Moment},
};
use planet_store::Tx;
use uuid::Uuid;

use crate::{
    LedgerError,
    account::{lock_pair, write_pair},
    booking::{find_known, write_bookings},
    lots,
    pair::check,
    words::words,
};

/// Characters that the note on a transfer may have.
pub const MEMO: usize = 280;

words! {
    /// Why value moves. All kinds move by the same rules.
    pub enum TransferKind, "a kind of transfer" {
        /// Somebody pays somebody.
        Payment = "payment",
        /// A payment is given back, wholly or in part.
        Refund = "refund",
        /// A share of a payment for the commons.
        Levy = "levy",
        /// A share of what lies idle for the commons.
        Demurrage = "demurrage",
        /// A mistake is mended.
        Correction = "correction",
        /// The issuer hands out what it stands for.
        Issue = "issue",
        /// The issuer takes back what it stands for, and delivers.
        Redemption = "redemption",
        /// What was not spent in time goes back to its issuer.
        Expiry = "expiry",
        /// One half of an exchange of two currencies.
        Exchange = "exchange",
        /// Money of the world was handed to its holder.
        PayIn = "pay-in",
        /// Money of the world was handed out by its holder.
        PayOut = "pay-out",
        /// What was left when a currency ended.
        RunOff = "run-off",
    }
}

/// What is to be moved.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// Made by the payer's device and kept there, so that it can be sent again safely.
    pub id: TransferId,
    /// The account that pays.
    pub debit: AccountId,
    /// The account that receives.
    pub credit: AccountId,
    /// How much, in minor units; more than zero.
    pub amount: Amount,
    /// Why.
    pub kind: TransferKind,
    /// A note for both, up to [`MEMO`] characters.
    pub memo: String,
    /// What it belongs to, such as a request, an order, or the transfer that it gives back.
    pub reference: Option<Uuid>,
}

/// A transfer that is in the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Posted {
    /// Its id.
    pub id: TransferId,
    /// When it was booked, by the ledger's clock.
    pub at: Moment,
    /// The payer's balance right after it.
    pub debit_balance: Amount,
    /// The receiver's balance right after it.
    pub credit_balance: Amount,
    /// Whether the payer went below a soft limit, and should be reminded. Said only when fresh.
    pub payer_warned: bool,
    /// Whether the receiver went above a soft limit, and should be reminded: that is for the receiver only. Said only when fresh.
    pub receiver_warned: bool,
    /// Whether it was booked now. False: the same transfer was there already.
    pub fresh: bool,
}

/// Moves value, or says why not. This is the definition.
///
/// # Errors
/// A refusal is found before anything is written. When [`LedgerError::Store`] says that a neighbour was quicker,
/// `store.write` runs the closure again.
pub fn transfer(tx: &mut Tx, t: &Transfer, now: Moment) -> Result<Posted, LedgerError> {
    check(t)?;
    let pair = lock_pair(tx, t.debit, t.credit)?;
    if let Some(known) = find_known(tx, t.id)? {
        return known.again(t);
    }
    let moved = pair.post(t, now)?;
    write_bookings(tx, &[&moved.booking])?;
    write_pair(tx, &pair, &moved.after)?;
    lots::follow(tx, &moved.booking, &moved.after.payer, &moved.after.receiver)?;
    Ok(moved.posted())
}
