//! What a payment would cost: the amount, and what its currency adds for the commons.

use crate::error::WalletError;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Levy, Transfer, TransferKind, account_of, currency};
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, TransferId};
use planet_ontology::units::Amount;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a payment would cost.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Who would be paid.
    pub to: AgentId,
    /// How much, in minor units.
    pub amount: i64,
    /// Whose wallet would pay: a group's, or one's own if it is left out.
    #[serde(default)]
    pub from: Option<AgentId>,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
}

/// The parts of a payment.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Quoted {
    /// What the payee gets.
    pub amount: Amount,
    /// What is added for the commons.
    pub levy: Amount,
    /// What the payer gives.
    pub total: Amount,
}

impl View for Quote {
    const NAME: &'static str = "wallet.quote";
    const ABOUT: &'static str = "What a payment would cost: the amount, and what is added for the commons.";
    type Output = Quoted;

    fn read(&self, look: &mut Look) -> Result<Quoted, Fault> {
        let payer = match self.from {
            Some(payer) => payer,
            None => look.member()?.into(),
        };
        let (amount, currency) = (Amount(self.amount), currency(look.tx, self.currency)?);
        let Some(levy) = Levy::of(look.tx, &currency)? else {
            return Ok(Quoted { amount, levy: Amount(0), total: amount });
        };
        let debit = account_of(look.tx, payer, currency.id)?.ok_or(WalletError::CurrencyUnknown)?.id;
        let credit = account_of(look.tx, self.to, currency.id)?.map(|account| account.id);
        // Somebody without an account yet is not the commons, which has one.
        let credit = credit.unwrap_or(AccountId(Uuid::nil()));
        let id = TransferId(Uuid::nil());
        let (kind, memo) = (TransferKind::Payment, String::new());
        let payment = Transfer { id, debit, credit, amount, kind, memo, reference: None };
        let levy = levy.on(&payment, id).map(|added| added.amount).unwrap_or_default();
        let total = amount.0.checked_add(levy.0).map(Amount).ok_or(WalletError::AmountTooLarge)?;
        Ok(Quoted { amount, levy, total })
    }
}
