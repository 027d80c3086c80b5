//! Choosing the currency in which a member sees what everything is worth together. Nothing moves.

use crate::error::WalletError;
use crate::rows::payments::set_home;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ledger::find_currency;
use planet_ontology::entities::Account;
use planet_ontology::ids::CurrencyId;
use planet_ontology::units::Amount;
use planet_purse::idle_wallet;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Choose the currency in which you see what everything is worth together.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetHome {
    /// The currency.
    pub currency: CurrencyId,
}

impl Act for SetHome {
    const NAME: &'static str = "wallet.set_home";
    const ABOUT: &'static str = "Choose the currency in which you see what everything is worth together.";
    touches!(Account, |_, tx, actor| idle_wallet(tx, actor, None, Amount(0)));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let currency = find_currency(tx, self.currency)?.ok_or(WalletError::CurrencyUnknown)?;
        Ok(set_home(tx, cx.member()?, currency.id)?)
    }
}
