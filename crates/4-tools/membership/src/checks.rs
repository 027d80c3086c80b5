//! The limits of what people write at the front door, and how it is read. No tables here.

use crate::error::{MembershipError, Text};
use planet_identity::encoding::{b64u, from_b64u};
use planet_identity::rows::Token;
use planet_ontology::units::longer_than;

/// Declares texts with their limits.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident = $field:literal, $what:literal, $most:literal, $missing:literal, $long:literal;)+) => {$(
        $(#[$doc])*
        pub const $name: Text =
            Text { field: $field, what: $what, most: $most, missing: $missing, too_long: $long };
    )+};
}

texts! {
    /// A person's name.
    NAME = "name", "the name", 80, "name_missing", "name_too_long";
    /// The club's name.
    CLUB = "club", "the club's name", 80, "club_missing", "club_too_long";
    /// What the club is for.
    PURPOSE = "purpose", "what the club is for", 400, "purpose_missing", "purpose_too_long";
    /// The name of the credit unit.
    UNIT = "unit", "a name for the credit", 60, "unit_missing", "unit_too_long";
    /// The symbol of the credit unit.
    SYMBOL = "symbol", "a symbol for the credit", 8, "symbol_missing", "symbol_too_long";
    /// A word to whoever is invited.
    NOTE = "note", "the note", 500, "note_missing", "note_too_long";
    /// An address for mail.
    EMAIL = "email", "the address for mail", 254, "email_missing", "email_too_long";
    /// A place in words.
    PLACE = "place", "the place", 120, "place_missing", "place_too_long";
    /// Why somebody wants to join.
    WHY = "why", "why you would like to join", 2_000, "why_missing", "why_too_long";
    /// Why somebody is suspended or declined.
    REASON = "reason", "the reason", 1_000, "reason_missing", "reason_too_long";
}

/// A text within its limit, trimmed; may be empty.
pub fn within(value: &str, limit: Text) -> Result<String, MembershipError> {
    let value = value.trim();
    if longer_than(value, limit.most) { Err(MembershipError::TooLong(limit)) } else { Ok(value.to_owned()) }
}

/// A text within its limit that has to be there.
pub fn needed(value: &str, limit: Text) -> Result<String, MembershipError> {
    let value = within(value, limit)?;
    if value.is_empty() { Err(MembershipError::Missing(limit)) } else { Ok(value) }
}

/// A name on one line: white space becomes single spaces, and there is something to read.
pub fn name(value: &str, limit: Text) -> Result<String, MembershipError> {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = needed(&line, limit)?;
    if line.chars().any(char::is_control) || !line.chars().any(char::is_alphanumeric) {
        return Err(MembershipError::Missing(limit));
    }
    Ok(line)
}

/// An address for mail, or nothing. Whether it exists only a mail can tell.
pub fn email(value: &str) -> Result<String, MembershipError> {
    let value = within(value, EMAIL)?;
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control());
    let looks_right = value.rsplit_once('@').is_some_and(|(local, host)| {
        plain(local) && plain(host) && host.contains('.') && !host.ends_with('.')
    });
    if value.is_empty() || looks_right { Ok(value) } else { Err(MembershipError::EmailWrong) }
}

/// What is kept of a token, as acts carry it: base64url of its SHA-256.
pub fn hash_text(token: &Token) -> String {
    b64u(&token.hash())
}

/// Reads what [`hash_text`] wrote.
pub fn hash(text: &str) -> Result<[u8; 32], MembershipError> {
    from_b64u(text).and_then(|bytes| bytes.try_into().ok()).ok_or(MembershipError::TokenMalformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_line_with_something_to_read() {
        assert_eq!(name("  Ada \n Okafor ", NAME).unwrap(), "Ada Okafor");
        for nothing in ["", "   ", "—", "\u{7}"] {
            assert_eq!(name(nothing, NAME), Err(MembershipError::Missing(NAME)), "{nothing:?}");
        }
        assert_eq!(
            name(&"a".repeat(81), NAME).unwrap_err().to_string(),
            "Please keep the name to 80 characters."
        );
    }

    #[test]
    fn an_address_for_mail_has_a_name_and_a_host() {
        for fine in ["", "ada@example.org", "a.b+c@mail.example.org", "käthe@example.org"] {
            assert_eq!(email(fine).as_deref(), Ok(fine));
        }
        for wrong in
            ["ada", "ada@", "@example.org", "ada@example", "a b@example.org", "ada@example.", "a@b\n.c"]
        {
            assert_eq!(email(wrong), Err(MembershipError::EmailWrong), "{wrong:?}");
        }
    }
}
