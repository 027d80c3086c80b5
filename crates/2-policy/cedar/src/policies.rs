//! Reads the policies of a bundle and checks them: they parse, have their strict types, say what they are called and
//! why they are there, and name whom they permit to do what. Whether they are just is for [`crate::rights`].

use cedar_policy::ffi::DetailedError;
use cedar_policy::{
    ActionConstraint, Effect, EntityUid, ParseErrors, Policy, PolicyId, PolicySet, PrincipalConstraint,
    ResourceConstraint, Schema, ValidationMode, Validator,
};
use planet_ontology::acts::ActDescription;
use planet_policy::{PolicyFile, Problem};
use serde_json::json;
use std::collections::HashMap;

/// The most policies that may have a say in one act: more, and neither members nor the clock could follow.
pub const POLICIES_PER_ACT: usize = 10;

/// A policy with what members read about it.
pub(crate) struct Rule {
    /// Cedar's form of it, as written.
    pub policy: Policy,
    /// The same without its scope, where that says no more than for which acts, actors and things it is: then the
    /// engine settles the scope once, when it puts each question's policies together.
    bare: Option<Policy>,
    /// The file it stands in.
    pub file: String,
    /// `@title`: what it says, in a line.
    pub title: String,
    /// `@why`: why it says so, in a sentence.
    pub why: String,
    /// `@for`: whom it permits, to complete “It is for …”.
    pub whom: Option<String>,
}

impl Rule {
    /// Its id, as annotated.
    pub(crate) fn id(&self) -> &PolicyId {
        self.policy.id()
    }

    /// Whether it permits; otherwise it forbids.
    pub(crate) fn permits(&self) -> bool {
        self.policy.effect() == Effect::Permit
    }

    /// Whether it has a say in an act. Computed from its scope: one that leaves the act open has a say in all.
    pub(crate) fn concerns(&self, action: &EntityUid) -> bool {
        match self.policy.action_constraint() {
            ActionConstraint::Any => true,
            ActionConstraint::Eq(only) => only == *action,
            ActionConstraint::In(some) => some.contains(action),
        }
    }

    /// What is to be evaluated of it for an act that it concerns, done by an actor of this kind to a thing of that
    /// kind: nothing, if its scope leaves these kinds out.
    pub(crate) fn settled(&self, principal: &str, resource: &str) -> Option<&Policy> {
        let Some(bare) = &self.bare else { return Some(&self.policy) };
        let is = |named: Option<String>, kind: &str| named.is_none_or(|it| it == kind);
        (is(self.principal(), principal) && is(self.resource(), resource)).then_some(bare)
    }

    /// The entity type of those it speaks of, if its scope says so.
    pub(crate) fn principal(&self) -> Option<String> {
        match self.policy.principal_constraint() {
            PrincipalConstraint::Is(kind) | PrincipalConstraint::IsIn(kind, _) => Some(kind.to_string()),
            _ => None,
        }
    }

    /// The entity type of the things it speaks of, if its scope says so.
    fn resource(&self) -> Option<String> {
        match self.policy.resource_constraint() {
            ResourceConstraint::Is(kind) | ResourceConstraint::IsIn(kind, _) => Some(kind.to_string()),
            _ => None,
        }
    }

    fn place(&self) -> String {
        format!("{}, {}", self.file, self.id())
    }
}

/// Reads all files. Rules come in the order in which they are written.
pub(crate) fn read(files: &[PolicyFile]) -> Result<Vec<Rule>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut rules: Vec<Rule> = Vec::new();
    let mut seen: HashMap<String, String> = HashMap::new();
    for file in files {
        let set: PolicySet = match file.text.parse() {
            Ok(set) => set,
            Err(errors) => {
                problems.extend(unreadable(file, &errors));
                continue;
            }
        };
        if set.num_of_templates() > 0 {
            problems.push(Problem::new(
                &file.name,
                "Templates are not used here: write out whom the policy is about.",
            ));
        }
        let mut policies: Vec<&Policy> = set.policies().collect();
        policies.sort_by_key(|policy| ordinal(policy.id()));
        for policy in policies {
            match rule(file, policy) {
                Ok(rule) => {
                    if let Some(other) = seen.insert(rule.id().to_string(), file.name.clone()) {
                        problems
                            .push(Problem::new(rule.place(), format!("Its @id is used already in {other}.")));
                    }
                    problems.extend(open(&rule));
                    rules.push(rule);
                }
                Err(mut missing) => problems.append(&mut missing),
            }
        }
    }
    if problems.is_empty() { Ok(rules) } else { Err(problems) }
}

/// Cedar calls the policies of a text `policy0`, `policy1` …
fn ordinal(id: &PolicyId) -> usize {
    id.to_string().trim_start_matches("policy").parse().unwrap_or(usize::MAX)
}

fn rule(file: &PolicyFile, policy: &Policy) -> Result<Rule, Vec<Problem>> {
    let annotation =
        |key: &str| policy.annotation(key).map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    let number = ordinal(policy.id()).saturating_add(1);
    let needed = |key: &str| {
        let place = annotation("id")
            .map_or_else(|| format!("{}, policy {number}", file.name), |id| format!("{}, {id}", file.name));
        annotation(key)
            .ok_or_else(|| Problem::new(place, format!("Every policy has an @{key} for people to read.")))
    };
    match (needed("id"), needed("title"), needed("why")) {
        (Ok(id), Ok(title), Ok(why)) => Ok(Rule {
            bare: bare(policy, &id),
            policy: policy.new_id(PolicyId::new(id)),
            file: file.name.clone(),
            title,
            why,
            whom: annotation("for"),
        }),
        (id, title, why) => Err([id, title, why].into_iter().filter_map(Result::err).collect()),
    }
}

/// A policy without its scope, if that speaks of acts and kinds only, not of single actors or things.
fn bare(policy: &Policy, id: &str) -> Option<Policy> {
    let actors =
        matches!(policy.principal_constraint(), PrincipalConstraint::Any | PrincipalConstraint::Is(_));
    let things = matches!(policy.resource_constraint(), ResourceConstraint::Any | ResourceConstraint::Is(_));
    if !(actors && things) {
        return None;
    }
    let mut json = policy.to_json().ok()?;
    for part in ["principal", "action", "resource"] {
        json.as_object_mut()?.insert(part.to_owned(), json!({ "op": "All" }));
    }
    Policy::from_json(Some(PolicyId::new(id)), json).ok()
}

/// A permit has to say whom it permits to do what: one with an open scope would permit what nobody thought of.
fn open(rule: &Rule) -> Vec<Problem> {
    let mut problems = Vec::new();
    if rule.permits() && rule.principal().is_none() {
        problems
            .push(Problem::new(rule.place(), "A permit says for whom: “principal is Member”, for example."));
    }
    if rule.permits() && rule.policy.action_constraint() == ActionConstraint::Any {
        problems.push(Problem::new(rule.place(), "A permit names the acts that it permits."));
    }
    problems
}

fn unreadable(file: &PolicyFile, errors: &ParseErrors) -> Vec<Problem> {
    errors
        .iter()
        .map(|error| {
            let detail = DetailedError::from(error);
            let start = detail.source_locations.first().map_or(0, |it| it.loc.start);
            let line = file.text.bytes().take(start).filter(|byte| *byte == b'\n').count().saturating_add(1);
            Problem::new(format!("{}, line {line}", file.name), format!("This cannot be read: {error}."))
        })
        .collect()
}

/// Checks types: strictly, one level deep, and with warnings taken for errors (a policy that can never apply is a
/// mistake).
pub(crate) fn validate(rules: &[Rule], schema: Schema) -> Result<PolicySet, Vec<Problem>> {
    let all = set(rules.iter().map(|rule| &rule.policy))?;
    let result = Validator::new(schema).validate_with_level(&all, ValidationMode::Strict, 1);
    let place =
        |id: &PolicyId| rules.iter().find(|rule| rule.id() == id).map_or_else(|| id.to_string(), Rule::place);
    let errors =
        result.validation_errors().map(|error| Problem::new(place(error.policy_id()), error.to_string()));
    let warnings = result
        .validation_warnings()
        .map(|warning| Problem::new(place(warning.policy_id()), warning.to_string()));
    let problems: Vec<Problem> = errors.chain(warnings).collect();
    if problems.is_empty() { Ok(all) } else { Err(problems) }
}

/// Policies as one set.
pub(crate) fn set<'a>(policies: impl IntoIterator<Item = &'a Policy>) -> Result<PolicySet, Vec<Problem>> {
    PolicySet::from_policies(policies.into_iter().cloned())
        .map_err(|error| vec![Problem::new("policies", error.to_string())])
}

/// An act has at most [`POLICIES_PER_ACT`] policies.
pub(crate) fn crowded(act: &ActDescription, concerned: usize) -> Option<Problem> {
    (concerned > POLICIES_PER_ACT).then(|| {
        let why = format!(
            "{concerned} policies have a say in it; {POLICIES_PER_ACT} are the most. Join some of them."
        );
        Problem::new(act.name, why)
    })
}
