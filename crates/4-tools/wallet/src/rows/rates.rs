//! The rates at which currencies are exchanged. Another room posts them; here they are read.

use planet_ontology::ids::{AgentId, CurrencyId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Tx, record, sql};
use uuid::Uuid;

/// The most rates that are looked at for one total.
const MOST: i64 = 1_000;

record! {
    /// A rate: whoever pays `give` of one currency gets `get` of the other, both in minor units.
    #[derive(Clone, Debug)]
    pub struct RateRow {
        /// Its id.
        pub id: Uuid,
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
