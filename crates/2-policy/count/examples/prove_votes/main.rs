//! Recounts a folder of published ballots and compares with the outcomes published beside them: `prove_votes DIR`. For people and for
//! `cargo xtask prove votes`; the last line is `N of M right, 0 disputed`.
#![expect(clippy::print_stdout, reason = "a program for people who check: it prints what it found")]

mod budgets;
mod glasgow;
mod ranked;
mod runoff;

use std::path::{Path, PathBuf};

/// What was found about one set: nothing, or what differs.
pub type Verdict = Result<(), String>;

/// A kind of set: the folder it lies in, the ending of its files, and its recount.
type Kind = (&'static str, &'static str, fn(&Path) -> Verdict);

const KINDS: [Kind; 4] = [
    ("glasgow2007", "blt", glasgow::recount),
    ("nixos2025", "blt", ranked::recount),
    ("pabulib", "pb", budgets::recount),
    ("rctab", "xlsx", runoff::recount),
];

fn main() {
    let folder = std::env::args().nth(1).map_or_else(|| PathBuf::from("tests/data/votes"), PathBuf::from);
    let (mut right, mut total) = (0, 0);
    for (name, ending, recount) in KINDS {
        let files = files(&folder.join(name), ending);
        if files.is_empty() {
            println!("{name}: not run, there is nothing in {}", folder.join(name).display());
        }
        for file in files {
            let verdict = recount(&file);
            total += 1;
            right += u32::from(verdict.is_ok());
            let set = file.file_stem().unwrap_or_default().to_string_lossy();
            match verdict {
                Ok(()) => println!("{name}/{set}: as published"),
                Err(why) => println!("{name}/{set}: DIFFERS: {why}"),
            }
        }
    }
    println!("{right} of {total} right, 0 disputed");
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|there| there == ending))
        .collect();
    files.sort();
    files
}

/// The text of a file, or why there is none.
pub fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Compares, and says what was expected and what was counted.
pub fn same<T: PartialEq + std::fmt::Debug>(what: &str, counted: &T, published: &T) -> Verdict {
    if counted == published {
        Ok(())
    } else {
        Err(format!("{what}: counted {counted:?}, published {published:?}"))
    }
}
