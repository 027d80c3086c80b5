//! The mode of a group: which rooms it has. It is data, so changing it is one row; what a mode brings is the tools' affair.

use super::{find_group, group_resource};
use crate::error::GroupError;
use planet_corridor::act::Act;
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Group;
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Mode;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Change what a group is for. Nothing is lost by it: what lies in the rooms of a higher mode stays, and is there again when
/// the mode comes back.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetMode {
    /// The group.
    pub group: GroupId,
    /// `chat`, `working` or `trading`.
    pub mode: String,
}

impl Act for SetMode {
    const NAME: &'static str = "groups.set_mode";
    const ABOUT: &'static str = "Change what a group is for: talk, work or trade.";
    touches!(Group, |act, tx, _| group_resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        let mode = Mode::from_word(&self.mode).ok_or(GroupError::ModeUnknown)?;
        agents::hold_group(tx, self.group)?;
        if find_group(tx, self.group)?.mode.as_deref() == Some(mode.word()) {
            return Err(GroupError::ModeAlready.into());
        }
        Ok(agents::set_mode(tx, self.group, mode)?)
    }

    fn title(&self, tx: &mut Tx) -> Result<String, Fault> {
        let name = find_group(tx, self.group)?.name;
        let what = Mode::from_word(&self.mode).map_or("something else", |mode| match mode {
            Mode::Chat => "talk",
            Mode::Working => "work",
            Mode::Trading => "trade",
        });
        Ok(format!("Let {name} be a group to {what}."))
    }
}
