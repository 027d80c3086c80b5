//! What can be seen of a chat: a channel, what was searched for, what is unread, the webhooks of a group.

use crate::acts::{MakeHook, OpenChannel, Send};
use crate::error::ChatError;
use crate::rows;
use crate::rows::hooks::{self, Hook};
use crate::rows::mine::{self, InboxLine};
use crate::rows::read::{self, Message, Wanted};
use planet_corridor::act::View;
use planet_corridor::agents::{self, Agent};
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{ChannelId, GroupId};
use planet_ontology::roles::Visibility;
use planet_ontology::units::Moment;
use planet_store::Longs;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many messages a page has.
pub const PAGE: i64 = 50;
/// How many channels an inbox shows.
const MOST_CHANNELS: i64 = 200;
/// The longest text that is searched for, in characters.
const LONGEST_SEARCH: usize = 200;

/// A channel of a group with some of its messages.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// The handle of the group.
    pub group: String,
    /// The name of the channel; the first one if it is left out.
    #[serde(default)]
    pub channel: Option<String>,
    /// Only messages before this place.
    #[serde(default)]
    pub before: Option<i64>,
    /// Messages from this place on.
    #[serde(default)]
    pub from: Option<i64>,
    /// A message and its answers.
    #[serde(default)]
    pub thread: Option<i64>,
    /// `pinned`, or `saved` by the viewer.
    #[serde(default)]
    pub only: Option<String>,
}

/// One of a group's channels.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChannelLine {
    /// The channel.
    pub id: ChannelId,
    /// Its name.
    pub name: String,
    /// How many messages the viewer has not read.
    pub unread: i64,
}

/// A sign that the viewer gave.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Own {
    /// To which message.
    pub seq: i64,
    /// Which sign.
    pub sign: String,
}

/// What the page of a channel shows.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "one for each part of the page")]
pub struct RoomView {
    /// The group.
    pub group: GroupId,
    /// Its handle.
    pub handle: String,
    /// Its name.
    pub name: String,
    /// Whether the group is private: then nothing is kept here.
    pub sealed: bool,
    /// Its channels, the first one first.
    pub channels: Vec<ChannelLine>,
    /// The one that is shown.
    pub channel: ChannelLine,
    /// Messages, in the order of the channel.
    pub messages: Vec<Message>,
    /// Which signs are the viewer's.
    pub own: Vec<Own>,
    /// How far the viewer had read.
    pub read: i64,
    /// Everything up to here is shown: where to listen from.
    pub cursor: i64,
    /// The newest message of the channel.
    pub last: i64,
    /// Whether the viewer may say something.
    pub may_send: bool,
    /// Whether the viewer may open channels.
    pub may_open: bool,
    /// Whether the viewer may make webhooks.
    pub may_hook: bool,
}

/// The group of a handle, if the viewer may read it.
pub(crate) fn readable(look: &mut Look, handle: &str) -> Result<Agent, Fault> {
    let agent = agents::group_by_handle(look.tx, handle)?;
    let agent = agent.ok_or(ChatError::ChannelUnknown)?;
    if look.viewer.may_see(agent.readers()) { Ok(agent) } else { Err(ChatError::ChannelUnknown.into()) }
}

impl View for Room {
    const NAME: &'static str = "chat.room";
    const ABOUT: &'static str = "A channel of a group with its latest messages, or those before a place.";
    const OPEN: bool = true;
    type Output = RoomView;

    fn read(&self, look: &mut Look) -> Result<RoomView, Fault> {
        let agent = readable(look, &self.group)?;
        let group = GroupId(agent.id.0);
        let me = look.viewer.actor.member();
        let rows = rows::of_group(look.tx, group)?;
        let ids = rows.iter().map(|row| row.id.0).collect();
        let reads = me.map(|me| mine::reads(look.tx, me, &ids)).transpose()?;
        let mut channels = Vec::new();
        let mut shown = None;
        for row in rows {
            // Whoever is not signed in has nothing that is unread.
            let read = reads.as_ref().map_or(row.seq, |reads| reads.get(&row.id).copied().unwrap_or(0));
            let line = ChannelLine { id: row.id, name: row.name.clone(), unread: row.seq - read };
            if shown.is_none() && self.channel.as_ref().is_none_or(|name| *name == row.name) {
                shown = Some((line.clone(), row, read));
            }
            channels.push(line);
        }
        let (channel, row, read) = shown.ok_or(ChatError::ChannelUnknown)?;
        let sealed = agent.seen() == Visibility::Private;
        let seqs = if sealed { Longs(Vec::new()) } else { self.places(look, channel.id)? };
        let own = match me {
            Some(me) => mine::own_signs(look.tx, channel.id, me, &seqs)?,
            None => Vec::new(),
        };
        let probe = Send { channel: channel.id, text: "?".into(), thread: None };
        let hook = MakeHook { channel: channel.id, name: "?".into(), secret_hash: String::new() };
        Ok(RoomView {
            group,
            handle: agent.handle,
            name: agent.name,
            sealed,
            channels,
            messages: read::at(look.tx, channel.id, &seqs)?,
            own: own.into_iter().map(|(seq, sign)| Own { seq, sign }).collect(),
            read,
            cursor: row.rev,
            last: row.seq,
            may_send: !sealed && look.may(&probe)?,
            may_open: !sealed && look.may(&OpenChannel { group, name: "?".into() })?,
            may_hook: !sealed && look.may(&hook)?,
            channel,
        })
    }
}

impl Room {
    /// The places of the messages that are asked for.
    fn places(&self, look: &mut Look, channel: ChannelId) -> Result<Longs, Fault> {
        if let Some(thread) = self.thread {
            let mut seqs = read::answers(look.tx, channel, thread, 4 * PAGE)?;
            seqs.0.push(thread);
            return Ok(seqs);
        }
        Ok(match (self.only.as_deref(), self.from) {
            (Some("pinned"), _) => read::pinned(look.tx, channel, PAGE)?,
            (Some(_), _) => read::saved(look.tx, channel, look.member()?, PAGE)?,
            (None, Some(from)) => read::from(look.tx, channel, from, PAGE)?,
            (None, None) => read::before(look.tx, channel, self.before.unwrap_or(i64::MAX), PAGE)?,
        })
    }
}

/// Messages of a group in which words stand. `from:rosa`, `in:channel` and `before:2026-11-27` narrow it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// The handle of the group.
    pub group: String,
    /// The words.
    #[serde(default)]
    pub q: String,
}

/// A message that was found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Found {
    /// The name of its channel.
    pub channel: String,
    /// The message.
    pub message: Message,
}

impl View for Search {
    const NAME: &'static str = "chat.search";
    const ABOUT: &'static str = "Messages of a group in which words stand, the newest first.";
    const OPEN: bool = true;
    type Output = Vec<Found>;

    fn read(&self, look: &mut Look) -> Result<Vec<Found>, Fault> {
        let agent = readable(look, &self.group)?;
        let group = GroupId(agent.id.0);
        let text: String = self.q.to_lowercase().chars().take(LONGEST_SEARCH).collect();
        let (mut words, mut author, mut place, mut before) = (Vec::new(), None, None, Moment(i64::MAX));
        for word in text.split_whitespace() {
            match word.split_once(':') {
                Some(("from", who)) => {
                    let found = agents::find_by_handle(look.tx, who.trim_start_matches('@'))?;
                    let Some(found) = found else { return Ok(Vec::new()) };
                    author = Some(found.id);
                }
                Some(("in", name)) => place = Some(name.trim_start_matches('#').to_owned()),
                Some(("before", day)) => before = day_begins(day).unwrap_or(before),
                _ => words.push(word),
            }
        }
        let plain = words.join(" ").replace(['%', '_', '\\'], "");
        if plain.trim().is_empty() && author.is_none() || agent.seen() == Visibility::Private {
            return Ok(Vec::new());
        }
        let pattern = format!("%{plain}%");
        let wanted = Wanted { pattern: &pattern, author, before };
        let mut found = Vec::new();
        for row in rows::of_group(look.tx, group)? {
            if place.as_ref().is_none_or(|place| *place == row.name) {
                let seqs = read::search(look.tx, row.id, &wanted, PAGE)?;
                let messages = read::at(look.tx, row.id, &seqs)?;
                found
                    .extend(messages.into_iter().map(|message| Found { channel: row.name.clone(), message }));
            }
        }
        found.sort_by_key(|found| std::cmp::Reverse(found.message.sent));
        found.truncate(usize::try_from(PAGE).unwrap_or_default());
        Ok(found)
    }
}

/// When a day begins, in UTC.
fn day_begins(day: &str) -> Option<Moment> {
    let day: jiff::civil::Date = day.parse().ok()?;
    Some(Moment(day.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_microsecond()))
}

/// The viewer's channels and what is unread in them.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inbox {}

impl View for Inbox {
    const NAME: &'static str = "chat.inbox";
    const ABOUT: &'static str = "Your channels and what is unread in them, the same on all devices.";
    type Output = Vec<InboxLine>;

    fn read(&self, look: &mut Look) -> Result<Vec<InboxLine>, Fault> {
        let me = look.member()?;
        Ok(mine::inbox(look.tx, me, MOST_CHANNELS)?)
    }
}

/// The webhooks of a group.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hooks {
    /// The handle of the group.
    pub group: String,
}

impl View for Hooks {
    const NAME: &'static str = "chat.hooks";
    const ABOUT: &'static str = "The doors through which programs write into a group's channels.";
    type Output = Vec<Hook>;

    fn read(&self, look: &mut Look) -> Result<Vec<Hook>, Fault> {
        let agent = readable(look, &self.group)?;
        let group = GroupId(agent.id.0);
        let probe = MakeHook { channel: ChannelId(group.0), name: "?".into(), secret_hash: String::new() };
        let decision = look.could(&probe)?;
        if !decision.allowed {
            return Err(
                planet_corridor::refusal::Refusal::not_allowed("not_permitted", decision.reason).into()
            );
        }
        Ok(hooks::of_group(look.tx, group)?)
    }
}
