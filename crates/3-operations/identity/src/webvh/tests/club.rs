//! Resolving, and what a club lets in.

use super::*;

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

#[test]
fn only_the_recovery_key_takes_an_identity_back_and_only_from_known_keys() {
    let place = Location::new("https://club.example", Kind::Person, "ada").unwrap();
    let one = first(draft(true).with("portable", true));
    let next = |signer: u8, promised: [u8; 2], daily: u8| {
        let state = write::document(&one.did, &[key(daily).multikey()]);
        let promises = promised.map(|n| key(n).commitment());
        write::update_unchecked(
            1,
            &one.version_id,
            Draft::new(&key(signer), &promises, state),
            &key(signer),
            at(1),
        )
        .unwrap()
        .line
    };
    let take = |line: &str, with: u8| {
        member::taken_back(&one.line, line, &place, &key(with).multikey(), at(60))
            .map(|log| log.latest().unwrap().number)
            .map_err(|refusal| refusal.reason)
    };
    assert_eq!(take(&next(9, [21, 22], 25), 9), Ok(2));
    for (line, with, words) in [
        (next(2, [21, 22], 25), 2, "not the entry of the recovery key"),
        (next(2, [21, 22], 25), 9, "not the entry of the recovery key"),
        (next(9, [2, 22], 25), 9, "promised it before"),
        (next(9, [21, 9], 25), 9, "promised it before"),
        (next(9, [21, 22], 5), 9, "keeps a signing key"),
        (next(7, [21, 22], 25), 7, "not committed to"),
    ] {
        let reason = take(&line, with).unwrap_err();
        assert!(reason.contains(words), "{reason} / {words}");
    }
    assert_eq!(member::recovery_promises(&one.line), [key(9).commitment()]);
    assert!(member::recovery_promises("nonsense").is_empty());
}
