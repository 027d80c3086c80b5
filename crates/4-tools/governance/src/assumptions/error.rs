//! What can be wrong with what somebody does to an assumption.

use planet_corridor::refusal::RefusalKind;

/// Why it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AssumptionError {
    /// No such statement.
    #[error("There is no such statement in the register.")]
    Unknown,
    /// One that was retired, or that another says now.
    #[error("This statement was retired or merged with another, by a decision.")]
    Settled,
    /// Merging something with itself.
    #[error("Choose another statement that says the same.")]
    Itself,
    /// Somebody alone, where the members decide.
    #[error("Only the members together retire or merge a statement.")]
    NotDecided,
    /// Neither a rule nor a word.
    #[error("Choose a rule or a word of the club.")]
    TargetUnknown,
    /// More than anybody can read.
    #[error("A statement has {0} rules and words that serve it at the most.")]
    TooManyLinks(i64),
}

impl AssumptionError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "assumption_unknown",
            Self::Settled => "assumption_settled",
            Self::Itself => "assumption_itself",
            Self::NotDecided => "not_decided",
            Self::TargetUnknown => "target_unknown",
            Self::TooManyLinks(_) => "too_many_links",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::Unknown => RefusalKind::NotFound,
            Self::Settled | Self::TooManyLinks(_) => RefusalKind::Conflict,
            Self::NotDecided => RefusalKind::NotAllowed,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::Itself => Some("heir"),
            Self::TargetUnknown => Some("target"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(AssumptionError);
