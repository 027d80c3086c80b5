//! What somebody can do wrong at the front door, in words for that person.

use planet_corridor::refusal::{Fault, Refusal, RefusalKind};
use planet_identity::IdentityError;
use planet_places::PlaceError;

/// A text that somebody writes, with its limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// The form field.
    pub field: &'static str,
    /// What it is, to complete "Please write …".
    pub what: &'static str,
    /// The most characters.
    pub most: u32,
    /// The code when it is missing.
    pub missing: &'static str,
    /// The code when it is too long.
    pub too_long: &'static str,
}

/// Why a step at the front door is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MembershipError {
    /// A text that has to be there.
    #[error("Please write {}.", .0.what)]
    Missing(Text),
    /// More text than fits.
    #[error("Please keep {} to {} characters.", .0.what, .0.most)]
    TooLong(Text),
    /// Not an address for mail.
    #[error("This does not look like an address for mail. It has the form name@example.org.")]
    EmailWrong,
    /// A second founder.
    #[error("This club has been founded already. Ask a member for an invitation.")]
    FoundedAlready,
    /// Leaving a group with people in it, the club perhaps, that nobody else looks after.
    #[error("You are the last steward of {0}. Make somebody else a steward there first, then you can leave.")]
    LastSteward(String),
    /// Something that needs a club, before there is one.
    #[error("This club has not been founded yet.")]
    NotFounded,
    /// Not the link that the program printed.
    #[error(
        "This founding link is not valid. Use the one that the program printed when it was last started."
    )]
    FoundingLinkWrong,
    /// No such kit.
    #[error("Choose one of the sets of rules on the list.")]
    KitUnknown,
    /// Not one of the colours.
    #[error("Choose one of the colours on the list.")]
    AccentUnknown,
    /// A place that is neither in the gazetteer nor in use.
    #[error("This place is not known here. Type the first letters and choose a town from the list.")]
    PlaceUnknown,
    /// A street without the town that it is in.
    #[error("Choose your town first, then the neighbourhood and the street.")]
    TownMissing,
    /// A level that there is not.
    #[error("Choose from the list how much of it others may see.")]
    LevelUnknown,
    /// More streets in a day than anybody lives in.
    #[error("You have added {0} places today. Please go on tomorrow.")]
    TooManyPlaces(i64),
    /// No such invitation.
    #[error("This invitation is not known here. Check that you have the whole link, or ask for a new one.")]
    InvitationUnknown,
    /// Its time is over.
    #[error("This invitation has expired. Ask whoever sent it for a new one.")]
    InvitationExpired,
    /// Somebody joined with it.
    #[error("This invitation has been used already. If it was you, sign in; otherwise ask for a new one.")]
    InvitationUsed,
    /// It was taken back.
    #[error("This invitation was withdrawn. Ask whoever sent it.")]
    InvitationWithdrawn,
    /// It is no longer open, so there is nothing to take back.
    #[error("This invitation is no longer open, so there is nothing to take back.")]
    InvitationClosed,
    /// A role that there is not.
    #[error("Choose the role from the list.")]
    RoleUnknown,
    /// Inviting somebody to more than one is oneself.
    #[error("Only stewards and founders can invite somebody as treasurer or steward.")]
    RoleNotYours,
    /// An invitation for ever, or for no time.
    #[error("An invitation lasts between 1 and {0} days.")]
    DaysOutOfRange(i64),
    /// Not the hash of a token.
    #[error("The invitation could not be made. Please load the page again.")]
    TokenMalformed,
    /// Two invitations under one token.
    #[error("This link is in use already. Please load the page again.")]
    TokenTaken,
    /// More invitations than anybody needs.
    #[error(
        "You have made {0} invitations that nobody has used. Please wait until some are used or their time is over."
    )]
    TooManyInvitations(i64),
    /// A list without lines.
    #[error("There is nobody on this list yet.")]
    NobodyInvited,
    /// A list that is too long.
    #[error("This list has more than {0} lines. Please send it in parts.")]
    TooManyLines(usize),
    /// A line of a list that is wrong.
    #[error("Line {line}: {why}")]
    LineWrong {
        /// Counted from one, without the heading.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
    /// No such application.
    #[error("This application is not known here. Check that you have the whole link.")]
    ApplicationUnknown,
    /// It has been answered.
    #[error("This application has been answered already.")]
    ApplicationAnswered,
    /// The same address applied before and waits.
    #[error(
        "An application from this address is waiting already. You will find its answer under the link you got."
    )]
    AppliedAlready,
    /// Too many in a day.
    #[error("The club has had many applications today. Please try again tomorrow.")]
    TooManyApplications,
    /// The name in the act is not that of the person: it would mislead those who decide.
    #[error("The name does not belong to this person. Please load the page again.")]
    NameDiffers,
    /// No such member.
    #[error("There is no such member.")]
    MemberUnknown,
    /// Suspended already, or gone.
    #[error("This member is not active at the moment.")]
    NotActive,
    /// Not suspended.
    #[error("This member is not suspended.")]
    NotSuspended,
    /// Until yesterday, or for ten years.
    #[error("A suspension ends on a day within the next {0} days.")]
    UntilOutOfRange(i64),
    /// Leaving by accident.
    #[error("Tick the box to say that you really want to leave.")]
    NotConfirmed,
    /// What the browser sent cannot be read.
    #[error("This could not be read. Please load the page again.")]
    CeremonyMalformed,
    /// The state of the ceremony is gone.
    #[error("This step took too long. Please start again.")]
    CeremonyExpired,
    /// A form of the browser's that came without the browser's part.
    #[error("This step needs JavaScript, because your keys are made in your browser and never leave it.")]
    NeedsScript,
    /// The node was not furnished with what this needs.
    #[error("This node is not set up for new members yet.")]
    NoDoor,
    /// The system gave no random numbers.
    #[error("The system gave no random numbers. Please try again.")]
    NoRandomness,
}

impl MembershipError {
    /// A stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing(text) => text.missing,
            Self::TooLong(text) => text.too_long,
            Self::EmailWrong => "email_wrong",
            Self::FoundedAlready => "founded_already",
            Self::LastSteward(_) => "last_steward",
            Self::NotFounded => "not_founded",
            Self::FoundingLinkWrong => "founding_link_wrong",
            Self::KitUnknown => "kit_unknown",
            Self::AccentUnknown => "accent_unknown",
            Self::PlaceUnknown => "place_unknown",
            Self::TownMissing => "town_missing",
            Self::LevelUnknown => "level_unknown",
            Self::TooManyPlaces(_) => "too_many_places",
            Self::InvitationUnknown => "invitation_unknown",
            Self::InvitationExpired => "invitation_expired",
            Self::InvitationUsed => "invitation_used",
            Self::InvitationWithdrawn => "invitation_withdrawn",
            Self::InvitationClosed => "invitation_closed",
            Self::RoleUnknown => "role_unknown",
            Self::RoleNotYours => "role_not_yours",
            Self::DaysOutOfRange(_) => "days_out_of_range",
            Self::TokenMalformed => "token_malformed",
            Self::TokenTaken => "token_taken",
            Self::TooManyInvitations(_) => "too_many_invitations",
            Self::NobodyInvited => "nobody_invited",
            Self::TooManyLines(_) => "too_many_lines",
            Self::LineWrong { .. } => "line_wrong",
            Self::ApplicationUnknown => "application_unknown",
            Self::ApplicationAnswered => "application_answered",
            Self::AppliedAlready => "applied_already",
            Self::TooManyApplications => "too_many_applications",
            Self::NameDiffers => "name_differs",
            Self::MemberUnknown => "member_unknown",
            Self::NotActive => "not_active",
            Self::NotSuspended => "not_suspended",
            Self::UntilOutOfRange(_) => "until_out_of_range",
            Self::NotConfirmed => "not_confirmed",
            Self::CeremonyMalformed => "ceremony_malformed",
            Self::CeremonyExpired => "ceremony_expired",
            Self::NeedsScript => "needs_script",
            Self::NoDoor => "no_door",
            Self::NoRandomness => "no_randomness",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(&self) -> RefusalKind {
        match self {
            Self::InvitationUnknown | Self::ApplicationUnknown | Self::MemberUnknown => RefusalKind::NotFound,
            Self::FoundingLinkWrong | Self::RoleNotYours => RefusalKind::NotAllowed,
            Self::FoundedAlready
            | Self::LastSteward(_)
            | Self::NotFounded
            | Self::TooManyPlaces(_)
            | Self::InvitationExpired
            | Self::InvitationUsed
            | Self::InvitationWithdrawn
            | Self::InvitationClosed
            | Self::TokenTaken
            | Self::TooManyInvitations(_)
            | Self::ApplicationAnswered
            | Self::AppliedAlready
            | Self::TooManyApplications
            | Self::NameDiffers
            | Self::NotActive
            | Self::NotSuspended
            | Self::CeremonyExpired
            | Self::NoDoor
            | Self::NoRandomness => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Missing(text) | Self::TooLong(text) => Some(text.field),
            Self::EmailWrong => Some("email"),
            Self::KitUnknown => Some("kit"),
            Self::AccentUnknown => Some("accent"),
            Self::PlaceUnknown | Self::TownMissing => Some("place"),
            Self::LevelUnknown => Some("shared"),
            Self::RoleUnknown | Self::RoleNotYours => Some("role"),
            Self::DaysOutOfRange(_) => Some("days"),
            Self::NobodyInvited | Self::TooManyLines(_) | Self::LineWrong { .. } => Some("list"),
            Self::UntilOutOfRange(_) => Some("until"),
            Self::NotConfirmed => Some("sure"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(MembershipError);

/// What the identity room refused, as an answer to the person; its store failing stays what it is.
pub fn identity(error: IdentityError) -> Fault {
    let kind = match &error {
        IdentityError::Store(store) => return store.clone().into(),
        IdentityError::ChallengeExpired | IdentityError::ChallengeUnknown => {
            return MembershipError::CeremonyExpired.into();
        }
        IdentityError::DidTaken
        | IdentityError::ChallengeUsed
        | IdentityError::PasskeyTaken
        | IdentityError::VaultMoved => RefusalKind::Conflict,
        IdentityError::DidUnknown | IdentityError::VaultUnknown => RefusalKind::NotFound,
        _ => RefusalKind::Input,
    };
    Refusal { kind, code: error.code().into(), sentence: error.to_string(), field: None }.into()
}

/// What the room of places refused, as an answer to the person.
pub fn places(error: PlaceError) -> Fault {
    let field = match &error {
        PlaceError::Store(store) => return store.clone().into(),
        PlaceError::Unknown => return MembershipError::PlaceUnknown.into(),
        PlaceError::NameMissing | PlaceError::NameTooLong => "name",
        PlaceError::KindWrong { .. } => "kind",
        _ => "place",
    };
    let kind = match &error {
        PlaceError::MovedTooOften { .. } => RefusalKind::Conflict,
        _ => RefusalKind::Input,
    };
    Refusal { kind, code: error.code().into(), sentence: error.to_string(), field: Some(field.into()) }.into()
}
