//! Every SQL statement of the house prepares on both engines, after all migrations.

use crate::house;
use planet_store::testing::{postgres, prepare_all, sqlite, statements_in};
use std::path::Path;

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_prepares_on_both_engines() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let statements = statements_in(root);
    assert!(statements.len() > 200, "only {} statements found", statements.len());
    for scratch in [sqlite(&house::migrations()).await, postgres(&house::migrations()).await] {
        let wrong = prepare_all(&scratch.store, &statements).await;
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
