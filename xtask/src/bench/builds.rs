//! `cargo xtask bench build`: how long a newcomer waits for the first build, and everybody for every later one.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Instant, SystemTime};

use super::table::{Row, Table};
use crate::sh;
use crate::trouble::{OrSay, Outcome};

/// Measures a clean release build in a folder of its own, and a debug build after a change in one tool.
#[expect(clippy::unnecessary_wraps, reason = "all measurements have one shape")]
pub fn run(place: &Path, only: &str) -> Outcome<Table> {
    let mut table = Table::default();
    if "release".starts_with(only) {
        table.part("release", |table| release(place, table));
    }
    if "debug".starts_with(only) {
        table.part("debug", debug);
    }
    table.note("Crates were fetched before. What costs most is in ARCHITECTURE.md.");
    Ok(table)
}

fn release(place: &Path, table: &mut Table) -> Outcome<()> {
    let afresh = place.join("clean-build");
    let clean = minutes(
        sh::cargo(&["build", "--release", "--package", "planet", "--quiet"]).env("CARGO_TARGET_DIR", &afresh),
    )?;
    fs::remove_dir_all(&afresh).or_say("cannot remove the clean build")?;
    table.push(Row::within("clean release build", clean, 25.0, "min"));
    Ok(())
}

fn debug(table: &mut Table) -> Outcome<()> {
    let mut debug = sh::cargo(&["build", "--package", "planet", "--quiet"]);
    minutes(&mut debug)?;
    touch(&sh::root().join("crates/4-tools/wallet/src/lib.rs"))?;
    table.push(Row::within("debug build after a change in one tool", minutes(&mut debug)? * 60.0, 15.0, "s"));
    Ok(())
}

fn minutes(command: &mut std::process::Command) -> Outcome<f64> {
    let begun = Instant::now();
    sh::run(command)?;
    Ok(begun.elapsed().as_secs_f64() / 60.0)
}

/// Makes cargo believe that a file has changed.
fn touch(file: &Path) -> Outcome<()> {
    let opened = File::options().append(true).open(file);
    opened
        .and_then(|file| file.set_modified(SystemTime::now()))
        .or_say(format!("cannot touch {}", file.display()))
}
