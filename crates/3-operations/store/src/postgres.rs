//! PostgreSQL: threads that own connections, keep statements prepared and repeat what the server asks to repeat.
//!
//! READ COMMITTED with guarded updates and rows locked in the order of their ids is what the rooms rely on. A store
//! read runs without BEGIN: one statement, one snapshot. The connection isn't encrypted.

use std::collections::HashMap;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::Arc;
use std::time::Duration;

use postgres::error::SqlState;
use postgres::{Client, NoTls, Statement};

use crate::{
    Error, Options,
    dialect::{for_postgres, for_postgres_many},
    job::{ATTEMPTS, Job, Verdict, Work},
    migrate,
    queue::{LastWill, Next, Queue},
    sqlite::excerpt,
    tx::{Form, Mode, Session, Sql, Tx},
    value::{Bind, Cells, Row, Value, storable},
};

mod wire;

/// Half of the first pause before a repeat; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(2);

/// What is written goes by keys, a few rows of tables that never stop growing. The server's estimates come from whatever a table held
/// when it was looked at last, and a scan of a small table that many change reads every dead version of its rows.
const BEGIN_WRITE: &str = "BEGIN READ WRITE; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; \
                           SET LOCAL enable_mergejoin = off; SET LOCAL plan_cache_mode = force_generic_plan";

/// Where the server is and what is to be said to it first.
pub(crate) struct Address {
    config: postgres::Config,
    greeting: String,
    /// Makes the schema, if there is to be one.
    schema: Option<String>,
}

impl Address {
    pub(crate) fn new(url: &str, schema: Option<&str>, options: &Options) -> Result<Self, Error> {
        // The address may hold a password, so it isn't repeated.
        let mut config: postgres::Config =
            url.parse().map_err(|_| Error::NotATarget("postgres://…".to_owned()))?;
        config.application_name("planet");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        // Reads run without BEGIN, so the connection as a whole is for reading; a write says that it is one. No statement of ours runs
        // long enough to be worth compiling, and what `BEGIN_WRITE` forbids has costs that would have it compiled.
        let name = schema.map(|name| format!("\"{}\"", name.replace('"', "\"\"")));
        let greeting = [
            "SET default_transaction_read_only = on; SET client_min_messages = warning; SET jit = off;
             SET idle_in_transaction_session_timeout = '60s';"
                .to_owned(),
            if options.durable { String::new() } else { "SET synchronous_commit = off;".to_owned() },
            name.as_ref().map(|name| format!("SET search_path = {name};")).unwrap_or_default(),
        ];
        let make = name
            .filter(|_| !options.read_only)
            .map(|name| format!("BEGIN READ WRITE; CREATE SCHEMA IF NOT EXISTS {name}; COMMIT"));
        Ok(Self { config, greeting: greeting.concat(), schema: make })
    }

    /// Makes sure that the server is there, and the schema.
    pub(crate) fn prepare(&self) -> Result<(), Error> {
        let mut connection = self.connect()?;
        if let Some(make) = &self.schema {
            let client = &mut connection.client;
            // Two nodes that make the schema at one time get in each other's way once.
            if client.batch_execute(make).is_err() {
                drop(client.batch_execute("ROLLBACK"));
                client.batch_execute(make).map_err(|e| Error::Unreachable(said(&e)))?;
            }
        }
        Ok(())
    }

    fn connect(&self) -> Result<Connection, Error> {
        Ok(Connection { client: self.client()?, statements: HashMap::new(), owed: String::new() })
    }

    /// A connection of its own, for [`crate::wakes`].
    pub(crate) fn client(&self) -> Result<Client, Error> {
        let mut client = self.config.connect(NoTls).map_err(|e| Error::Unreachable(said(&e)))?;
        client.batch_execute(&self.greeting).map_err(|e| Error::Unreachable(said(&e)))?;
        Ok(client)
    }
}

/// A connection.
struct Connection {
    client: Client,
    /// What it has prepared, by the address of the literal.
    statements: HashMap<(usize, usize, Form), Statement>,
    /// BEGIN, SAVEPOINT and the like, not sent yet: they travel together, just before the next statement that matters.
    owed: String,
}

impl Connection {
    fn owe(&mut self, text: &str) {
        self.owed.push_str(text);
        self.owed.push(';');
    }

    fn settle(&mut self) -> Result<(), Error> {
        if self.owed.is_empty() {
            return Ok(());
        }
        let text = std::mem::take(&mut self.owed);
        self.client.batch_execute(&text).map_err(|e| failed(&e, &text))
    }

    /// Ends a transaction.
    fn end(&mut self, keep: bool) -> Result<(), Error> {
        if self.owed.starts_with("BEGIN") {
            // Nothing was done in it, so it was never begun.
            self.owed.clear();
        } else if keep {
            self.owe("COMMIT");
        } else {
            "ROLLBACK".clone_into(&mut self.owed);
        }
        self.settle()
    }

    fn prepared(&mut self, sql: Sql, form: Form) -> Result<Statement, Error> {
        self.settle()?;
        let text = sql.text();
        let key = (text.as_ptr().addr(), text.len(), form);
        if let Some(statement) = self.statements.get(&key) {
            return Ok(statement.clone());
        }
        let translated = match form {
            Form::Plain => for_postgres(text),
            Form::ForUpdate => format!("{} FOR UPDATE", for_postgres(text)),
            Form::ForShare => format!("{} FOR SHARE", for_postgres(text)),
            Form::Many => {
                let one = self.prepared(sql, Form::Plain)?;
                let types: Vec<_> = one.params().iter().map(postgres::types::Type::name).collect();
                for_postgres_many(text, &types).ok_or_else(|| Error::Dialect(excerpt(text)))?
            }
        };
        let statement = self.client.prepare(&translated).map_err(|e| self.failed(&e, sql))?;
        self.statements.insert(key, statement.clone());
        Ok(statement)
    }

    /// What the server said, in the store's words.
    fn failed(&mut self, error: &postgres::Error, sql: Sql) -> Error {
        if error.code() == Some(&SqlState::FEATURE_NOT_SUPPORTED) {
            // A table has changed under a prepared statement: prepare all of them afresh.
            self.statements.clear();
            return Error::Conflict(said(error));
        }
        failed(error, sql.text())
    }
}

fn failed(error: &postgres::Error, text: &str) -> Error {
    let said = said(error);
    let constraint = || {
        let name = error.as_db_error().and_then(|e| e.constraint().or(e.column()));
        name.map_or_else(|| said.clone(), str::to_owned)
    };
    let Some(code) = error.code() else {
        return if error.is_closed() || broken(error) {
            Error::Disconnected(said)
        } else {
            Error::Engine(format!("{said}: {}", excerpt(text)))
        };
    };
    match code.code() {
        "23505" => Error::Unique(constraint()),
        "23503" => Error::Reference(constraint()),
        "23502" | "23514" | "22003" => Error::Rule(constraint()),
        "40001" | "40P01" | "55P03" => Error::Conflict(said),
        "25006" => Error::ReadOnly,
        // The server is stopping, starting or has crashed.
        "57P01" | "57P02" | "57P03" => Error::Disconnected(said),
        class if class.starts_with("08") => Error::Disconnected(said),
        _ => Error::Engine(format!("{said}: {}", excerpt(text))),
    }
}

/// Whether the cause is the connection itself.
fn broken(error: &postgres::Error) -> bool {
    std::error::Error::source(error).is_some_and(<dyn std::error::Error>::is::<std::io::Error>)
}

/// The server's message, without the driver's "db error" in front.
fn said(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(
        || {
            let cause = std::error::Error::source(error).map(|cause| format!(": {cause}"));
            format!("{error}{}", cause.unwrap_or_default())
        },
        |db| db.message().to_owned(),
    )
}

fn check(statement: &Statement, given: usize, sql: Sql) -> Result<(), Error> {
    let wanted = statement.params().len();
    if wanted == given {
        return Ok(());
    }
    Err(Error::Parameters { given, wanted, sql: excerpt(sql.text()) })
}

type Param<'p> = &'p (dyn postgres::types::ToSql + Sync);

impl Connection {
    fn run(&mut self, sql: Sql, form: Form, params: &[&dyn Bind]) -> Result<u64, Error> {
        let statement = self.prepared(sql, form)?;
        check(&statement, params.len(), sql)?;
        let values = params.iter().map(|param| storable(*param)).collect::<Result<Vec<_>, _>>()?;
        let values: Vec<Param<'_>> = values.iter().map(|value| -> Param<'_> { value }).collect();
        self.client.execute(&statement, &values).map_err(|e| self.failed(&e, sql))
    }
}

impl Session for Connection {
    fn exec(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<u64, Error> {
        self.run(sql, Form::Plain, params)
    }

    fn exec_many(&mut self, sql: Sql, rows: &[Vec<&dyn Bind>]) -> Result<u64, Error> {
        if let [row] = rows {
            return self.run(sql, Form::Plain, row);
        }
        let statement = self.prepared(sql, Form::Many)?;
        let mut lists: Vec<Vec<Value<'_>>> =
            statement.params().iter().map(|_| Vec::with_capacity(rows.len())).collect();
        for row in rows {
            check(&statement, row.len(), sql)?;
            for (list, param) in lists.iter_mut().zip(row) {
                list.push(storable(*param)?);
            }
        }
        let lists: Vec<Param<'_>> = lists.iter().map(|list| -> Param<'_> { list }).collect();
        self.client.execute(&statement, &lists).map_err(|e| self.failed(&e, sql))
    }

    fn query(
        &mut self,
        sql: Sql,
        form: Form,
        params: &[&dyn Bind],
        columns: usize,
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let statement = self.prepared(sql, form)?;
        check(&statement, params.len(), sql)?;
        let given = statement.columns().len();
        if given != columns {
            return Err(Error::Arity { given, wanted: columns, sql: excerpt(sql.text()) });
        }
        let values = params.iter().map(|param| storable(*param)).collect::<Result<Vec<_>, _>>()?;
        let values: Vec<Param<'_>> = values.iter().map(|value| -> Param<'_> { value }).collect();
        let rows = self.client.query(&statement, &values).map_err(|e| self.failed(&e, sql))?;
        rows.iter().try_for_each(|row| each(&Row(row)))
    }

    fn lock(&mut self, sql: Sql, form: Form, params: &[&dyn Bind]) -> Result<(), Error> {
        self.run(sql, form, params).map(drop)
    }

    fn lock_table(&mut self, table: &str) -> Result<(), Error> {
        self.owe(&format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE"));
        self.settle()
    }

    fn batch(&mut self, text: &str) -> Result<(), Error> {
        self.owe(text);
        Ok(())
    }

    fn migrate(&mut self, text: &str) -> Result<(), Error> {
        self.settle()?;
        self.client.batch_execute(&migrate::for_postgres(text)).map_err(|e| failed(&e, text))
    }

    fn prepare(&mut self, sql: Sql) -> Result<(), Error> {
        self.settle()?;
        self.client.prepare(&for_postgres(sql.text())).map(drop).map_err(|e| failed(&e, sql.text()))
    }
}

impl Cells for postgres::Row {
    fn cell(&self, index: usize) -> Result<Value<'_>, Error> {
        self.try_get(index).map_err(|error| Error::Engine(said(&error)))
    }
}

/// The life of a thread that owns a connection.
pub(crate) fn serve(address: &Address, queue: &Arc<Queue<Work>>) {
    let _will = LastWill(queue.as_ref());
    let mut connection = address.connect().ok();
    while let Next::Work(mut job) = queue.next(None) {
        for attempt in 1..=ATTEMPTS {
            let again = run(address, &mut connection, job.as_mut());
            if !again || attempt == ATTEMPTS {
                break;
            }
            pause(attempt);
        }
        job.answer();
    }
}

/// Waits before a repeat: longer each time, and not as long as others do, so that they don't meet again.
fn pause(attempt: u32) {
    let chance = std::hash::RandomState::new().build_hasher().finish() % 1000;
    let share = f64::from(u32::try_from(chance).unwrap_or_default()) / 1000.0;
    std::thread::sleep((PAUSE * 2_u32.saturating_pow(attempt)).mul_f64(0.5 + share / 2.0));
}

/// Runs a closure once. Answers whether it should run again.
fn run(address: &Address, slot: &mut Option<Connection>, job: &mut dyn Job) -> bool {
    let connection = match slot {
        Some(connection) if !connection.client.is_closed() => connection,
        _ => match address.connect() {
            Ok(fresh) => slot.insert(fresh),
            Err(error) => {
                job.refuse(error);
                return false;
            }
        },
    };
    connection.owed.clear();
    match job.mode() {
        Mode::Read => {}
        Mode::Snapshot => connection.owe("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
        Mode::Write => connection.owe(BEGIN_WRITE),
    }
    let verdict = job.attempt(&mut Tx::new(connection, job.mode()));
    let ended = if job.mode() == Mode::Read { Ok(()) } else { connection.end(verdict == Verdict::Keep) };
    let again = match (verdict, ended) {
        (Verdict::Keep, Err(error)) => {
            // Only the server's own word makes sure that nothing was written.
            let again = matches!(error, Error::Conflict(_));
            job.refuse(if again { error } else { Error::Commit(error.to_string()) });
            again
        }
        (verdict, _) => verdict == Verdict::Repeat,
    };
    if connection.client.is_closed() {
        *slot = None;
    }
    again
}
