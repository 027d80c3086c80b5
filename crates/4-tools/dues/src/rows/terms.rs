//! The terms by their versions, and the days that follow from those in force.

use crate::terms::Terms;
use planet_corridor::refusal::Fault;
use planet_ontology::calendar::Every;
use planet_ontology::ids::{AudienceId, CurrencyId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use serde_json::Value;

record! {
    struct Row {
        version: i64,
        currency: CurrencyId,
        body: Value,
        proposal: Option<ProposalId>,
        adopted: Moment,
    }
}

/// Terms that were decided.
#[derive(Clone, Debug)]
pub struct Adopted {
    /// The number of the version.
    pub version: i64,
    /// The currency of all amounts.
    pub currency: CurrencyId,
    /// What they say.
    pub terms: Terms,
    /// The decision that made them.
    pub proposal: Option<ProposalId>,
    /// Since when.
    pub adopted: Moment,
}

fn read(row: Row) -> Result<Adopted, Fault> {
    let terms = serde_json::from_value(row.body)
        .map_err(|_| Fault::Damaged(format!("Version {} of the terms of membership.", row.version)))?;
    Ok(Adopted {
        version: row.version,
        currency: row.currency,
        terms,
        proposal: row.proposal,
        adopted: row.adopted,
    })
}

/// The terms in force.
pub fn in_force(tx: &mut Tx) -> Result<Option<Adopted>, Fault> {
    let row = tx.row::<Row>(
        sql!(
            "SELECT version, currency_id, body, proposal_id, adopted FROM dues_terms
              ORDER BY version DESC LIMIT 1"
        ),
        &[],
    )?;
    row.map(read).transpose()
}

/// Puts terms in force. Everybody may read what membership costs.
pub fn adopt(tx: &mut Tx, new: &Adopted) -> Result<(), Error> {
    let body = serde_json::to_value(&new.terms).unwrap_or_default();
    tx.exec(
        sql!(
            "INSERT INTO dues_terms (version, currency_id, body, proposal_id, adopted, audience_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        ),
        &[&new.version, &new.currency, &body, &new.proposal, &new.adopted, &AudienceId::PUBLIC],
    )?;
    Ok(())
}

record! {
    /// From which day and how often, and how far that has come.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Schedule {
        /// The first day, as `2026-12-31`.
        pub first: String,
        /// How often.
        pub every: String,
        /// The number of the due day that is written down next, counted from zero.
        pub number: i64,
        /// The day up to which dues were written down, by whatever terms; empty before the first.
        pub covered: String,
        /// The beginning of the day that was looked after last.
        pub tended: Moment,
    }
}

/// The schedule, held until the transaction ends.
pub fn hold_schedule(tx: &mut Tx) -> Result<Option<Schedule>, Error> {
    let rows = tx.lock_rows(
        sql!("SELECT first, every, number, covered, tended FROM dues_schedule WHERE id = 1"),
        &[],
    )?;
    Ok(rows.into_iter().next())
}

/// The schedule, for looking at.
pub fn schedule(tx: &mut Tx) -> Result<Option<Schedule>, Error> {
    tx.row(sql!("SELECT first, every, number, covered, tended FROM dues_schedule WHERE id = 1"), &[])
}

/// Writes where the schedule stands.
pub fn set_schedule(tx: &mut Tx, it: &Schedule) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO dues_schedule (id, first, every, number, covered, tended) VALUES (1, ?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (id) DO UPDATE SET first = excluded.first, every = excluded.every,
                 number = excluded.number, covered = excluded.covered, tended = excluded.tended"
        ),
        &[&it.first, &it.every, &it.number, &it.covered, &it.tended],
    )?;
    Ok(())
}

impl Schedule {
    /// The due day with this number.
    ///
    /// # Errors
    /// Where the row makes no sense.
    pub fn day(&self, number: i64) -> Result<Option<jiff::civil::Date>, Fault> {
        let damaged = || Fault::Damaged("The schedule of dues.".into());
        let every = Every::from_word(&self.every).ok_or_else(damaged)?;
        Ok(every.day(self.first.parse().map_err(|_| damaged())?, number))
    }
}
