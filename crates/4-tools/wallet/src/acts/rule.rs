//! Setting how a group's wallet pays.

use crate::error::WalletError;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{account_of, currency};
use planet_ontology::entities::Account;
use planet_ontology::ids::{CurrencyId, GroupId};
use planet_ontology::units::Moment;
use planet_purse::{self as purse, Rule, Step};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Say how a group's wallet pays.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetRule {
    /// Whose wallet.
    pub group: GroupId,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
    /// The steps, by rising amounts. Without steps the keepers pay alone.
    pub steps: Vec<Step>,
}

impl Act for SetRule {
    const NAME: &'static str = "wallet.set_rule";
    const ABOUT: &'static str = "Say up to which amount who decides what a group's wallet pays.";
    type Touches = Account;
    type Output = ();

    fn resource(&self, tx: &mut Tx, actor: &Actor, _: Moment) -> Result<Resource, Fault> {
        agents::group(tx, self.group)?.ok_or(WalletError::PayerUnknown)?;
        let facts = Account { own: actor.agent() == Some(self.group.into()), group: true, amount: 0 };
        Ok(Resource::of(self.group, self.group, &facts))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let rule = Rule::of(&self.steps, |name| cx.procedure_called(name))?;
        let currency = currency(tx, self.currency)?;
        account_of(tx, self.group.into(), currency.id)?.ok_or(WalletError::CurrencyUnknown)?;
        match rule {
            Some(rule) => purse::set(tx, self.group, currency.id, &rule, cx.now)?,
            None => purse::remove(tx, self.group, currency.id)?,
        }
        Ok(())
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let name = agents::find(tx, self.group.into())?.ok_or(WalletError::PayerUnknown)?.name;
        let currency = currency(tx, self.currency)?;
        if self.steps.is_empty() {
            return Ok(format!("Let those who keep the wallet of {name} pay alone, however much."));
        }
        let steps: Vec<String> = self
            .steps
            .iter()
            .map(|step| match step.up_to {
                Some(amount) => {
                    format!("up to {}: {}", currency.say(amount), step.procedure)
                }
                None => format!("above that: {}", step.procedure),
            })
            .collect();
        Ok(format!("Let the wallet of {name} pay by this rule. {}.", capital(&steps.join("; "))))
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
