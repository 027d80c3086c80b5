//! The limits of what can be said about groups: how people come in, and groups within groups.

use super::{AS_ADA, AS_BEN, AS_CAM, CAM, Trial};
use crate::tests::street::{BEN, NOW};
use serde_json::{Value, json};

/// How people come into a group, and out of it.
pub async fn coming_in(trial: &mut Trial, group: &Value) {
    let door = json!({ "group": group, "question": "What?", "agreement": "On time.", "welcome": "Hello.", "admission": "group majority" });
    trial.act(AS_ADA, "groups.set_door", &json!({ "group": group })).await;
    let asks = json!({ "group": group, "answer": "Bass.", "agreed": true });
    trial.tries(AS_CAM, "groups.ask_to_join", asks.clone()).await;
    trial.tries(AS_CAM, "groups.take_back", json!({ "group": group })).await;
    trial.act(AS_CAM, "groups.ask_to_join", &asks).await;
    trial.tries(AS_ADA, "groups.admit", json!({ "group": group, "member": CAM, "name": "Cam" })).await;
    trial.act(AS_CAM, "groups.leave", &json!({ "group": group })).await;
    trial.tries(AS_ADA, "groups.invite", json!({ "group": group, "member": CAM, "name": "Cam" })).await;
    trial.tries(AS_CAM, "groups.accept_invitation", json!({ "group": group, "agreed": true })).await;
    trial.act(AS_CAM, "groups.leave", &json!({ "group": group })).await;
    trial.act(AS_CAM, "groups.ask_to_join", &asks).await;
    trial
        .tries(AS_ADA, "groups.decline_request", json!({ "group": group, "member": CAM, "reason": "Full." }))
        .await;
    trial.tries(AS_ADA, "groups.set_door", door).await;
}

/// Groups that become part of others: each is decided by the group, so it opens a proposal.
pub async fn within(trial: &mut Trial) {
    let group = |name: &str| json!({ "name": name, "mode": "chat", "open": true });
    let large = trial.act(AS_ADA, "groups.create", &group("Yard")).await["group"].clone();
    let small = trial.act(AS_BEN, "groups.create", &group("Beds")).await["group"].clone();
    let join = json!({ "group": small, "into": large, "delegate": BEN, "mandate": "Speak for us." });
    let proposal = trial.tries(AS_BEN, "groups.join_group", join).await;
    trial.act(AS_BEN, "governance.vote", &json!({ "proposal": proposal, "choice": "yes" })).await;
    let take_in = json!({ "group": large, "inner": small });
    let proposal = trial.tries(AS_ADA, "groups.take_in_group", take_in).await;
    trial.act(AS_ADA, "governance.vote", &json!({ "proposal": proposal, "choice": "yes" })).await;
    trial.tries(AS_ADA, "groups.leave_group", json!({ "group": large, "inner": small })).await;
}

/// What a group tells in its blog.
pub async fn blog(trial: &mut Trial, group: &Value) {
    let write = json!({ "group": group, "title": "We sang", "body": "In the yard." });
    let post = trial.tries(AS_ADA, "blog.write", write.clone()).await;
    trial
        .tries(
            AS_ADA,
            "blog.write",
            json!({ "group": group, "post": post, "title": "We sang!", "body": "Twice." }),
        )
        .await;
    let at = NOW.plus_seconds(3_600);
    trial.tries(AS_ADA, "blog.publish", json!({ "post": post, "at": at })).await;
    trial.tries(AS_ADA, "blog.take_back", json!({ "post": post })).await;
    trial.tries(AS_ADA, "blog.remove", json!({ "post": post })).await;
}
