//! The currencies that somebody may know of: those one holds, and those to discover.

use super::{Money, Party, party};
use crate::acts::design::Design;
use crate::rows;
use crate::terms::{Holders, Terms};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{CurrencyKind, account_of, list_currencies};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The currencies to discover.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Currencies {}

/// A currency in the list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Line {
    /// The currency.
    pub money: Money,
    /// Who issued it.
    pub issuer: Party,
    /// `open`, `retired`, `closing` or `closed`; `club` for the club's own, which has no terms.
    pub state: String,
    /// What the viewer has of it.
    pub balance: Option<Amount>,
    /// What stands behind it, in its group's words.
    pub backing: String,
}

/// The list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CurrenciesView {
    /// The currencies, the oldest first.
    pub lines: Vec<Line>,
    /// The groups that the viewer may make a currency for.
    pub groups: Vec<Party>,
}

impl View for Currencies {
    const NAME: &'static str = "currencies.list";
    const ABOUT: &'static str = "The currencies that groups made: those you hold, and those to discover.";
    type Output = CurrenciesView;

    fn read(&self, look: &mut Look) -> Result<CurrenciesView, Fault> {
        let me = look.member()?;
        let mut lines = Vec::new();
        for currency in list_currencies(look.tx)? {
            if rows::state(look.tx, currency.id)?.is_none() {
                continue;
            }
            let made = rows::find(look.tx, currency.id)?;
            if !rows::visible(look.tx, &made, me.into())? {
                continue;
            }
            let account = account_of(look.tx, me.into(), currency.id)?;
            lines.push(Line {
                money: Money::from(&currency),
                issuer: party(look.tx, currency.issuer)?,
                state: made.state.state,
                balance: account.map(|account| account.balance()),
                backing: made.terms.backing,
            });
        }
        Ok(CurrenciesView { lines, groups: groups(look)? })
    }
}

/// The groups that the viewer may make a currency for; the club is one where they look after it.
fn groups(look: &mut Look) -> Result<Vec<Party>, Fault> {
    let me = look.member()?;
    let mut groups = Vec::new();
    let theirs = agents::groups_of(look.tx, me.into())?;
    for id in theirs.into_iter().map(|(id, ..)| id).chain([GroupId::CLUB]) {
        if look.may(&probe(id))? {
            groups.push(party(look.tx, id.into())?);
        }
    }
    Ok(groups)
}

/// A currency that is not meant: only who asks matters.
fn probe(group: GroupId) -> Design {
    let terms = Terms {
        holders: Holders::Club,
        issuers: vec![Role::Steward],
        price: None,
        cap: None,
        lifetime: None,
        notice: 0,
        refund: 0,
        demurrage: 0,
        levy: 0,
        min: Amount(0),
        max: Amount(0),
        soft_min: None,
        soft_max: None,
        backing: String::new(),
        redemption: String::new(),
    };
    let kind = CurrencyKind::Voucher;
    Design {
        group,
        code: String::new(),
        name: String::new(),
        symbol: String::new(),
        kind,
        decimals: 0,
        terms,
    }
}
