//! Migrations: a database and a program that don't fit each other are told apart before anything is touched.

use planet_store::{Error, Migration, Options, Store, Target, both_engines, sql, testing};

use crate::SHELF;

const MORE: Migration = Migration {
    name: "shelf-0002",
    sql: "CREATE TABLE boxes (id UUID PRIMARY KEY, text TEXT NOT NULL DEFAULT 'UUID BIGINT; -- (');
          INSERT INTO boxes (id, text)
          SELECT id, 'a BIGINT; box ü'
            FROM things
          ;
          ALTER TABLE boxes ADD COLUMN weight BIGINT NOT NULL DEFAULT 3;
          CREATE INDEX boxes_by_weight ON boxes (weight) WHERE weight > 1;",
};

both_engines! { SHELF;
    async fn what_is_there_is_not_applied_again(store: Store) {
        store.migrate(&SHELF).await.unwrap();
        let both = [SHELF[0], MORE];
        store.migrate(&both).await.unwrap();
        store.migrate(&both).await.unwrap();
        let names: Vec<(String,)> =
            store.read(|tx| tx.rows(sql!("SELECT name FROM migrations ORDER BY name"), &[])).await.unwrap();
        assert_eq!(names, [("shelf-0001".to_owned(),), ("shelf-0002".to_owned(),)]);
        let boxes: (i64,) = store.read(|tx| tx.one(sql!("SELECT count(*) FROM boxes WHERE weight = 3"), &[])).await.unwrap();
        assert_eq!(boxes, (0,));
    }

    async fn a_newer_database_is_refused(store: Store) {
        store.migrate(&[SHELF[0], MORE]).await.unwrap();
        let answer = store.migrate(&SHELF).await.unwrap_err();
        assert_eq!(answer, Error::Newer { name: "shelf-0002".to_owned() });
        assert!(answer.to_string().starts_with("This database was written by a newer version of PLANET"));
    }

    async fn an_altered_migration_is_refused(store: Store) {
        let altered = Migration { sql: "CREATE TABLE things (id UUID PRIMARY KEY)", ..SHELF[0] };
        assert_eq!(store.migrate(&[altered]).await, Err(Error::Altered { name: "shelf-0001".to_owned() }));
    }

    async fn a_failing_migration_leaves_no_trace(store: Store) {
        let bad = Migration { name: "shelf-0003", sql: "CREATE TABLE halves (n BIGINT); INSERT INTO nowhere VALUES (1);" };
        assert!(store.migrate(&[SHELF[0], bad]).await.is_err());
        let good = Migration { name: "shelf-0003", sql: "CREATE TABLE halves (n BIGINT)" };
        store.migrate(&[SHELF[0], good]).await.unwrap();
    }
}

#[test]
fn two_nodes_may_start_on_one_postgres_database() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let scratch = testing::postgres(&[]).await;
        let mut starts = Vec::new();
        for _ in 0..4 {
            let target = scratch.target.clone();
            starts.push(tokio::spawn(async move {
                let store = Store::open(&target, Options { connections: 1, ..Options::default() }).await?;
                store.migrate(&[SHELF[0], MORE]).await
            }));
        }
        for start in starts {
            start.await.unwrap().unwrap();
        }
        assert!(matches!(scratch.target, Target::Postgres { .. }));
    });
}
