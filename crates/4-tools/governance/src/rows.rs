//! The rows of proposals, electorates and ballots.

use crate::choice::ask::SEAT;
use crate::delegates::cast::left_to;
use crate::error::GovernanceError;
use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, GroupId, MemberId, ProposalId};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::counting::{Choice, Tally};
use planet_policy::procedure::Procedure;
use planet_store::{Error, Texts, Tx, record, sql};
use serde_json::Value;
use uuid::Uuid;

record! {
    /// A proposal as it lies in the database.
    #[derive(Clone, Debug)]
    pub struct ProposalRow {
        /// Its id.
        pub id: ProposalId,
        /// Whose decision it is.
        pub group: GroupId,
        /// Who opened it.
        pub opener: AgentId,
        /// What would be done, in a sentence.
        pub title: String,
        /// Why, in the opener's words.
        pub reason: String,
        /// The act that it performs.
        pub act: String,
        /// The act's arguments.
        pub args: Value,
        /// The procedure, frozen when it opened.
        pub procedure: Value,
        /// How many may vote.
        pub voters: i64,
        /// When it opened.
        pub opened: Moment,
        /// When it closes.
        pub closes: Moment,
        /// `open`, `passed`, `done`, `not_performed`, `failed` or `withdrawn`.
        pub state: String,
        /// What came of it, in a sentence.
        pub outcome: String,
    }
}

impl ProposalRow {
    /// Whether votes count.
    pub fn is_open(&self) -> bool {
        self.state == "open"
    }

    /// What it asks: `question` and `election` have options, a `proposal` has none.
    pub fn asks(&self) -> &'static str {
        match self.act.as_str() {
            "" => "question",
            SEAT => "election",
            _ => "proposal",
        }
    }

    /// The frozen procedure.
    pub fn procedure(&self) -> Result<Procedure, Fault> {
        serde_json::from_value(self.procedure.clone()).map_err(|error| {
            Fault::Damaged(format!("The procedure of proposal {} cannot be read: {error}.", self.id))
        })
    }

    /// The size of the electorate.
    pub fn electorate(&self) -> u32 {
        u32::try_from(self.voters).unwrap_or(u32::MAX)
    }
}

/// The roles that vote under a procedure, as words of a list parameter.
pub(crate) fn voting_roles(procedure: &Procedure) -> Texts {
    let roles = Role::ALL.iter().filter(|role| procedure.electorate.includes(**role));
    Texts(roles.map(|role| role.word().to_owned()).collect())
}

/// Creates an open proposal, with its electorate: the group's active members who have one of the voting roles now.
pub fn create(tx: &mut Tx, row: &ProposalRow, procedure: &Procedure) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO proposals
                 (id, group_id, opener_id, title, reason, act, args, procedure, voters, opened, closes, state, outcome, ended)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, ?9, ?10, 'open', '', NULL)"
        ),
        &[
            &row.id, &row.group, &row.opener, &row.title, &row.reason, &row.act, &row.args, &row.procedure, &row.opened,
            &row.closes,
        ],
    )?;
    let voters = tx.exec(
        sql!(
            "INSERT INTO electorate (proposal_id, agent_id)
             SELECT ?1, m.agent_id FROM memberships m JOIN agents a ON a.id = m.agent_id
              WHERE m.group_id = ?2 AND a.standing = 'active' AND m.role IN (SELECT word FROM texts(?3))"
        ),
        &[&row.id, &row.group, &voting_roles(procedure)],
    )?;
    tx.exec(
        sql!("UPDATE proposals SET voters = ?2 WHERE id = ?1"),
        &[&row.id, &i64::try_from(voters).unwrap_or(i64::MAX)],
    )?;
    Ok(())
}

/// The proposal with this id.
pub fn find(tx: &mut Tx, id: ProposalId) -> Result<Option<ProposalRow>, Error> {
    tx.row(
        sql!(
            "SELECT id, group_id, opener_id, title, reason, act, args, procedure, voters, opened, closes, state, outcome
               FROM proposals WHERE id = ?1"
        ),
        &[&id],
    )
}

/// The proposal with this id, held as it is until the transaction ends.
pub fn find_and_hold(tx: &mut Tx, id: ProposalId) -> Result<Option<ProposalRow>, Error> {
    tx.lock(sql!("SELECT id FROM proposals WHERE id = ?1"), &[&id])?;
    find(tx, id)
}

/// The proposal with this id, held; refused if there is none.
pub fn held(tx: &mut Tx, id: ProposalId) -> Result<ProposalRow, Fault> {
    Ok(find_and_hold(tx, id)?.ok_or(GovernanceError::ProposalUnknown)?)
}

/// The proposals of the groups that an agent belongs to, newest first, opened before a moment.
pub fn list(tx: &mut Tx, agent: MemberId, before: Moment, limit: i64) -> Result<Vec<ProposalRow>, Error> {
    tx.rows(
        sql!(
            "SELECT id, group_id, opener_id, title, reason, act, args, procedure, voters, opened, closes, state, outcome
               FROM proposals
              WHERE group_id IN (SELECT group_id FROM memberships WHERE agent_id = ?1) AND opened < ?2
              ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, opened DESC, id DESC LIMIT ?3"
        ),
        &[&agent, &before, &limit],
    )
}

/// How many open proposals somebody has made.
pub fn count_open(tx: &mut Tx, opener: AgentId) -> Result<i64, Error> {
    let (count,) = tx.one::<(i64,)>(
        sql!("SELECT count(*) FROM proposals WHERE opener_id = ?1 AND state = 'open'"),
        &[&opener],
    )?;
    Ok(count)
}

/// Whether an agent may vote on a proposal: was there when it opened, and still is somebody who may.
pub fn may_vote(tx: &mut Tx, proposal: &ProposalRow, agent: AgentId) -> Result<bool, Fault> {
    let row = tx.row::<(AgentId,)>(
        sql!(
            "SELECT e.agent_id
               FROM electorate e
               JOIN agents a ON a.id = e.agent_id
               JOIN memberships m ON m.agent_id = e.agent_id
              WHERE e.proposal_id = ?1 AND e.agent_id = ?2 AND m.group_id = ?3 AND a.standing = 'active'
                AND m.role IN (SELECT word FROM texts(?4))"
        ),
        &[&proposal.id, &agent, &proposal.group, &voting_roles(&proposal.procedure()?)],
    )?;
    Ok(row.is_some())
}

/// Casts a ballot, in place of an earlier one of the same member.
pub fn cast(
    tx: &mut Tx,
    proposal: ProposalId,
    agent: AgentId,
    choice: Choice,
    reason: &str,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO ballots (proposal_id, agent_id, choice, reason, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (proposal_id, agent_id)
             DO UPDATE SET choice = excluded.choice, reason = excluded.reason, at = excluded.at"
        ),
        &[&proposal, &agent, &choice.word(), &reason, &now],
    )?;
    Ok(())
}

record! {
    /// A ballot with its voter's name. Ballots are open.
    #[derive(Clone)]
    pub struct BallotRow {
        /// Who.
        pub agent: AgentId,
        /// Name.
        pub name: String,
        /// Handle.
        pub handle: String,
        /// `yes`, `no`, `abstain` or `object`; `marks` between options.
        pub choice: String,
        /// Why.
        pub reason: String,
        /// When.
        pub at: Moment,
        /// How the voter stands.
        pub standing: String,
        /// The voter's role in the group now; none for those who have left it.
        pub role: Option<String>,
        /// The name of who cast it for them; none, if they did themself.
        pub via: Option<String>,
        /// The handle of who cast it.
        pub via_handle: Option<String>,
    }
}

/// What somebody said to a proposal.
pub fn choice_of(tx: &mut Tx, id: ProposalId, agent: AgentId) -> Result<Option<String>, Error> {
    let row = tx.row::<(String,)>(
        sql!("SELECT choice FROM ballots WHERE proposal_id = ?1 AND agent_id = ?2"),
        &[&id, &agent],
    )?;
    Ok(row.map(|(choice,)| choice))
}

/// Before the first ballot.
pub const BEGINNING: (Moment, AgentId) = (Moment(i64::MIN), AgentId(Uuid::nil()));

/// A page of the ballots of a proposal, oldest first: at most `limit`, those after this moment and voter.
pub fn ballots(
    tx: &mut Tx,
    proposal: &ProposalRow,
    (after, whose): (Moment, AgentId),
    limit: i64,
) -> Result<Vec<BallotRow>, Error> {
    tx.rows(
        sql!(
            "SELECT b.agent_id, a.name, a.handle, b.choice, b.reason, b.at, a.standing, m.role, v.name, v.handle
               FROM (SELECT agent_id, choice, reason, at, via FROM ballots
                      WHERE proposal_id = ?1 AND (at, agent_id) > (?3, ?4) ORDER BY at, agent_id LIMIT ?5) b
               JOIN agents a ON a.id = b.agent_id
               LEFT JOIN agents v ON v.id = b.via
               LEFT JOIN memberships m ON m.agent_id = b.agent_id AND m.group_id = ?2
              ORDER BY b.at, b.agent_id"
        ),
        &[&proposal.id, &proposal.group, &after, &whose, &limit],
    )
}

/// The ballot of one voter, whoever cast it.
pub fn ballot_of(tx: &mut Tx, proposal: &ProposalRow, agent: AgentId) -> Result<Option<BallotRow>, Error> {
    tx.row(
        sql!(
            "SELECT b.agent_id, a.name, a.handle, b.choice, b.reason, b.at, a.standing, m.role, v.name, v.handle
               FROM ballots b
               JOIN agents a ON a.id = b.agent_id
               LEFT JOIN agents v ON v.id = b.via
               LEFT JOIN memberships m ON m.agent_id = b.agent_id AND m.group_id = ?2
              WHERE b.proposal_id = ?1 AND b.agent_id = ?3"
        ),
        &[&proposal.id, &proposal.group, &agent],
    )
}

/// How many ballots there are, also of those who may not vote any more.
pub fn count_ballots(tx: &mut Tx, id: ProposalId) -> Result<usize, Error> {
    let (count,) = tx.one::<(i64,)>(sql!("SELECT count(*) FROM ballots WHERE proposal_id = ?1"), &[&id])?;
    Ok(usize::try_from(count).unwrap_or_default())
}

/// Those who may still vote on a proposal and have not, by name: handle and name, at most `limit`.
pub fn outstanding(tx: &mut Tx, proposal: &ProposalRow, limit: i64) -> Result<Vec<(String, String)>, Fault> {
    Ok(tx.rows(
        sql!(
            "SELECT a.handle, a.name
               FROM electorate e
               JOIN agents a ON a.id = e.agent_id
               JOIN memberships m ON m.agent_id = e.agent_id
              WHERE e.proposal_id = ?1 AND m.group_id = ?2 AND a.standing = 'active'
                AND m.role IN (SELECT word FROM texts(?3))
                AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.proposal_id = e.proposal_id AND b.agent_id = e.agent_id)
              ORDER BY a.name, a.id LIMIT ?4"
        ),
        &[&proposal.id, &proposal.group, &voting_roles(&proposal.procedure()?), &limit],
    )?)
}

/// The tally of a proposal. A ballot counts if who gave it may still vote when it is counted: is active, and has one of
/// the voting roles in the group. The size of the electorate stays what it was when the proposal opened.
///
/// Everybody was such a one when they voted, so only those who lapsed are looked at one by one: a vote of ten thousand is counted at
/// every ballot and on every look at its page.
pub fn tally(tx: &mut Tx, proposal: &ProposalRow) -> Result<Tally, Fault> {
    let cast = tx.rows::<(String, i64)>(
        sql!("SELECT choice, count(*) FROM ballots WHERE proposal_id = ?1 GROUP BY choice"),
        &[&proposal.id],
    )?;
    let lapsed = tx.rows::<(String, i64)>(
        sql!(
            "SELECT b.choice, count(*)
               FROM ballots b
              WHERE b.proposal_id = ?1
                AND b.agent_id IN (SELECT l.agent_id FROM lapses l WHERE l.group_id = ?2 OR l.group_id = ?4)
                AND NOT EXISTS (SELECT 1 FROM memberships m JOIN agents a ON a.id = m.agent_id
                                 WHERE m.group_id = ?2 AND m.agent_id = b.agent_id AND a.standing = 'active'
                                   AND m.role IN (SELECT word FROM texts(?3)))
              GROUP BY b.choice"
        ),
        &[&proposal.id, &proposal.group, &voting_roles(&proposal.procedure()?), &GroupId::CLUB],
    )?;
    let of = |choice: Choice| {
        let sum = |rows: &[(String, i64)]| -> i64 {
            rows.iter().filter(|(word, _)| word == choice.word()).map(|(_, count)| count).sum()
        };
        u32::try_from(sum(&cast) - sum(&lapsed)).unwrap_or_default()
    };
    Ok(Tally {
        electorate: proposal.electorate(),
        yes: of(Choice::Yes),
        no: of(Choice::No),
        abstain: of(Choice::Abstain),
        objections: of(Choice::Object),
    })
}

/// Ends a proposal, or marks it as passed and waiting.
pub fn set_state(tx: &mut Tx, id: ProposalId, state: &str, outcome: &str, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE proposals SET state = ?2, outcome = ?3, ended = ?4 WHERE id = ?1"),
        &[&id, &state, &outcome, &now],
    )?;
    Ok(())
}

record! {
    /// A proposal that waits for a member's vote.
    pub struct ToVote {
        /// The proposal.
        pub id: ProposalId,
        /// What would be done.
        pub title: String,
        /// Until when one may vote.
        pub closes: Moment,
        procedure: Value,
        role: String,
    }
}

/// The open proposals that wait for a member's vote, the first to close first. One in which whom they named has voted for them
/// waits no more.
pub fn waiting(tx: &mut Tx, member: MemberId, now: Moment) -> Result<Vec<ToVote>, Fault> {
    let rows = tx.rows::<ToVote>(
        sql!(
            "SELECT p.id, p.title, p.closes, p.procedure, m.role
               FROM electorate e
               JOIN proposals p ON p.id = e.proposal_id
               JOIN memberships m ON m.group_id = p.group_id AND m.agent_id = e.agent_id
              WHERE e.agent_id = ?1 AND p.state = 'open' AND p.closes > ?2
                AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.proposal_id = p.id AND b.agent_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM token_requests t WHERE t.proposal_id = p.id AND t.agent_id = ?1)
                AND NOT EXISTS (SELECT 1 FROM questions q WHERE q.proposal_id = p.id AND NOT q.begun)
              ORDER BY p.closes, p.id"
        ),
        &[&member, &now],
    )?;
    // Whoever has lost the role that votes is not asked any more.
    let asked = rows.into_iter().filter(|it| {
        let roles = it.procedure.pointer("/electorate/roles").and_then(Value::as_array);
        roles.is_none_or(|roles| roles.iter().any(|word| word.as_str() == Some(&it.role)))
    });
    let mut asked: Vec<ToVote> = asked.collect();
    let left = left_to(tx, member.into(), asked.iter().map(|it| it.id).collect(), now)?;
    asked.retain(|it| left.contains(&it.id));
    Ok(asked)
}
