//! Every statement of this room is prepared on both engines.

use crate::story::migrations;
use planet_store::{Store, both_engines, testing};
use std::path::Path;

both_engines! { migrations();
    async fn every_statement_prepares(store: Store) {
        let found = testing::statements_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        assert!(found.len() > 15, "{} statements", found.len());
        let mistakes = testing::prepare_all(&store, &found).await;
        assert!(mistakes.is_empty(), "{mistakes:#?}");
    }
}
