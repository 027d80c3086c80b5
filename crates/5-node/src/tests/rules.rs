//! The starter kits fit the acts that the tools really have.

use crate::house;
use planet_cedar::{CedarEngine, kits};
use planet_policy::Engine;

#[test]
fn every_kit_is_valid_for_the_acts_of_the_house() {
    let acts = house::registry().acts();
    for name in kits::names() {
        let bundle = kits::open(name).unwrap();
        if let Err(problems) = CedarEngine::new(&bundle, 1, &acts) {
            panic!("{name}: {problems:#?}");
        }
    }
}

#[test]
fn every_act_of_a_member_has_a_rule_in_every_kit() {
    let acts = house::registry().acts();
    for name in kits::names() {
        let engine = CedarEngine::new(&kits::open(name).unwrap(), 1, &acts).unwrap();
        let mute: Vec<_> = acts
            .iter()
            .map(|act| act.name)
            .filter(|act| engine.policies(act).iter().all(|rule| !rule.permits))
            .collect();
        assert_eq!(mute, Vec::<&str>::new(), "{name}");
    }
}
