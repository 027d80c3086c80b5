//! Whose ballot is cast by whom in one vote: as it stands while it is open, and for good when its time is over. Until then only ballots
//! cast in person settle anything, so that whoever named somebody can still vote themself.

use super::{rows as delegations, topic_of};
use crate::choice::rows as questions;
use crate::choice::secret::SECRET;
use crate::rows::{self as proposals, ProposalRow};
use delegations::NamedRow;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, ProposalId};
use planet_ontology::units::Moment;
use planet_policy::delegation::{Link, cast, most};
use planet_store::{Tx, sql};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Who named whom for what a vote is about, and who has voted in person.
pub struct Standing {
    /// Those who named somebody and may vote, oldest first.
    pub named: Vec<NamedRow>,
    /// Their links.
    pub links: Vec<Link<AgentId>>,
    /// Where in `named` the link of each stands.
    places: BTreeMap<AgentId, usize>,
    /// Those among them and among delegates who voted in person.
    pub voted: BTreeSet<AgentId>,
    /// What those said: the word of a choice.
    pub said: BTreeMap<AgentId, String>,
    /// The most for whom one person casts ballots.
    pub most: usize,
}

impl Standing {
    /// Whose ballot is cast by whom, as it stands.
    pub fn cast(&self) -> Vec<(AgentId, AgentId)> {
        cast(&self.links, &self.voted, self.most)
    }

    /// For whom somebody casts ballots, or would as soon as they vote.
    pub fn cast_by(&self, by: AgentId) -> Vec<&NamedRow> {
        let voted = self.voted.iter().copied().chain([by]).collect();
        let mut all = cast(&self.links, &voted, self.most);
        all.retain(|(_, it)| *it == by);
        all.iter().filter_map(|(of, _)| self.named_by(*of)).collect()
    }

    /// Whom somebody named for this vote.
    pub fn named_by(&self, who: AgentId) -> Option<&NamedRow> {
        self.named.get(*self.places.get(&who)?)
    }

    /// Whether somebody's ballot is not cast only because too many were before them.
    pub fn crowded_out(&self, who: AgentId) -> bool {
        let of = |all: Vec<(AgentId, AgentId)>| all.iter().any(|(of, _)| *of == who);
        !of(self.cast()) && of(cast(&self.links, &self.voted, usize::MAX))
    }
}

/// How it stands in a vote; none, where nobody votes for another: in a secret vote nobody could see what was cast for them, and of two
/// signatures one person would give both.
pub fn standing(tx: &mut Tx, proposal: &ProposalRow, now: Moment) -> Result<Option<Standing>, Fault> {
    let question = questions::find(tx, proposal.id)?;
    if proposal.procedure()?.is_signed() || question.as_ref().is_some_and(|it| it.ballot == SECRET) {
        return Ok(None);
    }
    let named = delegations::of_voters(tx, proposal, now)?;
    if named.is_empty() {
        return Ok(None);
    }
    let topic = topic(tx, proposal)?;
    let links = delegations::links(&named, topic);
    let pairs: BTreeMap<_, _> = named.iter().zip(0..).map(|(it, at)| ((it.agent, it.delegate), at)).collect();
    let places = links.iter().rev().filter_map(|link| Some((link.0, *pairs.get(link)?))).collect();
    let said = delegations::voted(tx, proposal, &named)?;
    let voted = said.keys().copied().collect();
    Ok(Some(Standing { named, links, places, voted, said, most: most(proposal.electorate()) }))
}

/// What a vote is about: the act that it would perform, or the first that an option carries.
pub fn topic(tx: &mut Tx, proposal: &ProposalRow) -> Result<&'static str, Fault> {
    if !proposal.act.is_empty() {
        return Ok(topic_of(&proposal.act));
    }
    let row = tx.row::<(Option<String>,)>(
        sql!("SELECT act FROM options WHERE proposal_id = ?1 AND act IS NOT NULL ORDER BY place LIMIT 1"),
        &[&proposal.id],
    )?;
    Ok(topic_of(row.and_then(|(act,)| act).as_deref().unwrap_or_default()))
}

/// Of some open votes those in which nobody has voted yet who would cast somebody's ballot too: they are left to that one.
pub fn left_to(
    tx: &mut Tx,
    who: AgentId,
    votes: Vec<ProposalId>,
    now: Moment,
) -> Result<Vec<ProposalId>, Fault> {
    if votes.is_empty() || !delegations::names_somebody(tx, who)? {
        return Ok(votes);
    }
    let mut left = Vec::with_capacity(votes.len());
    for id in votes {
        let Some(proposal) = proposals::find(tx, id)? else { continue };
        let standing = standing(tx, &proposal, now)?;
        if !standing.is_some_and(|it| it.cast().iter().any(|(of, _)| *of == who)) {
            left.push(id);
        }
    }
    Ok(left)
}

/// Casts the ballots of those who named somebody, when the time of a vote is over. Done twice, it casts nothing more.
pub fn at_the_close(tx: &mut Tx, cx: &mut Cx, proposal: &ProposalRow) -> Result<(), Fault> {
    if cx.now < proposal.closes {
        return Ok(());
    }
    let Some(standing) = standing(tx, proposal, cx.now)? else { return Ok(()) };
    let cast = standing.cast();
    delegations::cast(tx, proposal.id, &cast, cx.now)?;
    if !cast.is_empty() {
        cx.effect(json!({ "cast_for_others": proposal.id, "of_and_by": cast }));
    }
    Ok(())
}
