//! What a member can do wrong with payments that are more than one transfer: put aside, given back, in lists, on a schedule.

use planet_corridor::refusal::RefusalKind;

/// Why such a payment is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentError {
    /// Nothing was put aside under this id, or it is somebody else's affair.
    #[error("There is nothing put aside here. It may be for somebody else.")]
    HoldUnknown,
    /// The payer wants to take for the payee.
    #[error("Only whoever it was put aside for can take it. You can take it back.")]
    HoldNotForYou,
    /// There is no such payment, or it is somebody else's affair.
    #[error("There is no such payment. It may be somebody else's.")]
    PaymentUnknown,
    /// Whoever paid wants to give back for the other side.
    #[error("Only whoever was paid can give it back. Ask them; they find the payment in their statement.")]
    RefundByPayer,
    /// Only payments can be given back, not refunds, levies or exchanges.
    #[error("Only a payment can be given back, and this is not one.")]
    RefundOfOther,
    /// More is to be given back than is left of the payment.
    #[error("Of this payment {left} are left to be given back.")]
    RefundTooMuch {
        /// What is left, in words.
        left: String,
    },
    /// Whoever paid has left the club.
    #[error("Whoever paid this has left, so nothing can be given back to them here.")]
    RefundToNobody,
    /// A list of nobody.
    #[error("There is nobody on this list yet.")]
    NobodyListed,
    /// More rows than one list may have.
    #[error("This list has more than {0} rows. Please send it in parts.")]
    TooManyRows(usize),
    /// One row of a list is refused, so nothing was paid.
    #[error("Nothing was paid. Row {row} ({who}) is the reason: {because}")]
    RowRefused {
        /// The row, counted from one.
        row: usize,
        /// Who was to be paid.
        who: String,
        /// Why not, in a sentence.
        because: String,
    },
    /// All amounts together are more than can be counted.
    #[error("Together this is more than can be counted.")]
    SumTooLarge,
}

impl PaymentError {
    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::HoldUnknown => "hold_unknown",
            Self::HoldNotForYou => "hold_not_for_you",
            Self::PaymentUnknown => "payment_unknown",
            Self::RefundByPayer => "refund_by_payer",
            Self::RefundOfOther => "refund_of_other",
            Self::RefundTooMuch { .. } => "refund_too_much",
            Self::RefundToNobody => "refund_to_nobody",
            Self::NobodyListed => "nobody_listed",
            Self::TooManyRows(_) => "too_many_rows",
            Self::RowRefused { .. } => "row_refused",
            Self::SumTooLarge => "sum_too_large",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::HoldUnknown | Self::PaymentUnknown => RefusalKind::NotFound,
            Self::HoldNotForYou | Self::RefundByPayer => RefusalKind::NotAllowed,
            Self::RefundOfOther
            | Self::RefundTooMuch { .. }
            | Self::RefundToNobody
            | Self::RowRefused { .. } => RefusalKind::Conflict,
            Self::NobodyListed | Self::TooManyRows(_) | Self::SumTooLarge => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::RefundTooMuch { .. } => Some("amount"),
            Self::NobodyListed | Self::TooManyRows(_) | Self::SumTooLarge => Some("list"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(PaymentError);
