//! Shares are repaid out of the club's wallet, by the rule of that wallet. Of somebody who left, what they still owed is set off.

use super::relief::not_own;
use crate::error::DuesError;
use crate::rows::shares::{self, RepaymentRow};
use crate::rows::{lines, people};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ledger::{Transfer, TransferKind, account_of, carry};
use planet_ontology::acts::Moves;
use planet_ontology::entities::Account;
use planet_ontology::ids::{AgentId, GroupId, RepaymentId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::{keeps, spent, wallet};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// The club's wallet.
const CLUB: GroupId = GroupId::CLUB;

/// Repay shares.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Repay {
    /// What is to be repaid.
    pub repayment: RepaymentId,
}

impl Act for Repay {
    const NAME: &'static str = "dues.repay";
    const ABOUT: &'static str = "Repay member shares out of the club's wallet.";
    const MOVES: Moves = Moves::Spends;
    type Touches = Account;
    type Output = Option<TransferId>;

    fn resource(&self, tx: &mut Tx, actor: &Actor, now: Moment) -> Result<Resource, Fault> {
        let row = shares::find_repayment(tx, self.repayment)?.ok_or(DuesError::RepaymentUnknown)?;
        let agent = actor.agent().ok_or(DuesError::RepaymentUnknown)?;
        if agent != CLUB.into() && !keeps(tx, agent, CLUB)? {
            return Err(DuesError::RepaymentUnknown.into());
        }
        // What cannot be is refused before anybody votes on it.
        if row.state != "notice" {
            return Err(DuesError::RepaymentSettled.into());
        }
        if row.due > now {
            return Err(DuesError::NoticeRuns.into());
        }
        wallet(tx, actor, Some(CLUB.into()), Some(row.currency), row.amount, now)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Option<TransferId>, Fault> {
        let row = shares::find_repayment(tx, self.repayment)?.ok_or(DuesError::RepaymentUnknown)?;
        not_own(cx, row.member)?;
        if row.due > cx.now {
            return Err(DuesError::NoticeRuns.into());
        }
        let left = people::hold(tx, row.member)?.left_at.is_some();
        let set_off = if left { set_off(tx, cx, &row)? } else { Amount(0) };
        let rest = Amount(row.amount.0 - set_off.0);
        let transfer = if rest.0 > 0 { Some(pay_out(tx, cx, &row, rest)?) } else { None };
        let ended =
            RepaymentRow { state: "paid".into(), ended: Some(cx.now), set_off, transfer, ..row.clone() };
        if !shares::end_repayment(tx, &ended)? {
            return Err(DuesError::RepaymentSettled.into());
        }
        shares::change_lot(tx, row.lot, -row.number, -row.number)?;
        // By this the register proves it, also where a decision performed it.
        cx.effect(json!({ "repaid": row.id, "set_off": set_off }));
        Ok(transfer)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let row = shares::find_repayment(tx, self.repayment)?.ok_or(DuesError::RepaymentUnknown)?;
        let currency = planet_ledger::currency(tx, Some(row.currency))?;
        let (name, _) = people::name_of(tx, row.member.into())?.ok_or(DuesError::RepaymentUnknown)?;
        Ok(format!("Repay {} to {name} for {} member shares.", currency.say(row.amount), row.number))
    }
}

/// Sets off what somebody still owes in the same currency, what has been due longest first, as far as whole amounts fit.
fn set_off(tx: &mut Tx, cx: &Cx, row: &RepaymentRow) -> Result<Amount, Fault> {
    let mut sum: i64 = 0;
    for line in lines::hold_open(tx, row.member)? {
        let then = sum.saturating_add(line.amount.0);
        if line.currency == row.currency
            && then <= row.amount.0
            && lines::end(tx, line.id, "set_off", None, cx.now)?
        {
            sum = then;
        }
    }
    Ok(Amount(sum))
}

/// Moves what is repaid. Whoever has left keeps their account, so it goes there too.
fn pay_out(tx: &mut Tx, cx: &mut Cx, row: &RepaymentRow, amount: Amount) -> Result<TransferId, Fault> {
    let club = AgentId::from(CLUB);
    let debit = account_of(tx, club, row.currency)?.ok_or(DuesError::WalletMissing)?.id;
    let credit = account_of(tx, row.member.into(), row.currency)?.ok_or(DuesError::WalletMissing)?.id;
    let id: TransferId = cx.id();
    let memo = format!("{} member shares repaid", row.number);
    let reference = Some(row.id.0);
    carry(tx, cx, &[Transfer { id, debit, credit, amount, kind: TransferKind::Payment, memo, reference }])?;
    spent(tx, cx, Some(club), (row.currency, amount), id.0)?;
    Ok(id)
}
