//! What can go wrong when members change their rules.

use planet_corridor::refusal::RefusalKind;
use planet_policy::Problem;

/// The longest part of a problem that a refusal repeats, in characters.
const TOLD: usize = 220;

/// Why a change of the rules is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConstitutionError {
    /// No rules yet.
    #[error("The club has no rules of its own yet: it has to be founded first.")]
    NotFounded,
    /// Rules from before members could change them.
    #[error(
        "The club\u{2019}s rules are older than this and do not say how they are changed. Please propose first to take up what is new."
    )]
    NotTakenUp,
    /// Written for other rules than those in force.
    #[error(
        "The rules have changed since this was written: it was made for version {written_for}, and version {in_force} is in force. Please look at them and propose it again."
    )]
    RulesMoved {
        /// The version that it was written for.
        written_for: i64,
        /// The version in force.
        in_force: i64,
    },
    /// The same as before.
    #[error("The rules say this already.")]
    NothingChanges,
    /// Numbers beyond what makes sense.
    #[error("Please choose {0}.")]
    OutOfBounds(&'static str),
    /// A procedure that there is not.
    #[error("There is no procedure of that name. Describe it, or choose one of those that there are.")]
    ProcedureUnknown,
    /// A procedure that cannot be read.
    #[error("This procedure cannot be read: {0}.")]
    ProcedureMalformed(String),
    /// A name that cannot be one.
    #[error("Give it a name of 1 to {0} letters, digits, blanks and hyphens.")]
    NameWrong(u32),
    /// An act that there is not.
    #[error("There is no act of that name.")]
    ActUnknown,
    /// Too many at a time.
    #[error("Please change at most {0} at a time.")]
    TooMany(usize),
    /// A file whose name is none.
    #[error("A file of policies is called like posts.cedar: small letters, digits and hyphens, then .cedar.")]
    FileNameWrong,
    /// A file that is not there.
    #[error("There is no such file of policies.")]
    FileUnknown,
    /// More than anybody reads.
    #[error("A file of policies may have {0} bytes at the most, so that members can read it.")]
    FileTooLarge(usize),
    /// More than anybody reads in all.
    #[error("All policies together may have {0} bytes at the most.")]
    RulesTooLarge(usize),
    /// Rules that cannot be.
    #[error("These rules cannot be put in force. {}", first(.0))]
    Unusable(Vec<Problem>),
    /// Rules that nobody could change again.
    #[error("With these rules the members could not change their rules again. {0}")]
    LockedOut(String),
    /// A change of the way of changing that came by the lesser way.
    #[error(
        "This touches the way in which the rules are changed. Please change {0} by itself, so that the stricter procedure decides."
    )]
    OwnRules(String),
    /// A report that there is not, or about something else.
    #[error("There is no such trial of this very change. Please try it out again.")]
    RehearsalUnknown,
    /// A report that cannot be read.
    #[error("This trial cannot be read.")]
    ReportMalformed,
    /// A trial in whose place another one was begun.
    #[error("You are trying out another change now.")]
    TrialGivenUp,
    /// A trial that came to no end by a fault of the node.
    #[error("This trial failed, and it was not your fault. Please try again later.")]
    TrialFailed,
    /// A trial that is not there any more.
    #[error("This trial is not there any more. Please try the change out again.")]
    TrialGone,
    /// A log that is too long to be read while somebody waits.
    #[error(
        "There is too much to read for an answer at once. Please try this change out on the page of the constitution."
    )]
    TrialTooLong,
    /// Nobody of that handle.
    #[error("There is no member of that handle.")]
    MemberUnknown,
    /// A kind of thing that the act does not touch, or a fact that it does not have.
    #[error("This is not a fact about what the act touches.")]
    FactUnknown,
}

/// The first of some problems, in a sentence.
fn first(problems: &[Problem]) -> String {
    let told = problems.first().map(ToString::to_string).unwrap_or_default();
    let more = problems.len().saturating_sub(1);
    let short: String = told.chars().take(TOLD).collect();
    let dots = if short.len() < told.len() { "\u{2026}" } else { "" };
    if more == 0 { format!("{short}{dots}") } else { format!("{short}{dots} ({more} more.)") }
}

impl ConstitutionError {
    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFounded => "not_founded",
            Self::NotTakenUp => "not_taken_up",
            Self::RulesMoved { .. } => "rules_moved",
            Self::NothingChanges => "nothing_changes",
            Self::OutOfBounds(_) => "out_of_bounds",
            Self::ProcedureUnknown => "procedure_unknown",
            Self::ProcedureMalformed(_) => "procedure_malformed",
            Self::NameWrong(_) => "name_wrong",
            Self::ActUnknown => "act_unknown",
            Self::TooMany(_) => "too_many",
            Self::FileNameWrong => "file_name_wrong",
            Self::FileUnknown => "file_unknown",
            Self::FileTooLarge(_) => "file_too_large",
            Self::RulesTooLarge(_) => "rules_too_large",
            Self::Unusable(_) => "rules_unusable",
            Self::LockedOut(_) => "locked_out",
            Self::OwnRules(_) => "own_rules",
            Self::RehearsalUnknown => "rehearsal_unknown",
            Self::ReportMalformed => "report_malformed",
            Self::TrialGivenUp => "trial_given_up",
            Self::TrialFailed => "trial_failed",
            Self::TrialGone => "trial_gone",
            Self::TrialTooLong => "trial_too_long",
            Self::MemberUnknown => "member_unknown",
            Self::FactUnknown => "fact_unknown",
        }
    }

    /// What kind of answer it is. What is wrong with a change itself is told when it is proposed already.
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFounded
            | Self::NotTakenUp
            | Self::RulesMoved { .. }
            | Self::TrialGivenUp
            | Self::TrialFailed
            | Self::TrialTooLong => RefusalKind::Conflict,
            Self::MemberUnknown | Self::TrialGone => RefusalKind::NotFound,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::OutOfBounds(_) => Some("value"),
            Self::ProcedureUnknown | Self::ProcedureMalformed(_) => Some("procedure"),
            Self::NameWrong(_) | Self::FileNameWrong | Self::FileUnknown => Some("name"),
            Self::ActUnknown => Some("act"),
            Self::FileTooLarge(_) | Self::RulesTooLarge(_) => Some("text"),
            Self::MemberUnknown => Some("member"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(ConstitutionError);
