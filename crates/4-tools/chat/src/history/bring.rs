//! Bringing a channel of another chat in: all of it in one transaction, in its order, and nothing of it twice.

use super::rows::people::{self, PersonRow};
use super::rows::{self, Brought, HistoryLine};
use super::{resource, unsealed};
use crate::checks;
use crate::error::ChatError;
use crate::rows::{self as channels, ChannelRow, mine};
use crate::topics::CHANNEL;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::topics::Topic;
use planet_corridor::touches;
use planet_history::mentions::relink;
use planet_history::{MAX_MESSAGES, MAX_SIGNS, Message, Part, Signs, Source};
use planet_ontology::entities::Channel;
use planet_ontology::ids::{AgentId, ChannelId, GroupId, MemberId, PersonId};
use planet_store::{Ids, Tx};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// How many names are tried for a channel whose own is taken.
const TRIES: u32 = 50;

/// Bring in a channel of another chat, whose pieces lie aside: all of it, or nothing.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BringIn {
    /// The group.
    pub group: GroupId,
    /// The program that it comes from.
    pub source: Source,
    /// What the channel is known by there.
    pub channel: String,
    /// What it may be called here, if that is free.
    pub name: String,
    /// Whether only those who were invited could read it there. Such a channel is not brought into a group that anybody reads.
    pub closed: bool,
    /// How many pieces there are.
    pub parts: u32,
    /// What whoever brings it names its contents by, such as a hash, so as to know them again.
    pub digest: String,
}

/// What was brought in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BroughtIn {
    /// The channel.
    pub channel: ChannelId,
    /// Its name here.
    pub name: String,
    /// How many messages are new.
    pub messages: i64,
    /// How many were here already, and are as they were.
    pub known: i64,
}

impl Act for BringIn {
    const NAME: &'static str = "chat.bring_in";
    const ABOUT: &'static str = "Bring in a channel of another chat, all of it or nothing.";
    touches!(Channel, |act, tx, _| resource(tx, act.group));
    type Output = BroughtIn;

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<BroughtIn, Fault> {
        let place = unsealed(tx, self.group)?;
        if self.closed && place.open {
            return Err(ChatError::ClosedIntoOpen.into());
        }
        if self.digest.len() > 64 || !self.digest.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return Err(ChatError::HistoryWrong.into());
        }
        // Two that bring the same in come one after the other.
        planet_corridor::agents::hold_group(tx, self.group)?;
        let (messages, signs) = self.pieces(tx)?;
        let mut row = self.channel(tx, cx)?;
        let (before, known) = (row.seq, rows::marks(tx, row.id)?);
        let people = people::all(tx, self.group, self.source)?;
        let mut bringing = Bringing::new(self.group, &people, known);
        for message in messages {
            bringing.take(message, &mut row)?;
        }
        bringing.write(tx, &mut row, before)?;
        bringing.write_signs(tx, &row, before, signs)?;
        channels::keep(tx, &[&row])?;
        rows::no_news(tx, self.group, row.id, before, row.seq)?;
        rows::forget_laid(tx, (self.group, self.source, &self.channel))?;
        let brought = row.seq - before;
        let line = HistoryLine {
            source: self.source.word().to_owned(),
            key: self.channel.clone(),
            channel: row.id,
            name: row.name.clone(),
            digest: self.digest.clone(),
            messages: brought,
            brought: cx.now,
        };
        rows::note(tx, self.group, &line)?;
        if brought > 0 {
            cx.tell(Topic::new(CHANNEL.name, row.id));
        }
        Ok(BroughtIn { channel: row.id, name: row.name, messages: brought, known: bringing.known })
    }
}

impl BringIn {
    /// The pieces put together again, if all are there.
    fn pieces(&self, tx: &mut Tx) -> Result<(Vec<Message>, Vec<Signs>), Fault> {
        let laid = rows::laid(tx, (self.group, self.source, &self.channel))?;
        let whole = laid.iter().map(|(part, _)| *part).eq(0..i64::from(self.parts));
        if !whole || laid.is_empty() {
            return Err(ChatError::PiecesMissing.into());
        }
        let (mut messages, mut signs) = (Vec::new(), Vec::new());
        for (_, body) in laid {
            let mut part: Part = serde_json::from_str(&body).map_err(|_| ChatError::HistoryWrong)?;
            messages.append(&mut part.messages);
            signs.append(&mut part.signs);
        }
        if messages.len() > MAX_MESSAGES {
            return Err(ChatError::HistoryWrong.into());
        }
        Ok((messages, signs))
    }

    /// The channel that takes it: the one that did before, one of its name in which nobody has said anything, or a new one. Held.
    fn channel(&self, tx: &mut Tx, cx: &mut Cx) -> Result<ChannelRow, Fault> {
        let wanted = checks::name(&self.name)?;
        let taken = rows::histories(tx, self.group)?;
        let there = taken.iter().find(|line| line.source == self.source.word() && line.key == self.channel);
        let id = match there {
            Some(line) => line.channel,
            None => self.free(tx, cx, &wanted, &taken.iter().map(|line| line.channel).collect())?,
        };
        let mut held = channels::hold(tx, &Ids(vec![id.0]))?;
        held.remove(&id).map(|it| it.row).ok_or_else(|| ChatError::ChannelUnknown.into())
    }

    fn free(
        &self,
        tx: &mut Tx,
        cx: &mut Cx,
        wanted: &str,
        taken: &HashSet<ChannelId>,
    ) -> Result<ChannelId, Fault> {
        let known = channels::of_group(tx, self.group)?;
        let short: String = wanted.chars().take(24).collect();
        let others = (1..TRIES).map(|n| match n {
            1 => format!("{short}-{}", self.source.word()),
            n => format!("{short}-{}-{n}", self.source.word()),
        });
        for name in std::iter::once(wanted.to_owned()).chain(others) {
            match known.iter().find(|row| row.name == name) {
                Some(row) if row.seq == 0 && !taken.contains(&row.id) => return Ok(row.id),
                Some(_) => {}
                None if known.len() >= crate::acts::MOST_CHANNELS => return Err(ChatError::TooMany.into()),
                None => {
                    let id: ChannelId = cx.id();
                    let row = ChannelRow { id, group: self.group, name, created: cx.now, seq: 0, rev: 0 };
                    channels::open(tx, &row)?;
                    return Ok(id);
                }
            }
        }
        Err(ChatError::NameTaken.into())
    }
}

/// What is being brought in.
struct Bringing<'a> {
    group: GroupId,
    people: &'a HashMap<String, PersonRow>,
    handles: HashMap<String, &'a PersonRow>,
    /// Places by marks: of those that were here, and of those that come.
    places: HashMap<String, i64>,
    new: Vec<Brought>,
    named: BTreeSet<(PersonId, i64)>,
    told: BTreeSet<(MemberId, i64)>,
    /// How many answers each message gets by this.
    answers: BTreeMap<i64, i64>,
    known: i64,
}

impl<'a> Bringing<'a> {
    fn new(group: GroupId, people: &'a HashMap<String, PersonRow>, places: HashMap<String, i64>) -> Self {
        Self {
            group,
            people,
            handles: people.values().map(|row| (row.handle.to_lowercase(), row)).collect(),
            places,
            new: Vec::new(),
            named: BTreeSet::new(),
            told: BTreeSet::new(),
            answers: BTreeMap::new(),
            known: 0,
        }
    }

    /// Takes a message, unless it is here already.
    fn take(&mut self, message: Message, row: &mut ChannelRow) -> Result<(), Fault> {
        if self.places.contains_key(&message.mark) {
            self.known += 1;
            return Ok(());
        }
        let person = self.people.get(&message.author).ok_or(ChatError::PersonUnknown)?;
        row.seq += 1;
        row.rev += 1;
        let seq = row.seq;
        let thread = message.answers.as_ref().and_then(|mark| self.places.get(mark)).copied();
        // Where an answer was answered, what that answered is the root.
        let first = self.new.first().map_or(seq, |it| it.seq);
        let index = thread.and_then(|root| usize::try_from(root - first).ok());
        let upper = index.and_then(|index| self.new.get(index)).and_then(|it| it.thread);
        let thread = upper.or(thread);
        if let Some(root) = thread {
            *self.answers.entry(root).or_default() += 1;
        }
        let text = if message.gone { String::new() } else { self.linked(&message.text, seq) };
        self.places.insert(message.mark.clone(), seq);
        self.new.push(Brought {
            seq,
            rev: row.rev,
            author: person.member.map_or(AgentId::from(self.group), AgentId::from),
            person: person.id,
            mark: message.mark,
            thread,
            replies: 0,
            sent: message.sent,
            edited: message.edited,
            gone: message.gone,
            pinned: message.pinned,
            text,
        });
        Ok(())
    }

    /// The words with those named who are known here.
    fn linked(&mut self, text: &str, seq: i64) -> String {
        let (handles, named, told) = (&self.handles, &mut self.named, &mut self.told);
        let linked = relink(text, |name, _| {
            let Some(person) = handles.get(&name.to_lowercase()) else { return (name.to_owned(), false) };
            named.insert((person.id, seq));
            match (person.member, &person.member_handle) {
                (Some(member), Some(handle)) => {
                    told.insert((member, seq));
                    (handle.clone(), true)
                }
                _ => (name.to_owned(), false),
            }
        });
        checks::tamed(&linked)
    }

    fn write(&mut self, tx: &mut Tx, row: &mut ChannelRow, before: i64) -> Result<(), Fault> {
        let channel = row.id;
        for message in &mut self.new {
            message.replies = self.answers.get(&message.seq).copied().unwrap_or(0);
        }
        rows::insert(tx, channel, &self.new)?;
        for (root, more) in self.answers.range(..=before) {
            row.rev += 1;
            rows::answered(tx, channel, *root, *more, row.rev)?;
        }
        people::mention(tx, channel, &self.named.iter().copied().collect::<Vec<_>>())?;
        let told: Vec<_> = self.told.iter().map(|(member, seq)| (*member, channel, *seq)).collect();
        mine::mention(tx, &told)?;
        Ok(())
    }

    /// Signs on what is new. What was here is as those who are here have left it.
    fn write_signs(
        &self,
        tx: &mut Tx,
        row: &ChannelRow,
        before: i64,
        signs: Vec<Signs>,
    ) -> Result<(), Fault> {
        let gone: HashSet<i64> = self.new.iter().filter(|it| it.gone).map(|it| it.seq).collect();
        let mut given: BTreeMap<(i64, String), BTreeSet<PersonId>> = BTreeMap::new();
        let mut members: BTreeSet<(i64, String, MemberId)> = BTreeSet::new();
        let mut kinds: HashMap<i64, BTreeSet<String>> = HashMap::new();
        for one in signs {
            let seq = *self.places.get(&one.mark).ok_or(ChatError::HistoryWrong)?;
            if seq <= before || gone.contains(&seq) {
                continue;
            }
            let of_this = kinds.entry(seq).or_default();
            of_this.insert(one.sign.clone());
            if of_this.len() > MAX_SIGNS {
                return Err(ChatError::HistoryWrong.into());
            }
            for key in one.by {
                let person = self.people.get(&key).ok_or(ChatError::PersonUnknown)?;
                given.entry((seq, one.sign.clone())).or_default().insert(person.id);
                members.extend(person.member.map(|member| (seq, one.sign.clone(), member)));
            }
        }
        let strangers: HashSet<PersonId> =
            self.people.values().filter(|row| row.member.is_none()).map(|row| row.id).collect();
        let (mut kept, mut counts) = (Vec::new(), Vec::new());
        for ((seq, sign), by) in given {
            let here = members.range((seq, sign.clone(), MemberId(uuid::Uuid::nil()))..);
            let here = here.take_while(|(at, which, _)| *at == seq && *which == sign).count();
            let n = here + by.iter().filter(|person| strangers.contains(person)).count();
            counts.push((seq, sign.clone(), i64::try_from(n).unwrap_or(i64::MAX)));
            kept.extend(by.into_iter().map(|person| (seq, sign.clone(), person)));
        }
        people::sign(tx, row.id, &kept)?;
        people::sign_here(tx, row.id, &members.into_iter().collect::<Vec<_>>(), &counts)?;
        Ok(())
    }
}
