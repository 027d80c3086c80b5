//! Dealing with the lines of statements: matching them, crediting them, setting them aside. A line counts once.

use super::matching::{Open, Target, Why};
use super::pay_in::not_own;
use super::pay_out::sent;
use super::{MOST, book, checked_note, holder_resource, keeps, pay_in_resource, pay_out_resource};
use crate::bank::reference;
use crate::error::TreasuryError;
use crate::rows::lines::{self, LineRow, Settled};
use crate::rows::pay_ins::NewPayIn;
use crate::rows::{holdings, pay_ins, pay_outs};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Moves;
use planet_ontology::entities::{Group, PayIn, PayOut};
use planet_ontology::ids::{AgentId, BankLineId, CurrencyId, PayInId, PayOutId};
use planet_ontology::units::Amount;
use planet_purse::acts_for;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many lines are matched together.
const TOGETHER: i64 = 500;

/// Say that a line is this pay-in.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchPayIn {
    /// The line.
    pub line: BankLineId,
    /// The pay-in.
    pub pay_in: PayInId,
}

impl Act for MatchPayIn {
    const NAME: &'static str = "treasury.match_pay_in";
    const ABOUT: &'static str = "Say that a line of a statement is this payment in.";
    const MOVES: Moves = Moves::Promised;
    touches!(PayIn, |act, tx, actor| pay_in_resource(tx, act.pay_in, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let line = open_line(tx, self.line)?;
        match_in(tx, cx, &line, self.pay_in)
    }
}

/// Say that a line is this pay-out.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchPayOut {
    /// The line.
    pub line: BankLineId,
    /// The pay-out.
    pub pay_out: PayOutId,
}

impl Act for MatchPayOut {
    const NAME: &'static str = "treasury.match_pay_out";
    const ABOUT: &'static str = "Say that a line of a statement is this payment out.";
    const MOVES: Moves = Moves::Promised;
    touches!(PayOut, |act, tx, actor| pay_out_resource(tx, act.pay_out, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let line = open_line(tx, self.line)?;
        match_out(tx, cx, &line, self.pay_out)
    }
}

/// Match every line whose reference and amount agree with what was announced or asked for.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchAll {
    /// The currency.
    pub currency: CurrencyId,
}

impl Act for MatchAll {
    const NAME: &'static str = "treasury.match_all";
    const ABOUT: &'static str = "Match every line of a statement whose reference and amount agree.";
    const MOVES: Moves = Moves::Promised;
    touches!(Group, |act, tx, _| holder_resource(tx, act.currency));
    type Output = u32;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<u32, Fault> {
        holdings::lock(tx, self.currency)?;
        let waiting = lines::list(tx, self.currency, "open", TOGETHER)?;
        let open = Open::read(tx, self.currency, &waiting)?;
        let me = cx.agent()?;
        let (mut matched, mut seen) = (0, Vec::new());
        for line in &waiting {
            let Some(found) = open.suggest(line).filter(|it| it.why.certain() && !seen.contains(&it.target))
            else {
                continue;
            };
            match found.target {
                // What makes a claim of one's own is for somebody else to confirm.
                Target::PayIn(_) if found.why == Why::Reference && acts_for(tx, me, found.owner)? => continue,
                Target::PayIn(pay_in) => match_in(tx, cx, line, pay_in)?,
                Target::PayOut(pay_out) => match_out(tx, cx, line, pay_out)?,
            }
            seen.push(found.target);
            matched += 1;
        }
        Ok(matched)
    }
}

/// Say whose money a line is that no announcement speaks of.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditLine {
    /// The line.
    pub line: BankLineId,
    /// Whose money it is: a member or a group.
    pub owner: AgentId,
}

impl Act for CreditLine {
    const NAME: &'static str = "treasury.credit_line";
    const ABOUT: &'static str = "Say whose money a line of a statement is that nobody announced.";
    const MOVES: Moves = Moves::Promised;
    touches!(Group, |act, tx, actor| line_resource(tx, act.line, actor));
    type Output = PayInId;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<PayInId, Fault> {
        let line = open_line(tx, self.line)?;
        holdings::lock(tx, line.currency)?;
        if line.amount.0 <= 0 {
            return Err(TreasuryError::LineDoesNotFit.into());
        }
        let it = super::holding(tx, line.currency)?;
        let known = agents::find(tx, self.owner)?
            .filter(|agent| agent.standing == "active" && agent.id != it.holder.into());
        known.ok_or(TreasuryError::MemberUnknown)?;
        not_own(tx, cx, self.owner)?;
        let id: PayInId = cx.id();
        let reference = reference::draw(&cx.random());
        let new = NewPayIn {
            id,
            currency: line.currency,
            owner: self.owner,
            how: "bank",
            amount: line.amount,
            reference: &reference,
            named: None,
            now: cx.now,
            expires: cx.now,
        };
        pay_ins::create(tx, &new)?;
        match_in(tx, cx, &line, id)?;
        Ok(id)
    }
}

/// Set a line aside that is no pay-in and no pay-out, and say what it is.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// The line.
    pub line: BankLineId,
    /// `cash` that was brought to the bank, `cards` for what the card processor passed on, or `own` for the holder's own affairs.
    pub what: String,
    /// What the card processor kept of it, in minor units.
    #[serde(default)]
    pub kept: Amount,
    /// A note.
    #[serde(default)]
    pub note: String,
}

impl Act for SetAside {
    const NAME: &'static str = "treasury.set_aside";
    const ABOUT: &'static str =
        "Set a line of a statement aside that is no payment in or out, and say what it is.";
    touches!(Group, |act, tx, actor| line_resource(tx, act.line, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let note = checked_note(&self.note)?;
        let what = ["cash", "cards", "own"]
            .into_iter()
            .find(|it| *it == self.what)
            .ok_or(TreasuryError::WhatUnknown)?;
        if !(0..=MOST).contains(&self.kept.0) || (self.kept.0 > 0 && what != "cards") {
            return Err(TreasuryError::AmountUnclear.into());
        }
        settle_line(
            tx,
            self.line,
            &Settled { state: "aside", what, note: &note, kept: self.kept, by: cx.agent()? },
        )
    }
}

/// Put a line that was set aside back on the list.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PutBack {
    /// The line.
    pub line: BankLineId,
}

impl Act for PutBack {
    const NAME: &'static str = "treasury.put_back";
    const ABOUT: &'static str = "Put a line that was set aside back on the list.";
    touches!(Group, |act, tx, actor| line_resource(tx, act.line, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        if lines::reopen(tx, self.line)? { Ok(()) } else { Err(TreasuryError::LineSettled.into()) }
    }
}

/// The holder of a line's account as policies see it. Others may not know of the line.
fn line_resource(tx: &mut Tx, line: BankLineId, actor: &Actor) -> Result<Resource, Fault> {
    let currency = lines::find(tx, line)?.ok_or(TreasuryError::LineUnknown)?.currency;
    let holder = super::holding(tx, currency)?.holder;
    match actor.agent() {
        Some(agent) if agent == holder.into() || keeps(tx, agent, holder)? => holder_resource(tx, currency),
        _ => Err(TreasuryError::LineUnknown.into()),
    }
}

fn open_line(tx: &mut Tx, id: BankLineId) -> Result<LineRow, Fault> {
    let line = lines::find(tx, id)?.ok_or(TreasuryError::LineUnknown)?;
    if line.state == "open" { Ok(line) } else { Err(TreasuryError::LineSettled.into()) }
}

fn settle_line(tx: &mut Tx, id: BankLineId, settled: &Settled) -> Result<(), Fault> {
    if lines::settle(tx, id, settled)? { Ok(()) } else { Err(TreasuryError::LineSettled.into()) }
}

fn matched(tx: &mut Tx, cx: &Cx, line: &LineRow, what: &str) -> Result<(), Fault> {
    settle_line(tx, line.id, &Settled { state: "matched", what, note: "", kept: Amount(0), by: cx.agent()? })
}

/// Matches a line with a pay-in: books it with what really arrived, or shows where it is that was booked by hand.
fn match_in(tx: &mut Tx, cx: &mut Cx, line: &LineRow, pay_in: PayInId) -> Result<(), Fault> {
    let row = pay_ins::find_and_hold(tx, pay_in)?.ok_or(TreasuryError::PayInUnknown)?;
    if row.currency != line.currency || row.how != "bank" || line.amount.0 <= 0 {
        return Err(TreasuryError::LineDoesNotFit.into());
    }
    holdings::lock(tx, row.currency)?;
    matched(tx, cx, line, "pay-in")?;
    if row.state == "arrived" {
        if row.arrived != Some(line.amount) || !pay_ins::show_on(tx, row.id, line.id)? {
            return Err(TreasuryError::LineDoesNotFit.into());
        }
        return Ok(());
    }
    not_own(tx, cx, row.owner)?;
    book(tx, cx, &row, line.amount, Some(line.id))?;
    Ok(())
}

/// Matches a line with a pay-out: settles it on the day that the bank says, or shows where it is that was told before.
fn match_out(tx: &mut Tx, cx: &mut Cx, line: &LineRow, pay_out: PayOutId) -> Result<(), Fault> {
    let row = pay_outs::find_and_hold(tx, pay_out)?.ok_or(TreasuryError::PayOutUnknown)?;
    let fits = row.currency == line.currency
        && line.amount.0.checked_neg() == Some(row.amount.0)
        && row.card_pay_in.is_none();
    if !fits {
        return Err(TreasuryError::LineDoesNotFit.into());
    }
    matched(tx, cx, line, "pay-out")?;
    match row.state.as_str() {
        "asked" => sent(tx, cx, &row, (&line.booked, ""), Some(line.id)).map(drop),
        "sent" if pay_outs::show_on(tx, row.id, line.id)? => Ok(()),
        _ => Err(TreasuryError::LineDoesNotFit.into()),
    }
}
