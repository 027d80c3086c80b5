//! One line of a log: its parts, its hash, its proofs. What it means depends on the lines before it: see `verify`.

use super::Refusal;
use super::parameters::Said;
use crate::encoding::{jcs, strict_json};
use crate::{multi, proof};
use planet_ontology::units::Moment;
use serde_json::{Map, Value};

/// The text that stands for the self-certifying identifier until it is known.
pub const PLACEHOLDER: &str = "{SCID}";

/// A line, taken apart.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `versionId`, `{number}-{hash}`.
    pub version_id: String,
    /// The number in it.
    pub number: u64,
    /// `versionTime` as written.
    pub time_text: String,
    /// `versionTime` as an instant.
    pub time: jiff::Timestamp,
    /// What its parameters say.
    pub said: Said,
    /// The document.
    pub state: Value,
    /// Its proofs, at least one.
    proofs: Vec<Value>,
    /// The whole entry without its proofs.
    unsigned: Map<String, Value>,
}

impl Entry {
    /// Takes a line apart and checks its shape.
    pub fn parse(line: &str) -> Result<Self, Refusal> {
        let value = strict_json(line).map_err(|error| Refusal::did(format!("it is not JSON ({error})")))?;
        let Value::Object(mut unsigned) = value else { return Err(Refusal::did("it is not a JSON object")) };
        let known = ["versionId", "versionTime", "parameters", "state", "proof"];
        if let Some(name) = unsigned.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(Refusal::did(format!("it has a member {name}, which is not known")));
        }
        let proofs = match unsigned.remove("proof") {
            Some(Value::Array(proofs)) if !proofs.is_empty() => proofs,
            Some(Value::Object(proof)) => vec![Value::Object(proof)],
            _ => return Err(Refusal::proof("it has no proof")),
        };
        let text = |name: &str| unsigned.get(name).and_then(Value::as_str).map(str::to_owned);
        let version_id = text("versionId").ok_or_else(|| Refusal::did("it has no versionId"))?;
        let number = version_number(&version_id)?;
        let time_text = text("versionTime").ok_or_else(|| Refusal::did("it has no versionTime"))?;
        let time = utc_time(&time_text)
            .ok_or_else(|| Refusal::did("versionTime is not a UTC time like 2026-01-31T12:00:00Z"))?;
        let said =
            Said::parse(unsigned.get("parameters").ok_or_else(|| Refusal::did("it has no parameters"))?)?;
        let state = unsigned.get("state").filter(|state| state.is_object()).cloned();
        let state = state.ok_or_else(|| Refusal::did("it has no document"))?;
        Ok(Self { version_id, number, time_text, time, said, state, proofs, unsigned })
    }

    /// Whether the hash in `versionId` is that of this entry after the one whose `versionId` is given; after the SCID for
    /// the first entry.
    pub fn check_hash(&self, predecessor: &str) -> Result<(), Refusal> {
        let hash = entry_hash(&self.unsigned, predecessor)?;
        if self.version_id == format!("{}-{hash}", self.number) {
            Ok(())
        } else {
            Err(Refusal::did("its hash does not match its content or the entry before"))
        }
    }

    /// Whether this first entry hashes to the self-certifying identifier that it names.
    pub fn check_scid(&self, scid: &str) -> Result<(), Refusal> {
        if !multi::is_multihash(scid) || scid_of(&self.unsigned, Some(scid))? != scid {
            return Err(Refusal::did("the self-certifying identifier does not match the first entry"));
        }
        Ok(())
    }

    /// Whether every proof is valid and made by one of these keys.
    pub fn check_proofs(&self, keys: &[String], now: Moment) -> Result<(), Refusal> {
        let document = Value::Object(self.unsigned.clone());
        for proof in &self.proofs {
            let method = proof::method(proof).map_err(|error| Refusal::proof(error.to_string()))?;
            let key = multi::from_verification_method(method).ok_or_else(|| {
                Refusal::proof("the signing key is not written as did:key with itself as fragment")
            })?;
            if !keys.iter().any(|allowed| allowed == key) {
                return Err(Refusal::proof("it is signed by a key that may not change this identity"));
            }
            let public =
                multi::from_multikey(key).ok_or_else(|| Refusal::proof("the signing key can't be read"))?;
            proof::verify(&document, proof, &public, "assertionMethod", now)
                .map_err(|error| Refusal::proof(error.to_string()))?;
        }
        Ok(())
    }

    /// The `id` of the document.
    pub fn state_id(&self) -> Result<&str, Refusal> {
        self.state.get("id").and_then(Value::as_str).ok_or_else(|| Refusal::did("the document has no id"))
    }

    /// Whether the document names another identifier of the same subject.
    pub fn also_known_as(&self, did: &str) -> bool {
        let names = self.state.get("alsoKnownAs").and_then(Value::as_array);
        names.is_some_and(|names| names.iter().any(|name| name.as_str() == Some(did)))
    }
}

/// The hash of an entry without proof, when the entry before it has this `versionId`.
pub fn entry_hash(unsigned: &Map<String, Value>, predecessor: &str) -> Result<String, Refusal> {
    let mut entry = unsigned.clone();
    entry.insert("versionId".into(), predecessor.into());
    canonical_hash(&Value::Object(entry))
}

/// The self-certifying identifier of a first entry. `known` is replaced by the placeholder before hashing; a draft holds
/// the placeholder already.
pub fn scid_of(unsigned: &Map<String, Value>, known: Option<&str>) -> Result<String, Refusal> {
    let mut entry = unsigned.clone();
    entry.insert("versionId".into(), PLACEHOLDER.into());
    match known {
        None => canonical_hash(&Value::Object(entry)),
        Some(scid) => canonical_hash(&replace_everywhere(&Value::Object(entry), scid, PLACEHOLDER)?),
    }
}

/// Replaces a text wherever it stands in a JSON value, names included: the specification does it on the text.
pub fn replace_everywhere(value: &Value, from: &str, to: &str) -> Result<Value, Refusal> {
    serde_json::from_str(&value.to_string().replace(from, to))
        .map_err(|_| Refusal::did("it can't be written as JSON"))
}

fn canonical_hash(value: &Value) -> Result<String, Refusal> {
    let bytes = jcs(value).ok_or_else(|| Refusal::did("it holds a number that JSON cannot write"))?;
    Ok(multi::multihash(&bytes))
}

/// The number before the one dash, written without sign or leading zeros.
fn version_number(version_id: &str) -> Result<u64, Refusal> {
    let bad = || Refusal::did("versionId is not a number, one dash and a hash");
    let (number, hash) = version_id.split_once('-').ok_or_else(bad)?;
    if hash.is_empty()
        || hash.contains('-')
        || number.starts_with('0')
        || !number.bytes().all(|b| b.is_ascii_digit())
    {
        return Err(bad());
    }
    number.parse().map_err(|_| bad())
}

/// An instant written with its zone, which is UTC.
fn utc_time(text: &str) -> Option<jiff::Timestamp> {
    let utc = text.ends_with('Z') || text.ends_with("+00:00");
    text.parse().ok().filter(|_| utc && text.contains('T'))
}
