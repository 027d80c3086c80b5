//! What is said about bundles that cannot come into force.

use crate::acts;
use crate::asking::{NOW, active, bundle, complaints, engine, fresh, thing, with};
use planet_cedar::CedarEngine;
use planet_ontology::entities::Account;
use planet_ontology::roles::Role;
use planet_policy::{Admission, Engine, Question};

const NOTES: &str = "@id(\"x\")@title(\"x\")@why(\"x.\")\n";

#[test]
fn mistakes_are_named_with_their_place() {
    for (text, expected) in [
        ("permit (principal is Member, action", "extra.cedar, line 1: This cannot be read"),
        ("\n\n\npermit principal;", "extra.cedar, line 4: This cannot be read"),
        (
            "@id(\"x\")@title(\"x\") permit (principal is Guest, action == Action::\"feed.post\", resource);",
            "extra.cedar, x: Every policy has an @why",
        ),
        (
            "permit (principal is Guest, action == Action::\"feed.post\", resource);",
            "extra.cedar, policy 1: Every policy has an @id",
        ),
        (
            "@id(\"wallet.own\")@title(\"x\")@why(\"x.\") forbid (principal is Guest, action, resource);",
            "extra.cedar, wallet.own: Its @id is used already in wallet.cedar.",
        ),
    ] {
        let said = complaints(&with("worker-co-op", text));
        assert!(said.iter().any(|it| it.starts_with(expected)), "{text}: {said:?}");
    }
}

#[test]
fn types_are_strict() {
    for body in [
        // Compares a word with a list of words by `in`: the mistake that left every gate open elsewhere.
        r#"forbid (principal is Member, action, resource) when { context.role in ["none"] };"#,
        "forbid (principal is Member, action, resource) when { principal.age > 3 };",
        "forbid (principal is Member, action, resource) when { resource.own };",
        r#"permit (principal is Member, action == Action::"wallet.steal", resource);"#,
        r#"permit (principal is Wizard, action == Action::"wallet.pay", resource);"#,
        r#"permit (principal is Member, action == Action::"wallet.pay", resource is Post);"#,
        r#"forbid (principal is Member, action, resource) when { context.now == "today" };"#,
    ] {
        let said = complaints(&with("worker-co-op", &format!("{NOTES}{body}")));
        assert!(said.first().is_some_and(|it| it.starts_with("extra.cedar, x: ")), "{body}: {said:?}");
    }
}

#[test]
fn a_permit_names_whom_and_what() {
    for (body, expected) in [
        (r#"permit (principal, action == Action::"feed.post", resource);"#, "A permit says for whom"),
        ("permit (principal is Member, action, resource);", "A permit names the acts"),
    ] {
        let said = complaints(&with("worker-co-op", &format!("{NOTES}{body}")));
        assert!(said.iter().any(|it| it.contains(expected)), "{said:?}");
    }
}

#[test]
fn rules_about_an_act_that_is_not_registered_are_refused_loudly() {
    let mut registered = acts::all();
    registered.retain(|act| act.name != "wallet.pay");
    let problems = CedarEngine::new(&bundle("worker-co-op"), 1, &registered).err().unwrap();
    assert!(
        problems.iter().any(|it| it.place == "wallet.cedar, wallet.own" && it.why.contains("wallet.pay")),
        "{problems:?}"
    );
    registered.retain(|act| act.name != "membership.admit");
    let problems = CedarEngine::new(&bundle("worker-co-op"), 1, &registered).err().unwrap();
    assert!(problems.iter().any(|it| it.place == "procedures.acts.membership.admit"), "{problems:?}");
}

#[test]
fn an_act_has_ten_policies_at_most() {
    let one = |n| {
        format!("@id(\"x{n}\")@title(\"x\")@why(\"x.\") forbid (principal is Guest, action, resource);\n")
    };
    let many: Vec<String> = (0..11).map(one).collect();
    let said = complaints(&with("worker-co-op", &many.concat()));
    assert!(said.iter().any(|it| it.starts_with("feed.post: 15 policies have a say in it")), "{said:?}");
}

#[test]
fn parameters_and_policies_say_the_same() {
    let mut quarrelling = bundle("worker-co-op");
    quarrelling.parameters.inviters = vec![Role::Steward];
    quarrelling.parameters.admission = Admission::Invitation;
    let said = complaints(&quarrelling);
    assert_eq!(said.iter().filter(|it| it.starts_with("parameters.inviters: ")).count(), 2, "{said:?}");
    assert_eq!(said.iter().filter(|it| it.starts_with("parameters.admission: ")).count(), 1, "{said:?}");
}

fn pay(amount: i64) -> Question {
    let account = thing(&Account { own: true, group: false, amount });
    Question { act: "wallet.pay", principal: active(), resource: account, role: Role::Member, now: NOW }
}

#[test]
fn a_policy_that_fails_while_it_is_asked_is_a_no_with_the_fault_on_record() {
    let overflowing = with(
        "worker-co-op",
        &format!(
            "{NOTES}forbid (principal is Member, action == Action::\"wallet.pay\", resource is Account)\n\
             when {{ resource.amount * 9223372036854775807 < 0 }};"
        ),
    );
    let engine = fresh(&overflowing);
    assert_eq!(engine.version(), 7);
    assert!(engine.decide(&pay(1)).allowed);
    let refusal = engine.decide(&pay(2));
    assert!(!refusal.allowed, "Cedar by itself would have allowed this");
    assert!(refusal.errors[0].contains("overflow"), "{:?}", refusal.errors);
    assert!(refusal.reason.starts_with("The club's rules have a fault"), "{}", refusal.reason);
}

#[test]
fn facts_that_do_not_fit_the_ontology_are_a_no() {
    let engine = engine("worker-co-op");
    let mut short = pay(1);
    short.resource.facts.pop();
    let mut stranger = pay(1);
    stranger.resource.kind = "Dragon";
    let mut wrong_thing = pay(1);
    wrong_thing.resource = active();
    let mut unknown = pay(1);
    unknown.act = "wallet.burn";
    for question in [short, stranger, wrong_thing, unknown] {
        let decision = engine.decide(&question);
        assert!(!decision.allowed && decision.errors.len() == 1, "{question:?}: {decision:?}");
    }
}
