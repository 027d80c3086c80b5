//! What a wallet's owner takes along: every movement of an account, or of all, within some days, with the balances around them.

use super::statement::account;
use super::{Money, Party, balance, holder, parties};
use crate::error::WalletError;
use crate::rows::notes;
use crate::walk::{Days, walk};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Account, Line, TransferKind, accounts_of};
use planet_ontology::ids::{AccountId, AgentId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The most movements of one export.
pub const MOST_LINES: usize = 50_000;
/// The most lines that are walked past to come to them, for each account.
const MOST_WALKED: usize = 250_000;

/// What to take along.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// The group's handle; one's own wallet if it is left out.
    #[serde(default)]
    pub of: Option<String>,
    /// The account; all of the wallet if it is left out.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// From this day on, `2026-01-31`, UTC.
    #[serde(default)]
    pub from: Option<String>,
    /// Up to the end of this day.
    #[serde(default)]
    pub to: Option<String>,
}

/// A wallet's records.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RecordsView {
    /// Whose they are.
    pub owner: Party,
    /// When they were read.
    pub read: Moment,
    /// Where they begin; from the first movement on if it is missing.
    pub from: Option<Moment>,
    /// Each account.
    pub accounts: Vec<Record>,
}

/// The records of an account.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Record {
    /// The account.
    pub account: AccountId,
    /// Its currency.
    pub money: Money,
    /// The balance before the first of the movements.
    pub opening: Amount,
    /// The balance after the last of them.
    pub closing: Amount,
    /// The movements, the oldest first.
    pub entries: Vec<RecordEntry>,
}

/// A movement.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RecordEntry {
    /// The transfer.
    pub transfer: TransferId,
    /// When.
    pub at: Moment,
    /// The name of the other side.
    pub other: String,
    /// Its handle.
    pub handle: String,
    /// What came in (positive) or went out (negative).
    pub amount: Amount,
    /// The balance after it.
    pub balance: Amount,
    /// Why.
    #[schemars(with = "String")]
    pub kind: TransferKind,
    /// What for.
    pub memo: String,
    /// What the keepers noted; empty for everybody else.
    pub category: String,
    /// What they want to remember; empty for everybody else.
    pub note: String,
}

impl View for Records {
    const NAME: &'static str = "wallet.records";
    const ABOUT: &'static str = "All movements of a wallet or of one account, for books kept elsewhere.";
    type Output = RecordsView;

    fn read(&self, look: &mut Look) -> Result<RecordsView, Fault> {
        let (owner, _) = holder(look, self.of.as_deref())?;
        let days = Days::read(self.from.as_deref(), self.to.as_deref())?;
        let keeps = acts_for(look.tx, look.member()?.into(), owner.id)?;
        let accounts = match self.account {
            Some(_) => vec![account(look.tx, &owner, self.account)?],
            None => accounts_of(look.tx, owner.id)?,
        };
        let mut left = MOST_LINES;
        let accounts = accounts
            .iter()
            .map(|account| record(look.tx, account, &days, keeps.then_some(owner.id), &mut left))
            .collect::<Result<_, _>>()?;
        Ok(RecordsView { owner, read: look.now, from: days.from, accounts })
    }
}

fn record(
    tx: &mut Tx,
    account: &Account,
    days: &Days,
    notes_of: Option<AgentId>,
    left: &mut usize,
) -> Result<Record, Fault> {
    let mut lines: Vec<Line> = Vec::new();
    let mut before = None;
    let walked = walk(tx, account.id, None, MOST_WALKED, |_, piece| {
        for line in piece {
            if days.before(line.at) {
                before = Some(line.balance);
                return Ok(false);
            }
            if !days.after(line.at) {
                *left = left.checked_sub(1).ok_or(WalletError::TooManyLines)?;
                lines.push(line);
            }
        }
        Ok(true)
    })?;
    if before.is_none() && !walked.whole {
        return Err(WalletError::TooManyLines.into());
    }
    lines.reverse();
    let opening = before.unwrap_or_default();
    let closing = lines.last().map_or(opening, |line| line.balance);
    let money = balance(tx, account)?.money;
    Ok(Record { account: account.id, money, opening, closing, entries: entries(tx, lines, notes_of)? })
}

fn entries(tx: &mut Tx, lines: Vec<Line>, notes_of: Option<AgentId>) -> Result<Vec<RecordEntry>, Fault> {
    let names = parties(tx, lines.iter().map(|line| line.other_owner).collect())?;
    let mut noted = match notes_of {
        Some(wallet) => notes::find_notes(tx, wallet, lines.iter().map(|line| line.transfer))?,
        None => HashMap::new(),
    };
    Ok(lines
        .into_iter()
        .map(|line| {
            let note = noted.remove(&line.transfer).unwrap_or_default();
            let other = names.get(&line.other_owner);
            RecordEntry {
                transfer: line.transfer,
                at: line.at,
                other: other.map(|party| party.name.clone()).unwrap_or_default(),
                handle: other.map(|party| party.handle.clone()).unwrap_or_default(),
                amount: line.amount,
                balance: line.balance,
                kind: line.kind,
                memo: line.memo,
                category: note.category,
                note: note.note,
            }
        })
        .collect())
}
