//! What a club's starter kit says today about acts that the club's own rules do not know, because they are older than the
//! rooms in which these acts are done. It says nothing about any other act. Taking it up is for the club's members.

use crate::kits;
use crate::policies::{self, Rule};
use cedar_policy::{ActionConstraint, EntityUid, Policy};
use planet_policy::{Procedures, Untaken};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashSet};
use std::fmt::Write;

/// Compares the rules with the kit. Acts of which nothing is permitted to anybody are those that the rules do not know.
pub(crate) fn untaken(kit: &str, rules: &[Rule], acts: &BTreeSet<&'static str>) -> Untaken {
    let own: Vec<&Rule> = rules.iter().filter(|rule| rule.file != kits::IMPLIED).collect();
    let known: BTreeSet<String> =
        own.iter().filter(|rule| rule.permits()).flat_map(|rule| named(rule)).collect();
    let unknown: BTreeSet<&str> = acts.iter().copied().filter(|act| !known.contains(*act)).collect();
    if unknown.is_empty() {
        return Untaken::default();
    }
    let Ok(kit) = kits::open_or_plainest(kit) else { return Untaken::default() };
    let Ok(offered) = policies::read(&kit.policies) else { return Untaken::default() };
    let mut ids: HashSet<String> = own.iter().map(|rule| rule.id().to_string()).collect();
    let (mut text, mut taken) = (String::new(), BTreeSet::new());
    for rule in &offered {
        let concerned: Vec<String> =
            named(rule).into_iter().filter(|act| unknown.contains(act.as_str())).collect();
        if concerned.is_empty() {
            continue;
        }
        if let Some(policy) = narrowed(rule, &concerned, &mut ids) {
            let _ = writeln!(text, "{policy}\n");
            taken.extend(concerned);
        }
    }
    let mut procedures = Procedures::default();
    for act in &taken {
        let Some(name) = kit.procedures.acts.get(act) else { continue };
        procedures.acts.insert(act.clone(), name.clone());
    }
    if taken.iter().any(|act| act.starts_with("constitution.")) {
        procedures.amending.clone_from(&kit.procedures.amending);
    }
    let asked: BTreeSet<&String> = procedures.acts.values().chain(&procedures.amending).collect();
    let asked = kit.procedures.named.iter().filter(|(name, _)| asked.contains(name));
    procedures.named = asked.map(|(name, it)| (name.clone(), it.clone())).collect();
    Untaken { acts: taken.into_iter().collect(), policies: text, procedures }
}

/// The acts that a policy names; none, where it leaves them open.
fn named(rule: &Rule) -> Vec<String> {
    let name = |uid: &EntityUid| uid.id().unescaped().to_owned();
    match rule.policy.action_constraint() {
        ActionConstraint::Any => Vec::new(),
        ActionConstraint::Eq(only) => vec![name(&only)],
        ActionConstraint::In(some) => some.iter().map(name).collect(),
    }
}

/// The policy for these acts alone, under an id that is free.
fn narrowed(rule: &Rule, acts: &[String], ids: &mut HashSet<String>) -> Option<String> {
    let mut json = rule.policy.to_json().ok()?;
    let entities: Vec<Value> = acts.iter().map(|act| json!({ "type": "Action", "id": act })).collect();
    let whole = json.as_object_mut()?;
    whole.insert("action".into(), json!({ "op": "in", "entities": entities }));
    let first = rule.id().to_string();
    let mut id = first.clone();
    for n in 2_u32.. {
        if !ids.contains(&id) {
            break;
        }
        id = format!("{first}.{n}");
    }
    whole.get_mut("annotations")?.as_object_mut()?.insert("id".into(), json!(id));
    ids.insert(id);
    Some(Policy::from_json(None, json).ok()?.to_string())
}
