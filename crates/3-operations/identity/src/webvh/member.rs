//! What a club asks of the log of a member or group that it hosts, beyond what the method asks of every log.
//! `docs/protocols/identity.md`, sections 3 and 4.

use super::verify::{Log, Version, extend, verify_any};
use super::{Invalid, Location, Refusal};
use crate::multi;
use planet_ontology::units::Moment;
use serde_json::Value;

/// The longest entry that a club stores, in bytes.
pub const MAX_ENTRY_BYTES: usize = 32 << 10;
/// How old the time in a new entry may be: it was made in the browser a moment ago.
const MAX_AGE_SECONDS: i64 = 24 * 3600;

/// Checks the first entry, made in the browser for a place that the node named.
pub fn first_entry(line: &str, location: &Location, now: Moment) -> Result<Log, Refusal> {
    check_line(line)?;
    let log = verify_any(line, None, now).map_err(without_witnesses)?;
    let [version] = log.versions() else { return Err(Refusal::did("exactly one entry was expected")) };
    check_policy(version, location, now)?;
    if version.active.update_keys.len() != 1 || !version.active.portable || version.active.deactivated {
        return Err(Refusal::parameters(
            "a member's first entry has one update key, is portable and not ended",
        ));
    }
    Ok(log)
}

/// Checks one more entry for a log that is hosted here. The log stays at its place; moving away is another act.
pub fn next_entry(log: &str, line: &str, location: &Location, now: Moment) -> Result<Log, Refusal> {
    check_line(line)?;
    let grown = extend(log, line, now).map_err(without_witnesses)?;
    let latest = grown.latest().ok_or_else(|| Refusal::did("the log is empty"))?;
    if !latest.active.deactivated {
        check_policy(latest, location, now)?;
    }
    Ok(grown)
}

/// Checks the entry by which the recovery key takes an identity back from whoever has the other keys. It is that key's own entry, and
/// nothing that was known before has a say after it.
pub fn taken_back(
    log: &str,
    line: &str,
    location: &Location,
    recovery_key: &str,
    now: Moment,
) -> Result<Log, Refusal> {
    let grown = next_entry(log, line, location, now)?;
    let [.., before, latest] = grown.versions() else { return Err(Refusal::did("the log is empty")) };
    let promise = multi::multihash(recovery_key.as_bytes());
    let promised = before.active.next_key_hashes.iter().skip(1).any(|hash| *hash == promise);
    if !promised || latest.active.update_keys != [recovery_key] || latest.active.deactivated {
        return Err(Refusal::parameters("it is not the entry of the recovery key"));
    }
    if latest.active.next_key_hashes.iter().any(|hash| before.active.next_key_hashes.contains(hash)) {
        return Err(Refusal::parameters("it promises the next entry to a key that was promised it before"));
    }
    let former = assertion_keys(&before.document);
    let listed =
        keys_in(&latest.document, "authentication").into_iter().chain(assertion_keys(&latest.document));
    if listed.into_iter().any(|key| former.contains(&key)) {
        return Err(Refusal::did("it keeps a signing key of the entry before"));
    }
    Ok(grown)
}

/// The commitments of an entry to recovery keys: all but the first, which is to the next update key.
pub fn recovery_promises(line: &str) -> Vec<String> {
    let entry: Value = serde_json::from_str(line).unwrap_or_default();
    let hashes = entry.pointer("/parameters/nextKeyHashes").and_then(Value::as_array);
    hashes.into_iter().flatten().skip(1).filter_map(|hash| hash.as_str().map(str::to_owned)).collect()
}

/// The public keys of the newest document that may sign statements, as multikeys.
pub fn assertion_keys(document: &Value) -> Vec<String> {
    keys_in(document, "assertionMethod")
}

fn check_line(line: &str) -> Result<(), Refusal> {
    if line.len() > MAX_ENTRY_BYTES || line.contains('\n') {
        return Err(Refusal::did("exactly one entry of at most 32 KiB was expected"));
    }
    Ok(())
}

/// Witnesses of hosted logs come with the delayed recovery of a later version; until then their proofs have no place here.
fn without_witnesses(refusal: Refusal) -> Refusal {
    match refusal.kind {
        Invalid::Witnesses => {
            Refusal { reason: "this club does not keep witnesses' proofs yet".into(), ..refusal }
        }
        _ => refusal,
    }
}

fn check_policy(version: &Version, location: &Location, now: Moment) -> Result<(), Refusal> {
    if !location.is_of(&version.did) {
        return Err(Refusal::did("it is not at the place that this club named"));
    }
    if version.time.as_microsecond() < now.plus_seconds(-MAX_AGE_SECONDS).0 {
        return Err(Refusal::did("versionTime is more than a day old"));
    }
    let active = &version.active;
    let commitments = active.next_key_hashes.iter().filter(|hash| multi::is_multihash(hash)).count();
    if commitments < 2 || commitments != active.next_key_hashes.len() {
        return Err(Refusal::parameters(
            "the next update key and the recovery key are not both committed to",
        ));
    }
    let signing = keys_in(&version.document, "authentication");
    if !assertion_keys(&version.document).iter().any(|key| signing.contains(key)) {
        return Err(Refusal::did("no key may both sign in and sign statements"));
    }
    Ok(())
}

/// The Ed25519 keys that a document lists under a purpose, by reference or in place.
fn keys_in(document: &Value, purpose: &str) -> Vec<String> {
    let list = |name: &str| document.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let did = document.get("id").and_then(Value::as_str).unwrap_or_default();
    let absolute = |id: &str| if id.starts_with('#') { format!("{did}{id}") } else { id.to_owned() };
    let methods = list("verificationMethod");
    let find = |id: &str| {
        let named = |method: &&Value| {
            method.get("id").and_then(Value::as_str).is_some_and(|m| absolute(m) == absolute(id))
        };
        methods.iter().find(named).cloned()
    };
    list(purpose)
        .into_iter()
        .filter_map(|item| if let Value::String(id) = &item { find(id) } else { Some(item) })
        .filter_map(|method| method.get("publicKeyMultibase").and_then(Value::as_str).map(str::to_owned))
        .filter(|key| multi::from_multikey(key).is_some())
        .collect()
}
