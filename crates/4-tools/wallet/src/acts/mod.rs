//! What can be done with money: one file per use case.

pub mod annotate;
pub mod hold;
pub mod home;
pub mod open;
pub mod pay;
pub mod pay_many;
pub mod refund;
pub mod request;
pub(crate) mod wallets;

use planet_ontology::units::longer_than;

use crate::error::WalletError;

/// The longest note on a payment or a bill, in characters.
pub const MAX_MEMO: u32 = 280;

/// The note without blanks around it, if it is short enough.
pub(crate) fn checked_memo(memo: &str) -> Result<String, WalletError> {
    if longer_than(memo, MAX_MEMO) { Err(WalletError::MemoTooLong) } else { Ok(memo.trim().to_owned()) }
}
