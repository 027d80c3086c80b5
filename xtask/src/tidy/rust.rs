//! A Rust file taken apart into code, comments and texts, line by line. It is a scanner, not a parser: it knows no grammar.

/// A string literal and the line on which it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Its line, from 1.
    pub line: usize,
    /// What stands between the quotes, escapes left as they are.
    pub content: String,
    /// Where its opening quote stands in [`Parts::code`].
    pub at: usize,
}

/// The parts of one file.
#[derive(Debug)]
pub struct Parts {
    /// The file with comments and the inside of texts blanked out: same length in characters, same lines.
    pub code: Vec<char>,
    /// Its string literals, in order.
    pub texts: Vec<Text>,
}

impl Parts {
    /// Takes a file apart.
    pub fn of(source: &str) -> Self {
        let mut scanner = Scanner {
            source: source.chars().collect(),
            at: 0,
            line: 1,
            parts: Self { code: Vec::new(), texts: Vec::new() },
        };
        while scanner.step() {}
        scanner.parts
    }

    /// The code as one text.
    pub fn code(&self) -> String {
        self.code.iter().collect()
    }

    /// The lines of code, numbered from 1.
    pub fn lines(&self) -> Vec<(usize, String)> {
        self.code().lines().map(str::to_owned).enumerate().map(|(i, line)| (i + 1, line)).collect()
    }

    /// What stands directly before a text, spaces left out: `.t(` or `sql!(`.
    pub fn stands_before(&self, text: &Text, length: usize) -> String {
        let before: Vec<char> = self
            .code
            .iter()
            .take(text.at)
            .rev()
            .filter(|c| !c.is_whitespace())
            .take(length)
            .copied()
            .collect();
        before.into_iter().rev().collect()
    }
}

struct Scanner {
    source: Vec<char>,
    at: usize,
    line: usize,
    parts: Parts,
}

impl Scanner {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.source.get(self.at + ahead).copied()
    }

    /// Takes one character over: as it is, or blanked.
    fn take(&mut self, keep: bool) -> Option<char> {
        let c = self.peek(0)?;
        self.at += 1;
        if c == '\n' {
            self.line += 1;
        }
        self.parts.code.push(if keep || c == '\n' { c } else { ' ' });
        Some(c)
    }

    fn step(&mut self) -> bool {
        match (self.peek(0), self.peek(1)) {
            (Some('/'), Some('/')) => self.line_comment(),
            (Some('/'), Some('*')) => self.block_comment(),
            (Some('"'), _) => self.text(0, true),
            (Some('r' | 'b' | 'c'), Some('"' | '#' | 'r')) if !self.inside_a_word() => self.prefixed(),
            (Some('\''), _) => self.character(),
            (Some(_), _) => drop(self.take(true)),
            (None, _) => return false,
        }
        true
    }

    fn inside_a_word(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|before| self.source.get(before));
        before.is_some_and(|c| c.is_alphanumeric() || *c == '_')
    }

    fn line_comment(&mut self) {
        while self.peek(0).is_some_and(|c| c != '\n') {
            self.take(false);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0_usize;
        loop {
            let step = match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => 1,
                (Some('*'), Some('/')) => -1,
                (Some(_), _) => {
                    self.take(false);
                    continue;
                }
                (None, _) => return,
            };
            self.take(false);
            self.take(false);
            depth = depth.saturating_add_signed(step);
            if depth == 0 {
                return;
            }
        }
    }

    /// `r"…"`, `r#"…"#`, `b"…"`, `br#"…"#`, `c"…"`; or a raw name such as `r#type`.
    fn prefixed(&mut self) {
        let mut ahead = 0;
        let mut raw = false;
        while let Some(c @ ('r' | 'b' | 'c')) = self.peek(ahead).filter(|_| ahead < 2) {
            raw |= c == 'r';
            ahead += 1;
        }
        let mut hashes = 0;
        while raw && self.peek(ahead + hashes) == Some('#') {
            hashes += 1;
        }
        let is_text = self.peek(ahead + hashes) == Some('"');
        for _ in 0..if is_text { ahead + hashes } else { 1 } {
            self.take(true);
        }
        if is_text {
            self.text(hashes, !raw);
        }
    }

    fn text(&mut self, hashes: usize, escapes: bool) {
        let (line, at) = (self.line, self.parts.code.len());
        let mut content = String::new();
        self.take(true);
        while let Some(c) = self.peek(0) {
            if c == '"' && (1..=hashes).all(|i| self.peek(i) == Some('#')) {
                break;
            }
            if escapes && c == '\\' {
                content.extend(self.take(false));
            }
            content.extend(self.take(false));
        }
        for _ in 0..=hashes {
            self.take(true);
        }
        self.parts.texts.push(Text { line, content, at });
    }

    /// `'a'`, `'\n'`, `'"'`; or a lifetime, which has no closing quote.
    fn character(&mut self) {
        let length = match (self.peek(1), self.peek(2)) {
            (Some('\\'), _) => (3..12).find(|ahead| self.peek(*ahead) == Some('\'')),
            (Some(_), Some('\'')) => Some(2),
            _ => None,
        };
        let Some(length) = length else {
            self.take(true);
            return;
        };
        self.take(true);
        for _ in 1..length {
            self.take(false);
        }
        self.take(true);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<(usize, String)> {
        Parts::of(source).texts.into_iter().map(|text| (text.line, text.content)).collect()
    }

    #[test]
    fn comments_and_texts_leave_blanks_behind() {
        let parts = Parts::of("let a = \"todo!\"; // todo!\n/* a /* b */ todo! */ b()");
        assert_eq!(parts.code().trim_end(), "let a = \"     \";         \n                      b()");
    }

    #[test]
    fn texts_are_found_in_all_their_forms() {
        let source = "f(\"a\\\"b\", r\"c\\\", r#\"d\"e\"#, b\"g\",\n  br##\"h\"#\"##)";
        let found: Vec<String> = texts(source).into_iter().map(|(_, text)| text).collect();
        assert_eq!(found, ["a\\\"b", "c\\", "d\"e", "g", "h\"#"]);
        assert_eq!(texts(source).last().map(|(line, _)| *line), Some(2));
    }

    #[test]
    fn a_quote_as_a_character_opens_no_text() {
        assert_eq!(
            texts("match c { '\"' => 1, '\\'' => 2, '\\u{1F600}' => 3 }; fn f<'a>(x: &'a str) { g(\"x\") }"),
            [(1, "x".into())]
        );
        assert_eq!(texts("let r#type = var\"\";"), [(1, String::new())]);
    }

    #[test]
    fn what_stands_before_a_text_is_read_over_line_ends() {
        let parts = Parts::of("tx.rows(sql!(\n    \"select 1\"), &[])");
        assert_eq!(parts.stands_before(&parts.texts[0], 5), "sql!(");
    }
}
