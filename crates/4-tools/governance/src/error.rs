//! What a member can do wrong when deciding.

use planet_corridor::refusal::RefusalKind;

/// Why a step of a decision is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GovernanceError {
    /// No such proposal, or not for this member.
    #[error("There is no such proposal. It may be for another group.")]
    ProposalUnknown,
    /// Voting is over.
    #[error("This proposal is no longer open for votes.")]
    ProposalClosed,
    /// The choice is not one of those that the procedure offers.
    #[error("This choice is not offered here.")]
    ChoiceUnknown,
    /// An objection without an argument.
    #[error("An objection needs a reason, so that the others can answer it.")]
    ReasonMissing,
    /// More text than allowed.
    #[error("Please keep this to {0} characters.")]
    TooLong(u32),
    /// An act that may only be done at once cannot be proposed.
    #[error("This is done at once and needs no proposal.")]
    NeedsNoProposal,
    /// A statement that is there already.
    #[error("The register has this statement already.")]
    AssumptionKnown,
    /// No statement.
    #[error("Write the statement first.")]
    AssumptionEmpty,
    /// A section that there is not.
    #[error("Choose whether it is about people or about the world.")]
    SectionUnknown,
}

impl GovernanceError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ProposalUnknown => "proposal_unknown",
            Self::ProposalClosed => "proposal_closed",
            Self::ChoiceUnknown => "choice_unknown",
            Self::ReasonMissing => "reason_missing",
            Self::TooLong(_) => "too_long",
            Self::NeedsNoProposal => "needs_no_proposal",
            Self::AssumptionKnown => "assumption_known",
            Self::AssumptionEmpty => "assumption_empty",
            Self::SectionUnknown => "section_unknown",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::ProposalUnknown => RefusalKind::NotFound,
            Self::ProposalClosed | Self::NeedsNoProposal | Self::AssumptionKnown => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::ChoiceUnknown => Some("choice"),
            Self::ReasonMissing | Self::TooLong(_) => Some("reason"),
            Self::AssumptionKnown | Self::AssumptionEmpty => Some("statement"),
            Self::SectionUnknown => Some("section"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(GovernanceError);
