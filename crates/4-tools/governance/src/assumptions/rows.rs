//! The rows of who stands behind an assumption, what serves it, and what became of it.

use planet_ontology::assumptions::SEEDS;
use planet_ontology::ids::{AgentId, AssumptionId, ProposalId};
use planet_ontology::units::Moment;
use planet_store::{Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

/// The id of a statement that every club starts with: they have no rows, and are told apart by their number, from one.
pub fn seed_id(number: usize) -> AssumptionId {
    AssumptionId(Uuid::from_u128(u128::try_from(number).unwrap_or_default()))
}

/// The statement with this id, if there is one.
pub fn statement(tx: &mut Tx, id: AssumptionId) -> Result<Option<String>, Error> {
    if let Some((_, (_, seed))) = (1..).zip(SEEDS).find(|(number, _)| seed_id(*number) == id) {
        return Ok(Some(seed.to_owned()));
    }
    let row = tx.row::<(String,)>(sql!("SELECT statement FROM assumptions WHERE id = ?1"), &[&id])?;
    Ok(row.map(|(statement,)| statement))
}

/// What was decided about a statement, if anything was: the one that says it now, or none where it is retired.
pub fn fate(tx: &mut Tx, id: AssumptionId) -> Result<Option<Option<AssumptionId>>, Error> {
    let row = tx.row::<(Option<AssumptionId>,)>(
        sql!("SELECT heir_id FROM assumption_fates WHERE assumption_id = ?1"),
        &[&id],
    )?;
    Ok(row.map(|(heir,)| heir))
}

/// Writes down what was decided. What served it serves its heir from now on.
pub fn settle(
    tx: &mut Tx,
    id: AssumptionId,
    heir: Option<AssumptionId>,
    mandate: ProposalId,
    now: Moment,
) -> Result<(), Error> {
    tx.exec(
        sql!("INSERT INTO assumption_fates (assumption_id, heir_id, mandate, at) VALUES (?1, ?2, ?3, ?4)"),
        &[&id, &heir, &mandate, &now],
    )?;
    if let Some(heir) = heir {
        tx.exec(
            sql!(
                "INSERT INTO assumption_links (assumption_id, kind, target)
                 SELECT ?2, kind, target FROM assumption_links WHERE assumption_id = ?1
                 ON CONFLICT (assumption_id, kind, target) DO NOTHING"
            ),
            &[&id, &heir],
        )?;
        tx.exec(sql!("DELETE FROM assumption_links WHERE assumption_id = ?1"), &[&id])?;
    }
    Ok(())
}

/// Stands behind a statement, or does not any more.
pub fn support(tx: &mut Tx, id: AssumptionId, agent: AgentId, supports: bool) -> Result<(), Error> {
    let sql = if supports {
        sql!(
            "INSERT INTO assumption_support (assumption_id, agent_id) VALUES (?1, ?2) ON CONFLICT (assumption_id, agent_id) DO NOTHING"
        )
    } else {
        sql!("DELETE FROM assumption_support WHERE assumption_id = ?1 AND agent_id = ?2")
    };
    tx.exec(sql, &[&id, &agent])?;
    Ok(())
}

/// How many active members stand behind each statement.
pub fn supporters(tx: &mut Tx) -> Result<Vec<(AssumptionId, i64)>, Error> {
    tx.rows(
        sql!(
            "SELECT s.assumption_id, count(*) FROM assumption_support s JOIN agents a ON a.id = s.agent_id
              WHERE a.standing = 'active' GROUP BY s.assumption_id"
        ),
        &[],
    )
}

/// Whether somebody stands behind a statement.
pub fn supports(tx: &mut Tx, id: AssumptionId, agent: AgentId) -> Result<bool, Error> {
    let row = tx.row::<(AgentId,)>(
        sql!("SELECT agent_id FROM assumption_support WHERE assumption_id = ?1 AND agent_id = ?2"),
        &[&id, &agent],
    )?;
    Ok(row.is_some())
}

/// The statements about which something was decided, each with its heir.
pub fn fates(tx: &mut Tx) -> Result<Vec<(AssumptionId, Option<AssumptionId>)>, Error> {
    tx.rows(sql!("SELECT assumption_id, heir_id FROM assumption_fates"), &[])
}

record! {
    /// A rule or a word that serves a statement.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
    pub struct Link {
        /// `rule` or `word`.
        pub kind: String,
        /// The name of the act that the rule is about, or the word.
        pub target: String,
    }

    /// Something that was done with a statement.
    #[derive(Clone, Debug, Serialize, JsonSchema)]
    pub struct Step {
        /// `linked`, `unlinked`, `merged` (with what `about` says), `took_over` or `retired`.
        pub step: String,
        /// What it was about: a rule, a word, a statement.
        pub about: String,
        /// Who did it.
        pub name: Option<String>,
        /// The decision by which it was done.
        pub mandate: Option<ProposalId>,
        /// When.
        pub at: Moment,
    }
}

/// What serves a statement.
pub fn links(tx: &mut Tx, id: AssumptionId) -> Result<Vec<Link>, Error> {
    tx.rows(
        sql!("SELECT kind, target FROM assumption_links WHERE assumption_id = ?1 ORDER BY kind, target"),
        &[&id],
    )
}

/// Says that something serves a statement, or does not. Whether that was new.
pub fn link(tx: &mut Tx, id: AssumptionId, link: &Link, serves: bool) -> Result<bool, Error> {
    let sql = if serves {
        sql!(
            "INSERT INTO assumption_links (assumption_id, kind, target) VALUES (?1, ?2, ?3) ON CONFLICT (assumption_id, kind, target) DO NOTHING"
        )
    } else {
        sql!("DELETE FROM assumption_links WHERE assumption_id = ?1 AND kind = ?2 AND target = ?3")
    };
    Ok(tx.exec(sql, &[&id, &link.kind, &link.target])? > 0)
}

/// Something that is about to be written into the history of a statement.
pub struct NewStep<'s> {
    /// Its id.
    pub id: Uuid,
    /// The step.
    pub step: &'s str,
    /// What it is about.
    pub about: &'s str,
    /// Who does it.
    pub agent: Option<AgentId>,
    /// The decision by which it is done.
    pub mandate: Option<ProposalId>,
    /// When.
    pub at: Moment,
}

/// Writes a step down.
pub fn step(tx: &mut Tx, id: AssumptionId, step: &NewStep) -> Result<(), Error> {
    tx.exec(
        sql!(
            "INSERT INTO assumption_steps (id, assumption_id, step, about, agent_id, mandate, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        ),
        &[&step.id, &id, &step.step, &step.about, &step.agent, &step.mandate, &step.at],
    )?;
    Ok(())
}

/// The history of a statement, oldest first.
pub fn steps(tx: &mut Tx, id: AssumptionId) -> Result<Vec<Step>, Error> {
    tx.rows(
        sql!(
            "SELECT s.step, s.about, a.name, s.mandate, s.at
               FROM assumption_steps s LEFT JOIN agents a ON a.id = s.agent_id
              WHERE s.assumption_id = ?1 ORDER BY s.at, s.id LIMIT 500"
        ),
        &[&id],
    )
}
