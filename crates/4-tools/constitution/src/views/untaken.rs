//! What the club's starter kit has for acts that the club's own rules do not know yet.

use super::in_force;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What there is to take up.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Untaken {}

/// Rules for acts that the club's own rules do not know: the arguments of `constitution.take_up`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct New {
    /// The version of the rules that lacks them.
    pub version: i64,
    /// What the acts do, each in a sentence.
    pub acts: Vec<String>,
    /// Policies for them.
    pub policies: String,
    /// Procedures for them.
    pub procedures: Value,
}

impl View for Untaken {
    const NAME: &'static str = "constitution.untaken";
    const ABOUT: &'static str =
        "What the club's starter kit has for acts that the club's own rules do not know yet.";
    type Output = New;

    fn read(&self, look: &mut Look) -> Result<New, Fault> {
        let (version, _) = in_force(look)?;
        let untaken = look.rules().untaken();
        let acts = look.acts().into_iter().filter(|act| untaken.acts.iter().any(|name| name == act.name));
        Ok(New {
            version,
            acts: acts.map(|act| act.about.to_owned()).collect(),
            policies: untaken.policies,
            procedures: serde_json::to_value(&untaken.procedures).unwrap_or_default(),
        })
    }
}
