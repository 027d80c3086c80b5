//! Saying something: the busiest act of a chat. Messages that wait are decided and written together, each in its channel's order.

use crate::checks;
use crate::error::ChatError;
use crate::rows::write::{self, NewMessage};
use crate::rows::{self, Held, mine};
use crate::topics::{CHANNEL, INBOX};
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::topics::Topic;
use planet_ontology::acts::Trace;
use planet_ontology::entities;
use planet_ontology::ids::{AgentId, ChannelId, GroupId, MemberId};
use planet_ontology::units::Moment;
use planet_store::{Error, Ids, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Say something in a channel.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Send {
    /// The channel; a group's first one has the id of the group.
    pub channel: ChannelId,
    /// What, in Markdown: up to 8,000 characters.
    pub text: String,
    /// The message that it answers, by its place in the channel.
    #[serde(default)]
    pub thread: Option<i64>,
}

/// A message that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sent {
    /// Its place in the channel.
    pub seq: i64,
}

/// A message that is ready to be written.
pub(super) struct Ready {
    pub channel: ChannelId,
    pub author: AgentId,
    pub hook: String,
    pub text: String,
    pub thread: Option<i64>,
    pub sent: Moment,
}

impl Act for Send {
    const NAME: &'static str = "chat.send";
    const ABOUT: &'static str = "Say something in a channel of your group.";
    const TRACE: Trace = Trace::Counted;
    const BATCH: bool = true;
    type Touches = entities::Channel;
    type Output = Sent;

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        super::channel_resource(tx, self.channel)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Sent, Fault> {
        let sent = Self::perform_many(tx, &mut [(self, cx)])?.pop();
        sent.unwrap_or_else(|| Err(ChatError::ChannelUnknown.into())).map_err(Fault::from)
    }

    fn resources(
        tx: &mut Tx,
        calls: &[(&Self, &Actor)],
        _: Moment,
    ) -> Result<Vec<Result<Resource, Refusal>>, Error> {
        let places = rows::places(tx, &distinct(calls.iter().map(|(act, _)| act.channel)))?;
        let resource = |(act, _): &(&Self, &Actor)| match places.get(&act.channel) {
            Some(place) => {
                Ok(Resource::of(place.group, act.channel, &entities::Channel { sealed: place.sealed }))
            }
            None => Err(ChatError::ChannelUnknown.into()),
        };
        Ok(calls.iter().map(resource).collect())
    }

    fn perform_many(
        tx: &mut Tx,
        calls: &mut [(&Self, &mut Cx)],
    ) -> Result<Vec<Result<Sent, Refusal>>, Error> {
        let ready: Vec<Result<Ready, Refusal>> = calls.iter().map(|(act, cx)| act.ready(cx)).collect();
        let (written, told) = write_all(tx, ready)?;
        // One of those that were not refused tells for all of them.
        if let Some(((_, cx), _)) = calls.iter_mut().zip(&written).find(|(_, outcome)| outcome.is_ok()) {
            for topic in told {
                cx.tell(topic);
            }
        }
        Ok(written)
    }
}

impl Send {
    fn ready(&self, cx: &Cx) -> Result<Ready, Refusal> {
        let text = checks::text(&self.text)?;
        let (channel, thread) = (self.channel, self.thread);
        Ok(Ready { channel, author: cx.agent()?, hook: String::new(), text, thread, sent: cx.now })
    }
}

/// What was written of each, and which topics moved by it.
pub(super) type Written = (Vec<Result<Sent, Refusal>>, Vec<Topic>);

/// Writes messages in the order of their channels. Each has its own answer.
pub(super) fn write_all(tx: &mut Tx, ready: Vec<Result<Ready, Refusal>>) -> Result<Written, Error> {
    let mut held = rows::hold(tx, &distinct(ready.iter().flatten().map(|message| message.channel)))?;
    let mut messages: Vec<NewMessage> = Vec::with_capacity(ready.len());
    let mut outcomes = Vec::with_capacity(ready.len());
    for message in ready {
        outcomes.push(match message {
            Ok(message) => match held.get_mut(&message.channel) {
                Some(held) if held.sealed => Err(ChatError::Sealed.into()),
                Some(Held { row, .. }) => {
                    let thread = root(tx, row.seq, message.channel, message.thread)?;
                    thread.map(|thread| {
                        row.seq += 1;
                        row.rev += 1;
                        messages.push(numbered(message, thread, row.seq, row.rev));
                        Sent { seq: row.seq }
                    })
                }
                None => Err(ChatError::ChannelUnknown.into()),
            },
            Err(refusal) => Err(refusal),
        });
    }
    if messages.is_empty() {
        return Ok((outcomes, Vec::new()));
    }
    let written = held.values().filter(|held| !held.sealed).map(|held| &held.row);
    rows::keep(tx, &written.collect::<Vec<_>>())?;
    write::insert(tx, &messages)?;
    read_own(tx, &messages)?;
    let mut told: Vec<Topic> = Vec::new();
    for message in &messages {
        let group = held.get(&message.channel).map(|held| held.row.group);
        // What a program says may name whoever made its door.
        let speaker = message.hook.is_empty().then_some(message.author);
        for named in mention(tx, group, (message.channel, message.seq), speaker, &message.text)? {
            told.push(Topic::new(INBOX.name, named));
        }
        told.push(Topic::new(CHANNEL.name, message.channel));
    }
    told.sort_unstable_by_key(|topic| (topic.kind, topic.id));
    told.dedup();
    Ok((outcomes, told))
}

fn numbered(message: Ready, thread: Option<i64>, seq: i64, rev: i64) -> NewMessage {
    NewMessage {
        channel: message.channel,
        seq,
        rev,
        author: message.author,
        hook: message.hook,
        thread,
        sent: message.sent,
        text: message.text,
    }
}

/// The message at the root of a thread: whoever answers an answer answers what that answered. Nothing is answered that is not there.
fn root(
    tx: &mut Tx,
    last: i64,
    channel: ChannelId,
    thread: Option<i64>,
) -> Result<Result<Option<i64>, Refusal>, Error> {
    let Some(seq) = thread else { return Ok(Ok(None)) };
    let known = if seq <= last { write::find(tx, channel, seq)? } else { None };
    Ok(match known {
        Some(known) if known.gone => Err(ChatError::MessageGone.into()),
        Some(known) => Ok(Some(known.thread.unwrap_or(seq))),
        None => Err(ChatError::MessageUnknown.into()),
    })
}

/// Who says something has read it, and what stands above it.
fn read_own(tx: &mut Tx, messages: &[NewMessage]) -> Result<(), Error> {
    let mut reads: BTreeMap<(AgentId, ChannelId), i64> = BTreeMap::new();
    for message in messages.iter().filter(|message| message.hook.is_empty()) {
        reads.insert((message.author, message.channel), message.seq);
    }
    let reads: Vec<_> =
        reads.into_iter().map(|((who, channel), seq)| (MemberId(who.0), channel, seq)).collect();
    mine::read_to(tx, &reads)
}

/// Notes whom a message names, and answers who that is. Nobody is told that they named themselves.
pub(super) fn mention(
    tx: &mut Tx,
    group: Option<GroupId>,
    (channel, seq): (ChannelId, i64),
    speaker: Option<AgentId>,
    text: &str,
) -> Result<Vec<MemberId>, Error> {
    let handles = checks::handles(text);
    let Some(group) = group.filter(|_| !handles.is_empty()) else { return Ok(Vec::new()) };
    let mut named = mine::named(tx, group, &handles.into_iter().collect())?;
    named.retain(|member| Some(AgentId::from(*member)) != speaker);
    let rows: Vec<_> = named.iter().map(|member| (*member, channel, seq)).collect();
    mine::mention(tx, &rows)?;
    for member in &named {
        mine::move_inbox(tx, *member)?;
    }
    Ok(named)
}

fn distinct(channels: impl Iterator<Item = ChannelId>) -> Ids {
    let once: BTreeSet<_> = channels.map(|channel| channel.0).collect();
    Ids(once.into_iter().collect())
}

/// Writes one message that is no member's own act, such as what a command or a webhook says.
pub(super) fn write_one(tx: &mut Tx, cx: &mut Cx, ready: Ready) -> Result<Sent, Fault> {
    let (mut written, told) = write_all(tx, vec![Ok(ready)])?;
    for topic in told {
        cx.tell(topic);
    }
    written.pop().unwrap_or_else(|| Err(ChatError::ChannelUnknown.into())).map_err(Fault::from)
}
