//! What a member can do wrong when deciding.

use planet_corridor::refusal::RefusalKind;
use planet_count::vote::MarkError;

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
    /// A method that there is not.
    #[error("Choose how it is counted.")]
    MethodUnknown,
    /// No dots, or too many.
    #[error("Give each ballot from 1 to {0} to spend.")]
    PointsWrong(u32),
    /// No money to spend, or too much.
    #[error("Say how much money there is.")]
    BudgetWrong,
    /// No question.
    #[error("Write the question first.")]
    QuestionMissing,
    /// A question that is too long.
    #[error("Please ask in {0} characters.")]
    QuestionTooLong(u32),
    /// A kind of question that there is not.
    #[error("Choose whether it is a question, a temperature check or an election.")]
    KindUnknown,
    /// No seats, or more than options.
    #[error("As many can win as there are options, and at least one.")]
    SeatsWrong,
    /// Too little or too much time to vote.
    #[error("It has to be open for at least {0} hours, and for 90 days at most.")]
    OpenTooShort(i64),
    /// Too little or too much time to stand.
    #[error("Members need at least a day to say that they stand, and 90 days at most.")]
    NominationsTooShort,
    /// A role that nobody is elected to.
    #[error("Choose what they are elected as: treasurer or steward.")]
    RoleUnknown,
    /// A term that is over before it begins.
    #[error("Say until when they are elected; it has to be after the vote.")]
    TermWrong,
    /// Options of an election that are not people.
    #[error("In an election members stand; it has no other options and no budget.")]
    ElectionOptions,
    /// A role, a term or nominations where nobody is elected.
    #[error("Only an election has nominations, a role and a term.")]
    ElectionOnly,
    /// Too few options, or too many.
    #[error("A question needs from two to {0} options.")]
    OptionsWrong(usize),
    /// An option without a name, or with one that is too long.
    #[error("Name each option, in at most {0} characters.")]
    OptionTitle(u32),
    /// Two options of one name.
    #[error("Two options have the same name.")]
    OptionTwice,
    /// Too much about an option.
    #[error("Please keep what you say of an option to {0} characters.")]
    OptionTooLong(u32),
    /// A project that costs nothing, or more than there is.
    #[error("Say of each project what it costs: more than nothing, and not more than there is.")]
    CostWrong,
    /// A temperature check that would do something.
    #[error("A temperature check only asks; it does nothing. Ask a question in place of it.")]
    CheckPerforms,
    /// An option that is decided by whether somebody objects.
    #[error(
        "What an option would do is decided here by whether somebody objects. Please propose it by itself."
    )]
    NeedsOwnProposal,
    /// Options that are decided in different ways.
    #[error("What the options would do is decided in different ways. Please ask about each by itself.")]
    ProceduresDiffer,
    /// Marks for a proposal without options.
    #[error("This is answered with yes or no.")]
    NoQuestion,
    /// Standing where nobody is elected.
    #[error("Nobody is elected here.")]
    NoElection,
    /// Standing too late.
    #[error("It is too late to stand or to stand down.")]
    NominationsClosed,
    /// A statement that is too long.
    #[error("Please keep your statement to {0} characters.")]
    StatementTooLong(u32),
    /// A ballot before the voting begins.
    #[error("Voting has not begun yet.")]
    NotBegun,
    /// A ballot under a name in a secret vote.
    #[error("This vote is secret. Use the ballot on its page, which carries no name.")]
    BallotsSecret,
    /// A token for an open vote.
    #[error("The ballots of this vote are open and need no token.")]
    BallotsOpen,
    /// Neither open nor secret.
    #[error("Choose whether the ballots are open or secret.")]
    BallotUnknown,
    /// A second token.
    #[error(
        "You have asked for your ballot already. It lies in the browser in which you did; change your vote there."
    )]
    TokenGiven,
    /// A request that cannot be answered.
    #[error("This request for a ballot cannot be read. Reload the page and try again.")]
    TokenRequestWrong,
    /// A request that the member did not sign.
    #[error(
        "This request for a ballot is not signed with a key of yours. Sign in again on this device, then try again."
    )]
    TokenRequestUnsigned,
    /// A ballot without a token of this vote.
    #[error("This ballot has no valid token of this vote.")]
    TokenWrong,
    /// A secret ballot by somebody who is signed in.
    #[error("A secret ballot is sent without being signed in, or your name would stand beside it.")]
    CastUnderAName,
    /// Nothing was said.
    #[error("Write something first.")]
    TextMissing,
    /// More was said than allowed.
    #[error("Please keep this to {0} characters.")]
    TextTooLong(u32),
    /// A kind of remark that there is not.
    #[error("Choose whether it is a reason for it, a reason against it, a question, or just a remark.")]
    RemarkKind,
    /// More talk than anybody can follow.
    #[error("Enough has been said here. Please go on in a post.")]
    TooManyRemarks,
    /// No such remark.
    #[error("There is no such remark.")]
    RemarkUnknown,
    /// Changing what others said.
    #[error("Only whoever said something can change it or take it back.")]
    RemarkOfOthers,
    /// What follows, before it is decided.
    #[error("This is still open. What comes of it can be said when it is decided.")]
    StillOpen,
    /// A review in the past, or too far ahead.
    #[error("Choose a day within the next ten years for looking at it again.")]
    ReviewPast,
    /// A day that is over, or too far ahead.
    #[error("Choose a day within the next ten years, until when it is to be done.")]
    DuePast,
    /// More than one decision can lead to.
    #[error("A decision can have {0} things that follow from it.")]
    TooManyFollowUps(usize),
    /// Nobody in the group.
    #[error("Choose somebody of the group, by their handle.")]
    OwnerUnknown,
    /// Nothing that was taken on.
    #[error("There is nothing like this to be done.")]
    FollowUpUnknown,
    /// More than one mark where one counts.
    #[error("Here every ballot marks one.")]
    MarkOne,
    /// More than a yes for a date.
    #[error("Say of each date yes (2), if need be (1) or no (0).")]
    MarkDates,
    /// A response by somebody whom it is not about.
    #[error("This is not about you. Say what you think below it, with the others.")]
    NotAboutYou,
    /// Ballots before the end.
    #[error("The ballots are published when the vote is over.")]
    NotCounted,
    /// A ballot that breaks the rule of the question.
    #[error(transparent)]
    Ballot(MarkError),
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
            Self::MethodUnknown => "method_unknown",
            Self::PointsWrong(_) => "points_wrong",
            Self::BudgetWrong => "budget_wrong",
            Self::QuestionMissing => "question_missing",
            Self::QuestionTooLong(_) => "question_too_long",
            Self::KindUnknown => "kind_unknown",
            Self::SeatsWrong => "seats_wrong",
            Self::OpenTooShort(_) => "open_for_wrong",
            Self::NominationsTooShort => "nominations_wrong",
            Self::RoleUnknown => "role_unknown",
            Self::TermWrong => "term_wrong",
            Self::ElectionOptions => "election_options",
            Self::ElectionOnly => "election_only",
            Self::OptionsWrong(_) => "options_wrong",
            Self::OptionTitle(_) => "option_title",
            Self::OptionTwice => "option_twice",
            Self::OptionTooLong(_) => "option_too_long",
            Self::CostWrong => "cost_wrong",
            Self::CheckPerforms => "check_performs",
            Self::NeedsOwnProposal => "needs_own_proposal",
            Self::ProceduresDiffer => "procedures_differ",
            Self::NoQuestion => "no_question",
            Self::NoElection => "no_election",
            Self::NominationsClosed => "nominations_closed",
            Self::StatementTooLong(_) => "statement_too_long",
            Self::NotBegun => "not_begun",
            Self::NotCounted => "not_counted",
            Self::TextMissing => "text_missing",
            Self::TextTooLong(_) => "text_too_long",
            Self::RemarkKind => "remark_kind",
            Self::TooManyRemarks => "too_many_remarks",
            Self::RemarkUnknown => "remark_unknown",
            Self::RemarkOfOthers => "remark_of_others",
            Self::NotAboutYou => "not_about_you",
            Self::StillOpen => "still_open",
            Self::ReviewPast => "review_past",
            Self::DuePast => "due_past",
            Self::TooManyFollowUps(_) => "too_many_follow_ups",
            Self::OwnerUnknown => "owner_unknown",
            Self::FollowUpUnknown => "follow_up_unknown",
            Self::BallotsSecret => "ballots_secret",
            Self::BallotsOpen => "ballots_open",
            Self::BallotUnknown => "ballot_unknown",
            Self::TokenGiven => "token_given",
            Self::TokenRequestWrong => "token_request_wrong",
            Self::TokenRequestUnsigned => "token_request_unsigned",
            Self::TokenWrong => "token_wrong",
            Self::CastUnderAName => "cast_under_a_name",
            Self::MarkOne => "mark_one",
            Self::MarkDates => "mark_dates",
            Self::Ballot(_) => "ballot_wrong",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::ProposalUnknown | Self::RemarkUnknown | Self::FollowUpUnknown => RefusalKind::NotFound,
            Self::ProposalClosed
            | Self::NeedsNoProposal
            | Self::AssumptionKnown
            | Self::TooManyOpen(_)
            | Self::NoQuestion
            | Self::NoElection
            | Self::NominationsClosed
            | Self::NotBegun
            | Self::TooManyRemarks
            | Self::StillOpen
            | Self::TooManyFollowUps(_)
            | Self::BallotsSecret
            | Self::BallotsOpen
            | Self::TokenGiven
            | Self::NotCounted => RefusalKind::Conflict,
            Self::NoVote
            | Self::RemarkOfOthers
            | Self::NotAboutYou
            | Self::TokenWrong
            | Self::TokenRequestUnsigned
            | Self::CastUnderAName => RefusalKind::NotAllowed,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::ChoiceUnknown => Some("choice"),
            Self::ReasonMissing | Self::TooLong(_) => Some("reason"),
            Self::AssumptionKnown | Self::AssumptionEmpty | Self::StatementTooLong(_) => Some("statement"),
            Self::SectionUnknown => Some("section"),
            Self::OtherGroup => Some("group"),
            Self::AgainstTooLong(_) => Some("against"),
            Self::MethodUnknown => Some("method"),
            Self::PointsWrong(_) => Some("points"),
            Self::BudgetWrong => Some("budget"),
            Self::QuestionMissing | Self::QuestionTooLong(_) => Some("title"),
            Self::KindUnknown | Self::ElectionOnly | Self::CheckPerforms | Self::RemarkKind => Some("kind"),
            Self::SeatsWrong => Some("seats"),
            Self::BallotUnknown => Some("ballot"),
            Self::TextMissing | Self::TextTooLong(_) => Some("text"),
            Self::ReviewPast => Some("review"),
            Self::DuePast => Some("due"),
            Self::OwnerUnknown => Some("owner"),
            Self::OpenTooShort(_) => Some("open_for"),
            Self::NominationsTooShort => Some("nominate_for"),
            Self::RoleUnknown => Some("role"),
            Self::TermWrong => Some("until"),
            Self::ElectionOptions
            | Self::OptionsWrong(_)
            | Self::OptionTitle(_)
            | Self::OptionTwice
            | Self::OptionTooLong(_)
            | Self::CostWrong
            | Self::NeedsOwnProposal
            | Self::ProceduresDiffer => Some("options"),
            Self::Ballot(_) | Self::MarkOne | Self::MarkDates => Some("marks"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(GovernanceError);
