//! Policies are split by act. A `forbid` missing from one part would be an open gate, so the parts are compared with
//! the whole on random questions.

use crate::acts;
use crate::asking::{NOW, engine};
use planet_ontology::entities::{ALL, Description, Kind, Value};
use planet_ontology::generate::PRINCIPALS;
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::{Engine, Question, Subject};
use proptest::prelude::*;
use proptest::sample::select;
use std::cell::Cell;

fn value(kind: Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Kind::Long => select(vec![i64::MIN, -1, 0, 1, 1_795_400_000, i64::MAX]).prop_map(Value::Long).boxed(),
        Kind::Text => select(vec!["active", "suspended", "left", "street", "town", "chat", ""])
            .prop_map(|word| Value::Text(word.into()))
            .boxed(),
    }
}

fn subject(entity: &'static Description, id: &'static str) -> impl Strategy<Value = Subject> {
    let kinds: Vec<_> = entity.attributes.iter().map(|attribute| value(attribute.kind)).collect();
    kinds.prop_map(move |values| Subject {
        kind: entity.name,
        id: id.into(),
        facts: entity.attributes.iter().map(|attribute| attribute.name).zip(values).collect(),
    })
}

fn of_type(name: &str) -> &'static Description {
    ALL.iter().find(|entity| entity.name == name).unwrap_or_else(|| panic!("{name}"))
}

fn question() -> impl Strategy<Value = Question> {
    (select(acts::all()), select(&PRINCIPALS[..]), select(Role::ALL), any::<bool>()).prop_flat_map(
        |(act, kind, role, on_itself)| {
            (subject(of_type(kind), "actor"), subject(of_type(act.resource), "thing")).prop_map(
                move |(principal, thing)| {
                    let resource = if on_itself && kind == act.resource { principal.clone() } else { thing };
                    Question { act: act.name, principal, resource, role, now: Moment(NOW.0) }
                },
            )
        },
    )
}

#[test]
fn the_policies_of_an_act_decide_as_all_policies_together_would() {
    let kits =
        ["worker-co-op", "consumer-co-op", "neighbourhood", "consent-circle", "federation"].map(engine);
    let (allowed, asked) = (Cell::new(0_u32), Cell::new(0_u32));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&question(), |question| {
        for engine in &kits {
            let split = engine.decide(&question);
            prop_assert_eq!(&split, &engine.decide_by_all(&question));
            allowed.set(allowed.get() + u32::from(split.allowed));
            asked.set(asked.get() + 1);
        }
        Ok(())
    });
    assert_eq!(outcome, Ok(()));
    let (allowed, asked) = (allowed.get(), asked.get());
    assert!(
        allowed > asked / 20,
        "random questions have to find some that are allowed: {allowed} of {asked}"
    );
}
