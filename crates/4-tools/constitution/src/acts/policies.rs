//! Changing policies: files of them replaced, added or taken out, as text.

use super::{Setting, amends, some_of};
use crate::amend::Amendment;
use crate::error::ConstitutionError;
use planet_corridor::act::Act;
use planet_policy::{Bundle, PolicyFile};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most files that are changed at a time.
pub const MOST_FILES: usize = 20;
/// The most numbers and choices that are changed along.
const MOST_SETTINGS: usize = 4;
/// The longest name of a file, in bytes.
const MAX_FILE_NAME: usize = 60;

/// A file of policies as it is to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FileChange {
    /// Its name: `posts.cedar`.
    pub name: String,
    /// Its text in Cedar; left out, the file is taken out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Replace, add or take out files of policies.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptPolicies {
    /// The version of the rules that it is written for.
    pub written_for: i64,
    /// The files.
    pub files: Vec<FileChange>,
    /// Numbers and choices that have to say the same as the policies: who invites, and how people become members.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<Setting>,
    /// The hash of the report of what it would have done, if it was tried out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rehearsal: Option<String>,
}

impl Amendment for AdoptPolicies {
    fn written_for(&self) -> i64 {
        self.written_for
    }

    fn rehearsal(&self) -> Option<&str> {
        self.rehearsal.as_deref()
    }

    fn apply(&self, bundle: &mut Bundle) -> Result<(), ConstitutionError> {
        for (count, most) in [(self.files.len(), MOST_FILES), (self.settings.len(), MOST_SETTINGS)] {
            if count > most {
                return Err(ConstitutionError::TooMany(most));
            }
        }
        for FileChange { name, text } in &self.files {
            if !is_file_name(name) {
                return Err(ConstitutionError::FileNameWrong);
            }
            let there = bundle.policies.iter_mut().find(|file| file.name == *name);
            match (there, text) {
                (Some(file), Some(text)) => file.text.clone_from(text),
                (None, Some(text)) => {
                    bundle.policies.push(PolicyFile { name: name.clone(), text: text.clone() });
                }
                (Some(_), None) => bundle.policies.retain(|file| file.name != *name),
                (None, None) => return Err(ConstitutionError::FileUnknown),
            }
        }
        for setting in &self.settings {
            // Limits of accounts follow a setting that is changed by itself, and no other.
            if matches!(setting, Setting::Credit(_)) {
                return Err(ConstitutionError::OutOfBounds("to change the limits of credit by themselves"));
            }
            setting.apply(bundle)?;
        }
        Ok(())
    }

    fn may_touch_own(&self, bundle: &Bundle) -> bool {
        self.files.iter().any(|change| {
            let old =
                bundle.policies.iter().find(|file| file.name == change.name).map(|file| file.text.as_str());
            old.into_iter().chain(change.text.as_deref()).any(text_may_touch_own)
        })
    }
}

impl Act for AdoptPolicies {
    const NAME: &'static str = "constitution.adopt_policies";
    const ABOUT: &'static str = "Change the policies, which say who may do what.";
    amends!();

    fn summary(&self) -> String {
        let names: Vec<&str> = self.files.iter().map(|file| file.name.as_str()).collect();
        format!("Change the policies in {}.", some_of(&names))
    }
}

/// Whether a name is one of a file of policies.
fn is_file_name(name: &str) -> bool {
    let letters =
        |part: &str| part.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-');
    let part = name.strip_suffix(".cedar").filter(|part| !part.is_empty());
    name.len() <= MAX_FILE_NAME && part.is_some_and(letters)
}

/// Whether policies may have a say in how rules are changed: those that name it, that could name it by other letters, and that
/// leave the act open. What is found too often is decided by more people than it needs; what is missed is found by
/// [`amend::weigh`].
pub(crate) fn text_may_touch_own(text: &str) -> bool {
    let inside = |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_');
    let open = text.match_indices("action").any(|(at, word)| {
        let rest = text.get(at + word.len()..).unwrap_or_default();
        let before = at.checked_sub(1).and_then(|at| text.as_bytes().get(at));
        if inside(before) || inside(rest.as_bytes().first()) {
            return false;
        }
        let rest = rest.trim_start();
        let said = rest
            .strip_prefix("==")
            .or_else(|| rest.strip_prefix("in").filter(|rest| !inside(rest.as_bytes().first())));
        said.is_none()
    });
    open || text.contains("constitution") || text.contains('\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn policies_that_may_touch_the_way_of_changing_are_found() {
        let about_posts = "permit (principal is Member, action == Action::\"feed.post\", resource)\nunless { action in [] };";
        assert!(!text_may_touch_own(about_posts));
        for text in [
            "forbid (principal, action, resource);",
            "forbid (principal, action\n, resource);",
            "permit (principal is Member, action == Action::\"constitution.take_up\", resource);",
            "permit (principal is Member, action == Action::\"\\u{63}onstitution.take_up\", resource);",
            "forbid (principal, action // ==\n, resource);",
        ] {
            assert!(text_may_touch_own(text), "{text}");
        }
    }

    #[test]
    fn files_have_plain_names() {
        assert!(is_file_name("posts-2.cedar"));
        for wrong in ["", ".cedar", "Posts.cedar", "../posts.cedar", "posts", "implied: constitution.cedar"] {
            assert!(!is_file_name(wrong), "{wrong}");
        }
    }
}
