//! What can be seen of dues and shares: one file for each screen. Here is what they share.

pub mod desk;
pub mod mine;
pub mod register;
pub mod terms;
pub mod waiting;

use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::find_currency;
use planet_ontology::ids::{AgentId, CurrencyId, GroupId};
use planet_store::{Error, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A currency as amounts are written in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    /// Its id.
    pub id: CurrencyId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What stands beside amounts.
    pub symbol: String,
    /// Its decimals.
    pub decimals: u8,
}

/// These currencies, each once.
pub(crate) fn moneys(tx: &mut Tx, ids: impl IntoIterator<Item = CurrencyId>) -> Result<Vec<Money>, Error> {
    let mut ids: Vec<CurrencyId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    let mut moneys = Vec::new();
    for id in ids {
        if let Some(it) = find_currency(tx, id)? {
            moneys.push(Money { id, code: it.code, name: it.name, symbol: it.symbol, decimals: it.decimals });
        }
    }
    Ok(moneys)
}

/// Whether the viewer keeps the club's books.
pub(crate) fn keeps_books(look: &mut Look) -> Result<bool, Fault> {
    let me: AgentId = look.member()?.into();
    planet_purse::keeps(look.tx, me, GroupId::CLUB)
}
