//! A table for spreadsheets (RFC 4180): UTF-8 with the mark by which they see that. What is in it is not known here.

/// A table of headings and rows. Cells with words that people wrote go through [`cell`].
pub fn sheet<const N: usize>(headings: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut sheet = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory does not fail, and every row has as many cells as there are headings.
    let mut put = |row: [String; N]| drop(sheet.write_record(&row));
    put(headings.map(str::to_owned));
    rows.into_iter().for_each(put);
    let bytes = sheet.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

/// A text on one line that no spreadsheet takes for a formula (OWASP, CSV injection): also after blanks, which some strip.
pub fn cell(text: &str) -> String {
    let text = one_line(text);
    if text.starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}', '|', '%']) {
        format!("'{text}")
    } else {
        text
    }
}

/// A text on one line, without what cannot be seen.
pub fn one_line(text: &str) -> String {
    let seen: String = text.chars().map(|c| if c.is_control() || is_hidden(c) { ' ' } else { c }).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that turn the direction of a line or break it without being seen.
const fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::{cell, sheet};

    #[test]
    fn no_cell_is_a_formula_or_ends_early() {
        assert_eq!(cell(" =1+1"), "'=1+1");
        let told = sheet(["said"], [[cell("say \"yes\",\nall")]]);
        assert_eq!(told, "\u{feff}said\r\n\"say \"\"yes\"\", all\"\r\n");
    }
}
