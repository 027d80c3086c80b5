//! The statement of an account: what moved, the newest first.

use super::{Balance, Party, balance, holder, parties};
use crate::error::WalletError;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Line, accounts_of, find_account, statement};
use planet_ontology::ids::{AccountId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many lines a page of a statement has.
pub const PAGE: i64 = 30;

/// One movement, as the statement shows it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Movement {
    /// The transfer.
    pub transfer: TransferId,
    /// When.
    pub at: Moment,
    /// The other side.
    pub other: Party,
    /// What came in (positive) or went out (negative).
    pub amount: Amount,
    /// The balance after it.
    pub balance: Amount,
    /// What for.
    pub memo: String,
}

/// A page of a statement, newest first.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The group's handle; one's own wallet if it is left out.
    #[serde(default)]
    pub of: Option<String>,
    /// The account; the first of the wallet if it is left out.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// Continue after this transfer, the last of the page before …
    #[serde(default)]
    pub after: Option<TransferId>,
    /// … which was booked at this moment, in microseconds.
    #[serde(default)]
    pub at: Option<i64>,
}

/// What a page of a statement shows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StatementView {
    /// Whose it is.
    pub owner: Party,
    /// The account.
    pub balance: Balance,
    /// The movements.
    pub movements: Vec<Movement>,
}

impl View for Statement {
    const NAME: &'static str = "wallet.statement";
    const ABOUT: &'static str = "The movements of an account, newest first.";
    type Output = StatementView;

    fn read(&self, look: &mut Look) -> Result<StatementView, Fault> {
        let (owner, _) = holder(look, self.of.as_deref())?;
        let account = match self.account {
            Some(id) => find_account(look.tx, id)?.filter(|account| account.owner == owner.id),
            None => accounts_of(look.tx, owner.id)?.into_iter().next(),
        }
        .ok_or(WalletError::PayerUnknown)?;
        let before = self.at.zip(self.after).map(|(at, transfer)| (Moment(at), transfer));
        let balance = balance(look.tx, &account)?;
        Ok(StatementView { owner, balance, movements: movements(look.tx, account.id, before, PAGE)? })
    }
}

pub(super) fn movements(
    tx: &mut Tx,
    account: AccountId,
    before: Option<(Moment, TransferId)>,
    limit: i64,
) -> Result<Vec<Movement>, Fault> {
    let lines: Vec<Line> = statement(tx, account, before, limit)?;
    let parties = parties(tx, lines.iter().map(|line| line.other_owner).collect())?;
    Ok(lines
        .into_iter()
        .filter_map(|line| {
            Some(Movement {
                transfer: line.transfer,
                at: line.at,
                other: parties.get(&line.other_owner)?.clone(),
                amount: line.amount,
                balance: line.balance,
                memo: line.memo,
            })
        })
        .collect())
}
