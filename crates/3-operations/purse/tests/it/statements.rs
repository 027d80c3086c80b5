//! Every statement of this room is prepared on both engines.

use std::path::Path;

use planet_store::{Migration, Store, both_engines, testing};

fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_ledger::MIGRATIONS, planet_purse::MIGRATIONS].concat()
}

both_engines! { migrations();
    async fn every_statement_prepares(store: Store) {
        let found = testing::statements_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        assert!(found.len() > 5, "{} statements", found.len());
        let mistakes = testing::prepare_all(&store, &found).await;
        assert!(mistakes.is_empty(), "{mistakes:#?}");
    }
}
