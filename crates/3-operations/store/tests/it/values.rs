//! Every kind of value comes back as it went in.

use planet_ontology::ids::{ActKey, GroupId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Migration, Store, both_engines, sql};
use serde_json::json;
use uuid::Uuid;

const KINDS: [Migration; 1] = [Migration {
    name: "kinds-0001",
    sql:
        "CREATE TABLE kinds (n BIGINT PRIMARY KEY, uuid UUID, long BIGINT, yes BOOLEAN, real DOUBLE PRECISION,
                              words TEXT, json JSONB, bytes BYTEA)",
}];

type Kinds = (
    Option<Uuid>,
    Option<i64>,
    Option<bool>,
    Option<f64>,
    Option<String>,
    Option<serde_json::Value>,
    Option<Vec<u8>>,
);

async fn there_and_back(store: &Store, n: i64, kinds: Kinds) -> Kinds {
    store.write(move |tx| {
        let (uuid, long, yes, real, words, json, bytes) = &kinds;
        tx.exec(
            sql!("INSERT INTO kinds (n, uuid, long, yes, real, words, json, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
            &[&n, uuid, long, yes, real, words, json, bytes],
        )?;
        tx.one(sql!("SELECT uuid, long, yes, real, words, json, bytes FROM kinds WHERE n = ?1"), &[&n])
    }).await.unwrap_or_else(|error: Error| panic!("{error}"))
}

both_engines! { KINDS;
    async fn each_kind_comes_back(store: Store) {
        let some: [Kinds; 3] = [
            (None, None, None, None, None, None, None),
            (
                Some(Uuid::from_u128(u128::MAX - 1)), Some(i64::MIN), Some(true), Some(-0.1),
                Some("größer 🫖 'quoted' ?1".to_owned()), Some(json!({"a": [1, null, "ü"], "b": true})), Some(vec![0, 255, 7]),
            ),
            (
                Some(Uuid::nil()), Some(i64::MAX), Some(false), Some(f64::MAX),
                Some(String::new()), Some(json!(null)), Some(Vec::new()),
            ),
        ];
        for (n, kinds) in (1..).zip(some) {
            assert_eq!(there_and_back(&store, n, kinds.clone()).await, kinds);
        }
    }

    async fn newtypes_come_back(store: Store) {
        let (group, key) = (GroupId::CLUB, ActKey(Uuid::from_u128(42)));
        let (at, amount) = (Moment(1_795_000_000_000_000), Amount(-250));
        let hash = [9_u8; 32];
        let back: (GroupId, Moment, [u8; 32]) = store.write(move |tx| {
            tx.exec(
                sql!("INSERT INTO kinds (n, uuid, long, bytes) VALUES (?1, ?2, ?3, ?4)"),
                &[&amount, &group, &at, &hash],
            )?;
            tx.one(sql!("SELECT uuid, long, bytes FROM kinds WHERE n = ?1 AND uuid <> ?2"), &[&amount, &key])
        }).await.unwrap_or_else(|error: Error| panic!("{error}"));
        assert_eq!(back, (group, at, hash));
        let short = store.read(|tx| tx.one::<([u8; 16],)>(sql!("SELECT bytes FROM kinds"), &[])).await;
        assert!(matches!(short, Err(Error::Column { .. })));
    }

    async fn a_value_of_another_kind_is_refused(store: Store) {
        let answer = store.write(|tx| tx.exec(sql!("INSERT INTO kinds (n, long) VALUES (1, ?1)"), &[&"many"])).await;
        assert!(matches!(answer, Err(Error::Rule(_) | Error::Engine(_))), "{answer:?}");
        let answer = store.write(|tx| tx.exec(sql!("INSERT INTO kinds (n, json) VALUES (1, ?1)"), &[&json!(["a", {"b": "\0"}])])).await;
        assert_eq!(answer, Err(Error::Nul));
        let sums: (i64,) = store.read(|tx| {
            tx.one(sql!("SELECT CAST(coalesce(sum(long), 0) AS BIGINT) FROM kinds WHERE yes OR n = 1"), &[])
        }).await.unwrap();
        assert_eq!(sums, (0,));
    }
}
