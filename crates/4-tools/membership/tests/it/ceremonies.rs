//! Founding and joining through the door: what a browser sends, and what stays shut.

use crate::club::{counts, migrations};
use crate::door::{Club, founding_fields};
use axum::http::StatusCode;
use planet_identity::rows::{passkeys, sessions};
use planet_membership::rows::clubs;
use planet_store::{Store, both_engines, sql};
use serde_json::{Value, json};

fn with(mut fields: Value, name: &str, value: &str) -> Value {
    fields[name] = value.into();
    fields
}

/// Ada invites somebody and gets a link.
async fn invited(club: &Club, ada: &str) -> String {
    let page = club.get("/invite", ada).await;
    let token = page.hidden("token");
    let made = club
        .post("/invite", ada, &[("token", &token), ("name", "Bruno"), ("days", "14"), ("note", "Hello!")])
        .await;
    made.page(&[
        "The invitation for Bruno is ready",
        &format!("https://club.example/join/{token}"),
        "<svg class=\"qr\"",
    ]);
    token
}

fn joining(token: &str) -> Value {
    json!({ "token": token, "name": "Bruno Marek", "place": "Frome", "place_id": "" })
}

both_engines! { migrations();
    async fn the_founder_comes_in_and_is_greeted(store: Store) {
        let club = Club::new(&store).await;
        let token = founding_fields()["token"].as_str().unwrap().to_owned();
        club.get(&format!("/found?token={token}"), "").await
            .page(&["Found your club", "Worker co-op: 90 days", "data-island=\"passkey-join\"", "data-begin=\"/found/begin\""]);
        let ada = club.come_in("found", &founding_fields()).await;
        club.get("/welcome", &ada).await.page(&["Welcome to Elm Street Co-op", "You are member number 1.", "They end on"]);
        club.get(&format!("/found?token={token}"), "").await.page(&["This club has been founded already"]);
        let (label,) = store.read(|tx| tx.one::<(String,)>(sql!("SELECT label FROM sessions"), &[])).await.unwrap();
        assert_eq!(label, "Chrome on Android");
        let (did,) = store.read(|tx| tx.one::<(String,)>(sql!("SELECT place FROM dids"), &[])).await.unwrap();
        let log = club.get(&format!("/{did}/did.jsonl"), "").await;
        assert_eq!(log.kind, "application/jsonl; charset=utf-8");
        assert!(log.text.contains("did:webvh:") && log.text.lines().count() == 1);
        assert_eq!(club.get("/people/nobody/did.jsonl", "").await.status, StatusCode::NOT_FOUND);
    }

    async fn nothing_is_founded_by_a_form_that_is_wrong(store: Store) {
        let club = Club::new(&store).await;
        for (name, value, status, code, field) in [
            ("token", "wrong", StatusCode::FORBIDDEN, "founding_link_wrong", ""),
            ("club", " ", StatusCode::UNPROCESSABLE_ENTITY, "club_missing", "club"),
            ("name", "", StatusCode::UNPROCESSABLE_ENTITY, "name_missing", "name"),
            ("place", "Xyzzyville", StatusCode::UNPROCESSABLE_ENTITY, "place_unknown", "place"),
            ("place", "", StatusCode::UNPROCESSABLE_ENTITY, "place_unknown", "place"),
            ("kit", "anarchy", StatusCode::UNPROCESSABLE_ENTITY, "kit_unknown", "kit"),
        ] {
            let heard = club.json("/found/begin", &json!({ "fields": with(founding_fields(), name, value) })).await;
            let (heard_code, heard_field, _) = heard.problem();
            assert_eq!((heard.status, heard_code.as_str(), heard_field.as_str()), (status, code, field), "{name}");
        }
        assert_eq!(club.get("/found?token=wrong", "").await.status, StatusCode::FORBIDDEN);
        for name in ["club", "purpose", "unit", "symbol", "name", "place", "kit", "accent", "token", "place_id"] {
            let much = with(founding_fields(), name, &"x".repeat(5_000));
            let heard = club.json("/found/begin", &json!({ "fields": much })).await;
            let (_, field, sentence) = heard.problem();
            assert!(heard.status.is_client_error() && (10..200).contains(&sentence.len()), "{name}: {}", heard.text);
            assert!(field == name.trim_end_matches("_id") || name == "token", "{name}: {field}");
        }
        let odd = club.json("/found/begin", &json!({ "fields": with(founding_fields(), "colour", "red") })).await;
        assert_eq!(odd.problem().0, "unknown_field");
        let plain = club.post("/found/finish", "", &[("club", "Elm Street")]).await;
        assert_eq!(plain.problem().0, "needs_script");
        let odd = club.json("/found/begin", &json!({ "fields": {}, "colour": "red" })).await;
        assert_eq!(odd.problem().0, "ceremony_malformed");
        assert_eq!(counts(&club.corridor).await, (0, 0, 0));
    }

    async fn a_second_founder_is_stopped_before_a_passkey_is_made(store: Store) {
        let club = Club::new(&store).await;
        let fields = founding_fields();
        let slow = club.json("/found/begin", &json!({ "fields": fields })).await.json();
        club.come_in("found", &fields).await;
        let second = club.json("/found/begin", &json!({ "fields": fields })).await;
        assert_eq!((second.status, second.problem().0.as_str()), (StatusCode::CONFLICT, "founded_already"));
        let late = club.json("/found/finish", &Club::answer(&slow, &fields)).await;
        assert_eq!(late.problem().2, "This club has been founded already. Ask a member for an invitation.");
        assert!(late.cookie.is_none());
        assert_eq!(store.read(clubs::find).await.unwrap().unwrap().joined, 1);
    }

    async fn whoever_is_invited_joins_in_a_minute(store: Store) {
        let (club, ada) = Club::founded(&store).await;
        let token = invited(&club, &ada).await;
        club.get(&format!("/join/{token}"), "").await
            .page(&["Join Elm Street Co-op", "Ada Okafor", "We bake and mend.", "Hello!", "value=\"Bruno\"", "value=\"Frome, "]);
        let bruno = club.come_in("join", &joining(&token)).await;
        club.get("/welcome", &bruno).await.page(&["You are member number 2.", "Keep recovery codes", "href=\"/settings/home\""]);
        let used = club.get(&format!("/join/{token}"), "").await;
        assert_eq!(used.status, StatusCode::CONFLICT);
        assert!(used.text.contains("This invitation has been used already.") && used.text.contains("/sign-in"));
        let unknown = club.get("/join/abc", "").await;
        assert_eq!(unknown.status, StatusCode::NOT_FOUND);
        assert!(unknown.text.contains("This invitation is not known here."));
        club.get("/invite", &ada).await.page(&["Joined", "/people/bruno-marek"]);
    }

    async fn a_tampered_or_replayed_answer_lets_nobody_in(store: Store) {
        let (club, ada) = Club::founded(&store).await;
        let token = invited(&club, &ada).await;
        let fields = joining(&token);
        let before = counts(&club.corridor).await;
        let begun = club.json("/join/begin", &json!({ "fields": fields })).await.json();
        let good = Club::answer(&begun, &fields);

        let mut tampered = good.clone();
        tampered["credential"]["challenge"] = "another".into();
        let mut unsigned = good.clone();
        unsigned["did_log"] = unsigned["did_log"].as_str().unwrap().replace("assertionMethod", "authentication").into();
        let mut foreign = good.clone();
        foreign["vault"]["wraps"][0]["reference"] = "c29tZWJvZHkgZWxzZQ".into();
        let mut ticketless = good.clone();
        ticketless["ticket"] = "AAAA".into();
        for (sent, code) in [
            (tampered, "passkey_refused"),
            (unsigned, "did_log_invalid"),
            (foreign, "vault_malformed"),
            (ticketless, "ceremony_expired"),
        ] {
            let heard = club.json("/join/finish", &sent).await;
            assert_eq!(heard.problem().0, code);
            assert!(heard.problem().2.ends_with('.'), "{}", heard.text);
            assert!(heard.cookie.is_none());
            assert_eq!(counts(&club.corridor).await, before);
        }

        for (name, value, code) in [("name", "x".repeat(5_000), "name_too_long"), ("place", "x".repeat(5_000), "place_unknown"), ("colour", "red".into(), "unknown_field")] {
            let mut odd = good.clone();
            odd["fields"] = with(fields.clone(), name, &value);
            assert_eq!(club.json("/join/finish", &odd).await.problem().0, code);
            assert_eq!(counts(&club.corridor).await, before);
        }

        // A field that is refused can be corrected with the same passkey.
        let wrong = with(fields.clone(), "name", "");
        let mut mistyped = good.clone();
        mistyped["fields"] = wrong;
        assert_eq!(club.json("/join/finish", &mistyped).await.problem().1, "name");
        assert_eq!(club.json("/join/finish", &good).await.status, StatusCode::OK);
        let after = counts(&club.corridor).await;
        let replay = club.json("/join/finish", &good).await;
        assert_eq!(replay.status, StatusCode::CONFLICT);
        assert!(replay.cookie.is_none());
        assert_eq!(counts(&club.corridor).await, after);

        // The same ticket with another invitation: the step was completed already.
        let second = invited(&club, &ada).await;
        let mut again = good;
        again["fields"] = joining(&second);
        let (code, _, sentence) = club.json("/join/finish", &again).await.problem();
        assert_eq!((code.as_str(), sentence.as_str()), ("challenge_used", "This step was already completed once. Start again."));
        assert_eq!(counts(&club.corridor).await, after);
    }

    async fn the_event_log_holds_no_secret_of_a_newcomer(store: Store) {
        let (club, ada) = Club::founded(&store).await;
        let token = invited(&club, &ada).await;
        club.come_in("join", &joining(&token)).await;
        let logged = store.read(|tx| tx.rows::<(String,)>(sql!("SELECT body FROM events"), &[])).await.unwrap();
        let logged: String = logged.into_iter().map(|(body,)| body).collect();
        assert!(logged.contains("did:webvh:"), "the identifier is on record");
        for secret in [token.as_str(), "ciphertext", "wraps", "device-"] {
            assert!(!logged.contains(secret), "{secret}");
        }
        let (member,) = store.read(|tx| tx.one::<(planet_ontology::ids::AgentId,)>(sql!("SELECT id FROM agents WHERE handle = 'bruno-marek'"), &[])).await.unwrap();
        let kept = store.read(move |tx| passkeys::of(tx, member)).await.unwrap();
        assert_eq!(kept.iter().map(|it| it.label.as_str()).collect::<Vec<_>>(), ["Chrome on Android"]);
        let open = store.read(move |tx| sessions::of(tx, member, crate::club::NOW)).await.unwrap();
        assert_eq!(open.len(), 1);
    }
}
