//! The rows of rates. Old ones are kept: a total of last month was counted with the rate of last month.

use planet_ontology::ids::{AgentId, CurrencyId, RateId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Ids, Tx, record, sql};

/// The origin of a rate at which somebody exchanges.
pub const POSTED: &str = "posted";
/// The origin of a rate that the club counts totals with.
pub const REFERENCE: &str = "reference";

record! {
    /// A rate: whoever pays `give` gets `get`.
    #[derive(Clone, Debug)]
    pub struct Rate {
        /// Its id.
        pub id: RateId,
        /// What is given.
        pub from: CurrencyId,
        /// What one gets.
        pub to: CurrencyId,
        /// How much is given, in minor units.
        pub give: Amount,
        /// How much one gets for it, in minor units.
        pub get: Amount,
        /// Who exchanges at it; nobody for what comes from a source.
        pub agent: Option<AgentId>,
        /// `posted`, `reference`, or `source:` and its name.
        pub origin: String,
        /// From when it holds.
        pub at: Moment,
        /// Until when; open if it is nothing.
        pub until: Option<Moment>,
    }
}

impl Rate {
    /// Whether it holds at a moment.
    pub fn holds(&self, now: Moment) -> bool {
        self.at <= now && self.until.is_none_or(|until| now < until)
    }
}

/// Posts a rate; the older one of the same poster, origin and pair ends with it.
pub fn post(tx: &mut Tx, rate: &Rate) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE rates SET until = ?5
              WHERE agent_id = ?1 AND from_id = ?2 AND to_id = ?3 AND origin = ?4 AND (until IS NULL OR until > ?5)"
        ),
        &[&rate.agent, &rate.from, &rate.to, &rate.origin, &rate.at],
    )?;
    tx.exec(
        sql!(
            "INSERT INTO rates (id, from_id, to_id, give, get, agent_id, origin, at, until)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
        ),
        &[
            &rate.id,
            &rate.from,
            &rate.to,
            &rate.give,
            &rate.get,
            &rate.agent,
            &rate.origin,
            &rate.at,
            &rate.until,
        ],
    )?;
    Ok(())
}

/// A rate by its id.
pub fn find(tx: &mut Tx, id: RateId) -> Result<Option<Rate>, Error> {
    tx.row(
        sql!("SELECT id, from_id, to_id, give, get, agent_id, origin, at, until FROM rates WHERE id = ?1"),
        &[&id],
    )
}

/// Ends a rate.
pub fn end(tx: &mut Tx, id: RateId, now: Moment) -> Result<(), Error> {
    tx.exec(sql!("UPDATE rates SET until = ?2 WHERE id = ?1"), &[&id, &now])?;
    Ok(())
}

/// Ends all rates of a currency.
pub fn end_all(tx: &mut Tx, currency: CurrencyId, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "UPDATE rates SET until = ?2 WHERE (from_id = ?1 OR to_id = ?1) AND (until IS NULL OR until > ?2)"
        ),
        &[&currency, &now],
    )?;
    Ok(())
}

/// The rates that hold between these currencies, by pair, the best for whoever gives first.
pub fn current(tx: &mut Tx, among: &Ids, now: Moment, limit: i64) -> Result<Vec<Rate>, Error> {
    tx.rows(
        sql!(
            "SELECT id, from_id, to_id, give, get, agent_id, origin, at, until FROM rates
              WHERE from_id IN (SELECT id FROM ids(?1)) AND to_id IN (SELECT id FROM ids(?1))
                AND at <= ?2 AND (until IS NULL OR until > ?2)
              ORDER BY from_id, to_id, CAST(get AS DOUBLE PRECISION) / give DESC, at, id LIMIT ?3"
        ),
        &[among, &now, &limit],
    )
}

/// The latest rates between two currencies, whether they hold or not.
pub fn history(tx: &mut Tx, from: CurrencyId, to: CurrencyId, limit: i64) -> Result<Vec<Rate>, Error> {
    tx.rows(
        sql!(
            "SELECT id, from_id, to_id, give, get, agent_id, origin, at, until FROM rates
              WHERE from_id = ?1 AND to_id = ?2 ORDER BY at DESC, id DESC LIMIT ?3"
        ),
        &[&from, &to, &limit],
    )
}
