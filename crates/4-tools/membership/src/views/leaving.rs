//! What somebody who wants to leave has to do first.

use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What there is to do before leaving.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaving {}

/// A group that needs another steward first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Orphan {
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
}

impl View for Leaving {
    const NAME: &'static str = "membership.leaving";
    const ABOUT: &'static str = "The groups that need another steward before you leave the club.";
    type Output = Vec<Orphan>;

    fn read(&self, look: &mut Look) -> Result<Vec<Orphan>, Fault> {
        let me = look.member()?;
        let groups = agents::only_steward_of(look.tx, me)?;
        Ok(groups.into_iter().map(|(_, handle, name)| Orphan { handle, name }).collect())
    }
}
