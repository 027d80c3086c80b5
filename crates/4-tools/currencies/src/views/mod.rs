//! What can be seen of currencies, a file for each screen. Here is what they share: how amounts are written, and who somebody is.

mod health;
mod list;
mod one;
mod rates;
mod service;
mod waiting;

pub use health::{Band, DayLine, Health, HealthView};
pub use list::{Currencies, CurrenciesView, Line};
pub use one::{CurrencyPage, CurrencyView, Kept, May, Mine, OwedLine, PriceView, SaleLine, TermsLine};
pub use rates::{RateLine, Rates, RatesView};
pub use service::{Service, ServiceLine};
pub use waiting::{Told, WaitingHere};

use planet_corridor::agents::{self, Agent};
use planet_ledger::{Currency, CurrencyKind};
use planet_ontology::ids::{AgentId, CurrencyId};
use planet_store::{Error, Tx};
use schemars::JsonSchema;
use serde::Serialize;

/// How amounts of a currency are written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Money {
    /// The currency.
    pub id: CurrencyId,
    /// Its short name, for its address.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The sign beside an amount.
    pub symbol: String,
    /// Decimals shown; 60 where it is counted in minutes and written in hours.
    pub decimals: u8,
    /// What stands behind it.
    pub kind: CurrencyKind,
}

impl From<&Currency> for Money {
    fn from(it: &Currency) -> Self {
        Self {
            id: it.id,
            code: it.code.clone(),
            name: it.name.clone(),
            symbol: it.symbol.clone(),
            decimals: it.decimals,
            kind: it.kind,
        }
    }
}

/// A member or a group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Party {
    /// The agent.
    pub id: AgentId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// `member` or `group`.
    pub kind: String,
}

impl From<Agent> for Party {
    fn from(agent: Agent) -> Self {
        Self { id: agent.id, name: agent.name, handle: agent.handle, kind: agent.kind }
    }
}

/// Who somebody is; whoever is not known any more has no name.
fn party(tx: &mut Tx, id: AgentId) -> Result<Party, Error> {
    let unknown = || Party { id, name: String::new(), handle: String::new(), kind: "member".into() };
    Ok(agents::find(tx, id)?.map_or_else(unknown, Party::from))
}
