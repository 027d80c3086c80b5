//! `cargo xtask`: the project's own tasks, from tests to measurements. It links no room of the house, so that it is built first.

mod bench;
mod browser;
mod chains;
mod gazetteer;
mod http;
mod keep;
mod node;
mod postgres;
mod prove;
mod sh;
mod test;
mod tidy;
mod tools;
mod trouble;

use std::process::ExitCode;

use trouble::{Outcome, Trouble};

const USAGE: &str = "\
cargo xtask test [--fast]             everything that must hold; --fast leaves the browser out
cargo xtask story [NAME …]            only the browser tests: those of these stories and engines, or all
cargo xtask tidy                      only the house rules: floors, files, texts, policies, papers
cargo xtask bench NAME [--json F]     measures beside what others do; writes docs/benchmarks.md; without a name, lists
cargo xtask bench NAME --only PART    measures the parts whose names begin so, and writes nothing down
cargo xtask prove [NAME] [--data DIR] runs a foreign suite or program against us; without a name, lists them
cargo xtask gazetteer                 makes the gazetteer of places anew from its sources
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match dispatch(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[&str]) -> Outcome<()> {
    match words {
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        ["test"] => test::run(test::Extent::Everything),
        ["test", "--fast"] => test::run(test::Extent::WithoutBrowser),
        ["story", only @ ..] => test::story(only),
        ["tidy"] => tidy::run().map(|checks| println!("{checks} checks passed.")),
        ["gazetteer"] => gazetteer::run().map_err(Trouble::new),
        ["bench", rest @ ..] => bench::run(rest),
        ["prove", rest @ ..] => prove::run(rest),
        other => Err(Trouble::new(format!("There is no task `{}`.\n\n{USAGE}", other.join(" ")))),
    }
}

/// The value after a flag such as `--json`, or nothing when the flag is absent; any other word is a mistake.
fn option<'a>(words: &[&'a str], flag: &str) -> Outcome<Option<&'a str>> {
    match words {
        [] => Ok(None),
        [word, value] if *word == flag => Ok(Some(value)),
        other => Err(Trouble::new(format!("`{}` is not understood here.\n\n{USAGE}", other.join(" ")))),
    }
}
