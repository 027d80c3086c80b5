//! What somebody can do wrong with the rule of a wallet.

use planet_corridor::refusal::RefusalKind;
use planet_ontology::units::Amount;

/// The largest amount that a rule or a limit names: sums of many such amounts are still counted exactly.
pub const WIDEST: Amount = Amount(1_000_000_000_000_000);

/// Why a wallet, or a rule for one, is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurseError {
    /// No such wallet.
    #[error("There is no such wallet to pay from.")]
    WalletUnknown,
    /// A rule without an open end, or with one in its middle.
    #[error("The last line must say who decides everything above, and only the last one.")]
    RuleEnds,
    /// A rule whose amounts do not rise.
    #[error("Each line must reach a larger amount than the line before, and the first more than zero.")]
    RuleNotRising,
    /// A step beyond every wallet.
    #[error("Amounts go to {} at the most, in the currency's smallest unit.", WIDEST.show(0))]
    RuleTooLarge,
    /// More steps than anybody remembers.
    #[error("Please keep the rule to six lines.")]
    RuleTooLong,
    /// A procedure that the club does not have.
    #[error("One of the ways to decide is not among the club's procedures any more. Please choose another.")]
    RuleProcedureUnknown,
    /// Alone above an amount that others decide.
    #[error("Only the first line can let somebody pay alone.")]
    RuleAloneTooLate,
    /// A larger amount that is decided more easily than a smaller one.
    #[error("A larger amount must not be easier to decide than a smaller one.")]
    RuleEasier,
}

impl PurseError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WalletUnknown => "payer_unknown",
            Self::RuleEnds => "rule_ends",
            Self::RuleNotRising => "rule_not_rising",
            Self::RuleTooLarge => "rule_too_large",
            Self::RuleTooLong => "rule_too_long",
            Self::RuleProcedureUnknown => "rule_procedure_unknown",
            Self::RuleAloneTooLate => "rule_alone_too_late",
            Self::RuleEasier => "rule_easier",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::WalletUnknown => RefusalKind::NotFound,
            _ => RefusalKind::Input,
        }
    }

    /// No single field of a form is wrong.
    pub const fn field(self) -> Option<&'static str> {
        None
    }
}

planet_corridor::refuses!(PurseError);
