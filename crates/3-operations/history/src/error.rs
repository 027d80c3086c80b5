//! Why an export as a whole is not read, in words for whoever chose it.

/// Why a file is not read.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// It cannot be opened or read.
    #[error("The file cannot be read: {0}.")]
    Unreadable(std::io::Error),
    /// Neither lines of JSON nor a zip, or a broken one.
    #[error("This is no export: {0}.")]
    NotAnExport(String),
    /// A zip that names a place outside of itself.
    #[error(
        "The zip holds a file called \u{201c}{0}\u{201d}, which points outside of the zip. It is not an export as Mattermost or Slack write it, and nothing of it was read."
    )]
    PathOutside(String),
    /// A zip that blows up.
    #[error("\u{201c}{0}\u{201d} unpacks to far more than any chat would. Nothing of it was read.")]
    Bomb(String),
    /// More than fits.
    #[error("This export has more than {0}. Please export fewer channels or a shorter time.")]
    TooLarge(&'static str),
    /// Another version of the format.
    #[error("This export says that it has version {0} of the format; only version 1 is known.")]
    Version(i64),
}

/// What a reader says from within when an entry unpacks to too much.
#[derive(Debug, thiserror::Error)]
#[error("{0} unpacks to too much")]
pub(crate) struct Blown(pub String);

impl From<std::io::Error> for HistoryError {
    fn from(error: std::io::Error) -> Self {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Blown>()) {
            Some(Blown(name)) => Self::Bomb(name.clone()),
            None => Self::Unreadable(error),
        }
    }
}
