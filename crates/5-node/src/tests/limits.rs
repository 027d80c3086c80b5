//! Every field that a program can send: what is too long, too large, too many or not asked for is refused with a sentence, and
//! nothing is done. The story goes through all acts of members and guests, so a new act needs its chapter here.

mod chat;
mod constitution;
mod crypto;
mod deciding;
mod dues;
mod groups;
mod payments;
mod private;
mod treasury;

use super::street::{ADA, BEN, NOW, Street, api, text, token};
use crate::house;
use axum::http::StatusCode;
use planet_corridor::agents::{self, NewAgent};
use planet_corridor::files::{Files, hash_of};
use planet_identity::Key;
use planet_identity::rows::{device_keys, sessions};
use planet_membership::rows::clubs::{self, ClubRow};
use planet_ontology::acts::Authority;
use planet_ontology::ids::{AgentId, GroupId, MemberId, SessionId};
use planet_ontology::roles::Role;
use planet_places::gazetteer;
use planet_store::{Store, both_engines, sql};
use planet_wallet::acts::annotate::Attach;
use planet_wallet::acts::open::Open;
use planet_wallet::views::Wallet;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

pub const CAM: MemberId = MemberId(Uuid::from_u128(0xca0));
/// Whose session a request bears.
pub const AS_ADA: Option<u8> = Some(1);
pub const AS_BEN: Option<u8> = Some(2);
const AS_CAM: Option<u8> = Some(3);
const AS_GUEST: Option<u8> = None;

/// The club, and which acts were tried in it.
pub struct Trial {
    pub street: Street,
    tried: BTreeSet<&'static str>,
}

/// What was answered: the status, and JSON.
async fn send(
    street: &Street,
    method: &str,
    path: &str,
    bearer: Option<u8>,
    body: String,
) -> (StatusCode, Value) {
    let response = street.send(api(method, path, bearer, body)).await;
    let status = response.status();
    let text = text(response).await;
    (status, serde_json::from_str(&text).unwrap_or_else(|_| panic!("{path} answered {status}: {text}")))
}

/// Each value with too much in one place, and where that is.
fn overdone(good: &Value, at: &str) -> Vec<(String, Value)> {
    let much: Vec<Value> = match good {
        Value::String(_) => vec![json!("x".repeat(50_000))],
        Value::Number(_) => vec![json!(i64::MAX), json!(i64::MIN)],
        Value::Array(items) => items.first().map(|item| json!(vec![item; 2_000])).into_iter().collect(),
        _ => Vec::new(),
    };
    let children: Vec<(String, &Value)> = match good {
        Value::Array(items) => {
            items.iter().enumerate().map(|(n, item)| (format!("{at}/{n}"), item)).collect()
        }
        Value::Object(fields) => fields.iter().map(|(name, value)| (format!("{at}/{name}"), value)).collect(),
        _ => Vec::new(),
    };
    let here = much.into_iter().map(|much| (at.to_owned(), much));
    here.chain(children.into_iter().flat_map(|(at, value)| overdone(value, &at))).collect()
}

/// How many acts are on record as done, or counted as done.
pub async fn done(street: &Street) -> i64 {
    let read = street.corridor.store().read(|tx| {
        let (counted,) = tx.one::<(i64,)>(
            sql!("SELECT CAST(coalesce(sum(n), 0) AS BIGINT) FROM counts WHERE act NOT LIKE '% refused'"),
            &[],
        )?;
        let bodies = tx.rows::<(String,)>(sql!("SELECT body FROM events"), &[])?;
        let lines: i64 = bodies
            .iter()
            .flat_map(|(body,)| body.lines())
            .filter(|line| line.contains(r#""outcome":{"done""#))
            .map(|_| 1)
            .sum();
        Ok::<_, planet_store::Error>(counted + lines)
    });
    read.await.unwrap()
}

impl Trial {
    async fn new(store: &Store) -> Self {
        let street = Street::new(store).await;
        let program = Key::from_seed(&[7; 32]).did_key();
        let frome = gazetteer::search("frome", Some("GB"), 1).pop().unwrap();
        store
            .write(move |tx| {
                let row = ClubRow {
                    name: "Elm Street".into(),
                    purpose: "We bake and mend.".into(),
                    accent: "leaf".into(),
                    unit: "Acorns".into(),
                    symbol: "a".into(),
                    place: planet_places::ensure_town(tx, &frome).unwrap(),
                    founded: NOW,
                    joined: 2,
                };
                clubs::create(tx, &row)?;
                agents::create_member(
                    tx,
                    CAM,
                    &NewAgent { handle: "cam", name: "Cam", now: NOW },
                    Role::Member,
                    None,
                )?;
                sessions::open(tx, SessionId(Uuid::from_u128(3)), CAM.into(), &token(3), "test", NOW)
                    .unwrap();
                sessions::open(tx, SessionId(Uuid::from_u128(4)), ADA.into(), &token(4), "old phone", NOW)
                    .unwrap();
                device_keys::ask(tx, "BDWP-HQPK", &program, "laptop", NOW).unwrap();
                device_keys::approve(tx, "BDWP-HQPK", ADA.into(), NOW).unwrap();
                Ok::<_, planet_store::Error>(())
            })
            .await
            .unwrap();
        let open = Open { owner: AgentId::from(CAM) };
        street.corridor.act(super::street::by(planet_corridor::actor::Actor::House), open).await.unwrap();
        Self { street, tried: BTreeSet::new() }
    }

    /// Does an act as it is meant. Answers its output, or the proposal that was opened for it.
    pub async fn act(&self, who: Option<u8>, act: &str, args: &Value) -> Value {
        let path = format!("/api/v1/{}", act.replace('.', "/"));
        let (status, answer) = send(&self.street, "POST", &path, who, args.to_string()).await;
        assert_eq!(status, StatusCode::OK, "{act} {args}: {answer}");
        if answer["proposal"].is_null() { answer["output"].clone() } else { answer["proposal"].clone() }
    }

    /// Tries an act that the rules do not permit to this one.
    pub async fn refused(&self, who: Option<u8>, act: &str, args: &Value) {
        let path = format!("/api/v1/{}", act.replace('.', "/"));
        let (status, answer) = send(&self.street, "POST", &path, who, args.to_string()).await;
        assert_eq!(
            (status, &answer["code"]),
            (StatusCode::FORBIDDEN, &json!("not_permitted")),
            "{act} {args}: {answer}"
        );
    }

    /// Tries an act with a field that it does not have, then with too much in each field in turn, at last as it is meant.
    pub async fn tries(&mut self, who: Option<u8>, act: &'static str, good: Value) -> Value {
        let path = format!("/api/v1/{}", act.replace('.', "/"));
        let before = done(&self.street).await;
        let mut odd = good.clone();
        odd["no_such_field"] = json!(1);
        let (status, problem) = send(&self.street, "POST", &path, who, odd.to_string()).await;
        assert_eq!(
            (status.as_u16(), &problem["code"], &problem["field"]),
            (422, &json!("malformed"), &json!("no_such_field")),
            "{act}: {problem}"
        );
        for (at, much) in overdone(&good, "") {
            let mut wrong = good.clone();
            *wrong.pointer_mut(&at).unwrap() = much;
            let (status, problem) = send(&self.street, "POST", &path, who, wrong.to_string()).await;
            assert!(status.is_client_error(), "{act} takes too much in {at}: {status} {problem}");
            let sentence = problem["detail"].as_str().unwrap();
            assert!(
                (10..400).contains(&sentence.len()) && problem["code"].is_string(),
                "{act} {at}: {problem}"
            );
            assert_eq!(done(&self.street).await, before, "{act} {at}");
        }
        self.tried.insert(act);
        self.act(who, act, &good).await
    }

    /// The same for an act that only a group does, by a decision: it is proposed.
    pub async fn tries_proposed(&mut self, who: Option<u8>, act: &'static str, good: Value) {
        let proposal = |args: &Value| json!({ "act": act, "args": args, "group": GroupId::CLUB });
        let before = done(&self.street).await;
        for (at, much) in overdone(&good, "") {
            let mut wrong = good.clone();
            *wrong.pointer_mut(&at).unwrap() = much;
            let body = proposal(&wrong).to_string();
            let (status, problem) = send(&self.street, "POST", "/api/v1/governance/propose", who, body).await;
            assert!(status.is_client_error(), "{act} takes too much in {at}: {status} {problem}");
            assert_eq!(done(&self.street).await, before, "{act} {at}");
        }
        self.tried.insert(act);
        self.act(who, "governance.propose", &proposal(&good)).await;
    }

    /// The same for an act that names a file, which no program can send along: it is refused for that at last.
    async fn tries_without_file(&mut self, who: Option<u8>, act: &'static str, good: Value) {
        let path = format!("/api/v1/{}", act.replace('.', "/"));
        let before = done(&self.street).await;
        for (at, much) in overdone(&good, "") {
            let mut wrong = good.clone();
            *wrong.pointer_mut(&at).unwrap() = much;
            let (status, problem) = send(&self.street, "POST", &path, who, wrong.to_string()).await;
            assert!(status.is_client_error(), "{act} takes too much in {at}: {status} {problem}");
        }
        let (status, problem) = send(&self.street, "POST", &path, who, good.to_string()).await;
        assert_eq!((status.as_u16(), &problem["code"]), (422, &json!("file_missing")), "{problem}");
        assert_eq!(done(&self.street).await, before, "{act}");
        self.tried.insert(act);
    }
}

/// The front door: coming in, and being at home.
async fn at_the_door(trial: &mut Trial) {
    let hash = |n: u8| planet_membership::checks::hash_text(&token(n));
    let apply = |n: u8, email: &str| json!({ "name": "Dora", "email": email, "place": "Frome", "why": "I bake.", "secret_hash": hash(n) });
    trial.tries(AS_GUEST, "membership.apply", apply(10, "dora@example.org")).await;
    let [first, second] = [
        trial.act(AS_GUEST, "membership.apply", &apply(11, "")).await,
        trial.act(AS_GUEST, "membership.apply", &apply(12, "")).await,
    ];
    trial.tries(AS_ADA, "membership.admit", json!({ "application": first, "name": "Dora" })).await;
    trial
        .tries(AS_ADA, "membership.decline_application", json!({ "application": second, "reason": "Full." }))
        .await;
    let invitee = |n: u8| json!({ "name": "Eve", "email": "", "place": "Frome", "note": "Hello", "token_hash": hash(n) });
    let invitation = trial
        .tries(AS_ADA, "membership.invite", json!({ "invitee": invitee(13), "role": "member", "days": 14 }))
        .await;
    trial
        .tries(
            AS_ADA,
            "membership.invite_many",
            json!({ "invitees": [invitee(14), invitee(15)], "mail": false, "days": 14 }),
        )
        .await;
    trial.tries(AS_ADA, "membership.withdraw_invitation", json!({ "invitation": invitation })).await;
    let frome = gazetteer::search("frome", Some("GB"), 1).pop().unwrap().id;
    trial.tries(AS_ADA, "membership.set_home", json!({ "place": frome, "neighbourhood": "Trinity", "street": "Castle Street", "shared": "town" })).await;
    trial
        .tries(AS_ADA, "places.add", json!({ "parent": frome, "kind": "street", "name": "Catherine Hill" }))
        .await;
    trial.tries(AS_ADA, "membership.rename", json!({ "name": "Ada O." })).await;
}

/// Money: payments, bills, limits.
async fn with_money(trial: &mut Trial) {
    let viewer = trial.street.corridor.viewer(ADA).await.unwrap();
    let currency =
        trial.street.corridor.view(&viewer, Wallet::default(), NOW).await.unwrap().balances[0].money.id;
    let pay = json!({ "to": BEN, "amount": 300, "memo": "bread", "from": ADA, "currency": currency });
    let paid = trial.tries(AS_ADA, "wallet.pay", pay).await["transfer"].clone();
    trial.tries(AS_BEN, "wallet.refund", json!({ "transfer": paid, "amount": 100, "memo": "mouldy" })).await;
    let row = json!({ "to": BEN, "amount": 5, "memo": "bread" });
    let list = json!({ "rows": [row, row], "from": ADA, "currency": currency });
    trial.tries(AS_ADA, "wallet.pay_many", list).await;
    let aside = json!({ "to": BEN, "amount": 30, "memo": "lamp", "seconds": 86_400, "from": ADA, "currency": currency });
    let hold = trial.tries(AS_ADA, "wallet.hold", aside.clone()).await["hold"].clone();
    trial.tries(AS_BEN, "wallet.settle", json!({ "hold": hold, "amount": 20 })).await;
    let hold = trial.act(AS_ADA, "wallet.hold", &aside).await["hold"].clone();
    trial.tries(AS_BEN, "wallet.release", json!({ "hold": hold })).await;
    noting(trial).await;
    let bill = json!({ "from": BEN, "amount": 100, "memo": "lamp", "to": ADA, "currency": currency });
    let first = trial.tries(AS_ADA, "wallet.request", bill.clone()).await;
    trial.tries(AS_BEN, "wallet.approve_request", json!({ "request": first })).await;
    let second = trial.act(AS_ADA, "wallet.request", &bill).await;
    trial.tries(AS_BEN, "wallet.decline_request", json!({ "request": second })).await;
    let third = trial.act(AS_ADA, "wallet.request", &bill).await;
    trial.tries(AS_ADA, "wallet.cancel_request", json!({ "request": third })).await;
    trial
        .tries(
            AS_ADA,
            "wallet.set_limits",
            json!({ "owner": BEN, "currency": currency, "min": -5_000, "max": 5_000, "soft": { "min": -300, "max": 300 } }),
        )
        .await;
    let steps =
        json!([{ "up_to": 100, "procedure": "at once" }, { "up_to": null, "procedure": "two signatures" }]);
    trial
        .tries(
            AS_ADA,
            "wallet.set_rule",
            json!({ "group": GroupId::CLUB, "currency": currency, "steps": steps }),
        )
        .await;
    payments::with_more_than_one_transfer(trial, json!(currency)).await;
    treasury::with_money_of_the_world(trial).await;
    crypto::with_coins(trial).await;
    dues::with_dues(trial, json!(currency)).await;
}

/// Notes and receipts on the latest payment.
async fn noting(trial: &mut Trial) {
    let viewer = trial.street.corridor.viewer(ADA).await.unwrap();
    let latest = trial.street.corridor.view(&viewer, Wallet::default(), NOW).await.unwrap().latest;
    let transfer = latest[0].transfer;
    let note = json!({ "transfer": transfer, "wallet": ADA, "category": "food", "note": "Saturday" });
    trial.tries(AS_ADA, "wallet.annotate", note).await;
    let bytes = b"%PDF-1.7 a till receipt".to_vec();
    let hash = planet_ontology::hex::encode(&hash_of(&bytes));
    let file = json!({ "transfer": transfer, "wallet": ADA, "name": "till.pdf", "kind": "application/pdf", "size": bytes.len(), "hash": hash });
    trial.tries_without_file(AS_ADA, "wallet.attach", file.clone()).await;
    let act: Attach = serde_json::from_value(file).unwrap();
    let call = super::street::by(planet_corridor::actor::Actor::Member(ADA));
    let attached = trial.street.corridor.act_with(call, act, Files::new([bytes])).await.unwrap();
    trial.tries(AS_ADA, "wallet.detach", json!({ "attachment": attached.output })).await;
}

/// What people say, show and do together.
async fn among_people(trial: &mut Trial) {
    let group = trial
        .tries(
            AS_ADA,
            "groups.create",
            json!({ "name": "Choir", "purpose": "Singing.", "mode": "chat", "open": true }),
        )
        .await["group"]
        .clone();
    trial.tries(AS_ADA, "groups.change", json!({ "group": group, "name": "The Choir", "purpose": "Singing.", "mode": "chat", "open": true })).await;
    trial.tries(AS_ADA, "groups.set_mode", json!({ "group": group, "mode": "working" })).await;
    trial.tries(AS_BEN, "groups.join", json!({ "group": group })).await;
    trial
        .tries(AS_ADA, "groups.set_role", json!({ "group": group, "member": BEN, "role": "treasurer" }))
        .await;
    trial.tries(AS_ADA, "groups.add_member", json!({ "group": group, "member": CAM })).await;
    trial.tries(AS_ADA, "groups.remove_member", json!({ "group": group, "member": CAM })).await;
    chat::in_a_group(trial, &group).await;
    trial.tries(AS_BEN, "groups.leave", json!({ "group": group })).await;
    groups::coming_in(trial, &group).await;
    groups::within(trial).await;
    groups::blog(trial, &group).await;

    let detail = |id: Value| json!({ "id": id, "of": ADA, "kind": "other", "label": "Shoes", "value": "43", "audience": GroupId::CLUB });
    let id = trial.act(AS_ADA, "profiles.set_detail", &detail(Value::Null)).await;
    trial.tries(AS_ADA, "profiles.set_detail", detail(id.clone())).await;
    trial.tries(AS_ADA, "profiles.remove_detail", json!({ "id": id })).await;
    let circle =
        trial.tries(AS_ADA, "profiles.make_circle", json!({ "name": "Friends", "members": [BEN] })).await;
    trial
        .tries(
            AS_ADA,
            "profiles.change_circle",
            json!({ "circle": circle, "name": "Old friends", "add": [CAM], "remove": [BEN] }),
        )
        .await;
    trial.tries(AS_ADA, "profiles.end_circle", json!({ "circle": circle })).await;

    let post = json!({ "title": "Bins", "text": "Tuesday?", "tags": ["bins"], "relevance": "town", "audience": GroupId::CLUB, "to_neighbours": true });
    let post = trial.tries(AS_ADA, "feed.post", post).await["post"].clone();
    trial
        .tries(
            AS_ADA,
            "feed.edit",
            json!({ "post": post, "title": "Bins!", "text": "Tuesday.", "tags": ["bins"] }),
        )
        .await;
    let comment = trial.tries(AS_BEN, "feed.comment", json!({ "post": post, "text": "Thanks!" })).await;
    trial.tries(AS_BEN, "feed.remove", json!({ "post": post, "comment": comment })).await;
    trial.tries(AS_BEN, "feed.follow", json!({ "agent": ADA })).await;
    trial.tries(AS_BEN, "feed.unfollow", json!({ "agent": ADA })).await;
}

/// Deciding, and the ways out.
async fn in_the_end(trial: &mut Trial) {
    let until = NOW.plus_seconds(30 * 86_400);
    let suspend = json!({ "member": CAM, "name": "Cam", "until": until, "reason": "Noise." });
    trial.tries(AS_ADA, "membership.suspend", suspend.clone()).await;
    let propose =
        json!({ "act": "membership.suspend", "args": suspend, "group": GroupId::CLUB, "reason": "Please." });
    let proposal = trial.tries(AS_ADA, "governance.propose", propose.clone()).await["proposal"].clone();
    trial
        .tries(AS_ADA, "governance.vote", json!({ "proposal": proposal, "choice": "yes", "reason": "Yes." }))
        .await;
    let proposal = trial.act(AS_ADA, "governance.propose", &propose).await["proposal"].clone();
    trial.tries(AS_ADA, "governance.withdraw", json!({ "proposal": proposal })).await;
    deciding::questions(trial).await;
    deciding::in_secret(trial).await;
    deciding::talking(trial).await;
    deciding::for_others(trial).await;
    deciding::recalling(trial).await;
    deciding::assuming(trial).await;
    trial.tries(AS_ADA, "membership.reinstate", json!({ "member": CAM, "name": "Cam" })).await;
    let demote = json!({ "group": GroupId::CLUB, "member": ADA, "name": "Ada O.", "role": "member" });
    trial.tries(AS_CAM, "groups.demote", demote).await;
    trial
        .tries(AS_CAM, "governance.appeal", json!({ "against": "the noise", "reason": "It was music." }))
        .await;
    trial
        .tries(
            AS_CAM,
            "governance.add_assumption",
            json!({ "section": "people", "statement": "Music is not noise" }),
        )
        .await;
    trial.tries(AS_ADA, "membership.sign_out", json!({ "session": SessionId(Uuid::from_u128(4)) })).await;
    trial.tries(AS_ADA, "membership.remove_key", json!({ "key": Key::from_seed(&[7; 32]).did_key() })).await;
    trial.tries(AS_CAM, "membership.export", json!({})).await;
    trial.tries(AS_CAM, "membership.sign_out_everywhere", json!({})).await;
    trial.tries(AS_BEN, "membership.leave", json!({})).await;
}

/// A club in which there is something of everything that a form can be about.
pub async fn furnished(store: &Store) -> Trial {
    let trial = Trial::new(store).await;
    let hash = |n: u8| planet_membership::checks::hash_text(&token(n));
    let frome = gazetteer::search("frome", Some("GB"), 1).pop().unwrap().id;
    let suspend =
        json!({ "member": CAM, "name": "Cam", "until": NOW.plus_seconds(30 * 86_400), "reason": "Noise." });
    let invitee = json!({ "name": "Eve", "email": "", "place": "", "note": "", "token_hash": hash(13) });
    let bill = json!({ "from": ADA, "amount": 100, "memo": "lamp", "to": BEN });
    let detail = json!({ "kind": "skill", "value": "bread", "audience": GroupId::CLUB });
    for (who, act, args) in [
        (
            AS_ADA,
            "membership.set_home",
            json!({ "place": frome, "neighbourhood": "", "street": "Castle Street", "shared": "town" }),
        ),
        (
            AS_GUEST,
            "membership.apply",
            json!({ "name": "Dora", "email": "", "place": "Frome", "why": "I bake.", "secret_hash": hash(11) }),
        ),
        (AS_ADA, "membership.invite", json!({ "invitee": invitee, "days": 14 })),
        (AS_ADA, "membership.suspend", suspend),
        (AS_BEN, "wallet.request", bill.clone()),
        (AS_ADA, "wallet.request", json!({ "from": BEN, "amount": 100, "memo": "lamp", "to": ADA })),
        (
            AS_ADA,
            "groups.create",
            json!({ "name": "Choir", "purpose": "Singing.", "mode": "chat", "open": true }),
        ),
        (
            AS_BEN,
            "groups.create",
            json!({ "name": "Bakery", "purpose": "Bread.", "mode": "trading", "open": true }),
        ),
        (AS_ADA, "profiles.set_detail", detail),
        (AS_ADA, "profiles.make_circle", json!({ "name": "Friends", "members": [BEN] })),
        (AS_BEN, "feed.follow", json!({ "agent": ADA })),
        (AS_ADA, "feed.follow", json!({ "agent": CAM })),
    ] {
        trial.act(who, act, &args).await;
    }
    let post = json!({ "title": "Bins", "text": "Tuesday?", "tags": ["bins"], "relevance": "world" });
    let post = trial.act(AS_ADA, "feed.post", &post).await["post"].clone();
    trial.act(AS_ADA, "feed.comment", &json!({ "post": post, "text": "Wednesday?" })).await;
    let group = trial
        .act(AS_BEN, "groups.create", &json!({ "name": "Club of two", "mode": "chat", "open": true }))
        .await["group"]
        .clone();
    trial.act(AS_ADA, "groups.join", &json!({ "group": group })).await;
    trial
}

both_engines! { house::migrations();

    async fn no_act_takes_too_much_or_what_it_does_not_know(store: Store) {
        let mut trial = Trial::new(&store).await;
        at_the_door(&mut trial).await;
        with_money(&mut trial).await;
        among_people(&mut trial).await;
        super::limits_currencies::with_currencies(&mut trial).await;
        constitution::with_rules(&mut trial).await;
        private::in_private(&mut trial).await;
        in_the_end(&mut trial).await;
        let open = house::registry().acts().into_iter().filter(|act| act.authority != Authority::House);
        let forgotten: Vec<&str> = open.map(|act| act.name).filter(|name| !trial.tried.contains(name)).collect();
        assert_eq!(forgotten, Vec::<&str>::new(), "each act needs its chapter in this story");
    }

    async fn no_view_takes_what_it_does_not_know(store: Store) {
        let street = Street::new(&store).await;
        for view in house::registry().views() {
            let path = format!("/api/v1/{}?no_such_field=1", view.name.replace('.', "/"));
            let (status, problem) = send(&street, "GET", &path, Some(1), String::new()).await;
            assert_eq!((status.as_u16(), &problem["code"], &problem["field"]), (422, &json!("malformed"), &json!("no_such_field")), "{path}: {problem}");
        }
        for long in ["profiles/people?q=", "profiles/suggest?q=", "wallet/payees?q=", "feed/by_tag?tag=", "profiles/person?handle="] {
            let (status, answer) = send(&street, "GET", &format!("/api/v1/{long}{}", "x".repeat(50_000)), Some(1), String::new()).await;
            assert!(!status.is_server_error(), "{long}: {answer}");
        }
    }
}
