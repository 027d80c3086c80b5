//! Why the program stops, each with a sentence and an exit code. What a member does wrong is never one of these.

use planet_corridor::refusal::Fault;
use planet_kit::texts::TextsError;
use planet_kit::web::desk::NotAnOrigin;
use planet_store::Error as StoreError;
use std::path::PathBuf;

/// Exit code: something is broken.
pub const BROKEN: u8 = 1;
/// Exit code: the record does not verify.
pub const NOT_VERIFIED: u8 = 3;
/// Exit code: somebody else uses the data.
const IN_USE: u8 = 4;
/// Exit code: the data belongs to another version or another origin.
const NOT_FOR_US: u8 = 5;

/// Why the program stops.
#[derive(Debug, thiserror::Error)]
pub enum NodeError {
    /// The store cannot be opened or used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The corridor cannot be opened: the rules in force do not fit this version.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The origin is not one.
    #[error(transparent)]
    Origin(#[from] NotAnOrigin),
    /// The club was founded at another origin.
    #[error(
        "This club was founded at {founded}, and passkeys and links are bound to that address. Start it with --origin {founded}."
    )]
    OtherOrigin {
        /// Where it was founded.
        founded: String,
    },
    /// The key is not the one that the club's checkpoints are signed with.
    #[error(
        "The key in the data folder is not this club's key. Restore node.key from your backup, or name the right folder with --data."
    )]
    OtherKey,
    /// The texts have a mistake.
    #[error(transparent)]
    Texts(#[from] TextsError),
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The node's key cannot be read.
    #[error(
        "The club's key in {0} cannot be read. Without it nothing can be signed; restore it from your backup."
    )]
    Key(PathBuf),
    /// The port is taken.
    #[error("Cannot listen on {listen}: {error}")]
    Listen {
        /// The address.
        listen: std::net::SocketAddr,
        /// Why.
        error: std::io::Error,
    },
    /// Anything else.
    #[error("{0}")]
    Other(String),
}

impl NodeError {
    /// The exit code.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Store(StoreError::InUse { .. }) => IN_USE,
            Self::Store(StoreError::Newer { .. } | StoreError::Altered { .. } | StoreError::Older { .. })
            | Self::OtherOrigin { .. }
            | Self::OtherKey => NOT_FOR_US,
            _ => BROKEN,
        }
    }
}
