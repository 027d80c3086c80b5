//! Who must have approved an entry, and how approvals are counted.

use super::*;

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
