//! Rules in force: answers questions with Cedar. Does not fetch facts, count votes or read a clock.
//!
//! Cedar leaves out a policy that fails to evaluate, so a failing `forbid` would open a gate. Here any failure is a
//! no, with the failure recorded.

use crate::policies::{self, Rule};
use crate::{reasons, rights, subjects, untaken};
use cedar_policy::{
    Authorizer, EntityId, EntityTypeName, EntityUid, PolicyId, PolicySet, Request, Response, Schema,
};
use planet_ontology::acts::ActDescription;
use planet_ontology::generate::{PRINCIPALS, cedar_schema};
use planet_policy::{
    Bundle, Decision, Engine, PolicyText, Problem, Procedure, Procedures, Question, Untaken,
};
use std::collections::HashMap;

/// The rules of one bundle at one version, ready to answer.
pub struct CedarEngine {
    version: i64,
    schema: Schema,
    names: subjects::Names,
    authorizer: Authorizer,
    acts: HashMap<&'static str, ActRules>,
    rules: Vec<Rule>,
    order: HashMap<PolicyId, usize>,
    whole: PolicySet,
    procedures: Procedures,
    kit: String,
}

/// What is prepared for one act.
struct ActRules {
    action: EntityUid,
    resource: &'static str,
    by: HashMap<&'static str, ActorRules>,
}

/// What is prepared for one act of one kind of actor. Cedar tries every policy that it is given, so it is given only
/// those with a say.
struct ActorRules {
    policies: PolicySet,
    refusal: String,
}

impl CedarEngine {
    /// Puts a bundle to the test and, if there is nothing wrong with it, makes it ready. `acts` are all registered
    /// acts; rules that name others are refused.
    pub fn new(bundle: &Bundle, version: i64, acts: &[ActDescription]) -> Result<Self, Vec<Problem>> {
        let mut problems = bundle.problems();
        problems.extend(unknown_acts(&bundle.procedures, acts));
        let rules = match policies::read(&bundle.policies) {
            Ok(rules) => rules,
            Err(more) => {
                problems.extend(more);
                return Err(problems);
            }
        };
        let engine = match Self::prepare(rules, bundle, version, acts) {
            Ok(engine) if problems.is_empty() => engine,
            Ok(_) => return Err(problems),
            Err(more) => {
                problems.extend(more);
                return Err(problems);
            }
        };
        problems.extend(rights::violations(&engine, acts));
        problems.extend(rights::contradictions(&engine, &bundle.parameters, acts));
        if problems.is_empty() { Ok(engine) } else { Err(problems) }
    }

    fn prepare(
        rules: Vec<Rule>,
        bundle: &Bundle,
        version: i64,
        acts: &[ActDescription],
    ) -> Result<Self, Vec<Problem>> {
        let one = |problem: Problem| vec![problem];
        let (schema, _) = Schema::from_cedarschema_str(&cedar_schema(acts))
            .map_err(|error| one(Problem::new("acts", format!("Cedar cannot have these acts: {error}."))))?;
        let names =
            subjects::Names::new().map_err(|name| one(Problem::new(name, "Cedar cannot have this name.")))?;
        let whole = policies::validate(&rules, schema.clone())?;
        let action_type: EntityTypeName =
            "Action".parse().map_err(|_| one(Problem::new("Action", "Cedar cannot have this name.")))?;
        let mut prepared = HashMap::new();
        let mut problems = Vec::new();
        for act in acts {
            let action = EntityUid::from_type_name_and_id(action_type.clone(), EntityId::new(act.name));
            let concerned: Vec<&Rule> = rules.iter().filter(|rule| rule.concerns(&action)).collect();
            problems.extend(policies::crowded(act, concerned.len()));
            let procedure = bundle.procedures.of(act.name);
            let mut by = HashMap::new();
            for kind in PRINCIPALS {
                let policies = concerned.iter().filter_map(|rule| rule.settled(kind, act.resource));
                let refusal = reasons::nothing_permits(&concerned, kind, procedure);
                by.insert(kind, ActorRules { policies: policies::set(policies)?, refusal });
            }
            prepared.insert(act.name, ActRules { action, resource: act.resource, by });
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        Ok(Self {
            version,
            schema,
            names,
            authorizer: Authorizer::new(),
            acts: prepared,
            order: rules.iter().enumerate().map(|(place, rule)| (rule.id().clone(), place)).collect(),
            rules,
            whole,
            procedures: bundle.procedures.clone(),
            kit: bundle.kit.clone(),
        })
    }

    /// The same answer from all policies as they are written, with Cedar's own checks of the question: slow, and only
    /// there to show that what is prepared loses nothing.
    pub fn decide_by_all(&self, question: &Question) -> Decision {
        self.answer(question, |_| &self.whole, Some(&self.schema))
    }

    fn answer<'a>(
        &'a self,
        question: &Question,
        choose: impl FnOnce(&'a ActorRules) -> &'a PolicySet,
        schema: Option<&Schema>,
    ) -> Decision {
        let Some(act) = self.acts.get(question.act) else {
            return refused(
                reasons::UNKNOWN_ACT.into(),
                vec![format!("“{}” is not registered.", question.act)],
            );
        };
        let Some(rules) =
            act.by.get(question.principal.kind).filter(|_| act.resource == question.resource.kind)
        else {
            let (who, what) = (question.principal.kind, question.resource.kind);
            return refused(
                reasons::FAULT.into(),
                vec![format!("{} is not by a {who} to a {what}.", question.act)],
            );
        };
        match self.evaluate(question, &act.action, choose(rules), schema) {
            Ok(response) => self.explain(rules, &response),
            Err(error) => refused(reasons::FAULT.into(), vec![error]),
        }
    }

    fn evaluate(
        &self,
        question: &Question,
        action: &EntityUid,
        policies: &PolicySet,
        schema: Option<&Schema>,
    ) -> Result<Response, String> {
        let principal = self.names.uid(&question.principal)?;
        let resource = self.names.uid(&question.resource)?;
        let entities = subjects::entities(question, &principal, &resource, schema)?;
        let context = subjects::context(question)?;
        let request = Request::new(principal, action.clone(), resource, context, schema)
            .map_err(|error| error.to_string())?;
        Ok(self.authorizer.is_authorized(&request, policies, &entities))
    }

    fn explain(&self, rules: &ActorRules, response: &Response) -> Decision {
        let errors: Vec<String> = response.diagnostics().errors().map(ToString::to_string).collect();
        if !errors.is_empty() {
            return refused(reasons::FAULT.into(), errors);
        }
        let mut places: Vec<usize> =
            response.diagnostics().reason().filter_map(|id| self.order.get(id).copied()).collect();
        places.sort_unstable();
        let determining: Vec<&Rule> = places.into_iter().filter_map(|place| self.rules.get(place)).collect();
        let reason = determining.first().map_or_else(|| rules.refusal.as_str(), |rule| rule.why.as_str());
        Decision {
            allowed: response.decision() == cedar_policy::Decision::Allow,
            policies: determining.iter().map(|rule| rule.id().to_string()).collect(),
            reason: reason.to_owned(),
            errors,
        }
    }
}

impl Engine for CedarEngine {
    fn decide(&self, question: &Question) -> Decision {
        self.answer(question, |rules| &rules.policies, None)
    }

    fn procedure(&self, act: &str) -> &Procedure {
        self.procedures.of(act)
    }

    fn procedure_called(&self, name: &str) -> Option<&Procedure> {
        self.procedures.called(name)
    }

    fn procedures(&self) -> Vec<&Procedure> {
        self.procedures.named.values().collect()
    }

    fn policies(&self, act: &str) -> Vec<PolicyText> {
        let Some(act) = self.acts.get(act) else { return Vec::new() };
        let concerned = self.rules.iter().filter(|rule| rule.concerns(&act.action));
        concerned
            .map(|rule| PolicyText {
                id: rule.id().to_string(),
                title: rule.title.clone(),
                why: rule.why.clone(),
                whom: rule.whom.clone(),
                permits: rule.permits(),
                text: rule.policy.to_string(),
            })
            .collect()
    }

    fn untaken(&self) -> Untaken {
        untaken::untaken(&self.kit, &self.rules, &self.acts.keys().copied().collect())
    }

    fn version(&self) -> i64 {
        self.version
    }
}

fn refused(reason: String, errors: Vec<String>) -> Decision {
    Decision { allowed: false, policies: Vec::new(), reason, errors }
}

/// Procedures are only for acts that exist.
fn unknown_acts(procedures: &Procedures, acts: &[ActDescription]) -> Vec<Problem> {
    procedures
        .acts
        .keys()
        .filter(|name| !acts.iter().any(|act| act.name == name.as_str()))
        .map(|name| Problem::new(format!("procedures.acts.{name}"), "There is no such act."))
        .collect()
}
