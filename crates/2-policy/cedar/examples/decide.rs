//! How long a decision takes, with the building of entities and request: the goal is a median of 25 µs. Run it with
//! `cargo run --release -p planet-cedar --example decide`. Not a test: it asserts nothing.

#[path = "../tests/it/acts.rs"]
mod acts;

use planet_cedar::{CedarEngine, kits};
use planet_ontology::entities::{Account, Group, Member, Post};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::{Engine, Question, Subject};
use std::time::{Duration, Instant};

const ROUNDS: usize = 100_000;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bundle = kits::open("worker-co-op")?;
    let registered = acts::all();
    let start = Instant::now();
    let engine = CedarEngine::new(&bundle, 1, &registered).map_err(|problems| format!("{problems:?}"))?;
    println!("rules made ready and tried out: {:?}", start.elapsed());

    let now = Moment(1_795_400_000 * Moment::SECOND);
    let id = "0192f0c1-6e8a-7c3e-9b1d-3f2a5c7d9e11";
    let member =
        Subject::new(id, &Member { standing: "active".into(), joined: 1_790_000_000, founder: false });
    let ask = |act, resource, role| Question { act, principal: member.clone(), resource, role, now };
    let own = Account { own: true, group: false, amount: 1_250 };
    let foreign = Account { own: false, group: false, amount: 1_250 };
    let club = Group { mode: "trading".into(), open: false, club: true };
    for (title, question) in [
        ("pay from one's own wallet", ask("wallet.pay", Subject::new(id, &own), Role::None)),
        ("pay from a stranger's (refused)", ask("wallet.pay", Subject::new(id, &foreign), Role::None)),
        (
            "comment on a post",
            ask("feed.comment", Subject::new(id, &Post { own: false, visible: true }), Role::Member),
        ),
        (
            "bring an application to a vote",
            ask("membership.admit", Subject::new("club", &club), Role::Member),
        ),
    ] {
        let mut times: Vec<Duration> = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let start = Instant::now();
            std::hint::black_box(engine.decide(std::hint::black_box(&question)));
            times.push(start.elapsed());
        }
        times.sort_unstable();
        let at = |percent: usize| times.get(ROUNDS * percent / 100).copied().unwrap_or_default();
        println!("{title:34} p50 {:>9?}  p99 {:>9?}", at(50), at(99));
    }
    Ok(())
}
