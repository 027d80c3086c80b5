//! Every statement of this room.

use crate::club::migrations;
use planet_store::{Engine, testing};

#[test]
fn every_statement_of_this_room_prepares_on_both_engines() {
    let statements = testing::statements_in(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref());
    assert!(statements.len() > 40, "{}", statements.len());
    for engine in [Engine::Sqlite, Engine::Postgres] {
        testing::run(engine, &migrations(), async |store| {
            let wrong = testing::prepare_all(&store, &statements).await;
            assert!(wrong.is_empty(), "{engine:?}: {wrong:?}");
        });
    }
}
