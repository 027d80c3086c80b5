//! Short ways of asking, for the stories.

use crate::acts;
use planet_cedar::{CedarEngine, kits};
use planet_ontology::entities::{Entity, Group, Guest, House, Member};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::{Bundle, PolicyFile, Problem, Question, Subject};
use std::collections::HashMap;
use std::sync::LazyLock;

/// An autumn day in 2026.
pub const NOW: Moment = Moment(1_795_400_000 * Moment::SECOND);

/// The engine of a kit, made once for all stories.
pub fn engine(kit: &str) -> &'static CedarEngine {
    static ENGINES: LazyLock<HashMap<&str, CedarEngine>> =
        LazyLock::new(|| kits::names().map(|kit| (kit, fresh(&bundle(kit)))).collect());
    ENGINES.get(kit).unwrap_or_else(|| panic!("{kit}"))
}

/// An engine of a bundle that is in order.
pub fn fresh(bundle: &Bundle) -> CedarEngine {
    match CedarEngine::new(bundle, 7, &acts::all()) {
        Ok(engine) => engine,
        Err(problems) => panic!("{}", told(&problems)),
    }
}

/// The bundle of a kit.
pub fn bundle(kit: &str) -> Bundle {
    kits::open(kit).unwrap_or_else(|error| panic!("{error}"))
}

/// A kit's bundle with one more file of policies.
pub fn with(kit: &str, text: &str) -> Bundle {
    let mut bundle = bundle(kit);
    bundle.policies.push(PolicyFile { name: "extra.cedar".into(), text: text.into() });
    bundle
}

/// What is said against a bundle; nothing, if it is fine.
pub fn complaints(bundle: &Bundle) -> Vec<String> {
    CedarEngine::new(bundle, 1, &acts::all())
        .err()
        .unwrap_or_default()
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn told(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

pub fn member(standing: &str, founder: bool) -> Subject {
    Subject::new("ada", &Member { standing: standing.into(), joined: 0, founder })
}

pub fn active() -> Subject {
    member("active", false)
}

pub fn guest() -> Subject {
    Subject::new("guest", &Guest {})
}

pub fn house() -> Subject {
    Subject::new("house", &House {})
}

pub fn club() -> Subject {
    Subject::new("club", &Group { mode: "trading".into(), open: false, club: true })
}

pub fn group(open: bool) -> Subject {
    Subject::new("bakers", &Group { mode: "working".into(), open, club: false })
}

pub fn thing<E: Entity>(facts: &E) -> Subject {
    Subject::new("it", facts)
}

pub const fn ask(act: &'static str, principal: Subject, resource: Subject, role: Role) -> Question {
    Question { act, principal, resource, role, now: NOW }
}
