//! For the tests of every room: stories that run on both engines, on databases that vanish afterwards.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::{Engine, Error, Migration, Options, Store, Target};

pub mod scan;
pub mod server;

pub use scan::{Statement, prepare_all, statements_in};

/// A database for one test. It vanishes when this is dropped.
pub struct Scratch {
    /// The database, open and migrated.
    pub store: Store,
    /// Where it is, for opening it once more.
    pub target: Target,
    remains: Remains,
}

/// What is to be removed in the end.
enum Remains {
    Folder(PathBuf),
    Schema { url: String, name: String },
}

/// A name that no other test of this machine has.
fn unique() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let nanos =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.subsec_nanos());
    format!("planet_{}_{count}_{nanos}", std::process::id())
}

/// As small and quick as tests like it.
pub fn options() -> Options {
    Options { durable: false, readers: 2, connections: 4, ..Options::default() }
}

/// An SQLite database in a temporary folder.
pub async fn sqlite(migrations: &[Migration]) -> Scratch {
    on(Engine::Sqlite, migrations).await
}

/// A schema of its own on the tests' PostgreSQL server. See [`server::shared`].
pub async fn postgres(migrations: &[Migration]) -> Scratch {
    on(Engine::Postgres, migrations).await
}

/// A scratch database on either engine.
pub async fn on(engine: Engine, migrations: &[Migration]) -> Scratch {
    with(engine, migrations, options()).await
}

/// A scratch database on either engine, opened in a certain way.
///
/// # Panics
/// When it can't be opened: the test has failed then.
pub async fn with(engine: Engine, migrations: &[Migration], options: Options) -> Scratch {
    let name = unique();
    let (target, remains) = match engine {
        Engine::Sqlite => {
            let folder = std::env::temp_dir().join(name);
            (Target::Sqlite(folder.join("planet.db")), Remains::Folder(folder))
        }
        Engine::Postgres => {
            let url = server::shared();
            (Target::Postgres { url: url.clone(), schema: Some(name.clone()) }, Remains::Schema { url, name })
        }
    };
    let open = async {
        let store = Store::open(&target, options).await?;
        store.migrate(migrations).await?;
        Ok::<_, Error>(store)
    };
    match open.await {
        Ok(store) => Scratch { store, target, remains },
        Err(error) => panic!("{error}"),
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        match &self.remains {
            Remains::Folder(folder) => drop(std::fs::remove_dir_all(folder)),
            Remains::Schema { url, name } => {
                let (url, name) = (url.clone(), name.clone());
                // The driver panics inside async tasks, so it gets a thread.
                let removal = std::thread::spawn(move || {
                    let client = ::postgres::Client::connect(&url, ::postgres::NoTls);
                    client.and_then(|mut c| c.batch_execute(&format!("DROP SCHEMA IF EXISTS {name} CASCADE")))
                });
                drop(removal.join());
            }
        }
    }
}

/// Runs one story on one engine. Called by [`both_engines!`](crate::both_engines).
///
/// # Panics
/// When the story does, or the database or the runtime can't be had: the test has failed then.
#[expect(clippy::expect_used, reason = "a test without a runtime has failed")]
pub fn run<S, F>(engine: Engine, migrations: &[Migration], story: S)
where
    S: FnOnce(Store) -> F,
    F: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let scratch = on(engine, migrations).await;
        story(scratch.store.clone()).await;
    });
}

/// Stories that run on SQLite and on PostgreSQL, as `name::on_sqlite` and `name::on_postgres`.
///
/// ```text
/// both_engines! { planet_ledger::MIGRATIONS;
///     async fn a_refused_transfer_leaves_no_trace(store: Store) { … }
/// }
/// ```
#[macro_export]
macro_rules! both_engines {
    ($migrations:expr; $($(#[$meta:meta])* async fn $name:ident($store:ident: $type:ty) $body:block)+) => {$(
        $(#[$meta])*
        #[cfg(test)]
        fn $name(engine: $crate::Engine) {
            let migrations = $migrations;
            let migrations: &[$crate::Migration] = ::core::convert::AsRef::as_ref(&migrations);
            $crate::testing::run(engine, migrations, async |$store: $type| $body);
        }

        #[cfg(test)]
        mod $name {
            #[test]
            fn on_sqlite() {
                super::$name($crate::Engine::Sqlite);
            }

            #[test]
            fn on_postgres() {
                super::$name($crate::Engine::Postgres);
            }
        }
    )+};
}
