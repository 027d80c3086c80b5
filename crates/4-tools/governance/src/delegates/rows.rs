//! The rows of who votes for whom.

use super::{EVERYTHING, LASTS};
use crate::rows::{ProposalRow, voting_roles};
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, GroupId, ProposalId};
use planet_ontology::units::Moment;
use planet_policy::delegation::Link;
use planet_store::{Bind, Error, Ids, Tx, record, sql};
use std::collections::{BTreeMap, BTreeSet};

record! {
    /// Somebody named somebody.
    #[derive(Clone, Debug)]
    pub struct NamedRow {
        /// Who.
        pub agent: AgentId,
        /// Their name.
        pub name: String,
        /// Their handle.
        pub handle: String,
        /// What it is about; empty for everything.
        pub topic: String,
        /// Whom they named.
        pub delegate: AgentId,
        /// The delegate's name.
        pub delegate_name: String,
        /// The delegate's handle.
        pub delegate_handle: String,
        /// Since when.
        pub since: Moment,
    }
}

impl NamedRow {
    /// When it ends by itself.
    pub fn until(&self) -> Moment {
        self.since.plus_seconds(LASTS)
    }
}

/// The links that hold for a topic, oldest first: what somebody said of it goes before what they said of everything.
pub fn links(named: &[NamedRow], topic: &str) -> Vec<Link<AgentId>> {
    let own: BTreeSet<AgentId> = named.iter().filter(|it| it.topic == topic).map(|it| it.agent).collect();
    let holds = |it: &&NamedRow| it.topic == topic || (it.topic == EVERYTHING && !own.contains(&it.agent));
    named.iter().filter(holds).map(|it| (it.agent, it.delegate)).collect()
}

/// Names somebody, in place of whom was named before.
pub fn name(
    tx: &mut Tx,
    (group, agent): (GroupId, AgentId),
    topic: &str,
    delegate: AgentId,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO delegations (group_id, agent_id, topic, delegate_id, since) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (group_id, agent_id, topic) DO UPDATE SET delegate_id = excluded.delegate_id, since = excluded.since"
        ),
        &[&group, &agent, &topic, &delegate, &now],
    )?;
    Ok(())
}

/// Takes a name back. How many there were: none or one.
pub fn take_back(tx: &mut Tx, (group, agent): (GroupId, AgentId), topic: &str) -> Result<u64, Error> {
    tx.exec(
        sql!("DELETE FROM delegations WHERE group_id = ?1 AND agent_id = ?2 AND topic = ?3"),
        &[&group, &agent, &topic],
    )
}

/// Whom somebody named for a topic.
pub fn named_by(
    tx: &mut Tx,
    (group, agent): (GroupId, AgentId),
    topic: &str,
) -> Result<Option<AgentId>, Error> {
    let row = tx.row::<(AgentId,)>(
        sql!("SELECT delegate_id FROM delegations WHERE group_id = ?1 AND agent_id = ?2 AND topic = ?3"),
        &[&group, &agent, &topic],
    )?;
    Ok(row.map(|(delegate,)| delegate))
}

/// Whether somebody has named anybody, wherever.
pub fn names_somebody(tx: &mut Tx, agent: AgentId) -> Result<bool, Error> {
    let row = tx.row::<(AgentId,)>(
        sql!(
            "SELECT d.delegate_id
               FROM memberships m JOIN delegations d ON d.group_id = m.group_id AND d.agent_id = m.agent_id
              WHERE m.agent_id = ?1 LIMIT 1"
        ),
        &[&agent],
    )?;
    Ok(row.is_some())
}

/// Everything that holds in a group now, oldest first: both are in it and active, and it has not ended.
pub fn all(tx: &mut Tx, group: GroupId, now: Moment) -> Result<Vec<NamedRow>, Error> {
    tx.rows(
        sql!(
            "SELECT d.agent_id, a.name, a.handle, d.topic, d.delegate_id, b.name, b.handle, d.since
               FROM delegations d
               JOIN agents a ON a.id = d.agent_id
               JOIN agents b ON b.id = d.delegate_id
              WHERE d.group_id = ?1 AND d.since > ?2 AND a.standing = 'active' AND b.standing = 'active'
                AND EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = d.group_id AND m.agent_id = d.agent_id)
                AND EXISTS (SELECT 1 FROM memberships m WHERE m.group_id = d.group_id AND m.agent_id = d.delegate_id)
              ORDER BY d.since, d.agent_id, d.topic"
        ),
        &[&group, &now.plus_seconds(-LASTS)],
    )
}

/// Those of them who may vote on a proposal now.
pub fn of_voters(tx: &mut Tx, proposal: &ProposalRow, now: Moment) -> Result<Vec<NamedRow>, Fault> {
    let all = all(tx, proposal.group, now)?;
    if all.is_empty() {
        return Ok(all);
    }
    let voters = tx.rows::<(AgentId,)>(
        sql!(
            "SELECT e.agent_id
               FROM electorate e
               JOIN delegations d ON d.group_id = ?2 AND d.agent_id = e.agent_id
               JOIN memberships m ON m.group_id = ?2 AND m.agent_id = e.agent_id
              WHERE e.proposal_id = ?1 AND m.role IN (SELECT word FROM texts(?3))"
        ),
        &[&proposal.id, &proposal.group, &voting_roles(&proposal.procedure()?)],
    )?;
    let voters: BTreeSet<AgentId> = voters.into_iter().map(|(agent,)| agent).collect();
    Ok(all.into_iter().filter(|it| voters.contains(&it.agent)).collect())
}

/// Those among delegates and those who named them who have voted on a proposal in person and whose ballots count now, with what they
/// said. Nobody else's ballot is cast once more.
pub fn voted(
    tx: &mut Tx,
    proposal: &ProposalRow,
    named: &[NamedRow],
) -> Result<BTreeMap<AgentId, String>, Fault> {
    let people: Ids = named.iter().flat_map(|it| [it.agent, it.delegate]).collect();
    let rows = tx.rows::<(AgentId, String, Option<AgentId>)>(
        sql!(
            "SELECT b.agent_id, b.choice, b.via
               FROM ballots b
               JOIN agents a ON a.id = b.agent_id
               JOIN memberships m ON m.agent_id = b.agent_id
              WHERE b.proposal_id = ?1 AND m.group_id = ?2 AND a.standing = 'active'
                AND m.role IN (SELECT word FROM texts(?3))
                AND b.agent_id IN (SELECT id FROM ids(?4))"
        ),
        &[&proposal.id, &proposal.group, &voting_roles(&proposal.procedure()?), &people],
    )?;
    // Nearly all are cast in person. PostgreSQL would take that for a rare thing as long as it knows nothing of the table, and then
    // compare each ballot with each of these people.
    let in_person = rows.into_iter().filter(|(.., via)| via.is_none());
    Ok(in_person.map(|(agent, choice, _)| (agent, choice)).collect())
}

/// Casts the ballots of some once more, as those of others who have none: pairs of whose it is and by whom it is cast. The words beside
/// it stay with whoever wrote them.
pub fn cast(
    tx: &mut Tx,
    proposal: ProposalId,
    pairs: &[(AgentId, AgentId)],
    now: Moment,
) -> Result<(), Error> {
    let rows: Vec<Vec<&dyn Bind>> =
        pairs.iter().map(|(of, by)| -> Vec<&dyn Bind> { vec![&proposal, of, by, &now] }).collect();
    tx.exec_many(
        sql!(
            "INSERT INTO ballots (proposal_id, agent_id, choice, reason, at, marks, via)
             SELECT b.proposal_id, p.column2, b.choice, '', p.column4, b.marks, b.agent_id
               FROM (VALUES (CAST(?1 AS UUID), CAST(?2 AS UUID), CAST(?3 AS UUID), CAST(?4 AS BIGINT))) AS p
               JOIN ballots b ON b.proposal_id = p.column1 AND b.agent_id = p.column3
              WHERE b.via IS NULL
             ON CONFLICT (proposal_id, agent_id) DO NOTHING"
        ),
        &rows,
    )?;
    Ok(())
}
