//! A wallet at a glance: its accounts, what moved last, and its bills.

use super::bills::{Bill, bill};
use super::statement::{Movement, newest};
use super::{Balance, Party, balance, holder};
use crate::acts::limits::SetLimits;
use crate::rows;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::accounts_of;
use planet_ontology::units::Amount;
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A wallet: one's own, or that of a group whose member one is.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Wallet {
    /// The group's handle; one's own wallet if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

/// What a wallet holds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WalletView {
    /// Whose it is.
    pub owner: Party,
    /// Whether it is the viewer's own.
    pub own: bool,
    /// Whether the viewer may spend from it.
    pub may_pay: bool,
    /// Its accounts.
    pub balances: Vec<Balance>,
    /// The latest movements of the first account.
    pub latest: Vec<Movement>,
    /// Open bills to and from it, and the latest settled ones.
    pub bills: Vec<Bill>,
    /// Whether the viewer may set its limits, at once or by proposal.
    pub may_set_limits: bool,
}

impl View for Wallet {
    const NAME: &'static str = "wallet.wallet";
    const ABOUT: &'static str =
        "Your wallet, or that of a group you belong to: balances, limits, latest movements, bills.";
    type Output = WalletView;

    fn read(&self, look: &mut Look) -> Result<WalletView, Fault> {
        let (owner, own) = holder(look, self.of.as_deref())?;
        let member = look.member()?;
        let accounts = accounts_of(look.tx, owner.id)?;
        let balances =
            accounts.iter().map(|account| balance(look.tx, account)).collect::<Result<Vec<_>, _>>()?;
        let latest = match accounts.first() {
            Some(account) => newest(look.tx, account.id, 5)?,
            None => Vec::new(),
        };
        let rows = rows::list_requests(look.tx, owner.id, 10)?;
        let probe = SetLimits { owner: owner.id, currency: None, min: Amount(0), max: Amount(0), soft: None };
        Ok(WalletView {
            may_pay: acts_for(look.tx, member.into(), owner.id)?,
            may_set_limits: look.may(&probe)?,
            bills: rows.into_iter().map(|row| bill(look, row)).collect::<Result<_, _>>()?,
            owner,
            own,
            balances,
            latest,
        })
    }
}
