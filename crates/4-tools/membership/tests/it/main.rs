//! Stories at the front door, told on both engines: a club is founded, people are let in, some stay out, some go.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

mod applying;
mod ceremonies;
mod club;
mod door;
mod founding;
mod going;
mod homes;
mod inviting;
mod joining;
mod visits;

use planet_membership::TEXTS;
use planet_store::{Engine, testing};
use std::path::Path;

#[test]
fn every_statement_of_this_room_prepares_on_both_engines() {
    let statements = testing::statements_in(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref());
    assert!(statements.len() > 30, "{}", statements.len());
    for engine in [Engine::Sqlite, Engine::Postgres] {
        testing::run(engine, &club::migrations(), async |store| {
            let wrong = testing::prepare_all(&store, &statements).await;
            assert!(wrong.is_empty(), "{engine:?}: {wrong:?}");
        });
    }
}

#[test]
fn every_text_is_there_and_used() {
    let faults =
        planet_kit::texts::missing(&[TEXTS.1], Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    assert_eq!(faults, planet_kit::texts::TextFaults::default());
}
