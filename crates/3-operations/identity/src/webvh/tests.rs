//! What the published vectors do not catch: each rule of the method, broken once.

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

#[test]
fn a_log_of_two_entries_holds() {
    let one = first(draft(true));
    let next = Draft::new(&key(2), &[key(3).commitment(), key(9).commitment()], state(&one));
    assert_eq!(check(&second(&one, next, &key(2))), Ok(2));
}

#[test]
fn one_changed_character_breaks_the_chain() {
    refused(
        &altered("\"portable\":true", "\"portable\":false"),
        Invalid::Did,
        "self-certifying identifier does not match",
    );
    let log = second(
        &first(draft(false)),
        Draft { state: state(&first(draft(false))), ..Draft::default() },
        &key(1),
    );
    assert_eq!(check(&log), Ok(2));
    let tail = log.rfind("device-").unwrap();
    let broken = format!("{}{}", &log[..tail], log[tail..].replacen("device-", "davice-", 1));
    refused(&broken, Invalid::Did, "hash does not match");
}

#[test]
fn the_next_commitments_must_be_written_out_in_every_entry() {
    let one = first(draft(true));
    let mut next = Draft::new(&key(2), &[key(3).commitment()], state(&one));
    next.parameters.remove("nextKeyHashes");
    refused(&second(&one, next, &key(2)), Invalid::Parameters, "nextKeyHashes must be written out");
    let mut next = Draft::new(&key(2), &[key(3).commitment()], state(&one));
    next.parameters.remove("updateKeys");
    refused(&second(&one, next, &key(1)), Invalid::Parameters, "updateKeys must be written out");
}

#[test]
fn the_thief_of_a_current_key_cannot_rotate() {
    let one = first(draft(true));
    let to_thief = Draft::new(&key(7), &[key(8).commitment()], state(&one));
    refused(&second(&one, to_thief.clone(), &key(1)), Invalid::Parameters, "was not committed");
    refused(&second(&one, to_thief, &key(7)), Invalid::Parameters, "was not committed");
    let hidden = Draft::new(&key(2), &[key(3).commitment()], state(&one))
        .with("updateKeys", json!([key(2).multikey(), key(7).multikey()]));
    refused(&second(&one, hidden, &key(2)), Invalid::Parameters, "was not committed");
    let signed_by_old = Draft::new(&key(2), &[key(3).commitment()], state(&one));
    refused(&second(&one, signed_by_old, &key(1)), Invalid::Proof, "may not change this identity");
}

#[test]
fn the_recovery_key_alone_takes_an_identity_back() {
    let one = first(draft(true));
    let next = Draft::new(&key(9), &[key(10).commitment(), key(11).commitment()], state(&one));
    assert_eq!(check(&second(&one, next, &key(9))), Ok(2));
}

#[test]
fn without_commitments_the_former_key_signs_the_change() {
    let one = first(draft(false));
    let next = || Draft::new(&key(2), &[], state(&one));
    assert_eq!(check(&second(&one, next(), &key(1))), Ok(2));
    refused(&second(&one, next(), &key(2)), Invalid::Proof, "may not change this identity");
}

#[test]
fn pre_rotation_ends_one_entry_after_it_is_switched_off() {
    let one = first(draft(true));
    let off =
        write::update_unchecked(1, &one.version_id, Draft::new(&key(2), &[], state(&one)), &key(2), at(1))
            .unwrap();
    let then = Draft { state: state(&one), ..Draft::default() };
    let third = write::update_unchecked(2, &off.version_id, then, &key(2), at(2)).unwrap();
    assert_eq!(check(&format!("{}\n{}\n{}", one.line, off.line, third.line)), Ok(3));
}

#[test]
fn scid_stands_in_the_first_entry_only() {
    let one = first(draft(false));
    let next = Draft { state: state(&one), ..Draft::default() }.with("scid", one.scid.clone());
    refused(&second(&one, next, &key(1)), Invalid::Parameters, "scid may stand in the first entry only");
}

#[test]
fn what_is_not_known_is_refused_and_not_skipped() {
    for (name, value, kind, words) in [
        ("weather", json!("fine"), Invalid::Parameters, "is not known"),
        ("method", json!("did:webvh:1.1"), Invalid::Did, "its method is not"),
        ("method", json!("did:webvh:0.5"), Invalid::Did, "its method is not"),
        ("portable", json!("yes"), Invalid::Parameters, "neither true nor false"),
        ("ttl", json!(-1), Invalid::Parameters, "ttl"),
        ("ttl", json!(1_u64 << 32), Invalid::Parameters, "ttl"),
        ("watchers", json!(["not a url"]), Invalid::Parameters, "web address"),
        ("watchers", json!("https://w.example"), Invalid::Parameters, "not a list"),
        ("updateKeys", json!(["z6Mkwrong"]), Invalid::Parameters, "not an Ed25519 multikey"),
        ("updateKeys", json!([]), Invalid::Parameters, "no updateKeys"),
        ("updateKeys", json!([key(1).multikey(), key(1).multikey()]), Invalid::Parameters, "twice"),
        ("nextKeyHashes", json!([1]), Invalid::Parameters, "not a text"),
        ("deactivated", json!(null), Invalid::Parameters, "neither true nor false"),
    ] {
        refused(&first(draft(false).with(name, value)).line, kind, words);
    }
    refused(&altered("\"parameters\"", "\"extra\":1,\"parameters\""), Invalid::Did, "not known");
    refused(
        &altered("\"nextKeyHashes\"", "\"nextKeyHashes\":[],\"nextKeyHashes\""),
        Invalid::Did,
        "named twice",
    );
}

#[test]
fn a_malformed_witness_list_is_refused_and_not_ignored() {
    let id = |n| json!({"id": key(n).did_key()});
    for (witness, words) in [
        (json!({"threshold": 1, "witnesses": []}), "threshold"),
        (json!({"threshold": 3, "witnesses": [id(1), id(2)]}), "threshold"),
        (json!({"threshold": 0, "witnesses": [id(1)]}), "threshold"),
        (json!({"threshold": "1", "witnesses": [id(1)]}), "threshold"),
        (json!({"threshold": 1, "witnesses": [id(1), id(1)]}), "twice"),
        (json!({"threshold": 1, "witnesses": [{"id": "did:web:a.example"}]}), "did:key"),
        (json!({"threshold": 1, "witnesses": [{"id": key(1).did_key(), "weight": 5}]}), "id alone"),
        (json!({"threshold": 1, "witnesses": [id(1)], "selfWeight": 1}), "not known"),
        (json!({"threshold": 1}), "no list"),
        (json!([id(1)]), "not an object"),
    ] {
        refused(&first(draft(false).with("witness", witness)).line, Invalid::Parameters, words);
    }
}

#[test]
fn time_is_a_time_and_strictly_rises() {
    let one = first(draft(false));
    let next = |moment| {
        let next = Draft { state: state(&one), ..Draft::default() };
        let made = write::update_unchecked(1, &one.version_id, next, &key(1), moment).unwrap();
        check(&format!("{}\n{}", one.line, made.line))
    };
    assert!(next(at(0)).is_err() && next(at(-1)).is_err());
    assert_eq!(next(at(1)), Ok(2));
    // `check` stands 60 seconds after the first entry; five minutes ahead are forgiven.
    assert_eq!(next(at(60 + 300)), Ok(2));
    assert!(next(at(60 + 301)).unwrap_err().reason.contains("future"));
    let time = NOW.rfc3339();
    for odd in [
        "2026-09-21",
        "yesterday",
        "2026-09-21T14:13:20+02:00",
        "2026-09-21T14:13:20",
        "2026-13-01T00:00:00Z",
    ] {
        refused(
            &altered(&format!("\"versionTime\":\"{time}\""), &format!("\"versionTime\":\"{odd}\"")),
            Invalid::Did,
            "versionTime",
        );
    }
}

#[test]
fn version_numbers_run_and_have_one_dash() {
    let hash = first(draft(false)).version_id.split_off(2);
    for odd in [
        format!("01-{hash}"),
        format!("+1-{hash}"),
        format!("1--{hash}"),
        format!("1-{hash}-x"),
        hash.clone(),
        format!("2-{hash}"),
    ] {
        let broken = altered(&format!("1-{hash}"), &odd);
        assert_eq!(check(&broken).unwrap_err().kind, Invalid::Did, "{odd}");
    }
    let one = first(draft(false));
    let skipped = write::update_unchecked(
        2,
        &one.version_id,
        Draft { state: state(&one), ..Draft::default() },
        &key(1),
        at(1),
    )
    .unwrap();
    refused(&format!("{}\n{}", one.line, skipped.line), Invalid::Did, "must run");
}

#[test]
fn a_log_answers_only_for_its_own_identifier() {
    let one = first(draft(false));
    let ask = |did: &str| verify(&one.line, None, &Did::parse(did).unwrap(), at(1)).map(|_| ());
    assert_eq!(ask(&one.did), Ok(()));
    assert!(ask(&one.did.replace("people:ada", "people:bob")).is_err());
    let other = first(draft(true));
    assert!(ask(&other.did).is_err());
}

#[test]
fn a_move_needs_portability_and_the_former_name() {
    let go = |portable: bool, names: &[String], extra: Option<(&str, Value)>| {
        let one = first(draft(false).with("portable", portable));
        let mut state: Value =
            serde_json::from_str(&state(&one).to_string().replace("club.example", "new.example")).unwrap();
        let names: Vec<String> = names.iter().map(|name| name.replace("SELF", &one.did)).collect();
        state["alsoKnownAs"] = json!(names);
        let mut next = Draft { state, ..Draft::default() };
        if let Some((name, value)) = extra {
            next = next.with(name, value);
        }
        let log = second(&one, next, &key(1));
        let former = Did::parse(&one.did).unwrap();
        verify(&log, None, &former, at(60)).map(|log| log.latest().unwrap().did.host().to_owned())
    };
    let former = ["SELF".to_owned()];
    assert_eq!(go(true, &former, None).unwrap(), "new.example");
    assert!(go(false, &former, None).is_err());
    assert!(go(true, &[], None).is_err());
    assert!(go(true, &["did:webvh:x:club.example".into()], None).is_err());
    assert!(go(true, &former, Some(("portable", json!(false)))).is_err());
    assert!(go(false, &former, Some(("portable", json!(true)))).is_err());
}

#[test]
fn nothing_follows_after_the_end() {
    let one = first(draft(false));
    let ended = Draft { state: state(&one), ..Draft::default() }
        .with("deactivated", true)
        .with("updateKeys", json!([]));
    let log = second(&one, ended, &key(1));
    let resolved = resolve(&one.did, Some(&log), None, at(60)).unwrap();
    assert!(resolved.metadata.deactivated);
    let last = verify_any(&log, None, at(60)).unwrap().latest().unwrap().version_id.clone();
    let third =
        write::update_unchecked(2, &last, Draft { state: state(&one), ..Draft::default() }, &key(1), at(2))
            .unwrap();
    refused(&format!("{log}{}", third.line), Invalid::Did, "was ended");
}

#[test]
fn every_proof_of_an_entry_must_hold() {
    let one = first(draft(false));
    let mut entry: Value = serde_json::from_str(&one.line).unwrap();
    let good = entry["proof"][0].clone();
    entry["proof"] = json!([]);
    refused(&entry.to_string(), Invalid::Proof, "no proof");
    entry["proof"] = good.clone();
    assert_eq!(check(&entry.to_string()), Ok(1), "a single proof may stand without a list");
    let mut foreign = good.clone();
    foreign["cryptosuite"] = "eddsa-rdfc-2022".into();
    entry["proof"] = json!([good, foreign]);
    refused(&entry.to_string(), Invalid::Proof, "not accepted");
}

fn witnessed(threshold: u64, witnesses: &[u8]) -> Value {
    let ids: Vec<Value> = witnesses.iter().map(|n| json!({"id": key(*n).did_key()})).collect();
    json!({"threshold": threshold, "witnesses": ids})
}

fn proofs(list: &[(&str, &[u8])]) -> String {
    let record = |(id, by): &(&str, &[u8])| json!({"versionId": id, "proof": by.iter().map(|n| witness::approve(id, &key(*n), NOW).unwrap()).collect::<Vec<_>>()});
    Value::Array(list.iter().map(record).collect()).to_string()
}

#[test]
fn a_threshold_counts_distinct_named_witnesses() {
    let one = first(draft(false).with("witness", witnessed(2, &[11, 12, 13])));
    let id = one.version_id.as_str();
    let judge = |proofs: Option<String>| verify_any(&one.line, proofs.as_deref(), at(60)).map(|_| ());
    assert_eq!(judge(Some(proofs(&[(id, &[11, 13])]))), Ok(()));
    for bad in [
        None,
        Some("[]".into()),
        Some("{}".into()),
        Some(proofs(&[(id, &[11])])),
        Some(proofs(&[(id, &[11, 11])])),
        Some(proofs(&[(id, &[11]), (id, &[11])])),
        Some(proofs(&[(id, &[11, 14])])),
        Some(proofs(&[("1-QmTYXE8TR3uLUWWrefCtFCLhdFWDBk7Eyq5DQRmiHFVAEL", &[11, 12])])),
    ] {
        assert_eq!(judge(bad.clone()).unwrap_err().kind, Invalid::Witnesses, "{bad:?}");
    }
}

#[test]
fn the_former_witnesses_approve_their_own_replacement() {
    let one = first(draft(false).with("witness", witnessed(2, &[11, 12])));
    let next = Draft { state: state(&one), ..Draft::default() }.with("witness", witnessed(1, &[13]));
    let log = second(&one, next, &key(1));
    let id = serde_json::from_str::<Value>(log.lines().last().unwrap()).unwrap()["versionId"]
        .as_str()
        .unwrap()
        .to_owned();
    let judge = |by: &[u8]| {
        verify_any(&log, Some(&proofs(&[(&one.version_id, &[11, 12]), (&id, by)])), at(60)).map(|_| ())
    };
    assert!(judge(&[13]).is_err() && judge(&[11]).is_err() && judge(&[]).is_err());
    assert_eq!(judge(&[11, 12]), Ok(()));
    // A proof for the second entry covers the first as well.
    assert!(verify_any(&log, Some(&proofs(&[(&id, &[11, 12])])), at(60)).is_ok());
}

#[test]
fn the_first_witness_list_acts_at_once_and_switching_off_is_witnessed() {
    let one = first(draft(false));
    let log = second(
        &one,
        Draft { state: state(&one), ..Draft::default() }.with("witness", witnessed(1, &[11])),
        &key(1),
    );
    let id = serde_json::from_str::<Value>(log.lines().last().unwrap()).unwrap()["versionId"]
        .as_str()
        .unwrap()
        .to_owned();
    assert!(verify_any(&log, None, at(60)).is_err());
    assert!(verify_any(&log, Some(&proofs(&[(&id, &[11])])), at(60)).is_ok());

    let off = Draft { state: state(&one), ..Draft::default() }.with("witness", json!({}));
    let off = write::update_unchecked(2, &id, off, &key(1), at(2)).unwrap();
    let free = write::update_unchecked(
        3,
        &off.version_id,
        Draft { state: state(&one), ..Draft::default() },
        &key(1),
        at(3),
    )
    .unwrap();
    let log = format!("{log}{}\n{}", off.line, free.line);
    assert!(
        verify_any(&log, Some(&proofs(&[(&id, &[11])])), at(60)).is_err(),
        "switching off was not approved"
    );
    assert!(verify_any(&log, Some(&proofs(&[(&off.version_id, &[11])])), at(60)).is_ok());
}

#[test]
fn an_old_version_answers_although_a_later_entry_is_broken() {
    let one = first(draft(false));
    let log = format!("{}\n{}\n", one.line, "{\"versionId\":\"2-x\"}");
    let ask = |query: &str| resolve(&format!("{}{query}", one.did), Some(&log), None, at(60));
    assert_eq!(ask("?versionNumber=1").unwrap().metadata.version_id, one.version_id);
    assert!(ask(&format!("?versionId={}", one.version_id)).is_ok());
    assert_eq!(ask("").unwrap_err().entry, Some(2));
    assert!(ask("?versionNumber=2").is_err());
    assert!(
        ask(&format!("?versionTime={}", at(30).rfc3339())).is_err(),
        "the broken entry may be of that time"
    );
}

#[test]
fn a_version_that_never_was_is_not_found() {
    let one = first(draft(false));
    let ask = |query: &str| {
        resolve(&format!("{}{query}", one.did), Some(&one.line), None, at(60))
            .map(|r| r.metadata.version_number)
    };
    assert_eq!(ask(&format!("?versionTime={}", at(5).rfc3339())), Ok(1));
    for query in ["?versionNumber=2", "?versionId=1-x", "?versionTime=1999-01-01T00:00:00Z"] {
        assert_eq!(ask(query).unwrap_err().kind, Invalid::NotFound, "{query}");
    }
    assert_eq!(resolve(&one.did, None, None, at(60)).unwrap_err().kind, Invalid::NotFound);
}

#[test]
fn a_resolver_fetches_proofs_only_when_there_are_witnesses() {
    let one = first(draft(false).with("witness", witnessed(1, &[11])));
    let mut asked = Vec::new();
    let resolved = resolve::resolve_with(&one.did, Hosts::Public, at(60), |url| {
        asked.push(url.to_owned());
        let witness = url.ends_with("did-witness.json");
        Ok::<_, Refusal>(Some(if witness { proofs(&[(&one.version_id, &[11])]) } else { one.line.clone() }))
    });
    assert!(resolved.is_ok());
    assert_eq!(
        asked,
        ["https://club.example/people/ada/did.jsonl", "https://club.example/people/ada/did-witness.json"]
    );
    let local = one.did.replace("club.example", "localhost");
    assert!(
        resolve::resolve_with(&local, Hosts::Public, NOW, |_| Err(Refusal::did("asked")))
            .unwrap_err()
            .reason
            .contains("trials")
    );
}

#[test]
fn a_club_admits_only_the_log_it_asked_for() {
    let place = Location::new("https://club.example", Kind::Person, "ada").unwrap();
    let admit = |draft: Draft| {
        member::first_entry(&first(draft).line, &place, at(60)).map(|log| log.scid().to_owned())
    };
    let good = || draft(true).with("portable", true);
    assert_eq!(admit(good()).unwrap(), first(good()).scid);
    let elsewhere = Draft {
        state: write::document("did:webvh:{SCID}:club.example:people:bob", &[key(5).multikey()]),
        ..good()
    };
    let keyless = Draft { state: write::document(PLACE, &[]), ..good() };
    for (draft, words) in [
        (draft(true).with("portable", false), "portable"),
        (draft(false).with("portable", true), "committed"),
        (good().with("nextKeyHashes", json!([key(2).commitment()])), "committed"),
        (good().with("nextKeyHashes", json!([key(2).commitment(), "x"])), "committed"),
        (good().with("updateKeys", json!([key(1).multikey(), key(2).multikey()])), "one update key"),
        (good().with("witness", witnessed(1, &[11])), "does not keep witnesses"),
        (elsewhere, "not at the place"),
        (keyless, "sign statements"),
    ] {
        let refusal = admit(draft).unwrap_err();
        assert!(refusal.reason.contains(words), "{refusal} / {words}");
    }
    let line = first(good()).line;
    assert!(member::first_entry(&line, &place, at(90_000)).unwrap_err().reason.contains("day old"));
    assert!(member::first_entry(&format!("{line}\n{line}"), &place, at(60)).is_err());
}

#[test]
fn a_club_appends_only_what_continues_the_log() {
    let place = Location::new("https://club.example", Kind::Person, "ada").unwrap();
    let one = first(draft(true).with("portable", true));
    let next = Draft::new(&key(2), &[key(3).commitment(), key(9).commitment()], state(&one));
    let made = write::update_unchecked(1, &one.version_id, next, &key(2), at(1)).unwrap();
    let log = member::next_entry(&one.line, &made.line, &place, at(60)).unwrap();
    assert_eq!(log.latest().unwrap().number, 2);
    assert!(member::next_entry(&one.line, &one.line, &place, at(60)).is_err());
    assert!(member::next_entry(&one.line, &format!("{}\n{}", made.line, made.line), &place, at(60)).is_err());
    let spent = Draft::new(&key(2), &[], state(&one));
    let spent = write::update_unchecked(1, &one.version_id, spent, &key(2), at(1)).unwrap();
    assert!(
        member::next_entry(&one.line, &spent.line, &place, at(60)).is_err(),
        "commitments may not be dropped here"
    );
}
