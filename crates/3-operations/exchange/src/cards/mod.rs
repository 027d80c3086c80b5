//! Card payments through `PaymentIntents`: a thin client of the few endpoints that we need, at the address that the operator named,
//! and the signature of what the processor sends. It books nothing and knows no member.
//!
//! Source: the processor's public API reference for `PaymentIntents`, refunds and webhook signatures.

mod client;
mod order;
mod webhook;

pub use client::{CardOptions, Cards};
pub use order::{Intent, Order, Refund};
pub use webhook::{Event, SignatureError, verify};

/// Why the card processor gave no useful answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// No answer at all, or none in time.
    #[error("The card processor does not answer.")]
    Unreachable,
    /// It says no, with its own code.
    #[error("The card processor refuses: {0}.")]
    Refused(String),
    /// It has no such thing.
    #[error("The card processor does not know this.")]
    Unknown,
    /// An answer that makes no sense, or that is far too long.
    #[error("The card processor's answer makes no sense.")]
    Unclear,
}
