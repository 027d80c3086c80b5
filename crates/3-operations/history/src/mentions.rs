//! Whom a message from elsewhere names. There, `@ben` was somebody of theirs; here it may be somebody else. So a name becomes a mention
//! only where it is known whom it means, and stays a plain word otherwise.

/// Stands between the `@` and a name that is no mention here; nobody sees it.
pub const GUARD: char = '\u{2060}';

/// Text with each `@name` put as `put` says: the handle of a member here, or nothing for a name that is no mention here.
pub fn relink(text: &str, mut put: impl FnMut(&str) -> Option<String>) -> String {
    let mut made = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (plain, after) = rest.split_at(at);
        made.push_str(plain);
        before = plain.chars().next_back().unwrap_or(before);
        let after = after.strip_prefix('@').unwrap_or(after);
        let after = after.strip_prefix(GUARD).unwrap_or(after);
        let name = name(after);
        made.push('@');
        if !name.is_empty() && !before.is_alphanumeric() {
            match put(name) {
                Some(handle) => made.push_str(&handle),
                None => made.extend([GUARD.to_string().as_str(), name]),
            }
            rest = after.get(name.len()..).unwrap_or_default();
            before = name.chars().next_back().unwrap_or('@');
        } else {
            rest = after;
            before = '@';
        }
    }
    made.push_str(rest);
    made
}

/// The names in a text that an `@` stands before.
pub fn names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    relink(text, |name| {
        found.push(name.to_owned());
        None
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
        relink(text, |name| (name == "ben.k").then(|| "ben".to_owned()))
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
        assert_eq!(relink(&once, |name| (name == "ben").then(|| name.to_owned())), once);
    }
}
