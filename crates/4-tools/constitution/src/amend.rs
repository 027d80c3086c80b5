//! What all amendments have in common: they are written for one version of the rules, make a candidate of it, and the candidate
//! is put to the test before anybody votes and again when it is put in force. Which part an amendment changes is its own.

use crate::acts::TakeUp;
use crate::change;
use crate::error::ConstitutionError;
use crate::guard::locked_out;
use crate::rows;
use planet_corridor::act::{Act, Resource};
use planet_corridor::agents;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::rules;
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Role;
use planet_policy::{Bundle, Engine, PolicyText, Problem};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The acts by which rules are changed.
pub const AMENDING: [&str; 4] = [
    "constitution.set_parameter",
    "constitution.set_procedure",
    "constitution.adopt_policies",
    "constitution.take_up",
];
/// The longest file of policies, in bytes.
pub const MAX_FILE: usize = 200_000;
/// The most bytes of all policies.
pub const MAX_RULES: usize = 1_000_000;

/// The version that an amendment made.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Adopted {
    /// The version of the rules from now on.
    pub version: i64,
}

/// An act that changes the rules.
pub trait Amendment: Act {
    /// The version of the rules that it was written for.
    fn written_for(&self) -> i64;
    /// The hash of the report of what it would have done, if it was tried out.
    fn rehearsal(&self) -> Option<&str>;
    /// Changes the rules, or says what is wrong with its own words.
    ///
    /// # Errors
    /// As [`ConstitutionError`] says.
    fn apply(&self, bundle: &mut Bundle) -> Result<(), ConstitutionError>;
    /// Whether it may touch the way in which rules are changed: rather once too often, since more people decide then.
    fn may_touch_own(&self, bundle: &Bundle) -> bool;
    /// What else follows once it is in force; nothing, unless said otherwise.
    ///
    /// # Errors
    /// As what follows says.
    fn follow(&self, _: &mut Tx, _: &mut Cx) -> Result<(), Fault> {
        Ok(())
    }
}

/// The rules in force, if they are those that an amendment was written for.
fn rules_for(tx: &mut Tx, written_for: i64) -> Result<Bundle, Fault> {
    let (in_force, bundle) = rules::in_force(tx)?.ok_or(ConstitutionError::NotFounded)?;
    if in_force == written_for {
        Ok(bundle)
    } else {
        Err(ConstitutionError::RulesMoved { written_for, in_force }.into())
    }
}

/// What an amendment touches: the club, by the strictest procedure of all that it may touch.
pub(crate) fn resource<A: Amendment>(tx: &mut Tx, act: &A) -> Result<Resource, Fault> {
    let bundle = rules_for(tx, act.written_for())?;
    let touches_own = act.may_touch_own(&bundle);
    // What is taken up first says by what procedure it is changed again.
    if touches_own && bundle.procedures.amending.is_none() && A::NAME != TakeUp::NAME {
        return Err(ConstitutionError::NotTakenUp.into());
    }
    let decided_by = if touches_own { bundle.procedures.amending.clone() } else { None };
    Ok(club(tx)?.decided_by(decided_by))
}

/// The club as policies see it.
pub(crate) fn club(tx: &mut Tx) -> Result<Resource, Fault> {
    Ok(Resource::group(&agents::group(tx, GroupId::CLUB)?.ok_or(ConstitutionError::NotFounded)?))
}

/// The rules as they would be, with everything checked that needs no engine.
///
/// # Errors
/// As [`ConstitutionError`] says.
pub fn candidate(act: &impl Amendment, before: &Bundle) -> Result<Bundle, ConstitutionError> {
    let mut after = before.clone();
    act.apply(&mut after)?;
    if after == *before {
        return Err(ConstitutionError::NothingChanges);
    }
    if after.policies.iter().any(|file| file.text.len() > MAX_FILE) {
        return Err(ConstitutionError::FileTooLarge(MAX_FILE));
    }
    if after.policies.iter().map(|file| file.text.len()).sum::<usize>() > MAX_RULES {
        return Err(ConstitutionError::RulesTooLarge(MAX_RULES));
    }
    Ok(after)
}

/// Weighs a candidate: it makes an engine, keeps what is entrenched, and leaves the members able to change it again. What touches
/// the way of changing itself must have been decided by the procedure for that.
///
/// # Errors
/// What is wrong, as [`ConstitutionError`] says.
pub fn weigh(
    before: &dyn Engine,
    after: &Bundle,
    made: Result<Arc<dyn Engine>, Vec<Problem>>,
    people: &BTreeMap<Role, u32>,
    may_touch_own: bool,
) -> Result<Arc<dyn Engine>, ConstitutionError> {
    let engine = made.map_err(ConstitutionError::Unusable)?;
    if let Some(why) = locked_out(after, &*engine, people) {
        return Err(ConstitutionError::LockedOut(why));
    }
    if !may_touch_own && let Some(id) = touched(before, &*engine) {
        return Err(ConstitutionError::OwnRules(id));
    }
    Ok(engine)
}

/// A policy or act of changing the rules that is another before and after.
fn touched(before: &dyn Engine, after: &dyn Engine) -> Option<String> {
    AMENDING.iter().find_map(|act| {
        let [old, new] = [before.policies(act), after.policies(act)];
        let missing = |some: &[PolicyText], others: &[PolicyText]| {
            some.iter().find(|policy| !others.contains(policy)).map(|policy| policy.id.clone())
        };
        let other = before.procedure(act) != after.procedure(act);
        missing(&old, &new).or_else(|| missing(&new, &old)).or_else(|| other.then(|| (*act).to_owned()))
    })
}

/// Puts an amendment in force.
pub(crate) fn perform<A: Amendment>(act: &A, tx: &mut Tx, cx: &mut Cx) -> Result<Adopted, Fault> {
    let before = rules_for(tx, act.written_for())?;
    let after = candidate(act, &before)?;
    if let Some(hash) = act.rehearsal() {
        change::check_rehearsal(tx, hash, act)?;
    }
    let people = rows::people(tx)?;
    weigh(cx.rules(), &after, cx.try_rules(&after), &people, act.may_touch_own(&before))?;
    let title = act.title(tx)?;
    let version = rules::adopt(tx, &after, cx.now)?;
    rows::note(tx, version, A::NAME, &title, &cx.actor)?;
    act.follow(tx, cx)?;
    Ok(Adopted { version })
}
