//! Angle brackets as people meant them: elsewhere `<seeds>` is what it says, in Markdown it would be taken for HTML and not be shown.

/// A text in which angle brackets are shown, except within code, where they are anyway, and around addresses.
pub fn shown(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for (n, piece) in text.split('`').enumerate() {
        if n > 0 {
            made.push('`');
        }
        if n % 2 == 1 {
            made.push_str(piece);
            continue;
        }
        let mut before = ' ';
        for (at, sign) in piece.char_indices() {
            let after = piece.get(at + sign.len_utf8()..).unwrap_or_default();
            if sign == '<' && before != '\\' && would_be_html(after) {
                made.push('\\');
            }
            made.push(sign);
            before = sign;
        }
    }
    made
}

fn would_be_html(after: &str) -> bool {
    let address = ["http://", "https://", "mailto:"].iter().any(|scheme| after.starts_with(scheme));
    !address && after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_html_is_shown_as_it_stands() {
        for (theirs, ours) in [
            ("<seeds> & </b> <!-- x -->", "\\<seeds> & \\</b> \\<!-- x -->"),
            ("a < b, 1<2, \\<b>", "a < b, 1<2, \\<b>"),
            ("<https://a.example> `<b>` ```<i>```", "<https://a.example> `<b>` ```<i>```"),
        ] {
            assert_eq!(shown(theirs), ours, "{theirs}");
        }
    }
}
