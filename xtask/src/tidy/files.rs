//! Whether files are short and begin by saying what they are. It does not look at what they do.

use super::Remark;
use super::tree::Page;

const SOFT: usize = 400;
const HARD: usize = 600;

/// Sources over 600 lines fail, over 400 are mentioned.
pub fn lengths(pages: &[Page]) -> Vec<Remark> {
    let sources =
        pages.iter().filter(|page| [".rs", ".ts", ".mjs", ".css"].iter().any(|ending| page.is(ending)));
    sources
        .filter_map(|page| match page.text.lines().count() {
            n if n > HARD => Some(Remark::fail(
                &page.path,
                n,
                format!("{n} lines, {HARD} at most: split it by what it is about"),
            )),
            n if n > SOFT => Some(Remark::warn(&page.path, n, format!("{n} lines; it fails at {HARD}"))),
            _ => None,
        })
        .collect()
}

/// Every Rust file begins with a sentence about itself.
pub fn first_lines(pages: &[Page]) -> Vec<Remark> {
    let silent = |page: &&Page| page.is(".rs") && !page.text.starts_with("//! ");
    let advice = "begin the file with one sentence, `//! What it is and what it is not.`";
    pages.iter().filter(silent).map(|page| Remark::fail(&page.path, 1, advice)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_files_are_mentioned_and_very_long_ones_refused() {
        let page = |lines: usize| Page::new("a.rs", "x\n".repeat(lines));
        assert!(lengths(&[page(400)]).is_empty());
        assert_eq!(lengths(&[page(401)]), [Remark::warn("a.rs", 401, "401 lines; it fails at 600")]);
        assert_eq!(lengths(&[page(601)]).len(), 1);
        assert!(lengths(&[page(601)])[0].to_string().starts_with("a.rs:601: 601 lines"));
        assert!(lengths(&[Page::new("long.md", "x\n".repeat(900))]).is_empty());
    }

    #[test]
    fn a_silent_file_is_found() {
        let pages = [Page::new("a.rs", "//! Says so.\n"), Page::new("b.rs", "use a;\n")];
        assert_eq!(first_lines(&pages).iter().map(|r| r.path.as_str()).collect::<Vec<_>>(), ["b.rs"]);
    }
}
