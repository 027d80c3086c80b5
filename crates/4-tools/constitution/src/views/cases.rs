//! What the rules say about a case: may this member do this to such a thing?

use super::in_force;
use crate::error::ConstitutionError;
use planet_corridor::act::View;
use planet_corridor::agents;
use planet_corridor::look::Look;
use planet_corridor::refusal::Fault;
use planet_ontology::entities::{ALL, Kind, Member, Value};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::{Mode, Role, Standing};
use planet_policy::{Question, Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// May this member do this to such a thing?
#[derive(Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIf {
    /// The member's handle; the viewer if it is left out.
    #[serde(default)]
    pub member: String,
    /// The act.
    pub act: String,
    /// The member's role in the group that the thing belongs to; the one that they have in the club if it is left out.
    #[serde(default)]
    pub role: String,
    /// Facts about the thing that do not hold, with commas between them: `own,open`. All others do.
    #[serde(default)]
    pub unless: String,
}

/// What the rules say.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Case {
    /// The member's name.
    pub name: String,
    /// The role that was asked about.
    pub role: String,
    /// What the act does.
    pub about: String,
    /// The kind of thing that it touches.
    pub thing: String,
    /// The facts about the thing that can be asked about, and whether they were taken to hold.
    pub facts: Vec<(String, String, bool)>,
    /// Whether it is permitted.
    pub allowed: bool,
    /// Why, or why not.
    pub reason: String,
    /// The policies that made the difference.
    pub policies: Vec<String>,
    /// How it goes on then.
    pub procedure: String,
}

impl View for WhatIf {
    const NAME: &'static str = "constitution.what_if";
    const ABOUT: &'static str =
        "What the rules say about a case: may this member do this to such a thing, and why?";
    type Output = Case;

    /// Others are asked about as if they were in good standing: how somebody stands is told by nobody's trying out.
    fn read(&self, look: &mut Look) -> Result<Case, Fault> {
        in_force(look)?;
        let me = look.member()?;
        let handle = self.member.trim().trim_start_matches('@').to_lowercase();
        let agent = if handle.is_empty() {
            agents::find(look.tx, me.into())?
        } else {
            agents::find_by_handle(look.tx, &handle)?
        };
        let agent = agent.filter(|agent| agent.kind == "member").ok_or(ConstitutionError::MemberUnknown)?;
        let acts = look.acts();
        let act = acts.iter().find(|act| act.name == self.act).ok_or(ConstitutionError::ActUnknown)?;
        let role = match Role::from_word(self.role.trim()) {
            Some(role) => role,
            None => agents::role(look.tx, agent.id, GroupId::CLUB)?,
        };
        let mine = agent.id == me.into();
        let standing = if mine { agent.standing.clone() } else { Standing::Active.word().to_owned() };
        let founder = agent.founder_until.is_some_and(|until| look.now < until);
        let principal = Subject::new(agent.id, &Member { standing, joined: agent.since.seconds(), founder });
        let (resource, facts) = self.thing(act.resource)?;
        let question = Question { act: act.name, principal, resource, role, now: look.now };
        let rules = look.rules();
        let decision = rules.decide(&question);
        let procedure = rules.procedure(act.name);
        Ok(Case {
            name: agent.name,
            role: role.word().into(),
            about: act.about.into(),
            thing: act.resource.into(),
            facts,
            allowed: decision.allowed,
            reason: decision.reason,
            policies: decision.policies,
            procedure: procedure.about.clone(),
        })
    }
}

/// A fact as the answer shows it: its name, what it means, and whether it was taken to hold.
type Shown = (String, String, bool);

impl WhatIf {
    /// A thing of this kind, with all facts holding but those that were left out.
    fn thing(&self, kind: &str) -> Result<(Subject, Vec<Shown>), Fault> {
        let entity = ALL.iter().find(|entity| entity.name == kind).ok_or(ConstitutionError::ActUnknown)?;
        let without: Vec<&str> = self.unless.split(',').map(str::trim).filter(|it| !it.is_empty()).collect();
        let is_fact =
            |name: &&str| entity.attributes.iter().any(|it| it.name == *name && it.kind == Kind::Bool);
        if !without.iter().all(is_fact) {
            return Err(ConstitutionError::FactUnknown.into());
        }
        let value = |kind: Kind, name: &str| match kind {
            Kind::Bool => Value::Bool(!without.contains(&name)),
            Kind::Long => Value::Long(0),
            Kind::Text => Value::Text(Mode::Chat.word().into()),
        };
        let facts = entity.attributes.iter().map(|it| (it.name, value(it.kind, it.name))).collect();
        let shown = entity.attributes.iter().filter(|it| it.kind == Kind::Bool);
        let shown =
            shown.map(|it| (it.name.to_owned(), it.about.trim().to_owned(), !without.contains(&it.name)));
        Ok((Subject { kind: entity.name, id: "it".into(), facts }, shown.collect()))
    }
}
