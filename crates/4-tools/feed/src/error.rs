//! What a member can do wrong in the feed, in words for the member.

use crate::acts::{MAX_COMMENT, MAX_FOLLOWS, MAX_NESTED, MAX_TAG, MAX_TAGS, MAX_TEXT, MAX_TITLE};
use planet_corridor::refusal::{Fault, Refusal, RefusalKind};
use planet_places::PlaceError;

/// Why the feed refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// No such post, or not for this reader.
    #[error("There is no such post. It may have been removed, or it is for others.")]
    PostUnknown,
    /// No such comment.
    #[error("There is no such comment. It may have been removed.")]
    CommentUnknown,
    /// Nobody to follow or to read by that name.
    #[error("There is nobody here by that name.")]
    AgentUnknown,
    /// A post without a title.
    #[error("Give your post a title, so that others see at a glance what it is about.")]
    TitleMissing,
    /// A longer title than fits.
    #[error("Please keep the title to {MAX_TITLE} characters.")]
    TitleTooLong,
    /// A post that says nothing.
    #[error("Write a few words below the title.")]
    TextMissing,
    /// A longer text than fits.
    #[error("Please keep the text to {MAX_TEXT} characters.")]
    TextTooLong,
    /// Lists within lists, or quotes within quotes, beyond reading.
    #[error("Please put fewer lists or quotes within each other: {MAX_NESTED} levels are the most.")]
    NestedTooDeep,
    /// A post without tags.
    #[error("Give your post at least one tag, such as \u{201c}bread\u{201d}, so that it can be found.")]
    TagMissing,
    /// More tags than allowed.
    #[error("A post has {MAX_TAGS} tags at the most.")]
    TooManyTags,
    /// A tag that is no word, or too long.
    #[error(
        "A tag is a word of letters, digits and hyphens with at least one letter, {MAX_TAG} characters at the most."
    )]
    TagWrong,
    /// A level that there is not.
    #[error("Choose how far your post matters, from your street to the world.")]
    RelevanceMissing,
    /// Local relevance without a home.
    #[error("Say in your settings where you live before you write for a place, or choose the world.")]
    HomeMissing,
    /// A public post for a street.
    #[error(
        "A post for your {0} cannot be public: everybody would know where you live. Choose the club, or a town and larger."
    )]
    LocalNotPublic(&'static str),
    /// An audience that the author may not address.
    #[error(
        "You cannot write for these readers. Choose the club, a group that you belong to, or a circle of your own."
    )]
    AudienceUnknown,
    /// An empty comment.
    #[error("Write your comment first.")]
    CommentMissing,
    /// A longer comment than fits.
    #[error("Please keep your comment to {MAX_COMMENT} characters.")]
    CommentTooLong,
    /// Following oneself.
    #[error("You need not follow yourself: your own posts are in your feed anyway.")]
    FollowsSelf,
    /// More people than anybody can read.
    #[error("You follow {MAX_FOLLOWS} already, which is the most. Unfollow somebody first.")]
    FollowsTooMany,
}

impl FeedError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::PostUnknown => "post_unknown",
            Self::CommentUnknown => "comment_unknown",
            Self::AgentUnknown => "agent_unknown",
            Self::TitleMissing => "title_missing",
            Self::TitleTooLong => "title_too_long",
            Self::TextMissing => "text_missing",
            Self::TextTooLong => "text_too_long",
            Self::NestedTooDeep => "nested_too_deep",
            Self::TagMissing => "tag_missing",
            Self::TooManyTags => "too_many_tags",
            Self::TagWrong => "tag_wrong",
            Self::RelevanceMissing => "relevance_missing",
            Self::HomeMissing => "home_missing",
            Self::LocalNotPublic(_) => "local_not_public",
            Self::AudienceUnknown => "audience_unknown",
            Self::CommentMissing => "comment_missing",
            Self::CommentTooLong => "comment_too_long",
            Self::FollowsSelf => "follows_self",
            Self::FollowsTooMany => "follows_too_many",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::PostUnknown | Self::CommentUnknown | Self::AgentUnknown => RefusalKind::NotFound,
            Self::FollowsSelf | Self::FollowsTooMany => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::TitleMissing | Self::TitleTooLong => Some("title"),
            Self::TextMissing
            | Self::TextTooLong
            | Self::NestedTooDeep
            | Self::CommentMissing
            | Self::CommentTooLong => Some("text"),
            Self::TagMissing | Self::TooManyTags | Self::TagWrong => Some("tags"),
            Self::RelevanceMissing | Self::HomeMissing => Some("relevance"),
            Self::LocalNotPublic(_) | Self::AudienceUnknown => Some("audience"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(FeedError);

/// What went wrong with places, as the corridor tells it.
pub(crate) fn places(error: PlaceError) -> Fault {
    match error {
        PlaceError::Store(broken) => Fault::Store(broken),
        error => Refusal::input("relevance", error.code(), error.to_string()).into(),
    }
}
