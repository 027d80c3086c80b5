//! Whether every text that pages ask for exists, and every text that exists is asked for. It does not read what texts say.

use std::collections::{BTreeMap, BTreeSet};

use super::Remark;
use super::rust::Parts;
use super::tree::Page;

/// Compares the keys in code with those in the English texts of every room.
pub fn keys(pages: &[Page]) -> Vec<Remark> {
    let sources: Vec<&Page> =
        pages.iter().filter(|page| page.path.contains("/texts/") && page.is("en.ftl")).collect();
    let mut remarks = Vec::new();
    let mut defined: BTreeMap<&str, (&Page, usize)> = BTreeMap::new();
    for page in &sources {
        for (line, key) in messages(&page.text) {
            if let Some((first, at)) = defined.insert(key, (page, line)) {
                remarks.push(Remark::fail(
                    &page.path,
                    line,
                    format!("`{key}` is defined in {}:{at} already: give it its room's prefix", first.path),
                ));
            }
        }
    }
    let mut used = Used::default();
    for page in
        pages.iter().filter(|page| page.is(".rs") && page.path.starts_with("crates/") && !page.is_for_tests())
    {
        for (line, key) in used.gather(page) {
            if !defined.contains_key(key.as_str()) {
                remarks.push(Remark::fail(
                    &page.path,
                    line,
                    format!("there is no text `{key}`: add it to the room's texts/en.ftl"),
                ));
            }
        }
    }
    for page in &sources {
        used.gather_references(&page.text);
    }
    let idle = defined.iter().filter(|(key, _)| !used.covers(key));
    remarks.extend(idle.map(|(key, (page, line))| {
        Remark::fail(&page.path, *line, format!("nothing asks for `{key}`: take it out"))
    }));
    remarks
}

/// The messages of a Fluent file with their lines; terms and attributes are not asked for by code.
fn messages(ftl: &str) -> impl Iterator<Item = (usize, &str)> {
    ftl.lines()
        .enumerate()
        .filter(|(_, line)| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|(i, line)| {
            let (key, _) = line.split_once('=')?;
            Some((i + 1, key.trim()))
        })
}

/// What may be a key in use: any text of the code, and the fixed beginnings of texts that are put together.
#[derive(Default)]
struct Used {
    whole: BTreeSet<String>,
    beginnings: BTreeSet<String>,
}

impl Used {
    /// Takes in the texts of a file, its test module left out; gives the keys that it asks for by name.
    fn gather(&mut self, page: &Page) -> Vec<(usize, String)> {
        let source = page.text.split("#[cfg(test)]").next().unwrap_or_default();
        let parts = Parts::of(source);
        let mut asked = Vec::new();
        for text in &parts.texts {
            let before = parts.stands_before(text, 8);
            if before.ends_with(".t(") || before.ends_with(".t_with(") {
                asked.push((text.line, text.content.clone()));
            }
            if let Some((beginning, _)) =
                text.content.split_once('{').filter(|(beginning, _)| beginning.ends_with('-'))
            {
                self.beginnings.insert(beginning.to_owned());
            }
            self.whole.insert(text.content.clone());
        }
        asked
    }

    /// Takes in the messages that other messages refer to: `{ club-name }`.
    fn gather_references(&mut self, ftl: &str) {
        let braced = ftl.split('{').skip(1).filter_map(|rest| rest.split('}').next());
        self.whole.extend(braced.map(|inside| inside.trim().to_owned()));
    }

    fn covers(&self, key: &str) -> bool {
        self.whole.contains(key)
            || self.beginnings.iter().any(|beginning| key.starts_with(beginning.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FTL: &str = "# Texts\nhello = Hello { who }\nwho = { club-name }\nclub-name = X\nlevel-town = Town\nidle = Nobody asks\n";

    #[test]
    fn a_missing_text_an_idle_text_and_a_double_one_are_found() {
        let code = "fn f(ui: &Ui) { ui.t(\"hello\"); ui.t_with(\n \"gone\", &[]); ui.t(&format!(\"level-{x}\")); }\n#[cfg(test)] mod t { ui.t(\"x\") }";
        let pages = [
            Page::new("crates/kit/texts/en.ftl", FTL),
            Page::new("crates/4-tools/feed/texts/en.ftl", "hello = Again\n"),
            Page::new("crates/kit/src/a.rs", code),
        ];
        let said: Vec<String> = keys(&pages).iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 3, "{said:?}");
        assert!(said[0].starts_with("crates/4-tools/feed/texts/en.ftl:1: `hello` is defined in"));
        assert!(said[1].starts_with("crates/kit/src/a.rs:2: there is no text `gone`"));
        assert!(said[2].starts_with("crates/kit/texts/en.ftl:6: nothing asks for `idle`"));
    }
}
