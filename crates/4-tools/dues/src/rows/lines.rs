//! What members owe, one row for each period and member, and what became of it.

use planet_ontology::ids::{AudienceId, CurrencyId, DuesLineId, MemberId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Bind, Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;

record! {
    /// What a member owes for one period, or owed.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
    pub struct LineRow {
        /// Its id.
        pub id: DuesLineId,
        /// Who owes it.
        pub member: MemberId,
        /// `joining` or `dues`.
        pub kind: String,
        /// The due day, as `2026-12-31`, or `joining`.
        pub period: String,
        /// In which currency.
        pub currency: CurrencyId,
        /// How much.
        pub amount: Amount,
        /// When it is due.
        pub due: Moment,
        /// `owed`, `paid`, `waived` or `set_off`.
        pub state: String,
        /// When it ceased to be owed.
        pub ended: Option<Moment>,
        /// The payment.
        pub transfer: Option<TransferId>,
        /// How many reminders were sent.
        pub reminders: i64,
        /// How often it was tried to pay it by itself.
        pub tried: i64,
        /// Why paying it by itself was refused last.
        pub problem: String,
    }
}

record! {
    /// A line with the name of whose it is.
    #[derive(Clone, Debug, Serialize, JsonSchema)]
    pub struct NamedLine {
        /// Its id.
        pub id: DuesLineId,
        /// Who owes it.
        pub member: MemberId,
        /// Their handle.
        pub handle: String,
        /// Their name.
        pub name: String,
        /// How they stand.
        pub standing: String,
        /// `joining` or `dues`.
        pub kind: String,
        /// The due day or `joining`.
        pub period: String,
        /// In which currency.
        pub currency: CurrencyId,
        /// How much.
        pub amount: Amount,
        /// When it is due.
        pub due: Moment,
        /// What became of it.
        pub state: String,
        /// When it ceased to be owed.
        pub ended: Option<Moment>,
    }
}

/// Writes down what is owed. What a member owes for a period already is left as it is.
pub fn owe(tx: &mut Tx, new: &[LineRow]) -> Result<(), Error> {
    let audiences: Vec<AudienceId> = new.iter().map(|line| line.member.into()).collect();
    let rows: Vec<Vec<&dyn Bind>> = new
        .iter()
        .zip(&audiences)
        .map(|(it, audience)| {
            let row: [&dyn Bind; 10] = [
                &it.id,
                &it.member,
                &it.kind,
                &it.period,
                &it.currency,
                &it.amount,
                &it.due,
                &it.state,
                &it.ended,
                audience,
            ];
            row.to_vec()
        })
        .collect();
    tx.exec_many(
        sql!(
            "INSERT INTO dues_lines (id, member_id, kind, period, currency_id, amount, due, state, ended, audience_id,
                                     transfer_id, reminders, tried, problem)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, NULL, 0, 0, '')
             ON CONFLICT (member_id, period) DO NOTHING"
        ),
        &rows,
    )?;
    Ok(())
}

/// One line.
pub fn find(tx: &mut Tx, id: DuesLineId) -> Result<Option<LineRow>, Error> {
    tx.row(
        sql!(
            "SELECT id, member_id, kind, period, currency_id, amount, due, state, ended, transfer_id, reminders, tried,
                    problem
               FROM dues_lines WHERE id = ?1"
        ),
        &[&id],
    )
}

/// One line, held until the transaction ends.
pub fn hold(tx: &mut Tx, id: DuesLineId) -> Result<Option<LineRow>, Error> {
    let rows = tx.lock_rows(
        sql!(
            "SELECT id, member_id, kind, period, currency_id, amount, due, state, ended, transfer_id, reminders, tried,
                    problem
               FROM dues_lines WHERE id = ?1"
        ),
        &[&id],
    )?;
    Ok(rows.into_iter().next())
}

/// All lines of a member, the newest first.
pub fn of(tx: &mut Tx, member: MemberId, limit: i64) -> Result<Vec<LineRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, member_id, kind, period, currency_id, amount, due, state, ended, transfer_id, reminders, tried,
                    problem
               FROM dues_lines WHERE member_id = ?1 ORDER BY due DESC, id DESC LIMIT ?2"
        ),
        &[&member, &limit],
    )
}

/// What a member owes, what is due longest first, held until the transaction ends.
pub fn hold_open(tx: &mut Tx, member: MemberId) -> Result<Vec<LineRow>, Error> {
    tx.lock_rows(
        sql!(
            "SELECT id, member_id, kind, period, currency_id, amount, due, state, ended, transfer_id, reminders, tried,
                    problem
               FROM dues_lines WHERE member_id = ?1 AND state = 'owed' ORDER BY due, id"
        ),
        &[&member],
    )
}

/// What is owed and has been due since some time, or will be until then, behind a line: a piece at a time, in order of their ids.
pub fn owed_until(
    tx: &mut Tx,
    until: Moment,
    after: Option<DuesLineId>,
    limit: i64,
) -> Result<Vec<LineRow>, Error> {
    let after = after.unwrap_or(DuesLineId(uuid::Uuid::nil()));
    tx.rows(
        sql!(
            "SELECT id, member_id, kind, period, currency_id, amount, due, state, ended, transfer_id, reminders, tried,
                    problem
               FROM dues_lines WHERE state = 'owed' AND due <= ?1 AND id > ?2 ORDER BY id LIMIT ?3"
        ),
        &[&until, &after, &limit],
    )
}

/// Ends what is owed, by a payment or without one. False if it had ended.
pub fn end(
    tx: &mut Tx,
    id: DuesLineId,
    state: &str,
    transfer: Option<TransferId>,
    now: Moment,
) -> Result<bool, Error> {
    let ended = tx.exec(
        sql!(
            "UPDATE dues_lines SET state = ?2, transfer_id = ?3, ended = ?4, problem = ''
              WHERE id = ?1 AND state = 'owed'"
        ),
        &[&id, &state, &transfer, &now],
    )?;
    Ok(ended == 1)
}

/// Ends what a member does not owe yet, because they leave: what is due later than this.
pub fn drop_later(tx: &mut Tx, member: MemberId, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE dues_lines SET state = 'waived', ended = ?2
              WHERE member_id = ?1 AND state = 'owed' AND due > ?2"
        ),
        &[&member, &now],
    )?;
    Ok(())
}

/// Remembers that somebody was reminded once more.
pub fn reminded(tx: &mut Tx, id: DuesLineId, reminders: i64) -> Result<(), Error> {
    tx.exec(sql!("UPDATE dues_lines SET reminders = ?2 WHERE id = ?1"), &[&id, &reminders])?;
    Ok(())
}

/// Remembers why it could not be paid by itself.
pub fn not_paid(tx: &mut Tx, id: DuesLineId, problem: &str) -> Result<(), Error> {
    tx.exec(sql!("UPDATE dues_lines SET tried = tried + 1, problem = ?2 WHERE id = ?1"), &[&id, &problem])?;
    Ok(())
}

/// What is owed of a member now or until some time, and how much of it: for the number at the bell.
pub fn count_due(tx: &mut Tx, member: MemberId, until: Moment) -> Result<i64, Error> {
    let (count,) = tx.one(
        sql!("SELECT count(*) FROM dues_lines WHERE member_id = ?1 AND state = 'owed' AND due <= ?2"),
        &[&member, &until],
    )?;
    Ok(count)
}

/// What anybody owes, what is due longest first.
pub fn all_owed(tx: &mut Tx, limit: i64) -> Result<Vec<NamedLine>, Error> {
    tx.rows(
        sql!(
            "SELECT l.id, l.member_id, a.handle, a.name, a.standing, l.kind, l.period, l.currency_id, l.amount, l.due,
                    l.state, l.ended
               FROM dues_lines l JOIN agents a ON a.id = l.member_id
              WHERE l.state = 'owed' ORDER BY l.due, l.id LIMIT ?1"
        ),
        &[&limit],
    )
}

/// What ended since some time, the newest first.
pub fn ended_since(tx: &mut Tx, since: Moment, limit: i64) -> Result<Vec<NamedLine>, Error> {
    tx.rows(
        sql!(
            "SELECT l.id, l.member_id, a.handle, a.name, a.standing, l.kind, l.period, l.currency_id, l.amount, l.due,
                    l.state, l.ended
               FROM dues_lines l JOIN agents a ON a.id = l.member_id
              WHERE l.ended >= ?1 ORDER BY l.ended DESC, l.id DESC LIMIT ?2"
        ),
        &[&since, &limit],
    )
}

/// What is owed by currency: how many lines, how much, and how much of it is overdue.
pub fn sums_owed(tx: &mut Tx, now: Moment) -> Result<Vec<(CurrencyId, i64, Amount, Amount)>, Error> {
    tx.rows(
        sql!(
            "SELECT currency_id, count(*), CAST(sum(amount) AS BIGINT),
                    CAST(coalesce(sum(CASE WHEN due < ?1 THEN amount ELSE 0 END), 0) AS BIGINT)
               FROM dues_lines WHERE state = 'owed' GROUP BY currency_id ORDER BY currency_id"
        ),
        &[&now],
    )
}

/// Makes less of what is owed.
pub fn reduce(tx: &mut Tx, id: DuesLineId, amount: Amount) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE dues_lines SET amount = ?2 WHERE id = ?1 AND state = 'owed' AND amount > ?2"),
        &[&id, &amount],
    )?;
    Ok(())
}
