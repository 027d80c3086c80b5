//! From an identifier to a document, for any of its versions. The text is fetched by a function that the caller gives.

use super::verify::{Log, Version, belongs_to, walk};
use super::{Did, DidUrl, Hosts, Refusal, did::Query};
use planet_ontology::units::Moment;
use serde_json::{Value, json};

/// The longest log that a fetcher should accept, in bytes (specification: 5 MiB).
pub const MAX_LOG_BYTES: usize = 5 << 20;

/// A document and what is known about it.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The document, with the implied services `#files` and `#whois`.
    pub document: Value,
    /// What the log says about this version.
    pub metadata: Metadata,
}

/// What the log says about a version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Metadata {
    /// `{number}-{hash}`
    pub version_id: String,
    /// 1, 2, 3 …
    pub version_number: u64,
    /// When this version was made.
    pub version_time: String,
    /// When the identifier was made.
    pub created: String,
    /// When its last valid version was made.
    pub updated: String,
    /// The self-certifying identifier.
    pub scid: String,
    /// Whether it may still move.
    pub portable: bool,
    /// Whether it has ended.
    pub deactivated: bool,
    /// Seconds for which the document may be kept.
    pub ttl: u64,
}

/// Resolves a DID URL from texts that were fetched already. `log` is None when nothing was found at its address. A failure must
/// not be kept: the owner may be mending the log.
pub fn resolve(
    did_url: &str,
    log: Option<&str>,
    witness_proofs: Option<&str>,
    now: Moment,
) -> Result<Resolved, Refusal> {
    let asked = DidUrl::parse(did_url)?;
    let text = log.ok_or_else(|| Refusal::not_found("there is no log at its address"))?;
    if text.len() > MAX_LOG_BYTES {
        return Err(Refusal::did("its log is too long"));
    }
    let (log, fault) = walk(text, witness_proofs, now);
    let version = match (choose(&log, &asked.query), &fault) {
        // What stopped the walk may be the very version that was asked for, or one that was in force at that time.
        (Some(version), Some(fault))
            if version.number == last_number(&log) && !asks_exactly(&asked.query) =>
        {
            return Err(fault.clone());
        }
        (Some(version), _) => version,
        (None, Some(fault)) => return Err(fault.clone()),
        (None, None) => return Err(Refusal::not_found("it has no such version")),
    };
    belongs_to(&log, &asked.did)?;
    Ok(Resolved { document: with_implied_services(version), metadata: metadata(&log, version) })
}

/// Resolves a DID URL, fetching the log and, when the log has witnesses, their proofs. `fetch` answers None for 404; it
/// must not follow redirects, must check the address it connects to, and stops at [`MAX_LOG_BYTES`] and a time limit.
pub fn resolve_with<E: From<Refusal>>(
    did_url: &str,
    hosts: Hosts,
    now: Moment,
    mut fetch: impl FnMut(&str) -> Result<Option<String>, E>,
) -> Result<Resolved, E> {
    let did = DidUrl::parse(did_url)?.did;
    let log = fetch(&did.log_url(hosts)?)?;
    let proofs = match &log {
        Some(text) if text.contains("\"threshold\"") => fetch(&did.witness_url(hosts)?)?,
        _ => None,
    };
    Ok(resolve(did_url, log.as_deref(), proofs.as_deref(), now)?)
}

fn asks_exactly(query: &Query) -> bool {
    matches!(query, Query::Id(_) | Query::Number(_))
}

fn last_number(log: &Log) -> u64 {
    log.latest().map_or(0, |version| version.number)
}

fn choose<'a>(log: &'a Log, query: &Query) -> Option<&'a Version> {
    match query {
        Query::Latest => log.latest(),
        Query::Id(id) => log.versions().iter().find(|version| version.version_id == *id),
        Query::Number(number) => log.versions().iter().find(|version| version.number == *number),
        Query::Time(time) => log.versions().iter().rev().find(|version| version.time <= *time),
    }
}

fn metadata(log: &Log, version: &Version) -> Metadata {
    let time =
        |version: Option<&Version>| version.map(|version| version.time_text.clone()).unwrap_or_default();
    let last = log.latest().unwrap_or(version);
    Metadata {
        version_id: version.version_id.clone(),
        version_number: version.number,
        version_time: version.time_text.clone(),
        created: time(log.versions().first()),
        updated: time(Some(last)),
        scid: log.scid().to_owned(),
        portable: last.active.portable,
        deactivated: last.active.deactivated,
        ttl: last.active.ttl,
    }
}

/// Adds `#files` and `#whois` unless the document defines them itself (specification, "DID URL Resolution").
fn with_implied_services(version: &Version) -> Value {
    let mut document = version.document.clone();
    let base = version.did.implied_base();
    let id = |name: &str| format!("{}#{name}", version.did.as_str());
    let files = json!({"id": id("files"), "type": "relativeRef", "serviceEndpoint": base});
    let whois = json!({
        "@context": "https://identity.foundation/linked-vp/contexts/v1",
        "id": id("whois"),
        "type": "LinkedVerifiablePresentation",
        "serviceEndpoint": format!("{base}whois.vp"),
    });
    let implied = [("files", files), ("whois", whois)];
    let Some(members) = document.as_object_mut() else { return document };
    let services = members.entry("service").or_insert_with(|| json!([]));
    let Some(services) = services.as_array_mut() else { return document };
    for (name, service) in implied {
        if !services.iter().any(|service| is_called(service, &version.did, name)) {
            services.push(service);
        }
    }
    document
}

fn is_called(service: &Value, did: &Did, name: &str) -> bool {
    let id = service.get("id").and_then(Value::as_str).unwrap_or_default();
    id.strip_prefix(did.as_str()).unwrap_or(id).strip_prefix('#') == Some(name)
}
