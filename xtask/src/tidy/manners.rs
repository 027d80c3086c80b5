//! Attributes without a reason, work left unfinished, and words that name somebody's machine. It does not judge style.

use super::Remark;
use super::rust::Parts;
use super::tree::Page;

/// `#[expect]` needs its reason; `#[allow]` is not used at all.
pub fn exceptions(pages: &[Page]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for page in pages.iter().filter(|page| page.is(".rs")) {
        let code = Parts::of(&page.text).code();
        for (line, name, inside) in attributes(&code) {
            if name == "allow" {
                remarks.push(Remark::fail(
                    &page.path,
                    line,
                    "use `#[expect(…, reason = \"…\")]`: it goes away by itself when it is no longer needed",
                ));
            } else if name == "expect" && !inside.contains("reason") {
                remarks.push(Remark::fail(&page.path, line, "say why: `#[expect(…, reason = \"…\")]`"));
            }
        }
    }
    remarks
}

/// The attributes with parentheses: line, name and what stands inside.
fn attributes(code: &str) -> Vec<(usize, &str, &str)> {
    let starts =
        code.match_indices("#[").map(|(at, _)| at + 2).chain(code.match_indices("#![").map(|(at, _)| at + 3));
    starts
        .filter_map(|at| {
            let (name, rest) = code.get(at..)?.split_once('(')?;
            let name = name.trim();
            let simple =
                !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':');
            let line = code.get(..at)?.lines().count();
            simple.then_some((line, name, inside_parentheses(rest)))
        })
        .collect()
}

/// The text up to the parenthesis that closes the one already open.
fn inside_parentheses(rest: &str) -> &str {
    let mut depth = 1_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return rest.get(..at).unwrap_or(rest);
        }
    }
    rest
}

/// Nothing that is only promised: no to-do macros, no ignored tests, no fix-me notes.
pub fn unfinished(pages: &[Page]) -> Vec<Remark> {
    let in_code = ["todo!", "unimplemented!", "#[ignore"];
    let in_words = [concat!("FIX", "ME"), concat!("TO", "DO:"), concat!("XX", "X:")];
    let mut remarks = Vec::new();
    for page in pages.iter().filter(|page| is_source(page)) {
        if page.is(".rs") {
            for (line, code) in Parts::of(&page.text).lines() {
                let found = in_code.iter().filter(|word| code.contains(**word));
                remarks.extend(found.map(|word| {
                    Remark::fail(
                        &page.path,
                        line,
                        format!("`{word}`: finish it, or leave it out and say so in an issue"),
                    )
                }));
            }
        }
        for (line, text) in numbered(&page.text) {
            let found = in_words.iter().filter(|word| text.contains(**word));
            remarks.extend(
                found.map(|word| {
                    Remark::fail(&page.path, line, format!("`{word}`: mend it, or file an issue"))
                }),
            );
        }
    }
    remarks
}

/// Absolute paths of somebody's machine.
pub fn foreign_words(pages: &[Page]) -> Vec<Remark> {
    let paths = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("/ho", "me/"),
        concat!("/Us", "ers/"),
        concat!("/tmp/", "brief"),
    ];
    let mut remarks = Vec::new();
    for page in pages {
        for (line, text) in numbered(&page.text) {
            if let Some(word) = paths.iter().find(|path| names_absolutely(text, path)) {
                remarks.push(Remark::fail(
                    &page.path,
                    line,
                    format!("`{word}` is a place on somebody's machine: write it relative to the repository"),
                ));
            }
        }
    }
    remarks
}

/// Whether a path stands at the beginning of a word, so that it is absolute: `/a/` and not `b/a/`.
fn names_absolutely(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|c| !c.is_alphanumeric() && !"./})>_-".contains(c))
    })
}

fn is_source(page: &Page) -> bool {
    [".rs", ".ts", ".mjs", ".css", ".cedar", ".ftl", ".sql", ".toml", ".md"]
        .iter()
        .any(|ending| page.is(ending))
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| (i + 1, line))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(remarks: &[Remark]) -> Vec<usize> {
        remarks.iter().map(|remark| remark.line).collect()
    }

    #[test]
    fn an_exception_without_a_reason_is_found_wherever_it_breaks_its_lines() {
        let source =
            "\n#[expect(\n  clippy::a,\n  reason = \"(\",\n)]\nfn a() {}\n#[expect(dead_code)]\nfn b() {}\n";
        assert_eq!(lines(&exceptions(&[Page::new("a.rs", source)])), [7]);
        let allows =
            concat!("#![al", "low(missing_docs)]\n", "// #[al", "low(x)]\n", "let a = \"#[al", "low(x)]\";");
        assert_eq!(lines(&exceptions(&[Page::new("a.rs", allows)])), [1]);
    }

    #[test]
    fn unfinished_work_is_found_in_code_and_not_in_texts() {
        let source = "fn a() { todo!() }\nlet a = \"todo!\";\n#[ignore]\n";
        assert_eq!(lines(&unfinished(&[Page::new("a.rs", source)])), [1, 3]);
        let note = format!("a {} { }", in_two("FIX", "ME"), "b");
        assert_eq!(lines(&unfinished(&[Page::new("a.css", note)])), [1]);
    }

    fn in_two(a: &str, b: &str) -> String {
        format!("{a}{b}")
    }

    #[test]
    fn places_on_a_machine_are_found_and_addresses_are_not() {
        let page = |text: &str| [Page::new("a.md", text)];
        let place = in_two("/ro", "ot/notes");
        assert_eq!(lines(&foreign_words(&page(&format!("see\n`{place}`")))), [2]);
        assert!(foreign_words(&page(&format!("see https://example.org{place}"))).is_empty());
    }
}
