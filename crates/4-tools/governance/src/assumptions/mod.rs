//! The register of assumptions: what the club takes for granted about people and the world. Any member may add one and stand behind
//! one; merging and retiring is decided together. What is done with one of them is in `acts`, what can be seen of it in `views`.

pub mod acts;
pub mod error;
pub mod pages;
pub mod rows;
pub mod views;

use crate::error::GovernanceError;
use planet_corridor::act::{Act, Resource, View};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::assumptions::{SEEDS, Section};
use planet_ontology::entities::Assumption;
use planet_ontology::ids::{AgentId, AssumptionId};
use planet_ontology::units::{Moment, longer_than};
use planet_store::{Error, Tx, record, sql};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The longest statement, in characters.
pub const MAX_STATEMENT: u32 = 200;

/// Add a statement to the register.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AddAssumption {
    /// `people` or `world`.
    pub section: String,
    /// The statement.
    pub statement: String,
}

impl Act for AddAssumption {
    const NAME: &'static str = "governance.add_assumption";
    const ABOUT: &'static str = "Add a statement to the register of assumptions.";
    type Touches = Assumption;
    type Output = AssumptionId;

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club("new", &Assumption { own: true }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<AssumptionId, Fault> {
        let section = Section::from_word(&self.section).ok_or(GovernanceError::SectionUnknown)?;
        let statement = self.statement.trim();
        if statement.is_empty() {
            return Err(GovernanceError::AssumptionEmpty.into());
        }
        if longer_than(statement, MAX_STATEMENT) {
            return Err(GovernanceError::TooLong(MAX_STATEMENT).into());
        }
        let id: AssumptionId = cx.id();
        let added = insert(tx, id, section, statement, Some(cx.agent()?), cx.now)?;
        if added == 0 || SEEDS.iter().any(|(_, seed)| *seed == statement) {
            return Err(GovernanceError::AssumptionKnown.into());
        }
        Ok(id)
    }
}

fn insert(
    tx: &mut Tx,
    id: AssumptionId,
    section: Section,
    statement: &str,
    author: Option<AgentId>,
    now: Moment,
) -> Result<u64, Error> {
    tx.exec(
        sql!(
            "INSERT INTO assumptions (id, section, statement, author_id, at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (statement) DO NOTHING"
        ),
        &[&id, &section.word(), &statement, &author, &now],
    )
}

record! {
    /// One statement of the register, as it lies there.
    struct StatementRow {
        id: AssumptionId,
        section: String,
        statement: String,
        author: Option<String>,
        at: Moment,
    }
}

/// One statement of the register.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Statement {
    /// Its id.
    pub id: AssumptionId,
    /// `people` or `world`.
    pub section: String,
    /// The statement.
    pub statement: String,
    /// Who added it; nobody, for those that every club starts with.
    pub author: Option<String>,
    /// When it was added.
    pub added: Option<Moment>,
    /// How many members stand behind it.
    pub supporters: i64,
    /// Whether it was retired, or merged with another.
    pub settled: bool,
}

/// The register.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assumptions {}

/// The register, and whether the viewer may add to it.
#[derive(Serialize, JsonSchema)]
pub struct Register {
    /// All statements, those that every club starts with first.
    pub statements: Vec<Statement>,
    /// Whether the viewer may add one.
    pub may_add: bool,
}

impl View for Assumptions {
    const NAME: &'static str = "governance.assumptions";
    const ABOUT: &'static str = "What the club takes for granted about people and the world.";
    const OPEN: bool = true;
    type Output = Register;

    fn read(&self, look: &mut Look) -> Result<Register, Fault> {
        let statements = statements(look.tx)?;
        let probe = AddAssumption { section: Section::People.word().into(), statement: "?".into() };
        Ok(Register { statements, may_add: look.may(&probe)? })
    }
}

/// All statements, those that every club starts with first.
fn statements(tx: &mut Tx) -> Result<Vec<Statement>, Error> {
    let supporters: BTreeMap<AssumptionId, i64> = rows::supporters(tx)?.into_iter().collect();
    let settled: BTreeMap<AssumptionId, Option<AssumptionId>> = rows::fates(tx)?.into_iter().collect();
    let seed = |(number, (section, statement)): (usize, (Section, &str))| StatementRow {
        id: rows::seed_id(number),
        section: section.word().into(),
        statement: statement.into(),
        author: None,
        at: Moment(0),
    };
    let mut all: Vec<StatementRow> = (1..).zip(SEEDS).map(seed).collect();
    all.extend(tx.rows::<StatementRow>(
        sql!(
            "SELECT s.id, s.section, s.statement, a.name, s.at FROM assumptions s LEFT JOIN agents a ON a.id = s.author_id
              ORDER BY s.at, s.id LIMIT 500"
        ),
        &[],
    )?);
    let shown = |it: StatementRow| Statement {
        supporters: supporters.get(&it.id).copied().unwrap_or_default(),
        settled: settled.contains_key(&it.id),
        added: it.author.is_some().then_some(it.at),
        id: it.id,
        section: it.section,
        statement: it.statement,
        author: it.author,
    };
    Ok(all.into_iter().map(shown).collect())
}
