//! `cargo xtask test`: everything that must hold, one step after the other, up to the first that fails. It mends nothing.

use std::time::{Duration, Instant};

use crate::browser;
use crate::postgres::{Durability, Server};
use crate::sh;
use crate::tidy;
use crate::tools;
use crate::trouble::{Outcome, Trouble};

/// How much is tested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Everything,
    /// For between two edits: no browser.
    WithoutBrowser,
}

/// How many checks a step made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that held.
    pub passed: usize,
    /// Those that did not.
    pub failed: usize,
}

/// What the steps share.
#[derive(Default)]
struct Course {
    tally: Tally,
    postgres: Option<Server>,
}

type Step = (&'static str, fn(&mut Course) -> Outcome<Tally>);

const STEPS: [Step; 7] = [
    ("formatting", formatting),
    ("tidy", |_| tidy::run().map(|passed| Tally { passed, failed: 0 })),
    ("clippy", clippy),
    ("PostgreSQL", postgres),
    ("tests", tests),
    ("web tests", web_tests),
    ("browser tests", |course| browser_tests(course, &[])),
];

/// Runs the steps, prints how long each took, and the totals alone on the last line.
pub fn run(extent: Extent) -> Outcome<()> {
    let mut course = Course::default();
    let mut times = Vec::new();
    let mut trouble = None;
    for (name, step) in STEPS {
        if extent == Extent::WithoutBrowser && name == "browser tests" {
            continue;
        }
        println!("\n── {name}");
        let begun = Instant::now();
        let outcome = step(&mut course);
        times.push((name, begun.elapsed(), outcome.is_ok()));
        match outcome {
            Ok(tally) => course.tally.passed += tally.passed,
            Err(reason) => {
                course.tally.failed = course.tally.failed.max(1);
                trouble = Some(Trouble::new(format!("\n{reason}\n\nStopped at: {name}.")));
                break;
            }
        }
    }
    drop(course.postgres.take());
    println!("\n{}", summary(&times));
    if let Some(trouble) = &trouble {
        println!("{trouble}\n");
    }
    println!("{} passed, {} failed", course.tally.passed, course.tally.failed);
    if trouble.is_some() { std::process::exit(1) } else { Ok(()) }
}

fn summary(times: &[(&str, Duration, bool)]) -> String {
    let line = |(name, time, well): &(&str, Duration, bool)| {
        format!("{} {name:<14} {:>7.1} s", if *well { "ok   " } else { "WRONG" }, time.as_secs_f64())
    };
    times.iter().map(line).collect::<Vec<_>>().join("\n")
}

const ONE: Tally = Tally { passed: 1, failed: 0 };

fn formatting(_: &mut Course) -> Outcome<Tally> {
    sh::run(&mut sh::cargo(&["fmt", "--all", "--check"]))
        .map(|()| ONE)
        .map_err(|_| Trouble::new("Some files are not formatted: type `cargo fmt --all`."))
}

fn clippy(_: &mut Course) -> Outcome<Tally> {
    sh::run(&mut sh::cargo(&[
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "--deny",
        "warnings",
    ]))
    .map(|()| ONE)
}

/// One server for all tests: they find it by `PLANET_TEST_POSTGRES` and take a schema of their own in it.
fn postgres(course: &mut Course) -> Outcome<Tally> {
    let server = Server::start(Durability::Forgetful, &std::env::temp_dir())?;
    println!("PostgreSQL listens on {} until the tests are over.", server.url("postgres"));
    course.postgres = Some(server);
    Ok(Tally::default())
}

fn tests(course: &mut Course) -> Outcome<Tally> {
    let mut cargo = sh::cargo(&["test", "--workspace", "--no-fail-fast", "--quiet"]);
    if let Some(server) = &course.postgres {
        cargo.env("PLANET_TEST_POSTGRES", server.url("postgres"));
    }
    let mut tally = Tally::default();
    let well = sh::overhear(&mut cargo, |line| {
        let of_this_line = tally_in(line).unwrap_or_default();
        tally.passed += of_this_line.passed;
        tally.failed += of_this_line.failed;
    })?;
    if well {
        return Ok(tally);
    }
    course.tally.passed += tally.passed;
    course.tally.failed = tally.failed;
    Err(Trouble::new(format!(
        "{} of {} tests failed; each is named above.",
        tally.failed,
        tally.passed + tally.failed
    )))
}

/// What cargo says at the end of a binary's tests: `test result: ok. 3 passed; 0 failed; …`.
fn tally_in(line: &str) -> Option<Tally> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let count = |word: &str| {
        let part = counts.split(';').find(|part| part.trim().ends_with(word))?;
        part.split_whitespace().next()?.parse().ok()
    };
    Some(Tally { passed: count("passed")?, failed: count("failed")? })
}

/// The front end's own checks: the scripts `check` (types) and `test`, where its package.json has them.
fn web_tests(_: &mut Course) -> Outcome<Tally> {
    let web = sh::root().join("web");
    let manifest = std::fs::read_to_string(web.join("package.json")).unwrap_or_default();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap_or_default();
    let has = |script: &&str| manifest.pointer(&format!("/scripts/{script}")).is_some();
    let scripts: Vec<&str> = ["check", "test"].into_iter().filter(has).collect();
    let folder = tools::npm_folder(&web, "web-tests")?;
    let mut tally = Tally::default();
    for script in &scripts {
        let mut npm = sh::command("npm", ["run", "--silent", script]);
        let well =
            sh::overhear(npm.current_dir(&folder), |line| tally.passed += passed_in(line).unwrap_or(0))?;
        if !well {
            return Err(Trouble::new(format!("`npm run {script}` in web/ failed.")));
        }
        tally.passed += 1;
    }
    Ok(tally)
}

/// What Node's test runner says at its end, in either of its styles: `# pass 22` or `ℹ pass 22`.
fn passed_in(line: &str) -> Option<usize> {
    line.trim_start_matches(['#', 'ℹ', ' ']).strip_prefix("pass ")?.parse().ok()
}

fn browser_tests(course: &mut Course, only: &[&str]) -> Outcome<Tally> {
    sh::run(&mut sh::cargo(&["build", "--package", "planet", "--quiet"]))?;
    let server = course.postgres.as_ref().ok_or_else(|| Trouble::new("the browser tests need PostgreSQL"))?;
    browser::run(server, only)
}

/// `cargo xtask story`: the browser tests alone, with a PostgreSQL of their own. Words narrow it to stories and engines of these names.
pub fn story(only: &[&str]) -> Outcome<()> {
    let mut course = Course::default();
    postgres(&mut course)?;
    let tally = browser_tests(&mut course, only)?;
    println!("{} passed, {} failed", tally.passed, tally.failed);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargos_totals_are_read_from_its_last_lines() {
        let line = "test result: FAILED. 12 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        assert_eq!(tally_in(line), Some(Tally { passed: 12, failed: 2 }));
        assert_eq!(tally_in("running 3 tests"), None);
    }

    #[test]
    fn nodes_totals_are_read_in_both_styles() {
        assert_eq!(
            (passed_in("# pass 22"), passed_in("ℹ pass 3"), passed_in("ok 4 - pass 5")),
            (Some(22), Some(3), None)
        );
    }

    #[test]
    fn the_summary_names_the_step_that_failed() {
        let said = summary(&[
            ("tidy", Duration::from_millis(1500), true),
            ("clippy", Duration::from_mins(1), false),
        ]);
        assert_eq!(said, "ok    tidy               1.5 s\nWRONG clippy            60.0 s");
    }
}
