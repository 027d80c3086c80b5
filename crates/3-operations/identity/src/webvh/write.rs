//! Makes log entries: the first one and the next. For keys that the node holds, for groups and for tests; a member's own
//! browser does the same in TypeScript.

use super::entry::{PLACEHOLDER, entry_hash, replace_everywhere, scid_of};
use super::parameters::METHOD;
use super::verify::{Log, verify_any};
use super::{Invalid, Refusal};
use crate::keys::Key;
use crate::proof;
use planet_ontology::units::Moment;
use serde_json::{Map, Value, json};

/// An entry just made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The line for `did.jsonl`, without a newline.
    pub line: String,
    /// The identifier in the document.
    pub did: String,
    /// Its self-certifying part.
    pub scid: String,
    /// `{number}-{hash}`
    pub version_id: String,
}

/// What an entry is to say.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// `parameters`; for a first entry without `method` and `scid`.
    pub parameters: Map<String, Value>,
    /// The document; for a first entry with `{SCID}` where the self-certifying part will stand.
    pub state: Value,
}

impl Draft {
    /// A draft with one update key and its commitments, as every entry of the club's has.
    pub fn new(update_key: &Key, commitments: &[String], state: Value) -> Self {
        let parameters = [
            ("updateKeys".to_owned(), json!([update_key.multikey()])),
            ("nextKeyHashes".to_owned(), json!(commitments)),
        ];
        Self { parameters: parameters.into_iter().collect(), state }
    }

    /// The same with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }
}

/// A document whose keys all sign in and sign statements. `did` may hold the placeholder.
pub fn document(did: &str, multikeys: &[String]) -> Value {
    let method_id =
        |key: &String| format!("{did}#device-{}", key.get(key.len().saturating_sub(8)..).unwrap_or_default());
    let ids: Vec<String> = multikeys.iter().map(method_id).collect();
    let methods: Vec<Value> = multikeys
        .iter()
        .zip(&ids)
        .map(|(key, id)| json!({"id": id, "type": "Multikey", "controller": did, "publicKeyMultibase": key}))
        .collect();
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "authentication": ids,
        "assertionMethod": ids,
    })
}

/// Makes the first entry, signed by one of its own update keys. It is verified before it is returned; only approval by
/// witnesses remains to be had.
pub fn create(draft: Draft, signer: &Key, now: Moment) -> Result<Made, Refusal> {
    let made = create_unchecked(draft, signer, now)?;
    check(&made.line, now)?;
    Ok(made)
}

/// Makes the entry after a log. `log_text` is the log as published and has been verified as `log`.
pub fn update(log_text: &str, log: &Log, draft: Draft, signer: &Key, now: Moment) -> Result<Made, Refusal> {
    let latest = log.latest().ok_or_else(|| Refusal::did("the log is empty"))?;
    let made = update_unchecked(latest.number, &latest.version_id, draft, signer, now)?;
    check(&format!("{}\n{}", log_text.trim_end_matches('\n'), made.line), now)?;
    Ok(made)
}

fn check(log: &str, now: Moment) -> Result<(), Refusal> {
    match verify_any(log, None, now) {
        Err(refusal) if refusal.kind != Invalid::Witnesses => Err(refusal),
        _ => Ok(()),
    }
}

/// As [`create`], without a look at the result.
pub(crate) fn create_unchecked(mut draft: Draft, signer: &Key, now: Moment) -> Result<Made, Refusal> {
    draft.parameters.entry("method").or_insert_with(|| METHOD.into());
    draft.parameters.insert("scid".into(), PLACEHOLDER.into());
    let unsigned = unsigned(draft, now);
    let scid = scid_of(&unsigned, None)?;
    let Value::Object(unsigned) = replace_everywhere(&Value::Object(unsigned), PLACEHOLDER, &scid)? else {
        return Err(Refusal::did("it is not a JSON object"));
    };
    sign(unsigned, 1, &scid, signer, now)
}

/// As [`update`], without a look at the result.
pub(crate) fn update_unchecked(
    after: u64,
    predecessor: &str,
    draft: Draft,
    signer: &Key,
    now: Moment,
) -> Result<Made, Refusal> {
    sign(unsigned(draft, now), after + 1, predecessor, signer, now)
}

fn unsigned(draft: Draft, now: Moment) -> Map<String, Value> {
    let members = [
        ("versionId".to_owned(), Value::Null),
        ("versionTime".to_owned(), now.rfc3339().into()),
        ("parameters".to_owned(), draft.parameters.into()),
        ("state".to_owned(), draft.state),
    ];
    members.into_iter().collect()
}

fn sign(
    mut entry: Map<String, Value>,
    number: u64,
    predecessor: &str,
    signer: &Key,
    now: Moment,
) -> Result<Made, Refusal> {
    let version_id = format!("{number}-{}", entry_hash(&entry, predecessor)?);
    entry.insert("versionId".into(), version_id.clone().into());
    let mut entry = Value::Object(entry);
    let proof =
        proof::create_with_did_key(&entry, signer, now).map_err(|error| Refusal::proof(error.to_string()))?;
    let did = entry.pointer("/state/id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let scid = did.split(':').nth(2).unwrap_or_default().to_owned();
    if let Some(members) = entry.as_object_mut() {
        members.insert("proof".into(), json!([proof]));
    }
    Ok(Made { line: entry.to_string(), did, scid, version_id })
}
