//! What can be wrong when somebody names who votes for them. What can be wrong with a vote is elsewhere.

use planet_corridor::refusal::RefusalKind;

/// Why somebody is not named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DelegateError {
    /// A topic that there is not.
    #[error("Choose what it is about.")]
    TopicUnknown,
    /// Somebody who is not in the group.
    #[error("You are not in this group, so you have no vote in it.")]
    Outsider,
    /// Nobody in the group whom one could name.
    #[error("Choose an active member of the group, by their handle.")]
    Unknown,
    /// Oneself.
    #[error("You vote for yourself anyway. Name somebody else.")]
    Oneself,
    /// A circle: in the end nobody would vote.
    #[error(
        "This would go round in a circle: whom you name has named you, perhaps by way of others. So nobody would vote."
    )]
    Circle,
    /// More than one person may speak for.
    #[error(
        "One person votes for {0} others at the most here, and that many have named them, or whom they named, already."
    )]
    Full(usize),
    /// Nothing to take back.
    #[error("Nobody is named for this. Perhaps it was taken back already.")]
    Nobody,
}

impl DelegateError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TopicUnknown => "topic_unknown",
            Self::Outsider => "delegate_outsider",
            Self::Unknown => "delegate_unknown",
            Self::Oneself => "delegate_self",
            Self::Circle => "delegate_loop",
            Self::Full(_) => "delegate_full",
            Self::Nobody => "delegate_none",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::Outsider => RefusalKind::NotAllowed,
            Self::Circle | Self::Full(_) | Self::Nobody => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::TopicUnknown => Some("topic"),
            Self::Outsider | Self::Nobody => None,
            _ => Some("to"),
        }
    }
}

planet_corridor::refuses!(DelegateError);
