//! Statements: what is portable must mean the same on both engines.

use planet_store::{Bind, Error, Ids, Longs, Store, Texts, both_engines, record, sql};

use crate::{SHELF, id};

record! {
    /// A thing on the shelf.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Thing { pub name: String, pub count: i64 }
}

async fn shelf(store: &Store, names: &'static [&'static str]) {
    store
        .write(move |tx| {
            for (n, name) in (1..).zip(names) {
                let many = i64::try_from(n).unwrap() * 10;
                tx.exec(
                    sql!("INSERT INTO things (id, name, count) VALUES (?1, ?2, ?3)"),
                    &[&id(n), name, &many],
                )?;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
}

async fn things(store: &Store) -> Vec<Thing> {
    store.read(|tx| tx.rows(sql!("SELECT name, count FROM things ORDER BY id"), &[])).await.unwrap()
}

both_engines! { SHELF;
    async fn a_list_is_one_parameter(store: Store) {
        shelf(&store, &["a", "b", "c", "d"]).await;
        let found: Vec<(String,)> = store.read(|tx| {
            let ids = Ids(vec![id(2), id(4), id(99)]);
            tx.rows(sql!("SELECT name FROM things WHERE id IN (SELECT id FROM ids(?1)) ORDER BY name"), &[&ids])
        }).await.unwrap();
        assert_eq!(found, [("b".to_owned(),), ("d".to_owned(),)]);
        let found: Vec<(String, i64)> = store.read(|tx| {
            let (texts, longs) = (Texts(vec!["a".into(), "ü".into()]), Longs(vec![10, 30]));
            tx.rows(
                sql!("SELECT t.name, t.count FROM things t JOIN longs(?2) AS l ON l.n = t.count
                       WHERE t.name IN (SELECT word FROM texts(?1))"),
                &[&texts, &longs],
            )
        }).await.unwrap();
        assert_eq!(found, [("a".to_owned(), 10)]);
        let none: Vec<(String,)> = store.read(|tx| {
            tx.rows(sql!("SELECT name FROM things WHERE id IN (SELECT id FROM ids(?1))"), &[&Ids::default()])
        }).await.unwrap();
        assert!(none.is_empty());
    }

    async fn quoted_text_is_left_alone(store: Store) {
        let (said,): (String,) =
            store.read(|tx| tx.one(sql!("SELECT 'Wer ?1 größer — «?2» it''s' || ?1"), &[&"!"])).await.unwrap();
        assert_eq!(said, "Wer ?1 größer — «?2» it's!");
    }

    async fn parameters_count_by_their_number(store: Store) {
        shelf(&store, &["a", "b"]).await;
        store.write(|tx| tx.exec(sql!("UPDATE things SET count = ?2 WHERE id = ?1"), &[&id(1), &7_i64])).await.unwrap();
        assert_eq!(things(&store).await[0], Thing { name: "a".into(), count: 7 });
    }

    async fn many_rows_are_the_same_as_one_by_one(store: Store) {
        let rows: Vec<_> = (0..777_i64).map(|n| (id(u128::try_from(n).unwrap()), format!("nr {n:04}"), n)).collect();
        let insert = sql!("INSERT INTO things (id, name, count) VALUES (?1, ?2, ?3 + 1) ON CONFLICT (id) DO NOTHING");
        let update = sql!("UPDATE things SET count = things.count + v.column2
                             FROM (VALUES (CAST(?1 AS UUID), CAST(?2 AS BIGINT))) AS v WHERE things.id = v.column1");
        let all = rows.clone();
        let (fresh, again, changed) = store.write(move |tx| {
            let (half, _) = all.split_at(400);
            let pack = |some: &'_ [(uuid::Uuid, String, i64)]| some.to_vec();
            for (id, name, n) in pack(half) {
                assert_eq!(tx.exec(insert, &[&id, &name, &n])?, 1);
            }
            let many: Vec<Vec<&dyn Bind>> = all.iter().map(|(id, name, n)| -> Vec<&dyn Bind> { vec![id, name, n] }).collect();
            let fresh = tx.exec_many(insert, &many)?;
            let again = tx.exec_many(insert, &many)?;
            let more: Vec<Vec<&dyn Bind>> = all.iter().map(|(id, _, n)| -> Vec<&dyn Bind> { vec![id, n] }).collect();
            let changed = tx.exec_many(update, &more)?;
            tx.exec(update, &[&id(5), &1000_i64])?;
            assert_eq!(tx.exec_many(update, &[])?, 0);
            Ok::<_, Error>((fresh, again, changed))
        }).await.unwrap();
        assert_eq!((fresh, again, changed), (377, 0, 777));
        let expected: Vec<Thing> = rows.iter()
            .map(|(_, name, n)| Thing { name: name.clone(), count: n + 1 + n + if *n == 5 { 1000 } else { 0 } })
            .collect();
        assert_eq!(things(&store).await, expected);
    }

    async fn many_rows_need_one_group_of_values(store: Store) {
        let answer = store.write(|tx| {
            let row = || -> Vec<&dyn Bind> { vec![&"a", &1_i64] };
            tx.exec_many(sql!("UPDATE things SET count = ?2 WHERE name = ?1"), &[row(), row()])
        }).await;
        assert!(matches!(answer, Err(Error::Dialect(_))), "{answer:?}");
    }

    async fn a_row_is_none_or_one_and_never_several(store: Store) {
        shelf(&store, &["a", "b"]).await;
        store.read(|tx| {
            let by_name = sql!("SELECT name, count FROM things WHERE name = ?1");
            assert_eq!(tx.row::<Thing>(by_name, &[&"z"])?, None);
            assert_eq!(tx.one::<Thing>(by_name, &[&"z"]), Err(Error::NoRow));
            assert_eq!(tx.one::<Thing>(by_name, &[&"b"])?.count, 20);
            assert_eq!(tx.row::<Thing>(sql!("SELECT name, count FROM things"), &[]), Err(Error::ManyRows));
            Ok::<_, Error>(())
        }).await.unwrap();
    }

    async fn mistakes_are_told_in_the_same_words(store: Store) {
        shelf(&store, &["a"]).await;
        let add = sql!("INSERT INTO things (id, name, count) VALUES (?1, ?2, ?3)");
        let code = |error: Result<u64, Error>| error.unwrap_err().code();
        assert_eq!(code(store.write(move |tx| tx.exec(add, &[&id(2), &"a", &0_i64])).await), "store-unique");
        assert_eq!(code(store.write(move |tx| tx.exec(add, &[&id(2), &"b", &-1_i64])).await), "store-rule");
        assert_eq!(code(store.write(move |tx| tx.exec(add, &[&id(2), &None::<String>, &0_i64])).await), "store-rule");
        assert_eq!(code(store.write(move |tx| tx.exec(add, &[&id(2), &"b\0", &0_i64])).await), "store-nul");
        let list = sql!("SELECT count(*) FROM texts(?1)");
        let listed = store.read(move |tx| tx.one::<(i64,)>(list, &[&Texts(vec!["b\0".into()])])).await;
        assert_eq!(listed, Err(Error::Nul));
        assert_eq!(code(store.write(move |tx| tx.exec(add, &[&id(2), &"b"])).await), "store-parameters");
        let orphan = sql!("INSERT INTO parts (thing_id, place) VALUES (?1, 1)");
        assert_eq!(code(store.write(move |tx| tx.exec(orphan, &[&id(99)])).await), "store-reference");
        let misspelt = sql!("SELECT \"nmae\" FROM things");
        assert!(store.read(move |tx| tx.rows::<(String,)>(misspelt, &[])).await.is_err());
        let wide = store.read(|tx| tx.rows::<(String,)>(sql!("SELECT name, count FROM things"), &[])).await;
        assert_eq!(wide.unwrap_err().code(), "store-arity");
        let typed = store.read(|tx| tx.rows::<(i64,)>(sql!("SELECT name FROM things"), &[])).await;
        assert_eq!(typed.unwrap_err(), Error::Column { found: "text", wanted: "a whole number" });
    }

    async fn texts_sort_and_compare_by_their_characters(store: Store) {
        shelf(&store, &["b", "a", "B", "ä", "Z", "_"]).await;
        let names: Vec<(String,)> =
            store.read(|tx| tx.rows(sql!("SELECT name FROM things ORDER BY name"), &[])).await.unwrap();
        assert_eq!(names.iter().map(|(name,)| name.as_str()).collect::<Vec<_>>(), ["B", "Z", "_", "a", "b", "ä"]);
        let like: Vec<(String,)> =
            store.read(|tx| tx.rows(sql!("SELECT name FROM things WHERE name LIKE ?1"), &[&"b%"])).await.unwrap();
        assert_eq!(like, [("b".to_owned(),)]);
    }

    async fn locks_are_taken_in_order_and_given_back(store: Store) {
        shelf(&store, &["a", "b"]).await;
        for _ in 0..2 {
            store.write(|tx| {
                let rows = sql!("SELECT id FROM things WHERE id IN (SELECT id FROM ids(?1)) ORDER BY id");
                let ids = Ids(vec![id(2), id(1)]);
                tx.lock(rows, &[&ids])?;
                tx.lock_shared(rows, &[&ids])?;
                let named = sql!("SELECT name FROM things WHERE id IN (SELECT id FROM ids(?1)) ORDER BY id");
                let locked = tx.lock_rows::<(String,)>(named, &[&ids])?;
                assert_eq!(locked, [("a".to_owned(),), ("b".to_owned(),)]);
                assert_eq!(tx.lock_rows_shared::<(String,)>(named, &[&ids])?, locked);
                Ok::<_, Error>(())
            }).await.unwrap();
        }
    }

    async fn what_was_inserted_can_be_returned(store: Store) {
        let thing: Thing = store.write(|tx| {
            tx.one(sql!("INSERT INTO things (id, name) VALUES (?1, ?2) RETURNING name, count"), &[&id(1), &"new"])
        }).await.unwrap();
        assert_eq!(thing, Thing { name: "new".into(), count: 0 });
    }
}
