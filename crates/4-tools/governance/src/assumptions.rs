//! The register of assumptions: what the club takes for granted about people and the world. Any member may add one.

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
    /// One statement of the register.
    #[derive(Clone, Debug, Serialize, JsonSchema)]
    pub struct Statement {
        /// Its id; nil for the statements that every club starts with.
        pub id: AssumptionId,
        /// `people` or `world`.
        pub section: String,
        /// The statement.
        pub statement: String,
        /// Who added it.
        pub author: Option<String>,
    }
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
        let mut statements: Vec<Statement> = SEEDS
            .iter()
            .map(|(section, statement)| Statement {
                id: AssumptionId(uuid::Uuid::nil()),
                section: section.word().into(),
                statement: (*statement).into(),
                author: None,
            })
            .collect();
        statements.extend(look.tx.rows::<Statement>(
            sql!(
                "SELECT s.id, s.section, s.statement, a.name FROM assumptions s LEFT JOIN agents a ON a.id = s.author_id
                  ORDER BY s.at, s.id LIMIT 500"
            ),
            &[],
        )?);
        let probe = AddAssumption { section: Section::People.word().into(), statement: "?".into() };
        Ok(Register { statements, may_add: look.may(&probe)? })
    }
}
