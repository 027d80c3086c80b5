//! Bills: what is asked of whom, and where it stands.

use super::{Money, Party, parties};
use crate::acts::request::{ApproveRequest, CancelRequest};
use crate::error::WalletError;
use crate::rows::{self, RequestRow};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::find_currency;
use planet_ontology::ids::RequestId;
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// Who has to decide first, in a sentence, if the viewer cannot pay it alone.
    pub asks: Option<String>,
    /// Whether the viewer may take it back.
    pub may_cancel: bool,
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

pub(super) fn bill(look: &mut Look, row: RequestRow) -> Result<Bill, Fault> {
    let parties = parties(look.tx, vec![row.payee, row.payer])?;
    let party = |id| parties.get(&id).cloned().ok_or(WalletError::RequestUnknown);
    let money = find_currency(look.tx, row.currency)?.ok_or(WalletError::CurrencyUnknown)?.into();
    let open = row.state == "open";
    let approve = ApproveRequest { request: row.id };
    let may_answer = open && look.may(&approve)?;
    let asks = if may_answer { asks(look, &approve)? } else { None };
    Ok(Bill {
        may_answer,
        asks,
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

/// Who has to decide before a bill is paid, in a sentence.
fn asks(look: &mut Look, approve: &ApproveRequest) -> Result<Option<String>, Fault> {
    match look.procedure_for(approve) {
        Ok(procedure) => Ok((!procedure.at_once).then_some(procedure.about)),
        Err(Fault::Refused(refusal)) => Ok(Some(refusal.sentence)),
        Err(fault) => Err(fault),
    }
}
