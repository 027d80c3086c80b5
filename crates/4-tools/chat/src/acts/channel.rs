//! Opening a further channel of a group.

use super::{channel_resource, unsealed};
use crate::checks;
use crate::error::ChatError;
use crate::rows::{self, ChannelRow};
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::entities::Channel;
use planet_ontology::ids::{ChannelId, GroupId};
use planet_store::{Ids, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most channels of a group.
pub const MOST_CHANNELS: usize = 100;

/// Open a channel for one matter of your group.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenChannel {
    /// The group.
    pub group: GroupId,
    /// Its name: letters, digits and hyphens, up to 40 characters.
    pub name: String,
}

impl Act for OpenChannel {
    const NAME: &'static str = "chat.open_channel";
    const ABOUT: &'static str = "Open a channel for one matter of your group.";
    touches!(Channel, |act, tx, _| channel_resource(tx, ChannelId(act.group.0)));
    type Output = ChannelId;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<ChannelId, Fault> {
        let first = ChannelId(self.group.0);
        unsealed(tx, first)?;
        let name = checks::name(&self.name)?;
        // Two that open the same at once come one after the other.
        rows::hold(tx, &Ids(vec![first.0]))?;
        let known = rows::of_group(tx, self.group)?;
        if known.iter().any(|channel| channel.name == name) {
            return Err(ChatError::NameTaken.into());
        }
        if known.len() >= MOST_CHANNELS {
            return Err(ChatError::TooMany.into());
        }
        let id: ChannelId = cx.id();
        rows::open(tx, &ChannelRow { id, group: self.group, name, created: cx.now, seq: 0, rev: 0 })?;
        Ok(id)
    }
}
