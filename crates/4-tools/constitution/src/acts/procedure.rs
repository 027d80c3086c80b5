//! Changing how things are decided: a procedure, and which acts go by it.

use super::{amends, some_of};
use crate::amend::{AMENDING, Amendment};
use crate::error::ConstitutionError;
use planet_corridor::act::Act;
use planet_ontology::roles::Role;
use planet_ontology::units::longer_than;
use planet_policy::{Bundle, Procedure};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest name of a procedure, in characters.
pub const MAX_NAME: u32 = 40;
/// The longest sentence about a procedure, in characters.
pub const MAX_ABOUT: u32 = 400;
/// The most acts that are given a procedure at a time.
pub const MOST_ACTS: usize = 50;
/// The longest part of a reader's complaint that is repeated, in characters.
const TOLD: usize = 200;

/// Change or add a procedure, or which acts go by it.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetProcedure {
    /// The version of the rules that it is written for.
    pub written_for: i64,
    /// The procedure's name; “at once” for acts that nobody else is to decide any more.
    pub name: String,
    /// What it says from now on, as in `procedures.named` of the rules; left out, it stays as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<Value>,
    /// Acts that go by it from now on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acts: Vec<String>,
    /// Whether what touches the way of changing the rules goes by it from now on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub amending: bool,
    /// The hash of the report of what it would have done, if it was tried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rehearsal: Option<String>,
}

/// Repeats the beginning of a reader's complaint.
pub(crate) fn malformed(error: impl std::fmt::Display) -> ConstitutionError {
    ConstitutionError::ProcedureMalformed(error.to_string().chars().take(TOLD).collect())
}

/// Refuses a procedure that says more than members read.
pub(crate) fn within_bounds(procedure: &Procedure) -> Result<(), ConstitutionError> {
    if longer_than(&procedure.about, MAX_ABOUT) {
        return Err(malformed(format_args!(
            "what it says about itself is longer than {MAX_ABOUT} characters"
        )));
    }
    if procedure.electorate.roles.len() > Role::ALL.len() {
        return Err(malformed("each role votes once"));
    }
    Ok(())
}

/// Reads a procedure as it is written in rules.
pub(crate) fn read(name: &str, value: &Value) -> Result<Procedure, ConstitutionError> {
    let mut procedure: Procedure = serde_json::from_value(value.clone()).map_err(malformed)?;
    within_bounds(&procedure)?;
    name.clone_into(&mut procedure.name);
    Ok(procedure)
}

/// Whether a name is one of a procedure.
pub(crate) fn is_name(name: &str) -> bool {
    let plain = |it: char| it.is_alphanumeric() || it == ' ' || it == '-';
    !name.is_empty() && !longer_than(name, MAX_NAME) && name.trim() == name && name.chars().all(plain)
}

impl SetProcedure {
    fn is_at_once(&self) -> bool {
        self.name == Procedure::at_once().name
    }
}

impl Amendment for SetProcedure {
    fn written_for(&self) -> i64 {
        self.written_for
    }

    fn rehearsal(&self) -> Option<&str> {
        self.rehearsal.as_deref()
    }

    fn apply(&self, bundle: &mut Bundle) -> Result<(), ConstitutionError> {
        let procedures = &mut bundle.procedures;
        if !is_name(&self.name) {
            return Err(ConstitutionError::NameWrong(MAX_NAME));
        }
        if self.acts.len() > MOST_ACTS {
            return Err(ConstitutionError::TooMany(MOST_ACTS));
        }
        if self.is_at_once() {
            if self.procedure.is_some() || self.amending {
                return Err(ConstitutionError::ProcedureUnknown);
            }
            procedures.acts.retain(|act, _| !self.acts.contains(act));
            return Ok(());
        }
        if let Some(value) = &self.procedure {
            procedures.named.insert(self.name.clone(), read(&self.name, value)?);
        } else if !procedures.named.contains_key(&self.name) {
            return Err(ConstitutionError::ProcedureUnknown);
        }
        procedures.acts.extend(self.acts.iter().map(|act| (act.clone(), self.name.clone())));
        if self.amending {
            procedures.amending = Some(self.name.clone());
        }
        Ok(())
    }

    fn may_touch_own(&self, bundle: &Bundle) -> bool {
        let own = |act: &String| AMENDING.contains(&act.as_str());
        let by_it = bundle.procedures.acts.iter().any(|(act, name)| own(act) && *name == self.name);
        let amending = bundle.procedures.amending.as_deref() == Some(self.name.as_str());
        self.amending || self.acts.iter().any(own) || (self.procedure.is_some() && (by_it || amending))
    }
}

impl Act for SetProcedure {
    const NAME: &'static str = "constitution.set_procedure";
    const ABOUT: &'static str = "Change how things are decided: a procedure, or which acts go by it.";
    amends!();

    fn summary(&self) -> String {
        let acts: Vec<&str> = self.acts.iter().map(String::as_str).collect();
        let name: String = self.name.chars().take(TOLD).collect();
        match (self.procedure.is_some(), acts.is_empty()) {
            (true, true) => format!("Change the procedure \u{201c}{name}\u{201d}."),
            (true, false) => {
                format!("Change the procedure \u{201c}{name}\u{201d} and decide by it: {}.", some_of(&acts))
            }
            (false, false) => format!("Decide by \u{201c}{name}\u{201d}: {}.", some_of(&acts)),
            (false, true) => format!("Decide by \u{201c}{name}\u{201d} how the rules are changed."),
        }
    }
}
