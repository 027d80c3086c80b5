//! What is put aside, on either side.

use super::super::{Money, Party, holder, parties};
use crate::acts::hold::{Release, Settle, the_hold};
use crate::error::payments::PaymentError;
use crate::rows::payments::{find_held, latest_holds};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::{HoldOutcome, accounts_of, find_account, find_hold, find_transfer};
use planet_ontology::ids::{AgentId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many holds a wallet shows.
const SHOWN: i64 = 50;

/// Something put aside.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HoldView {
    /// Its id.
    pub id: TransferId,
    /// Who put it aside.
    pub payer: Party,
    /// For whom.
    pub payee: Party,
    /// Its currency.
    pub money: Money,
    /// How much at the most.
    pub amount: Amount,
    /// What is put aside for the commons besides.
    pub levy: Amount,
    /// What for.
    pub memo: String,
    /// When it was put aside.
    pub at: Moment,
    /// When it is given back by itself.
    pub expires: Moment,
    /// `open`, `settled`, `voided` or `expired`.
    pub state: String,
    /// How much was taken.
    pub taken: Option<Amount>,
    /// The payment by which it was taken.
    pub paid: Option<TransferId>,
    /// Whether the viewer may take it.
    pub may_take: bool,
    /// Whether the viewer may give it back.
    pub may_release: bool,
}

/// What is put aside from a wallet or for it.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holds {
    /// The group's handle; one's own wallet if it is left out.
    #[serde(default)]
    pub of: Option<String>,
    /// Only this one.
    #[serde(default)]
    pub id: Option<TransferId>,
}

impl View for Holds {
    const NAME: &'static str = "wallet.holds";
    const ABOUT: &'static str = "What is put aside from your wallet or for it, open ones first.";
    type Output = Vec<HoldView>;

    fn read(&self, look: &mut Look) -> Result<Vec<HoldView>, Fault> {
        let Some(id) = self.id else {
            let (owner, _) = holder(look, self.of.as_deref())?;
            return holds_of(look, owner.id);
        };
        let member = look.member()?.into();
        let view = hold_view(look, id)?;
        let concerned =
            acts_for(look.tx, member, view.payer.id)? || acts_for(look.tx, member, view.payee.id)?;
        if concerned { Ok(vec![view]) } else { Err(PaymentError::HoldUnknown.into()) }
    }
}

/// What is put aside from an agent's accounts or for them.
pub(super) fn holds_of(look: &mut Look, owner: AgentId) -> Result<Vec<HoldView>, Fault> {
    let accounts = accounts_of(look.tx, owner)?.into_iter().map(|account| account.id).collect();
    let ids = latest_holds(look.tx, accounts, SHOWN)?;
    ids.into_iter().map(|id| hold_view(look, id)).collect()
}

fn hold_view(look: &mut Look, id: TransferId) -> Result<HoldView, Fault> {
    let (held, currency) = the_hold(look.tx, id)?;
    let more = find_held(look.tx, id)?;
    let levy = more.levy.map(|id| find_hold(look.tx, id)).transpose()?.flatten();
    let taken = more.paid.map(|id| find_transfer(look.tx, id)).transpose()?.flatten();
    let owner = |look: &mut Look, account| {
        Ok::<_, Fault>(find_account(look.tx, account)?.ok_or(PaymentError::HoldUnknown)?.owner)
    };
    let (from, to) = (owner(look, held.debit)?, owner(look, held.credit)?);
    let known = parties(look.tx, vec![from, to])?;
    let party = |id| known.get(&id).cloned().ok_or(PaymentError::HoldUnknown);
    let state = match held.outcome {
        Some(outcome) => outcome.word(),
        None if held.expires <= look.now => HoldOutcome::Expired.word(),
        None => "open",
    };
    let open = state == "open";
    Ok(HoldView {
        id,
        payer: party(from)?,
        payee: party(to)?,
        money: currency.into(),
        amount: held.amount,
        levy: levy.map(|levy| levy.amount).unwrap_or_default(),
        memo: held.memo,
        at: held.at,
        expires: held.expires,
        state: state.to_owned(),
        taken: taken.map(|taken| taken.amount),
        paid: more.paid,
        may_take: open && look.may(&Settle { hold: id, amount: None })?,
        may_release: open && look.may(&Release { hold: id })?,
    })
}
