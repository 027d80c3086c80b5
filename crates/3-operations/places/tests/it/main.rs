//! The story of places, on both engines: towns are chosen, streets are made, people live there and move.
//! The gazetteer itself is tested beside its code.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

use planet_ontology::ids::{AgentId, PlaceId};
use planet_ontology::units::Moment;
use planet_places::{Country, Division, PlaceError, Town};
use planet_store::{Engine, testing};
use uuid::Uuid;

mod homes;
mod relevance;
mod tree;

/// Some afternoon.
const NOW: Moment = Moment(1_795_000_000_000_000);

fn agent(n: u128) -> AgentId {
    AgentId(Uuid::from_u128(n))
}

fn place(n: u128) -> PlaceId {
    PlaceId(Uuid::from_u128(n))
}

fn days_later(days: i64) -> Moment {
    Moment(NOW.0 + days * Moment::DAY)
}

/// A town as the gazetteer would give it, with ids made from the names.
fn town(country: &str, district: Option<&str>, name: &str) -> Town {
    let id = |text: String| PlaceId(Uuid::new_v5(&Uuid::NAMESPACE_OID, text.as_bytes()));
    Town {
        id: id(format!("{country}/{district:?}/{name}")),
        name: name.to_owned(),
        district: district
            .map(|name| Division { id: id(format!("{country}/{name}")), name: name.to_owned() }),
        region: None,
        country: Country { id: id(country.to_owned()), code: country.to_owned(), name: country.to_owned() },
    }
}

fn frome() -> Town {
    town("GB", Some("Somerset"), "Frome")
}

/// The code of a refusal; the test fails if there was none.
fn refusal<T>(result: Result<T, PlaceError>) -> &'static str {
    result.err().expect("a refusal").code()
}

#[test]
fn every_statement_of_this_room_prepares_on_both_engines() {
    let statements = testing::statements_in(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref());
    assert!(statements.len() > 15, "{}", statements.len());
    for engine in [Engine::Sqlite, Engine::Postgres] {
        testing::run(engine, planet_places::MIGRATIONS, async |store| {
            let wrong = testing::prepare_all(&store, &statements).await;
            assert!(wrong.is_empty(), "{engine:?}: {wrong:?}");
        });
    }
}
