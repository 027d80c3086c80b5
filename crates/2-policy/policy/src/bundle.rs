//! The rules a club is under, as one value: policies, procedures and parameters. Whether the policies make sense is
//! for the engine to check.

use crate::procedure::{Problem, Procedure};
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All rules of a club.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The starter kit that it began as: `worker-co-op`.
    pub kit: String,
    /// The kit's name for people.
    pub title: String,
    /// What the kit is for, in a sentence or two.
    pub about: String,
    /// The policies, file by file.
    #[serde(default)]
    pub policies: Vec<PolicyFile>,
    /// How things are decided.
    #[serde(default)]
    pub procedures: Procedures,
    /// Numbers and choices.
    pub parameters: Parameters,
}

/// A file of policies in Cedar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyFile {
    /// Its name: `wallet.cedar`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// How things are decided: procedures by name, and which act goes by which.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, from = "Read")]
pub struct Procedures {
    /// The procedures of this club.
    pub named: BTreeMap<String, Procedure>,
    /// Acts and the names of their procedures. An act that is not here is done at once.
    pub acts: BTreeMap<String, String>,
    /// The name of the procedure that decides whatever touches the way in which rules are changed. Without one it is decided
    /// like any other change of the rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amending: Option<String>,
}

/// [`Procedures`] as they are read, before the procedures take their names from their keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Read {
    #[serde(default)]
    named: BTreeMap<String, Procedure>,
    #[serde(default)]
    acts: BTreeMap<String, String>,
    #[serde(default)]
    amending: Option<String>,
}

impl From<Read> for Procedures {
    fn from(mut read: Read) -> Self {
        for (name, procedure) in &mut read.named {
            procedure.name.clone_from(name);
        }
        Self { named: read.named, acts: read.acts, amending: read.amending }
    }
}

impl Procedures {
    /// The procedure of this name. "At once" is one of them wherever the club has none of its own that is called so.
    pub fn called(&self, name: &str) -> Option<&Procedure> {
        let at_once = Procedure::at_once();
        self.named.get(name).or_else(|| (name == at_once.name).then_some(at_once))
    }

    /// The procedure of an act.
    pub fn of(&self, act: &str) -> &Procedure {
        self.acts.get(act).and_then(|name| self.named.get(name)).unwrap_or_else(|| Procedure::at_once())
    }
}

/// How people become members, other than by accepting an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Admission {
    /// Not at all.
    Invitation,
    /// By applying; the procedure of `membership.admit` decides.
    Application,
}

/// Numbers and choices that a kit starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameters {
    /// How far an account in the club's mutual credit may go, unless it has limits of its own.
    pub credit: Limits,
    /// How many days a founder's powers last.
    pub founder_days: u32,
    /// How people become members.
    pub admission: Admission,
    /// The roles in the club that may invite. Policies decide; this is checked to say the same.
    pub inviters: Vec<Role>,
}

/// How far an account may go, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// The lowest balance: zero or less.
    pub min: Amount,
    /// The highest balance: zero or more.
    pub max: Amount,
}

/// The longest that a founder's powers may last.
const FOUNDER_DAYS_MOST: u32 = 366;

impl Bundle {
    /// What is wrong with everything but the policies.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (name, procedure) in &self.procedures.named {
            problems.extend(
                procedure
                    .problems()
                    .into_iter()
                    .map(|it| Problem::new(format!("procedures.named.{name}.{}", it.place), it.why)),
            );
        }
        for (act, name) in &self.procedures.acts {
            if !self.procedures.named.contains_key(name) {
                problems.push(Problem::new(
                    format!("procedures.acts.{act}"),
                    format!("There is no procedure called “{name}”."),
                ));
            }
        }
        if let Some(name) =
            self.procedures.amending.as_ref().filter(|name| !self.procedures.named.contains_key(*name))
        {
            problems
                .push(Problem::new("procedures.amending", format!("There is no procedure called “{name}”.")));
        }
        let Parameters { credit, founder_days, inviters, .. } = &self.parameters;
        if credit.min > Amount(0) || credit.max < Amount(0) {
            problems.push(Problem::new(
                "parameters.credit",
                "Every account starts at zero, so zero has to lie between the limits.",
            ));
        }
        if *founder_days > FOUNDER_DAYS_MOST {
            problems.push(Problem::new("parameters.founder_days", "A founder's powers end within a year."));
        }
        if inviters.contains(&Role::None) {
            problems.push(Problem::new(
                "parameters.inviters",
                "Only roles that people hold in the club can invite.",
            ));
        }
        problems
    }
}
