//! The register of assumptions: the statements about people and the world that the club builds on. This file holds
//! the two sections and the five statements that every club starts with; members add more.
//!
//! Source: open.coop/PlaNet, quoted in the project's notes on its sources.

/// A section of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Assumptions about human behaviour.
    People,
    /// Assumptions about reality and existence.
    World,
}

impl Section {
    /// The word used in tables and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::World => "world",
        }
    }

    /// The section of a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::People, Self::World].into_iter().find(|section| section.word() == word)
    }
}

/// The statements that every register starts with.
pub const SEEDS: [(Section, &str); 5] = [
    (Section::People, "Complex decisions are best made by diverse minds"),
    (Section::People, "Success depends on how well we relate to everything around us"),
    (Section::People, "Joy comes from the bliss of connectedness"),
    (Section::World, "Humanity relies on planet Earth for its survival"),
    (Section::World, "All societies are complex, adaptive, systems that require flows of value"),
];
