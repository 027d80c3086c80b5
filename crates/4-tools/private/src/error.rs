//! What can go wrong with private conversations.

use planet_corridor::refusal::RefusalKind;

/// Why something about a private conversation is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PrivateError {
    /// A device that there is not, or somebody else's.
    #[error("This browser is not set up for private messages, or no longer. Load the page again.")]
    DeviceUnknown,
    /// A device id that is taken.
    #[error("This browser is set up already. Load the page again.")]
    DeviceTaken,
    /// More devices than a member may have.
    #[error("You read private messages in {0} browsers already. Remove one of them first.")]
    TooManyDevices(i64),
    /// A device without a name.
    #[error("Give this browser a name by which you know it again.")]
    NameMissing,
    /// More text than allowed.
    #[error("Please keep this to {0} characters.")]
    NameTooLong(u32),
    /// A device that the member's own keys did not sign.
    #[error("This browser could not prove that it is yours. Load the page again.")]
    CredentialWrong,
    /// Something that is no key package, or of an odd date.
    #[error("What this browser offered cannot be used to write to it. Load the page again.")]
    PackageWrong,
    /// More key packages than are kept.
    #[error("At most {0} of these are kept for a browser.")]
    TooManyPackages(usize),
    /// Nothing left with which a device could be taken in.
    #[error("They have to open their private messages once before this goes on.")]
    NoPackages,
    /// No such conversation, or none of the viewer's.
    #[error("There is no such conversation.")]
    ConversationUnknown,
    /// Nobody of that name.
    #[error("There is no active member of that name.")]
    MemberUnknown,
    /// Oneself.
    #[error("A conversation needs somebody else.")]
    Yourself,
    /// Nobody at all.
    #[error("Choose whom you would like to write to.")]
    NobodyChosen,
    /// More people than fit.
    #[error("A private conversation has room for {0} people.")]
    TooManyPeople(usize),
    /// In it already.
    #[error("They are in this conversation already.")]
    AlreadyIn,
    /// Not in it.
    #[error("They are not in this conversation.")]
    NotIn,
    /// A conversation of two.
    #[error("A conversation of two stays one of two. Start another one with more people.")]
    StaysTwo,
    /// A group's own conversation.
    #[error("Who is in this conversation is decided in the group.")]
    GroupDecides,
    /// A group that does not have one.
    #[error("There is no such group, or you do not belong to it.")]
    GroupUnknown,
    /// A group whose words the node keeps.
    #[error("This group talks in its chat. Only private groups have a conversation here.")]
    GroupNotPrivate,
    /// Somebody was quicker with a commit.
    #[error("Somebody else was quicker. This is tried again.")]
    EpochTaken,
    /// The conversation went on meanwhile.
    #[error("The conversation went on meanwhile. This is tried again.")]
    EpochMoved,
    /// Bytes that are no message of this conversation.
    #[error("This is not a message that this conversation can carry.")]
    FrameWrong,
    /// A message that is too large.
    #[error("This message is too long. Please send it in parts.")]
    MessageTooLarge,
    /// A commit, a welcome or a ring of keys that is too large.
    #[error("This is too large for a private conversation.")]
    TooLarge,
    /// A message id under which something else was sent.
    #[error("Under this number something else was sent already.")]
    IdTaken,
    /// More than a day's allowance.
    #[error("That is a great deal for one day. Please go on tomorrow.")]
    AllowanceUsed,
    /// A place in the log that there is not.
    #[error("There is nothing at this place of the conversation.")]
    PositionUnknown,
    /// A version of the ring of keys that there never was.
    #[error("There is no such version of your keys.")]
    KeysUnknown,
    /// Another device has kept keys meanwhile.
    #[error("Another of your browsers was quicker. This is tried again.")]
    KeysMoved,
}

impl PrivateError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DeviceUnknown => "device_unknown",
            Self::DeviceTaken => "device_taken",
            Self::TooManyDevices(_) => "too_many_devices",
            Self::NameMissing => "name_missing",
            Self::NameTooLong(_) => "name_too_long",
            Self::CredentialWrong => "credential_wrong",
            Self::PackageWrong => "package_wrong",
            Self::TooManyPackages(_) => "too_many_packages",
            Self::NoPackages => "no_key_packages",
            Self::ConversationUnknown => "conversation_unknown",
            Self::MemberUnknown => "member_unknown",
            Self::Yourself => "yourself",
            Self::NobodyChosen => "nobody_chosen",
            Self::TooManyPeople(_) => "too_many_people",
            Self::AlreadyIn => "already_in",
            Self::NotIn => "not_in",
            Self::StaysTwo => "stays_two",
            Self::GroupDecides => "group_decides",
            Self::GroupUnknown => "group_unknown",
            Self::GroupNotPrivate => "group_not_private",
            Self::EpochTaken => "epoch_taken",
            Self::EpochMoved => "epoch_moved",
            Self::FrameWrong => "frame_wrong",
            Self::MessageTooLarge => "message_too_large",
            Self::TooLarge => "too_large",
            Self::IdTaken => "id_taken",
            Self::AllowanceUsed => "allowance_used",
            Self::PositionUnknown => "position_unknown",
            Self::KeysUnknown => "keys_unknown",
            Self::KeysMoved => "keys_moved",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::DeviceUnknown | Self::ConversationUnknown | Self::GroupUnknown => RefusalKind::NotFound,
            Self::DeviceTaken
            | Self::TooManyDevices(_)
            | Self::NoPackages
            | Self::AlreadyIn
            | Self::NotIn
            | Self::StaysTwo
            | Self::GroupDecides
            | Self::GroupNotPrivate
            | Self::EpochTaken
            | Self::EpochMoved
            | Self::IdTaken
            | Self::AllowanceUsed
            | Self::KeysMoved => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::NameMissing | Self::NameTooLong(_) => Some("name"),
            Self::MemberUnknown | Self::Yourself | Self::NobodyChosen | Self::TooManyPeople(_) => {
                Some("people")
            }
            Self::AlreadyIn => Some("member"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(PrivateError);
