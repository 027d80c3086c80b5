//! What a member can do wrong with money. The ledger tells its own refusals.

pub mod payments;

use planet_corridor::refusal::RefusalKind;
use planet_purse::WIDEST;

/// Why the wallet refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WalletError {
    /// There is no such wallet, or its owner has left.
    #[error("There is nobody here by that name who can be paid.")]
    PayeeUnknown,
    /// Money of the world, for somebody who has not said that they take it.
    #[error(
        "They have no account in this money yet. They can open one where it is shown under Money of the world."
    )]
    PayeeHasNone,
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
    /// No such transfer, or on nobody's account that one may look at.
    #[error("There is no such payment in this wallet.")]
    TransferUnknown,
    /// The log's entry for a transfer is not there.
    #[error("The log has no entry for this payment that could prove it.")]
    NotInLog,
    /// A longer category than allowed.
    #[error("Please keep the category to 40 characters.")]
    CategoryTooLong,
    /// A longer note than allowed.
    #[error("Please keep the note to 500 characters.")]
    NoteTooLong,
    /// No such file, or not for this member.
    #[error("There is no such file.")]
    FileUnknown,
    /// An empty file, one that is too large, or not as large as it says.
    #[error("A receipt has up to 1 MB. Please take a smaller photograph, or make the file smaller.")]
    FileSize,
    /// Not of a kind that can be attached, or not what it says it is.
    #[error("This is not a photograph (JPEG, PNG or WebP) or a PDF. Please choose one of these.")]
    FileKind,
    /// More files than a transfer takes.
    #[error("There are five files on this payment already. Take one away first.")]
    TooManyFiles,
    /// The same file a second time.
    #[error("This very file is attached already.")]
    FileThere,
    /// A date that is none, or an end before the beginning.
    #[error("This is not a time from one day to a later one. Write days as 2026-01-31.")]
    DaysUnclear,
    /// A filter that there is not.
    #[error("There is no such filter.")]
    FilterUnknown,
    /// More lines than one export takes.
    #[error("These are too many movements for one file. Please choose a shorter time, or one account.")]
    TooManyLines,
    /// A program that we write no files for.
    #[error("There is no such kind of file. Choose CSV, ledger, hledger, beancount or OFX.")]
    FormatUnknown,
    /// Limits that do not contain zero.
    #[error("The lower limit must be zero or below, the upper limit zero or above.")]
    LimitsWrong,
    /// Limits wider than anything that money is counted in.
    #[error("Limits go to {} at the most, in the currency's smallest unit.", WIDEST.show(0))]
    LimitsTooWide,
    /// A warning beyond a limit, or on the wrong side of zero.
    #[error("A warning must lie between zero and the limit that it warns of.")]
    SoftLimitsWrong,
    /// Limits of a claim on money at a bank.
    #[error("What can be held of this money is agreed with its holder, not set here.")]
    LimitsOfMoney,
}

impl WalletError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PayeeUnknown => "payee_unknown",
            Self::PayeeHasNone => "payee_has_none",
            Self::PayerUnknown => "payer_unknown",
            Self::CurrencyUnknown => "currency_unknown",
            Self::RequestUnknown => "request_unknown",
            Self::RequestEnded => "request_ended",
            Self::AmountNotPositive => "amount_not_positive",
            Self::AmountTooLarge => "amount_too_large",
            Self::ToOneself => "to_oneself",
            Self::TooManyBills(_) => "too_many_bills",
            Self::MemoTooLong => "memo_too_long",
            Self::TransferUnknown => "transfer_unknown",
            Self::NotInLog => "not_in_log",
            Self::CategoryTooLong => "category_too_long",
            Self::NoteTooLong => "note_too_long",
            Self::FileUnknown => "file_unknown",
            Self::FileSize => "file_size",
            Self::FileKind => "file_kind",
            Self::TooManyFiles => "too_many_files",
            Self::FileThere => "file_there",
            Self::DaysUnclear => "days_unclear",
            Self::FilterUnknown => "filter_unknown",
            Self::TooManyLines => "too_many_lines",
            Self::FormatUnknown => "format_unknown",
            Self::LimitsWrong => "limits_wrong",
            Self::LimitsTooWide => "limits_too_wide",
            Self::SoftLimitsWrong => "soft_limits_wrong",
            Self::LimitsOfMoney => "limits_of_money",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::PayerUnknown
            | Self::RequestUnknown
            | Self::TransferUnknown
            | Self::FileUnknown
            | Self::NotInLog => RefusalKind::NotFound,
            Self::RequestEnded | Self::TooManyBills(_) | Self::TooManyFiles | Self::FileThere => {
                RefusalKind::Conflict
            }
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::PayeeUnknown | Self::PayeeHasNone | Self::ToOneself => Some("to"),
            Self::AmountNotPositive | Self::AmountTooLarge => Some("amount"),
            Self::CurrencyUnknown => Some("currency"),
            Self::MemoTooLong => Some("memo"),
            Self::CategoryTooLong => Some("category"),
            Self::NoteTooLong => Some("note"),
            Self::FileSize | Self::FileKind | Self::TooManyFiles | Self::FileThere => Some("file"),
            Self::DaysUnclear => Some("from"),
            Self::FormatUnknown => Some("format"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(WalletError);
