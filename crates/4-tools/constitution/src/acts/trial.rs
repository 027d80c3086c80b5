//! Keeping what was tried out, so that those who vote can read it. The node does this, with a report that it made itself.

use crate::change::hash_of;
use crate::error::ConstitutionError;
use crate::rehearsal::Report;
use crate::{amend, rows};
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Authority;
use planet_ontology::entities::Group;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Keep the report of what a change of the rules would have done.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeepRehearsal {
    /// The report.
    pub report: Value,
}

impl Act for KeepRehearsal {
    const NAME: &'static str = "constitution.keep_rehearsal";
    const ABOUT: &'static str = "Keep what a change of the rules would have done, for those who vote on it.";
    const AUTHORITY: Authority = Authority::House;
    touches!(Group, |_act, tx, _| amend::club(tx));
    type Output = String;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<String, Fault> {
        if serde_json::from_value::<Report>(self.report.clone()).is_err() {
            return Err(ConstitutionError::ReportMalformed.into());
        }
        let hash = hash_of(&self.report)?;
        rows::keep(tx, &hash, &self.report, cx.now)?;
        Ok(hash)
    }
}
