//! What is done to one message: mended, removed, pinned, given a sign.

use super::{message_resource, unsealed};
use crate::checks::{self, MAX_SIGNS};
use crate::error::ChatError;
use crate::rows::mine;
use crate::rows::write;
use crate::topics::{CHANNEL, INBOX};
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::topics::Topic;
use planet_corridor::touches;
use planet_ontology::acts::Trace;
use planet_ontology::entities::Message;
use planet_ontology::ids::ChannelId;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Mend a message of your own.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The channel.
    pub channel: ChannelId,
    /// Its place there.
    pub seq: i64,
    /// What it says from now on.
    pub text: String,
}

impl Act for Edit {
    const NAME: &'static str = "chat.edit";
    const ABOUT: &'static str = "Mend a message of your own.";
    const TRACE: Trace = Trace::Counted;
    touches!(Message, |act, tx, actor| message_resource(tx, act.channel, act.seq, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let place = unsealed(tx, self.channel)?;
        let text = checks::text(&self.text)?;
        let known = write::touch(tx, self.channel, self.seq)?;
        write::reword(tx, (self.channel, self.seq), &text, cx.now)?;
        // Whoever is named now is told; whoever no longer is, no longer.
        forget_mentions(tx, cx, self.channel, self.seq)?;
        let at = (self.channel, self.seq);
        for member in super::send::mention(tx, Some(place.group), at, Some(known.author), &text)? {
            cx.tell(Topic::new(INBOX.name, member));
        }
        cx.tell(Topic::new(CHANNEL.name, self.channel));
        Ok(())
    }
}

fn forget_mentions(tx: &mut Tx, cx: &mut Cx, channel: ChannelId, seq: i64) -> Result<(), Fault> {
    for member in mine::unmention(tx, channel, seq)? {
        mine::move_inbox(tx, member)?;
        cx.tell(Topic::new(INBOX.name, member));
    }
    Ok(())
}

/// Remove a message. Its words are gone, its place stays.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delete {
    /// The channel.
    pub channel: ChannelId,
    /// Its place there.
    pub seq: i64,
}

impl Act for Delete {
    const NAME: &'static str = "chat.delete";
    const ABOUT: &'static str = "Remove a message: its words are gone, its place stays.";
    const TRACE: Trace = Trace::Counted;
    touches!(Message, |act, tx, actor| message_resource(tx, act.channel, act.seq, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        write::touch(tx, self.channel, self.seq)?;
        write::empty(tx, self.channel, self.seq)?;
        forget_mentions(tx, cx, self.channel, self.seq)?;
        cx.tell(Topic::new(CHANNEL.name, self.channel));
        Ok(())
    }
}

/// Pin a message for all, or take the pin out.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// The channel.
    pub channel: ChannelId,
    /// Its place there.
    pub seq: i64,
    /// Whether it is pinned from now on.
    pub on: bool,
}

impl Act for Pin {
    const NAME: &'static str = "chat.pin";
    const ABOUT: &'static str = "Pin a message for all, or take the pin out.";
    const TRACE: Trace = Trace::Counted;
    touches!(Message, |act, tx, actor| message_resource(tx, act.channel, act.seq, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        unsealed(tx, self.channel)?;
        write::touch(tx, self.channel, self.seq)?;
        write::pin(tx, self.channel, self.seq, self.on)?;
        cx.tell(Topic::new(CHANNEL.name, self.channel));
        Ok(())
    }
}

/// Give a message an emoji, or take yours back.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct React {
    /// The channel.
    pub channel: ChannelId,
    /// Its place there.
    pub seq: i64,
    /// One emoji.
    pub sign: String,
    /// Whether it is there from now on.
    pub on: bool,
}

impl Act for React {
    const NAME: &'static str = "chat.react";
    const ABOUT: &'static str = "Give a message an emoji, or take yours back.";
    const TRACE: Trace = Trace::Counted;
    touches!(Message, |act, tx, actor| message_resource(tx, act.channel, act.seq, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        unsealed(tx, self.channel)?;
        let (me, sign) = (cx.member()?, checks::sign(&self.sign)?);
        write::touch(tx, self.channel, self.seq)?;
        let signs = write::signs(tx, self.channel, self.seq)?;
        let many = i64::try_from(signs.len()).is_ok_and(|count| count >= MAX_SIGNS);
        if self.on && many && !signs.contains(&sign) {
            return Err(ChatError::TooManySigns.into());
        }
        write::react(tx, (self.channel, self.seq), me, &sign, self.on)?;
        cx.tell(Topic::new(CHANNEL.name, self.channel));
        Ok(())
    }
}
