//! Taking up what a club's own rules do not know yet, because the club is older than the rooms in which it is done.

use super::amends;
use super::policies::text_may_touch_own;
use super::procedure::{MAX_NAME, is_name, malformed, within_bounds};
use crate::amend::Amendment;
use crate::error::ConstitutionError;
use planet_corridor::act::Act;
use planet_policy::{Bundle, PolicyFile, Procedures};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most acts that are given a procedure at a time.
const MOST: usize = 1_000;

/// Add policies and procedures for acts that the rules do not know. Nothing that the club has said itself is replaced.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeUp {
    /// The version of the rules that it is written for.
    pub written_for: i64,
    /// The policies, in Cedar, as the starter kit has them today.
    pub policies: String,
    /// The procedures, as `procedures` of the rules. Those whose names the club has stay as they are.
    pub procedures: Value,
    /// The hash of the report of what it would have done, if it was tried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rehearsal: Option<String>,
}

impl Amendment for TakeUp {
    fn written_for(&self) -> i64 {
        self.written_for
    }

    fn rehearsal(&self) -> Option<&str> {
        self.rehearsal.as_deref()
    }

    fn apply(&self, bundle: &mut Bundle) -> Result<(), ConstitutionError> {
        let new: Procedures = serde_json::from_value(self.procedures.clone()).map_err(malformed)?;
        if new.acts.len() > MOST {
            return Err(ConstitutionError::TooMany(MOST));
        }
        if !self.policies.trim().is_empty() {
            let name = (1..).map(|n| format!("taken-up-{n}.cedar"));
            let name = name.into_iter().find(|name| bundle.policies.iter().all(|file| file.name != *name));
            bundle.policies.push(PolicyFile { name: name.unwrap_or_default(), text: self.policies.clone() });
        }
        for (name, procedure) in new.named {
            if !is_name(&name) {
                return Err(ConstitutionError::NameWrong(MAX_NAME));
            }
            within_bounds(&procedure)?;
            bundle.procedures.named.entry(name).or_insert(procedure);
        }
        for (act, name) in new.acts {
            bundle.procedures.acts.entry(act).or_insert(name);
        }
        bundle.procedures.amending = bundle.procedures.amending.take().or(new.amending);
        Ok(())
    }

    fn may_touch_own(&self, _: &Bundle) -> bool {
        text_may_touch_own(&self.policies) || self.procedures.to_string().contains("constitution.")
    }
}

impl Act for TakeUp {
    const NAME: &'static str = "constitution.take_up";
    const ABOUT: &'static str = "Add rules for what the club's own rules do not know yet.";
    amends!();
}
