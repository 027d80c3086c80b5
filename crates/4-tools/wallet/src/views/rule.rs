//! The rule of a group's wallet as its members see it: who decides what, and how it could be changed.

use super::{Money, Party, holder};
use crate::acts::rule::SetRule;
use crate::error::WalletError;
use planet_corridor::act::{Act, View};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::currency;
use planet_ontology::ids::{CurrencyId, GroupId};
use planet_ontology::units::Amount;
use planet_policy::procedure::Procedure;
use planet_purse::{self as purse, acts_for};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a group's wallet pays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WalletRule {
    /// The group's handle.
    pub of: String,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
}

/// A way to decide.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Way {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    pub about: String,
    /// Whether it means that nobody else is asked.
    pub alone: bool,
}

impl From<Procedure> for Way {
    fn from(procedure: Procedure) -> Self {
        Self { name: procedure.name, about: procedure.about, alone: procedure.at_once }
    }
}

/// One step of a rule, in words.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StepLine {
    /// Up to and with this amount; the last step has no end.
    pub up_to: Option<Amount>,
    /// Who decides; its sentence is empty where the club's rules have no such procedure any more.
    pub way: Way,
}

/// The rule of a wallet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RuleView {
    /// Whose wallet.
    pub owner: Party,
    /// The group.
    pub group: GroupId,
    /// The currency.
    pub money: Money,
    /// The steps; none where the keepers pay alone.
    pub steps: Vec<StepLine>,
    /// How much the viewer could still pay alone today; nothing where there is no such step, or for those who do not keep
    /// the wallet.
    pub left: Option<Amount>,
    /// Whether the viewer may change it, at once or by proposal.
    pub may_change: bool,
    /// How a change is decided.
    pub change: Way,
    /// All ways to decide that the club has, that of doing it at once first.
    pub ways: Vec<Way>,
}

impl View for WalletRule {
    const NAME: &'static str = "wallet.rule";
    const ABOUT: &'static str = "Up to which amount who decides what a group's wallet pays.";
    type Output = RuleView;

    fn read(&self, look: &mut Look) -> Result<RuleView, Fault> {
        let (owner, _) = holder(look, Some(&self.of))?;
        if owner.kind != "group" {
            return Err(WalletError::PayerUnknown.into());
        }
        let (group, member) = (GroupId(owner.id.0), look.member()?);
        let currency = currency(look.tx, self.currency)?;
        let rule = purse::find(look.tx, group, currency.id)?;
        let left = match rule.as_ref().and_then(|rule| rule.alone) {
            Some(alone) if acts_for(look.tx, member.into(), owner.id)? => {
                let paid = purse::paid_alone(look.tx, group, currency.id, member.into(), look.now)?;
                Some(Amount(alone.0.saturating_sub(paid.0).max(0)))
            }
            _ => None,
        };
        let steps = rule.map(|rule| rule.steps).unwrap_or_default();
        let steps = steps.into_iter().map(|step| StepLine {
            up_to: step.up_to,
            way: match look.procedure_called(&step.procedure) {
                Some(procedure) => procedure.into(),
                None => Way { name: step.procedure, about: String::new(), alone: false },
            },
        });
        let steps = steps.collect();
        let probe = SetRule { group, currency: self.currency, steps: Vec::new() };
        let at_once = Procedure::at_once().clone();
        Ok(RuleView {
            may_change: look.may(&probe)?,
            change: look.procedure(SetRule::NAME).into(),
            ways: std::iter::once(at_once).chain(look.procedures()).map(Way::from).collect(),
            money: currency.into(),
            owner,
            group,
            steps,
            left,
        })
    }
}
