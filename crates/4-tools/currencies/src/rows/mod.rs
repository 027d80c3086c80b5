//! The rows of this room: terms with their versions, and where a currency is in its life. Accounts are the ledger's.

pub mod health;
pub mod notices;
pub mod owed;
pub mod rates;
pub mod sales;

use crate::error::CurrencyError;
use crate::terms::Terms;
use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_ledger::{Currency, account_of, find_currency};
use planet_ontology::ids::{AgentId, AudienceId, CurrencyId, GroupId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};
use serde_json::Value;

record! {
    /// Where a currency is in its life.
    #[derive(Clone, Debug)]
    pub struct State {
        /// The currency.
        pub currency: CurrencyId,
        /// Who may see it, beside those who hold it or were asked to.
        pub audience: AudienceId,
        /// The version of the terms in force.
        pub version: i64,
        /// `open`, `retired`, `closing` or `closed`.
        pub state: String,
        /// Where it is being closed: when that ends.
        pub ends: Option<Moment>,
        /// What is kept of a balance at the turn of a month, in millionths.
        pub kept: Option<i64>,
        /// The last month for which demurrage was taken.
        pub demurred: i64,
        /// All that ended because nobody spent it.
        pub expired: Amount,
        /// All that was taken as demurrage.
        pub idled: Amount,
    }
}

record! {
    /// A version of the terms as it lies in the database.
    struct TermsRow { version: i64, since: Moment, by: AgentId, terms: Value }
}

/// A version of the terms.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its number, from 1.
    pub version: i64,
    /// From when it holds.
    pub since: Moment,
    /// Who put it into force.
    pub by: AgentId,
    /// What it says.
    pub terms: Terms,
}

/// A currency with its terms in force.
#[derive(Clone, Debug)]
pub struct Made {
    /// The currency.
    pub currency: Currency,
    /// Where it is in its life.
    pub state: State,
    /// What it is for.
    pub terms: Terms,
}

impl Made {
    /// The group that issued it.
    pub fn issuer(&self) -> GroupId {
        GroupId(self.currency.issuer.0)
    }

    /// Refuses once it is being closed.
    ///
    /// # Errors
    /// `currency_closing`, `currency_closed`.
    pub fn living(&self) -> Result<(), CurrencyError> {
        match self.state.state.as_str() {
            "closing" => Err(CurrencyError::Closing(self.currency.name.clone())),
            "closed" => Err(CurrencyError::Closed(self.currency.name.clone())),
            _ => Ok(()),
        }
    }

    /// Refuses once nothing new of it is issued.
    ///
    /// # Errors
    /// `currency_retired`, and those of [`Made::living`].
    pub fn issuing(&self) -> Result<(), CurrencyError> {
        if self.state.state == "retired" { Err(CurrencyError::Retired) } else { self.living() }
    }
}

/// Begins the life of a currency under these terms.
pub fn create(
    tx: &mut Tx,
    currency: CurrencyId,
    audience: AudienceId,
    terms: &Terms,
    by: AgentId,
    now: Moment,
) -> Result<(), Fault> {
    add_version(tx, currency, 1, terms, by, now)?;
    tx.exec(
        sql!(
            "INSERT INTO currency_states (currency_id, audience_id, version, state, holders, ends, notice_days, kept, demurred)
             VALUES (?1, ?2, 1, 'open', ?3, NULL, ?4, ?5, ?6)"
        ),
        &[&currency, &audience, &terms.holders.word(), &terms.notice, &terms.kept(), &now.month()],
    )?;
    Ok(())
}

/// Puts new terms into force; the old ones can still be read.
pub fn change(
    tx: &mut Tx,
    made: &Made,
    audience: AudienceId,
    terms: &Terms,
    by: AgentId,
    now: Moment,
) -> Result<i64, Fault> {
    let version = made.state.version + 1;
    add_version(tx, made.currency.id, version, terms, by, now)?;
    // Demurrage that begins now begins with the next month.
    let demurred = if made.state.kept.is_none() { now.month() } else { made.state.demurred };
    tx.exec(
        sql!(
            "UPDATE currency_states SET audience_id = ?2, version = ?3, holders = ?4, notice_days = ?5, kept = ?6, demurred = ?7
              WHERE currency_id = ?1"
        ),
        &[
            &made.currency.id,
            &audience,
            &version,
            &terms.holders.word(),
            &terms.notice,
            &terms.kept(),
            &demurred,
        ],
    )?;
    Ok(version)
}

fn add_version(
    tx: &mut Tx,
    currency: CurrencyId,
    version: i64,
    terms: &Terms,
    by: AgentId,
    now: Moment,
) -> Result<(), Fault> {
    let written = serde_json::to_value(terms).map_err(|error| Fault::Damaged(error.to_string()))?;
    tx.exec(
        sql!("INSERT INTO currency_terms (currency_id, version, since, by_id, terms) VALUES (?1, ?2, ?3, ?4, ?5)"),
        &[&currency, &version, &now, &by, &written],
    )?;
    Ok(())
}

/// All versions of the terms of a currency, the newest first.
pub fn versions(tx: &mut Tx, currency: CurrencyId) -> Result<Vec<Version>, Fault> {
    let rows: Vec<TermsRow> = tx.rows(
        sql!(
            "SELECT version, since, by_id, terms FROM currency_terms WHERE currency_id = ?1 ORDER BY version DESC"
        ),
        &[&currency],
    )?;
    rows.into_iter().map(read_version).collect()
}

fn read_version(row: TermsRow) -> Result<Version, Fault> {
    let terms = serde_json::from_value(row.terms).map_err(|error| Fault::Damaged(error.to_string()))?;
    Ok(Version { version: row.version, since: row.since, by: row.by, terms })
}

/// Where a currency is in its life; nothing for currencies that were not designed here.
pub fn state(tx: &mut Tx, currency: CurrencyId) -> Result<Option<State>, Error> {
    tx.row(
        sql!(
            "SELECT currency_id, audience_id, version, state, ends, kept, demurred, expired, idled
               FROM currency_states WHERE currency_id = ?1"
        ),
        &[&currency],
    )
}

/// [`find`], with its state held until the transaction ends: whoever issues, closes or changes it waits for the others.
pub fn find_and_hold(tx: &mut Tx, currency: CurrencyId) -> Result<Made, Fault> {
    tx.lock(sql!("SELECT currency_id FROM currency_states WHERE currency_id = ?1"), &[&currency])?;
    find(tx, currency)
}

/// A currency that was designed here, with its terms in force.
///
/// # Errors
/// `currency_unknown`.
pub fn find(tx: &mut Tx, currency: CurrencyId) -> Result<Made, Fault> {
    let state = state(tx, currency)?.ok_or(CurrencyError::CurrencyUnknown)?;
    let currency = find_currency(tx, currency)?.ok_or(CurrencyError::CurrencyUnknown)?;
    let row: Option<TermsRow> = tx.row(
        sql!(
            "SELECT version, since, by_id, terms FROM currency_terms WHERE currency_id = ?1 AND version = ?2"
        ),
        &[&currency.id, &state.version],
    )?;
    let missing = || Fault::Damaged(format!("The terms of {} are missing.", currency.code));
    let terms = read_version(row.ok_or_else(missing)?)?.terms;
    Ok(Made { currency, state, terms })
}

/// The currency with this code.
pub fn by_code(tx: &mut Tx, code: &str) -> Result<Option<CurrencyId>, Error> {
    let row: Option<(CurrencyId,)> =
        tx.row(sql!("SELECT id FROM currencies WHERE code = ?1"), &[&code.to_uppercase()])?;
    Ok(row.map(|(id,)| id))
}

/// Sets where a currency is in its life.
pub fn set_state(tx: &mut Tx, currency: CurrencyId, state: &str, ends: Option<Moment>) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE currency_states SET state = ?2, ends = ?3 WHERE currency_id = ?1"),
        &[&currency, &state, &ends],
    )?;
    Ok(())
}

/// Whether somebody may know of a currency: it is shown to its audience, to those who hold it and to those who were asked.
pub fn visible(tx: &mut Tx, made: &Made, to: AgentId) -> Result<bool, Error> {
    let group = GroupId(made.state.audience.0);
    Ok(to == made.currency.issuer
        || agents::role(tx, to, group)? != Role::None
        || (made.state.audience == AudienceId::CLUB && is_group(tx, to)?)
        || account_of(tx, to, made.currency.id)?.is_some()
        || is_guest(tx, made.currency.id, to)?)
}

fn is_group(tx: &mut Tx, agent: AgentId) -> Result<bool, Error> {
    Ok(agents::find(tx, agent)?.is_some_and(|agent| agent.kind == "group"))
}

/// Whether somebody was asked to hold a currency.
pub fn is_guest(tx: &mut Tx, currency: CurrencyId, agent: AgentId) -> Result<bool, Error> {
    let row: Option<(AgentId,)> = tx.row(
        sql!("SELECT agent_id FROM currency_guests WHERE currency_id = ?1 AND agent_id = ?2"),
        &[&currency, &agent],
    )?;
    Ok(row.is_some())
}

/// Asks somebody to hold a currency. False if they had been asked before.
pub fn add_guest(
    tx: &mut Tx,
    currency: CurrencyId,
    agent: AgentId,
    by: AgentId,
    now: Moment,
) -> Result<bool, Error> {
    let made = tx.exec(
        sql!(
            "INSERT INTO currency_guests (currency_id, agent_id, by_id, at) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"
        ),
        &[&currency, &agent, &by, &now],
    )?;
    Ok(made == 1)
}

/// Adds to what ended and to what was taken as demurrage since the beginning.
pub fn add_sums(tx: &mut Tx, currency: CurrencyId, expired: Amount, idled: Amount) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE currency_states SET expired = expired + ?2, idled = idled + ?3 WHERE currency_id = ?1"),
        &[&currency, &expired, &idled],
    )?;
    Ok(())
}

/// Remembers for which month demurrage was taken last.
pub fn set_demurred(tx: &mut Tx, currency: CurrencyId, month: i64) -> Result<(), Error> {
    tx.exec(sql!("UPDATE currency_states SET demurred = ?2 WHERE currency_id = ?1"), &[&currency, &month])?;
    Ok(())
}

/// Begins a day for a currency. False if it was begun already.
pub fn begin_day(tx: &mut Tx, currency: CurrencyId, now: Moment) -> Result<bool, Error> {
    let begun = tx.exec(
        sql!("UPDATE currency_states SET tended = ?2 WHERE currency_id = ?1 AND tended < ?2"),
        &[&currency, &now.0.div_euclid(Moment::DAY)],
    )?;
    Ok(begun == 1)
}
