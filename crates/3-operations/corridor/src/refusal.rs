//! How things go wrong. [`Refusal`] is an answer to a person: use it for whatever the person can do something about.
//! [`Fault`] is what acts and views return: a refusal, or the store being broken, which is nobody's doing.

use planet_store::{Error as StoreError, MaybeRetry};
use serde::{Deserialize, Serialize};

/// What kind of answer a refusal is; decides the HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalKind {
    /// A field is wrong (422).
    Input,
    /// The rules do not permit it (403).
    NotAllowed,
    /// There is no such thing, or the viewer may not know of it (404).
    NotFound,
    /// It no longer fits what is there: already done, over a limit, key used (409).
    Conflict,
}

/// A refusal that a person can read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{sentence}")]
pub struct Refusal {
    /// What kind of answer it is.
    pub kind: RefusalKind,
    /// A stable word for programs: `over_lower_limit`.
    pub code: String,
    /// A sentence for people.
    pub sentence: String,
    /// The form field that is wrong, if one is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

impl Refusal {
    /// A field is wrong; without a name, the whole of what was sent.
    pub fn input(field: &str, code: &str, sentence: impl Into<String>) -> Self {
        let field = (!field.is_empty()).then(|| field.to_owned());
        Self { field, ..Self::new(RefusalKind::Input, code, sentence) }
    }

    /// The rules do not permit it.
    pub fn not_allowed(code: &str, sentence: impl Into<String>) -> Self {
        Self::new(RefusalKind::NotAllowed, code, sentence)
    }

    /// There is no such thing, as far as the viewer may know.
    pub fn not_found(code: &str, sentence: impl Into<String>) -> Self {
        Self::new(RefusalKind::NotFound, code, sentence)
    }

    /// It no longer fits what is there.
    pub fn conflict(code: &str, sentence: impl Into<String>) -> Self {
        Self::new(RefusalKind::Conflict, code, sentence)
    }

    fn new(kind: RefusalKind, code: &str, sentence: impl Into<String>) -> Self {
        Self { kind, code: code.into(), sentence: sentence.into(), field: None }
    }
}

/// Why an act or a view came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// An answer to the person.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The rules in force are newer than the loaded ones; the corridor reloads and decides again.
    #[error("The rules changed while this was being decided.")]
    StaleRules,
    /// What lies in the database makes no sense; `planet verify` tells more.
    #[error("The database is damaged: {0} Run `planet verify` to learn more.")]
    Damaged(String),
    /// The rules in the database cannot be loaded by this version of the program.
    #[error("The rules in force cannot be loaded: {0}")]
    UnusableRules(String),
}

impl MaybeRetry for Fault {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

/// Declares how a room's error enum becomes a [`Refusal`]: it has `code()` and `kind()`, and its `Display` is the
/// sentence. An optional `field()` names the form field.
#[macro_export]
macro_rules! refuses {
    ($error:ty) => {
        impl From<$error> for $crate::refusal::Refusal {
            fn from(error: $error) -> Self {
                Self {
                    kind: error.kind(),
                    code: error.code().into(),
                    sentence: error.to_string(),
                    field: error.field().map(Into::into),
                }
            }
        }
        impl From<$error> for $crate::refusal::Fault {
            fn from(error: $error) -> Self {
                Self::Refused(error.into())
            }
        }
    };
}
