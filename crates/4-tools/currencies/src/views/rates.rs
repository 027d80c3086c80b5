//! Rates: at which others exchange, and which the club counts with. The wallet reads the same rows.

use super::{Money, Party, party};
use crate::acts::rates::SetReference;
use crate::rows::{self, rates};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Currency, accounts_of, find_currency, list_currencies};
use planet_ontology::ids::{AgentId, CurrencyId, RateId};
use planet_ontology::units::{Amount, Moment};
use planet_store::Ids;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many rates a page shows.
const MOST: i64 = 200;

/// The rates that hold, or the course of one pair.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rates {
    /// What is given; together with `to` the course of this pair.
    #[serde(default)]
    pub from: Option<CurrencyId>,
    /// What one gets.
    #[serde(default)]
    pub to: Option<CurrencyId>,
}

/// A rate: whoever pays `give` gets `get`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RateLine {
    /// The rate.
    pub id: RateId,
    /// What is given.
    pub from: Money,
    /// What one gets.
    pub to: Money,
    /// How much is given.
    pub give: Amount,
    /// How much one gets for it.
    pub get: Amount,
    /// Who exchanges at it, or has set it.
    pub by: Option<Party>,
    /// `posted`, `reference`, or `source:` and its name.
    pub origin: String,
    /// From when it holds.
    pub at: Moment,
    /// Until when.
    pub until: Option<Moment>,
    /// Whether it is the viewer's own.
    pub own: bool,
}

/// The rates.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RatesView {
    /// The rates that hold, by pair, the best for whoever gives first; or the course of one pair, the latest first.
    pub rates: Vec<RateLine>,
    /// The currencies that the viewer holds and can offer.
    pub held: Vec<Money>,
    /// Whether the viewer may put a reference rate to the club.
    pub may_refer: bool,
}

impl View for Rates {
    const NAME: &'static str = "currencies.rates";
    const ABOUT: &'static str =
        "At which rates others exchange one currency for another, and which the club counts with.";
    type Output = RatesView;

    fn read(&self, look: &mut Look) -> Result<RatesView, Fault> {
        let me = AgentId::from(look.member()?);
        let known = known(look, me)?;
        let ids: Ids = known.iter().map(|currency| currency.id).collect();
        let found = match (self.from, self.to) {
            (Some(from), Some(to)) if [from, to].iter().all(|id| known.iter().any(|it| it.id == *id)) => {
                rates::history(look.tx, from, to, MOST)?
            }
            (None, None) => rates::current(look.tx, &ids, look.now, MOST)?,
            _ => Vec::new(),
        };
        let money = |id: CurrencyId| known.iter().find(|it| it.id == id).map(Money::from);
        let mut lines = Vec::new();
        for rate in found {
            let (Some(from), Some(to)) = (money(rate.from), money(rate.to)) else { continue };
            let by = rate.agent.map(|agent| party(look.tx, agent)).transpose()?;
            let own = rate.agent == Some(me);
            let rates::Rate { id, give, get, origin, at, until, .. } = rate;
            lines.push(RateLine { id, from, to, give, get, by, origin, at, until, own });
        }
        let mut held = Vec::new();
        for account in accounts_of(look.tx, me)? {
            let currency = find_currency(look.tx, account.currency)?.filter(|it| !it.ending());
            held.extend(currency.as_ref().map(Money::from));
        }
        let nil = CurrencyId(uuid::Uuid::nil());
        let probe = SetReference { from: nil, to: nil, give: Amount(1), get: Amount(1) };
        Ok(RatesView { rates: lines, held, may_refer: look.may(&probe)? })
    }
}

/// The currencies that somebody may know of: those designed here as far as they are visible, and all others.
fn known(look: &mut Look, me: AgentId) -> Result<Vec<Currency>, Fault> {
    let mut known = Vec::new();
    for currency in list_currencies(look.tx)? {
        let designed = rows::state(look.tx, currency.id)?.is_some();
        let hidden = designed && {
            let made = rows::find(look.tx, currency.id)?;
            !rows::visible(look.tx, &made, me)?
        };
        if !hidden {
            known.push(currency);
        }
    }
    Ok(known)
}
