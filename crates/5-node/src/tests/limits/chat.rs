//! The limits of what is said in groups.

use super::super::street::BEN;
use super::{AS_ADA, AS_BEN, AS_GUEST, Trial};
use planet_chat::acts::hash_of_secret;
use planet_ontology::hex;
use serde_json::{Value, json};

/// Talking in a group of Ada and Ben.
pub async fn in_a_group(trial: &mut Trial, group: &Value) {
    let send = json!({ "channel": group, "text": "Hello" });
    history(trial, group).await;
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

/// What was said elsewhere before.
async fn history(trial: &mut Trial, group: &Value) {
    let person = json!({ "key": "U1", "handle": "dora", "name": "Dora" });
    let people = json!({ "group": group, "source": "slack", "people": [person] });
    let named = trial.tries(AS_ADA, "chat.name_people", people).await;
    let message = json!({ "mark": "1.1", "author": "U1", "sent": 1_700_000_000_000_000_i64, "edited": 1_700_000_000_000_001_i64, "text": "Hello" });
    let answer = json!({ "mark": "1.2", "author": "U1", "answers": "1.1", "sent": 1_700_000_000_000_000_i64, "text": "Hello" });
    let signs = json!({ "mark": "1.1", "sign": "👍", "by": ["U1"] });
    let content = json!({ "messages": [message, answer], "signs": [signs] });
    let piece = json!({ "group": group, "source": "slack", "channel": "C1", "part": 0, "content": content });
    trial.tries(AS_ADA, "chat.lay_history", piece).await;
    let whole = json!({ "group": group, "source": "slack", "channel": "C1", "name": "old", "closed": true, "parts": 1, "digest": "ab" });
    let brought = trial.tries(AS_ADA, "chat.bring_in", whole).await;
    // Nobody here has said it, so whoever brought it along has no more say over it than others.
    let mend = json!({ "channel": brought["channel"], "seq": 1, "text": "Goodbye" });
    trial.refused(AS_ADA, "chat.edit", &mend).await;
    let is = json!({ "person": named[0]["id"], "member": BEN });
    trial.refused(AS_BEN, "chat.match_person", &is).await;
    trial.tries(AS_ADA, "chat.match_person", is).await;
    trial.act(AS_BEN, "chat.edit", &mend).await;
    let not_mine = json!({ "channel": brought["channel"], "seq": 1 });
    trial.refused(AS_ADA, "chat.not_mine", &not_mine).await;
    trial.tries(AS_BEN, "chat.not_mine", not_mine).await;
    trial.refused(AS_BEN, "chat.edit", &mend).await;
    for (who, status) in [(AS_ADA, 200), (AS_BEN, 403), (AS_GUEST, 401)] {
        let path = "/api/v1/chat/history?group=choir";
        let (answer, _) = super::send(&trial.street, "GET", path, who, String::new()).await;
        assert_eq!(answer.as_u16(), status);
    }
    for (act, args) in [
        ("chat.name_people", json!({ "group": group, "source": "slack", "people": [] })),
        (
            "chat.lay_history",
            json!({ "group": group, "source": "slack", "channel": "C1", "part": 0, "content": {} }),
        ),
        (
            "chat.bring_in",
            json!({ "group": group, "source": "slack", "channel": "C1", "name": "x", "closed": false, "parts": 1, "digest": "" }),
        ),
    ] {
        trial.refused(AS_BEN, act, &args).await;
    }
}
