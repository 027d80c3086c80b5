//! A slash and a word: performs an act of another tool by its name, decided by its own rules, and says in the channel what was done.

use super::send::{Ready, Sent, write_one};
use super::{channel_resource, unsealed};
use crate::checks;
use crate::error::ChatError;
use planet_corridor::act::Act;
use planet_corridor::commands::Typed;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ontology::acts::Trace;
use planet_ontology::entities::Channel;
use planet_ontology::ids::ChannelId;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Perform a command, such as `/pay @rosa 5 bread`.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// The channel in which it is typed.
    pub channel: ChannelId,
    /// What is typed, with the slash.
    pub text: String,
}

impl Act for Command {
    const NAME: &'static str = "chat.command";
    const ABOUT: &'static str = "Perform a command that is typed into a channel, such as a payment.";
    // What it performs stands in the log with it: a payment is never only counted.
    const TRACE: Trace = Trace::Recorded;
    touches!(Channel, |act, tx, _| channel_resource(tx, act.channel));
    type Output = Sent;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Sent, Fault> {
        let place = unsealed(tx, self.channel)?;
        let text = checks::text(&self.text)?;
        let typed = text.trim().strip_prefix('/').ok_or(ChatError::CommandUnknown)?;
        let (word, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
        let command = cx.command(word).ok_or(ChatError::CommandUnknown)?;
        let typed = Typed { rest: rest.trim(), group: place.group, actor: cx.actor };
        let args = (command.read)(tx, &typed)?;
        let output = cx.call(tx, command.act, args)?;
        let said = (command.said)(&typed, &output);
        let message = Ready {
            channel: self.channel,
            author: cx.agent()?,
            hook: String::new(),
            text: checks::text(&said)?,
            thread: None,
            sent: cx.now,
        };
        write_one(tx, cx, message)
    }
}
