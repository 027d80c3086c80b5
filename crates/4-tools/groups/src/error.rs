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
    /// More text than allowed, in a field of its own.
    #[error("Please keep this to {1} characters.")]
    TextTooLong(&'static str, u32),
    /// A procedure that the rules do not have, or that decides nothing.
    #[error("The club's rules have no such way to decide. Choose one from the list.")]
    AdmissionUnknown,
    /// A question that was not answered.
    #[error("Please answer the question of the group.")]
    AnswerMissing,
    /// An agreement that was not agreed to.
    #[error("Whoever comes in agrees to what the group has agreed. Please read it and tick it.")]
    NotAgreed,
    /// Asked twice.
    #[error("You have asked already. The group will answer.")]
    AskedAlready,
    /// Asked again too soon.
    #[error("You were told no less than 30 days ago. Please wait, or talk to somebody in the group.")]
    AskedLately,
    /// Invited twice, or asked although invited.
    #[error("There is an invitation already. It only has to be accepted.")]
    InvitedAlready,
    /// Nobody who asked.
    #[error("They have not asked to join, or have been answered already.")]
    NotAsked,
    /// Nobody who was invited.
    #[error("There is no invitation for you here.")]
    NotInvited,
    /// Nothing to take back.
    #[error("There is nothing here that you could take back.")]
    NothingAsked,
    /// A delegate without a mandate.
    #[error("Say in a sentence what the delegate is to do there.")]
    MandateMissing,
    /// The club, of which every group is part.
    #[error("Every group is part of the club already.")]
    ClubIsAll,
    /// A group that is part of another.
    #[error("The group is part of another already. It has to leave that first.")]
    PartAlready,
    /// A group that would lie within itself.
    #[error("The other group lies within this one, so this one cannot lie within it.")]
    Circular,
    /// A delegate from elsewhere.
    #[error("The delegate has to be somebody in the group.")]
    DelegateOutside,
    /// A group that does not wish to be part of this one.
    #[error("That group has not asked to be part of this one, or is it already.")]
    NoWish,
    /// Two groups of which neither is part of the other.
    #[error("That group is not part of the other.")]
    NotPart,
    /// A visibility that there is not.
    #[error("Choose who may read it: everybody, its members, or only its members\u{2019} devices.")]
    VisibilityUnknown,
    /// Something to show that there is not.
    #[error("Choose what everybody may know of its people: nothing, how many there are, or their names.")]
    ShownUnknown,
    /// A place that is neither in the gazetteer nor in use.
    #[error("This place is not known here. Please choose one from the list, or leave it empty.")]
    PlaceUnknown,
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
    #[error("Only the group itself seats those whom it elected, and recalls them.")]
    NotElected,
    /// Nobody who was elected to this role, or not any more.
    #[error("They do not hold this role by an election, or not any more.")]
    NoSeat,
    /// A recall without a reason.
    #[error("Say why, so that the others can decide and the one whom it is about can answer.")]
    ReasonMissing,
    /// A reason that is too long.
    #[error("Please keep the reason to {0} characters.")]
    ReasonTooLong(u32),
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
            Self::ModeUnknown => "mode_unknown",
            Self::ModeAlready => "mode_already",
            Self::ModeByDecision => "mode_by_decision",
            Self::TooLong(_) | Self::TextTooLong(..) => "too_long",
            Self::AdmissionUnknown => "admission_unknown",
            Self::AnswerMissing => "answer_missing",
            Self::NotAgreed => "not_agreed",
            Self::AskedAlready => "asked_already",
            Self::AskedLately => "asked_lately",
            Self::InvitedAlready => "invited_already",
            Self::NotAsked => "not_asked",
            Self::NotInvited => "not_invited",
            Self::NothingAsked => "nothing_asked",
            Self::MandateMissing => "mandate_missing",
            Self::ClubIsAll => "club_is_all",
            Self::PartAlready => "part_already",
            Self::Circular => "circular",
            Self::DelegateOutside => "delegate_outside",
            Self::NoWish => "no_wish",
            Self::NotPart => "not_part",
            Self::VisibilityUnknown => "visibility_unknown",
            Self::ShownUnknown => "shown_unknown",
            Self::PlaceUnknown => "place_unknown",
            Self::RoleUnknown => "role_unknown",
            Self::AlreadyIn => "already_in",
            Self::NotIn => "not_in",
            Self::NotAlone => "not_alone",
            Self::NoSteward => "no_steward",
            Self::NameDiffers => "name_differs",
            Self::LastSteward => "last_steward",
            Self::NotElected => "not_elected",
            Self::NoSeat => "no_seat",
            Self::ReasonMissing => "reason_missing",
            Self::ReasonTooLong(_) => "reason_too_long",
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
            | Self::ClubIsAll
            | Self::PartAlready
            | Self::Circular
            | Self::NoWish
            | Self::NotPart
            | Self::AskedAlready
            | Self::AskedLately
            | Self::InvitedAlready
            | Self::NotAsked
            | Self::NotInvited
            | Self::NothingAsked
            | Self::NotIn
            | Self::NoSteward
            | Self::NoSeat
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
            Self::ReasonMissing | Self::ReasonTooLong(_) => Some("reason"),
            Self::ModeUnknown | Self::ModeByDecision => Some("mode"),
            Self::TextTooLong(field, _) => Some(field),
            Self::AdmissionUnknown => Some("admission"),
            Self::AnswerMissing => Some("answer"),
            Self::NotAgreed => Some("agreed"),
            Self::MandateMissing => Some("mandate"),
            Self::ClubIsAll | Self::PartAlready | Self::Circular => Some("into"),
            Self::DelegateOutside => Some("delegate"),
            Self::VisibilityUnknown => Some("visibility"),
            Self::ShownUnknown => Some("shown"),
            Self::PlaceUnknown => Some("place"),
            Self::RoleUnknown | Self::LastSteward | Self::NotAlone => Some("role"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(GroupError);
