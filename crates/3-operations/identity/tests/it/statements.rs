//! Every statement of the identity room can be prepared on both engines.

use planet_identity::MIGRATIONS;
use planet_store::testing::{prepare_all, statements_in};
use planet_store::{Store, both_engines};
use std::path::Path;

both_engines! { MIGRATIONS;
    async fn every_statement_is_understood(store: Store) {
        let statements = statements_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        assert!(statements.len() > 40, "only {} were found", statements.len());
        let refused = prepare_all(&store, &statements).await;
        assert!(refused.is_empty(), "{refused:#?}");
    }
}
