//! What a wallet holds beyond its accounts: what all is worth together, and what is put aside.

use super::super::{Balance, balance, holder};
use super::holds::{HoldView, holds_of};
use super::splits::{SplitView, splits_of};
use super::standing::{StandingView, standing_of};
use super::worth::{Worth, worth};
use crate::rows::payments::home_of;
use crate::rows::rates::offers;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{accounts_of, club_credit, find_currency};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a wallet holds beyond its accounts.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OverviewOf {
    /// The group's handle; one's own wallet if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

/// What a wallet holds beyond its accounts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Overview {
    /// What all accounts are worth together; only where there are several currencies.
    pub worth: Option<Worth>,
    /// What is put aside, open ones first.
    pub holds: Vec<HoldView>,
    /// Bills that were split, the newest first.
    pub splits: Vec<SplitView>,
    /// What is paid again and again.
    pub standing: Vec<StandingView>,
    /// Whether there is a rate at which something can be exchanged.
    pub may_exchange: bool,
}

impl View for OverviewOf {
    const NAME: &'static str = "wallet.overview";
    const ABOUT: &'static str =
        "What a wallet is worth in your home currency by posted rates, and what is put aside.";
    type Output = Overview;

    fn read(&self, look: &mut Look) -> Result<Overview, Fault> {
        let member = look.member()?;
        let (owner, _) = holder(look, self.of.as_deref())?;
        let accounts = accounts_of(look.tx, owner.id)?;
        let balances = accounts.iter().map(|it| balance(look.tx, it)).collect::<Result<Vec<Balance>, _>>()?;
        let worth = if balances.len() > 1 {
            let home = home_of(look.tx, member)?.map(|id| find_currency(look.tx, id)).transpose()?.flatten();
            let home = match home {
                Some(home) => home,
                None => club_credit(look.tx)?,
            };
            Some(worth(look, home, &balances)?)
        } else {
            None
        };
        let held = accounts.iter().filter(|it| !it.closed).map(|it| it.currency).collect();
        Ok(Overview {
            worth,
            holds: holds_of(look, owner.id)?,
            splits: splits_of(look, owner.id)?,
            standing: standing_of(look, owner.id)?,
            may_exchange: offers(look.tx, held, look.now)?.iter().any(|rate| rate.agent != Some(owner.id)),
        })
    }
}
