//! The tables of this room can be made on both engines.

use planet_store::{Migration, Store, both_engines};

fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_ledger::MIGRATIONS, planet_currencies::MIGRATIONS].concat()
}

both_engines! { migrations();

    async fn the_tables_are_made(store: Store) {
        store.migrate(&migrations()).await.unwrap();
    }
}
