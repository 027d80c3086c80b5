//! Preparing what is brought along: naming the people of elsewhere, saying who they are here, and laying pieces of channels aside.

use super::rows::{self, people};
use super::{resource, unsealed};
use crate::error::ChatError;
use crate::history::settle;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_history::{EARLIEST, MAX_TEXT, MAX_WORD, Part, Person, Source};
use planet_ontology::acts::Trace;
use planet_ontology::entities::{Channel, Message};
use planet_ontology::ids::{ChannelId, GroupId, MemberId, PersonId};
use planet_ontology::units::{Moment, longer_than};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most people that are named at once.
const MOST_NAMED: usize = 500;
/// The most people of elsewhere whom a group knows.
const MOST_PEOPLE: i64 = 200_000;
/// The most messages of a piece.
const MOST_MESSAGES: usize = 1_000;
/// The most entries of signs in a piece, and of people in one of them.
const MOST_SIGNS: usize = 1_000;
/// The most pieces that lie aside in a group: what a channel of the largest size needs.
const MOST_LAID: i64 = 4_000;

/// Name people of another chat whose messages are to be brought along.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamePeople {
    /// The group.
    pub group: GroupId,
    /// The program that they come from.
    pub source: Source,
    /// Up to 500 of them.
    pub people: Vec<Person>,
}

/// Somebody of elsewhere, as known here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Named {
    /// The key that they were named by.
    pub key: String,
    /// Their id here.
    pub id: PersonId,
    /// Which member that is, if it was said.
    pub member: Option<MemberId>,
}

fn fits(word: &str) -> bool {
    !word.trim().is_empty() && word.len() <= MAX_WORD + 64 && !word.chars().any(char::is_control)
}

impl Act for NamePeople {
    const NAME: &'static str = "chat.name_people";
    const ABOUT: &'static str = "Name people of another chat whose messages are to be brought along.";
    // The log needs no list of those who once chatted elsewhere.
    const TRACE: Trace = Trace::Counted;
    touches!(Channel, |act, tx, _| resource(tx, act.group));
    type Output = Vec<Named>;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<Vec<Named>, Fault> {
        unsealed(tx, self.group)?;
        let good = |person: &Person| fits(&person.key) && fits(&person.handle) && fits(&person.name);
        if self.people.len() > MOST_NAMED || !self.people.iter().all(good) {
            return Err(ChatError::HistoryWrong.into());
        }
        planet_corridor::agents::hold_group(tx, self.group)?;
        if people::count(tx, self.group)? > MOST_PEOPLE {
            return Err(ChatError::TooMany.into());
        }
        for person in &self.people {
            people::name(tx, cx.id(), self.group, self.source, person)?;
        }
        let known = people::all(tx, self.group, self.source)?;
        let named = self.people.iter().filter_map(|person| known.get(&person.key));
        Ok(named.map(|row| Named { key: row.key.clone(), id: row.id, member: row.member }).collect())
    }
}

/// Say which member of the group somebody of another chat is, or that it is none.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MatchPerson {
    /// Somebody of the other chat.
    pub person: PersonId,
    /// The member; nobody if it is left out.
    #[serde(default)]
    pub member: Option<MemberId>,
}

impl Act for MatchPerson {
    const NAME: &'static str = "chat.match_person";
    const ABOUT: &'static str =
        "Say which member of the group somebody of another chat is, or that it is none.";
    touches!(Channel, |act, tx, _| {
        let (group, _) = people::find(tx, act.person)?.ok_or(ChatError::PersonUnknown)?;
        resource(tx, group)
    });
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let (group, person) = people::hold(tx, self.person)?.ok_or(ChatError::PersonUnknown)?;
        unsealed(tx, group)?;
        settle::settle(tx, cx, group, &person, self.member)
    }
}

/// Say that what was brought along as yours is not by you: all that this somebody of another chat said.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NotMine {
    /// The channel.
    pub channel: ChannelId,
    /// One of the messages, by its place there.
    pub seq: i64,
}

impl Act for NotMine {
    const NAME: &'static str = "chat.not_mine";
    const ABOUT: &'static str = "Say that what was brought along as yours is not by you: all that this somebody of another chat said.";
    touches!(Message, |act, tx, actor| crate::acts::message_resource(tx, act.channel, act.seq, actor));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let person = people::of_message(tx, self.channel, self.seq)?.ok_or(ChatError::PersonUnknown)?;
        let (group, person) = people::hold(tx, person)?.ok_or(ChatError::PersonUnknown)?;
        settle::settle(tx, cx, group, &person, None)
    }
}

/// Lay a piece of another chat's channel aside, to be brought in once all pieces are there.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LayHistory {
    /// The group.
    pub group: GroupId,
    /// The program that it comes from.
    pub source: Source,
    /// What the channel is known by there.
    pub channel: String,
    /// Which piece: the first is 0, and takes away what lay there before.
    pub part: u32,
    /// The piece.
    pub content: Part,
}

impl Act for LayHistory {
    const NAME: &'static str = "chat.lay_history";
    const ABOUT: &'static str =
        "Lay a piece of another chat's channel aside, to be brought in once all pieces are there.";
    const TRACE: Trace = Trace::Counted;
    touches!(Channel, |act, tx, _| resource(tx, act.group));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        unsealed(tx, self.group)?;
        if !fits(&self.channel) || !sound(&self.content, cx.now) {
            return Err(ChatError::HistoryWrong.into());
        }
        planet_corridor::agents::hold_group(tx, self.group)?;
        if rows::count_laid(tx, self.group)? >= MOST_LAID {
            return Err(ChatError::TooMany.into());
        }
        let body = serde_json::to_string(&self.content).map_err(|_| ChatError::HistoryWrong)?;
        rows::lay(tx, (self.group, self.source, &self.channel), self.part.into(), &body)?;
        Ok(())
    }
}

/// Whether a piece is as a reader of exports makes it.
fn sound(part: &Part, now: Moment) -> bool {
    let latest = Moment(now.0.saturating_add(Moment::DAY));
    let time = |at: Moment| at >= EARLIEST && at <= latest;
    let message = |it: &planet_history::Message| {
        fits(&it.mark)
            && fits(&it.author)
            && time(it.sent)
            && it.edited.is_none_or(time)
            && it.answers.as_deref().is_none_or(fits)
            && it.gone == it.text.is_empty()
            && !longer_than(&it.text, MAX_TEXT)
    };
    let sign = |it: &planet_history::Signs| {
        fits(&it.mark)
            && good_sign(&it.sign)
            && it.by.len() <= MOST_SIGNS
            && it.by.iter().all(|key| fits(key))
    };
    part.messages.len() <= MOST_MESSAGES
        && part.signs.len() <= MOST_SIGNS
        && part.messages.iter().all(message)
        && part.signs.iter().all(sign)
}

/// An emoji, or the name of one that not everybody has.
fn good_sign(sign: &str) -> bool {
    let named = sign.strip_prefix(':').and_then(|rest| rest.strip_suffix(':'));
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '+');
    match named {
        Some(name) => (1..=64).contains(&name.len()) && name.chars().all(plain),
        None => crate::checks::sign(sign).is_ok(),
    }
}
