//! Lines of bank statements, each once.

use crate::bank::statement::StatementLine;
use planet_ontology::ids::{AgentId, BankLineId, CurrencyId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};

record! {
    /// A line of a bank statement.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct LineRow {
        /// Its id.
        pub id: BankLineId,
        /// The currency.
        pub currency: CurrencyId,
        /// The day on which it was booked.
        pub booked: String,
        /// What came in, or went out if it is negative.
        pub amount: Amount,
        /// Who paid or was paid.
        pub name: String,
        /// What the bank says about it.
        pub words: String,
        /// open, matched or aside.
        pub state: String,
        /// pay-in, pay-out, cash, cards or own.
        pub what: String,
        /// What a treasurer says about it.
        pub note: String,
        /// What the card processor kept.
        pub kept: Amount,
    }
}

/// Writes a line down, by its mark and its place on the statement. False if it was there already.
pub fn take(
    tx: &mut Tx,
    id: BankLineId,
    currency: CurrencyId,
    line: (&str, i64, &StatementLine),
    by: AgentId,
    now: Moment,
) -> Result<bool, Error> {
    let (mark, place, line) = line;
    let taken = tx.exec(
        sql!(
            "INSERT INTO bank_lines (id, currency_id, mark, booked, amount, name, words, state, what, note, kept, taken, taken_by, place)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', '', '', 0, ?8, ?9, ?10) ON CONFLICT (currency_id, mark) DO NOTHING"
        ),
        &[&id, &currency, &mark, &line.booked, &line.amount, &line.name, &line.words, &now, &by, &place],
    )?;
    Ok(taken == 1)
}

/// What a line turned out to be.
#[derive(Clone, Copy, Debug)]
pub struct Settled<'a> {
    /// matched or aside.
    pub state: &'a str,
    /// pay-in, pay-out, cash, cards or own.
    pub what: &'a str,
    /// What a treasurer says about it.
    pub note: &'a str,
    /// What the card processor kept.
    pub kept: Amount,
    /// Who says so.
    pub by: AgentId,
}

/// Deals with a line, once.
pub fn settle(tx: &mut Tx, id: BankLineId, settled: &Settled) -> Result<bool, Error> {
    let changed = tx.exec(
        sql!(
            "UPDATE bank_lines SET state = ?2, what = ?3, note = ?4, kept = ?5, settled_by = ?6
              WHERE id = ?1 AND state = 'open'"
        ),
        &[&id, &settled.state, &settled.what, &settled.note, &settled.kept, &settled.by],
    )?;
    Ok(changed == 1)
}

/// Puts a line that was set aside back on the list.
pub fn reopen(tx: &mut Tx, id: BankLineId) -> Result<bool, Error> {
    let changed = tx.exec(
        sql!(
            "UPDATE bank_lines SET state = 'open', what = '', note = '', kept = 0, settled_by = NULL
              WHERE id = ?1 AND state = 'aside'"
        ),
        &[&id],
    )?;
    Ok(changed == 1)
}

/// A line by its id.
pub fn find(tx: &mut Tx, id: BankLineId) -> Result<Option<LineRow>, Error> {
    tx.row(
        sql!("SELECT id, currency_id, booked, amount, name, words, state, what, note, kept FROM bank_lines WHERE id = ?1"),
        &[&id],
    )
}

/// Lines in a state, the oldest first.
pub fn list(tx: &mut Tx, currency: CurrencyId, state: &str, limit: i64) -> Result<Vec<LineRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, currency_id, booked, amount, name, words, state, what, note, kept FROM bank_lines
              WHERE currency_id = ?1 AND state = ?2 ORDER BY booked, taken, place, id LIMIT ?3"
        ),
        &[&currency, &state, &limit],
    )
}

/// Lines that were dealt with, the newest first.
pub fn settled(tx: &mut Tx, currency: CurrencyId, limit: i64) -> Result<Vec<LineRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, currency_id, booked, amount, name, words, state, what, note, kept FROM bank_lines
              WHERE currency_id = ?1 AND state <> 'open' ORDER BY booked DESC, taken DESC, place DESC, id DESC LIMIT ?2"
        ),
        &[&currency, &limit],
    )
}

record! {
    /// What the lines of all statements come to, by what they were.
    #[derive(Clone, Debug, Default, PartialEq, Eq)]
    pub struct LineSums {
        /// Not dealt with yet.
        pub open: Amount,
        /// How many of those there are.
        pub open_count: i64,
        /// Cash that was brought to the bank.
        pub cash: Amount,
        /// What the card processor passed on.
        pub cards: Amount,
        /// What the card processor kept.
        pub kept: Amount,
        /// The holder's own affairs.
        pub own: Amount,
        /// The day of the newest line; empty if there is none.
        pub newest: String,
    }
}

/// What the lines come to.
pub fn sums(tx: &mut Tx, currency: CurrencyId) -> Result<LineSums, Error> {
    tx.one(
        sql!(
            "SELECT CAST(coalesce(sum(CASE WHEN state = 'open' THEN amount ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN state = 'open' THEN 1 ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN what = 'cash' THEN amount ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN what = 'cards' THEN amount ELSE 0 END), 0) AS BIGINT),
                    CAST(coalesce(sum(kept), 0) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN what = 'own' THEN amount ELSE 0 END), 0) AS BIGINT),
                    coalesce(max(booked), '')
               FROM bank_lines WHERE currency_id = ?1"
        ),
        &[&currency],
    )
}
