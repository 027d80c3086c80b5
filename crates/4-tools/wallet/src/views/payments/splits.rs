//! Bills that were split: who was asked for what, and who has paid.

use super::super::bills::{Bill, bill};
use super::super::{Money, Party, holder, parties};
use crate::error::WalletError;
use crate::rows::splits::{self, SplitRow};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::find_currency;
use planet_ontology::ids::{AgentId, SplitId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many a wallet shows.
const SHOWN: i64 = 10;

/// A bill that was split.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SplitView {
    /// Its id.
    pub id: SplitId,
    /// Who asks.
    pub payee: Party,
    /// Its currency.
    pub money: Money,
    /// All shares together, that of whoever asks included.
    pub total: Amount,
    /// What was paid of it by others so far.
    pub paid: Amount,
    /// What whoever asks has borne.
    pub own: Amount,
    /// What for.
    pub memo: String,
    /// When it was split.
    pub created: Moment,
    /// The bills, the largest first.
    pub bills: Vec<Bill>,
}

/// The bills that a wallet has split. Only its keepers see them.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Splits {
    /// The group's handle; one's own wallet if it is left out.
    #[serde(default)]
    pub of: Option<String>,
    /// Only this one.
    #[serde(default)]
    pub id: Option<SplitId>,
}

impl View for Splits {
    const NAME: &'static str = "wallet.splits";
    const ABOUT: &'static str = "Bills that you split: who was asked for what, and who has paid.";
    type Output = Vec<SplitView>;

    fn read(&self, look: &mut Look) -> Result<Vec<SplitView>, Fault> {
        let member = look.member()?.into();
        let Some(id) = self.id else {
            let (owner, _) = holder(look, self.of.as_deref())?;
            return splits_of(look, owner.id);
        };
        let row = splits::find(look.tx, id)?.ok_or(WalletError::RequestUnknown)?;
        if acts_for(look.tx, member, row.payee)? {
            Ok(vec![split_view(look, row)?])
        } else {
            Err(WalletError::RequestUnknown.into())
        }
    }
}

/// What an agent has split, the newest first, for whoever keeps its wallet.
pub(super) fn splits_of(look: &mut Look, owner: AgentId) -> Result<Vec<SplitView>, Fault> {
    let member = look.member()?.into();
    if !acts_for(look.tx, member, owner)? {
        return Ok(Vec::new());
    }
    let rows = splits::latest(look.tx, owner, SHOWN)?;
    rows.into_iter().map(|row| split_view(look, row)).collect()
}

fn split_view(look: &mut Look, row: SplitRow) -> Result<SplitView, Fault> {
    let payee = parties(look.tx, vec![row.payee])?.remove(&row.payee).ok_or(WalletError::PayerUnknown)?;
    let money = find_currency(look.tx, row.currency)?.ok_or(WalletError::CurrencyUnknown)?.into();
    let bills = splits::parts(look.tx, row.id)?;
    let bills = bills.into_iter().map(|part| bill(look, part)).collect::<Result<Vec<Bill>, Fault>>()?;
    let sum = |only_paid: bool| {
        let counted = bills.iter().filter(|bill| !only_paid || bill.state == "paid");
        counted.fold(0_i64, |sum, bill| sum.saturating_add(bill.amount.0))
    };
    Ok(SplitView {
        id: row.id,
        payee,
        money,
        total: Amount(sum(false).saturating_add(row.own.0)),
        paid: Amount(sum(true)),
        own: row.own,
        memo: row.memo,
        created: row.created,
        bills,
    })
}
