//! A test helper that compares the texts that code asks for with those that exist. Not used by the running node.

use std::collections::BTreeSet;
use std::path::Path;

/// What is wrong between code and texts; empty when all is well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Keys that code asks for and no source defines.
    pub undefined: BTreeSet<String>,
    /// Keys that a source defines and no code mentions.
    pub unused: BTreeSet<String>,
}

/// Looks through all `.rs` files under a folder. A key is *asked for* by `.t("key")` or `.t_with("key", …)`; it counts as
/// *used* when any string literal is exactly it, when `format!("key-{…}")` may make it, or when another text refers to it.
/// Comments and test modules (from `#[cfg(test)]` on) do not count.
pub fn missing(sources: &[&str], code: &Path) -> Faults {
    let defined: BTreeSet<String> = sources.iter().flat_map(|ftl| keys(ftl)).collect();
    let mut asked = BTreeSet::new();
    let mut literals = BTreeSet::new();
    for file in rust_files(code) {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let text = code.join("\n");
        for opening in [".t(", ".t_with("] {
            for (_, rest) in text.match_indices(opening).map(|(at, found)| text.split_at(at + found.len())) {
                asked.extend(
                    rest.trim_start()
                        .strip_prefix('"')
                        .and_then(|rest| rest.split('"').next())
                        .map(str::to_owned),
                );
            }
        }
        literals.extend(text.split('"').map(str::to_owned));
    }
    let made = |key: &str| {
        literals.contains(key)
            || literals
                .iter()
                .filter_map(|it| it.split_once('{'))
                .any(|(start, _)| start.ends_with('-') && key.starts_with(start))
            || sources.iter().any(|ftl| ftl.contains(&format!("{{ {key} }}")))
    };
    Faults {
        undefined: asked.iter().filter(|key| !defined.contains(*key)).cloned().collect(),
        unused: defined.iter().filter(|key| !made(key)).cloned().collect(),
    }
}

/// The keys of messages in a source: lines that begin with a letter and have an equals sign.
fn keys(ftl: &str) -> impl Iterator<Item = String> {
    ftl.lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('=').map(|(key, _)| key.trim().to_owned()))
}

fn rust_files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|it| it == "rs") {
            files.push(path);
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_without_text_and_a_text_without_use_are_both_found() {
        let folder = std::env::temp_dir().join(format!("planet-texts-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("folder");
        let code = r#"fn f(ui: &Ui) { ui.t("there"); ui.t_with(
            "gone", &[]); ui.t(&format!("level-{word}")); }"#;
        std::fs::write(folder.join("page.rs"), code).expect("file");
        let faults = missing(&["there = x\nlevel-town = y\nidle = z\n"], &folder);
        std::fs::remove_dir_all(&folder).expect("removed");
        assert_eq!(faults.undefined, BTreeSet::from(["gone".to_owned()]));
        assert_eq!(faults.unused, BTreeSet::from(["idle".to_owned()]));
    }
}
