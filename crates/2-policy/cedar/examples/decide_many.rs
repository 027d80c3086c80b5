//! How long a decision takes when two thousand policies are in force that name five hundred groups and members. At most ten have a say in
//! one act, so there are some acts more than the house has. Run it with `cargo run --release -p planet-cedar --example decide_many`. Not a test: it asserts nothing.

#[path = "../tests/it/acts.rs"]
mod acts;

use planet_cedar::{CedarEngine, kits};
use planet_ontology::acts::ActDescription;
use planet_ontology::entities::{Account, Group, Member};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::{Engine, PolicyFile, Question, Subject};
use std::fmt::Write;
use std::time::{Duration, Instant};

const WANTED: usize = 2_000;
const GROUPS: usize = 500;
/// The most that have a say in one act.
const MOST: usize = 10;
/// Acts that the house does not have.
const MORE_ACTS: usize = 80;
const ROUNDS: usize = 100_000;

fn id(number: usize) -> String {
    format!("0192f0c1-6e8a-7c3e-9b1d-{:012x}", number % GROUPS)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut bundle = kits::open("worker-co-op")?;
    let mut registered = acts::all();
    let group =
        registered.iter().find(|act| act.resource == "Group").copied().ok_or("no act is done to groups")?;
    registered.extend((0..MORE_ACTS).map(|n| {
        let name: &'static str = Box::leak(format!("bench.act{n}").into_boxed_str());
        ActDescription { name, ..group }
    }));
    let plain = CedarEngine::new(&bundle, 1, &registered).map_err(|problems| format!("{problems:?}"))?;
    let there = bundle.policies.iter().map(|file| file.text.matches("@id(").count()).sum::<usize>();
    let text = more(&plain, &registered, WANTED.saturating_sub(there));
    let added = text.matches("@id(").count();
    bundle.policies.push(PolicyFile { name: "groups.cedar".into(), text });
    let start = Instant::now();
    let engine = CedarEngine::new(&bundle, 2, &registered).map_err(|problems| format!("{problems:?}"))?;
    if there + added < WANTED {
        return Err(format!("only {} policies fit", there + added).into());
    }
    println!("{} policies in force, made ready and tried out in {:?}", there + added, start.elapsed());
    measure("pay from one's own wallet", &engine, &|n| {
        let member = member(n);
        let own = Account { own: true, group: false, amount: 1_250 };
        Question {
            act: "wallet.pay",
            resource: Subject::new(member.id.clone(), &own),
            principal: member,
            role: Role::None,
            now: NOW,
        }
    });
    let in_groups: Vec<&'static str> =
        registered.iter().filter(|act| act.resource == "Group").map(|act| act.name).collect();
    measure("anything in one of 500 groups", &engine, &|n| {
        let group = Group { mode: "trading".into(), open: false, club: false };
        Question {
            act: in_groups.get(n % in_groups.len().max(1)).copied().unwrap_or_default(),
            principal: member(n),
            resource: Subject::new(id(n), &group),
            role: Role::Member,
            now: NOW,
        }
    });
    Ok(())
}

const NOW: Moment = Moment(1_795_400_000 * Moment::SECOND);

fn member(n: usize) -> Subject {
    let facts = Member { standing: "active".into(), joined: 1_790_000_000, founder: false };
    Subject::new(id(n * 7 + 1), &facts)
}

/// So many further policies: each keeps one member from doing something, in one group where the act is done to groups.
fn more(plain: &CedarEngine, registered: &[ActDescription], wanted: usize) -> String {
    let mut text = String::new();
    let mut number = 0;
    for act in registered {
        for _ in plain.policies(act.name).len()..MOST {
            if number == wanted {
                return text;
            }
            let (name, who) = (act.name, id(number * 7 + 3));
            let thing = if act.resource == "Group" {
                format!("resource == Group::\"{}\"", id(number))
            } else {
                format!("resource is {}", act.resource)
            };
            // Writing into memory cannot fail.
            let _ = write!(
                text,
                "@id(\"more-{number}\")\n@title(\"Not here.\")\n@why(\"So it was decided.\")\n\
                 forbid (principal == Member::\"{who}\", action == Action::\"{name}\", {thing}) when {{ context.role == \"guest\" }};\n"
            );
            number += 1;
        }
    }
    text
}

fn measure(title: &str, engine: &CedarEngine, ask: &dyn Fn(usize) -> Question) {
    let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
    for n in 0..ROUNDS {
        let question = ask(n);
        let start = Instant::now();
        std::hint::black_box(engine.decide(std::hint::black_box(&question)));
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let at = |percent: usize| times.get(ROUNDS * percent / 100).copied().unwrap_or_default();
    println!("{title:34} p50 {:>9?}  p99 {:>9?}", at(50), at(99));
}
