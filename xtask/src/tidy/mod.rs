//! `cargo xtask tidy`: reads the tree and fails on what the house does not allow. It changes no file.
//!
//! Each check is a function from what it reads to its remarks, in a file of its own:
//! `floors` (who may use whom), `files` (length and first line), `manners` (attributes and words),
//! `papers` (lock files and the table of dependencies), `texts` (Fluent keys), `acts` (names of acts in policies).

mod acts;
mod files;
mod floors;
mod manners;
mod papers;
mod rust;
mod texts;
mod tree;

use std::fmt;

use crate::sh;
use crate::trouble::{Outcome, Trouble};

/// One thing to mend, or to keep an eye on.
#[derive(Debug, PartialEq, Eq)]
pub struct Remark {
    path: String,
    line: usize,
    advice: String,
    weight: Weight,
}

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Failure,
    Warning,
}

impl Remark {
    /// Something that must be mended: where, and how. Line 0 means the file as a whole.
    fn fail(path: impl Into<String>, line: usize, advice: impl Into<String>) -> Self {
        Self { path: path.into(), line, advice: advice.into(), weight: Weight::Failure }
    }

    /// Something that will fail when it grows.
    fn warn(path: impl Into<String>, line: usize, advice: impl Into<String>) -> Self {
        Self { weight: Weight::Warning, ..Self::fail(path, line, advice) }
    }
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = if self.weight == Weight::Failure { "" } else { "warning: " };
        write!(f, "{weight}{}:{}: {}", self.path, self.line.max(1), self.advice)
    }
}

/// Runs every check and prints what each found. Gives the number of checks.
pub fn run() -> Outcome<usize> {
    let pages = tree::read(&sh::root())?;
    let packages = floors::packages()?;
    let checks: [(&str, Vec<Remark>); 12] = [
        ("arrows run downwards", floors::arrows(&packages)),
        ("engines stay in their rooms", floors::engines(&packages)),
        ("only the ledger moves value", floors::ledger_alone(&pages)),
        ("files are short", files::lengths(&pages)),
        ("files say what they are", files::first_lines(&pages)),
        ("exceptions have reasons", manners::exceptions(&pages)),
        ("nothing is left unfinished", manners::unfinished(&pages)),
        ("no machine is named", manners::foreign_words(&pages)),
        ("lock files are clean", papers::locks(&pages)),
        ("every dependency has its reason", papers::dependency_table(&pages)),
        ("every text exists and is used", texts::keys(&pages)),
        ("policies and code name the same acts", acts::names(&pages)),
    ];
    let mut failures = 0;
    for (name, remarks) in &checks {
        let wrong = remarks.iter().filter(|remark| remark.weight == Weight::Failure).count();
        failures += wrong;
        println!("{} {name}", if wrong == 0 { "ok   " } else { "WRONG" });
        for remark in remarks {
            println!("      {remark}");
        }
    }
    if failures > 0 {
        let things = if failures == 1 { "one thing".to_owned() } else { format!("{failures} things") };
        return Err(Trouble::new(format!("tidy found {things} to mend")));
    }
    Ok(checks.len())
}
