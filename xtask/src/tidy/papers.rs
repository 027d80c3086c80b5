//! Lock files and the table of dependencies: what is taken from elsewhere, and whether it is explained. It fetches nothing.

use std::collections::BTreeSet;

use super::Remark;
use super::tree::Page;

/// Crates that would drag in another TLS library or a C toolchain of their own.
const UNWANTED: [&str; 4] = ["aws-lc-rs", "aws-lc-sys", "openssl-sys", "native-tls"];
const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// No unwanted crate, no crate from elsewhere than crates.io, no download address in an npm lock file.
pub fn locks(pages: &[Page]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for page in pages.iter().filter(|page| page.is("Cargo.lock")) {
        for (line, text) in numbered(&page.text) {
            if let Some(name) = UNWANTED.iter().find(|name| text == format!("name = \"{name}\"")) {
                remarks.push(Remark::fail(&page.path, line, format!("{name} came in: find who asks with `cargo tree -i {name}` and choose its features without")));
            }
            if text.starts_with("source = ") && !text.contains(CRATES_IO) {
                remarks.push(Remark::fail(&page.path, line, "crates come from crates.io only"));
            }
        }
    }
    for page in pages.iter().filter(|page| page.is("package-lock.json")) {
        let named =
            numbered(&page.text).filter(|(_, text)| text.trim_start().starts_with("\"resolved\": \"http"));
        let advice = "the lock file names a registry: write it again with `npm install --omit-lockfile-registry-resolved`";
        remarks.extend(named.take(1).map(|(line, _)| Remark::fail(&page.path, line, advice)));
    }
    remarks
}

/// Every crate and every npm package that the project names stands in ARCHITECTURE.md's table, with its reason.
pub fn dependency_table(pages: &[Page]) -> Vec<Remark> {
    let find = |path: &str| pages.iter().find(|page| page.path == path).map_or("", |page| page.text.as_str());
    let rows = first_cells(find("ARCHITECTURE.md"));
    let mut wanted: Vec<(String, String)> =
        crates_named(find("Cargo.toml")).into_iter().map(|name| ("Cargo.toml".to_owned(), name)).collect();
    for page in pages.iter().filter(|page| page.is("package.json")) {
        wanted.extend(packages_named(&page.text).into_iter().map(|name| (page.path.clone(), name)));
    }
    let missing = wanted.into_iter().filter(|(_, name)| !rows.contains(name));
    missing
        .map(|(path, name)| Remark::fail(path, 0, format!("{name} has no row in ARCHITECTURE.md's table of dependencies: add `| {name} | its reason |`")))
        .collect()
}

/// The names in the first cells of all tables: a cell may list several, with commas, in backticks or not.
fn first_cells(markdown: &str) -> BTreeSet<String> {
    let cells = markdown.lines().filter_map(|line| line.trim().strip_prefix('|')?.split('|').next());
    cells
        .flat_map(|cell| cell.split([',', ' ']))
        .map(|name| name.trim().trim_matches('`').to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The crates of [workspace.dependencies] that are not our own.
fn crates_named(manifest: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().unwrap_or_default();
    let table = manifest
        .get("workspace")
        .and_then(|workspace| workspace.get("dependencies"))
        .and_then(toml::Value::as_table);
    let foreign = table.into_iter().flatten().filter(|(_, value)| value.get("path").is_none());
    foreign.map(|(name, _)| name.clone()).collect()
}

/// The packages that a package.json names, for running and for building.
fn packages_named(manifest: &str) -> Vec<String> {
    let manifest: serde_json::Value = serde_json::from_str(manifest).unwrap_or_default();
    let tables =
        ["dependencies", "devDependencies"].iter().filter_map(|kind| manifest.get(kind)?.as_object());
    tables.flat_map(|table| table.keys().cloned()).collect()
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| (i + 1, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unwanted_crate_and_a_foreign_registry_are_found() {
        let lock = format!(
            "[[package]]\nname = \"openssl-sys\"\nsource = \"{CRATES_IO}\"\nname = \"serde\"\nsource = \"git+https://example.org/x\"\n"
        );
        let remarks = locks(&[Page::new("Cargo.lock", lock)]);
        assert_eq!(remarks.iter().map(|remark| remark.line).collect::<Vec<_>>(), [2, 5]);
    }

    #[test]
    fn an_npm_lock_file_names_no_address() {
        let page = |text: &str| [Page::new("web/package-lock.json", text)];
        assert!(locks(&page("{\n \"version\": \"1.0\"\n}")).is_empty());
        assert_eq!(locks(&page("{\n \"resolved\": \"https://example.org/a.tgz\"\n}"))[0].line, 2);
    }

    #[test]
    fn a_dependency_without_a_reason_is_found() {
        let pages = [
            Page::new(
                "Cargo.toml",
                "[workspace.dependencies]\nplanet-kit = { path = \"kit\" }\nserde = \"1\"\nsha2 = \"0\"\nuuid = \"1\"\n",
            ),
            Page::new("web/package.json", "{\"devDependencies\": {\"esbuild\": \"1\"}}"),
            Page::new(
                "ARCHITECTURE.md",
                "| crate | reason |\n|---|---|\n| `serde`, sha2 | words for values |\n",
            ),
        ];
        let missing: Vec<String> = dependency_table(&pages).iter().map(ToString::to_string).collect();
        assert_eq!(missing.len(), 2);
        assert!(missing[0].starts_with("Cargo.toml:1: uuid has no row"), "{missing:?}");
        assert!(missing[1].starts_with("web/package.json:1: esbuild has no row"), "{missing:?}");
    }
}
