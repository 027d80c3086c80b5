//! The rows of remarks, statements and follow-ups.

use planet_ontology::ids::{AgentId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use uuid::Uuid;

record! {
    /// Something that was said, with its author's name.
    #[derive(Clone, Debug)]
    pub struct RemarkRow {
        /// Its id.
        pub id: Uuid,
        /// What it answers.
        pub answers: Option<Uuid>,
        /// Who said it.
        pub agent: AgentId,
        /// Name.
        pub name: String,
        /// Handle.
        pub handle: String,
        /// `remark`, `pro`, `con` or `query`.
        pub kind: String,
        /// What was said, in Markdown.
        pub text: String,
        /// When.
        pub at: Moment,
        /// When it was last put in other words.
        pub edited: Option<Moment>,
    }

    /// How a decision is to be understood.
    #[derive(Clone, Debug)]
    pub struct StatementRow {
        /// Who says so.
        pub name: String,
        /// In Markdown.
        pub text: String,
        /// When it is looked at again.
        pub review: Option<Moment>,
        /// When it was said.
        pub at: Moment,
    }

    /// Something that somebody has taken on.
    #[derive(Clone, Debug)]
    pub struct FollowUpRow {
        /// Its id.
        pub id: Uuid,
        /// Who does it.
        pub owner: AgentId,
        /// Name.
        pub name: String,
        /// Handle.
        pub handle: String,
        /// What is to be done.
        pub text: String,
        /// Until when.
        pub due: Moment,
        /// When it was done.
        pub done: Option<Moment>,
    }
}

/// A remark that is about to be written down.
pub struct NewRemark<'r> {
    /// Its id.
    pub id: Uuid,
    /// What it answers.
    pub answers: Option<Uuid>,
    /// Who says it.
    pub agent: AgentId,
    /// `remark`, `pro`, `con` or `query`.
    pub kind: &'r str,
    /// What is said, in Markdown.
    pub text: &'r str,
    /// When.
    pub at: Moment,
}

/// Something that somebody is about to take on.
pub struct NewFollowUp<'f> {
    /// Its id.
    pub id: Uuid,
    /// Who does it.
    pub owner: AgentId,
    /// What is to be done.
    pub text: &'f str,
    /// Until when.
    pub due: Moment,
}

/// Writes a remark down.
pub fn say(tx: &mut Tx, proposal: ProposalId, remark: &NewRemark) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO remarks (id, proposal_id, answers, agent_id, kind, text, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ),
        &[&remark.id, &proposal, &remark.answers, &remark.agent, &remark.kind, &remark.text, &remark.at],
    )?;
    Ok(())
}

/// All remarks on a proposal, the oldest first.
pub fn remarks(tx: &mut Tx, proposal: ProposalId) -> Result<Vec<RemarkRow>, Error> {
    tx.rows(
        sql!(
            "SELECT r.id, r.answers, r.agent_id, a.name, a.handle, r.kind, r.text, r.at, r.edited
               FROM remarks r JOIN agents a ON a.id = r.agent_id
              WHERE r.proposal_id = ?1 ORDER BY r.at, r.id"
        ),
        &[&proposal],
    )
}

/// How many remarks a proposal has.
pub fn count(tx: &mut Tx, proposal: ProposalId) -> Result<i64, Error> {
    let (count,) =
        tx.one::<(i64,)>(sql!("SELECT count(*) FROM remarks WHERE proposal_id = ?1"), &[&proposal])?;
    Ok(count)
}

/// The author of a remark, and what it answers, if the proposal has it.
pub fn remark(tx: &mut Tx, proposal: ProposalId, id: Uuid) -> Result<Option<(AgentId, Option<Uuid>)>, Error> {
    tx.row(
        sql!("SELECT agent_id, answers FROM remarks WHERE proposal_id = ?1 AND id = ?2"),
        &[&proposal, &id],
    )
}

/// Puts a remark in other words.
pub fn reword(tx: &mut Tx, id: Uuid, kind: &str, text: &str, now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!("UPDATE remarks SET kind = ?2, text = ?3, edited = ?4 WHERE id = ?1"),
        &[&id, &kind, &text, &now],
    )?;
    Ok(())
}

/// Takes the words of a remark away. That there was one stays, since others may have answered it.
pub fn unsay(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    tx.exec(sql!("UPDATE remarks SET text = '' WHERE id = ?1"), &[&id])?;
    Ok(())
}

/// States how a decision is to be understood, in place of an earlier statement.
pub fn state(
    tx: &mut Tx,
    proposal: ProposalId,
    agent: AgentId,
    text: &str,
    review: Option<Moment>,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO statements (proposal_id, agent_id, text, review, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (proposal_id) DO UPDATE SET agent_id = excluded.agent_id, text = excluded.text,
               review = excluded.review, at = excluded.at"
        ),
        &[&proposal, &agent, &text, &review, &now],
    )?;
    Ok(())
}

/// How a decision is to be understood.
pub fn statement(tx: &mut Tx, proposal: ProposalId) -> Result<Option<StatementRow>, Error> {
    tx.row(
        sql!(
            "SELECT a.name, s.text, s.review, s.at FROM statements s JOIN agents a ON a.id = s.agent_id WHERE s.proposal_id = ?1"
        ),
        &[&proposal],
    )
}

/// Takes something on.
pub fn take_on(tx: &mut Tx, proposal: ProposalId, it: &NewFollowUp) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO follow_ups (id, proposal_id, owner_id, text, due, done) VALUES (?1, ?2, ?3, ?4, ?5, NULL)"),
        &[&it.id, &proposal, &it.owner, &it.text, &it.due],
    )?;
    Ok(())
}

/// What follows from a decision, by the day it is due.
pub fn follow_ups(tx: &mut Tx, proposal: ProposalId) -> Result<Vec<FollowUpRow>, Error> {
    tx.rows(
        sql!(
            "SELECT f.id, f.owner_id, a.name, a.handle, f.text, f.due, f.done
               FROM follow_ups f JOIN agents a ON a.id = f.owner_id
              WHERE f.proposal_id = ?1 ORDER BY f.due, f.id"
        ),
        &[&proposal],
    )
}

/// Who has taken something on, if the decision has it.
pub fn owner(tx: &mut Tx, proposal: ProposalId, id: Uuid) -> Result<Option<AgentId>, Error> {
    let row = tx.row::<(AgentId,)>(
        sql!("SELECT owner_id FROM follow_ups WHERE proposal_id = ?1 AND id = ?2"),
        &[&proposal, &id],
    )?;
    Ok(row.map(|(owner,)| owner))
}

/// Marks something as done, or as not done after all.
pub fn set_done(tx: &mut Tx, id: Uuid, done: Option<Moment>) -> Result<(), Error> {
    tx.exec(sql!("UPDATE follow_ups SET done = ?2 WHERE id = ?1"), &[&id, &done])?;
    Ok(())
}
