//! Writes beside one another: what happens to one doesn't happen to its neighbours.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use planet_store::{Engine, Error, Migration, Store, Tx, both_engines, sql};

use crate::{SHELF, id};

fn put(tx: &mut Tx<'_>, n: u128, name: &str) -> Result<u64, Error> {
    tx.exec(sql!("INSERT INTO things (id, name) VALUES (?1, ?2)"), &[&id(n), &name])
}

async fn names(store: &Store) -> Vec<String> {
    let rows: Vec<(String,)> =
        store.read(|tx| tx.rows(sql!("SELECT name FROM things ORDER BY name"), &[])).await.unwrap();
    rows.into_iter().map(|(name,)| name).collect()
}

/// A table whose rule is looked at when the transaction ends.
const PROMISES: [Migration; 1] = [Migration {
    name: "promises-0001",
    sql: "CREATE TABLE promises (id UUID PRIMARY KEY, kept_by UUID NOT NULL REFERENCES promises (id) DEFERRABLE INITIALLY DEFERRED);",
}];

both_engines! { PROMISES;
    async fn who_is_told_yes_is_kept_even_when_commits_fail(store: Store) {
        let callers: Vec<_> = (0..60_u32).map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                store.write(move |tx| {
                    let (own, keeper) = (id(n.into()), if n % 20 == 7 { id(9999) } else { id(n.into()) });
                    tx.exec(sql!("INSERT INTO promises (id, kept_by) VALUES (?1, ?2)"), &[&own, &keeper])
                }).await
            })
        }).collect();
        let mut told = Vec::new();
        for (n, caller) in callers.into_iter().enumerate() {
            match caller.await.unwrap() {
                Ok(_) => { assert_ne!(n % 20, 7); told.push((id(u128::try_from(n).unwrap()),)); }
                Err(error) => assert!(matches!(error, Error::Commit(_)), "{error}"),
            }
        }
        let kept: Vec<(uuid::Uuid,)> =
            store.read(|tx| tx.rows(sql!("SELECT id FROM promises ORDER BY id"), &[])).await.unwrap();
        assert_eq!(kept, told);
        // And the store goes on.
        store.write(|tx| tx.exec(sql!("INSERT INTO promises (id, kept_by) VALUES (?1, ?1)"), &[&id(100)])).await.unwrap();
    }
}

both_engines! { SHELF;
    async fn a_refused_write_leaves_no_trace_and_its_neighbours_stay(store: Store) {
        // While the first one is busy the others gather, so that on SQLite they share one commit.
        let slow = store.clone();
        let first = tokio::spawn(async move {
            slow.write(|tx| {
                std::thread::sleep(Duration::from_millis(60));
                put(tx, 1000, "first")
            })
            .await
        });
        let mut waiting = Vec::new();
        for n in 0..20_u32 {
            let store = store.clone();
            waiting.push(tokio::spawn(async move {
                store.write(move |tx| {
                    put(tx, n.into(), &format!("thing {n:02}"))?;
                    if n % 2 == 1 { Err(Error::NoRow) } else { Ok(()) }
                }).await
            }));
        }
        first.await.unwrap().unwrap();
        for (n, answer) in waiting.into_iter().enumerate() {
            assert_eq!(answer.await.unwrap(), if n % 2 == 1 { Err(Error::NoRow) } else { Ok(()) });
        }
        let expected: Vec<String> =
            std::iter::once("first".to_owned()).chain((0..20).step_by(2).map(|n| format!("thing {n:02}"))).collect();
        assert_eq!(names(&store).await, expected);
    }

    async fn a_panicking_closure_is_undone_and_the_thread_lives(store: Store) {
        for n in 0..10_u32 {
            let answer: Result<(), Error> = store.write(move |tx| {
                put(tx, n.into(), "broken").unwrap();
                panic!("the pot fell down");
            }).await;
            assert_eq!(answer, Err(Error::Panicked("the pot fell down".to_owned())));
        }
        let answer: Result<(), Error> = store.read(|_| panic!("and a plate")).await;
        assert_eq!(answer, Err(Error::Panicked("and a plate".to_owned())));
        store.write(|tx| put(tx, 1, "whole")).await.unwrap();
        assert_eq!(names(&store).await, ["whole"]);
    }

    async fn sixty_four_callers_count_together(store: Store) {
        store.write(|tx| put(tx, 1, "counter")).await.unwrap();
        let callers: Vec<_> = (0..64).map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                for _ in 0..10 {
                    store.write(|tx| tx.exec(sql!("UPDATE things SET count = count + 1 WHERE id = ?1"), &[&id(1)]))
                        .await.unwrap();
                }
            })
        }).collect();
        for caller in callers {
            caller.await.unwrap();
        }
        let (count,): (i64,) =
            store.read(|tx| tx.one(sql!("SELECT count FROM things WHERE id = ?1"), &[&id(1)])).await.unwrap();
        assert_eq!(count, 640);
    }

    async fn two_changes_in_each_others_way_both_happen(store: Store) {
        store.write(|tx| { put(tx, 1, "salt")?; put(tx, 2, "pepper") }).await.unwrap();
        let runs = Arc::new(AtomicU32::new(0));
        let change = |first: u128, second: u128, tell: mpsc::Sender<()>, hear: mpsc::Receiver<()>| {
            let (store, runs) = (store.clone(), runs.clone());
            tokio::spawn(async move {
                let mut met = false;
                store.write(move |tx| {
                    runs.fetch_add(1, Ordering::Relaxed);
                    let up = sql!("UPDATE things SET count = count + 1 WHERE id = ?1");
                    tx.exec(up, &[&id(first)])?;
                    if !met {
                        // Each waits until the other holds its first row; on SQLite nobody comes.
                        met = true;
                        tell.send(()).ok();
                        hear.recv_timeout(Duration::from_millis(300)).ok();
                    }
                    tx.exec(up, &[&id(second)])
                }).await
            })
        };
        let ((to_b, from_a), (to_a, from_b)) = (mpsc::channel(), mpsc::channel());
        let (a, b) = (change(1, 2, to_b, from_b), change(2, 1, to_a, from_a));
        a.await.unwrap().unwrap();
        b.await.unwrap().unwrap();
        let counts: Vec<(i64,)> = store.read(|tx| tx.rows(sql!("SELECT count FROM things"), &[])).await.unwrap();
        assert_eq!(counts, [(2,), (2,)]);
        let least = if store.engine() == Engine::Postgres { 3 } else { 2 };
        assert!(runs.load(Ordering::Relaxed) >= least, "nothing was repeated");
    }

    async fn a_closure_that_asks_to_be_repeated_is_and_at_last_is_told(store: Store) {
        let runs = Arc::new(AtomicU32::new(0));
        let counter = runs.clone();
        let answer: Result<(), Error> = store.write(move |tx| {
            put(tx, 1, "again")?;
            counter.fetch_add(1, Ordering::Relaxed);
            Err(Error::Conflict("a neighbour was quicker".to_owned()))
        }).await;
        assert!(matches!(answer, Err(Error::Conflict(_))));
        assert!(runs.load(Ordering::Relaxed) >= 5);
        assert!(names(&store).await.is_empty());
    }

    async fn a_swallowed_error_undoes_the_whole_transaction(store: Store) {
        let answer = store.write(|tx| {
            put(tx, 1, "cup")?;
            put(tx, 2, "cup").ok();
            let next = put(tx, 3, "saucer");
            assert!(matches!(next, Err(Error::Broken(_))));
            Ok::<_, Error>(())
        }).await;
        assert!(matches!(answer, Err(Error::Unique(_))), "{answer:?}");
        assert!(names(&store).await.is_empty());
    }

    async fn savepoints_nest(store: Store) {
        store.write(|tx| {
            put(tx, 1, "table")?;
            let outer: Result<(), Error> = tx.savepoint(|tx| {
                put(tx, 2, "chair")?;
                let inner: Result<(), Error> = tx.savepoint(|tx| { put(tx, 3, "cushion")?; Err(Error::NoRow) })?;
                assert_eq!(inner, Err(Error::NoRow));
                put(tx, 4, "stool").map(drop)
            })?;
            outer?;
            let lost: Result<(), Error> = tx.savepoint(|tx| {
                put(tx, 5, "lamp")?;
                tx.savepoint(|tx| put(tx, 6, "bulb"))??;
                Err(Error::NoRow)
            })?;
            assert_eq!(lost, Err(Error::NoRow));
            // A statement that fails inside a savepoint doesn't break what is around it.
            let twice = tx.savepoint(|tx| put(tx, 7, "table"))?;
            assert!(matches!(twice, Err(Error::Unique(_))));
            put(tx, 8, "vase").map(drop)
        }).await.unwrap();
        assert_eq!(names(&store).await, ["chair", "stool", "table", "vase"]);
    }

    async fn a_snapshot_sees_one_moment(store: Store) {
        store.write(|tx| put(tx, 1, "old")).await.unwrap();
        let ((started, start), (go, gone)) = (mpsc::channel(), mpsc::channel());
        let gone = std::sync::Mutex::new(gone);
        let reader = store.clone();
        let seen = tokio::spawn(async move {
            reader.snapshot(move |tx| {
                let count = |tx: &mut Tx<'_>| tx.one::<(i64,)>(sql!("SELECT count(*) FROM things"), &[]);
                let before = count(tx)?;
                started.send(()).ok();
                gone.lock().unwrap().recv_timeout(Duration::from_secs(5)).ok();
                Ok::<_, Error>((before, count(tx)?))
            }).await.unwrap()
        });
        tokio::task::spawn_blocking(move || start.recv()).await.unwrap().unwrap();
        store.write(|tx| put(tx, 2, "new")).await.unwrap();
        go.send(()).unwrap();
        assert_eq!(seen.await.unwrap(), ((1,), (1,)));
        assert_eq!(names(&store).await.len(), 2);
    }

    async fn who_only_reads_can_not_write(store: Store) {
        let read = store.read(|tx| put(tx, 1, "sneaky")).await;
        let snapshot = store.snapshot(|tx| put(tx, 1, "sneaky")).await;
        assert_eq!((read, snapshot), (Err(Error::ReadOnly), Err(Error::ReadOnly)));
        assert!(names(&store).await.is_empty());
    }
}
