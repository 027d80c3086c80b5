//! `cargo xtask bench`: what we do beside what others do, in one run on one machine. It is no test: no figure fails a build.

mod builds;
mod chat;
mod corridor;
mod examples;
mod load;
mod machine;
mod pgbench;
mod served;
mod table;
mod votes;
mod wallet;

use std::path::{Path, PathBuf};

use crate::sh;
use crate::trouble::{OrSay, Outcome, Trouble};
use table::Table;

/// A measurement by name: what it compares, and how it is run, given a folder and how the names of the wanted parts begin.
type Bench = (&'static str, &'static str, fn(&Path, &str) -> Outcome<Table>);

const BENCHES: [Bench; 5] = [
    (
        "corridor",
        "payments through the whole corridor beside pgbench, pages, decisions, start and size",
        corridor::run,
    ),
    (
        "wallet",
        "transfers by callers and traffic beside pgbench and the bare loop, payments, statements",
        wallet::run,
    ),
    (
        "chat",
        "messages accepted, heard and read, and what many who listen cost, beside Synapse and ejabberd",
        chat::run,
    ),
    (
        "votes",
        "counts of a million ballots, recount, pages of large votes, rehearsal, many policies",
        votes::run,
    ),
    ("build", "how long the first build takes, and every later one", builds::run),
];

/// Runs the named measurement, prints its table and, unless it was only a part, writes it into docs/benchmarks.md; without a
/// name, lists them.
pub fn run(words: &[&str]) -> Outcome<()> {
    let Some((name, rest)) = words.split_first() else {
        for (name, about, _) in BENCHES {
            println!("{name:10} {about}");
        }
        return Ok(());
    };
    let bench = BENCHES.iter().find(|(known, _, _)| known == name);
    let (_, about, measure) =
        bench.or_say(format!("there is no measurement `{name}`; `cargo xtask bench` lists them"))?;
    let (only, rest) = match rest {
        ["--only", part, rest @ ..] => (*part, rest),
        rest => ("", rest),
    };
    let json = crate::option(rest, "--json")?.map(PathBuf::from);
    let place = machine::place()?;
    let machine = machine::describe(&place)?;
    println!("{machine}");
    let table = measure(&place, only)?;
    println!("\n{table}");
    if let Some(file) = json {
        std::fs::write(&file, table.json()).or_say(format!("cannot write {}", file.display()))?;
    }
    if !only.is_empty() {
        return table.complete();
    }
    let page = sh::root().join("docs/benchmarks.md");
    let old = std::fs::read_to_string(&page).unwrap_or_else(|_| "# Benchmarks\n".to_owned());
    let section = format!("## {name}: {about}\n\n{machine}\n\n{}", table.markdown());
    let new = between_markers(&old, name, &section).map_err(Trouble::new)?;
    std::fs::write(&page, new).or_say(format!("cannot write {}", page.display()))?;
    table.complete()
}

/// Puts a section between its markers, which are added at the end when the page has none yet.
fn between_markers(page: &str, name: &str, section: &str) -> Result<String, String> {
    let (begin, end) = (format!("<!-- bench {name}: begin -->"), format!("<!-- bench {name}: end -->"));
    let block = format!("{begin}\n{}\n{end}", section.trim_end());
    match (page.split_once(&begin), page.split_once(&end)) {
        (Some((before, _)), Some((_, after))) => Ok(format!("{before}{block}{after}")),
        (None, None) => Ok(format!("{}\n\n{block}\n", page.trim_end())),
        _ => Err(format!(
            "docs/benchmarks.md has only one of the markers `{begin}` and `{end}`: restore the other"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_replaces_itself_and_nothing_else() {
        let first = between_markers("# B\n\nWords.\n", "corridor", "one").unwrap();
        let second = between_markers(&format!("{first}\nAfter.\n"), "corridor", "two\n").unwrap();
        assert_eq!(
            second,
            "# B\n\nWords.\n\n<!-- bench corridor: begin -->\ntwo\n<!-- bench corridor: end -->\n\nAfter.\n"
        );
        assert!(between_markers("<!-- bench x: end -->", "x", "").is_err());
    }
}
