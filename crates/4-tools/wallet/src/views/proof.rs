//! What proves a payment, before the club signs it: who paid whom how much when for what, and where that stands in the log.

use super::transfer::see;
use super::{Money, Party};
use crate::error::WalletError;
use planet_corridor::act::View;
use planet_corridor::event::Entry;
use planet_corridor::look::Look;
use planet_corridor::receipt::{self, Receipt};
use planet_corridor::refusal::Fault;
use planet_ledger::TransferKind;
use planet_ontology::ids::{AgentId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The proof of a payment.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// The transfer.
    pub transfer: TransferId,
    /// The group's handle, to look at it from that side; the viewer's own if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

/// What proves a payment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ProofView {
    /// The transfer.
    pub transfer: TransferId,
    /// When it was booked.
    pub at: Moment,
    /// Why.
    #[schemars(with = "String")]
    pub kind: TransferKind,
    /// What for.
    pub memo: String,
    /// How much, more than zero.
    pub amount: Amount,
    /// Its currency.
    pub money: Money,
    /// Who paid.
    pub payer: Party,
    /// Who was paid.
    pub payee: Party,
    /// Where it stands in the log. The line is there for those who did the act: it tells the balance after it too.
    pub receipt: Receipt,
}

impl View for Proof {
    const NAME: &'static str = "wallet.proof";
    const ABOUT: &'static str = "What proves a payment, for both of its sides.";
    type Output = ProofView;

    fn read(&self, look: &mut Look) -> Result<ProofView, Fault> {
        let seen = see(look, self.transfer, self.of.as_deref())?;
        let id = self.transfer.to_string();
        let moves = |entry: &Entry| {
            entry.effects.iter().any(|effect| effect.pointer("/moved/transfer").is_some_and(|it| *it == id))
        };
        let found = receipt::find(look.tx, &id, seen.booking.at, moves)?;
        let (event, number) = found.ok_or(WalletError::NotInLog)?;
        let receipt = receipt::receipt(look.tx, &event, number)?;
        let receipt = if may_read(look, &receipt, seen.wallet.id)? { receipt } else { receipt.closed() };
        Ok(ProofView {
            transfer: self.transfer,
            at: seen.booking.at,
            kind: seen.booking.kind,
            memo: seen.booking.memo,
            amount: seen.booking.amount,
            money: seen.account.money,
            payer: seen.payer,
            payee: seen.payee,
            receipt,
        })
    }
}

/// Whether the viewer may read the line of the log: whoever did the act, and those who keep the wallet of the group that did.
fn may_read(look: &mut Look, receipt: &Receipt, wallet: AgentId) -> Result<bool, Fault> {
    let me: AgentId = look.member()?.into();
    let line = receipt.entry.opened.as_ref().map(|opened| serde_json::from_str::<Entry>(&opened.line));
    match line {
        Some(Ok(entry)) => {
            let actor = entry.actor.agent();
            Ok(actor == Some(me) || (actor == Some(wallet) && acts_for(look.tx, me, wallet)?))
        }
        _ => Ok(false),
    }
}
