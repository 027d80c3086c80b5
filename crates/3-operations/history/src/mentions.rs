//! Whom a message from elsewhere names. There, `@ben` was somebody of theirs; here it may be somebody else. So a name becomes a mention
//! only where it is known whom it means, and stays a plain word otherwise.

/// Stands between the `@` and a name that is no mention here; nobody sees it.
pub const GUARD: char = '\u{2060}';

/// Text with each `@name` put as `put` says. It is given the name and whether it is a mention here, and answers the name and whether it
/// is one from now on.
pub fn relink(text: &str, mut put: impl FnMut(&str, bool) -> (String, bool)) -> String {
    let mut made = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text;
    while let Some((plain, after)) = rest.split_once('@') {
        made.push_str(plain);
        made.push('@');
        before = plain.chars().next_back().unwrap_or(before);
        let guarded = after.strip_prefix(GUARD);
        let after = guarded.unwrap_or(after);
        let name = name(after);
        let named = !name.is_empty() && !before.is_alphanumeric();
        if named {
            let (name, is_mention) = put(name, guarded.is_none());
            if !is_mention {
                made.push(GUARD);
            }
            made.push_str(&name);
            rest = after.get(self::name(after).len()..).unwrap_or_default();
        } else {
            rest = after;
        }
        before = if named { 'x' } else { '@' };
    }
    made.push_str(rest);
    made
}

/// The names in a text that an `@` stands before.
pub fn names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    relink(text, |name, is_mention| {
        found.push(name.to_owned());
        (name.to_owned(), is_mention)
    });
    found
}

/// The name at the beginning of a text: what may stand in names there, without the full stop that ends a sentence.
fn name(text: &str) -> &str {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let end = text.find(|c| !fits(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default().trim_end_matches(['.', '-', '_'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(text: &str) -> String {
        relink(
            text,
            |name, _| if name == "ben.k" { ("ben".to_owned(), true) } else { (name.to_owned(), false) },
        )
    }

    #[test]
    fn who_is_known_is_named_and_who_is_not_stays_a_word() {
        assert_eq!(linked("Hi @ben.k, and @ada. a@ben.k @"), "Hi @ben, and @\u{2060}ada. a@ben.k @");
        assert_eq!(linked("@channel (@ben.k)"), "@\u{2060}channel (@ben)");
        assert_eq!(names("@a @b-c. x@y"), ["a", "b-c"]);
    }

    #[test]
    fn done_twice_it_is_as_done_once() {
        let once = linked("@ada @ben.k @@x");
        assert_eq!(relink(&once, |name, is_mention| (name.to_owned(), is_mention)), once);
    }
}
