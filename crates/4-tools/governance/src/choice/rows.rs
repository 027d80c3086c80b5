//! The rows of questions, their options and marked ballots.

use crate::choice::method;
use crate::error::GovernanceError;
use crate::rows::{ProposalRow, voting_roles};
use planet_corridor::refusal::Fault;
use planet_count::vote::{Mark, Method, Slip};
use planet_ontology::ids::{AgentId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use serde_json::{Value, json};
use std::collections::BTreeMap;

record! {
    /// What a question has beyond its proposal.
    #[derive(Clone, Debug)]
    pub struct QuestionRow {
        /// `question`, `check` or `election`.
        pub kind: String,
        /// How it is counted.
        pub method: Value,
        /// How many win.
        pub seats: i64,
        /// The role that an election gives.
        pub role: Option<String>,
        /// When that role ends.
        pub term_ends: Option<Moment>,
        /// When voting begins.
        pub begins: Moment,
        /// Whether it has begun.
        pub begun: bool,
        /// The published count, once it is over.
        pub result: Option<Value>,
        /// `open` or `secret`.
        pub ballot: String,
        /// What a ballot may say where the method would take more: `one`, `dates`, or nothing.
        pub shape: String,
    }

    /// An option.
    #[derive(Clone, Debug)]
    pub struct OptionRow {
        /// Its number, from zero.
        pub place: i64,
        /// Its name.
        pub title: String,
        /// More about it; a candidate's statement.
        pub about: String,
        /// What it costs, in minor units.
        pub cost: i64,
        /// The act that it carries.
        pub act: Option<String>,
        /// The act's arguments.
        pub args: Option<Value>,
        /// Who stands.
        pub agent: Option<AgentId>,
    }
}

impl QuestionRow {
    /// The frozen method.
    pub fn method(&self) -> Result<Method, Fault> {
        read(self.method.clone())
    }

    /// The word by which members know how it is counted.
    pub fn word(&self) -> Result<&str, Fault> {
        Ok(if self.shape.is_empty() { method::word(self.method()?) } else { &self.shape })
    }

    /// Whether ballots are taken now.
    ///
    /// # Errors
    /// Why not.
    pub fn takes_ballots(&self, proposal: &ProposalRow, now: Moment) -> Result<(), GovernanceError> {
        if !proposal.is_open() || now >= proposal.closes {
            return Err(GovernanceError::ProposalClosed);
        }
        if self.begun { Ok(()) } else { Err(GovernanceError::NotBegun) }
    }
}

/// A value that this room wrote itself.
pub fn read<T: serde::de::DeserializeOwned>(value: Value) -> Result<T, Fault> {
    serde_json::from_value(value)
        .map_err(|error| Fault::Damaged(format!("A question cannot be read: {error}.")))
}

/// Writes down what a proposal asks.
pub fn create(tx: &mut Tx, id: ProposalId, question: &QuestionRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO questions (proposal_id, kind, method, seats, role, term_ends, begins, begun, result, ballot, shape)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, NULL, ?9, ?10)"
        ),
        &[
            &id,
            &question.kind,
            &question.method,
            &question.seats,
            &question.role,
            &question.term_ends,
            &question.begins,
            &question.begun,
            &question.ballot,
            &question.shape,
        ],
    )?;
    Ok(())
}

/// What a proposal asks; none, if it asks yes or no.
pub fn find(tx: &mut Tx, id: ProposalId) -> Result<Option<QuestionRow>, Error> {
    tx.row(
        sql!(
            "SELECT kind, method, seats, role, term_ends, begins, begun, result, ballot, shape FROM questions WHERE proposal_id = ?1"
        ),
        &[&id],
    )
}

/// Adds an option.
pub fn add_option(tx: &mut Tx, id: ProposalId, option: &OptionRow) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO options (proposal_id, place, title, about, cost, act, args, agent_id)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        ),
        &[
            &id,
            &option.place,
            &option.title,
            &option.about,
            &option.cost,
            &option.act,
            &option.args,
            &option.agent,
        ],
    )?;
    Ok(())
}

/// The options, in their order.
pub fn options(tx: &mut Tx, id: ProposalId) -> Result<Vec<OptionRow>, Error> {
    tx.rows(
        sql!(
            "SELECT place, title, about, cost, act, args, agent_id FROM options WHERE proposal_id = ?1 ORDER BY place"
        ),
        &[&id],
    )
}

/// Takes somebody off the list of those who stand.
pub fn stand_down(tx: &mut Tx, id: ProposalId, agent: AgentId) -> Result<u64, Error> {
    tx.exec(sql!("DELETE FROM options WHERE proposal_id = ?1 AND agent_id = ?2"), &[&id, &agent])
}

/// Takes an option away by its place.
pub fn drop_option(tx: &mut Tx, id: ProposalId, place: i64) -> Result<(), Error> {
    tx.exec(sql!("DELETE FROM options WHERE proposal_id = ?1 AND place = ?2"), &[&id, &place])?;
    Ok(())
}

/// Begins the voting.
pub fn begin(tx: &mut Tx, id: ProposalId) -> Result<(), Error> {
    tx.exec(sql!("UPDATE questions SET begun = TRUE WHERE proposal_id = ?1"), &[&id])?;
    Ok(())
}

/// Writes the published count down.
pub fn set_result(tx: &mut Tx, id: ProposalId, result: &Value) -> Result<(), Error> {
    tx.exec(sql!("UPDATE questions SET result = ?2 WHERE proposal_id = ?1"), &[&id, result])?;
    Ok(())
}

/// Casts a marked ballot, in place of an earlier one of the same member.
pub fn cast(tx: &mut Tx, id: ProposalId, agent: AgentId, marks: &[Mark], now: Moment) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO ballots (proposal_id, agent_id, choice, reason, at, marks) VALUES (?1, ?2, 'marks', '', ?3, ?4)
             ON CONFLICT (proposal_id, agent_id) DO UPDATE SET marks = excluded.marks, at = excluded.at"
        ),
        &[&id, &agent, &now, &json!(marks)],
    )?;
    Ok(())
}

/// What somebody has marked.
pub fn marks_of(tx: &mut Tx, id: ProposalId, agent: AgentId) -> Result<Option<Vec<Mark>>, Fault> {
    let row = tx.row::<(Option<Value>,)>(
        sql!("SELECT marks FROM ballots WHERE proposal_id = ?1 AND agent_id = ?2"),
        &[&id, &agent],
    )?;
    row.and_then(|(marks,)| marks).map(read).transpose()
}

/// Whose ballot was cast by whom, by their handles; those cast in person are left out.
pub fn through(tx: &mut Tx, id: ProposalId) -> Result<BTreeMap<String, String>, Error> {
    let rows = tx.rows::<(String, String)>(
        sql!(
            "SELECT a.handle, v.handle
               FROM ballots b JOIN agents a ON a.id = b.agent_id JOIN agents v ON v.id = b.via
              WHERE b.proposal_id = ?1"
        ),
        &[&id],
    )?;
    Ok(rows.into_iter().collect())
}

/// The ballots that count: of those who still are what a voter has to be.
pub fn slips(tx: &mut Tx, proposal: &ProposalRow) -> Result<Vec<Slip>, Fault> {
    let rows = tx.rows::<(String, Option<Value>)>(
        sql!(
            "SELECT a.handle, b.marks
               FROM ballots b
               JOIN agents a ON a.id = b.agent_id
               JOIN memberships m ON m.agent_id = b.agent_id
              WHERE b.proposal_id = ?1 AND m.group_id = ?2 AND a.standing = 'active'
                AND m.role IN (SELECT word FROM texts(?3)) ORDER BY b.agent_id"
        ),
        &[&proposal.id, &proposal.group, &voting_roles(&proposal.procedure()?)],
    )?;
    rows.into_iter()
        .map(|(id, marks)| Ok(Slip { id, marks: marks.map(read).transpose()?.unwrap_or_default() }))
        .collect()
}
