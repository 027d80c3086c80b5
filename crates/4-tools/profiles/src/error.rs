//! What can go wrong with profiles and circles.

use crate::acts::{MAX_CIRCLES, MAX_DETAILS, MAX_IN_CIRCLE};
use planet_corridor::refusal::RefusalKind;

/// Why something about a profile is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// No such profile, or it is hidden from who asks, or is not theirs to change.
    #[error("There is no such profile, or it is not shown to you.")]
    ProfileUnknown,
    /// No such detail, or somebody else's.
    #[error("There is no such detail in your profile. It may have been removed already.")]
    DetailUnknown,
    /// A kind of detail that there is not.
    #[error("Choose what this detail is, such as a skill, a phone number or a website.")]
    KindUnknown,
    /// A detail of an own kind without a name.
    #[error("Say in a word or two what this is.")]
    LabelMissing,
    /// A name longer than a line.
    #[error("Please keep this to {0} characters.")]
    LabelTooLong(u32),
    /// A detail that says nothing.
    #[error("Write something, or remove the detail.")]
    ValueMissing,
    /// More text than allowed.
    #[error("Please keep this to {0} characters.")]
    ValueTooLong(u32),
    /// Not an address of mail.
    #[error("This does not look like an email address. It needs an @ with something on both sides.")]
    EmailUnclear,
    /// A phone number without numbers.
    #[error("This does not look like a phone number. Write it with digits, such as +44 1373 123456.")]
    PhoneUnclear,
    /// Not a page that others could open.
    #[error("Write the address of a web page, such as https://example.org.")]
    WebsiteUnclear,
    /// An audience that is not the owner's to choose.
    #[error(
        "Choose who may see this: everybody, the club, a group you belong to, one of your circles, or only you."
    )]
    AudienceUnknown,
    /// Too many details.
    #[error("A profile has {MAX_DETAILS} details at the most. Remove one first.")]
    TooManyDetails,
    /// No such circle, or somebody else's.
    #[error("You have no such circle.")]
    CircleUnknown,
    /// A circle without a name.
    #[error("Give the circle a name, such as friends.")]
    CircleNameMissing,
    /// A circle of this name is there.
    #[error("You have a circle of this name already.")]
    CircleNameTaken,
    /// A name longer than a line.
    #[error("Please keep the name to {0} characters.")]
    CircleNameTooLong(u32),
    /// Too many circles.
    #[error("You can have {MAX_CIRCLES} circles at the most. End one first.")]
    TooManyCircles,
    /// Too many people in a circle.
    #[error("A circle has {MAX_IN_CIRCLE} people at the most. For more of them, a group may suit better.")]
    CircleFull,
    /// No such member.
    #[error("There is no active member of that name.")]
    MemberUnknown,
    /// Oneself in one's own circle.
    #[error("You need not be in your own circle: you see everything you show to it.")]
    Yourself,
    /// What only members see.
    #[error("This is for members of the club.")]
    MembersOnly,
    /// *View as* for a profile that is not one's own.
    #[error("You can look through somebody else's eyes at your own profile only.")]
    NotYourProfile,
}

impl ProfileError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ProfileUnknown => "profile_unknown",
            Self::DetailUnknown => "detail_unknown",
            Self::KindUnknown => "kind_unknown",
            Self::LabelMissing => "label_missing",
            Self::LabelTooLong(_) => "label_too_long",
            Self::ValueMissing => "value_missing",
            Self::ValueTooLong(_) => "value_too_long",
            Self::EmailUnclear => "email_unclear",
            Self::PhoneUnclear => "phone_unclear",
            Self::WebsiteUnclear => "website_unclear",
            Self::AudienceUnknown => "audience_unknown",
            Self::TooManyDetails => "too_many_details",
            Self::CircleUnknown => "circle_unknown",
            Self::CircleNameMissing => "circle_name_missing",
            Self::CircleNameTaken => "circle_name_taken",
            Self::CircleNameTooLong(_) => "circle_name_too_long",
            Self::TooManyCircles => "too_many_circles",
            Self::CircleFull => "circle_full",
            Self::MemberUnknown => "member_unknown",
            Self::Yourself => "yourself",
            Self::MembersOnly => "members_only",
            Self::NotYourProfile => "not_your_profile",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::ProfileUnknown | Self::DetailUnknown | Self::CircleUnknown => RefusalKind::NotFound,
            Self::MembersOnly | Self::NotYourProfile => RefusalKind::NotAllowed,
            Self::TooManyDetails | Self::TooManyCircles | Self::CircleFull | Self::CircleNameTaken => {
                RefusalKind::Conflict
            }
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::KindUnknown => Some("kind"),
            Self::LabelMissing | Self::LabelTooLong(_) => Some("label"),
            Self::ValueMissing
            | Self::ValueTooLong(_)
            | Self::EmailUnclear
            | Self::PhoneUnclear
            | Self::WebsiteUnclear => Some("value"),
            Self::AudienceUnknown => Some("audience"),
            Self::CircleNameMissing | Self::CircleNameTaken | Self::CircleNameTooLong(_) => Some("name"),
            Self::MemberUnknown | Self::Yourself | Self::CircleFull => Some("member"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(ProfileError);
