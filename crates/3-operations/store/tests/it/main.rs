//! Stories about the store itself.
use planet_store::*;

#[tokio::test(flavor = "multi_thread")]
async fn smoke() {
    let dir = std::env::temp_dir().join(format!("planet-smoke-{}", std::process::id()));
    let target = Target::Sqlite(dir.join("planet.db"));
    let store = Store::open(&target, Options { durable: false, ..Options::default() }).await.unwrap();
    store.migrate(&[Migration { name: "a-1", sql: "CREATE TABLE t (id UUID PRIMARY KEY, n BIGINT NOT NULL);" }]).await.unwrap();
    let id = uuid::Uuid::from_u128(7);
    store.write(move |tx| tx.exec(sql!("INSERT INTO t (id, n) VALUES (?1, CAST(?2 AS BIGINT))"), &[&id, &5_i64])).await.unwrap();
    let all: Vec<(uuid::Uuid, i64)> = store.read(move |tx| tx.rows(sql!("SELECT id, n FROM t WHERE id IN (SELECT id FROM ids(?1))"), &[&Ids(vec![id])])).await.unwrap();
    assert_eq!(all, [(id, 5)]);
    assert!(matches!(Store::open(&target, Options::default()).await, Err(Error::InUse { .. })));
    drop(store);
    std::fs::remove_dir_all(dir).unwrap();
}
