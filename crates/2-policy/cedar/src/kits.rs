//! Starter kits: bundles that a club can begin with. A kit is a folder of Cedar files beside the common ones, and a
//! `kit.toml` with its procedures and parameters. Once chosen, the rules are the club's own; a kit never changes them.

use planet_policy::{Bundle, PolicyFile, Problem, Procedures};
use serde::Deserialize;
use std::borrow::Cow;

/// Why there is no such kit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KitError {
    /// Nobody has written it.
    #[error("There is no starter kit called “{0}”. Choose one of those on the list.")]
    Unknown(String),
    /// Its `kit.toml` cannot be read: a mistake of those who wrote it.
    #[error("The starter kit “{kit}” cannot be read: {why}")]
    Broken {
        /// Which one.
        kit: &'static str,
        /// The reader's words.
        why: String,
    },
}

impl KitError {
    /// A stable code for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "kit_unknown",
            Self::Broken { .. } => "kit_broken",
        }
    }
}

/// A kit as it stands on the list that founders choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KitTitle {
    /// Its short name: `worker-co-op`.
    pub kit: String,
    /// Its name for people.
    pub title: String,
    /// Whom it suits and what is particular about it.
    pub about: String,
}

/// What stands in the file of common procedures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    procedures: Procedures,
}

/// The text of one file.
type File = (&'static str, &'static str);

/// Names and texts of files in the folder of kits.
macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../kits/", $folder, "/", $name)))),+]
    };
}

/// What every kit has.
const COMMON: &[File] = files!("common":
    "standing.cedar", "membership.cedar", "keys.cedar", "founders.cedar", "decisions.cedar", "profiles.cedar",
    "feed.cedar", "wallet.cedar", "payments.cedar", "currencies.cedar", "groups.cedar", "blog.cedar", "chat.cedar",
    "governance.cedar", "places.cedar",
    "crypto.cedar",
    "treasury.cedar", "constitution.cedar", "dues.cedar", "private.cedar",
);

/// The procedures that every kit has, unless it has one of that name, or another for that act.
const PROCEDURES: &str = include_str!("../kits/common/procedures.toml");

/// The kits: name and own files, `kit.toml` first.
const KITS: [(&str, &[File]); 5] = [
    ("worker-co-op", files!("worker-co-op": "kit.toml", "admission.cedar", "order.cedar")),
    ("consumer-co-op", files!("consumer-co-op": "kit.toml", "admission.cedar", "order.cedar")),
    ("neighbourhood", files!("neighbourhood": "kit.toml", "admission.cedar", "order.cedar")),
    ("consent-circle", files!("consent-circle": "kit.toml", "admission.cedar", "order.cedar")),
    ("federation", files!("federation": "kit.toml", "admission.cedar", "order.cedar")),
];

/// The kit that stands in for one that is not there any more.
const PLAINEST: &str = "neighbourhood";
/// The file in which rules about changing rules hold that a club has not taken up yet.
pub(crate) const IMPLIED: &str = "implied: constitution.cedar";
/// How names of the acts begin by which rules are changed.
const CONSTITUTION: &str = "constitution.";

/// The rules of a club that was founded before members could change them, with what its kit says about changing rules: without
/// that nobody could ever take it up. Rules that say anything about it are left as they are.
pub fn with_constitution(bundle: &Bundle) -> Result<Cow<'_, Bundle>, Vec<Problem>> {
    let named = format!("Action::\"{CONSTITUTION}");
    if bundle.policies.iter().any(|file| file.text.contains(&named)) {
        return Ok(Cow::Borrowed(bundle));
    }
    let kit =
        open_or_plainest(&bundle.kit).map_err(|error| vec![Problem::new(&bundle.kit, error.to_string())])?;
    let mut whole = bundle.clone();
    let files = kit.policies.into_iter().filter(|file| file.text.contains(&named));
    whole.policies.extend(files.map(|file| PolicyFile { name: IMPLIED.into(), text: file.text }));
    for (act, name) in kit.procedures.acts.iter().filter(|(act, _)| act.starts_with(CONSTITUTION)) {
        whole.procedures.acts.entry(act.clone()).or_insert_with(|| name.clone());
    }
    whole.procedures.amending = whole.procedures.amending.take().or(kit.procedures.amending);
    let asked: Vec<String> =
        whole.procedures.acts.values().chain(&whole.procedures.amending).cloned().collect();
    for (name, procedure) in kit.procedures.named.into_iter().filter(|(name, _)| asked.contains(name)) {
        whole.procedures.named.entry(name).or_insert(procedure);
    }
    Ok(Cow::Owned(whole))
}

/// The bundle of a kit; of the plainest there is, where the club began as something that is not there any more.
pub(crate) fn open_or_plainest(name: &str) -> Result<Bundle, KitError> {
    open(name).or_else(|_| open(PLAINEST))
}

/// The short names of all kits, in the order in which founders see them.
pub fn names() -> impl Iterator<Item = &'static str> {
    KITS.into_iter().map(|(name, _)| name)
}

/// The list that founders choose from.
pub fn list() -> Result<Vec<KitTitle>, KitError> {
    names()
        .map(|name| open(name).map(|Bundle { kit, title, about, .. }| KitTitle { kit, title, about }))
        .collect()
}

/// The bundle of a kit.
pub fn open(name: &str) -> Result<Bundle, KitError> {
    let (kit, files) =
        KITS.into_iter().find(|(kit, _)| *kit == name).ok_or_else(|| KitError::Unknown(name.to_owned()))?;
    let broken = |why: String| KitError::Broken { kit, why };
    let ((_, settings), own) = files.split_first().ok_or_else(|| broken("It has no kit.toml.".into()))?;
    let mut bundle: Bundle = toml::from_str(settings).map_err(|error| broken(error.to_string()))?;
    let common: Common = toml::from_str(PROCEDURES).map_err(|error| broken(error.to_string()))?;
    for (name, procedure) in common.procedures.named {
        bundle.procedures.named.entry(name).or_insert(procedure);
    }
    bundle.procedures.amending = bundle.procedures.amending.take().or(common.procedures.amending);
    for (act, name) in common.procedures.acts {
        bundle.procedures.acts.entry(act).or_insert(name);
    }
    let policy = |(name, text): &File| PolicyFile { name: (*name).into(), text: (*text).into() };
    bundle.policies = COMMON.iter().chain(own).map(policy).collect();
    Ok(bundle)
}
