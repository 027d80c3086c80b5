//! Settling: what happens when a vote is decided. Whatever the procedure says goes; none is known by name here.

use crate::rows::{self, ProposalRow};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_policy::counting::{Verdict, standing};
use planet_store::Tx;
use serde_json::json;

/// Looks where a proposal stands and, if it is decided, performs it or ends it.
pub fn settle(tx: &mut Tx, cx: &mut Cx, proposal: &ProposalRow) -> Result<(), Fault> {
    let procedure = proposal.procedure()?;
    if proposal.state == "passed" {
        return perform(tx, cx, proposal);
    }
    let tally = rows::tally(tx, proposal)?;
    match standing(&procedure, &tally, proposal.opened, cx.now) {
        Verdict::Open { .. } => Ok(()),
        Verdict::Failed { why } => Ok(rows::set_state(tx, proposal.id, "failed", &why, cx.now)?),
        Verdict::Passed if procedure.delay.0 > 0 => {
            let due = cx.now.plus_seconds(procedure.delay.0);
            rows::set_state(tx, proposal.id, "passed", "", cx.now)?;
            cx.later(tx, due, "governance.close", &json!({ "proposal": proposal.id }))?;
            Ok(())
        }
        Verdict::Passed => perform(tx, cx, proposal),
    }
}

/// Performs the act in the group's name. The rules and the invariants are asked again; if they refuse, the decision
/// stands as passed, but not performed, with the reason.
fn perform(tx: &mut Tx, cx: &mut Cx, proposal: &ProposalRow) -> Result<(), Fault> {
    let group = Actor::Group { id: proposal.group, mandate: proposal.id };
    let result = tx.savepoint(|tx| cx.call_as(tx, group, &proposal.act, proposal.args.clone()))?;
    match result {
        Ok(_) => Ok(rows::set_state(tx, proposal.id, "done", "", cx.now)?),
        Err(Fault::Refused(refusal)) => {
            Ok(rows::set_state(tx, proposal.id, "not_performed", &refusal.sentence, cx.now)?)
        }
        Err(fault) => Err(fault),
    }
}
