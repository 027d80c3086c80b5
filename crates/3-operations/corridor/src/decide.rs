//! The decision about one act: reads the facts, asks the rules. Pure but for reading.

use crate::actor::{Actor, Standings};
use crate::refusal::{Fault, Refusal};
use crate::registry::Operation;
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::question::{Decision, Engine, Question, Subject};
use planet_store::Tx;
use serde::Serialize;
use std::any::Any;

/// A decision, with what it was taken on; only the latter is written into the log as the facts.
#[derive(Serialize)]
pub(crate) struct Asked {
    #[serde(skip)]
    pub decision: Decision,
    pub role: Role,
    pub principal: Subject,
    pub resource: Subject,
    #[serde(skip)]
    pub group: GroupId,
}

/// Reads the facts about one act and asks the rules.
pub(crate) fn decide(
    tx: &mut Tx,
    engine: &dyn Engine,
    operation: &dyn Operation,
    act: &(dyn Any + Send + Sync),
    actor: &Actor,
    now: Moment,
) -> Result<Asked, Fault> {
    let mut resources = operation.resources(tx, &[(act, actor)], now)?;
    let resource = resources.pop().ok_or_else(nothing)??;
    let standings = Standings::read(tx, std::slice::from_ref(actor), &[resource.group])?;
    Ok(ask(engine, operation, &standings, actor, resource, now)?)
}

/// Asks the rules, with the facts at hand.
pub(crate) fn ask(
    engine: &dyn Engine,
    operation: &dyn Operation,
    standings: &Standings,
    actor: &Actor,
    resource: crate::act::Resource,
    now: Moment,
) -> Result<Asked, Refusal> {
    let principal = standings.subject(actor, now).ok_or_else(|| {
        Refusal::not_allowed("unknown_member", "You are not known to this club. Please sign in again.")
    })?;
    let group = resource.group;
    let role = standings.role(actor, group);
    let question =
        Question { act: operation.description().name, principal, resource: resource.subject, role, now };
    let decision = engine.decide(&question);
    Ok(Asked { decision, role, principal: question.principal, resource: question.resource, group })
}

fn nothing() -> Refusal {
    Refusal::not_found("not_found", "There is no such thing.")
}
