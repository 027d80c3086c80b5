//! What a member can do wrong with money. The ledger tells its own refusals.

pub mod payments;

use planet_corridor::refusal::RefusalKind;
use planet_ontology::units::Amount;

/// The widest limit of an account: sums of many such balances are still counted exactly.
pub const WIDEST: Amount = Amount(1_000_000_000_000_000);

/// Why the wallet refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WalletError {
    /// There is no such wallet, or its owner has left.
    #[error("There is nobody here by that name who can be paid.")]
    PayeeUnknown,
    /// No such wallet to pay from.
    #[error("There is no such wallet to pay from.")]
    PayerUnknown,
    /// No such currency, or the one who acts does not hold it.
    #[error("You do not hold this currency.")]
    CurrencyUnknown,
    /// No such bill, or it is somebody else's affair.
    #[error("There is no such bill. It may be for somebody else.")]
    RequestUnknown,
    /// The bill is settled.
    #[error("This bill is settled already.")]
    RequestEnded,
    /// The amount of a bill is not positive.
    #[error("The amount must be more than zero.")]
    AmountNotPositive,
    /// More than the one who is asked could ever pay at once.
    #[error("This is more than they could ever pay at once. Please ask for it in parts.")]
    AmountTooLarge,
    /// A bill to oneself.
    #[error("You cannot send a bill to yourself.")]
    ToOneself,
    /// More open bills than anybody can answer.
    #[error("They have {0} open bills from you already. Please wait for an answer, or take one back.")]
    TooManyBills(i64),
    /// More text than allowed.
    #[error("Please keep the note to 280 characters.")]
    MemoTooLong,
    /// Limits that do not contain zero.
    #[error("The lower limit must be zero or below, the upper limit zero or above.")]
    LimitsWrong,
    /// Limits wider than anything that money is counted in.
    #[error("Limits go to {} at the most, in the currency's smallest unit.", WIDEST.show(0))]
    LimitsTooWide,
}

impl WalletError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PayeeUnknown => "payee_unknown",
            Self::PayerUnknown => "payer_unknown",
            Self::CurrencyUnknown => "currency_unknown",
            Self::RequestUnknown => "request_unknown",
            Self::RequestEnded => "request_ended",
            Self::AmountNotPositive => "amount_not_positive",
            Self::AmountTooLarge => "amount_too_large",
            Self::ToOneself => "to_oneself",
            Self::TooManyBills(_) => "too_many_bills",
            Self::MemoTooLong => "memo_too_long",
            Self::LimitsWrong => "limits_wrong",
            Self::LimitsTooWide => "limits_too_wide",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::PayerUnknown | Self::RequestUnknown => RefusalKind::NotFound,
            Self::RequestEnded | Self::TooManyBills(_) => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::PayeeUnknown | Self::ToOneself => Some("to"),
            Self::AmountNotPositive | Self::AmountTooLarge => Some("amount"),
            Self::CurrencyUnknown => Some("currency"),
            Self::MemoTooLong => Some("memo"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(WalletError);
