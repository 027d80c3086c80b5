//! The rows of proposals, electorates and ballots.

use planet_corridor::refusal::Fault;
use planet_ontology::ids::{AgentId, GroupId, MemberId, ProposalId};
use planet_ontology::units::Moment;
use planet_policy::counting::{Choice, Tally};
use planet_policy::procedure::Procedure;
use planet_store::{Error, Tx, record, sql};
use serde_json::Value;

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

/// Creates an open proposal, with its electorate: the group's active members who have one of these roles now.
pub fn create(tx: &mut Tx, row: &ProposalRow, roles: &[&'static str]) -> Result<(), Error> {
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
    let roles = planet_store::Texts(roles.iter().map(ToString::to_string).collect());
    let voters = tx.exec(
        sql!(
            "INSERT INTO electorate (proposal_id, agent_id)
             SELECT ?1, m.agent_id FROM memberships m JOIN agents a ON a.id = m.agent_id
              WHERE m.group_id = ?2 AND a.standing = 'active' AND m.role IN (SELECT word FROM texts(?3))"
        ),
        &[&row.id, &row.group, &roles],
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

/// Whether an agent may vote on a proposal.
pub fn in_electorate(tx: &mut Tx, proposal: ProposalId, agent: AgentId) -> Result<bool, Error> {
    let row = tx.row::<(AgentId,)>(
        sql!("SELECT agent_id FROM electorate WHERE proposal_id = ?1 AND agent_id = ?2"),
        &[&proposal, &agent],
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
    pub struct BallotRow {
        /// Who.
        pub agent: AgentId,
        /// Name.
        pub name: String,
        /// Handle.
        pub handle: String,
        /// `yes`, `no`, `abstain` or `object`.
        pub choice: String,
        /// Why.
        pub reason: String,
        /// When.
        pub at: Moment,
    }
}

/// The ballots of a proposal, oldest first.
pub fn ballots(tx: &mut Tx, proposal: ProposalId) -> Result<Vec<BallotRow>, Error> {
    tx.rows(
        sql!(
            "SELECT b.agent_id, a.name, a.handle, b.choice, b.reason, b.at
               FROM ballots b JOIN agents a ON a.id = b.agent_id WHERE b.proposal_id = ?1 ORDER BY b.at, b.agent_id"
        ),
        &[&proposal],
    )
}

/// The tally of a proposal.
pub fn tally(tx: &mut Tx, proposal: &ProposalRow) -> Result<Tally, Error> {
    let choices =
        tx.rows::<(String,)>(sql!("SELECT choice FROM ballots WHERE proposal_id = ?1"), &[&proposal.id])?;
    Ok(Tally::of(proposal.electorate(), choices.iter().filter_map(|(word,)| Choice::from_word(word))))
}

/// Ends a proposal, or marks it as passed and waiting.
pub fn set_state(tx: &mut Tx, id: ProposalId, state: &str, outcome: &str, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE proposals SET state = ?2, outcome = ?3, ended = ?4 WHERE id = ?1"),
        &[&id, &state, &outcome, &now],
    )?;
    Ok(())
}

/// The open proposals that wait for a member's vote.
pub fn waiting(tx: &mut Tx, member: MemberId) -> Result<Vec<ProposalId>, Error> {
    let rows = tx.rows::<(ProposalId,)>(
        sql!(
            "SELECT p.id FROM electorate e JOIN proposals p ON p.id = e.proposal_id
              WHERE e.agent_id = ?1 AND p.state = 'open'
                AND NOT EXISTS (SELECT 1 FROM ballots b WHERE b.proposal_id = p.id AND b.agent_id = ?1)"
        ),
        &[&member],
    )?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
