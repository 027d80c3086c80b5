//! The decision about one act: reads the facts, asks the rules. Pure but for reading.

use crate::actor::{Actor, Standings};
use crate::refusal::{Fault, Refusal};
use crate::registry::Operation;
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::procedure::Procedure;
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<String>,
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
    let (group, decided_by) = (resource.group, resource.decided_by);
    let role = standings.role(actor, group);
    let question =
        Question { act: operation.description().name, principal, resource: resource.subject, role, now };
    let decision = engine.decide(&question);
    Ok(Asked {
        decision,
        role,
        principal: question.principal,
        resource: question.resource,
        group,
        decided_by,
    })
}

/// How an act goes on that is permitted to this actor: by the procedure that the rules `set` for it, or by that which the thing
/// asks for, if it is stricter. What a group has decided and what the house does is decided already.
///
/// A thing can ask for more than the rules do and never for less: a group may bind its own wallet closer, and cannot vote
/// itself out of what the club wants decided by others.
pub(crate) fn procedure<'e>(
    engine: &'e dyn Engine,
    set: &'e Procedure,
    actor: &Actor,
    wanted: Option<&str>,
) -> Result<&'e Procedure, Refusal> {
    if matches!(actor, Actor::Group { .. } | Actor::House) {
        return Ok(Procedure::at_once());
    }
    let Some(name) = wanted else { return Ok(set) };
    let gone = || {
        Refusal::conflict(
            "procedure_gone",
            format!(
                "This has to be decided by “{name}”, and the club's rules have no such procedure any more. Please change \
                 the rule that names it."
            ),
        )
    };
    Ok(set.stricter(engine.procedure_called(name).ok_or_else(gone)?))
}

fn nothing() -> Refusal {
    Refusal::not_found("not_found", "There is no such thing.")
}
