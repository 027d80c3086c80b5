//! What can go wrong with dues and shares.

use crate::terms::{LONGEST_NOTICE, LONGEST_WORDS, MOST, MOST_SHARES, MOST_YEARS};
use planet_corridor::refusal::RefusalKind;

/// Declares the errors with their code, kind and field, so that each is said once.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident $(($type:ty))? = $code:literal, $kind:ident $(, $field:literal)? => $sentence:literal $(, $value:expr)?;)+) => {
        /// Why something about dues or shares is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum DuesError {
            $($(#[$doc])* #[error($sentence $(, $value)?)] $name $(($type))?,)+
        }

        impl DuesError {
            /// A stable word for programs.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)+ }
            }

            /// What kind of answer it is.
            pub const fn kind(self) -> RefusalKind {
                match self { $(Self::$name { .. } => RefusalKind::$kind,)+ }
            }

            /// The form field that is wrong.
            pub const fn field(self) -> Option<&'static str> {
                let fields: &[&'static str] = match self { $(Self::$name { .. } => &[$($field)?],)+ };
                match fields { [field, ..] => Some(*field), [] => None }
            }
        }
    };
}

errors! {
    /// An amount below zero, or astronomical.
    AmountOutOfRange = "amount_out_of_range", Input, "dues" => "An amount is zero or more, and at the most {}.", MOST;
    /// An amount that cannot be read; the page says how in the money's own words.
    AmountUnclear = "amount_unclear", Input, "dues" => "This is not an amount. Write a number such as 12 or 12.50.";
    /// A currency that is not there, or is being ended.
    CurrencyUnusable = "currency_unusable", Input, "currency" => "Choose a currency of the club that is in use and stays so.";
    /// A rhythm that is none.
    PeriodUnknown = "period_unknown", Input, "every" => "Dues are due every month, quarter or year.";
    /// A first day that is none.
    DayUnclear = "day_unclear", Input, "first" => "Write the first day as 2026-12-31.";
    /// A first day long ago or far ahead.
    DayOutOfRange = "day_out_of_range", Input, "first" => "The first day is today or later, and within two years.";
    /// Shares that make no sense.
    SharesOutOfRange = "shares_out_of_range", Input, "most_shares" => "The least number of shares is zero or more, and the most is at least that and no more than {}.", MOST_SHARES;
    /// Shares without a price, or a price without shares.
    PriceMissing = "price_missing", Input, "share_price" => "Where there are shares they have a price above zero; where there are none, leave price and numbers at zero.";
    /// A notice that is none.
    NoticeOutOfRange = "notice_out_of_range", Input, "notice_days" => "The notice is 0 to {} days.", LONGEST_NOTICE;
    /// Years for which past members are kept that make no sense.
    YearsOutOfRange = "years_out_of_range", Input, "keep_years" => "Past members stay in the register for 1 to {} years.", MOST_YEARS;
    /// Words that are too long.
    TooLong = "too_long", Input, "words" => "Please keep this to {} characters.", LONGEST_WORDS;
    /// A hardship rule that is missing.
    HardshipMissing = "hardship_missing", Input, "hardship" => "Say in a sentence or two what somebody does who cannot pay. Up to 1000 characters.";
    /// There are no terms.
    NoTerms = "no_terms", Conflict => "The members have not decided yet what membership costs.";
    /// No such line, or somebody else's.
    LineUnknown = "line_unknown", NotFound => "There is no such amount to pay. It may be somebody else's.";
    /// Paid, waived or set off already.
    LineSettled = "line_settled", Conflict => "This was settled in the meantime. Nothing was paid twice.";
    /// Not a mail address.
    EmailWrong = "email_wrong", Input, "email" => "This is not a mail address. Leave it empty if you want no reminders by mail.";
    /// A kind of relief that there is not.
    KindUnknown = "kind_unknown", Input, "kind" => "Choose what would help: to pay less, to pause, or to have what is open waived.";
    /// A share that is none.
    PercentOutOfRange = "percent_out_of_range", Input, "percent" => "Say how much of the dues can be paid, from 1 to 99 in a hundred.";
    /// A day that is none, past or far ahead.
    UntilOutOfRange = "until_out_of_range", Input, "until" => "Choose a last day that lies ahead, within three years.";
    /// One request at a time.
    ReliefWaits = "relief_waits", Conflict => "You have asked already. Please wait for the answer, or take your request back first.";
    /// No such request, or somebody else's.
    ReliefUnknown = "relief_unknown", NotFound => "There is no such request. It may be somebody else's.";
    /// Answered or taken back.
    ReliefSettled = "relief_settled", Conflict => "This request was answered or taken back in the meantime.";
    /// One's own affair.
    OwnAffair = "own_affair", NotAllowed => "This is your own affair, so somebody else has to decide it.";
    /// The club has no shares.
    NoShares = "no_shares", Conflict => "This club has no member shares.";
    /// No shares at all, or less.
    NumberOutOfRange = "number_out_of_range", Input, "number" => "Write a whole number of shares, one or more.";
    /// More than one member may hold.
    OverMost(i64) = "over_most", Conflict, "number" => "A member may hold {0} shares at the most.";
    /// Fewer than a member has to hold.
    UnderLeast(i64) = "under_least", Conflict, "number" => "A member holds {0} shares at the least. Whoever leaves the club gets all of them back.";
    /// The members have decided another price.
    PriceChanged = "price_changed", Conflict, "number" => "The price of a share was changed in the meantime. Please look at it again.";
    /// More than there are.
    MoreThanHeld(i64) = "more_than_held", Conflict, "number" => "Only {0} of your shares are not being repaid already.";
    /// No such repayment, or somebody else's affair.
    RepaymentUnknown = "repayment_unknown", NotFound => "There is no such repayment. It may be somebody else's affair.";
    /// Repaid or taken back.
    RepaymentSettled = "repayment_settled", Conflict => "These shares were repaid or kept in the meantime.";
    /// The notice has not passed.
    NoticeRuns = "notice_runs", Conflict => "The notice that the terms set has not passed yet.";
    /// Somebody who left cannot change their mind about shares.
    HasLeft = "has_left", Conflict => "Whoever has left the club holds no shares any more.";
    /// No wallet in this currency.
    WalletMissing = "wallet_missing", Conflict => "There is no wallet in this currency any more. Please settle it in another way and say so.";
    /// No such member.
    MemberUnknown = "member_unknown", NotFound => "There is no such entry in the register, or it is not for you to see.";
    /// Only those who keep the books.
    KeepersOnly = "keepers_only", NotFound => "This page is for those who keep the club's books.";
}

planet_corridor::refuses!(DuesError);
