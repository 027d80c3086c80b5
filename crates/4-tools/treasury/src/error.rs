//! What can go wrong with money of the world.

use planet_corridor::refusal::RefusalKind;

/// Declares the errors with their code, kind and field, so that each is said once.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident $(($type:ty))? = $code:literal, $kind:ident $(, $field:literal)? => $sentence:literal;)+) => {
        /// Why something about money of the world is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum TreasuryError {
            $($(#[$doc])* #[error($sentence)] $name $(($type))?,)+
        }

        impl TreasuryError {
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
    /// No such currency, or none that somebody holds.
    HoldingUnknown = "holding_unknown", NotFound => "Nobody here holds this money.";
    /// No such pay-in, or it is somebody else's affair.
    PayInUnknown = "pay_in_unknown", NotFound => "There is no such payment in. It may be somebody else's.";
    /// No such pay-out, or it is somebody else's affair.
    PayOutUnknown = "pay_out_unknown", NotFound => "There is no such payment out. It may be somebody else's.";
    /// No such line, or it is somebody else's affair.
    LineUnknown = "line_unknown", NotFound => "There is no such line on a statement.";
    /// The holder is no group.
    HolderUnknown = "holder_unknown", NotFound => "Only the club or a group can hold money for members.";
    /// No member of that name.
    MemberUnknown = "member_unknown", Input, "member" => "There is no active member of that name.";
    /// A person for cash who is none.
    CashPersonUnknown = "cash_person_unknown", Input, "cash" => "Name active members who take cash, by their handles, such as @rosa.";
    /// A money that is not on the list.
    MoneyUnknown = "money_unknown", Input, "iso" => "Choose one of the moneys on the list.";
    /// The same holder, the same money, twice.
    HeldAlready = "held_already", Conflict, "iso" => "This group holds this money already.";
    /// Nobody could confirm anything.
    NobodyKeeps = "nobody_keeps", Conflict => "This group has no treasurer and no steward who could confirm what comes in. Choose one first.";
    /// No name on the account.
    AccountNameWrong = "account_name_wrong", Input, "account_name" => "Write the name on the bank account, up to 70 characters.";
    /// An IBAN with a slip of the pen.
    IbanWrong = "iban_wrong", Input, "iban" => "This IBAN is not right: its check digits do not agree. Please compare it sign by sign.";
    /// A BIC that is none.
    BicWrong = "bic_wrong", Input, "bic" => "A BIC has 8 or 11 letters and digits, such as COBADEFF.";
    /// No account at all.
    AccountMissing = "account_missing", Input, "iban" => "Write an IBAN, or a sort code and an account number.";
    /// A sort code that is none.
    SortCodeWrong = "sort_code_wrong", Input, "sort_code" => "A sort code has six digits, such as 60-16-13.";
    /// An account number that is none.
    AccountNumberWrong = "account_number_wrong", Input, "account_number" => "An account number has 6 to 10 digits.";
    /// No account was told for a pay-out.
    AccountUnknown = "account_unknown", Input, "iban" => "Say to which bank account it is to be sent.";
    /// A term that was left out.
    TermsMissing(&'static str) = "terms_missing", Input, "leaving" => "Say in a sentence {0}. Whoever hands over money wants to know.";
    /// A term that is too long.
    TermsTooLong(u32) = "terms_too_long", Input, "leaving" => "Please keep each of the terms to {0} characters.";
    /// A cap that is none.
    CapWrong = "cap_wrong", Input, "cap" => "Say how much may be held at the most: more than zero, and not astronomical.";
    /// A cap below what is held.
    CapTooLow = "cap_too_low", Conflict, "cap" => "More than this is held already.";
    /// Nothing, or less.
    AmountNotPositive = "amount_not_positive", Input, "amount" => "The amount must be more than zero.";
    /// An amount that cannot be read.
    AmountUnclear = "amount_unclear", Input, "amount" => "This is not an amount of this money. Write a number such as 12 or 12.50.";
    /// More than the holder wants to hold.
    OverCap = "over_cap", Conflict, "amount" => "With this, more would be held than the holder has agreed to. Pay in less, or ask the holder to raise the limit.";
    /// The holder has decided to stop.
    Closing = "closing", Conflict => "The holder has decided to stop holding this money. What is there can be paid out; nothing new comes in.";
    /// A way that the holder does not offer.
    WayUnknown = "way_unknown", Input, "how" => "Choose how you pay in: by bank, in cash or by card.";
    /// Cash, and to whom?
    CashToWhom = "cash_to_whom", Input, "named" => "Choose whom you hand the cash to. Only those who are named for it can take it.";
    /// Cash to oneself.
    CashToOneself = "cash_to_oneself", Input, "named" => "You cannot hand cash to yourself. Choose somebody else who is named for it.";
    /// The holder cannot pay in to itself.
    OwnHolder = "own_holder", Conflict => "The holder itself cannot pay in: it would owe the money to itself.";
    /// More pay-ins or pay-outs than anybody can watch.
    TooManyOpen(i64) = "too_many_open", Conflict => "You have {0} open ones already. Please wait for an answer, or take one back.";
    /// Settled, withdrawn, refused.
    Ended = "ended", Conflict => "This was settled in the meantime. Nothing was changed.";
    /// A bank pay-in confirmed as cash, and the like.
    OtherWay = "other_way", Conflict => "This comes in another way, and is confirmed by somebody else.";
    /// Their own pay-in.
    OwnPayIn = "own_pay_in", NotAllowed => "Somebody else has to confirm your own payment in.";
    /// No reason for a refusal.
    ReasonMissing = "reason_missing", Input, "reason" => "Say why in a sentence. The member will read it.";
    /// A reason or note that is too long.
    TooLong(u32) = "too_long", Input, "note" => "Please keep this to {0} characters.";
    /// A day that is none.
    DayUnclear = "day_unclear", Input, "day" => "Write the day as 2026-11-27.";
    /// The bank's reference is missing.
    BankReferenceWrong = "bank_reference_wrong", Input, "bank_reference" => "Keep the bank's reference to 60 characters.";
    /// The line is matched, or set aside.
    LineSettled = "line_settled", Conflict => "This line was dealt with in the meantime. A line counts once.";
    /// A line that went the other way, or of another currency.
    LineDoesNotFit = "line_does_not_fit", Conflict => "This line does not fit: it is of another account, goes the other way or has another amount.";
    /// Set aside as what?
    WhatUnknown = "what_unknown", Input, "what" => "Say what this line is: cash that was brought to the bank, money from the card processor, or the holder's own affair.";
    /// XML that is no camt.053.
    XmlUnclear = "xml_unclear", Input, "statement" => "This file is no bank statement in camt.053 that can be read to its end.";
    /// OFX that is none.
    OfxUnclear = "ofx_unclear", Input, "statement" => "This file is no bank statement in OFX that can be read to its end.";
    /// CSV whose columns are not known.
    CsvUnclear = "csv_unclear", Input, "statement" => "It is not clear which column holds the date and which the amount. Please say so below.";
    /// A row of CSV that makes no sense.
    CsvRowUnclear(u32) = "csv_row_unclear", Input, "statement" => "Row {0} below the headings has no date or amount that can be read. Nothing was taken from this file.";
    /// A statement of another account.
    OtherMoney = "other_money", Input, "statement" => "This statement is in another money than the account.";
    /// A statement without lines.
    StatementEmpty = "statement_empty", Input, "statement" => "There is no line on this statement.";
    /// A statement that is too long.
    StatementTooLong(usize) = "statement_too_long", Input, "statement" => "A statement may have {0} lines at the most. Please upload it in parts.";
    /// More back to a card than came from it.
    MoreThanPaid = "more_than_paid", Conflict, "amount" => "More than came from this card cannot go back to it.";
    /// Cards and no processor.
    NoCards = "no_cards", Conflict, "how" => "This club takes no cards at present.";
}

planet_corridor::refuses!(TreasuryError);
