//! No rules take away what is entrenched, however they are written.

use crate::asking::{bundle, complaints, with};
use planet_cedar::rights::RIGHTS;

fn extra(scope_and_body: &str) -> Vec<String> {
    complaints(&with("worker-co-op", &format!("@id(\"x\")@title(\"x\")@why(\"x.\")\n{scope_and_body}")))
}

#[test]
fn a_sweeping_forbid_that_hits_leaving_and_appealing_is_refused() {
    let said =
        extra(r#"forbid (principal is Member, action, resource) unless { principal.standing == "active" };"#);
    for act in ["membership.leave", "membership.export", "governance.appeal"] {
        assert!(
            said.iter().any(|it| it.starts_with(act) && it.contains("“x” forbids it")),
            "{act}: {said:?}"
        );
    }
}

#[test]
fn each_right_is_defended_against_a_narrow_forbid() {
    let acts: Vec<&str> = RIGHTS.iter().flat_map(|right| right.acts.iter().copied()).collect();
    for condition in [
        r#"context.role == "member""#,
        "!principal.founder",
        "context.now > 4000000000",
        r#"principal.standing == "active""#,
    ] {
        let forbid = |act: &&str| {
            format!(
                "@id(\"no {act}\")@title(\"x\")@why(\"x.\")
                 forbid (principal is Member, action == Action::\"{act}\", resource) when {{ {condition} }};"
            )
        };
        let said = complaints(&with("worker-co-op", &acts.iter().map(forbid).collect::<Vec<_>>().concat()));
        assert_eq!(said.len(), acts.len(), "{condition}: {said:?}");
        for act in &acts {
            assert!(
                said.iter().any(|it| it.starts_with(act) && it.contains("entrenched")),
                "{act}: {said:?}"
            );
        }
    }
}

#[test]
fn each_right_is_missed_when_the_policy_that_grants_it_is_gone() {
    for (id, act) in [
        ("membership.leave", "membership.export"),
        ("governance.propose", "governance.propose"),
        ("governance.vote", "governance.vote"),
        ("governance.appeal", "governance.appeal"),
    ] {
        let mut bundle = bundle("federation");
        for file in &mut bundle.policies {
            if let Some(start) = file.text.find(&format!("@id(\"{id}\")")) {
                let end = file.text[start..].find(";\n").map_or(file.text.len(), |length| start + length + 2);
                file.text.replace_range(start..end, "");
            }
        }
        let said = complaints(&bundle);
        assert!(
            said.iter().any(|it| it.starts_with(act) && it.contains("no policy permits it")),
            "{id}: {said:?}"
        );
    }
}

#[test]
fn nobody_is_asked_before_somebody_leaves_proposes_votes_or_appeals() {
    let mut bundle = bundle("worker-co-op");
    let acts: Vec<&str> = RIGHTS.iter().flat_map(|right| right.acts.iter().copied()).collect();
    bundle.procedures.acts.extend(acts.iter().map(|act| ((*act).into(), "majority".into())));
    let said = complaints(&bundle);
    assert_eq!(said.len(), acts.len(), "{said:?}");
    for act in acts {
        assert!(said.iter().any(|it| it.starts_with(&format!("procedures.acts.{act}: "))), "{act}: {said:?}");
    }
}

#[test]
fn votes_are_for_members_of_the_electorate_and_nobody_else() {
    for (who, whom) in [
        ("principal is Guest", "Guest"),
        ("principal is House", "House"),
        ("principal is Group", "Group"),
        ("principal is Member", "a member without a vote in it"),
    ] {
        let said = extra(&format!("permit ({who}, action == Action::\"governance.vote\", resource);"));
        assert_eq!(
            said,
            [format!("governance.vote: One member, one vote is entrenched, and {whom} could vote.")]
        );
    }
}

#[test]
fn nobody_can_do_weighty_things_to_others_at_once() {
    let mut bundle = bundle("neighbourhood");
    bundle.procedures.acts.remove("membership.suspend");
    let said = complaints(&bundle);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with("membership.suspend: Any member could do this to others at once"),
        "{said:?}"
    );
}

#[test]
fn no_steward_takes_the_role_from_another_at_once() {
    let mut bundle = bundle("consumer-co-op");
    for file in &mut bundle.policies {
        let (anybody, stewards) = (
            "context.role != \"none\" };\n\n@id(\"groups.club\")",
            "context.role == \"steward\" };\n\n@id(\"groups.club\")",
        );
        file.text = file.text.replace(anybody, stewards);
    }
    assert_eq!(complaints(&bundle), Vec::<String>::new(), "it may be for stewards to propose");
    bundle.procedures.acts.remove("groups.demote");
    let said = complaints(&bundle);
    assert!(
        said.len() == 1 && said[0].starts_with("groups.demote: One member could do this to others alone"),
        "{said:?}"
    );
}

#[test]
fn mutilated_policies_are_refused() {
    for (from, to) in [
        ("permit (", "forbid ("),
        ("forbid (", "permit ("),
        ("== \"none\"", "== 0"),
        ("principal is Member", "principal"),
        ("resource.own", "resource.mine"),
        ("@why(", "@because("),
        (" unless {", " when {"),
        ("\nunless {", "\nwhen {"),
        ("Action::\"", "Action::\"no."),
        ("when {", "when { true } unless {"),
    ] {
        let mut bundle = bundle("worker-co-op");
        let before = bundle.policies.clone();
        for file in &mut bundle.policies {
            file.text = file.text.replace(from, to);
        }
        let changed = bundle.policies != before;
        assert_eq!(changed, !complaints(&bundle).is_empty(), "{from} → {to}");
    }
}
