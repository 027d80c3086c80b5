//! What can go wrong with currencies. The ledger tells its own refusals.

use planet_corridor::refusal::RefusalKind;

/// Declares the errors with everything there is to say of each: code, kind, field, sentence.
macro_rules! errors {
    ($($(#[doc = $doc:literal])+ $name:ident $(($($part:ident: $type:ty),+))? = $code:literal, $kind:ident, $field:expr, $sentence:literal;)+) => {
        /// Why something about a currency is refused.
        #[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
        pub enum CurrencyError {
            $($(#[doc = $doc])+ #[error($sentence)] $name $(($($type),+))?,)+
        }

        impl CurrencyError {
            /// A stable word for programs.
            pub const fn code(&self) -> &'static str {
                match self { $(Self::$name { .. } => $code,)+ }
            }

            /// What kind of answer it is.
            pub const fn kind(&self) -> RefusalKind {
                match self { $(Self::$name { .. } => RefusalKind::$kind,)+ }
            }

            /// The form field that is wrong.
            pub fn field(&self) -> Option<&'static str> {
                let field: &str = match self { $(Self::$name { .. } => $field,)+ };
                Some(field).filter(|field| !field.is_empty())
            }
        }
    };
}

errors! {
    /// No such currency, as far as the one who acts may know.
    CurrencyUnknown = "currency_unknown", NotFound, "", "There is no such currency.";
    /// No such group.
    GroupUnknown = "group_unknown", NotFound, "", "There is no such group.";
    /// Nobody of that name.
    HolderUnknown = "holder_unknown", Input, "to", "There is nobody here by that name.";
    /// A wallet that somebody else keeps.
    NotKept = "wallet_not_kept", Input, "wallet", "You do not keep that wallet. Choose another one.";
    /// Its code is taken.
    CodeTaken = "code_taken", Input, "code", "There is a currency with this short name already. Choose another one.";
    /// Three letters look like the money of a country.
    CodeReserved = "code_reserved", Input, "code", "Short names of three letters are kept for the money of countries, such as GBP. Take four letters or more.";
    /// A code of other characters.
    CodeWrong = "code_wrong", Input, "code", "The short name has 4 to 12 characters: letters from A to Z and digits.";
    /// A sign that means something else to everybody.
    SymbolReserved = "symbol_reserved", Input, "symbol", "This sign stands for the money of a country or a chain. Choose another one.";
    /// No sign, or a long one.
    SymbolWrong = "symbol_wrong", Input, "symbol", "Give it a sign of up to 8 characters, such as D$ or acorns.";
    /// No name, or a long one.
    NameWrong = "name_wrong", Input, "name", "Give it a name of up to 60 characters.";
    /// More decimals than anybody needs.
    DecimalsWrong = "decimals_wrong", Input, "decimals", "Choose between 0 and 6 decimals.";
    /// Money of the world is not designed here.
    KindElsewhere = "kind_elsewhere", Input, "kind", "Choose mutual credit, a prepaid voucher, or time. Money of banks and chains is taken in elsewhere.";
    /// A field that this kind does not have.
    NotForThisKind = "not_for_this_kind", Input, "", "Price, cap, expiry and giving back belong to vouchers only.";
    /// Vouchers need a cap.
    CapWrong = "cap_wrong", Input, "cap", "Say how much may be out at most: more than zero.";
    /// A price that is not one.
    PriceWrong = "price_wrong", Input, "price", "A price must be more than zero.";
    /// No such price currency, or the currency itself.
    PriceCurrencyUnknown = "price_currency_unknown", Input, "price_currency", "Choose a currency that your group has an account in.";
    /// A fee out of bounds.
    LevyWrong = "levy_wrong", Input, "levy", "Choose a fee between 0 and 25 percent.";
    /// Demurrage out of bounds.
    DemurrageWrong = "demurrage_wrong", Input, "demurrage", "Choose between 0 and 25 percent a month.";
    /// Days that make no sense.
    DaysWrong = "days_wrong", Input, "lifetime", "It lasts a day at least, and the notice must be shorter than that. What was bought can be given back within 365 days at most.";
    /// More text than allowed.
    StatementTooLong = "too_long", Input, "backing", "Please keep this to 1,000 characters.";
    /// A promise without contents.
    BackingMissing = "backing_missing", Input, "backing", "Say what the holder gets for it. This is what you promise.";
    /// Nobody could issue it.
    IssuersMissing = "issuers_missing", Input, "issuers", "Say who in your group may issue it.";
    /// Limits that make no sense.
    LimitsWrong = "limits_wrong", Input, "min", "The lower limit must be below zero, the upper limit above.";
    /// Holders of vouchers have no limits of their own.
    LimitsNotForVouchers = "not_for_this_kind", Input, "", "Holders of vouchers never go below zero, and the cap is the only limit.";
    /// Warnings that make no sense.
    SoftWrong = "soft_wrong", Input, "soft", "Reminders lie between the lower and the upper limit.";
    /// In mutual credit somebody must be able to go below zero.
    NobodyMayOwe = "nobody_may_owe", Input, "min", "It arises when somebody goes below zero: set a lower limit below zero.";
    /// More than can be counted.
    TooMuch = "too_large", Input, "amount", "This amount is too large.";
    /// Not more than zero.
    AmountNotPositive = "amount_not_positive", Input, "amount", "The amount must be more than zero.";
    /// The terms do not let them hold it.
    MayNotHold(who: String) = "may_not_hold", NotAllowed, "", "{0}";
    /// The terms changed since the page was shown.
    TermsChanged = "terms_changed", Conflict, "", "The terms have changed since you read them. Please read the new ones, then decide again.";
    /// Nobody sells it.
    NotForSale = "not_for_sale", Conflict, "", "It cannot be bought. Its issuer hands it out.";
    /// The issuer would buy its own promise.
    OwnVoucher = "own_voucher", Conflict, "", "The issuer cannot buy or hold its own vouchers.";
    /// More than the cap.
    OverCap(left: String) = "over_cap", Conflict, "amount", "Only {0} more can be issued: the terms set a cap on what is out.";
    /// No account in the price currency.
    NoPurse(currency: String) = "no_purse", Conflict, "", "The price is in {0}, and this wallet has no account in it.";
    /// The issuer cannot be paid.
    IssuerHasNoPurse(currency: String) = "issuer_no_purse", Conflict, "", "The price is in {0}, and the issuer has no account in it yet.";
    /// Only vouchers are bought, issued, redeemed.
    OnlyVouchers = "only_vouchers", Conflict, "", "Only vouchers are issued and redeemed. This currency arises when members pay each other.";
    /// Nothing new is issued.
    Retired = "currency_retired", Conflict, "", "No more of it is issued. What is out stays good.";
    /// It comes to its end.
    Closing(name: String) = "currency_closing", Conflict, "", "{0} is being closed. What is left of it can only go back to those who stand for it.";
    /// It has ended.
    Closed(name: String) = "currency_closed", Conflict, "", "{0} has come to its end. Nothing can be paid in it any more.";
    /// It is what it was already.
    NothingToDo = "nothing_to_do", Conflict, "", "This has been done already.";
    /// One person alone would change what others rely on.
    ByDecision = "by_decision_only", NotAllowed, "", "Others rely on these terms, so they change by a decision of the group, not on the word of one person.";
    /// A reason is needed.
    ReasonMissing = "reason_missing", Input, "reason", "Say in a few words why.";
    /// Too many words.
    ReasonTooLong = "reason_too_long", Input, "reason", "Please keep this to 280 characters.";
    /// A run-off that is not fair.
    RunOffWrong = "run_off_wrong", Input, "days", "Give holders 30 days at least, and a year at most.";
    /// No such sale, or somebody else's.
    SaleUnknown = "sale_unknown", NotFound, "", "There is no such purchase of yours.";
    /// The time to give it back is over.
    RefundLate = "refund_late", Conflict, "", "The time in which it could be given back is over. You can still spend it.";
    /// More than is left of the purchase.
    RefundTooMuch(left: String) = "refund_too_much", Conflict, "amount", "Only {0} of this purchase can still be given back.";
    /// The issuer has not got what it would pay back.
    IssuerCannotPay(issuer: String) = "issuer_cannot_pay", Conflict, "", "{0} cannot pay this back at present. Ask them, or spend it there instead.";
    /// Nothing is owed.
    NothingOwed = "nothing_owed", NotFound, "", "Nothing is owed to them.";
    /// A rate that is nothing, or cannot be meant.
    RateWrong = "rate_wrong", Input, "give", "Both amounts must be more than zero, and one may not be more than a billion times the other.";
    /// Between a currency and itself.
    RateItself = "rate_itself", Input, "to", "Choose two different currencies.";
    /// It would have ended already.
    RateEnded = "rate_ended", Input, "until", "Choose a day in the future, at most a year ahead.";
    /// No such rate, or somebody else's.
    RateUnknown = "rate_unknown", NotFound, "", "There is no such rate of yours.";
    /// Whoever offers must hold both.
    RateNotHeld(currency: String) = "rate_not_held", Conflict, "", "To exchange at a rate one needs an account in both currencies. There is none in {0}.";
}

planet_corridor::refuses!(CurrencyError);
