//! The chapter of private conversations in the story of too much: every field of their acts, overdone.

use super::{AS_ADA, AS_BEN, BEN, CAM, Trial};
use crate::tests::street::NOW;
use planet_identity::encoding::b64u;
use planet_identity::managed::{self, Secrets};
use planet_identity::rows::did_logs;
use planet_identity::webvh::Location;
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::member::first_entry;
use planet_ontology::hex;
use serde_json::{Value, json};
use uuid::Uuid;

/// Ben's browser.
const LAPTOP: Uuid = Uuid::from_u128(0xb1);

/// What proves that the browser is Ben's, whose identity has keys of its own.
async fn vouched_for(trial: &Trial) -> String {
    let secrets = Secrets::from_entropy(&[8; 64]);
    let location = Location::new("http://localhost:7700", Kind::Person, "ben-of-elm-street").unwrap();
    let made = managed::create(&location, &secrets, NOW).unwrap();
    let log = first_entry(&made.line, &location, NOW).unwrap();
    let did = log.latest().unwrap().did.as_str().to_owned();
    let store = trial.street.corridor.store().clone();
    store
        .write(move |tx| did_logs::host(tx, BEN.into(), &location, &log, &made.line, None, NOW))
        .await
        .unwrap();
    let (key, leaf) = (secrets.device_key(1), hex::encode(&[7; 32]));
    let signed = format!("planet private device v1\n{did}\n{LAPTOP}\n{leaf}\n");
    let signature = hex::encode(&key.sign(signed.as_bytes()));
    format!(
        r#"{{"by":"{}","device":"{LAPTOP}","did":"{did}","key":"{leaf}","signature":"{signature}","v":1}}"#,
        key.multikey()
    )
}

/// An MLS private message, as its outside looks.
fn framed(conversation: &Value, epoch: u64, content: u8) -> String {
    let id: Uuid = conversation.as_str().unwrap().parse().unwrap();
    b64u(&[&[0, 1, 0, 2, 16], id.as_bytes().as_slice(), &epoch.to_be_bytes(), &[content, 1]].concat())
}

/// Ben sets a browser up, writes to Ada and to several, and leaves again.
pub(super) async fn in_private(trial: &mut Trial) {
    let credential = vouched_for(trial).await;
    let add = json!({ "device": LAPTOP, "name": "Laptop", "credential": credential });
    trial.tries(AS_BEN, "private.add_device", add).await;
    trial.tries(AS_BEN, "private.rename_device", json!({ "device": LAPTOP, "name": "Old laptop" })).await;
    let offer = json!({
        "device": LAPTOP, "packages": [b64u(&[0, 1, 0, 5, 1])], "last_resort": b64u(&[0, 1, 0, 5, 2]),
        "expires": NOW.plus_seconds(86_400),
    });
    trial.tries(AS_BEN, "private.offer_packages", offer).await;
    let keys = json!({ "device": LAPTOP, "after": 0, "body": "AAAA" });
    trial.tries(AS_BEN, "private.keep_keys", keys).await;

    let people = json!({ "people": [super::ADA, CAM] });
    let talk = trial.tries(AS_BEN, "private.start", people).await["conversation"].clone();
    let of = |member| json!({ "conversation": talk, "member": member });
    trial.tries(AS_BEN, "private.remove_person", of(CAM)).await;
    trial.tries(AS_BEN, "private.add_person", of(CAM)).await;
    let take = json!({ "conversation": talk, "devices": [LAPTOP] });
    trial.tries(AS_BEN, "private.take_packages", take).await;
    let commit = json!({
        "conversation": talk, "device": LAPTOP, "id": Uuid::from_u128(1), "body": framed(&talk, 0, 3),
        "welcome": b64u(&[0, 1, 0, 3, 9]), "welcomes": [LAPTOP],
    });
    trial.tries(AS_BEN, "private.commit", commit).await;
    let welcomed = json!({ "device": LAPTOP, "conversation": talk, "position": 1 });
    trial.tries(AS_BEN, "private.welcomed", welcomed).await;
    let send = json!({
        "conversation": talk, "device": LAPTOP, "id": Uuid::from_u128(2), "body": framed(&talk, 1, 1), "archive": "AAAA",
    });
    trial.tries(AS_BEN, "private.send", send).await;
    trial.tries(AS_ADA, "private.read_up_to", json!({ "conversation": talk, "position": 2 })).await;
    trial.tries(AS_BEN, "private.leave", json!({ "conversation": talk })).await;
    let group = json!({ "name": "Quiet ones", "purpose": "", "mode": "chat", "open": false, "visibility": "private" });
    let group = trial.act(AS_BEN, "groups.create", &group).await["group"].clone();
    trial.tries(AS_BEN, "private.open_group", json!({ "group": group })).await;
    trial.tries(AS_BEN, "private.revoke_device", json!({ "device": LAPTOP })).await;
}
