//! Why something about places was refused, in words for the person who tried it.

use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;
use planet_store::MaybeRetry;

use crate::homes::MOVES;
use crate::tree::NAME_LENGTH;

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// No such place in the database or the gazetteer.
    #[error("This place is not known here. Please choose one from the list.")]
    Unknown,
    /// A street outside a town, a town made by hand, and the like.
    #[error("A {} cannot be added to a {}. Members add neighbourhoods to a town, and streets to a town or a neighbourhood.", .kind.word(), .parent.word())]
    KindWrong {
        /// What was to be added.
        kind: Relevance,
        /// The kind of the place to which it was to be added.
        parent: Relevance,
    },
    /// Nothing that could be read aloud.
    #[error("Please give this place a name with letters or digits in it.")]
    NameMissing,
    /// A longer name than fits on a line.
    #[error("This name is too long: {NAME_LENGTH} characters are the most a place can have.")]
    NameTooLong,
    /// Too many homes in a short time.
    #[error("You have changed your home {MOVES} times within a year. So that nobody can look into every street in turn, the next change is possible from {}.", date(*.again))]
    MovedTooOften {
        /// When the next change is possible.
        again: Moment,
    },
    /// Two places that can't be the same.
    #[error("Only two streets or two neighbourhoods of one town can be merged.")]
    MergeWrong,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] planet_store::Error),
}

impl PlaceError {
    /// A short stable word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown => "place_unknown",
            Self::KindWrong { .. } => "place_kind_wrong",
            Self::NameMissing => "name_missing",
            Self::NameTooLong => "name_too_long",
            Self::MovedTooOften { .. } => "moved_too_often",
            Self::MergeWrong => "merge_wrong",
            Self::Store(error) => error.code(),
        }
    }
}

impl MaybeRetry for PlaceError {
    fn store_error(&self) -> Option<&planet_store::Error> {
        match self {
            Self::Store(error) => Some(error),
            _ => None,
        }
    }
}

/// The day of a moment, in UTC.
fn date(moment: Moment) -> String {
    moment.rfc3339().chars().take_while(|c| *c != 'T').collect()
}
