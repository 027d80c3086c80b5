//! Finds every statement of the house in its source and prepares it, so that a misspelt column fails a test and not a member.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::{Error, Sql, Store};

/// A statement in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The file it stands in.
    pub file: PathBuf,
    /// The line where its macro begins, from 1.
    pub line: usize,
    /// Its text.
    pub text: String,
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file.display(), self.line)
    }
}

/// Every `sql!("…")` in the Rust files below a folder, but for folders called `tests` or `target`.
pub fn statements_in(folder: &Path) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            if !matches!(name, "tests" | "target" | "node_modules") && !name.starts_with('.') {
                found.extend(statements_in(&path));
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&path).unwrap_or_default();
            found.extend(texts(&source).into_iter().map(|(line, text)| Statement {
                file: path.clone(),
                line,
                text,
            }));
        }
    }
    found
}

/// The statements of one file, with their lines. Those in comments don't count.
fn texts(source: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, call) in source.match_indices("sql!(") {
        let (before, after) = source.split_at(at);
        let line = before.rsplit('\n').next().unwrap_or_default();
        if line.trim_start().starts_with("//") {
            continue;
        }
        let after = after.get(call.len()..).unwrap_or_default().trim_start();
        if let Some(text) = literal(after) {
            found.push((before.matches('\n').count() + 1, text));
        }
    }
    found
}

/// The value of the string literal at the beginning, if it is all that stands in the parentheses.
fn literal(source: &str) -> Option<String> {
    let (text, rest) = if let Some(raw) = source.strip_prefix('r') {
        let hashes: String = raw.chars().take_while(|c| *c == '#').collect();
        let body = raw.get(hashes.len()..)?.strip_prefix('"')?;
        let (text, rest) = body.split_once(&format!("\"{hashes}"))?;
        (text.to_owned(), rest)
    } else {
        plain(source.strip_prefix('"')?)?
    };
    rest.trim_start().starts_with([')', ',']).then_some(text)
}

/// The value of a plain literal after its opening quote, and what follows it.
fn plain(source: &str) -> Option<(String, &str)> {
    let mut chars = source.chars();
    let mut text = String::new();
    loop {
        match chars.next()? {
            '"' => return Some((text, chars.as_str())),
            '\\' => match chars.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                // A line that goes on in the next, without what that is indented by.
                '\n' => chars = chars.as_str().trim_start().chars(),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

/// Prepares statements on a migrated store. Answers those that can't be, and why.
pub async fn prepare_all(store: &Store, statements: &[Statement]) -> Vec<(String, Error)> {
    let mut bad = Vec::new();
    for statement in statements {
        // A statement's text lives as long as the program, and a test is a short program.
        let sql = Sql::literal(Box::leak(statement.text.clone().into_boxed_str()));
        if let Err(error) = store.read(move |tx| tx.prepare(sql)).await {
            bad.push((statement.to_string(), error));
        }
    }
    bad
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn every_kind_of_literal_is_found_with_its_line() {
        let source = "fn f() {\n  // sql!(\"SELECT 0\")\n  sql!(\"SELECT \\\"a\\\", \\\n     b\");\n  x(sql!(\n r#\"SELECT \"c\"\"#,\n));\n \"sql!(\" }";
        assert_eq!(texts(source), [(3, "SELECT \"a\", b".to_owned()), (5, "SELECT \"c\"".to_owned())]);
    }
}
