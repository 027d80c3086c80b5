//! The limits of what is said in groups.

use super::{AS_ADA, AS_BEN, AS_GUEST, Trial};
use planet_chat::acts::hash_of_secret;
use planet_ontology::hex;
use serde_json::{Value, json};

/// Talking in a group of Ada and Ben.
pub async fn in_a_group(trial: &mut Trial, group: &Value) {
    let send = json!({ "channel": group, "text": "Hello" });
    trial.act(AS_ADA, "chat.send", &send).await;
    trial.tries(AS_BEN, "chat.send", json!({ "channel": group, "text": "Hi", "thread": 1 })).await;
    let one = |more: Value| {
        let mut args = json!({ "channel": group, "seq": 1 });
        args.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        args
    };
    trial.tries(AS_ADA, "chat.edit", one(json!({ "text": "Hello!" }))).await;
    trial.tries(AS_BEN, "chat.react", one(json!({ "sign": "👍", "on": true }))).await;
    trial.tries(AS_BEN, "chat.pin", one(json!({ "on": true }))).await;
    trial.tries(AS_BEN, "chat.save", one(json!({ "on": true }))).await;
    trial.tries(AS_BEN, "chat.read", one(json!({}))).await;
    trial.tries(AS_ADA, "chat.delete", one(json!({}))).await;
    trial.tries(AS_BEN, "chat.open_channel", json!({ "group": group, "name": "concerts" })).await;
    trial.tries(AS_ADA, "chat.command", json!({ "channel": group, "text": "/pay @ben 1 bread" })).await;
    let secret_hash = hex::encode(&hash_of_secret("open sesame"));
    let make = json!({ "channel": group, "name": "builds", "secret_hash": secret_hash });
    let hook = trial.tries(AS_ADA, "chat.make_hook", make).await;
    trial.tries(AS_GUEST, "chat.post_by_hook", json!({ "secret": "open sesame", "text": "Green" })).await;
    trial.tries(AS_ADA, "chat.revoke_hook", json!({ "hook": hook })).await;
}
