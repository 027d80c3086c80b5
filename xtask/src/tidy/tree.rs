//! The files of the repository as tidy reads them, without what is built, fetched or hidden. It judges nothing.

use std::fs;
use std::path::{Path, PathBuf};

use crate::trouble::{OrSay, Outcome};

/// A file that is text.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its path below the repository, with `/` between folders.
    pub path: String,
    /// What it says.
    pub text: String,
}

impl Page {
    /// A page from words in a test or from a file.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }

    /// Whether its name ends like this: `.rs`.
    pub fn is(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }

    /// Whether it belongs to tests: a folder `tests`, `benches` or `examples`, or a file `tests.rs`.
    pub fn is_for_tests(&self) -> bool {
        self.path.split('/').any(|part| matches!(part, "tests" | "benches" | "examples" | "tests.rs"))
    }
}

/// Reads every text file beneath a folder, in the order of their paths.
pub fn read(root: &Path) -> Outcome<Vec<Page>> {
    let mut pages = Vec::new();
    gather(root, root, &mut pages)?;
    pages.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(pages)
}

fn gather(root: &Path, folder: &Path, pages: &mut Vec<Page>) -> Outcome<()> {
    for entry in fs::read_dir(folder).or_say(format!("cannot read {}", folder.display()))? {
        let path: PathBuf = entry.or_say(format!("cannot read {}", folder.display()))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_symlink() || left_out(&name) {
            continue;
        }
        if path.is_dir() {
            gather(root, &path, pages)?;
        } else if let Ok(text) = fs::read_to_string(&path) {
            let below = path.strip_prefix(root).unwrap_or(&path);
            pages.push(Page::new(below.to_string_lossy().replace('\\', "/"), text));
        }
    }
    Ok(())
}

/// What is built, fetched, somebody's data, or git's own.
fn left_out(name: &str) -> bool {
    matches!(name, "target" | "node_modules" | "planet-data" | ".git" | ".issues")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_read_without_what_is_built() {
        let pages = read(&crate::sh::root()).unwrap();
        assert!(pages.iter().any(|page| page.path == "xtask/src/tidy/tree.rs"));
        assert!(pages.iter().all(|page| !page.path.starts_with("target/")));
    }
}
