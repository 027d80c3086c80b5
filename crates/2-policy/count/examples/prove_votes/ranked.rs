//! Elections whose winners were announced, by the rule that they were announced under.

use crate::{Verdict, same, text};
use planet_count::file::blt;
use planet_count::meek::meek;
use planet_count::scottish::scottish;
use planet_count::{Candidate, Lot};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// What was announced, as `NAME.outcome.json` states it.
#[derive(Deserialize)]
struct Announced {
    rule: String,
    elected: Vec<String>,
}

pub fn recount(file: &Path) -> Verdict {
    let election = blt::read(&text(file)?).map_err(|error| error.to_string())?;
    let announced = announced(file)?;
    let count = election.names.len();
    let lot = Lot::published(count);
    let by_meek = meek(count, election.seats, &election.ballots, &lot).map_err(|error| error.to_string())?;
    let by_scottish =
        scottish(count, election.seats, &election.ballots, &lot).map_err(|error| error.to_string())?;
    let elected = match announced.rule.as_str() {
        "meek" => by_meek.elected,
        "scottish" => by_scottish.elected,
        other => return Err(format!("there is no rule “{other}”")),
    };
    let mut elected: Vec<String> = elected
        .into_iter()
        .filter_map(|Candidate(at)| election.names.get(usize::from(at)).cloned())
        .collect();
    let mut published = announced.elected;
    elected.sort();
    published.sort();
    same("elected", &elected, &published)
}

/// The outcome beside the ballots, or the one that this project keeps for ballots of that name.
fn announced(file: &Path) -> Result<Announced, String> {
    let name = file.with_extension("outcome.json");
    let kept = name.file_name().map_or_else(PathBuf::new, |name| {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/votes/nixos2025").join(name)
    });
    let found = if name.exists() { name } else { kept };
    serde_json::from_str(&text(&found)?).map_err(|error| format!("{}: {error}", found.display()))
}
