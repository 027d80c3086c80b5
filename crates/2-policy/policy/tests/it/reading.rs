//! How procedures and bundles are read, and what is said about those that cannot be.

use planet_policy::{Bundle, Procedures};

fn bundle(procedures: &str) -> Result<Bundle, serde_json::Error> {
    serde_json::from_str(&format!(
        r#"{{"kit": "test", "title": "Test", "about": "For tests.", "procedures": {procedures},
            "parameters": {{"credit": {{"min": -100, "max": 100}}, "founder_days": 90,
                            "admission": "invitation", "inviters": ["member"]}}}}"#
    ))
}

fn complaints(procedure: &str) -> Result<Vec<String>, serde_json::Error> {
    let bundle = bundle(&format!(r#"{{"named": {{"p": {procedure}}}}}"#))?;
    Ok(bundle.problems().iter().map(ToString::to_string).collect())
}

#[test]
fn a_procedure_survives_being_written_down_and_knows_its_name() {
    let text = r#"{"named": {"two thirds": {"about": "Two thirds.", "open_for": "7d",
        "electorate": {"roles": ["member", "steward"]}, "quorum": {"of_electorate": "1/10", "at_least": 5},
        "yes_share": {"share": "2/3"}, "early": true, "delay": "24h"}},
        "acts": {"membership.admit": "two thirds"}}"#;
    let read = bundle(text).unwrap();
    assert_eq!(read.problems(), []);
    assert_eq!(read.procedures.of("membership.admit").name, "two thirds");
    assert!(read.procedures.of("feed.post").at_once);
    let written = serde_json::to_string(&read.procedures).unwrap();
    assert_eq!(serde_json::from_str::<Procedures>(&written).unwrap(), read.procedures);
}

#[test]
fn of_two_procedures_the_stricter_is_found() {
    let text = r#"{"named": {
        "two": {"about": "x", "open_for": "7d", "electorate": {"roles": ["treasurer", "steward"]}, "yes_at_least": 2},
        "three": {"about": "x", "open_for": "1d", "electorate": {"roles": ["treasurer", "steward"]}, "yes_at_least": 3},
        "consent": {"about": "x", "open_for": "7d", "objections_block": 1, "silence_passes": true},
        "majority": {"about": "x", "open_for": "7d", "yes_share": {"share": "1/2", "strict": true}},
        "thirds": {"about": "x", "open_for": "7d", "yes_share": {"share": "2/3"}}}}"#;
    let read = bundle(text).unwrap().procedures;
    let rising =
        ["at once", "two", "three", "consent", "majority", "thirds"].map(|name| read.called(name).unwrap());
    for (place, one) in rising.iter().enumerate() {
        for (other_place, other) in rising.iter().enumerate() {
            assert_eq!(one.is_stricter_than(other), place > other_place, "{} {}", one.name, other.name);
            assert_eq!(one.stricter(other), rising[place.max(other_place)]);
        }
    }
    assert_eq!(read.called("monarchy"), None);
}

#[test]
fn unknown_fields_and_malformed_measures_are_refused() {
    for (procedures, expected) in [
        (r#"{"named": {"p": {"about": "x", "weight": 2}}}"#, "unknown field `weight`"),
        (r#"{"named": {"p": {"about": "x", "open_for": "soon"}}}"#, "“soon” is not a span of time"),
        (r#"{"named": {"p": {"about": "x", "yes_share": {"share": 0.5}}}}"#, "expected a string"),
        (r#"{"named": {"p": {"about": "x", "yes_share": {"share": "half"}}}}"#, "“half” is not a share"),
        (r#"{"votes": {}}"#, "unknown field `votes`"),
    ] {
        let refusal = bundle(procedures).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn rules_that_cannot_be_are_named_by_their_field() {
    let about = r#""about": "x", "open_for": "7d""#;
    for (procedure, expected) in [
        (r#"{"about": " ", "open_for": "7d", "yes_at_least": 1}"#.to_owned(), "procedures.named.p.about: "),
        (r#"{"about": "x", "yes_at_least": 1}"#.to_owned(), "procedures.named.p.open_for: "),
        (format!(r#"{{{about}, "yes_share": {{"share": "3/2"}}}}"#), "procedures.named.p.yes_share.share: "),
        (format!(r#"{{{about}, "yes_share": {{"share": "1/0"}}}}"#), "procedures.named.p.yes_share.share: "),
        (format!(r#"{{{about}, "yes_share": {{"share": "0/2"}}}}"#), "procedures.named.p.yes_share.share: "),
        (
            format!(r#"{{{about}, "yes_share": {{"share": "1/1", "strict": true}}}}"#),
            "procedures.named.p.yes_share.strict: ",
        ),
        (
            format!(r#"{{{about}, "yes_at_least": 1, "quorum": {{"of_electorate": "2/1"}}}}"#),
            "procedures.named.p.quorum.of_electorate: ",
        ),
        (format!(r#"{{{about}, "objections_block": 0}}"#), "procedures.named.p.objections_block: "),
        (format!("{{{about}}}"), "procedures.named.p.yes_share: "),
        (
            format!(r#"{{{about}, "yes_at_least": 1, "electorate": {{"roles": ["none"]}}}}"#),
            "procedures.named.p.electorate.roles: ",
        ),
        (
            format!(
                r#"{{{about}, "objections_block": 1, "silence_passes": true, "quorum": {{"at_least": 2}}}}"#
            ),
            "procedures.named.p.silence_passes: ",
        ),
        (format!(r#"{{{about}, "at_once": true}}"#), "procedures.named.p.at_once: "),
    ] {
        let said = complaints(&procedure).unwrap();
        assert_eq!(said.len(), 1, "{procedure}: {said:?}");
        assert!(said[0].starts_with(expected), "{said:?}");
    }
}

#[test]
fn an_act_cannot_go_by_a_procedure_that_does_not_exist() {
    let read = bundle(r#"{"acts": {"membership.admit": "two thirds"}}"#).unwrap();
    assert_eq!(
        read.problems()[0].to_string(),
        "procedures.acts.membership.admit: There is no procedure called “two thirds”."
    );
}
