//! What can go wrong with groups.

use planet_corridor::refusal::RefusalKind;

/// Why something about a group is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GroupError {
    /// No such group.
    #[error("There is no such group.")]
    GroupUnknown,
    /// No such member.
    #[error("There is no active member of that name.")]
    MemberUnknown,
    /// A group without a name.
    #[error("Give the group a name.")]
    NameMissing,
    /// More text than allowed.
    #[error("Please keep this to {0} characters.")]
    TooLong(u32),
    /// A mode that there is not.
    #[error("Choose what the group is for: chat, working or trading.")]
    ModeUnknown,
    /// A mode that it has already.
    #[error("The group is that already.")]
    ModeAlready,
    /// A mode in passing, which is decided by itself.
    #[error("What the group is for is decided by its members. Ask them for it on the page of the group.")]
    ModeByDecision,
    /// A visibility that there is not.
    #[error("Choose who may read it: everybody, its members, or only its members\u{2019} devices.")]
    VisibilityUnknown,
    /// A role that there is not.
    #[error("Choose a role: member, treasurer or steward.")]
    RoleUnknown,
    /// Already in the group.
    #[error("They belong to this group already.")]
    AlreadyIn,
    /// Not in the group.
    #[error("They do not belong to this group.")]
    NotIn,
    /// A steward of the club, and one person alone.
    #[error("Nobody alone takes this role from a steward of the club. Propose it to the members.")]
    NotAlone,
    /// Somebody who is no steward.
    #[error("They are not a steward here.")]
    NoSteward,
    /// A name that is not the member's, so that those who decide would read the wrong one.
    #[error("The name does not fit the member. Load the page again.")]
    NameDiffers,
    /// A group must have somebody who looks after it.
    #[error("A group needs a steward as long as others are in it. Make somebody else a steward first.")]
    LastSteward,
    /// Somebody alone, where the group elects.
    #[error("Only the group itself seats those whom it elected.")]
    NotElected,
    /// More people than are seated at once.
    #[error("At most {0} people are seated at once.")]
    TooManySeats(usize),
    /// A term that is over already, or too long.
    #[error("A term ends in the future, and within ten years.")]
    TermWrong,
    /// A steward who was elected treasurer.
    #[error("Somebody who was elected is a steward already, which is more. Make them a member first.")]
    StewardAlready,
}

impl GroupError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GroupUnknown => "group_unknown",
            Self::MemberUnknown => "member_unknown",
            Self::NameMissing => "name_missing",
            Self::TooLong(_) => "too_long",
            Self::ModeUnknown => "mode_unknown",
            Self::ModeAlready => "mode_already",
            Self::ModeByDecision => "mode_by_decision",
            Self::VisibilityUnknown => "visibility_unknown",
            Self::RoleUnknown => "role_unknown",
            Self::AlreadyIn => "already_in",
            Self::NotIn => "not_in",
            Self::NotAlone => "not_alone",
            Self::NoSteward => "no_steward",
            Self::NameDiffers => "name_differs",
            Self::LastSteward => "last_steward",
            Self::NotElected => "not_elected",
            Self::TooManySeats(_) => "too_many_seats",
            Self::TermWrong => "term_wrong",
            Self::StewardAlready => "steward_already",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::GroupUnknown => RefusalKind::NotFound,
            Self::NotAlone | Self::NotElected => RefusalKind::NotAllowed,
            Self::AlreadyIn
            | Self::ModeAlready
            | Self::NotIn
            | Self::NoSteward
            | Self::NameDiffers
            | Self::LastSteward
            | Self::StewardAlready => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::MemberUnknown | Self::AlreadyIn => Some("member"),
            Self::NameMissing => Some("name"),
            Self::TooLong(_) => Some("purpose"),
            Self::ModeUnknown | Self::ModeByDecision => Some("mode"),
            Self::VisibilityUnknown => Some("visibility"),
            Self::RoleUnknown | Self::LastSteward | Self::NotAlone => Some("role"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(GroupError);
