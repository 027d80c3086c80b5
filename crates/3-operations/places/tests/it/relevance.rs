//! The table of local relevance: every level, every pair of homes. Who follows whom and who may see what are tested
//! where those are decided.

use planet_ontology::relevance::Relevance::{self, Country, Neighbourhood, Street, Town, World};
use planet_places::{PlaceError, add, ensure_country, ensure_town, home, reach, reaches, resolve, set_home};
use planet_store::{Store, Tx, both_engines};

use crate::{NOW, agent, place, town};

/// A home, as [street, neighbourhood, town, district, country]; what is empty is missing.
type Address = [&'static str; 5];

/// Homes of all sorts. The first is the author of the table below.
const HOMES: [(&str, Address); 13] = [
    ("the author", ["Castle Street", "Trinity", "Frome", "Somerset", "GB"]),
    ("same street", ["Castle Street", "Trinity", "Frome", "Somerset", "GB"]),
    ("next street", ["Selwood Road", "Trinity", "Frome", "Somerset", "GB"]),
    ("same neighbourhood, no street", ["", "Trinity", "Frome", "Somerset", "GB"]),
    ("other neighbourhood", ["The Mount Road", "The Mount", "Frome", "Somerset", "GB"]),
    ("street of that name elsewhere in town", ["Castle Street", "", "Frome", "Somerset", "GB"]),
    ("same town, no more", ["", "", "Frome", "Somerset", "GB"]),
    ("other town", ["Castle Street", "Trinity", "Wells", "Somerset", "GB"]),
    ("other district", ["", "", "Bath", "Avon", "GB"]),
    ("no district", ["Castle Street", "", "Lundy", "", "GB"]),
    ("same country, no more", ["", "", "", "", "GB"]),
    ("other country", ["Castle Street", "", "Frome", "", "AU"]),
    ("undeclared", ["", "", "", "", ""]),
];

/// Declares a home, making what is missing of the tree.
fn settle(
    tx: &mut Tx,
    n: u128,
    [street, neighbourhood, name, district, country]: Address,
) -> Result<(), PlaceError> {
    let named = |name: &'static str| Some(name).filter(|name| !name.is_empty());
    if country.is_empty() {
        return Ok(());
    }
    let town = town(country, named(district), name);
    let mut here = if name.is_empty() { ensure_country(tx, &town.country)? } else { ensure_town(tx, &town)? };
    if let Some(name) = named(neighbourhood) {
        here = add(tx, here, Neighbourhood, name, NOW, place(100 + n))?.id;
    }
    if let Some(name) = named(street) {
        here = add(tx, here, Street, name, NOW, place(200 + n))?.id;
    }
    set_home(tx, agent(n), here, Town, NOW).map(drop)
}

/// Whether a post of this author and level is relevant to this reader, through the database.
fn is_relevant(tx: &mut Tx, author: u128, level: Relevance, reader: u128) -> Result<bool, PlaceError> {
    let home = home(tx, agent(author))?.map(|home| home.place);
    let resolved = resolve(tx, home, level)?;
    Ok(reaches(resolved.place, &reach(tx, agent(reader))?))
}

/// The same by the rule as it is written: both have the author's place at that level, or at the next larger one that
/// the author has. A place is the same if it and all that it lies in have the same names.
fn rule(author: Address, level: Relevance, reader: Address) -> bool {
    let asked = Relevance::ALL.iter().position(|each| *each == level).unwrap();
    let used = (asked..5).find(|at| !author[*at].is_empty());
    used.is_none_or(|used| author[used..] == reader[used..])
}

both_engines! { planet_places::MIGRATIONS;
    async fn a_post_reaches_those_who_share_its_authors_place_at_its_level(store: Store) {
        store.write(|tx| {
            for ((_, address), n) in HOMES.into_iter().zip(0..) {
                settle(tx, n, address)?;
            }
            // Reader: street, neighbourhood, town, district, country, world.
            for (reader, expected) in [
                ("same street", "x x x x x x"),
                ("next street", ". x x x x x"),
                ("same neighbourhood, no street", ". x x x x x"),
                ("other neighbourhood", ". . x x x x"),
                ("street of that name elsewhere in town", ". . x x x x"),
                ("same town, no more", ". . x x x x"),
                ("other town", ". . . x x x"),
                ("other district", ". . . . x x"),
                ("no district", ". . . . x x"),
                ("same country, no more", ". . . . x x"),
                ("other country", ". . . . . x"),
                ("undeclared", ". . . . . x"),
            ] {
                let n = HOMES.iter().position(|(name, _)| *name == reader).unwrap();
                let row = Relevance::ALL.map(|level| {
                    if is_relevant(tx, 0, level, n.try_into().unwrap()).unwrap() { "x" } else { "." }
                });
                assert_eq!(row.join(" "), expected, "{reader}");
            }
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn every_level_and_every_pair_of_homes_follows_the_rule(store: Store) {
        store.write(|tx| {
            for ((_, address), n) in HOMES.into_iter().zip(0..) {
                settle(tx, n, address)?;
            }
            let (mut relevant, mut all) = (0, 0);
            for ((author, from), a) in HOMES.into_iter().zip(0..) {
                for ((reader, to), r) in HOMES.into_iter().zip(0..) {
                    for level in Relevance::ALL {
                        let expected = rule(from, level, to);
                        assert_eq!(is_relevant(tx, a, level, r)?, expected, "{author} to {reader}, {level:?}");
                        relevant += i32::from(expected);
                        all += 1;
                    }
                }
            }
            assert!(relevant > 300 && all - relevant > 300, "{relevant} of {all}: the table says something");
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn a_missing_level_gives_way_to_the_next_larger_one(store: Store) {
        store.write(|tx| {
            for ((_, address), n) in HOMES.into_iter().zip(0..) {
                settle(tx, n, address)?;
            }
            for (author, asked, used, note) in [
                ("same town, no more", Street, Town, Some("Your place has no street; this will reach your town, Frome.")),
                ("no district", Relevance::District, Country, Some("Your place has no district; this will reach your country, GB.")),
                ("no district", Neighbourhood, Town, Some("Your place has no neighbourhood; this will reach your town, Lundy.")),
                ("no district", Town, Town, None),
                ("undeclared", Street, World, Some("You have not said where you live, so this will reach everybody.")),
                ("undeclared", World, World, None),
                ("the author", Street, Street, Some("Whoever reads this will know the street you live in: Castle Street.")),
            ] {
                let n = HOMES.iter().position(|(name, _)| *name == author).unwrap();
                let home = home(tx, agent(n.try_into().unwrap()))?.map(|home| home.place);
                let resolved = resolve(tx, home, asked)?;
                assert_eq!((resolved.used, resolved.note.as_deref()), (used, note), "{author} {asked:?}");
                assert_eq!(resolved.place.is_none(), used == World);
            }
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn moving_house_does_not_move_what_was_written_before(store: Store) {
        store.write(|tx| {
            settle(tx, 0, HOMES[0].1)?;
            settle(tx, 1, HOMES[1].1)?;
            let before = home(tx, agent(0))?.map(|home| home.place);
            let written = resolve(tx, before, Street)?.place;
            let wells = ensure_town(tx, &town("GB", Some("Somerset"), "Wells"))?;
            set_home(tx, agent(0), wells, Town, NOW)?;
            assert!(reaches(written, &reach(tx, agent(1))?));
            assert!(!reaches(written, &reach(tx, agent(0))?), "the author's own posts are shown by another rule");
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }
}
