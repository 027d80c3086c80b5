//! The question that everything comes down to: may this one do this to that, now? And the trait of whoever answers.
//! Gathering the facts is the asker's work.

use crate::bundle::Procedures;
use crate::procedure::Procedure;
use planet_ontology::entities::{Entity, Value};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt::Display;

/// Somebody or something with the facts that policies may look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// Its entity type, as declared in the ontology: `Member`.
    pub kind: &'static str,
    /// Which one.
    pub id: String,
    /// Its facts, in the order of the entity's description.
    #[serde(serialize_with = "by_name")]
    pub facts: Vec<(&'static str, Value)>,
}

impl Subject {
    /// The subject of this id, with these facts.
    pub fn new<E: Entity>(id: impl Display, facts: &E) -> Self {
        Self { kind: E::DESCRIPTION.name, id: id.to_string(), facts: facts.values() }
    }
}

/// Facts are written down as an object.
fn by_name<S: Serializer>(facts: &[(&'static str, Value)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(facts.iter().map(|(name, value)| (name, value)))
}

/// May this one do this to that, now?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The act's name: `wallet.pay`.
    pub act: &'static str,
    /// Who wants to act.
    pub principal: Subject,
    /// What the act touches.
    pub resource: Subject,
    /// What the principal is in the group that the resource belongs to.
    pub role: Role,
    /// When.
    pub now: Moment,
}

/// The answer, with everything that the log keeps of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Whether the act may go on to its procedure.
    pub allowed: bool,
    /// The ids of the policies that made the difference, in order. None when nothing permits the act.
    pub policies: Vec<String>,
    /// Why, in a sentence for a person.
    pub reason: String,
    /// What went wrong while deciding. Not empty only with `allowed: false`.
    pub errors: Vec<String>,
}

/// A policy in words, for pages that explain the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyText {
    /// Its id, as decisions name it.
    pub id: String,
    /// What it says, in a line.
    pub title: String,
    /// Why it says so, in a sentence.
    pub why: String,
    /// Whom it permits, to complete “It is for …”.
    pub whom: Option<String>,
    /// Whether it permits; otherwise it forbids.
    pub permits: bool,
    /// Its text, as written.
    pub text: String,
}

/// What a starter kit says today about acts that a club's rules do not know, to be taken up by the club.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Untaken {
    /// The acts.
    pub acts: Vec<String>,
    /// Policies that permit or forbid them and nothing else.
    pub policies: String,
    /// Procedures for them that the club does not have yet, and which of them go by which.
    pub procedures: Procedures,
}

/// Whoever answers questions: the rules in force, at one version.
pub trait Engine: Send + Sync {
    /// Answers. A fault while deciding is a no, with the fault in [`Decision::errors`].
    fn decide(&self, question: &Question) -> Decision;
    /// How an allowed act goes on. An act that no procedure is named for is done at once.
    fn procedure(&self, act: &str) -> &Procedure;
    /// The procedure of this name, for things that ask for one of their own.
    fn procedure_called(&self, name: &str) -> Option<&Procedure> {
        Some(Procedure::at_once()).filter(|at_once| at_once.name == name)
    }
    /// All procedures that have a name, in order of their names.
    fn procedures(&self) -> Vec<&Procedure> {
        Vec::new()
    }
    /// The policies that have a say in an act, in the order in which they are written; none, if there is no such act.
    fn policies(&self, _act: &str) -> Vec<PolicyText> {
        Vec::new()
    }
    /// What the club's starter kit says about acts that these rules do not know.
    fn untaken(&self) -> Untaken {
        Untaken::default()
    }
    /// The version of the rules.
    fn version(&self) -> i64;
}
