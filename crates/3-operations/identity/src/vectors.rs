//! Runs the published did:webvh test vectors and counts how many of the published answers we give. Reads files; nothing else
//! here does.
//!
//! A folder holds scenarios, a scenario holds what several implementations wrote: `did.jsonl`, perhaps `did-witness.json`, and one
//! or more `resolutionResult*.json`. One scenario of one implementation is one case.
//!
//! - Accepted: the document must equal `didDocument`, for every version that has an answer. Implementations write the implied
//!   services `#files` and `#whois` with relative or absolute ids and with or without a final slash; both sides are brought to one
//!   form. Metadata differs between implementations and is not compared.
//! - Refused: we must refuse, with the same code when one is given.
//! - A refused scenario whose log is empty is about the text of an identifier: each `did:` in `script.yaml` must be refused.
//!
//! An answer for an older version (`resolutionResult.1.json`) names its version in its metadata. In `multi-update` the Python
//! answers for versions 1 and 2 say that they hold version 3, and do: they are compared with the version that they name, and the
//! report says so.
//!
//! One published answer we knowingly do not give: see [`DISPUTED`]. It is counted as wrong and named in the report.

use crate::webvh::{self, DidUrl, Hosts, Refusal};
use planet_ontology::units::Moment;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// Cases whose published answer contradicts the specification: scenario, implementation, why.
pub const DISPUTED: &[(&str, &str, &str)] = &[(
    "witness-update",
    "ts",
    "entry 2 needs the old threshold of two and has one proof; the python answer to the same scenario is a refusal, as ours",
)];

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Cases answered as published.
    pub right: usize,
    /// All cases.
    pub total: usize,
    /// Those among the wrong ones that [`DISPUTED`] names.
    pub disputed: usize,
    /// One line per case, to be printed.
    pub lines: Vec<String>,
}

/// Runs every scenario of every implementation in a folder, at the given time.
pub fn run(dir: &Path, now: Moment) -> std::io::Result<Report> {
    let mut report = Report::default();
    for scenario in folders(dir)? {
        for implementation in folders(&scenario)? {
            let (scenario_name, name) = (file_name(&scenario), file_name(&implementation));
            let outcome = case(&scenario, &implementation, now)?;
            let disputed = DISPUTED.iter().find(|(s, i, _)| *s == scenario_name && *i == name);
            report.total += 1;
            let line = match (outcome, disputed) {
                (Ok(remark), _) => {
                    report.right += 1;
                    format!("right    {scenario_name}/{name}{remark}")
                }
                (Err(why), Some((_, _, reason))) => {
                    report.disputed += 1;
                    format!("disputed {scenario_name}/{name}: {why} ({reason})")
                }
                (Err(why), None) => format!("WRONG    {scenario_name}/{name}: {why}"),
            };
            report.lines.push(line);
        }
    }
    Ok(report)
}

/// Judges one case: a remark when all its answers are ours, else what differs.
fn case(scenario: &Path, implementation: &Path, now: Moment) -> std::io::Result<Result<String, String>> {
    let log = std::fs::read_to_string(implementation.join("did.jsonl"))?;
    let proofs = std::fs::read_to_string(implementation.join("did-witness.json")).ok();
    let mut answers = files(implementation)?;
    answers.retain(|path| file_name(path).starts_with("resolutionResult"));
    if answers.is_empty() {
        return Ok(Err("there is no published answer".into()));
    }
    let mut remark = String::new();
    for path in answers {
        let name = file_name(&path);
        let answer: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let outcome = if log.trim().is_empty() {
            let script = std::fs::read_to_string(scenario.join("script.yaml"))?;
            judge_identifiers(&script, &answer)
        } else {
            let (query, mislabelled) = version_asked(&name, &answer);
            if mislabelled {
                remark = format!("{remark} ({name} holds another version than its name says)");
            }
            judge_log(&log, proofs.as_deref(), &query, &answer, now)
        };
        if let Err(why) = outcome {
            return Ok(Err(format!("{name}: {why}")));
        }
    }
    Ok(Ok(remark))
}

/// The query for the version that an answer is about, and whether the file's name says another one.
fn version_asked(file_name: &str, answer: &Value) -> (String, bool) {
    let Some(number) = file_name.split('.').nth(1).and_then(|text| text.parse::<u64>().ok()) else {
        return (String::new(), false);
    };
    match answer.pointer("/didDocumentMetadata/versionId").and_then(Value::as_str) {
        Some(id) if !id.starts_with(&format!("{number}-")) => (format!("?versionId={id}"), true),
        _ => (format!("?versionNumber={number}"), false),
    }
}

fn judge_log(
    log: &str,
    proofs: Option<&str>,
    query: &str,
    answer: &Value,
    now: Moment,
) -> Result<(), String> {
    // Whoever resolves asks for the identifier in the published document or, when there is none, in the newest entry.
    let newest =
        log.lines().last().and_then(|line| serde_json::from_str::<Value>(line).ok()).unwrap_or_default();
    let published = answer.pointer("/didDocument/id").or_else(|| newest.pointer("/state/id"));
    let did = published.and_then(Value::as_str).unwrap_or_default();
    let ours = webvh::resolve(&format!("{did}{query}"), Some(log), proofs, now);
    match (ours, answer.get("didDocument").filter(|document| document.is_object())) {
        (Ok(ours), Some(theirs)) if same_form(&ours.document) == same_form(theirs) => Ok(()),
        (Ok(_), Some(_)) => Err("the document differs".into()),
        (Ok(_), None) => Err("we accept what must be refused".into()),
        (Err(refusal), Some(_)) => Err(format!("we refuse what is accepted: {refusal}")),
        (Err(refusal), None) => same_code(&refusal, answer),
    }
}

fn judge_identifiers(script: &str, answer: &Value) -> Result<(), String> {
    let dids: Vec<&str> = script
        .lines()
        .filter_map(|line| line.trim().strip_prefix("did: "))
        .map(|text| text.trim_matches('"'))
        .collect();
    if dids.is_empty() {
        return Err("the script names no identifier".into());
    }
    for did in dids {
        match DidUrl::parse(did).and_then(|url| url.did.log_url(Hosts::Public)) {
            Ok(url) => return Err(format!("{did} leads to {url}")),
            Err(refusal) => same_code(&refusal, answer)?,
        }
    }
    Ok(())
}

fn same_code(refusal: &Refusal, answer: &Value) -> Result<(), String> {
    match answer.pointer("/didResolutionMetadata/error").and_then(Value::as_str) {
        Some(code) if code != refusal.kind.name() => {
            Err(format!("we say {}, published is {code}: {refusal}", refusal.kind.name()))
        }
        _ => Ok(()),
    }
}

/// A document with absolute ids of its services, no final slash at their addresses, and in one order.
fn same_form(document: &Value) -> Value {
    let mut document = document.clone();
    let did = document.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    if let Some(services) = document.get_mut("service").and_then(Value::as_array_mut) {
        for service in services.iter_mut() {
            if let Some(Value::String(id)) = service.get_mut("id")
                && id.starts_with('#')
            {
                *id = format!("{did}{id}");
            }
            if let Some(Value::String(url)) = service.get_mut("serviceEndpoint") {
                *url = url.trim_end_matches('/').to_owned();
            }
        }
        services.sort_by_key(|service| service.get("id").map(ToString::to_string));
    }
    document
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn entries(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut paths =
        std::fs::read_dir(dir)?.map(|entry| entry.map(|e| e.path())).collect::<Result<Vec<_>, _>>()?;
    paths.sort();
    Ok(paths)
}

fn folders(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    Ok(entries(dir)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn files(dir: &Path) -> std::io::Result<Vec<PathBuf>> {
    Ok(entries(dir)?.into_iter().filter(|path| path.is_file()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_published_answer_is_ours_but_the_disputed_one() {
        let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/didwebvh");
        let report = run(&dir, Moment(1_795_000_000_000_000)).unwrap();
        assert_eq!((report.right, report.disputed, report.total), (41, 1, 42), "{:#?}", report.lines);
    }
}
