//! The `parameters` of a log entry: what one entry says, and what is in force after it. Unknown names and odd values are
//! refused, never skipped: a resolver that skips what it does not know can be downgraded.

use super::Refusal;
use crate::multi;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// The one version of the method that is spoken here.
pub const METHOD: &str = "did:webvh:1.0";
/// Seconds a resolver may keep a document when the log does not say.
pub const DEFAULT_TTL: u64 = 3600;

/// Who must approve entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Witnesses {
    /// How many of them; 0 exactly when there are none.
    pub threshold: usize,
    /// Their `did:key` identifiers, distinct.
    pub ids: Vec<String>,
}

/// What one entry says; None means that it says nothing about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// `method`, which is always [`METHOD`].
    pub method: bool,
    /// `scid`
    pub scid: Option<String>,
    /// `updateKeys`: multikeys.
    pub update_keys: Option<Vec<String>>,
    /// `nextKeyHashes`
    pub next_key_hashes: Option<Vec<String>>,
    /// `witness`
    pub witness: Option<Witnesses>,
    /// `watchers`: URLs.
    pub watchers: Option<Vec<String>>,
    /// `portable`
    pub portable: Option<bool>,
    /// `deactivated`
    pub deactivated: Option<bool>,
    /// `ttl` in seconds.
    pub ttl: Option<u64>,
}

/// What is in force after an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Active {
    /// Keys that may sign the next entry, unless commitments exist.
    pub update_keys: Vec<String>,
    /// Commitments to the keys of the next entry; not empty means pre-rotation.
    pub next_key_hashes: Vec<String>,
    /// Who must approve the next entry.
    pub witness: Witnesses,
    /// Who keeps copies.
    pub watchers: Vec<String>,
    /// Whether the identifier may move to another host.
    pub portable: bool,
    /// Whether it has ended.
    pub deactivated: bool,
    /// Seconds for which a document may be kept.
    pub ttl: u64,
}

impl Said {
    /// Reads the parameters of one entry.
    pub fn parse(value: &Value) -> Result<Self, Refusal> {
        let object = value.as_object().ok_or_else(|| Refusal::parameters("parameters is not an object"))?;
        let mut said = Self::default();
        for (name, value) in object {
            match name.as_str() {
                "method" => said.method = parse_method(value)?,
                "scid" => said.scid = Some(text(name, value)?),
                "updateKeys" => said.update_keys = Some(update_keys(name, value)?),
                "nextKeyHashes" => said.next_key_hashes = Some(distinct_texts(name, value)?),
                "witness" => said.witness = Some(parse_witness(value)?),
                "watchers" => said.watchers = Some(watchers(name, value)?),
                "portable" => said.portable = Some(boolean(name, value)?),
                "deactivated" => said.deactivated = Some(boolean(name, value)?),
                "ttl" => said.ttl = Some(parse_ttl(value)?),
                _ => {
                    return Err(Refusal::parameters(format!(
                        "the parameter {name} is not known in {METHOD}"
                    )));
                }
            }
        }
        Ok(said)
    }

    /// What is in force after the first entry.
    pub fn first(&self) -> Result<Active, Refusal> {
        if !self.method {
            return Err(Refusal::did("the first entry does not name its method"));
        }
        let update_keys = self.update_keys.clone().unwrap_or_default();
        if update_keys.is_empty() {
            return Err(Refusal::parameters("the first entry has no updateKeys"));
        }
        Ok(Active {
            update_keys,
            next_key_hashes: self.next_key_hashes.clone().unwrap_or_default(),
            witness: self.witness.clone().unwrap_or_default(),
            watchers: self.watchers.clone().unwrap_or_default(),
            portable: self.portable.unwrap_or(false),
            deactivated: self.deactivated.unwrap_or(false),
            ttl: self.ttl.unwrap_or(DEFAULT_TTL),
        })
    }

    /// What is in force after a later entry. Whether its keys were committed to is checked with its proof.
    pub fn next(&self, before: &Active) -> Result<Active, Refusal> {
        if self.scid.is_some() {
            return Err(Refusal::parameters("scid may stand in the first entry only"));
        }
        if self.portable == Some(true) && !before.portable {
            return Err(Refusal::parameters("portable can be switched on in the first entry only"));
        }
        if !before.next_key_hashes.is_empty() {
            self.check_commitments(&before.next_key_hashes)?;
        }
        Ok(Active {
            update_keys: self.update_keys.clone().unwrap_or_else(|| before.update_keys.clone()),
            next_key_hashes: self.next_key_hashes.clone().unwrap_or_else(|| before.next_key_hashes.clone()),
            witness: self.witness.clone().unwrap_or_else(|| before.witness.clone()),
            watchers: self.watchers.clone().unwrap_or_else(|| before.watchers.clone()),
            portable: self.portable.unwrap_or(before.portable),
            deactivated: self.deactivated.unwrap_or(false),
            ttl: self.ttl.unwrap_or(before.ttl),
        })
    }

    /// Under pre-rotation both lists are written out in every entry, and each key was committed to.
    fn check_commitments(&self, committed: &[String]) -> Result<(), Refusal> {
        let keys = self.update_keys.as_deref().unwrap_or_default();
        if keys.is_empty() {
            return Err(Refusal::parameters(
                "updateKeys must be written out while keys are committed in advance",
            ));
        }
        if self.next_key_hashes.is_none() {
            return Err(Refusal::parameters(
                "nextKeyHashes must be written out while keys are committed in advance",
            ));
        }
        if keys.iter().any(|key| !committed.contains(&multi::multihash(key.as_bytes()))) {
            return Err(Refusal::parameters("an update key was not committed to in the entry before"));
        }
        Ok(())
    }
}

fn parse_method(value: &Value) -> Result<bool, Refusal> {
    // An unknown version ends resolution: guessing would open a way to downgrade.
    if value.as_str() == Some(METHOD) {
        Ok(true)
    } else {
        Err(Refusal::did(format!("its method is not {METHOD}")))
    }
}

fn text(name: &str, value: &Value) -> Result<String, Refusal> {
    value.as_str().map(str::to_owned).ok_or_else(|| Refusal::parameters(format!("{name} is not a text")))
}

fn boolean(name: &str, value: &Value) -> Result<bool, Refusal> {
    value.as_bool().ok_or_else(|| Refusal::parameters(format!("{name} is neither true nor false")))
}

/// A list of distinct texts. `null` counts as the empty list: the specification asks resolvers to forgive it.
fn distinct_texts(name: &str, value: &Value) -> Result<Vec<String>, Refusal> {
    if value.is_null() {
        return Ok(Vec::new());
    }
    let list = value.as_array().ok_or_else(|| Refusal::parameters(format!("{name} is not a list")))?;
    let texts = list.iter().map(|item| text(name, item)).collect::<Result<Vec<_>, _>>()?;
    if texts.iter().collect::<BTreeSet<_>>().len() < texts.len() {
        return Err(Refusal::parameters(format!("{name} names the same thing twice")));
    }
    Ok(texts)
}

fn update_keys(name: &str, value: &Value) -> Result<Vec<String>, Refusal> {
    let keys = distinct_texts(name, value)?;
    if keys.iter().any(|key| multi::from_multikey(key).is_none()) {
        return Err(Refusal::parameters("an update key is not an Ed25519 multikey"));
    }
    Ok(keys)
}

fn watchers(name: &str, value: &Value) -> Result<Vec<String>, Refusal> {
    let urls = distinct_texts(name, value)?;
    if urls.iter().any(|url| url::Url::parse(url).is_err()) {
        return Err(Refusal::parameters("a watcher is not a web address"));
    }
    Ok(urls)
}

fn parse_ttl(value: &Value) -> Result<u64, Refusal> {
    if value.is_null() {
        return Ok(DEFAULT_TTL);
    }
    value
        .as_u64()
        .filter(|ttl| *ttl <= 1 << 31)
        .ok_or_else(|| Refusal::parameters("ttl is not a number of seconds up to 2^31"))
}

fn parse_witness(value: &Value) -> Result<Witnesses, Refusal> {
    let bad = |reason: &str| Refusal::parameters(format!("witness: {reason}"));
    let object = match value {
        Value::Null => return Ok(Witnesses::default()),
        Value::Object(object) if object.is_empty() => return Ok(Witnesses::default()),
        Value::Object(object) => object,
        _ => return Err(bad("it is not an object")),
    };
    let known = |object: &Map<String, Value>, names: &[&str]| {
        object.keys().all(|name| names.contains(&name.as_str()))
    };
    if !known(object, &["threshold", "witnesses"]) {
        return Err(bad("it has a member that is not known"));
    }
    let list = object
        .get("witnesses")
        .and_then(Value::as_array)
        .ok_or_else(|| bad("there is no list of witnesses"))?;
    let mut ids = Vec::with_capacity(list.len());
    for item in list {
        let item = item
            .as_object()
            .filter(|item| known(item, &["id"]))
            .ok_or_else(|| bad("a witness has no id alone"))?;
        let id = item.get("id").and_then(Value::as_str).filter(|id| multi::from_did_key(id).is_some());
        let id = id.ok_or_else(|| bad("a witness is not an Ed25519 did:key"))?.to_owned();
        if ids.contains(&id) {
            return Err(bad("one witness is named twice"));
        }
        ids.push(id);
    }
    let threshold = object.get("threshold").and_then(Value::as_u64).and_then(|n| usize::try_from(n).ok());
    let threshold = threshold.filter(|n| (1..=ids.len()).contains(n));
    Ok(Witnesses {
        threshold: threshold.ok_or_else(|| bad("the threshold is not from 1 to the number of witnesses"))?,
        ids,
    })
}
