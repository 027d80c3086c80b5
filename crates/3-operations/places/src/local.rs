//! Local relevance: whom something reaches, given where its author lives. It narrows what is shown and never widens who
//! may see.

use planet_ontology::ids::PlaceId;
use planet_ontology::relevance::Relevance;
use planet_store::Tx;
use serde::Serialize;

use crate::error::PlaceError;
use crate::tree::{Ancestors, ancestors};

/// How far something really reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resolved {
    /// The level really used: the one asked for, or the next larger one that the author's place has.
    pub used: Relevance,
    /// The author's place at that level; none means the world.
    pub place: Option<PlaceId>,
    /// What the author should know before sending: that it reaches further than asked, or shows where they live.
    pub note: Option<String>,
}

/// How far something of a relevance reaches when somebody writes it whose home this is.
pub fn resolve(tx: &mut Tx, home: Option<PlaceId>, relevance: Relevance) -> Result<Resolved, PlaceError> {
    Ok(match home {
        Some(home) => ancestors(tx, home)?.resolve(relevance),
        None => Ancestors::default().resolve(relevance),
    })
}

/// Whether something that was written for a place is relevant to whoever has this reach ([`crate::reach`]). The feed
/// asks the same of the database: `place_id IS NULL OR place_id IN (…)`.
pub fn reaches(place: Option<PlaceId>, reach: &[PlaceId]) -> bool {
    place.is_none_or(|place| reach.contains(&place))
}

impl Ancestors {
    /// Finds the level that serves for a relevance: itself, or the next larger one that exists.
    pub fn resolve(&self, asked: Relevance) -> Resolved {
        let Some(place) = self.from(asked).next() else {
            let unknown = self.country.is_none() && self.district.is_none() && self.town.is_none();
            let note = match asked {
                Relevance::World => None,
                _ if unknown => {
                    Some("You have not said where you live, so this will reach everybody.".to_owned())
                }
                _ => Some(format!("Your place has no {}; this will reach everybody.", asked.word())),
            };
            return Resolved { used: Relevance::World, place: None, note };
        };
        let (used, name) = (place.kind, &place.name);
        let note = if used != asked {
            Some(format!("Your place has no {}; this will reach your {}, {name}.", asked.word(), used.word()))
        } else if used < Relevance::Town {
            Some(format!("Whoever reads this will know the {} you live in: {name}.", used.word()))
        } else {
            None
        };
        Resolved { used, place: Some(place.id), note }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Place;
    use uuid::Uuid;

    fn place(kind: Relevance, name: &str) -> Place {
        let id = PlaceId(Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()));
        Place { id, kind, parent: None, name: name.to_owned() }
    }

    /// What an author is told, level by level.
    fn told(home: &Ancestors) -> Vec<String> {
        let line =
            |resolved: Resolved| format!("{}: {}", resolved.used.word(), resolved.note.unwrap_or_default());
        Relevance::ALL.into_iter().map(|asked| line(home.resolve(asked))).collect()
    }

    #[test]
    fn an_author_is_told_when_a_level_is_missing_and_when_the_street_is_shown() {
        let home = Ancestors {
            street: Some(place(Relevance::Street, "Catherine Hill")),
            town: Some(place(Relevance::Town, "Frome")),
            country: Some(place(Relevance::Country, "United Kingdom")),
            ..Ancestors::default()
        };
        assert_eq!(
            told(&home),
            [
                "street: Whoever reads this will know the street you live in: Catherine Hill.",
                "town: Your place has no neighbourhood; this will reach your town, Frome.",
                "town: ",
                "country: Your place has no district; this will reach your country, United Kingdom.",
                "country: ",
                "world: ",
            ]
        );
    }

    #[test]
    fn who_lives_nowhere_writes_to_everybody_and_is_told_so() {
        let told = told(&Ancestors::default());
        assert_eq!(told[0], "world: You have not said where you live, so this will reach everybody.");
        assert_eq!(told[4], told[0]);
        assert_eq!(told[5], "world: ");
    }

    #[test]
    fn what_is_for_the_world_reaches_even_those_who_live_nowhere() {
        let frome = place(Relevance::Town, "Frome").id;
        assert!(reaches(None, &[]));
        assert!(!reaches(Some(frome), &[]));
        assert!(reaches(Some(frome), &[frome]));
    }
}
