//! Standing payments: what is paid on which day, and what was in the way.

use super::super::{Money, Party, holder, parties};
use crate::acts::standing::rhythm;
use crate::error::WalletError;
use crate::rows::standing::{self, StandingRow};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ledger::find_currency;
use planet_ontology::calendar::{Every, moment_of};
use planet_ontology::ids::{AgentId, StandingId};
use planet_ontology::units::{Amount, Moment};
use planet_purse::acts_for;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many a wallet shows.
const SHOWN: i64 = 50;

/// A standing payment.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct StandingView {
    /// Its id.
    pub id: StandingId,
    /// Who is paid.
    pub payee: Party,
    /// The currency.
    pub money: Money,
    /// How much each time.
    pub amount: Amount,
    /// What for.
    pub memo: String,
    /// How often.
    pub every: Every,
    /// The next day; nothing while it is paused.
    pub next: Option<Moment>,
    /// The last day, if there is one.
    pub last: Option<Moment>,
    /// `active`, `paused` or `ended`.
    pub state: String,
    /// Why the latest payment was refused, if it was.
    pub why: Option<String>,
    /// How many payments were made.
    pub paid: i64,
    /// Whether the viewer may pause, resume or end it.
    pub may_change: bool,
}

/// The standing payments of a wallet.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StandingPayments {
    /// The group's handle; one's own wallet if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

impl View for StandingPayments {
    const NAME: &'static str = "wallet.standing_payments";
    const ABOUT: &'static str = "What is paid from a wallet again and again.";
    type Output = Vec<StandingView>;

    fn read(&self, look: &mut Look) -> Result<Vec<StandingView>, Fault> {
        let (owner, _) = holder(look, self.of.as_deref())?;
        standing_of(look, owner.id)
    }
}

/// Those of the viewer that were paused because payments were refused: they wait for the viewer to see to them.
pub fn stopped(look: &mut Look) -> Result<Vec<StandingView>, Fault> {
    let member = look.member()?.into();
    let mut found = standing_of(look, member)?;
    found.retain(|it| it.state == "paused" && it.why.is_some());
    Ok(found)
}

/// The standing payments of an agent's wallet.
pub(super) fn standing_of(look: &mut Look, owner: AgentId) -> Result<Vec<StandingView>, Fault> {
    let member = look.member()?.into();
    let may_change = acts_for(look.tx, member, owner)?;
    let rows = standing::of_payer(look.tx, owner, SHOWN)?;
    rows.into_iter().map(|row| standing_view(look, row, may_change)).collect()
}

fn standing_view(look: &mut Look, row: StandingRow, may_change: bool) -> Result<StandingView, Fault> {
    let (every, first) = rhythm(&row)?;
    let payee = parties(look.tx, vec![row.payee])?.remove(&row.payee).ok_or(WalletError::PayeeUnknown)?;
    let money = find_currency(look.tx, row.currency)?.ok_or(WalletError::CurrencyUnknown)?.into();
    let next = every.day(first, row.number).map(moment_of).filter(|_| row.state == "active");
    Ok(StandingView {
        id: row.id,
        payee,
        money,
        amount: row.amount,
        memo: row.memo,
        every,
        next,
        last: row.last.as_deref().and_then(|day| day.parse().ok()).map(moment_of),
        state: row.state,
        why: row.why,
        paid: standing::count_paid(look.tx, row.id)?,
        may_change,
    })
}
