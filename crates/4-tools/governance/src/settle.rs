//! Settling: what happens when a vote is decided. Whatever the procedure says goes; none is known by name here.

use crate::choice;
use crate::delegates::cast::at_the_close;
use crate::rows::{self, ProposalRow};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_policy::counting::{Verdict, standing};
use planet_store::Tx;
use serde_json::{Value, json};

/// An act that a decision performs, with its arguments.
pub type Deed = (String, Value);

/// Looks where a proposal stands and, if it is decided, performs it or ends it.
pub fn settle(tx: &mut Tx, cx: &mut Cx, proposal: &ProposalRow) -> Result<(), Fault> {
    if let Some(question) = choice::rows::find(tx, proposal.id)? {
        return choice::settle::settle(tx, cx, proposal, &question);
    }
    let procedure = proposal.procedure()?;
    let deed = [(proposal.act.clone(), proposal.args.clone())];
    if proposal.state == "passed" {
        return perform(tx, cx, proposal, &deed, "");
    }
    at_the_close(tx, cx, proposal)?;
    let tally = rows::tally(tx, proposal)?;
    match standing(&procedure, &tally, proposal.opened, cx.now) {
        Verdict::Open { .. } => Ok(()),
        Verdict::Failed { why } => Ok(rows::set_state(tx, proposal.id, "failed", &why, cx.now)?),
        Verdict::Passed if procedure.delay.0 > 0 => pass(tx, cx, proposal, procedure.delay.0, ""),
        Verdict::Passed => perform(tx, cx, proposal, &deed, ""),
    }
}

/// Has what was decided wait for so many seconds.
pub fn pass(tx: &mut Tx, cx: &mut Cx, proposal: &ProposalRow, delay: i64, told: &str) -> Result<(), Fault> {
    let due = cx.now.plus_seconds(delay);
    rows::set_state(tx, proposal.id, "passed", told, cx.now)?;
    cx.later(tx, due, "governance.close", &json!({ "proposal": proposal.id }))?;
    Ok(())
}

/// Performs the acts in the group's name, each by itself. The rules and the invariants are asked again; if they refuse, the
/// decision stands as passed, but not performed, with the reason.
pub fn perform(
    tx: &mut Tx,
    cx: &mut Cx,
    proposal: &ProposalRow,
    deeds: &[Deed],
    told: &str,
) -> Result<(), Fault> {
    let group = Actor::Group { id: proposal.group, mandate: proposal.id };
    let mut said = told.to_owned();
    let mut state = "done";
    for (act, args) in deeds {
        match tx.savepoint(|tx| cx.call_as(tx, group, act, args.clone()))? {
            Ok(_) => {}
            Err(Fault::Refused(refusal)) => {
                state = "not_performed";
                said = [said.as_str(), &refusal.sentence].join(" ");
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(rows::set_state(tx, proposal.id, state, said.trim(), cx.now)?)
}
