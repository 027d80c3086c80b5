//! What can be seen of the rules: all of them, what they say about a case, and what a change of them would do.

mod cases;
mod trials;
mod untaken;

pub use cases::{Case, WhatIf};
pub use trials::{Kept, Rehearsal, Rehearse, Trial, Wrong, days};
pub use untaken::{New, Untaken};

use crate::acts::SetParameter;
use crate::error::ConstitutionError;
use crate::rows::{self, AmendmentRow};
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_corridor::rules;
use planet_ontology::ids::{AgentId, ProposalId};
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, Moment};
use planet_policy::{Admission, Bundle};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// How many versions are shown.
const VERSIONS: i64 = 30;
/// How many people with roles are shown.
const HOLDERS: i64 = 100;

/// All that rules the club.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Constitution {}

/// The club's numbers and choices.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Numbers {
    /// The lowest balance of accounts in the club's credit, in minor units.
    pub credit_min: Amount,
    /// The highest.
    pub credit_max: Amount,
    /// The sign beside amounts of the club's credit, and its decimals; nothing, as long as there is none.
    pub unit: Option<(String, u8)>,
    /// How many days a founder's powers last.
    pub founder_days: u32,
    /// Whether people may apply.
    pub by_application: bool,
    /// The roles that may invite.
    pub inviters: Vec<String>,
}

/// A procedure, in words and as it is written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ProcedureLine {
    /// Its name.
    pub name: String,
    /// What it is.
    pub about: String,
    /// As it is written.
    pub written: Value,
    /// The acts that go by it.
    pub acts: Vec<String>,
    /// Whether what touches the way of changing the rules goes by it.
    pub amending: bool,
}

/// A policy, in words and as it is written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PolicyLine {
    /// Its id.
    pub id: String,
    /// What it says.
    pub title: String,
    /// Why.
    pub why: String,
    /// Whether it permits; otherwise it forbids.
    pub permits: bool,
    /// As it is written.
    pub text: String,
}

/// An act, with the policies that have a say in it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ActLine {
    /// Its name.
    pub act: String,
    /// What it does.
    pub about: String,
    /// The procedure that it goes by.
    pub procedure: String,
    /// What this procedure is.
    pub procedure_about: String,
    /// The policies, by their ids in [`ConstitutionView::policies`].
    pub policies: Vec<String>,
}

/// A file of policies.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FileLine {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// Somebody who holds a role in the club.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Holder {
    /// Who.
    pub id: AgentId,
    /// Name.
    pub name: String,
    /// Handle.
    pub handle: String,
    /// `member`, `treasurer` or `steward`.
    pub role: String,
    /// Since when.
    pub since: Moment,
    /// Until when founder's powers last.
    pub founder_until: Option<Moment>,
}

/// A version of the rules.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct VersionLine {
    /// Its number.
    pub version: i64,
    /// Since when it is or was in force.
    pub adopted: Moment,
    /// What made it so; nothing for the rules that the club was founded with.
    pub title: Option<String>,
    /// The decision.
    pub mandate: Option<ProposalId>,
}

/// All that rules the club, in words beside what is written.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ConstitutionView {
    /// The version in force.
    pub version: i64,
    /// The starter kit that it began as.
    pub title: String,
    /// Numbers and choices.
    pub numbers: Numbers,
    /// Procedures.
    pub procedures: Vec<ProcedureLine>,
    /// Acts, by name.
    pub acts: Vec<ActLine>,
    /// Policies, by id.
    pub policies: BTreeMap<String, PolicyLine>,
    /// The files of policies.
    pub files: Vec<FileLine>,
    /// Who holds which role; for members only.
    pub holders: Vec<Holder>,
    /// Versions, newest first.
    pub versions: Vec<VersionLine>,
    /// Acts that the club's own rules do not know yet.
    pub untaken: Vec<String>,
    /// Whether the viewer may propose changes.
    pub may_amend: bool,
}

/// The version and the rules in force.
pub(crate) fn in_force(look: &mut Look) -> Result<(i64, Bundle), Fault> {
    Ok(rules::in_force(look.tx)?.ok_or(ConstitutionError::NotFounded)?)
}

impl View for Constitution {
    const NAME: &'static str = "constitution.constitution";
    const ABOUT: &'static str = "All that rules the club, in words beside what is written.";
    const OPEN: bool = true;
    type Output = ConstitutionView;

    fn read(&self, look: &mut Look) -> Result<ConstitutionView, Fault> {
        let (version, bundle) = in_force(look)?;
        let engine = look.rules();
        let mut policies = BTreeMap::new();
        let mut acts = Vec::new();
        for act in look.acts() {
            let concerned = engine.policies(act.name);
            let procedure = engine.procedure(act.name);
            acts.push(ActLine {
                act: act.name.into(),
                about: act.about.into(),
                procedure: procedure.name.clone(),
                procedure_about: procedure.about.clone(),
                policies: concerned.iter().map(|policy| policy.id.clone()).collect(),
            });
            policies.extend(concerned.into_iter().map(|it| {
                let line = PolicyLine {
                    id: it.id.clone(),
                    title: it.title,
                    why: it.why,
                    permits: it.permits,
                    text: it.text,
                };
                (it.id, line)
            }));
        }
        let holders = if look.viewer.actor.member().is_some() { holders(look)? } else { Vec::new() };
        let probe = SetParameter {
            written_for: version,
            setting: crate::acts::Setting::FounderDays(0),
            rehearsal: None,
        };
        Ok(ConstitutionView {
            version,
            numbers: numbers(look, &bundle)?,
            procedures: procedures(&bundle),
            acts,
            policies,
            files: bundle
                .policies
                .iter()
                .map(|it| FileLine { name: it.name.clone(), text: it.text.clone() })
                .collect(),
            holders,
            versions: versions(look)?,
            untaken: engine.untaken().acts,
            may_amend: look.viewer.actor.member().is_some() && look.may(&probe)?,
            title: bundle.title,
        })
    }
}

fn numbers(look: &mut Look, bundle: &Bundle) -> Result<Numbers, Fault> {
    let parameters = &bundle.parameters;
    let unit = match planet_ledger::currency(look.tx, None) {
        Ok(credit) => Some((credit.symbol, credit.decimals)),
        Err(Fault::Refused(_)) => None,
        Err(fault) => return Err(fault),
    };
    Ok(Numbers {
        unit,
        credit_min: parameters.credit.min,
        credit_max: parameters.credit.max,
        founder_days: parameters.founder_days,
        by_application: parameters.admission == Admission::Application,
        inviters: parameters.inviters.iter().map(|role: &Role| role.word().to_owned()).collect(),
    })
}

fn procedures(bundle: &Bundle) -> Vec<ProcedureLine> {
    let procedures = &bundle.procedures;
    let line = |(name, procedure): (&String, &planet_policy::Procedure)| ProcedureLine {
        name: name.clone(),
        about: procedure.about.clone(),
        written: serde_json::to_value(procedure).unwrap_or_default(),
        acts: procedures.acts.iter().filter(|(_, by)| *by == name).map(|(act, _)| act.clone()).collect(),
        amending: procedures.amending.as_ref() == Some(name),
    };
    procedures.named.iter().map(line).collect()
}

fn holders(look: &mut Look) -> Result<Vec<Holder>, Fault> {
    let now = look.now;
    let rows = rows::holders(look.tx, now, HOLDERS)?;
    let holder = |row: rows::HolderRow| Holder {
        id: row.id,
        name: row.name,
        handle: row.handle,
        role: row.role,
        since: row.since,
        founder_until: row.founder_until.filter(|until| now < *until),
    };
    Ok(rows.into_iter().map(holder).collect())
}

/// The versions of the rules. What was decided is told to members only: the decisions of the club are theirs.
fn versions(look: &mut Look) -> Result<Vec<VersionLine>, Fault> {
    let member = look.viewer.actor.member().is_some();
    let history = rules::history(look.tx, VERSIONS)?;
    let oldest = history.last().map_or(0, |(version, ..)| *version);
    let mut made: BTreeMap<i64, AmendmentRow> =
        rows::amendments(look.tx, oldest)?.into_iter().map(|row| (row.version, row)).collect();
    let line = |(version, adopted, _): rules::Version| {
        let by = made.remove(&version);
        let mandate = by.as_ref().and_then(|row| row.mandate).filter(|_| member);
        VersionLine { version, adopted, mandate, title: by.map(|row| row.title) }
    };
    Ok(history.into_iter().map(line).collect())
}
