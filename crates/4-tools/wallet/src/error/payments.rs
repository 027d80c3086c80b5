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
    /// More people than one bill is split among.
    #[error("A bill can be split among {0} people at the most.")]
    TooManyShares(usize),
    /// Somebody is asked for two shares.
    #[error("{0} is on the list twice.")]
    AskedTwice(String),
    /// No such standing payment, or it is somebody else's affair.
    #[error("There is no such standing payment. It may be somebody else's.")]
    StandingUnknown,
    /// It has ended.
    #[error("This standing payment has ended. Set up a new one.")]
    StandingEnded,
    /// A day that cannot be read.
    #[error("Please write the day as year-month-day, such as 2026-12-31.")]
    DayUnclear,
    /// The first day is over.
    #[error("The first day is over already. Choose today or a later day.")]
    FirstDayOver,
    /// The first day lies too far ahead.
    #[error("The first day can be five years ahead at the most.")]
    FirstDayFar,
    /// The last day is before the first.
    #[error("The last day lies before the first.")]
    LastDayFirst,
    /// A standing payment to oneself.
    #[error("You can't pay yourself. Choose somebody else.")]
    StandingToOneself,
    /// More than the account could ever pay at once.
    #[error("This is more than the account can ever pay at once.")]
    NeverAffordable,
    /// More standing payments than a wallet may have.
    #[error("This wallet has {0} standing payments, which is the most. Please end one first.")]
    TooManyStanding(i64),
    /// No such rate.
    #[error("There is no such rate.")]
    RateUnknown,
    /// A rate by which totals are counted, and at which nobody has to exchange.
    #[error("This rate is for totals only; nobody exchanges at it.")]
    RateForTotals,
    /// The rate no longer holds.
    #[error("This rate no longer holds. Look at the rates again.")]
    RateEnded,
    /// There is a newer one.
    #[error("The rate has changed meanwhile. Look at the new one before you exchange.")]
    RateChanged,
    /// One's own rate.
    #[error("This is your own rate. You cannot exchange with yourself.")]
    OwnRate,
    /// Too little to get even the smallest unit for it.
    #[error("For so little you would get nothing. Exchange a little more.")]
    TooLittleToExchange,
    /// Whoever posted the rate cannot exchange so much.
    #[error("They cannot exchange this much at present. Try a smaller amount, or ask them.")]
    CannotExchange,
    /// Whoever exchanges cannot take so much.
    #[error("Your own account cannot take this much. Exchange less.")]
    NoRoomToExchange,
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
            Self::TooManyShares(_) => "too_many_shares",
            Self::AskedTwice(_) => "asked_twice",
            Self::StandingUnknown => "standing_unknown",
            Self::StandingEnded => "standing_ended",
            Self::DayUnclear => "day_unclear",
            Self::FirstDayOver => "first_day_over",
            Self::FirstDayFar => "first_day_far",
            Self::LastDayFirst => "last_day_first",
            Self::StandingToOneself => "to_oneself",
            Self::NeverAffordable => "never_affordable",
            Self::TooManyStanding(_) => "too_many_standing",
            Self::RateUnknown => "rate_unknown",
            Self::RateForTotals => "rate_for_totals",
            Self::RateEnded => "rate_ended",
            Self::RateChanged => "rate_changed",
            Self::OwnRate => "own_rate",
            Self::TooLittleToExchange => "too_little_to_exchange",
            Self::CannotExchange => "cannot_exchange",
            Self::NoRoomToExchange => "no_room_to_exchange",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::HoldUnknown | Self::PaymentUnknown | Self::StandingUnknown | Self::RateUnknown => {
                RefusalKind::NotFound
            }
            Self::HoldNotForYou | Self::RefundByPayer => RefusalKind::NotAllowed,
            Self::RefundOfOther
            | Self::RefundTooMuch { .. }
            | Self::RefundToNobody
            | Self::RowRefused { .. }
            | Self::StandingEnded
            | Self::TooManyStanding(_)
            | Self::RateForTotals
            | Self::RateEnded
            | Self::RateChanged
            | Self::OwnRate
            | Self::CannotExchange
            | Self::NoRoomToExchange => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::RefundTooMuch { .. }
            | Self::NeverAffordable
            | Self::TooLittleToExchange
            | Self::CannotExchange
            | Self::NoRoomToExchange => Some("amount"),
            Self::NobodyListed | Self::TooManyRows(_) | Self::SumTooLarge => Some("list"),
            Self::TooManyShares(_) | Self::AskedTwice(_) => Some("people"),
            Self::DayUnclear | Self::FirstDayOver | Self::FirstDayFar => Some("first"),
            Self::LastDayFirst => Some("last"),
            Self::StandingToOneself => Some("to"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(PaymentError);
