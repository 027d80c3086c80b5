//! What members do with assumptions beyond adding one: stand behind it, say what serves it, and together merge or retire it.

use super::error::AssumptionError;
use super::rows::{self, Link, NewStep};
use crate::acts::group_resource;
use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::{Assumption, Group};
use planet_ontology::ids::{AssumptionId, GroupId, ProposalId};
use planet_ontology::units::Moment;
use planet_ontology::words::WORDS;
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most rules and words that serve a statement.
const MOST_LINKS: i64 = 50;

/// A statement that nothing was decided about.
fn living(tx: &mut Tx, id: AssumptionId) -> Result<String, Fault> {
    let statement = rows::statement(tx, id)?.ok_or(AssumptionError::Unknown)?;
    if rows::fate(tx, id)?.is_some() {
        return Err(AssumptionError::Settled.into());
    }
    Ok(statement)
}

/// The decision by which the club acts, if it is the club that acts.
fn mandate(cx: &Cx) -> Result<ProposalId, AssumptionError> {
    match cx.actor {
        Actor::Group { id: GroupId::CLUB, mandate } => Ok(mandate),
        _ => Err(AssumptionError::NotDecided),
    }
}

/// Stand behind a statement of the register, or not any more.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SupportAssumption {
    /// The statement.
    pub assumption: AssumptionId,
    /// Whether one stands behind it.
    pub supports: bool,
}

impl Act for SupportAssumption {
    const NAME: &'static str = "governance.support_assumption";
    const ABOUT: &'static str = "Stand behind a statement of the register of assumptions, or not any more.";
    type Touches = Assumption;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(self.assumption, &Assumption { own: false }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        living(tx, self.assumption)?;
        Ok(rows::support(tx, self.assumption, cx.agent()?, self.supports)?)
    }
}

/// Say that a rule or a word serves a statement, or does not after all.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkAssumption {
    /// The statement.
    pub assumption: AssumptionId,
    /// `rule` or `word`.
    pub kind: String,
    /// The name of the act that the rule is about, or the word.
    pub target: String,
    /// Whether it serves the statement.
    pub serves: bool,
}

impl Act for LinkAssumption {
    const NAME: &'static str = "governance.link_assumption";
    const ABOUT: &'static str =
        "Say that a rule or a word of the club serves a statement of the register, or does not.";
    type Touches = Assumption;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(self.assumption, &Assumption { own: false }))
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        living(tx, self.assumption)?;
        let link = Link { kind: self.kind.clone(), target: self.target.clone() };
        let there = rows::links(tx, self.assumption)?;
        let known = match self.kind.as_str() {
            // What the rules said once can still be taken away.
            _ if !self.serves => there.contains(&link),
            "rule" => !cx.rules().policies(&self.target).is_empty(),
            "word" => WORDS.iter().any(|word| word.word == self.target),
            _ => false,
        };
        if !known {
            return Err(AssumptionError::TargetUnknown.into());
        }
        if self.serves && i64::try_from(there.len()).is_ok_and(|there| there >= MOST_LINKS) {
            return Err(AssumptionError::TooManyLinks(MOST_LINKS).into());
        }
        if rows::link(tx, self.assumption, &link, self.serves)? {
            let step = if self.serves { "linked" } else { "unlinked" };
            let agent = Some(cx.agent()?);
            let step = NewStep { id: cx.id(), step, about: &self.target, agent, mandate: None, at: cx.now };
            rows::step(tx, self.assumption, &step)?;
        }
        Ok(())
    }
}

/// Merge a statement with another that says the same, by a decision of the members.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeAssumption {
    /// The statement that goes.
    pub assumption: AssumptionId,
    /// Its words, so that those who decide read them.
    pub statement: String,
    /// The statement that stays and says both.
    pub heir: AssumptionId,
    /// The words of that one.
    pub into: String,
}

impl Act for MergeAssumption {
    const NAME: &'static str = "governance.merge_assumption";
    const ABOUT: &'static str =
        "Merge a statement of the register with another that says the same, by a decision.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        group_resource(tx, GroupId::CLUB)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let mandate = mandate(cx)?;
        if self.assumption == self.heir {
            return Err(AssumptionError::Itself.into());
        }
        if living(tx, self.assumption)? != self.statement || living(tx, self.heir)? != self.into {
            return Err(AssumptionError::Unknown.into());
        }
        rows::settle(tx, self.assumption, Some(self.heir), mandate, cx.now)?;
        for (id, step, about) in
            [(self.assumption, "merged", &self.into), (self.heir, "took_over", &self.statement)]
        {
            let step = NewStep { id: cx.id(), step, about, agent: None, mandate: Some(mandate), at: cx.now };
            rows::step(tx, id, &step)?;
        }
        Ok(())
    }

    fn summary(&self) -> String {
        format!("Merge the assumption “{}” with “{}”.", self.statement, self.into)
    }
}

/// Retire a statement, by a decision of the members.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RetireAssumption {
    /// The statement.
    pub assumption: AssumptionId,
    /// Its words, so that those who decide read them.
    pub statement: String,
}

impl Act for RetireAssumption {
    const NAME: &'static str = "governance.retire_assumption";
    const ABOUT: &'static str =
        "Retire a statement of the register that does not hold any more, by a decision.";
    type Touches = Group;
    type Output = ();

    fn resource(&self, tx: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        group_resource(tx, GroupId::CLUB)
    }

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let mandate = mandate(cx)?;
        if living(tx, self.assumption)? != self.statement {
            return Err(AssumptionError::Unknown.into());
        }
        rows::settle(tx, self.assumption, None, mandate, cx.now)?;
        let step = NewStep {
            id: cx.id(),
            step: "retired",
            about: "",
            agent: None,
            mandate: Some(mandate),
            at: cx.now,
        };
        Ok(rows::step(tx, self.assumption, &step)?)
    }

    fn summary(&self) -> String {
        format!("Retire the assumption “{}”.", self.statement)
    }
}
