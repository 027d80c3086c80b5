//! What the published vectors do not catch: each rule of the method, broken once.

mod chain;
mod club;
mod witnesses;

use super::location::Kind;
use super::write::{self, Draft, Made};
use super::{Did, Hosts, Invalid, Location, Refusal, member, resolve, verify, verify::verify_any, witness};
use crate::keys::Key;
use planet_ontology::units::Moment;
use serde_json::{Value, json};

const NOW: Moment = Moment(1_790_000_000_000_000);
const PLACE: &str = "did:webvh:{SCID}:club.example:people:ada";

fn key(n: u8) -> Key {
    Key::from_seed(&[n; 32])
}

fn at(second: i64) -> Moment {
    NOW.plus_seconds(second)
}

/// A first entry by key 1; commits to keys 2 and 9 when `committed`.
fn draft(committed: bool) -> Draft {
    let commitments = if committed { vec![key(2).commitment(), key(9).commitment()] } else { Vec::new() };
    Draft::new(&key(1), &commitments, write::document(PLACE, &[key(5).multikey()]))
}

fn first(draft: Draft) -> Made {
    write::create_unchecked(draft, &key(1), NOW).unwrap()
}

/// A second entry after `first`, whose state is the first's unless the draft says otherwise.
fn second(first: &Made, draft: Draft, signer: &Key) -> String {
    let made = write::update_unchecked(1, &first.version_id, draft, signer, at(1)).unwrap();
    format!("{}\n{}\n", first.line, made.line)
}

fn state(first: &Made) -> Value {
    serde_json::from_str::<Value>(&first.line).unwrap()["state"].take()
}

fn check(log: &str) -> Result<u64, Refusal> {
    verify_any(log, None, at(60)).map(|log| log.latest().unwrap().number)
}

fn refused(log: &str, kind: Invalid, words: &str) {
    let refusal = check(log).expect_err(words);
    assert_eq!(refusal.kind, kind, "{refusal}");
    assert!(refusal.reason.contains(words), "{refusal}");
}

/// The first entry of a plain log, altered as text after it was signed.
fn altered(from: &str, to: &str) -> String {
    let line = first(draft(false)).line;
    assert!(line.contains(from), "{from} is not in {line}");
    line.replacen(from, to, 1)
}

fn witnessed(threshold: u64, witnesses: &[u8]) -> Value {
    let ids: Vec<Value> = witnesses.iter().map(|n| json!({"id": key(*n).did_key()})).collect();
    json!({"threshold": threshold, "witnesses": ids})
}

fn proofs(list: &[(&str, &[u8])]) -> String {
    let record = |(id, by): &(&str, &[u8])| json!({"versionId": id, "proof": by.iter().map(|n| witness::approve(id, &key(*n), NOW).unwrap()).collect::<Vec<_>>()});
    Value::Array(list.iter().map(record).collect()).to_string()
}
