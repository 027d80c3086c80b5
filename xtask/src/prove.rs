//! `cargo xtask prove`: runs suites and programs that others wrote against what we wrote. What is right is decided by them, not here.

mod books;
mod cards;
mod history;
mod private;

use std::path::PathBuf;
use std::process::Command;

use crate::chains;
use crate::sh;
use crate::trouble::{OrSay, Outcome, Trouble};

/// A proof: its name, what it shows, and how it is run with the words after its name.
struct Proof {
    name: &'static str,
    about: &'static str,
    run: fn(&[&str]) -> Outcome<Figure>,
}

/// How much of a suite came out right.
pub struct Figure {
    right: u64,
    total: u64,
    /// Cases in which the suite contradicts the specification that it tests; each is named with its reason above the figure.
    disputed: u64,
}

const PROOFS: [Proof; 8] = [
    Proof {
        name: "didwebvh",
        about: "the did:webvh verifier against the published test vectors, every scenario and implementation",
        run: |words| example(words, "planet-identity", "prove_didwebvh", DIDWEBVH),
    },
    Proof {
        name: "votes",
        about: "our counts against published ballots with published outcomes: council wards, budgets, run-offs",
        run: |words| example(words, "planet-count", "prove_votes", VOTES),
    },
    Proof {
        name: "books-balance",
        about: "hledger, ledger and beancount on every wallet of the demo town, against the node's balances",
        run: books::prove,
    },
    Proof {
        name: "evm",
        about: "ether and a token from browser to chain and back, on anvil",
        run: |words| alone(words, chains::evm),
    },
    Proof {
        name: "bitcoin",
        about: "bitcoins from browser to chain and back, with a reorganisation, on bcoin in regtest",
        run: |words| alone(words, chains::bitcoin),
    },
    Proof {
        name: "cards",
        about: "card payments against localstripe: paid, declined, 3-D Secure, messages that lie, refunds, clearing",
        run: cards::prove,
    },
    Proof {
        name: "private",
        about: "three people on five browsers write in private, one is taken out; nothing of it in any byte that the node keeps",
        run: private::prove,
    },
    Proof {
        name: "mattermost-import",
        about: "exports of Mattermost and Slack, brought into a group on both engines and compared message by message",
        run: history::prove,
    },
];

/// Runs the named proof, or lists the proofs there are.
pub fn run(words: &[&str]) -> Outcome<()> {
    let Some((name, rest)) = words.split_first() else {
        for proof in &PROOFS {
            println!("{:18} {}", proof.name, proof.about);
        }
        return Ok(());
    };
    let proof = PROOFS.iter().find(|proof| proof.name == *name);
    let proof = proof.or_say(format!("there is no proof `{name}`; `cargo xtask prove` lists them"))?;
    let Figure { right, total, disputed } = (proof.run)(rest)?;
    println!("{name}: {right}/{total}");
    let held = total > 0 && right + disputed == total;
    if held { Ok(()) } else { Err(Trouble::new(format!("the proof `{name}` falls short"))) }
}

fn absolute(path: &str) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path))
}

/// The published vectors that are kept beside the verifier.
const DIDWEBVH: &str = "crates/3-operations/identity/tests/data/didwebvh";

/// The published ballots that are kept beside the counts.
const VOTES: &str = "crates/2-policy/count/tests/data/votes";

/// A room's own example does the work, since it links what is proven.
fn example(words: &[&str], package: &str, name: &str, kept: &str) -> Outcome<Figure> {
    let data = crate::option(words, "--data")?.map_or_else(|| sh::root().join(kept), absolute);
    if !data.is_dir() {
        return Err(Trouble::new(format!("there is no folder {}", data.display())));
    }
    let mut example = sh::cargo(&["run", "--quiet", "--package", package, "--example", name, "--"]);
    heard(example.arg(&data))
}

/// Listens to a program for its figure. Whatever breaks off has left one thing more unshown, however much of the rest was right.
pub fn heard(program: &mut Command) -> Outcome<Figure> {
    let mut figure = None;
    let well = sh::overhear(program, |line| figure = read_figure(line).or(figure.take()))?;
    let figure = figure.or_say(format!("`{}` gave no figure", sh::spell(program)))?;
    Ok(Figure { total: figure.total + u64::from(!well), ..figure })
}

/// A proof that takes no words.
fn alone(words: &[&str], run: fn() -> Outcome<Figure>) -> Outcome<Figure> {
    if words.is_empty() {
        run()
    } else {
        Err(Trouble::new(format!("`{}` is not understood here", words.join(" "))))
    }
}

/// A line such as `30 of 31 right, 1 disputed`.
fn read_figure(line: &str) -> Option<Figure> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let [right, "of", total, "right,", disputed, "disputed"] = words.as_slice() else { return None };
    Some(Figure { right: right.parse().ok()?, total: total.parse().ok()?, disputed: disputed.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_that_breaks_off_is_not_whole() {
        let told = |end: &str| {
            let says = format!("echo '2 of 2 right, 0 disputed'; exit {end}");
            let figure = heard(&mut sh::command("sh", ["-c", &says])).unwrap();
            (figure.right, figure.total)
        };
        assert_eq!((told("0"), told("1")), ((2, 2), (2, 3)));
    }

    #[test]
    fn the_figure_is_read_from_its_own_line_only() {
        let figure = read_figure("29 of 31 right, 1 disputed").unwrap();
        assert_eq!((figure.right, figure.total, figure.disputed), (29, 31, 1));
        assert!(read_figure("scenario portable: 2 of 2 logs right").is_none());
    }
}
