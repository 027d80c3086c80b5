//! What can be seen of delegation: who votes for whom in a group, open to all its members; and what it means in one vote.

use super::acts::Delegate;
use super::cast::Standing;
use super::rows::{self as delegations, NamedRow};
use super::{EVERYTHING, TOPICS};
use crate::choice::rows as questions;
use crate::error::GovernanceError;
use crate::rows::{self, ProposalRow};
use crate::views::{Asking, Room, Voter};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::AgentId;
use planet_ontology::units::Moment;
use planet_policy::counting::Choice;
use planet_policy::delegation::speakers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who votes for whom in a group.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegates {
    /// The handle of the club or of a group that the viewer is in; the club if it is left out.
    #[serde(default)]
    pub of: Option<String>,
}

/// All of it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DelegatesView {
    /// The group.
    pub room: Room,
    /// All groups of the viewer, the club first.
    pub rooms: Vec<Room>,
    /// Whom the viewer named, by topic.
    pub mine: Vec<Named>,
    /// Who named the viewer.
    pub of_me: Vec<Named>,
    /// Who speaks for others, and for whom.
    pub speakers: Vec<Speaker>,
    /// Whether the viewer may name somebody.
    pub may_delegate: bool,
}

/// Somebody named somebody.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Named {
    /// The other one: whom the viewer named, or who named the viewer.
    pub agent: AgentId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// The topic; empty for everything.
    pub topic: String,
    /// When it ends by itself.
    pub until: Moment,
    /// Who speaks for them in the end, if whom they named has named somebody again.
    pub goes_on_to: Option<Voter>,
}

/// Somebody who speaks for others.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Speaker {
    /// Who.
    pub agent: AgentId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// For whom.
    pub people: Vec<Spoken>,
}

/// Somebody who is spoken for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Spoken {
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// In which topics.
    pub topics: Vec<&'static str>,
}

impl View for Delegates {
    const NAME: &'static str = "governance.delegates";
    const ABOUT: &'static str =
        "Who votes for whom where they do not vote themselves, in the club or a group of yours.";
    type Output = DelegatesView;

    fn read(&self, look: &mut Look) -> Result<DelegatesView, Fault> {
        let me: AgentId = look.member()?.into();
        let rooms = Asking {}.read(look)?;
        let wanted = |room: &&Room| self.of.as_ref().is_none_or(|of| room.handle == *of);
        let room = rooms.iter().find(wanted).cloned().ok_or(GovernanceError::ProposalUnknown)?;
        let all = delegations::all(look.tx, room.id, look.now)?;
        let by_topic: Vec<(&'static str, BTreeMap<AgentId, AgentId>)> = TOPICS
            .into_iter()
            .map(|topic| (topic, speakers(&delegations::links(&all, topic)).into_iter().collect()))
            .collect();
        let ends = |topic: &str, who: AgentId| {
            let (_, ends) = by_topic.iter().find(|(it, _)| topic == EVERYTHING || *it == topic)?;
            ends.get(&who).copied()
        };
        let mine = all.iter().filter(|it| it.agent == me).map(|it| Named {
            goes_on_to: ends(&it.topic, it.delegate).and_then(|end| voter(&all, end)),
            ..named(it, (it.delegate, &it.delegate_name, &it.delegate_handle))
        });
        let of_me = all.iter().filter(|it| it.delegate == me);
        let of_me = of_me.map(|it| named(it, (it.agent, &it.name, &it.handle)));
        let probe = Delegate { group: room.id, topic: String::new(), to: String::new() };
        Ok(DelegatesView {
            mine: mine.collect(),
            of_me: of_me.collect(),
            speakers: spoken(&all, &by_topic),
            may_delegate: look.may(&probe)?,
            room,
            rooms,
        })
    }
}

fn named(it: &NamedRow, (agent, name, handle): (AgentId, &str, &str)) -> Named {
    Named {
        agent,
        name: name.to_owned(),
        handle: handle.to_owned(),
        topic: it.topic.clone(),
        until: it.until(),
        goes_on_to: None,
    }
}

/// Somebody by the names in the rows.
pub(crate) fn voter(all: &[NamedRow], who: AgentId) -> Option<Voter> {
    let delegate = all.iter().find(|it| it.delegate == who)?;
    Some(Voter { name: delegate.delegate_name.clone(), handle: delegate.delegate_handle.clone() })
}

/// Who speaks for whom, those with the most people first.
fn spoken(all: &[NamedRow], by_topic: &[(&'static str, BTreeMap<AgentId, AgentId>)]) -> Vec<Speaker> {
    let mut people: BTreeMap<AgentId, BTreeMap<AgentId, Vec<&'static str>>> = BTreeMap::new();
    for (topic, ends) in by_topic {
        for (who, end) in ends {
            people.entry(*end).or_default().entry(*who).or_default().push(*topic);
        }
    }
    let who: BTreeMap<AgentId, &NamedRow> = all.iter().map(|it| (it.agent, it)).collect();
    let mut speakers: Vec<Speaker> = people
        .into_iter()
        .filter_map(|(agent, people)| {
            let Voter { name, handle } = voter(all, agent)?;
            let people = people.into_iter().filter_map(|(agent, topics)| {
                let it = who.get(&agent)?;
                Some(Spoken { name: it.name.clone(), handle: it.handle.clone(), topics })
            });
            Some(Speaker { agent, name, handle, people: people.collect() })
        })
        .collect();
    speakers.sort_by(|a, b| b.people.len().cmp(&a.people.len()).then_with(|| a.name.cmp(&b.name)));
    speakers
}

/// What delegation means to the viewer in one vote.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct InThisVote {
    /// Who votes for the viewer, who has not voted in person.
    pub by: Option<By>,
    /// For whom the viewer votes too.
    pub people: Vec<Voter>,
}

/// Who votes for the viewer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct By {
    /// Whom they named; once a ballot is cast, who cast it.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// Whether a ballot is cast for the viewer, as it stands.
    pub cast: bool,
    /// Whether none is because too many named the same one before.
    pub crowded_out: bool,
    /// What was said for the viewer: a choice, where it is yes or no.
    pub choice: Option<String>,
    /// What was said for the viewer between options: the name of each and what it was given.
    pub marks: Vec<(String, u32)>,
}

/// Reads what it means while a vote is open.
pub fn in_this_vote(
    look: &mut Look,
    proposal: &ProposalRow,
    standing: &Standing,
) -> Result<InThisVote, Fault> {
    let me: AgentId = look.member()?.into();
    if !rows::may_vote(look.tx, proposal, me)? {
        return Ok(InThisVote::default());
    }
    let mut people: Vec<Voter> = standing
        .cast_by(me)
        .into_iter()
        .map(|it| Voter { name: it.name.clone(), handle: it.handle.clone() })
        .collect();
    if standing.voted.contains(&me) {
        return Ok(InThisVote { by: None, people });
    }
    let Some(named) = standing.named_by(me) else { return Ok(InThisVote { by: None, people }) };
    // Whoever named somebody and does not vote hands on those who named them.
    people.clear();
    let by = standing.cast().into_iter().find(|(of, _)| *of == me).map(|(_, by)| by);
    let who = by.and_then(|by| voter(&standing.named, by));
    let who = who.unwrap_or_else(|| Voter {
        name: named.delegate_name.clone(),
        handle: named.delegate_handle.clone(),
    });
    let choice = by.map(|by| rows::choice_of(look.tx, proposal.id, by)).transpose()?.flatten();
    let marks = by.map(|by| marked(look, proposal, by)).transpose()?.unwrap_or_default();
    let by = By {
        name: who.name,
        handle: who.handle,
        cast: by.is_some(),
        crowded_out: standing.crowded_out(me),
        choice: choice.filter(|word| Choice::from_word(word).is_some()),
        marks,
    };
    Ok(InThisVote { by: Some(by), people })
}

/// What somebody gave to which option, for those whose ballot it is too.
fn marked(look: &mut Look, proposal: &ProposalRow, by: AgentId) -> Result<Vec<(String, u32)>, Fault> {
    let marks = questions::marks_of(look.tx, proposal.id, by)?.unwrap_or_default();
    let options = questions::options(look.tx, proposal.id)?;
    let title =
        |place: u16| options.iter().find(|it| it.place == i64::from(place)).map(|it| it.title.clone());
    Ok(marks.into_iter().filter_map(|(place, value)| Some((title(place)?, value))).collect())
}
