//! Sentences for people: why something is refused that no policy speaks about, and whom it is for.

use crate::policies::Rule;
use planet_policy::Procedure;

/// What is said when the rules themselves fail.
pub(crate) const FAULT: &str =
    "The club's rules have a fault at this point, so nothing was done. Please tell a steward of the club.";

/// What is said about an act that the node does not know.
pub(crate) const UNKNOWN_ACT: &str = "The club's rules say nothing of such an act, so nothing was done.";

/// What is said when nothing permits an act to this kind of actor: whom it is for, and how it is decided.
///
/// Policies about the same kind of actor come nearest; what they ask for is what the actor lacks.
pub(crate) fn nothing_permits(rules: &[&Rule], kind: &str, procedure: &Procedure) -> String {
    let permits: Vec<&Rule> = rules.iter().copied().filter(|rule| rule.permits()).collect();
    let nearest: Vec<&Rule> =
        permits.iter().copied().filter(|rule| rule.principal().as_deref() == Some(kind)).collect();
    let told = if nearest.is_empty() { permits } else { nearest };
    let mut sentence = String::from("Nothing in the club's rules permits you to do this.");
    if !told.is_empty() {
        let whom: Vec<&str> =
            told.iter().map(|rule| rule.whom.as_deref().unwrap_or(rule.title.as_str())).collect();
        sentence.push_str(" It is for ");
        sentence.push_str(&one_of(&whom));
        sentence.push('.');
        if !procedure.at_once {
            sentence.push_str(" Then it is decided together: ");
            sentence.push_str(procedure.about.trim());
        }
    }
    sentence
}

/// `a`, `a, or b`, `a; b; or c`.
fn one_of(parts: &[&str]) -> String {
    match parts {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [one, other] => format!("{one}, or {other}"),
        [most @ .., last] => format!("{}; or {last}", most.join("; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::one_of;

    #[test]
    fn alternatives_are_told_as_people_tell_them() {
        assert_eq!(one_of(&["members"]), "members");
        assert_eq!(one_of(&["members", "guests"]), "members, or guests");
        assert_eq!(one_of(&["a", "b", "c"]), "a; b; or c");
    }
}
