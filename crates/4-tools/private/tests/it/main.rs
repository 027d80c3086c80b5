//! The stories of private conversations, on both engines. The tests play browsers, with frames in which there is nothing to read.
#![expect(clippy::unwrap_used, reason = "a test that panics has failed")]

mod browsers;
mod devices;
mod pages;
mod people;
mod sending;
mod visibility;

use planet_kit::texts::TextFaults;
use planet_store::{Engine, testing};
use std::path::Path;

#[test]
fn every_text_that_is_used_is_written_and_no_other() {
    let texts = include_str!("../../texts/en.ftl");
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    assert_eq!(planet_kit::texts::missing(&[texts], src), TextFaults::default());
}

#[test]
fn every_statement_of_this_room_prepares_on_both_engines() {
    let statements = testing::statements_in(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref());
    assert!(statements.len() > 30, "{}", statements.len());
    for engine in [Engine::Sqlite, Engine::Postgres] {
        testing::run(engine, &browsers::migrations(), async |store| {
            let wrong = testing::prepare_all(&store, &statements).await;
            assert!(wrong.is_empty(), "{engine:?}: {wrong:?}");
        });
    }
}
