//! What can go wrong with a blog.

use planet_corridor::refusal::RefusalKind;

/// Why something about a blog is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlogError {
    /// No such group, or none that the viewer may read.
    #[error("There is no such group.")]
    GroupUnknown,
    /// No such post, or none that the viewer may read.
    #[error("There is no such post.")]
    PostUnknown,
    /// A post without a title.
    #[error("Give the post a title.")]
    TitleMissing,
    /// A post that says nothing.
    #[error("Write something before you publish it.")]
    TextMissing,
    /// More text than allowed: the field and its limit in characters.
    #[error("Please keep this to {1} characters.")]
    TooLong(&'static str, u32),
    /// More drafts than one keeps.
    #[error("You have {0} drafts here. Publish or remove some first.")]
    TooManyDrafts(i64),
    /// A time in the past, or too far ahead.
    #[error("Choose a time from now on, within a year.")]
    TimeWrong,
    /// A post that everybody can read already.
    #[error("This is published already.")]
    PublishedAlready,
    /// A post that nobody else can read.
    #[error("This is a draft already.")]
    DraftAlready,
}

impl BlogError {
    /// A stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::GroupUnknown => "group_unknown",
            Self::PostUnknown => "post_unknown",
            Self::TitleMissing => "title_missing",
            Self::TextMissing => "text_missing",
            Self::TooLong(..) => "too_long",
            Self::TooManyDrafts(_) => "too_many_drafts",
            Self::TimeWrong => "time_wrong",
            Self::PublishedAlready => "published_already",
            Self::DraftAlready => "draft_already",
        }
    }

    /// What kind of answer it is.
    pub const fn kind(self) -> RefusalKind {
        match self {
            Self::GroupUnknown | Self::PostUnknown => RefusalKind::NotFound,
            Self::TooManyDrafts(_) | Self::PublishedAlready | Self::DraftAlready => RefusalKind::Conflict,
            _ => RefusalKind::Input,
        }
    }

    /// The form field that is wrong.
    pub const fn field(self) -> Option<&'static str> {
        match self {
            Self::TitleMissing => Some("title"),
            Self::TextMissing => Some("body"),
            Self::TooLong(field, _) => Some(field),
            Self::TimeWrong => Some("at"),
            _ => None,
        }
    }
}

planet_corridor::refuses!(BlogError);
