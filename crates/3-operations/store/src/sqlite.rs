//! SQLite: one thread that writes, a few that read. All who wait to write share one commit, each in a savepoint.

use std::collections::HashMap;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, OpenFlags, ffi};

use crate::{
    Error, Options,
    dialect::{for_postgres_many, for_sqlite},
    job::{ATTEMPTS, Job, Verdict, Work},
    migrate,
    queue::{LastWill, Next, Queue},
    tx::{Form, Mode, Session, Sql, Tx},
    value::{Bind, Cells, Row, Value, storable},
};

/// How many transactions share a commit at most.
const GROUP: usize = 512;
/// A group that has worked for so long commits, so that the first in it needn't wait for slow ones behind.
const PATIENCE: Duration = Duration::from_millis(25);
/// After so long without a write the write-ahead log is moved into the database.
const IDLE: Duration = Duration::from_secs(2);
/// Statements kept prepared per connection.
const STATEMENTS: usize = 1024;

/// What a connection is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Write,
    Read,
    /// Reading beside a node that another process runs.
    Visit,
}

/// A connection and the statements it has translated.
pub(crate) struct Connection {
    inner: rusqlite::Connection,
    /// Statements whose text differs on SQLite, by the address of the literal.
    texts: HashMap<(usize, usize), Option<Box<str>>>,
}

impl Connection {
    pub(crate) fn open(path: &Path, purpose: Purpose, options: &Options) -> Result<Self, Error> {
        let unreachable =
            |error: rusqlite::Error| Error::Unreachable(format!("{} ({error})", path.display()));
        let access = match purpose {
            Purpose::Write => OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
            Purpose::Read => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Purpose::Visit => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let inner = rusqlite::Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(unreachable)?;
        let synchronous = if options.durable { "FULL" } else { "OFF" };
        let own = match purpose {
            Purpose::Write => format!(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; PRAGMA wal_autocheckpoint = 4000;
                 PRAGMA cache_size = -32768;"
            ),
            Purpose::Read | Purpose::Visit => {
                "PRAGMA query_only = ON; PRAGMA cache_size = -8192; PRAGMA mmap_size = 134217728;".to_owned()
            }
        };
        inner
            .execute_batch(&format!(
                "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
                 PRAGMA case_sensitive_like = ON; {own}"
            ))
            .map_err(unreachable)?;
        for (setting, on) in [
            // A misspelt "name" is an error, as on PostgreSQL, and not a text.
            (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
            (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
            // A statement keeps its plan whatever its parameters are; else SQLite prepares it anew for other values.
            (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
        ] {
            inner.set_db_config(setting, on).map_err(unreachable)?;
        }
        inner.set_prepared_statement_cache_capacity(STATEMENTS);
        rusqlite::vtab::array::load_module(&inner).map_err(unreachable)?;
        Ok(Self { inner, texts: HashMap::new() })
    }

    /// The prepared statement with its parameters bound.
    fn prepared(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<rusqlite::CachedStatement<'_>, Error> {
        let Self { inner, texts } = self;
        let text = translated(texts, sql);
        let mut statement = inner.prepare_cached(text).map_err(|e| failed(&e, sql.text()))?;
        bind(&mut statement, sql, params)?;
        Ok(statement)
    }

    /// Runs a statement that is the same text every time and gives no rows.
    fn control(&self, text: &str) -> Result<(), Error> {
        let mut statement = self.inner.prepare_cached(text).map_err(|e| failed(&e, text))?;
        statement.raw_execute().map(drop).map_err(|e| failed(&e, text))
    }
}

fn translated(texts: &mut HashMap<(usize, usize), Option<Box<str>>>, sql: Sql) -> &str {
    let text = sql.text();
    texts
        .entry((text.as_ptr().addr(), text.len()))
        .or_insert_with(|| match for_sqlite(text) {
            std::borrow::Cow::Borrowed(_) => None,
            std::borrow::Cow::Owned(text) => Some(text.into_boxed_str()),
        })
        .as_deref()
        .unwrap_or(text)
}

fn bind(statement: &mut rusqlite::Statement<'_>, sql: Sql, params: &[&dyn Bind]) -> Result<(), Error> {
    if statement.parameter_count() != params.len() {
        let (given, wanted) = (params.len(), statement.parameter_count());
        return Err(Error::Parameters { given, wanted, sql: excerpt(sql.text()) });
    }
    for (index, param) in params.iter().enumerate() {
        let value = storable(*param)?;
        statement.raw_bind_parameter(index + 1, value).map_err(|e| failed(&e, sql.text()))?;
    }
    Ok(())
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        fn list<T>(items: &[T], make: impl Fn(&T) -> rusqlite::types::Value) -> ToSqlOutput<'static> {
            let values: Vec<_> = items.iter().map(make).collect();
            ToSqlOutput::from_rc(Rc::new(values), c"rarray")
        }
        use rusqlite::types::Value as Owned;
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Bool(yes) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*yes))),
            Self::Long(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Self::Real(number) => ToSqlOutput::Borrowed(ValueRef::Real(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Blob(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
            Self::Uuid(id) => ToSqlOutput::Borrowed(ValueRef::Blob(id.as_bytes())),
            Self::Json(json) => ToSqlOutput::Owned(Owned::Text(json.to_string())),
            Self::Ids(ids) => list(ids, |id| Owned::Blob(id.as_bytes().to_vec())),
            Self::Texts(texts) => list(texts, |text| Owned::Text(text.clone())),
            Self::Longs(longs) => list(longs, |long| Owned::Integer(*long)),
        })
    }
}

impl Cells for rusqlite::Row<'_> {
    fn cell(&self, index: usize) -> Result<Value<'_>, Error> {
        let wanted = "a column at this place";
        Ok(match self.get_ref(index).map_err(|_| Error::Column { found: "none", wanted })? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => Value::Long(number),
            ValueRef::Real(number) => Value::Real(number),
            ValueRef::Text(bytes) => Value::Text(
                str::from_utf8(bytes).map_err(|_| Error::Column { found: "broken text", wanted: "text" })?,
            ),
            ValueRef::Blob(bytes) => Value::Blob(bytes),
        })
    }
}

impl Session for Connection {
    fn exec(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<u64, Error> {
        let changed = self.prepared(sql, params)?.raw_execute().map_err(|e| failed(&e, sql.text()))?;
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    fn exec_many(&mut self, sql: Sql, rows: &[Vec<&dyn Bind>]) -> Result<u64, Error> {
        let Some((first, others)) = rows.split_first() else { return Ok(0) };
        // SQLite would take any statement; whoever writes one that PostgreSQL can't take should hear of it here.
        if cfg!(debug_assertions) && for_postgres_many(sql.text(), &vec!["text"; first.len()]).is_none() {
            return Err(Error::Dialect(excerpt(sql.text())));
        }
        let mut statement = self.prepared(sql, first)?;
        let mut changed = statement.raw_execute().map_err(|e| failed(&e, sql.text()))?;
        for row in others {
            bind(&mut statement, sql, row)?;
            changed += statement.raw_execute().map_err(|e| failed(&e, sql.text()))?;
        }
        Ok(u64::try_from(changed).unwrap_or(u64::MAX))
    }

    fn query(
        &mut self,
        sql: Sql,
        _: Form,
        params: &[&dyn Bind],
        columns: usize,
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut statement = self.prepared(sql, params)?;
        if statement.column_count() != columns {
            let given = statement.column_count();
            return Err(Error::Arity { given, wanted: columns, sql: excerpt(sql.text()) });
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(|e| failed(&e, sql.text()))? {
            each(&Row(row))?;
        }
        Ok(())
    }

    fn lock(&mut self, _: Sql, _: Form, _: &[&dyn Bind]) -> Result<(), Error> {
        Ok(())
    }

    fn lock_table(&mut self, _: &str) -> Result<(), Error> {
        Ok(())
    }

    fn batch(&mut self, text: &str) -> Result<(), Error> {
        if text.contains(';') {
            return self.inner.execute_batch(text).map_err(|e| failed(&e, text));
        }
        self.control(text)
    }

    fn migrate(&mut self, text: &str) -> Result<(), Error> {
        let text = migrate::for_sqlite(text);
        self.inner.execute_batch(&text).map_err(|e| failed(&e, &text))
    }

    fn prepare(&mut self, sql: Sql) -> Result<(), Error> {
        let Self { inner, texts } = self;
        inner.prepare(translated(texts, sql)).map(drop).map_err(|e| failed(&e, sql.text()))
    }
}

/// The beginning of a statement, for an error.
pub(crate) fn excerpt(text: &str) -> String {
    text.split_whitespace().take(12).collect::<Vec<_>>().join(" ")
}

/// What SQLite said, in the store's words.
fn failed(error: &rusqlite::Error, text: &str) -> Error {
    let rusqlite::Error::SqliteFailure(code, said) = error else {
        return Error::Engine(format!("{error}: {}", excerpt(text)));
    };
    let said = said.clone().unwrap_or_else(|| code.to_string());
    match (code.code, code.extended_code) {
        (
            _,
            ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID,
        ) => Error::Unique(said),
        (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Error::Reference(said),
        (ErrorCode::ConstraintViolation, _) => Error::Rule(said),
        (ErrorCode::ReadOnly, _) => Error::ReadOnly,
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => Error::Conflict(said),
        _ => Error::Engine(format!("{said}: {}", excerpt(text))),
    }
}

/// The life of a thread that reads.
pub(crate) fn serve_reads(connection: &mut Connection, queue: &Arc<Queue<Work>>) {
    let _will = LastWill(queue.as_ref());
    while let Next::Work(mut job) = queue.next(None) {
        let snapshot = job.mode() == Mode::Snapshot;
        match if snapshot { connection.control("BEGIN DEFERRED") } else { Ok(()) } {
            Ok(()) => drop(job.attempt(&mut Tx::new(connection, job.mode()))),
            Err(error) => job.refuse(error),
        }
        if snapshot && !connection.inner.is_autocommit() {
            drop(connection.control("ROLLBACK"));
        }
        job.answer();
    }
}

/// The life of the thread that writes.
pub(crate) fn serve_writes(connection: &mut Connection, queue: &Arc<Queue<Work>>) {
    let _will = LastWill(queue.as_ref());
    let mut unmoved = true;
    let mut crowd = Crowd::default();
    loop {
        match queue.next(unmoved.then_some(IDLE)) {
            Next::Work(first) => {
                write_group(connection, queue, first, &mut crowd);
                unmoved = true;
            }
            Next::Idle => {
                checkpoint(connection);
                unmoved = false;
            }
            Next::Closed => break,
        }
    }
    drop(connection.inner.execute_batch("PRAGMA optimize"));
}

/// Moves the write-ahead log into the database, if no reader is in the way.
fn checkpoint(connection: &Connection) {
    drop(connection.inner.execute_batch(
        "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 5000;",
    ));
}

/// Who has been writing lately. Those just answered come back within microseconds, while a commit takes milliseconds on a
/// slow disk: waiting for them a little saves them from waiting for a whole commit of somebody else.
#[derive(Default)]
struct Crowd {
    /// The last group and those who came while it was being committed.
    size: usize,
    /// How long the last commit took.
    commit: Duration,
}

impl Crowd {
    /// The next to join a group of this size, if somebody is there or likely to come.
    fn next(&self, queue: &Queue<Work>, group: usize) -> Option<Work> {
        let next = queue.try_next();
        if next.is_some() || group >= self.size {
            return next;
        }
        match queue.next(Some(self.commit / 8)) {
            Next::Work(work) => Some(work),
            Next::Idle | Next::Closed => None,
        }
    }
}

/// Runs all that waits to be written in one transaction, and answers after the commit. Those who were refused are
/// answered then as well: they may have been refused because of a neighbour.
fn write_group(connection: &mut Connection, queue: &Queue<Work>, first: Work, crowd: &mut Crowd) {
    let start = Instant::now();
    let mut group = Vec::new();
    let mut next = Some(first);
    let mut lost = connection.control("BEGIN IMMEDIATE").err();
    let mut kept = false;
    while let Some(mut job) = next {
        if lost.is_none() {
            lost = write_one(connection, job.as_mut(), &mut kept).err();
        }
        group.push(job);
        let more = lost.is_none() && group.len() < GROUP && start.elapsed() < PATIENCE;
        next = if more { crowd.next(queue, group.len()) } else { None };
    }
    let committing = Instant::now();
    let lost = lost.or_else(|| connection.control("COMMIT").err());
    *crowd = Crowd { size: group.len() + queue.len(), commit: committing.elapsed() };
    if let Some(error) = lost {
        if !connection.inner.is_autocommit() {
            drop(connection.control("ROLLBACK"));
        }
        tracing::error!(%error, transactions = group.len(), "a group could not be committed");
        for job in &mut group {
            job.refuse(Error::Commit(error.to_string()));
        }
    }
    for job in group {
        job.answer();
    }
}

/// Runs one closure inside the group's transaction. An `Err` is the end of the whole group.
fn write_one(connection: &mut Connection, job: &mut dyn Job, kept: &mut bool) -> Result<(), Error> {
    for attempt in 1..=ATTEMPTS {
        // As long as nothing is kept, the transaction itself serves as the savepoint.
        let nested = *kept;
        if nested {
            connection.control("SAVEPOINT job")?;
        }
        let verdict = job.attempt(&mut Tx::new(connection, Mode::Write));
        if connection.inner.is_autocommit() {
            // Disk full and the like: SQLite has undone everything by itself.
            return Err(Error::Engine("the engine gave up the transaction".to_owned()));
        }
        match (verdict, nested) {
            (Verdict::Keep, true) => connection.control("RELEASE job")?,
            (Verdict::Keep, false) => *kept = true,
            (_, true) => {
                connection.control("ROLLBACK TO job")?;
                connection.control("RELEASE job")?;
            }
            (_, false) => {
                connection.control("ROLLBACK")?;
                connection.control("BEGIN IMMEDIATE")?;
            }
        }
        if verdict != Verdict::Repeat || attempt == ATTEMPTS {
            break;
        }
    }
    Ok(())
}
