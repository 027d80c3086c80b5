//! Proof of payment: a receipt that the club signs and both sides keep, as a W3C verifiable credential. It holds without the club's
//! node: first as the club's promise that the payment is in its log, later with the proof. docs/protocols/receipts.md has every byte.

mod credential;
mod link;
mod verify;

pub use credential::{CONTEXT, TYPE, credential};
pub use link::{Said, link, read_link};
pub use verify::{Checked, ReceiptRefused, verify};

#[cfg(test)]
mod tests;

use planet_identity::keys::Key;

/// What the club signs receipts with, as the node furnishes it: the key that signs its checkpoints.
pub struct Seal {
    /// The key.
    pub key: Key,
}
