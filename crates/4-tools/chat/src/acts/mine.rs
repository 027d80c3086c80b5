//! What only its reader sees: how far somebody has read, and what they saved.

use super::{channel_resource, message_resource};
use crate::rows::{self, mine};
use crate::topics::INBOX;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::topics::Topic;
use planet_corridor::touches;
use planet_ontology::acts::Trace;
use planet_ontology::entities::{Channel, Message};
use planet_ontology::ids::ChannelId;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Say how far you have read, for all your devices.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MarkRead {
    /// The channel.
    pub channel: ChannelId,
    /// The last message that was read. What was read before stays read.
    pub seq: i64,
}

impl Act for MarkRead {
    const NAME: &'static str = "chat.read";
    const ABOUT: &'static str = "Say how far you have read, for all your devices.";
    const TRACE: Trace = Trace::Counted;
    touches!(Channel, |act, tx, _| channel_resource(tx, act.channel));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let me = cx.member()?;
        let (last, _) = rows::counters(tx, self.channel)?;
        let seq = crate::checks::place(self.seq)?.min(last);
        if seq > mine::read_so_far(tx, me, self.channel)? {
            mine::read_to(tx, &[(me, self.channel, seq)])?;
            mine::move_inbox(tx, me)?;
            cx.tell(Topic::new(INBOX.name, me));
        }
        Ok(())
    }
}

/// Save a message for yourself, or no longer.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Save {
    /// The channel.
    pub channel: ChannelId,
    /// Its place there.
    pub seq: i64,
    /// Whether it is saved from now on.
    pub on: bool,
}

impl Act for Save {
    const NAME: &'static str = "chat.save";
    const ABOUT: &'static str = "Save a message for yourself, or no longer.";
    const TRACE: Trace = Trace::Counted;
    touches!(Message, |act, tx, actor| message_resource(tx, act.channel, act.seq, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        Ok(mine::save(tx, cx.member()?, self.channel, self.seq, self.on)?)
    }
}
