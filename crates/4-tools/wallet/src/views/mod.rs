//! What can be seen of money, a file for each screen. Here is what they share: amounts, parties, and whose wallet is meant.

mod bills;
mod limits;
mod payees;
mod payments;
mod proof;
mod records;
mod rule;
mod search;
mod statement;
mod totals;
mod transfer;
mod wallet;

pub use bills::{Bill, Requests};
pub use limits::{Limits, LimitsView};
pub use payees::Payees;
pub use payments::*;
pub use proof::{Proof, ProofView};
pub use records::{Record, RecordEntry, Records, RecordsView};
pub use rule::{RuleView, StepLine, WalletRule, Way};
pub use statement::{GLANCE, Movement, PAGE, STRETCH, Statement, StatementView};
pub use totals::{CategoryTotal, MonthTotal, Point};
pub use transfer::{Attachment, Transfer, TransferView, open_attachment};
pub use wallet::{Wallet, WalletView};

use crate::error::WalletError;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Account, Currency, CurrencyKind, Lot, club_credit, earned, find_currency, lots};
use planet_ontology::ids::{AccountId, AgentId, CurrencyId};
use planet_ontology::units::Amount;
use planet_store::{Error, Ids, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::HashMap;

/// How amounts of a currency are written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Money {
    /// The currency.
    pub id: CurrencyId,
    /// Its short name, capitals and digits.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The sign beside an amount.
    pub symbol: String,
    /// Decimals shown.
    pub decimals: u8,
    /// What stands behind it.
    pub kind: CurrencyKind,
    /// What a payer adds for the commons, in millionths.
    pub levy: i64,
}

impl From<Currency> for Money {
    fn from(currency: Currency) -> Self {
        Self {
            id: currency.id,
            code: currency.code,
            name: currency.name,
            symbol: currency.symbol,
            decimals: currency.decimals,
            kind: currency.kind,
            levy: currency.levy,
        }
    }
}

/// An account in a wallet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Balance {
    /// The account.
    pub account: AccountId,
    /// Its currency.
    pub money: Money,
    /// Credits less debits.
    pub balance: Amount,
    /// How far it may go below zero.
    pub min: Amount,
    /// How much it may gather.
    pub max: Amount,
    /// Whether it has passed a limit at which its owner is warned.
    pub warned: bool,
    /// What of it ends next, and when.
    pub ending: Option<Lot>,
    /// What was earned since the beginning, where that is counted: hours given to others. Spending does not change it.
    pub given: Option<Amount>,
    /// Whether a group made the currency and its terms can be read at `/currencies/{code}`.
    pub terms: bool,
}

/// Who somebody is, as money shows them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Party {
    /// The agent.
    pub id: AgentId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// `member` or `group`.
    pub kind: String,
}

/// Whose wallet is meant, and whether it is the viewer's own. Only members of a group see its wallet.
fn holder(look: &mut Look, of: Option<&str>) -> Result<(Party, bool), Fault> {
    let member = look.member()?;
    let agent = match of.filter(|handle| !handle.is_empty()) {
        None => agents::find(look.tx, member.into())?,
        Some(handle) => agents::find_by_handle(look.tx, handle)?,
    }
    .filter(|agent| {
        agent.id == member.into() || look.viewer.audiences.iter().any(|audience| audience.0 == agent.id.0)
    })
    .ok_or(WalletError::PayerUnknown)?;
    let own = agent.id == member.into();
    Ok((Party { id: agent.id, name: agent.name, handle: agent.handle, kind: agent.kind }, own))
}

fn balance(tx: &mut Tx, account: &Account) -> Result<Balance, Fault> {
    let currency = find_currency(tx, account.currency)?.ok_or(WalletError::CurrencyUnknown)?;
    let stands = account.balance();
    let made =
        matches!(currency.kind, CurrencyKind::MutualCredit | CurrencyKind::Voucher | CurrencyKind::Time);
    let time = currency.kind == CurrencyKind::Time;
    Ok(Balance {
        ending: if account.dated { lots(tx, account.id)?.first().copied() } else { None },
        given: if time { Some(earned(tx, account)?) } else { None },
        terms: made && club_credit(tx)?.id != currency.id,
        account: account.id,
        money: currency.into(),
        balance: stands,
        warned: account.soft_min.is_some_and(|soft| stands < soft)
            || account.soft_max.is_some_and(|soft| stands > soft),
        min: account.min,
        max: account.max,
    })
}

record! {
    struct PartyRow { id: AgentId, name: String, handle: String, kind: String }
}

/// Agents by their ids.
type Parties = HashMap<AgentId, Party>;

fn parties(tx: &mut Tx, ids: Vec<AgentId>) -> Result<Parties, Error> {
    let ids = Ids(ids.into_iter().map(|id| id.0).collect());
    let rows = tx.rows::<PartyRow>(
        sql!("SELECT id, name, handle, kind FROM agents WHERE id IN (SELECT id FROM ids(?1))"),
        &[&ids],
    )?;
    Ok(rows
        .into_iter()
        .map(|row| (row.id, Party { id: row.id, name: row.name, handle: row.handle, kind: row.kind }))
        .collect())
}

/// Which of these agents exist, and whether each is a group.
pub(crate) fn groups_among(tx: &mut Tx, ids: Vec<AgentId>) -> Result<Vec<(AgentId, bool)>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(parties(tx, ids)?.into_values().map(|party| (party.id, party.kind == "group")).collect())
}
