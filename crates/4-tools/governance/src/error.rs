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
    /// Not in the electorate, or not any more somebody who votes.
    #[error("You have no vote in this, or not any more.")]
    NoVote,
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
    /// A proposal to a group that the act does not concern.
    #[error(
        "This does not concern the group that would decide it. Please propose it to the group that it is about."
    )]
    OtherGroup,
    /// More open proposals of one member than others can keep up with.
    #[error("You have {0} open proposals. Please wait until some are decided, or take one back.")]
    TooManyOpen(i64),
    /// A name or text in the act that is too long to vote on.
    #[error("What this would do takes more than {0} characters to say. Please use shorter words in it.")]
    TitleTooLong(u32),
    /// More than the name of an event or proposal.
    #[error("Please name what you appeal against in {0} characters.")]
    AgainstTooLong(u32),
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
            Self::NoVote => "no_vote",
            Self::ChoiceUnknown => "choice_unknown",
            Self::ReasonMissing => "reason_missing",
            Self::TooLong(_) => "too_long",
            Self::NeedsNoProposal => "needs_no_proposal",
            Self::OtherGroup => "other_group",
            Self::TooManyOpen(_) => "too_many_open",
            Self::TitleTooLong(_) => "title_too_long",
            Self::AgainstTooLong(_) => "against_too_long",
            Self::AssumptionKnown => "assumption_known",
            Self::AssumptionEmpty => "assumption_empty",
            Self::SectionUnknown => "section_unknown",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::ProposalUnknown => RefusalKind::NotFound,
            Self::ProposalClosed | Self::NeedsNoProposal | Self::AssumptionKnown | Self::TooManyOpen(_) => {
                RefusalKind::Conflict
            }
            Self::NoVote => RefusalKind::NotAllowed,
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
            Self::OtherGroup => Some("group"),
            Self::AgainstTooLong(_) => Some("against"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(GovernanceError);
