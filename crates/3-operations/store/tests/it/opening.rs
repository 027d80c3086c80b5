//! Opening, looking on, and closing.

use planet_store::{Engine, Error, Migration, Options, Store, Target, both_engines, sql, testing};

use crate::{SHELF, id};

fn looking_on() -> Options {
    Options { read_only: true, ..Options::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_node_on_one_directory_is_refused() {
    let scratch = testing::sqlite(&SHELF).await;
    let second = Store::open(&scratch.target, Options::default()).await;
    let error = second.err().unwrap();
    assert!(
        matches!(&error, Error::InUse { who, .. } if who.contains(&std::process::id().to_string())),
        "{error}"
    );
    // The refused one has done no harm.
    scratch
        .store
        .write(|tx| tx.exec(sql!("INSERT INTO things (id, name) VALUES (?1, 'kept')"), &[&id(1)]))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_reads_beside_a_running_node_and_changes_nothing() {
    for scratch in [testing::sqlite(&SHELF).await, testing::postgres(&SHELF).await] {
        let visitor = Store::open(&scratch.target, looking_on()).await.unwrap();
        visitor.migrate(&SHELF).await.unwrap();
        let insert = sql!("INSERT INTO things (id, name) VALUES (?1, 'seen')");
        scratch.store.write(move |tx| tx.exec(insert, &[&id(1)])).await.unwrap();
        let (seen,): (i64,) =
            visitor.read(|tx| tx.one(sql!("SELECT count(*) FROM things"), &[])).await.unwrap();
        assert_eq!(seen, 1);
        assert_eq!(visitor.write(move |tx| tx.exec(insert, &[&id(2)])).await, Err(Error::ReadOnly));
        assert_eq!(visitor.read(move |tx| tx.exec(insert, &[&id(2)])).await, Err(Error::ReadOnly));
        let missing = Migration { name: "shelf-0009", sql: "CREATE TABLE nine (n BIGINT)" };
        assert_eq!(
            visitor.migrate(&[SHELF[0], missing]).await,
            Err(Error::Older { name: "shelf-0009".to_owned() })
        );
    }
}

#[test]
fn what_was_written_is_there_after_closing_and_opening() {
    let folder = std::env::temp_dir().join(format!("planet-reopened-{}", std::process::id()));
    let target = Target::Sqlite(folder.join("deep/planet.db"));
    for round in 0..3_i64 {
        let store = Store::open_blocking(&target, &Options::default()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(store.migrate(&SHELF)).unwrap();
        store
            .write_blocking(move |tx| {
                let name = format!("round {round}");
                tx.exec(
                    sql!("INSERT INTO things (id, name) VALUES (?1, ?2)"),
                    &[&id(u128::try_from(round).unwrap()), &name],
                )
            })
            .unwrap();
        let (count,): (i64,) =
            store.read_blocking(|tx| tx.one(sql!("SELECT count(*) FROM things"), &[])).unwrap();
        assert_eq!(count, round + 1);
    }
    let visitor = Store::open_blocking(&target, &looking_on()).unwrap();
    let (count,): (i64,) =
        visitor.read_blocking(|tx| tx.one(sql!("SELECT count(*) FROM things"), &[])).unwrap();
    assert_eq!(count, 3);
    drop(visitor);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn too_much_at_once_is_refused_and_not_kept_waiting_for_ever() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let scratch =
            testing::with(engine, &SHELF, Options { queue: 8, connections: 1, ..testing::options() }).await;
        let waiting: Vec<_> = (0..50)
            .map(|_| {
                let store = scratch.store.clone();
                tokio::spawn(async move {
                    store
                        .write(|_| {
                            std::thread::sleep(std::time::Duration::from_millis(2));
                            Ok::<_, Error>(())
                        })
                        .await
                })
            })
            .collect();
        let mut busy = 0;
        for answer in waiting {
            match answer.await.unwrap() {
                Ok(()) => {}
                Err(error) => {
                    assert_eq!(error, Error::Busy);
                    busy += 1;
                }
            }
        }
        assert!((1..50).contains(&busy), "{engine}: {busy}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_connection_is_mended() {
    let scratch =
        testing::with(Engine::Postgres, &SHELF, Options { connections: 1, ..testing::options() }).await;
    let Target::Postgres { url, .. } = scratch.target.clone() else { panic!("a PostgreSQL target") };
    let pid = sql!("SELECT CAST(pg_backend_pid() AS BIGINT)");
    let insert = sql!("INSERT INTO things (id, name) VALUES (?1, 'kept')");
    let lose = move |pid: i64| {
        let url = url.clone();
        // The driver panics inside async tasks, so it gets a thread.
        std::thread::spawn(move || {
            let mut other = ::postgres::Client::connect(&url, ::postgres::NoTls).unwrap();
            other.execute("SELECT pg_terminate_backend($1::int8::int4)", &[&pid]).unwrap();
            while other
                .query_one("SELECT count(*) FROM pg_stat_activity WHERE pid = $1::int8::int4", &[&pid])
                .unwrap()
                .get::<_, i64>(0)
                > 0
            {}
        })
        .join()
        .unwrap();
    };
    let (first,): (i64,) = scratch.store.read(move |tx| tx.one(pid, &[])).await.unwrap();
    lose(first);
    let (second,): (i64,) = scratch.store.read(move |tx| tx.one(pid, &[])).await.unwrap();
    assert_ne!(first, second);
    // In the middle of a write: nothing was written, so it is done once more.
    let mut runs = 0;
    let total = scratch
        .store
        .write(move |tx| {
            runs += 1;
            tx.exec(insert, &[&id(1)])?;
            if runs == 1 {
                let (mine,): (i64,) = tx.one(pid, &[])?;
                lose(mine);
            }
            tx.one::<(i64,)>(sql!("SELECT count(*) FROM things"), &[]).map(|(count,)| (runs, count))
        })
        .await;
    assert_eq!(total, Ok((2, 1)));
}

both_engines! { SHELF;
    async fn every_statement_found_in_the_source_is_prepared(store: Store) {
        let source = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let own = testing::statements_in(&source.join("src"));
        assert!(own.iter().any(|statement| statement.text.contains("FROM migrations WHERE name = ?1")));
        assert_eq!(testing::prepare_all(&store, &own).await, []);
        let wrong = testing::Statement { file: "x.rs".into(), line: 7, text: "SELECT nmae FROM things WHERE id = ?1".into() };
        let bad = testing::prepare_all(&store, &[wrong]).await;
        assert_eq!(bad.len(), 1);
        assert_eq!(bad[0].0, "x.rs:7");
    }
}

#[test]
fn a_target_is_a_path_or_an_address() {
    assert_eq!(Target::parse("sqlite:a/b.db").unwrap(), Target::Sqlite("a/b.db".into()));
    assert_eq!(Target::parse("a/b.db").unwrap(), Target::Sqlite("a/b.db".into()));
    assert!(matches!(Target::parse("postgres://u@h/d").unwrap(), Target::Postgres { schema: None, .. }));
    let secret = Target::parse("postgres://u:secret@h:port/d").unwrap();
    let error = Store::open_blocking(&secret, &Options::default()).unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
    for wrong in ["", "mysql://x", "sqlite:"] {
        assert!(matches!(Target::parse(wrong), Err(Error::NotATarget(_))), "{wrong}");
    }
}
