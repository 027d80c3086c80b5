//! How lists are read: along the indexes, without sorting and without reading what is not shown. How long that takes is
//! measured by the benchmarks.

use crate::club::migrations;
use planet_store::{Bind, Engine, Ids, Sql, testing};
use uuid::Uuid;

/// The statements that lists are made of, by a piece of their text, and the index that each must go along.
const LISTS: [(&str, &str); 6] = [
    ("FROM follows f", "posts_by_author (author_id=? AND id<?)"),
    ("p.author_id = ?1 AND p.id < ?2 AND p.id >= ?3", "posts_by_author (author_id=? AND id>? AND id<?)"),
    ("p.place_id = ?1 AND p.to_neighbours", "posts_nearby (place_id=? AND id<?)"),
    ("t.tag = ?1 AND t.to_neighbours", "post_tags_by_tag (tag=? AND post_id<?)"),
    ("p.author_id = ?1 AND p.id < ?2 AND p.audience_id", "posts_by_author (author_id=? AND id<?)"),
    ("t.tag = ?1 AND t.post_id", "post_tags_by_tag (tag=? AND post_id<?)"),
];

#[test]
fn every_list_goes_along_an_index_and_sorts_nothing() {
    let statements = testing::statements_in(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref());
    testing::run(Engine::Sqlite, &migrations(), async |store| {
        for (piece, index) in LISTS {
            let statement = statements.iter().find(|it| it.text.contains(piece)).expect(piece);
            let text = format!("EXPLAIN QUERY PLAN {}", statement.text);
            let sql = Sql::literal(Box::leak(text.into_boxed_str()));
            let bound = params(&statement.text);
            let plan = store
                .read(move |tx| {
                    let params: Vec<&dyn Bind> = bound.iter().map(|it| -> &dyn Bind { &**it }).collect();
                    tx.rows::<(i64, i64, i64, String)>(sql, &params)
                })
                .await
                .unwrap();
            let plan: Vec<String> = plan.into_iter().map(|(.., detail)| detail).collect();
            let plan = plan.join("\n");
            assert!(plan.contains(&format!("USING COVERING INDEX {index}")), "{piece}:\n{plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{piece}:\n{plan}");
            let scans: Vec<&str> = plan.lines().filter(|line| line.starts_with("SCAN")).collect();
            assert!(
                scans.iter().all(|line| line.contains("rarray") || line.contains("VIRTUAL TABLE")),
                "{piece}:\n{plan}"
            );
        }
    });
}

/// Something of the right type for each parameter: lists are named, limits stand behind `LIMIT`, tags behind `tag`.
fn params(text: &str) -> Vec<Box<dyn Bind + Send>> {
    let count = (1..=9).take_while(|n| text.contains(&format!("?{n}"))).count();
    (1..=count)
        .map(|n| -> Box<dyn Bind + Send> {
            if text.contains(&format!("ids(?{n})")) {
                Box::new(Ids(vec![Uuid::max()]))
            } else if text.contains(&format!("LIMIT ?{n}")) {
                Box::new(20_i64)
            } else if text.contains(&format!("tag = ?{n}")) {
                Box::new("bins".to_owned())
            } else {
                Box::new(Uuid::max())
            }
        })
        .collect()
}
