//! What a detail can be, and what makes sense in one. Pure; who may see it is the affair of audiences.

use crate::error::ProfileError;
use planet_ontology::units::longer_than;

/// The longest name of a detail, in characters.
pub const MAX_LABEL: u32 = 40;
/// The longest text about oneself, in characters.
pub const MAX_ABOUT: u32 = 2_000;
/// The longest of all other details, in characters.
pub const MAX_VALUE: u32 = 300;

/// The kinds of details, in the order in which forms offer them.
pub const KINDS: [&str; 12] = [
    "about", "pronouns", "skill", "offer", "want", "language", "phone", "email", "website", "address",
    "birthday", "other",
];

/// The kinds by which members find one another in the directory.
pub const FINDABLE: [&str; 3] = ["skill", "offer", "want"];

/// A detail as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// One of [`KINDS`].
    pub kind: &'static str,
    /// What it is called; empty unless the owner gave it a name.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// Checks what somebody wrote about themselves.
pub fn checked(kind: &str, label: &str, value: &str) -> Result<Said, ProfileError> {
    let kind = KINDS.into_iter().find(|it| *it == kind).ok_or(ProfileError::KindUnknown)?;
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if label.is_empty() && kind == "other" {
        return Err(ProfileError::LabelMissing);
    }
    if longer_than(&label, MAX_LABEL) {
        return Err(ProfileError::LabelTooLong(MAX_LABEL));
    }
    let value = value.trim();
    let limit = if kind == "about" { MAX_ABOUT } else { MAX_VALUE };
    if value.is_empty() {
        return Err(ProfileError::ValueMissing);
    }
    if longer_than(value, limit) {
        return Err(ProfileError::ValueTooLong(limit));
    }
    let value = match kind {
        "email" => email(value)?,
        "phone" => phone(value)?,
        "website" => website(value)?,
        _ => value.to_owned(),
    };
    Ok(Said { kind, label, value })
}

fn email(text: &str) -> Result<String, ProfileError> {
    match text.split_once('@') {
        Some((who, host))
            if !who.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && !text.contains(char::is_whitespace) =>
        {
            Ok(text.to_owned())
        }
        _ => Err(ProfileError::EmailUnclear),
    }
}

fn phone(text: &str) -> Result<String, ProfileError> {
    let plain =
        |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | '/' | '(' | ')' | ' ' | '\u{a0}');
    let digits = text.chars().filter(char::is_ascii_digit).count();
    if digits >= 3 && text.chars().all(plain) { Ok(text.to_owned()) } else { Err(ProfileError::PhoneUnclear) }
}

/// A page that can be opened by everybody: no other scheme than the web's may become a link.
fn website(text: &str) -> Result<String, ProfileError> {
    let host_and_path = match text.split_once("://") {
        Some((scheme, rest)) if matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") => rest,
        Some(_) => return Err(ProfileError::WebsiteUnclear),
        None => text,
    };
    let host = host_and_path.split(['/', '?', '#']).next().unwrap_or_default();
    let readable = host.contains('.') && !host.contains(['@', ':']) && !text.contains(char::is_whitespace);
    match (readable, host_and_path == text) {
        (false, _) => Err(ProfileError::WebsiteUnclear),
        (true, true) => Ok(format!("https://{text}")),
        (true, false) => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_says_something_sensible() {
        for (kind, label, value, expected) in [
            ("skill", "", "  baking ", Ok("baking")),
            ("shoe-size", "", "43", Err(ProfileError::KindUnknown)),
            ("other", " ", "43", Err(ProfileError::LabelMissing)),
            ("other", "Shoe size", "43", Ok("43")),
            ("skill", "", " ", Err(ProfileError::ValueMissing)),
            ("email", "", "ada@example.org", Ok("ada@example.org")),
            ("email", "", "ada at home", Err(ProfileError::EmailUnclear)),
            ("email", "", "ada@@example.org", Err(ProfileError::EmailUnclear)),
            ("phone", "", "+44 1373 123456", Ok("+44 1373 123456")),
            ("phone", "", "ask my sister", Err(ProfileError::PhoneUnclear)),
            ("website", "", "example.org/ada", Ok("https://example.org/ada")),
            ("website", "", "http://example.org", Ok("http://example.org")),
            ("website", "", "javascript:alert(1)", Err(ProfileError::WebsiteUnclear)),
            ("website", "", "javascript://a.b/%0aalert(1)", Err(ProfileError::WebsiteUnclear)),
        ] {
            assert_eq!(
                checked(kind, label, value).as_ref().map(|it| it.value.as_str()),
                expected.as_ref().map(|it| *it)
            );
        }
    }

    #[test]
    fn texts_have_limits() {
        let long = "x".repeat(2_001);
        assert_eq!(checked("about", "", &long), Err(ProfileError::ValueTooLong(2_000)));
        assert!(checked("about", "", &long[1..]).is_ok());
        assert_eq!(checked("skill", "", &long[..301]), Err(ProfileError::ValueTooLong(300)));
        assert_eq!(checked("other", &long[..41], "x"), Err(ProfileError::LabelTooLong(40)));
    }
}
