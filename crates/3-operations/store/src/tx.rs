//! A transaction as the rooms see it: statements, rows, savepoints and locks. Which engine runs it doesn't show.

use crate::{
    Error,
    value::{Bind, Record, Row},
};

/// The text of a statement. Made by [`sql!`](crate::sql) only, so that a test finds each and prepares it on both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sql(&'static str);

impl Sql {
    #[doc(hidden)]
    pub const fn literal(text: &'static str) -> Self {
        Self(text)
    }

    /// The text as written.
    pub const fn text(self) -> &'static str {
        self.0
    }
}

/// A statement in portable SQL with the parameters `?1`, `?2` …: `sql!("SELECT name FROM members WHERE id = ?1")`.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::Sql::literal($text)
    };
}

/// What a transaction may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Each statement sees what is committed at its time.
    Read,
    /// All statements see the same moment.
    Snapshot,
    /// Changes, kept together or not at all.
    Write,
}

/// What is appended to a statement on engines that lock rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// As it is written.
    Plain,
    /// With its `VALUES (…)` made for many rows.
    Many,
    ForUpdate,
    ForShare,
}

/// One engine's side of a transaction.
pub(crate) trait Session {
    fn exec(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<u64, Error>;
    fn exec_many(&mut self, sql: Sql, rows: &[Vec<&dyn Bind>]) -> Result<u64, Error>;
    /// Gives each row to `each`; refuses a statement that gives another number of columns.
    fn query(
        &mut self,
        sql: Sql,
        form: Form,
        params: &[&dyn Bind],
        columns: usize,
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), Error>,
    ) -> Result<(), Error>;
    fn lock(&mut self, sql: Sql, form: Form, params: &[&dyn Bind]) -> Result<(), Error>;
    /// Keeps other nodes out of a table until the end of the transaction.
    fn lock_table(&mut self, table: &str) -> Result<(), Error>;
    /// Statements without parameters and rows: savepoints.
    fn batch(&mut self, text: &str) -> Result<(), Error>;
    /// Translates a migration and runs it.
    fn migrate(&mut self, text: &str) -> Result<(), Error>;
    /// Prepares a statement, and so finds its mistakes, without running it.
    fn prepare(&mut self, sql: Sql) -> Result<(), Error>;
}

/// A transaction, lent to a closure.
///
/// After a statement failed, every further one is refused and the whole transaction is undone, even if the closure
/// swallows the error: PostgreSQL insists on it, so it holds on SQLite too. Put a statement that may fail into a
/// [`savepoint`](Tx::savepoint), or better, write one that can't (`ON CONFLICT DO NOTHING`).
pub struct Tx<'c> {
    session: &'c mut dyn Session,
    mode: Mode,
    broken: Option<Error>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(session: &'c mut dyn Session, mode: Mode) -> Self {
        Self { session, mode, broken: None }
    }

    /// The last statement that failed, if one did. Outside of [`Mode::Read`] it broke the transaction.
    pub(crate) fn breakage(&mut self) -> Option<Error> {
        self.broken.take()
    }

    /// Runs one step, and remembers when it fails.
    fn step<T>(&mut self, run: impl FnOnce(&mut dyn Session) -> Result<T, Error>) -> Result<T, Error> {
        if let Some(error) = &self.broken
            && self.mode != Mode::Read
        {
            return Err(Error::Broken(error.to_string()));
        }
        let result = run(self.session);
        if let Err(error) = &result {
            self.broken = Some(error.clone());
        }
        result
    }

    /// Runs a statement that gives no rows. Answers how many rows it changed.
    pub fn exec(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<u64, Error> {
        self.step(|session| session.exec(sql, params))
    }

    /// Runs a statement once per row of parameters, in as few round trips as the engine allows. The parameters stand
    /// inside one `VALUES (…)`; a row's key must not come twice. Answers how many rows were changed.
    pub fn exec_many(&mut self, sql: Sql, rows: &[Vec<&dyn Bind>]) -> Result<u64, Error> {
        if rows.is_empty() {
            return Ok(0);
        }
        self.step(|session| session.exec_many(sql, rows))
    }

    /// All rows of a query.
    pub fn rows<R: Record>(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<Vec<R>, Error> {
        self.query(sql, Form::Plain, params)
    }

    fn query<R: Record>(&mut self, sql: Sql, form: Form, params: &[&dyn Bind]) -> Result<Vec<R>, Error> {
        let form = if self.mode == Mode::Write { form } else { Form::Plain };
        self.step(|session| {
            let mut found = Vec::new();
            session.query(sql, form, params, R::COLUMNS, &mut |row| {
                found.push(R::read(row)?);
                Ok(())
            })?;
            Ok(found)
        })
    }

    /// The row of a query that gives none or one.
    pub fn row<R: Record>(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<Option<R>, Error> {
        let mut rows = self.rows(sql, params)?.into_iter();
        match (rows.next(), rows.next()) {
            (first, None) => Ok(first),
            (_, Some(_)) => Err(Error::ManyRows),
        }
    }

    /// The row of a query that gives exactly one.
    pub fn one<R: Record>(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<R, Error> {
        self.row(sql, params)?.ok_or(Error::NoRow)
    }

    /// Runs a part that may be undone on its own: when `f` answers `Err`, its changes are taken back, and the
    /// transaction goes on. The outer `Err` is for a store that failed.
    pub fn savepoint<T, E>(
        &mut self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<Result<T, E>, Error> {
        if self.mode != Mode::Write {
            return Err(Error::ReadOnly);
        }
        self.step(|session| session.batch("SAVEPOINT part"))?;
        let mut inner = Tx::new(&mut *self.session, self.mode);
        let result = f(&mut inner);
        let swallowed = inner.breakage();
        match (&result, swallowed) {
            (Ok(_), None) => self.step(|session| session.batch("RELEASE part"))?,
            (Ok(_), Some(error)) => {
                // The closure says yes although a statement failed: as in a whole transaction, nothing is kept.
                self.step(|session| session.batch("ROLLBACK TO part; RELEASE part"))?;
                return Err(error);
            }
            (Err(_), Some(conflict)) if conflict.is_conflict() => {
                // The engine wants the whole transaction again, not this part of it.
                self.broken = Some(conflict.clone());
                return Err(conflict);
            }
            (Err(_), _) => self.step(|session| session.batch("ROLLBACK TO part; RELEASE part"))?,
        }
        Ok(result)
    }

    /// Locks the rows of a `SELECT` until the end of the transaction, against every other writer. Name rows in the order
    /// of their ids (`ORDER BY id`), so that two callers can't wait for each other. On SQLite the single writer is
    /// the lock. Whoever only reads holds nobody up: there, nothing is locked.
    pub fn lock(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<(), Error> {
        self.hold(sql, Form::ForUpdate, params)
    }

    fn hold(&mut self, sql: Sql, form: Form, params: &[&dyn Bind]) -> Result<(), Error> {
        if self.mode != Mode::Write {
            return Ok(());
        }
        self.step(|session| session.lock(sql, form, params))
    }

    /// As [`Tx::lock`], but shared with others who only want the rows to stay as they are.
    pub fn lock_shared(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<(), Error> {
        self.hold(sql, Form::ForShare, params)
    }

    /// Locks as [`Tx::lock`] does, and gives the rows as they are once they are locked: one round trip instead of two.
    pub fn lock_rows<R: Record>(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<Vec<R>, Error> {
        self.query(sql, Form::ForUpdate, params)
    }

    /// Locks as [`Tx::lock_shared`] does, and gives the rows.
    pub fn lock_rows_shared<R: Record>(&mut self, sql: Sql, params: &[&dyn Bind]) -> Result<Vec<R>, Error> {
        self.query(sql, Form::ForShare, params)
    }

    /// Translates a migration and runs it.
    pub(crate) fn migrate(&mut self, text: &str) -> Result<(), Error> {
        self.step(|session| session.migrate(text))
    }

    /// Keeps other nodes out of a table until the end of the transaction.
    pub(crate) fn lock_table(&mut self, table: &str) -> Result<(), Error> {
        self.step(|session| session.lock_table(table))
    }

    /// Prepares a statement without running it, and so finds its mistakes.
    pub fn prepare(&mut self, sql: Sql) -> Result<(), Error> {
        self.step(|session| session.prepare(sql))
    }
}
