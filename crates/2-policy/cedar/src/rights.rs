//! What no rules may take from a member, and what rules may not say about themselves. Every bundle is tried out on
//! these questions before it comes into force, whatever its policies look like.
//!
//! Entrenched are: one member one vote, the right to leave with one's data, the right to propose, the right of
//! appeal, and the append-only log. Two of them hold by construction as well: a tally counts ballots and knows no
//! weights, and the log is no entity, so that no policy can speak of changing it.

use planet_ontology::acts::ActDescription;
use planet_ontology::entities::{ALL, Attribute, Description, Group, Guest, House, Kind, Member, Value};
use planet_ontology::roles::{Mode, Role, Standing};
use planet_ontology::units::Moment;
use planet_policy::{Admission, Engine, Parameters, Problem, Question, Subject};

/// A right of every member, as acts that must be permitted and done at once.
#[derive(Clone, Copy, Debug)]
pub struct Right {
    /// What it is called, to complete “… is entrenched”.
    pub name: &'static str,
    /// The acts by which it is used.
    pub acts: &'static [&'static str],
    /// Who has it.
    pub standings: &'static [Standing],
}

/// The rights of every member.
pub const RIGHTS: [Right; 4] = [
    Right {
        name: "The right to leave with one's data",
        acts: &["membership.leave", "membership.export"],
        standings: &[Standing::Active, Standing::Suspended],
    },
    Right { name: "The right to propose", acts: &["governance.propose"], standings: &[Standing::Active] },
    Right { name: "One member, one vote", acts: &["governance.vote"], standings: &[Standing::Active] },
    Right {
        name: "The right of appeal",
        acts: &["governance.appeal"],
        standings: &[Standing::Active, Standing::Suspended],
    },
];

/// Acts by which one member could take something from another: never done at once on the word of any member.
pub const WEIGHTY: [&str; 9] = [
    "membership.suspend",
    "membership.reinstate",
    "wallet.set_limits",
    "wallet.set_rule",
    "groups.demote",
    "constitution.set_parameter",
    "constitution.set_procedure",
    "constitution.adopt_policies",
    "constitution.take_up",
];

/// Those of them that nobody does alone, whatever the role.
pub const SHARED: [&str; 5] = [
    "groups.demote",
    "constitution.set_parameter",
    "constitution.set_procedure",
    "constitution.adopt_policies",
    "constitution.take_up",
];

/// The roles that a member can have.
const ROLES: [Role; 3] = [Role::Member, Role::Treasurer, Role::Steward];
/// Moments to ask about: the rules may know of time, the rights do not. The years 2026 and 2100.
const MOMENTS: [Moment; 2] = [Moment(1_790_000_000 * Moment::SECOND), Moment(4_102_444_800 * Moment::SECOND)];

/// The rights that these rules violate. Rights to acts that are not registered are not asked about.
pub fn violations(engine: &dyn Engine, acts: &[ActDescription]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for act in acts {
        let Some(touched) = ALL.iter().find(|entity| entity.name == act.resource) else {
            problems.push(Problem::new(act.name, format!("There is no entity type “{}”.", act.resource)));
            continue;
        };
        for right in RIGHTS.iter().filter(|right| right.acts.contains(&act.name)) {
            problems.extend(violation(engine, act, touched, right));
        }
        if act.name == "governance.vote" {
            problems.extend(stuffed_ballots(engine, act, touched));
        }
        if WEIGHTY.contains(&act.name) {
            problems.extend(rashness(engine, act, touched));
        }
    }
    problems
}

/// Whether some member cannot use a right. One example is enough.
fn violation(
    engine: &dyn Engine,
    act: &ActDescription,
    touched: &Description,
    right: &Right,
) -> Option<Problem> {
    if !engine.procedure(act.name).at_once {
        let why =
            format!("{} is entrenched: nobody else is asked, so it cannot have a procedure.", right.name);
        return Some(Problem::new(format!("procedures.acts.{}", act.name), why));
    }
    members(right.standings)
        .flat_map(|(member, role)| MOMENTS.map(|now| (member.clone(), role, now)))
        .flat_map(|(member, role, now)| {
            favourable(touched).into_iter().map(move |it| (member.clone(), role, now, it))
        })
        .find_map(|(member, role, now, resource)| {
            let standing = member.standing.clone();
            let question =
                Question { act: act.name, principal: Subject::new("m", &member), resource, role, now };
            let decision = engine.decide(&question);
            (!decision.allowed).then(|| {
                let by = if decision.policies.is_empty() {
                    "no policy permits it".to_owned()
                } else {
                    format!("“{}” forbids it", decision.policies.join("”, “"))
                };
                let why = format!("{} is entrenched, and {by} to a member who is {standing}.", right.name);
                Problem::new(act.name, why)
            })
        })
}

/// Whether somebody could vote who may not: one who is not in the electorate, or no member at all, or too late.
fn stuffed_ballots(engine: &dyn Engine, act: &ActDescription, touched: &Description) -> Option<Problem> {
    let entitled = |resource: &Subject| {
        ["electorate", "open"].iter().all(|fact| !resource.facts.contains(&(*fact, Value::Bool(false))))
    };
    let club = Group { mode: Mode::Trading.word().into(), open: false, club: true };
    let strangers =
        [Subject::new("guest", &Guest {}), Subject::new("house", &House {}), Subject::new("club", &club)];
    let strange = strangers
        .into_iter()
        .flat_map(|who| favourable(touched).into_iter().map(move |it| (who.clone(), it)));
    let members = members(&[Standing::Active]).flat_map(|(member, _)| {
        unfavourable(touched)
            .into_iter()
            .filter(|resource| !entitled(resource))
            .map(move |resource| (Subject::new("m", &member), resource))
    });
    strange.chain(members).find_map(|(principal, resource)| {
        let kind = principal.kind;
        let question = Question { act: act.name, principal, resource, role: Role::Steward, now: MOMENTS[0] };
        engine.decide(&question).allowed.then(|| {
            let who = if kind == "Member" { "a member without a vote in it" } else { kind };
            Problem::new(act.name, format!("One member, one vote is entrenched, and {who} could vote."))
        })
    })
}

/// Whether any one member could do something weighty to others, at once.
fn rashness(engine: &dyn Engine, act: &ActDescription, touched: &Description) -> Option<Problem> {
    if !engine.procedure(act.name).at_once {
        return None;
    }
    let member = anybody(Standing::Active);
    let roles: &[Role] = if SHARED.contains(&act.name) { &ROLES } else { &[Role::Member] };
    let things = favourable(touched).into_iter().chain(unfavourable(touched));
    let cases = things.flat_map(|thing| roles.iter().map(move |role| (thing.clone(), *role)));
    cases.into_iter().find_map(|(resource, role)| {
        let principal = Subject::new("m", &member);
        let question = Question { act: act.name, principal, resource, role, now: MOMENTS[0] };
        engine.decide(&question).allowed.then(|| {
            let why = if SHARED.contains(&act.name) {
                "One member could do this to others alone: name a procedure for it."
            } else {
                "Any member could do this to others at once: name a procedure for it, or permit it to roles."
            };
            Problem::new(act.name, why)
        })
    })
}

/// Where parameters and policies contradict each other: who may invite, and whether people may apply.
pub fn contradictions(engine: &dyn Engine, parameters: &Parameters, acts: &[ActDescription]) -> Vec<Problem> {
    let ask = |act: &ActDescription, principal: Subject, role: Role| {
        let touched = ALL.iter().find(|entity| entity.name == act.resource)?;
        let resource = favourable(touched).into_iter().next()?;
        Some(engine.decide(&Question { act: act.name, principal, resource, role, now: MOMENTS[0] }).allowed)
    };
    let mut problems = Vec::new();
    if let Some(invite) = acts.iter().find(|act| act.name == "membership.invite") {
        for role in ROLES {
            let told = parameters.inviters.contains(&role);
            if ask(invite, Subject::new("m", &anybody(Standing::Active)), role) == Some(!told) {
                let (may, say) = if told { ("may", "may not") } else { ("may not", "may") };
                let why = format!(
                    "This says that a {} {may} invite, and the policies say that one {say}.",
                    role.word()
                );
                problems.push(Problem::new("parameters.inviters", why));
            }
        }
    }
    if let Some(apply) = acts.iter().find(|act| act.name == "membership.apply") {
        let told = parameters.admission == Admission::Application;
        if ask(apply, Subject::new("guest", &Guest {}), Role::None) == Some(!told) {
            let why =
                "This and the policies about membership.apply do not agree on whether people may apply.";
            problems.push(Problem::new("parameters.admission", why));
        }
    }
    problems
}

/// An ordinary member.
fn anybody(standing: Standing) -> Member {
    Member { standing: standing.word().into(), joined: MOMENTS[0].seconds(), founder: false }
}

/// All kinds of members of these standings.
fn members(standings: &[Standing]) -> impl Iterator<Item = (Member, Role)> {
    let kinds = standings.iter().flat_map(|standing| [false, true].map(|founder| (*standing, founder)));
    kinds
        .flat_map(|(standing, founder)| ROLES.map(|role| (Member { founder, ..anybody(standing) }, role)))
        .collect::<Vec<_>>()
        .into_iter()
}

/// Things of this type to which the right applies: one's own, open, in one's electorate, of one's club.
fn favourable(entity: &Description) -> Vec<Subject> {
    let worded = entity.attributes.iter().any(|attribute| attribute.kind == Kind::Text);
    let modes = if worded { Mode::ALL } else { &[Mode::Chat] };
    modes.iter().map(|mode| subject(entity, |_| true, *mode)).collect()
}

/// Things of this type of which exactly one fact is against the one who asks.
fn unfavourable(entity: &Description) -> Vec<Subject> {
    let facts = entity.attributes.iter().filter(|attribute| attribute.kind == Kind::Bool);
    facts.map(|against| subject(entity, |fact| fact.name != against.name, Mode::Chat)).collect()
}

fn subject(entity: &Description, holds: impl Fn(&Attribute) -> bool, mode: Mode) -> Subject {
    let value = |attribute: &Attribute| match attribute.kind {
        Kind::Bool => Value::Bool(holds(attribute)),
        Kind::Long => Value::Long(0),
        Kind::Text => Value::Text(mode.word().into()),
    };
    Subject {
        kind: entity.name,
        id: "it".into(),
        facts: entity.attributes.iter().map(|attribute| (attribute.name, value(attribute))).collect(),
    }
}
