//! The rates at which currencies are exchanged. Another room posts them; here they are read.

use planet_ontology::ids::{AgentId, CurrencyId, RateId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Ids, Tx, record, sql};

/// The most rates that are looked at for one total.
const MOST: i64 = 1_000;

record! {
    /// A rate: whoever pays `give` of one currency gets `get` of the other, both in minor units.
    #[derive(Clone, Debug)]
    pub struct RateRow {
        /// Its id.
        pub id: RateId,
        /// What is given.
        pub from: CurrencyId,
        /// What one gets for it.
        pub to: CurrencyId,
        /// How much is given.
        pub give: Amount,
        /// How much one gets.
        pub get: Amount,
        /// Who offers to exchange at it.
        pub agent: Option<AgentId>,
        /// `posted`, `reference`, or `source:` and a name.
        pub origin: String,
        /// Since when.
        pub at: Moment,
        /// From when it no longer holds.
        pub until: Option<Moment>,
    }
}

/// The rates in force between a currency and any other, the newest first.
pub fn rates_of(tx: &mut Tx, currency: CurrencyId, now: Moment) -> Result<Vec<RateRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, from_id, to_id, give, get, agent_id, origin, at, until FROM rates
              WHERE (from_id = ?1 OR to_id = ?1) AND at <= ?2 AND (until IS NULL OR until > ?2)
              ORDER BY at DESC, id DESC LIMIT ?3"
        ),
        &[&currency, &now, &MOST],
    )
}

/// A rate, whether it is in force or not.
pub fn find_rate(tx: &mut Tx, id: RateId) -> Result<Option<RateRow>, Error> {
    tx.row(
        sql!("SELECT id, from_id, to_id, give, get, agent_id, origin, at, until FROM rates WHERE id = ?1"),
        &[&id],
    )
}

/// Whether whoever posted this rate has posted a newer one for the same pair.
pub fn newer_rate(tx: &mut Tx, rate: &RateRow, now: Moment) -> Result<bool, Error> {
    let (newer,): (i64,) = tx.one(
        sql!(
            "SELECT count(*) FROM rates
              WHERE from_id = ?1 AND to_id = ?2 AND agent_id = ?3 AND origin = ?4 AND id <> ?5 AND at <= ?6
                AND (at > ?7 OR (at = ?7 AND id > ?5))"
        ),
        &[&rate.from, &rate.to, &rate.agent, &rate.origin, &rate.id, &now, &rate.at],
    )?;
    Ok(newer > 0)
}

/// What members and groups offer in force for these currencies, the newest first.
pub fn offers(tx: &mut Tx, given: Vec<CurrencyId>, now: Moment) -> Result<Vec<RateRow>, Error> {
    let given = Ids(given.into_iter().map(|id| id.0).collect());
    tx.rows(
        sql!(
            "SELECT id, from_id, to_id, give, get, agent_id, origin, at, until FROM rates r
              WHERE from_id IN (SELECT id FROM ids(?1)) AND origin = 'posted' AND agent_id IS NOT NULL
                AND at <= ?2 AND (until IS NULL OR until > ?2)
                AND NOT EXISTS (SELECT 1 FROM rates n WHERE n.from_id = r.from_id AND n.to_id = r.to_id
                                   AND n.agent_id = r.agent_id AND n.origin = r.origin AND n.at <= ?2
                                   AND (n.at > r.at OR (n.at = r.at AND n.id > r.id)))
              ORDER BY at DESC, id DESC LIMIT ?3"
        ),
        &[&given, &now, &MOST],
    )
}
