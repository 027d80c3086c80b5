//! The chain of entries: hashes, numbers, times, keys, moves, the end.

use super::*;

#[test]
fn a_log_of_two_entries_holds() {
    let one = first(draft(true));
    let next = Draft::new(&key(2), &[key(3).commitment(), key(9).commitment()], state(&one));
    assert_eq!(check(&second(&one, next, &key(2))), Ok(2));
}

#[test]
fn one_changed_character_breaks_the_chain() {
    refused(
        &altered("\"nextKeyHashes\":[]", "\"nextKeyHashes\":[\"x\"]"),
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
