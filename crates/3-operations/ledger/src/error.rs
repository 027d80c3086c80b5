//! Why the ledger refuses, in sentences for members. What a page or an API makes of them is decided elsewhere.

use planet_ontology::{
    ids::{AccountId, CurrencyId, TransferId},
    units::Amount,
};
use planet_store::MaybeRetry;

use crate::{Currency, HoldOutcome};

/// Why value was not moved. The plain `Display` has no amounts, since these need a currency to be read:
/// [`LedgerError::sentence`] has them.
///
/// A refusal is not remembered here: the same transfer sent again is decided again, and may succeed once the payer has
/// more. That a *repeated act* gets its first answer is the corridor's promise, which stores outcomes by key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LedgerError {
    /// Zero, or less.
    #[error("The amount must be more than zero.")]
    AmountNotPositive,
    /// Payer and receiver are one account.
    #[error("You can't pay yourself. Choose somebody else.")]
    ToOneself,
    /// More than [`crate::MEMO`] characters.
    #[error("The note is {by} characters too long. Please shorten it.")]
    MemoTooLong {
        /// Characters too many.
        by: usize,
    },
    /// No such account.
    #[error("There is no such account. Check whom you chose, and that they use this currency.")]
    AccountUnknown(AccountId),
    /// The account was closed.
    #[error("This account is closed, so nothing can be paid from it or to it.")]
    AccountClosed(AccountId),
    /// The accounts are in two currencies.
    #[error("Payer and receiver must use the same currency.")]
    DifferentCurrencies,
    /// The payer would go below the lower limit, all open holds counted.
    #[error("This is more than the payer's account may spend.")]
    OverLowerLimit {
        /// How far below the limit it would go.
        by: Amount,
        /// The limit.
        min: Amount,
        /// What may be spent at present.
        available: Amount,
    },
    /// The receiver would go above the upper limit, all open holds counted.
    #[error(
        "The receiver's account can't take this much at present. A smaller amount may fit; they may also spend something first."
    )]
    OverUpperLimit {
        /// How far above the limit it would go.
        by: Amount,
        /// The limit.
        max: Amount,
    },
    /// A counter of 64 bits would overflow.
    #[error("This amount is more than the ledger can count.")]
    TooLarge,
    /// The id is taken by a transfer that differs. Nothing was moved now.
    #[error("This payment was made already, with another {field}. To pay once more, start a new payment.")]
    SameIdOtherTransfer {
        /// What differs.
        field: &'static str,
    },
    /// Nothing was put aside under this id.
    #[error("Nothing is put aside under this name.")]
    HoldUnknown(TransferId),
    /// What was put aside is so no more.
    #[error("{}", ended(*outcome))]
    HoldEnded {
        /// How it ended.
        outcome: HoldOutcome,
    },
    /// More is to be settled than was put aside.
    #[error("This is more than was put aside.")]
    OverHold {
        /// What was put aside.
        held: Amount,
    },
    /// A hold must last between a second and a year.
    #[error("Something can be put aside for a second at least and a year at most.")]
    Timeout {
        /// Seconds asked for.
        seconds: i64,
    },
    /// One of a chain of transfers was refused, so none of them took place.
    #[error("{because}")]
    Linked {
        /// Which one, counted from zero.
        position: usize,
        /// Why that one was refused.
        because: Box<LedgerError>,
    },
    /// No such currency.
    #[error("There is no such currency.")]
    CurrencyUnknown(CurrencyId),
    /// Another currency has this code, or this id.
    #[error("There is a currency called {code} already. Choose another short name.")]
    CodeTaken {
        /// The code.
        code: String,
    },
    /// Something about a new currency isn't right.
    #[error("{0}")]
    CurrencyRefused(&'static str),
    /// Limits must include zero, where every account starts, and the soft ones lie within the hard ones.
    #[error(
        "The lower limit can't be above zero, nor the upper one below. Warnings must lie between the two."
    )]
    LimitsOutOfOrder,
    /// The id of a new account is taken by somebody else's.
    #[error("Another account has this name already.")]
    AccountIdTaken(AccountId),
    /// An account can be closed once its balance is zero and nothing is put aside.
    #[error("An account can be closed when its balance is zero and nothing is put aside on it.")]
    AccountNotEmpty(AccountId),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] planet_store::Error),
}

/// What to tell about a hold that has ended.
const fn ended(outcome: HoldOutcome) -> &'static str {
    match outcome {
        HoldOutcome::Settled => "What was put aside has been paid already.",
        HoldOutcome::Voided => "What was put aside has been given back.",
        HoldOutcome::Expired => "What was put aside was not used in time and has been given back.",
    }
}

impl LedgerError {
    /// A short stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AmountNotPositive => "amount-not-positive",
            Self::ToOneself => "to-oneself",
            Self::MemoTooLong { .. } => "memo-too-long",
            Self::AccountUnknown(_) => "account-unknown",
            Self::AccountClosed(_) => "account-closed",
            Self::DifferentCurrencies => "different-currencies",
            Self::OverLowerLimit { .. } => "over-lower-limit",
            Self::OverUpperLimit { .. } => "over-upper-limit",
            Self::TooLarge => "too-large",
            Self::SameIdOtherTransfer { .. } => "same-id-other-transfer",
            Self::HoldUnknown(_) => "hold-unknown",
            Self::HoldEnded { .. } => "hold-ended",
            Self::OverHold { .. } => "over-hold",
            Self::Timeout { .. } => "timeout",
            Self::Linked { because, .. } => because.code(),
            Self::CurrencyUnknown(_) => "currency-unknown",
            Self::CodeTaken { .. } => "code-taken",
            Self::CurrencyRefused(_) => "currency-refused",
            Self::LimitsOutOfOrder => "limits-out-of-order",
            Self::AccountIdTaken(_) => "account-id-taken",
            Self::AccountNotEmpty(_) => "account-not-empty",
            Self::Store(error) => error.code(),
        }
    }

    /// The sentence with its amounts, for the one who pays in this currency.
    ///
    /// The receiver's limit is told without numbers: together with the amount they would give away the receiver's
    /// balance to anybody who tries to pay.
    pub fn sentence(&self, currency: &Currency) -> String {
        let show = |amount: Amount| currency.show(amount);
        match self {
            Self::OverUpperLimit { .. } | Self::OverLowerLimit { .. } if currency.ending() => format!(
                "{} is being closed. What is left of it can only go back to those who stand for it.",
                currency.name
            ),
            Self::AccountClosed(_) if currency.ending() => {
                format!("{} has come to its end. Nothing can be paid in it any more.", currency.name)
            }
            Self::OverLowerLimit { by, min: Amount(0), available } => {
                format!(
                    "You have {} to spend; this payment would be {} too much.",
                    show(*available),
                    show(*by)
                )
            }
            Self::OverLowerLimit { by, min, .. } => format!(
                "You can go down to {}; this payment would take you {} below that.",
                show(*min),
                show(*by)
            ),
            Self::OverHold { held } => format!("This is more than the {} that were put aside.", show(*held)),
            Self::Linked { because, .. } => because.sentence(currency),
            other => other.to_string(),
        }
    }
}

impl MaybeRetry for LedgerError {
    fn store_error(&self) -> Option<&planet_store::Error> {
        match self {
            Self::Store(error) => Some(error),
            Self::Linked { because, .. } => because.store_error(),
            _ => None,
        }
    }
}
