//! Paying many at once: a list of wages, of shares, of thanks. All of it happens, or nothing, and then the row is named that
//! was in the way.

use super::checked_memo;
use super::wallets::{paid_account, paying_account};
use crate::error::payments::PaymentError;
use crate::rows::{self, Holder};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_ledger::{
    Currency, LedgerError, Levy, Posted, Transfer, TransferKind, currency, refused, told, transfer_linked,
};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AccountId, AgentId, CurrencyId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::{spent, wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use uuid::Uuid;

/// The most rows of one list.
pub const MOST_ROWS: usize = 10_000;

/// One payment of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Who is paid: a member or a group.
    pub to: AgentId,
    /// How much, in minor units.
    pub amount: Amount,
    /// What for.
    #[serde(default)]
    pub memo: String,
}

/// Pay everybody on a list, or nobody.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayMany {
    /// The list, up to 10,000 rows.
    pub rows: Vec<Row>,
    /// Whose wallet pays: a group's, or one's own if it is left out.
    #[serde(default)]
    pub from: Option<AgentId>,
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
}

/// A list that was paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PaidMany {
    /// What all its transfers belong to.
    pub list: Uuid,
    /// How many were paid.
    pub count: usize,
    /// What they got together.
    pub total: Amount,
    /// What was added for the commons.
    pub levies: Amount,
    /// The payer's balance after it.
    pub balance: Amount,
}

impl PayMany {
    /// What its rows come to.
    fn total(&self) -> Result<Amount, PaymentError> {
        let sum = self.rows.iter().try_fold(0_i64, |sum, row| sum.checked_add(row.amount.0));
        sum.map(Amount).ok_or(PaymentError::SumTooLarge)
    }
}

impl Act for PayMany {
    const NAME: &'static str = "wallet.pay_many";
    const ABOUT: &'static str = "Pay everybody on a list: all of them, or nobody.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = PaidMany;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        wallet(tx, actor, self.from, self.currency, self.total()?, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<PaidMany, Fault> {
        if self.rows.is_empty() {
            return Err(PaymentError::NobodyListed.into());
        }
        if self.rows.len() > MOST_ROWS {
            return Err(PaymentError::TooManyRows(MOST_ROWS).into());
        }
        let total = self.total()?;
        let currency = currency(tx, self.currency)?;
        let debit = paying_account(tx, cx, self.from, &currency)?;
        let list: Uuid = cx.id();
        let (chain, of_row) = self.chain(tx, cx, &currency, debit, list)?;
        let posted = match transfer_linked(tx, &chain, cx.now) {
            Ok(posted) => posted,
            Err(LedgerError::Linked { position, because }) => {
                let row = of_row.get(position).copied().unwrap_or_default();
                return Err(self.refused_row(tx, row, refused(*because, &currency)));
            }
            Err(error) => return Err(refused(error, &currency)),
        };
        for (t, posted) in chain.iter().zip(&posted) {
            told(cx, t, posted);
        }
        spent(tx, cx, self.from, (currency.id, total), list)?;
        let added: i64 = chain.iter().filter(|t| t.kind == TransferKind::Levy).map(|t| t.amount.0).sum();
        let balance = posted.last().map(|last: &Posted| last.debit_balance).unwrap_or_default();
        Ok(PaidMany { list, count: self.rows.len(), total, levies: Amount(added), balance })
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let total = currency(tx, self.currency)?.say(self.total()?);
        let people = self.rows.len();
        match self.from.map(|payer| agents::find(tx, payer)).transpose()?.flatten() {
            Some(payer) => {
                Ok(format!("Pay a list of {people}, {total} in all, from the wallet of {}.", payer.name))
            }
            None => Ok(format!("Pay a list of {people}, {total} in all.")),
        }
    }
}

impl PayMany {
    /// All transfers, and for each the row that it belongs to.
    fn chain(
        &self,
        tx: &mut Tx,
        cx: &mut Cx,
        currency: &Currency,
        debit: AccountId,
        list: Uuid,
    ) -> Result<(Vec<Transfer>, Vec<usize>), Fault> {
        let levy = Levy::of(tx, currency)?;
        let mut owners: Vec<AgentId> = self.rows.iter().map(|row| row.to).collect();
        owners.sort_unstable();
        owners.dedup();
        let known = rows::holders(tx, currency.id, owners)?;
        let mut accounts: HashMap<AgentId, AccountId> = known
            .into_iter()
            .filter(|holder| holder.standing != "left")
            .map(|Holder { owner, account, .. }| (owner, account))
            .collect();
        let (mut chain, mut of_row) =
            (Vec::with_capacity(self.rows.len()), Vec::with_capacity(self.rows.len()));
        for (at, row) in self.rows.iter().enumerate() {
            let credit = match accounts.get(&row.to) {
                Some(account) => *account,
                None => match paid_account(tx, cx, row.to, currency) {
                    Ok(account) => *accounts.entry(row.to).or_insert(account),
                    Err(fault) => return Err(self.refused_row(tx, at, fault)),
                },
            };
            let memo = match checked_memo(&row.memo) {
                Ok(memo) => memo,
                Err(error) => return Err(self.refused_row(tx, at, error.into())),
            };
            let (id, kind) = (cx.id(), TransferKind::Payment);
            let payment =
                Transfer { id, debit, credit, amount: row.amount, kind, memo, reference: Some(list) };
            let added = levy.as_ref().and_then(|levy| levy.on(&payment, cx.id()));
            for link in [Some(payment), added].into_iter().flatten() {
                chain.push(link);
                of_row.push(at);
            }
        }
        Ok((chain, of_row))
    }

    /// The refusal of one row, with its number and its name.
    fn refused_row(&self, tx: &mut Tx, at: usize, fault: Fault) -> Fault {
        let refusal = match fault {
            Fault::Refused(refusal) => refusal,
            other => return other,
        };
        let who = match self.rows.get(at).map(|row| agents::find(tx, row.to)).transpose() {
            Ok(found) => found.flatten().map_or_else(|| "nobody".to_owned(), |agent| agent.name),
            Err(error) => return error.into(),
        };
        let named: Refusal = PaymentError::RowRefused { row: at + 1, who, because: refusal.sentence }.into();
        Refusal { field: Some(format!("rows/{at}")), ..named }.into()
    }
}
