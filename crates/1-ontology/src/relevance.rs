//! Local relevance and the kinds of places: how far a post matters. Says nothing about who may see it.

use serde::{Deserialize, Serialize};

/// How far something matters, from the author's street to the world. District is larger than town.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Relevance {
    /// Those who live in the author's street.
    Street,
    /// Those who live in the author's neighbourhood.
    Neighbourhood,
    /// Those who live in the author's town.
    Town,
    /// Those who live in the author's district.
    District,
    /// Those who live in the author's country.
    Country,
    /// Everybody.
    World,
}

impl Relevance {
    /// All levels, nearest first.
    pub const ALL: [Self; 6] =
        [Self::Street, Self::Neighbourhood, Self::Town, Self::District, Self::Country, Self::World];

    /// The word used in tables, forms and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Neighbourhood => "neighbourhood",
            Self::Town => "town",
            Self::District => "district",
            Self::Country => "country",
            Self::World => "world",
        }
    }

    /// The level of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.word() == word)
    }
}
