//! What can go wrong in the store, in the same words for both engines. What a refusal means to a member is said elsewhere.

use std::path::PathBuf;

/// Why the store didn't do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// So much is waiting already that one more would wait too long.
    #[error("There is more to do at this moment than the node can keep up with. Please try again shortly.")]
    Busy,
    /// The store was closed while this waited, or its threads have ended.
    #[error("The store is closed.")]
    Closed,
    /// Another node works on this SQLite database.
    #[error(
        "Another node is using the database {path} already{who}. Stop it first, or give this one a data directory of its own."
    )]
    InUse {
        /// The database.
        path: PathBuf,
        /// Who holds it, such as ` (process 4711)`, where that is known.
        who: String,
    },
    /// The database holds a migration that this program doesn't know.
    #[error(
        "This database was written by a newer version of PLANET (it has the change “{name}”). Start it with that version or a later one."
    )]
    Newer {
        /// The unknown migration.
        name: String,
    },
    /// The database lacks a migration, and may not be changed because it was opened for reading only.
    #[error(
        "This database was written by an older version of PLANET (it lacks the change “{name}”). Start the node once with this version."
    )]
    Older {
        /// The first migration that is missing.
        name: String,
    },
    /// A migration was edited after it had been applied to this database.
    #[error(
        "The change “{name}” was applied to this database with another text than this program has. The program was altered: use a released version."
    )]
    Altered {
        /// The edited migration.
        name: String,
    },
    /// Not an address of a database.
    #[error("“{0}” is not a database. Write postgres://… or the path of a file.")]
    NotATarget(String),
    /// The database can't be opened or reached.
    #[error("The database can't be opened: {0}")]
    Unreachable(String),
    /// The connection broke in the middle, nothing was written.
    #[error("The connection to the database was lost: {0}. Nothing was written.")]
    Disconnected(String),
    /// The commit failed or its outcome is unknown.
    #[error("The database could not confirm that this was written: {0}")]
    Commit(String),
    /// A row with this key is there already.
    #[error("A row with this key is there already ({0}).")]
    Unique(String),
    /// A row refers to another that isn't there, or is referred to.
    #[error("A row refers to one that isn't there ({0}).")]
    Reference(String),
    /// A row breaks a rule of its table: CHECK or NOT NULL.
    #[error("A row breaks a rule of its table ({0}).")]
    Rule(String),
    /// Two transactions were in each other's way. The store repeats these by itself; a closure that finds its
    /// idempotency key taken by a neighbour may answer this to be run again.
    #[error("Two changes were in each other's way ({0}). Please try again.")]
    Conflict(String),
    /// A statement that changes something, where only reading is allowed.
    #[error("This was opened for reading only.")]
    ReadOnly,
    /// An earlier statement of this transaction failed, so nothing more may be done in it. Use a savepoint around
    /// a statement that is expected to fail.
    #[error("An earlier step of this transaction failed: {0}")]
    Broken(String),
    /// [`crate::Tx::one`] found nothing.
    #[error("The row that should be there is missing.")]
    NoRow,
    /// [`crate::Tx::one`] or [`crate::Tx::row`] found several.
    #[error("There are several rows where one was expected.")]
    ManyRows,
    /// The record has another number of columns than the statement.
    #[error("A statement gives {given} columns where {wanted} are read: {sql}")]
    Arity {
        /// Columns of the statement.
        given: usize,
        /// Columns of the record.
        wanted: usize,
        /// The statement's beginning.
        sql: String,
    },
    /// Another number of parameters than the statement has places for.
    #[error("A statement takes {wanted} parameters, and {given} were given: {sql}")]
    Parameters {
        /// Parameters given.
        given: usize,
        /// Places in the statement.
        wanted: usize,
        /// The statement's beginning.
        sql: String,
    },
    /// A column holds something else than the type that reads it.
    #[error("A column holds {found} where {wanted} was expected.")]
    Column {
        /// What the column holds.
        found: &'static str,
        /// What was to be read.
        wanted: &'static str,
    },
    /// Text with a NUL character in it, which PostgreSQL can't hold (so SQLite doesn't get it either).
    #[error("A text contains an invisible character that can't be stored (NUL).")]
    Nul,
    /// A statement that can't be rewritten for an engine.
    #[error("A statement can't be translated: {0}")]
    Dialect(String),
    /// A closure panicked; its changes were undone.
    #[error("Something went wrong inside the program: {0}. Nothing was changed.")]
    Panicked(String),
    /// Anything else the engine says, in its words.
    #[error("The database refused a statement: {0}")]
    Engine(String),
}

impl Error {
    /// A short stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Busy => "store-busy",
            Self::Closed => "store-closed",
            Self::InUse { .. } => "store-in-use",
            Self::Newer { .. } => "store-newer",
            Self::Older { .. } => "store-older",
            Self::Altered { .. } => "store-altered",
            Self::NotATarget(_) => "store-not-a-target",
            Self::Unreachable(_) => "store-unreachable",
            Self::Disconnected(_) => "store-disconnected",
            Self::Commit(_) => "store-commit",
            Self::Unique(_) => "store-unique",
            Self::Reference(_) => "store-reference",
            Self::Rule(_) => "store-rule",
            Self::Conflict(_) => "store-conflict",
            Self::ReadOnly => "store-read-only",
            Self::Broken(_) => "store-broken",
            Self::NoRow => "store-no-row",
            Self::ManyRows => "store-many-rows",
            Self::Arity { .. } => "store-arity",
            Self::Parameters { .. } => "store-parameters",
            Self::Column { .. } => "store-column",
            Self::Nul => "store-nul",
            Self::Dialect(_) => "store-dialect",
            Self::Panicked(_) => "store-panicked",
            Self::Engine(_) => "store-engine",
        }
    }

    /// Whether running the same closure again may succeed, and does no harm because nothing was written.
    pub const fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict(_) | Self::Disconnected(_))
    }
}

/// Lets the store see its own error inside the caller's, so that it repeats what the engine asks to repeat.
pub trait MaybeRetry {
    /// The store's error that is the cause of this one, if it is.
    fn store_error(&self) -> Option<&Error>;
}

impl MaybeRetry for Error {
    fn store_error(&self) -> Option<&Error> {
        Some(self)
    }
}
