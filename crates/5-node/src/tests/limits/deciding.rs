//! Deciding between options, in secret, and the talk around it: too much of everything, and what nobody asked for.

use super::{AS_ADA, AS_BEN, AS_GUEST, Trial, send};
use crate::tests::street::{ADA, BEN, NOW};
use planet_corridor::agents;
use planet_count::secret::oprf::{Answer, Blinded};
use planet_count::secret::request_text;
use planet_groups::rows::{Term, set_term};
use planet_identity::managed::{self, Secrets};
use planet_identity::rows::did_logs;
use planet_identity::webvh::Location;
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::member::first_entry;
use planet_ontology::hex;
use planet_ontology::ids::{GroupId, ProposalId};
use planet_ontology::roles::Role;
use serde_json::{Value, json};

/// Choosing between options, and standing.
pub async fn questions(trial: &mut Trial) {
    let option = |title: &str| json!({ "title": title, "about": "Why not.", "cost": 10 });
    let question = json!({
        "group": GroupId::CLUB, "title": "Which colour?", "reason": "Grey.", "kind": "question", "method": "greedy",
        "seats": 1, "points": 5, "budget": 100, "options": [option("red"), option("green")], "open_for": 86_400,
        "nominate_for": 0,
    });
    let id = trial.tries(AS_ADA, "governance.ask", question).await["proposal"].clone();
    let choice = json!({ "proposal": id, "marks": [{ "option": 0, "value": 1 }] });
    trial.tries(AS_ADA, "governance.choose", choice).await;
    let election = json!({
        "group": GroupId::CLUB, "title": "Who looks after the money?", "kind": "election", "method": "scottish", "seats": 1,
        "open_for": 3 * 86_400, "nominate_for": 86_400, "role": "treasurer", "until": NOW.plus_seconds(90 * 86_400),
    });
    let id = trial.act(AS_ADA, "governance.ask", &election).await["proposal"].clone();
    let stand = json!({ "proposal": id, "stands": true, "statement": "I count twice." });
    trial.tries(AS_BEN, "governance.stand", stand).await;
    let until = NOW.plus_seconds(90 * 86_400);
    let seat = json!({ "group": GroupId::CLUB, "role": "treasurer", "people": [BEN], "until": until });
    trial.tries_proposed(AS_ADA, "groups.seat", seat).await;
}

/// A ballot that nobody can connect with Ada, whose identity has keys of its own.
pub async fn in_secret(trial: &mut Trial) {
    let secrets = Secrets::from_entropy(&[9; 64]);
    let location = Location::new("http://localhost:7700", Kind::Person, "ada-of-elm-street").unwrap();
    let made = managed::create(&location, &secrets, NOW).unwrap();
    let log = first_entry(&made.line, &location, NOW).unwrap();
    let store = trial.street.corridor.store().clone();
    store
        .write(move |tx| did_logs::host(tx, ADA.into(), &location, &log, &made.line, None, NOW))
        .await
        .unwrap();
    let option = |title: &str| json!({ "title": title });
    let question = json!({
        "group": GroupId::CLUB, "title": "Which colour?", "kind": "question", "method": "approval", "seats": 1,
        "options": [option("red"), option("green")], "open_for": 86_400, "ballot": "secret",
    });
    let id = trial.act(AS_ADA, "governance.ask", &question).await["proposal"].clone();
    let blinded = Blinded::new(&[1; 32], &[1; 64]);
    let shown = hex::encode(&blinded.shown);
    let key = secrets.device_key(1);
    let signature = key.sign(request_text(id.as_str().unwrap(), &shown).as_bytes());
    let request = json!({
        "proposal": id, "blinded": shown, "key": key.multikey(), "signature": hex::encode(&signature),
    });
    let given = trial.tries(AS_ADA, "governance.ask_token", request).await;
    let (_, seen) = {
        let path = format!("/api/v1/governance/decision?id={}", id.as_str().unwrap());
        send(&trial.street, "GET", &path, AS_ADA, String::new()).await
    };
    let bytes = |value: &Value| value.as_str().unwrap().to_owned();
    let answer = Answer {
        evaluated: hex::decode(&bytes(&given["evaluated"])).unwrap(),
        proof: hex::decode(&bytes(&given["proof"])).unwrap(),
    };
    let public = hex::decode(&bytes(&seen["question"]["secret"]["public"])).unwrap();
    let token = hex::encode(&blinded.unblind(&answer, &public).unwrap());
    let ballot = json!({
        "proposal": id, "ballot": hex::encode(&[1; 32]), "token": token, "marks": [{ "option": 0, "value": 1 }],
    });
    trial.tries(AS_GUEST, "governance.cast_secret", ballot).await;
}

/// What is said before, what came of it, and what follows.
pub async fn talking(trial: &mut Trial) {
    let question = json!({
        "group": GroupId::CLUB, "title": "Who brings bread?", "kind": "check", "method": "approval", "seats": 1,
        "options": [{ "title": "Ada" }, { "title": "Ben" }], "open_for": 3_600,
    });
    let id = trial.act(AS_ADA, "governance.ask", &question).await["proposal"].clone();
    let remark = json!({ "proposal": id, "text": "Sourdough, please.", "kind": "pro" });
    let said = trial.tries(AS_BEN, "governance.remark", remark).await;
    let other = json!({ "proposal": id, "remark": said, "text": "Rye, please.", "kind": "remark" });
    trial.tries(AS_BEN, "governance.reword", other).await;
    trial.tries(AS_BEN, "governance.unsay", json!({ "proposal": id, "remark": said })).await;
    trial.act(AS_ADA, "governance.withdraw", &json!({ "proposal": id })).await;
    let review = NOW.plus_seconds(90 * 86_400);
    let stated = json!({ "proposal": id, "text": "Everybody brings their own.", "review": review });
    trial.tries(AS_ADA, "governance.state_outcome", stated).await;
    let task = json!({ "proposal": id, "text": "Buy flour.", "owner": "ben", "due": review });
    let taken = trial.tries(AS_ADA, "governance.follow_up", task).await;
    let done = json!({ "proposal": id, "follow_up": taken, "done": true });
    trial.tries(AS_BEN, "governance.follow_up_done", done).await;
}

/// Voting for others: naming, taking back, declining.
pub async fn for_others(trial: &mut Trial) {
    let name = json!({ "group": GroupId::CLUB, "topic": "money", "to": "ben" });
    trial.tries(AS_ADA, "governance.delegate", name.clone()).await;
    let end = json!({ "group": GroupId::CLUB, "topic": "money" });
    trial.tries(AS_ADA, "governance.undelegate", end).await;
    trial.act(AS_ADA, "governance.delegate", &name).await;
    let decline = json!({ "group": GroupId::CLUB, "topic": "money", "of": "ada" });
    trial.tries(AS_BEN, "governance.undelegate", decline).await;
}

/// Recalling Ben, whom the club elected as treasurer, and hearing him.
pub async fn recalling(trial: &mut Trial) {
    let term_ends = NOW.plus_seconds(90 * 86_400);
    let term = Term { role: "treasurer".into(), term_ends, mandate: ProposalId(uuid::Uuid::from_u128(1)) };
    let store = trial.street.corridor.store().clone();
    store
        .write(move |tx| {
            agents::set_role(tx, BEN.into(), GroupId::CLUB, Role::Treasurer, NOW)?;
            set_term(tx, (GroupId::CLUB, BEN), &term, NOW)
        })
        .await
        .unwrap();
    let recall = json!({
        "group": GroupId::CLUB, "member": BEN, "name": "Ben", "role": "treasurer", "reason": "The books are empty.",
    });
    let id = trial.tries(AS_ADA, "groups.recall", recall).await;
    let response = json!({ "proposal": id, "text": "They are at the binder's." });
    trial.tries(AS_BEN, "governance.respond", response).await;
    trial.act(AS_ADA, "governance.withdraw", &json!({ "proposal": id })).await;
}

/// Standing behind an assumption, saying what serves it, merging and retiring it.
pub async fn assuming(trial: &mut Trial) {
    let said = |text: &str| json!({ "section": "world", "statement": text });
    let first = trial.act(AS_ADA, "governance.add_assumption", &said("Bread rises")).await;
    let second = trial.act(AS_BEN, "governance.add_assumption", &said("Dough rises")).await;
    let support = json!({ "assumption": first, "supports": true });
    trial.tries(AS_BEN, "governance.support_assumption", support).await;
    let link = json!({ "assumption": first, "kind": "rule", "target": "wallet.pay", "serves": true });
    trial.tries(AS_BEN, "governance.link_assumption", link).await;
    let merge =
        json!({ "assumption": first, "statement": "Bread rises", "heir": second, "into": "Dough rises" });
    trial.tries(AS_ADA, "governance.merge_assumption", merge).await;
    let retire = json!({ "assumption": second, "statement": "Dough rises" });
    trial.tries(AS_ADA, "governance.retire_assumption", retire).await;
}
