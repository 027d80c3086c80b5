//! Passages: what a change of the rules takes away and what it puts there, line by line, for those who vote. It compares what is
//! written and knows nothing of what that means.

use planet_policy::Bundle;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use similar::{ChangeTag, TextDiff};
use std::collections::BTreeMap;

/// How many lines that stay are shown around those that do not.
const AROUND: usize = 3;

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It stays.
    Stays,
    /// It goes.
    Goes,
    /// It comes.
    Comes,
}

/// A line of what is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Line {
    /// What becomes of it.
    pub fate: Fate,
    /// Its text.
    pub text: String,
}

/// Lines that stand together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// Where they stand: a file of policies, `procedures` or `numbers`.
    pub place: String,
    /// The lines.
    pub lines: Vec<Line>,
}

/// What stands differently in the rules as they would be.
#[must_use]
pub fn passages(before: &Bundle, after: &Bundle) -> Vec<Passage> {
    let (old, new) = (written(before), written(after));
    let mut places: Vec<&str> = old.keys().chain(new.keys()).copied().collect();
    places.sort_unstable();
    places.dedup();
    let text = |all: &BTreeMap<&str, String>, place: &str| all.get(place).cloned().unwrap_or_default();
    places.into_iter().flat_map(|place| compared(place, &text(&old, place), &text(&new, place))).collect()
}

/// All that is written, by its place.
fn written(bundle: &Bundle) -> BTreeMap<&str, String> {
    let mut texts: BTreeMap<&str, String> =
        bundle.policies.iter().map(|file| (file.name.as_str(), file.text.clone())).collect();
    texts.insert("procedures", serde_json::to_string_pretty(&bundle.procedures).unwrap_or_default());
    texts.insert("numbers", serde_json::to_string_pretty(&bundle.parameters).unwrap_or_default());
    texts
}

fn compared(place: &str, old: &str, new: &str) -> Vec<Passage> {
    let compared = TextDiff::from_lines(old, new);
    let line = |change: similar::Change<&str>| Line {
        fate: match change.tag() {
            ChangeTag::Equal => Fate::Stays,
            ChangeTag::Delete => Fate::Goes,
            ChangeTag::Insert => Fate::Comes,
        },
        text: change.value().trim_end_matches('\n').to_owned(),
    };
    let groups = compared.grouped_ops(AROUND);
    groups
        .iter()
        .map(|group| Passage {
            place: place.to_owned(),
            lines: group.iter().flat_map(|part| compared.iter_changes(part)).map(line).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_line_goes_and_comes_between_lines_that_stay() {
        let told: Vec<(Fate, String)> = compared("x.cedar", "one\ntwo\nthree\n", "one\n2\nthree\n")
            .into_iter()
            .flat_map(|passage| passage.lines)
            .map(|line| (line.fate, line.text))
            .collect();
        let wanted = [(Fate::Stays, "one"), (Fate::Goes, "two"), (Fate::Comes, "2"), (Fate::Stays, "three")];
        assert_eq!(told, wanted.map(|(fate, text)| (fate, text.to_owned())));
    }

    #[test]
    fn what_does_not_change_is_not_shown() {
        assert_eq!(compared("x.cedar", "one\ntwo\n", "one\ntwo\n"), []);
    }
}
