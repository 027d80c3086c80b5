//! What can be seen of money: a wallet, a statement, bills, and whom one can pay.

use crate::acts::open::SetLimits;
use crate::acts::request::{ApproveRequest, CancelRequest, acts_for};
use crate::error::WalletError;
use crate::rows::{self, RequestRow};
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{Account, Currency, Line, accounts_of, find_account, find_currency, statement};
use planet_ontology::ids::{AccountId, AgentId, CurrencyId, RequestId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Error, Ids, Tx, record, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How many lines a page of a statement has.
pub const PAGE: i64 = 30;
/// How many suggestions a type-ahead gets.
const SUGGESTIONS: i64 = 8;

/// How amounts of a currency are written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Money {
    /// The currency.
    pub id: CurrencyId,
    /// Its name.
    pub name: String,
    /// The sign beside an amount.
    pub symbol: String,
    /// Decimals shown.
    pub decimals: u8,
}

impl From<Currency> for Money {
    fn from(currency: Currency) -> Self {
        Self { id: currency.id, name: currency.name, symbol: currency.symbol, decimals: currency.decimals }
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

/// A bill.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Bill {
    /// Its id.
    pub id: RequestId,
    /// Who asks.
    pub payee: Party,
    /// Who is asked.
    pub payer: Party,
    /// Its currency.
    pub money: Money,
    /// How much.
    pub amount: Amount,
    /// What for.
    pub memo: String,
    /// `open`, `paid`, `declined` or `cancelled`.
    pub state: String,
    /// When it was sent.
    pub created: Moment,
    /// Whether the viewer may pay or decline it.
    pub may_answer: bool,
    /// Whether the viewer may take it back.
    pub may_cancel: bool,
}

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
            Some(account) => movements(look.tx, account.id, None, 5)?,
            None => Vec::new(),
        };
        let rows = rows::list_requests(look.tx, owner.id, 10)?;
        let probe = SetLimits { owner: owner.id, currency: None, min: Amount(0), max: Amount(0) };
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

/// One's bills, or those of a group whose wallet one keeps.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Requests {
    /// Only this bill.
    #[serde(default)]
    pub id: Option<RequestId>,
}

impl View for Requests {
    const NAME: &'static str = "wallet.requests";
    const ABOUT: &'static str = "Bills to you and from you, open ones first.";
    type Output = Vec<Bill>;

    fn read(&self, look: &mut Look) -> Result<Vec<Bill>, Fault> {
        let member = look.member()?.into();
        let rows = match self.id {
            Some(id) => {
                let row = rows::find_request(look.tx, id)?.ok_or(WalletError::RequestUnknown)?;
                if !acts_for(look.tx, member, row.payer)? && !acts_for(look.tx, member, row.payee)? {
                    return Err(WalletError::RequestUnknown.into());
                }
                vec![row]
            }
            None => rows::list_requests(look.tx, member, 100)?,
        };
        rows.into_iter().map(|row| bill(look, row)).collect()
    }
}

/// Whom one can pay: members and groups by name or handle.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payees {
    /// The beginning of a name or handle.
    pub q: String,
}

impl View for Payees {
    const NAME: &'static str = "wallet.payees";
    const ABOUT: &'static str = "Members and groups whom you can pay, by name.";
    type Output = Vec<Party>;

    fn read(&self, look: &mut Look) -> Result<Vec<Party>, Fault> {
        let mut found = Vec::new();
        for kind in ["member", "group"] {
            found.extend(agents::search(look.tx, kind, self.q.trim(), SUGGESTIONS)?);
        }
        let me = look.member()?;
        Ok(found
            .into_iter()
            .filter(|agent| agent.id != me.into())
            .take(usize::try_from(SUGGESTIONS).unwrap_or(8))
            .map(|agent| Party { id: agent.id, name: agent.name, handle: agent.handle, kind: agent.kind })
            .collect())
    }
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
    Ok(Balance {
        account: account.id,
        money: currency.into(),
        balance: account.balance(),
        min: account.min,
        max: account.max,
    })
}

fn movements(
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

fn bill(look: &mut Look, row: RequestRow) -> Result<Bill, Fault> {
    let parties = parties(look.tx, vec![row.payee, row.payer])?;
    let party = |id| parties.get(&id).cloned().ok_or(WalletError::RequestUnknown);
    let money = find_currency(look.tx, row.currency)?.ok_or(WalletError::CurrencyUnknown)?.into();
    let open = row.state == "open";
    Ok(Bill {
        may_answer: open && look.may(&ApproveRequest { request: row.id })?,
        may_cancel: open && look.may(&CancelRequest { request: row.id })?,
        id: row.id,
        payee: party(row.payee)?,
        payer: party(row.payer)?,
        money,
        amount: row.amount,
        memo: row.memo,
        state: row.state,
        created: row.created,
    })
}

record! {
    struct PartyRow { id: AgentId, name: String, handle: String, kind: String }
}

fn parties(tx: &mut Tx, ids: Vec<AgentId>) -> Result<HashMap<AgentId, Party>, Error> {
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
    Ok(parties(tx, ids)?.into_values().map(|party| (party.id, party.kind == "group")).collect())
}
