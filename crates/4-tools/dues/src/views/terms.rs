//! What membership costs, in force now: for members and for whoever thinks of joining.

use super::{Money, moneys};
use crate::rows::people;
use crate::rows::terms::{in_force, schedule};
use crate::terms::Terms;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::list_currencies;
use planet_ontology::ids::{GroupId, ProposalId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, Moment};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What membership costs.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TermsPage {}

/// Terms in force.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct InForce {
    /// What they say.
    pub terms: Terms,
    /// In which money.
    pub money: Money,
    /// What the shares cost that every member holds at the least.
    pub first_shares: Amount,
    /// The next day on which dues are due, as `2026-12-31`.
    pub next: Option<String>,
    /// The number of the version.
    pub version: i64,
    /// The decision that made them.
    pub proposal: Option<ProposalId>,
    /// Since when.
    pub adopted: Moment,
}

/// What the page shows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct TermsView {
    /// The terms; nothing before the members have decided any.
    pub in_force: Option<InForce>,
    /// Whether the viewer may propose others.
    pub may_propose: bool,
    /// The currencies that the viewer could propose, the club's own credit first.
    pub currencies: Vec<Money>,
}

impl View for TermsPage {
    const NAME: &'static str = "dues.terms";
    const ABOUT: &'static str =
        "What membership costs: joining fee, dues, shares, and what helps who cannot pay.";
    const OPEN: bool = true;
    type Output = TermsView;

    fn read(&self, look: &mut Look) -> Result<TermsView, Fault> {
        let now = look.now;
        let in_force = match in_force(look.tx)? {
            None => None,
            Some(it) => moneys(look.tx, [it.currency])?.pop().map(|money| (it, money)),
        };
        let next = match schedule(look.tx)? {
            Some(schedule) => next_day(&schedule, now)?,
            None => None,
        };
        // Who may propose is for the rules, whatever the terms will be: they let everybody who belongs to the club.
        let may_propose = match look.viewer.actor.member() {
            Some(member) => {
                let role = planet_corridor::agents::role(look.tx, member.into(), GroupId::CLUB)?;
                role != Role::None && people::name_of(look.tx, member.into())?.is_some()
            }
            None => false,
        };
        let mut currencies = Vec::new();
        if may_propose {
            let usable = list_currencies(look.tx)?.into_iter().filter(|it| !it.ending());
            let ids: Vec<_> = usable.map(|it| it.id).collect();
            currencies = moneys(look.tx, ids)?;
            if let Some(own) = planet_ledger::own_credit(look.tx)? {
                currencies.sort_by_key(|it| (it.id != own.id, it.code.clone()));
            }
        }
        let in_force = in_force.map(|(it, money)| InForce {
            first_shares: Amount(it.terms.share_price.0.saturating_mul(it.terms.least_shares)),
            money,
            next,
            version: it.version,
            proposal: it.proposal,
            adopted: it.adopted,
            terms: it.terms,
        });
        Ok(TermsView { in_force, may_propose, currencies })
    }
}

/// The next due day that has not passed. What is written down ahead may lie before the one that is written down next.
fn next_day(schedule: &crate::rows::terms::Schedule, now: Moment) -> Result<Option<String>, Fault> {
    let today = planet_ontology::calendar::day_of(now);
    let before = schedule.number.saturating_sub(1).max(0);
    for number in [before, schedule.number] {
        if let Some(day) = schedule.day(number)?.filter(|day| *day >= today) {
            return Ok(Some(day.to_string()));
        }
    }
    Ok(None)
}
