//! The store as the rooms hold it: opens a database, takes closures, gives answers. The engines are behind it.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::oneshot;

use crate::{
    Error, MaybeRetry, Migration,
    job::{Work, pack},
    migrate, postgres,
    queue::{Queue, Refused},
    sqlite::{self, Purpose},
    tx::{Mode, Tx},
    wakes::{self, Wakes},
};

/// Where the rows are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A file; SQLite lives inside the node.
    Sqlite(PathBuf),
    /// A PostgreSQL server. The connection isn't encrypted: use a socket, the same machine or a private network.
    Postgres {
        /// `postgres://user:password@host/database`.
        url: String,
        /// Keeps all tables in this schema, which is made if it is missing.
        schema: Option<String>,
    },
}

impl Target {
    /// Reads `postgres://…`, `sqlite:PATH` or a plain path.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let bad = || Error::NotATarget(text.to_owned());
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres { url: text.to_owned(), schema: None });
        }
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.contains("://") || path.contains('\0') {
            return Err(bad());
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }
}

/// Which engine a store runs on. For printing only: no room behaves differently by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Sqlite => "SQLite",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// How a store is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether what was answered survives a power failure. False is for tests and demonstrations.
    pub durable: bool,
    /// Looks on beside a node that may be running: takes no lock, changes nothing.
    pub read_only: bool,
    /// Threads that read, on SQLite.
    pub readers: usize,
    /// Connections, on PostgreSQL.
    pub connections: usize,
    /// How many closures may wait before callers hear [`Error::Busy`].
    pub queue: usize,
}

impl Default for Options {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self { durable: true, read_only: false, readers: cores.clamp(2, 4), connections: 16, queue: 8192 }
    }
}

/// A database, open. Clones share it; the last one closes it, after everything that waits is done.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    engine: Engine,
    read_only: bool,
    writers: usize,
    reads: Arc<Queue<Work>>,
    writes: Arc<Queue<Work>>,
    crew: Vec<JoinHandle<()>>,
    /// The server that other processes may share, and the schema on it.
    shared: Option<(Arc<postgres::Address>, Option<String>)>,
    /// Held for as long as the store is open.
    _lock: Option<File>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Store on {}", self.0.engine)
    }
}

impl Store {
    /// Opens a database, and makes it if it is missing.
    pub async fn open(target: &Target, options: Options) -> Result<Self, Error> {
        let (target, (tell, told)) = (target.clone(), oneshot::channel());
        // Opening waits for disks and servers, so it happens on a thread of its own.
        start("store-open", move || drop(tell.send(Self::open_blocking(&target, &options))))?;
        told.await.map_err(|_| Error::Closed)?
    }

    /// As [`Store::open`], from a plain thread.
    pub fn open_blocking(target: &Target, options: &Options) -> Result<Self, Error> {
        match target {
            Target::Sqlite(path) => Self::open_sqlite(path, options),
            Target::Postgres { url, schema } => Self::open_postgres(url, schema.as_deref(), options),
        }
    }

    fn open_sqlite(path: &Path, options: &Options) -> Result<Self, Error> {
        let lock = if options.read_only { None } else { Some(claim(path)?) };
        let reads = Arc::new(Queue::new(options.queue));
        let writes = Arc::new(Queue::new(options.queue));
        let mut crew = Vec::new();
        let reading = if options.read_only {
            writes.close();
            Purpose::Visit
        } else {
            let mut connection = sqlite::Connection::open(path, Purpose::Write, options)?;
            let queue = writes.clone();
            crew.push(start("store-write", move || sqlite::serve_writes(&mut connection, &queue))?);
            Purpose::Read
        };
        let mut store = Inner {
            engine: Engine::Sqlite,
            read_only: options.read_only,
            writers: 1,
            reads,
            writes,
            crew,
            shared: None,
            _lock: lock,
        };
        for _ in 0..options.readers.max(1) {
            let mut connection = sqlite::Connection::open(path, reading, options)?;
            let queue = store.reads.clone();
            store.crew.push(start("store-read", move || sqlite::serve_reads(&mut connection, &queue))?);
        }
        Ok(Self(Arc::new(store)))
    }

    fn open_postgres(url: &str, schema: Option<&str>, options: &Options) -> Result<Self, Error> {
        let queue = Arc::new(Queue::new(options.queue));
        let address = Arc::new(postgres::Address::new(url, schema, options)?);
        let mut store = Inner {
            engine: Engine::Postgres,
            read_only: options.read_only,
            writers: options.connections.max(1),
            reads: queue.clone(),
            writes: queue.clone(),
            crew: Vec::new(),
            shared: Some((Arc::clone(&address), schema.map(str::to_owned))),
            _lock: None,
        };
        address.prepare()?;
        for _ in 0..options.connections.max(1) {
            let (address, queue) = (address.clone(), queue.clone());
            store.crew.push(start("store-work", move || postgres::serve(&address, &queue))?);
        }
        Ok(Self(Arc::new(store)))
    }

    /// Brings the tables up to date, or says why this program and this database don't fit.
    pub async fn migrate(&self, migrations: &[Migration]) -> Result<(), Error> {
        migrate::migrate(self, migrations).await
    }

    /// Runs a closure that reads. Each of its statements sees what is committed at its time.
    pub async fn read<T, E>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.send(Mode::Read, f, |_| false)?.await.unwrap_or_else(|_| Err(E::from(Error::Closed)))
    }

    /// Runs a closure that reads with several statements, all of which see the same moment.
    pub async fn snapshot<T, E>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.send(Mode::Snapshot, f, |_| false)?.await.unwrap_or_else(|_| Err(E::from(Error::Closed)))
    }

    /// Runs a closure that changes something, and answers once the change is durable. When it answers `Err`, nothing
    /// is changed. It may run several times. When the caller goes away while it runs, it is finished nevertheless.
    pub async fn write<T, E>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + MaybeRetry + Send + 'static,
    {
        let answer =
            self.send(Mode::Write, f, |error| error.store_error().is_some_and(Error::is_conflict))?;
        answer.await.unwrap_or_else(|_| Err(E::from(Error::Closed)))
    }

    /// As [`Store::read`], from a plain thread.
    pub fn read_blocking<T, E>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.send(Mode::Read, f, |_| false)?.blocking_recv().unwrap_or_else(|_| Err(E::from(Error::Closed)))
    }

    /// As [`Store::write`], from a plain thread.
    pub fn write_blocking<T, E>(
        &self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<Error> + MaybeRetry + Send + 'static,
    {
        let answer =
            self.send(Mode::Write, f, |error| error.store_error().is_some_and(Error::is_conflict))?;
        answer.blocking_recv().unwrap_or_else(|_| Err(E::from(Error::Closed)))
    }

    fn send<T, E>(
        &self,
        mode: Mode,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        repeat: fn(&E) -> bool,
    ) -> Result<oneshot::Receiver<Result<T, E>>, E>
    where
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (queue, refused) = match mode {
            Mode::Write => (&self.0.writes, self.0.read_only),
            Mode::Read | Mode::Snapshot => (&self.0.reads, false),
        };
        if refused {
            return Err(E::from(Error::ReadOnly));
        }
        let (job, answer) = pack(mode, f, repeat);
        match queue.push(job) {
            Ok(()) => Ok(answer),
            Err(Refused::Full) => Err(E::from(Error::Busy)),
            Err(Refused::Closed) => Err(E::from(Error::Closed)),
        }
    }

    /// Words to and from other processes on the same database; nothing where there can be none.
    pub fn wakes(&self) -> Option<Wakes> {
        let (address, schema) = self.0.shared.as_ref()?;
        wakes::start(address, schema.as_deref()).ok()
    }

    /// Which engine this runs on, for printing.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// How many transactions can be written at a time.
    pub fn writers(&self) -> usize {
        self.0.writers
    }

    /// Whether this was opened with [`Options::read_only`].
    pub fn read_only(&self) -> bool {
        self.0.read_only
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.reads.close();
        self.writes.close();
        let me = std::thread::current().id();
        for thread in self.crew.drain(..) {
            // A closure may hold the last clone; a thread can't wait for itself.
            if thread.thread().id() != me {
                drop(thread.join());
            }
        }
    }
}

fn start(name: &str, life: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, Error> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(life)
        .map_err(|e| Error::Unreachable(e.to_string()))
}

/// Takes the lock file beside a database, and makes the database's folder and file for its owner's eyes only.
fn claim(path: &Path) -> Result<File, Error> {
    use std::io::{Read as _, Write as _};
    let unreachable = |e: std::io::Error| Error::Unreachable(format!("{} ({e})", path.display()));
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(unreachable)?;
    }
    let mut lock_path = path.as_os_str().to_owned();
    lock_path.push(".lock");
    let mut lock = private().create(true).truncate(false).open(Path::new(&lock_path)).map_err(unreachable)?;
    if lock.try_lock().is_err() {
        let mut who = String::new();
        drop(lock.read_to_string(&mut who));
        let who = if who.is_empty() { who } else { format!(" (process {})", who.trim()) };
        return Err(Error::InUse { path: path.to_owned(), who });
    }
    lock.set_len(0).and_then(|()| write!(lock, "{}", std::process::id())).map_err(unreachable)?;
    // SQLite's other files get the permissions of this one. An existing one isn't opened here: closing it again would
    // drop the locks that SQLite holds on it elsewhere in this process.
    match private().create_new(true).open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(unreachable(error)),
        _ => Ok(lock),
    }
}

/// Opens files so that, if they are made, only their owner may read them.
fn private() -> std::fs::OpenOptions {
    let mut options = File::options();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
