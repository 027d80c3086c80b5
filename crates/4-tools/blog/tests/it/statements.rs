//! Every statement of this room is prepared on both engines, and every text is used.

use crate::story::migrations;
use planet_store::{Store, both_engines, testing};
use std::path::Path;

both_engines! { migrations();
    async fn every_statement_prepares(store: Store) {
        let found = testing::statements_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
        assert!(found.len() > 5, "{} statements", found.len());
        let mistakes = testing::prepare_all(&store, &found).await;
        assert!(mistakes.is_empty(), "{mistakes:#?}");
    }
}

#[test]
fn every_text_that_is_used_is_written_and_no_other() {
    let texts = include_str!("../../texts/en.ftl");
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    assert_eq!(planet_kit::texts::missing(&[texts], src), planet_kit::texts::TextFaults::default());
}
