//! Signing in and out: what opens the door, and what is answered to everything else.

use crate::house::{ADA, ADAS_KEY, Browser, begin, counts, it_is, migrations, open, sign_in};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_identity::encoding::b64u;
use planet_kit::testing::at;
use planet_membership::keys::acts::Sweep;
use planet_ontology::roles::Standing;
use planet_store::{Store, both_engines, sql};
use serde_json::json;

both_engines! { migrations();

    async fn a_passkey_opens_the_door_and_the_vault(store: Store) {
        let house = open(&store).await;
        let mut browser = Browser::default();
        let page = browser.get(&house, "/sign-in?next=/wallet").await;
        assert!(page.text.contains("data-island=\"passkey-sign-in\"") && page.text.contains("value=\"/wallet\""), "{}", page.text);
        let (options, ticket) = begin(&house, &mut browser, "/sign-in/begin", json!({ "fields": { "next": "/wallet" } })).await;
        let finish = json!({ "ticket": ticket, "fields": { "next": "/wallet" }, "credential": house.phone.get(&options) });
        let came = browser.post(&house, "/sign-in/finish", finish).await;
        let body = came.json();
        assert_eq!((came.status.as_u16(), &body["next"]), (200, &json!("/wallet")));
        assert!(body["did"].as_str().unwrap().ends_with(":club.example:people:ada"));
        assert_eq!(body["vault"]["wraps"], json!([{ "kind": "passkey", "reference": b64u(ADAS_KEY), "wrap": b64u(&[1; 60]) }]));
        assert_eq!((&body["vault"]["version"], &body["vault"]["ciphertext"]), (&json!(1), &json!(b64u(&[7; 64]))));
        let devices = browser.get(&house, "/devices").await;
        assert_eq!(devices.status.as_u16(), 200, "{}", devices.text);
        assert!(devices.text.contains("Ada&#39;s phone") || devices.text.contains("Ada's phone"), "{}", devices.text);
        assert!(devices.text.contains("This device"));
    }

    async fn an_answer_counts_once(store: Store) {
        let house = open(&store).await;
        let mut browser = Browser::default();
        let (options, ticket) = begin(&house, &mut browser, "/sign-in/begin", json!({ "fields": {} })).await;
        let finish = json!({ "ticket": ticket, "fields": {}, "credential": house.phone.get(&options) });
        assert_eq!(browser.post(&house, "/sign-in/finish", finish.clone()).await.status.as_u16(), 200);
        let replayed = Browser::default().post(&house, "/sign-in/finish", finish).await;
        assert_eq!(replayed.refused(), (409, "challenge_used".into()));
        assert_eq!(replayed.json()["detail"], "This step was already completed once. Start again.");
        assert_eq!((replayed.token(), counts(&house).await.sessions), (None, 1));
    }

    async fn what_does_not_fit_stays_outside(store: Store) {
        let house = open(&store).await;
        let mut browser = Browser::default();
        let (options, ticket) = begin(&house, &mut browser, "/sign-in/begin", json!({ "fields": {} })).await;
        let good = house.phone.get(&options);
        let with = |credential| json!({ "ticket": ticket, "fields": {}, "credential": credential });

        let mut tampered = good.clone();
        let signature = tampered["response"]["signature"].as_str().unwrap().to_owned();
        let other = if signature.as_bytes()[20] == b'A' { "B" } else { "A" };
        tampered["response"]["signature"] = format!("{}{other}{}", &signature[..20], &signature[21..]).into();
        let came = browser.post(&house, "/sign-in/finish", with(tampered)).await;
        assert_eq!(came.refused(), (422, "passkey_refused".into()));
        assert!(came.json()["detail"].as_str().unwrap().ends_with('.'), "{}", came.text);

        let mut telltale = good.clone();
        telltale["clientExtensionResults"]["prf"] = json!({ "results": { "first": "c2VjcmV0" } });
        let came = browser.post(&house, "/sign-in/finish", with(telltale)).await;
        assert_eq!(came.refused(), (422, "prf_secret_sent".into()));
        assert!(came.json()["detail"].as_str().unwrap().contains("must stay on your device"));

        let mut unknown = good.clone();
        unknown["id"] = b64u(b"another-passkey-").into();
        unknown["rawId"] = unknown["id"].clone();
        assert_eq!(browser.post(&house, "/sign-in/finish", with(unknown)).await.refused(), (422, "passkey_unknown".into()));

        let foreign = json!({ "ticket": b64u(&[9; 32]), "fields": {}, "credential": good });
        assert_eq!(browser.post(&house, "/sign-in/finish", foreign).await.refused(), (409, "challenge_unknown".into()));
        let odd = json!({ "ticket": ticket, "fields": {}, "credential": good, "admin": true });
        assert_eq!(browser.post(&house, "/sign-in/finish", odd).await.refused(), (422, "ceremony_malformed".into()));
        let plain = browser.form(&house, "/sign-in/finish", "next=/").await;
        assert_eq!(plain.refused(), (422, "needs_script".into()));

        it_is(901);
        let came = browser.post(&house, "/sign-in/finish", with(good)).await;
        assert_eq!(came.refused(), (409, "challenge_expired".into()));
        assert_eq!((browser.cookie, counts(&house).await.sessions), (None, 0));
    }

    async fn signing_in_leads_to_no_other_site(store: Store) {
        let house = open(&store).await;
        let mut browser = Browser::default();
        let (options, ticket) = begin(&house, &mut browser, "/sign-in/begin", json!({ "fields": {} })).await;
        let fields = json!({ "next": "//evil.example/x" });
        let finish = json!({ "ticket": ticket, "fields": fields, "credential": house.phone.get(&options) });
        assert_eq!(browser.post(&house, "/sign-in/finish", finish).await.json()["next"], "/");
    }

    async fn signing_out_ends_this_device_only(store: Store) {
        let house = open(&store).await;
        let (mut here, mut there) = (sign_in(&house).await, sign_in(&house).await);
        let came = here.form(&house, "/sign-out", "").await;
        assert_eq!((came.status.as_u16(), here.cookie.clone()), (303, None));
        assert!(came.headers["location"].to_str().unwrap().starts_with("/sign-in"));
        assert_eq!(there.get(&house, "/devices").await.status.as_u16(), 200);
        assert_eq!(counts(&house).await.sessions, 1);
        assert_eq!(here.form(&house, "/sign-out", "").await.status.as_u16(), 303, "signing out twice is no mistake");
    }

    async fn a_session_gets_a_new_token_after_a_day(store: Store) {
        let house = open(&store).await;
        let mut browser = sign_in(&house).await;
        let first = browser.cookie.clone();
        it_is(3_600);
        browser.get(&house, "/devices").await;
        assert_eq!(browser.cookie, first, "not yet");
        it_is(86_400);
        assert_eq!(browser.get(&house, "/devices").await.status.as_u16(), 200);
        assert_ne!(browser.cookie, first);
        it_is(86_400 + 61);
        assert_eq!(browser.get(&house, "/devices").await.status.as_u16(), 200);
        let mut thief = Browser { cookie: first, bearer: None };
        assert_eq!(thief.get(&house, "/devices").await.status.as_u16(), 303, "the old token is worth nothing");
        assert_eq!(counts(&house).await.sessions, 1);
    }

    async fn whoever_knocks_too_often_waits_a_minute_and_bothers_nobody_else(store: Store) {
        let house = open(&store).await;
        let mut ada = Browser::of(&house, ADA).await;
        let mut knocker = Browser::default();
        for _ in 0..120 {
            begin(&house, &mut knocker, "/sign-in/begin", json!({ "fields": {} })).await;
        }
        let steps = async || {
            let rows = house.store.read(|tx| tx.one::<(i64,)>(sql!("SELECT count(*) FROM challenges"), &[]));
            rows.await.unwrap().0
        };
        assert_eq!(steps().await, 120);
        let too_often = knocker.post(&house, "/sign-in/begin", json!({ "fields": {} })).await;
        assert_eq!(too_often.refused(), (429, "too_often".into()));
        assert_eq!(too_often.headers["retry-after"], "60");
        assert_eq!(too_often.json()["detail"], "That was a lot in a short time. Please wait a minute, then try again.");
        for door in ["/sign-in/finish", "/recover/begin", "/link/begin", "/api/v1/session/challenge", "/api/v1/devices/ask"] {
            assert_eq!(knocker.post(&house, door, json!({})).await.refused().0, 429, "{door}");
        }
        let page = knocker.get(&house, "/link/AAAA").await;
        assert!(page.status.as_u16() == 429 && page.text.contains("Please wait a minute"), "{}", page.text);
        assert_eq!(page.headers["retry-after"], "60");
        assert_eq!(steps().await, 120, "nothing was begun");
        assert_eq!(ada.get(&house, "/devices").await.status.as_u16(), 200);
        it_is(60);
        begin(&house, &mut knocker, "/sign-in/begin", json!({ "fields": {} })).await;
    }

    async fn what_has_expired_at_the_door_is_swept_by_the_house(store: Store) {
        let house = open(&store).await;
        let mut browser = Browser::default();
        begin(&house, &mut browser, "/sign-in/begin", json!({ "fields": {} })).await;
        let counts = async || {
            let sql = sql!("SELECT (SELECT count(*) FROM challenges), (SELECT count(*) FROM jobs WHERE done = FALSE)");
            house.store.read(move |tx| tx.one::<(i64, i64)>(sql, &[])).await.unwrap()
        };
        let sweep = async || house.desk.corridor().act(at(Actor::House, house.desk.now()), Sweep {}).await.unwrap();
        sweep().await;
        sweep().await;
        assert_eq!(counts().await, (1, 1), "nothing has expired, and one sweep waits for its time");
        it_is(2 * 86_400);
        house.desk.corridor().perform_due(house.desk.now()).await.unwrap();
        assert_eq!(counts().await, (0, 1), "it swept, and will do so again");
    }

    async fn pages_of_guests_say_how_to_come_in(store: Store) {
        let house = open(&store).await;
        let mut guest = Browser::default();
        for (path, words) in [("/sign-in", "fingerprint"), ("/recover", "Eight groups of four"), ("/demo", "Be this person")] {
            let page = guest.get(&house, path).await;
            assert!(page.status.is_success() && page.text.contains(words), "{path}: {}", page.text);
        }
        for path in ["/devices", "/recovery", "/devices/approve"] {
            let sent = guest.get(&house, path).await;
            assert_eq!(sent.headers["location"], format!("/sign-in?next={path}"));
        }
        assert_eq!(guest.get(&house, "/vault").await.status.as_u16(), 401);
        for path in ["/devices/begin", "/devices/link", "/recovery/codes", "/recovery/words"] {
            let body = match path {
                "/devices/begin" => json!({ "fields": {} }),
                "/devices/link" => json!({ "wrap": { "kind": "device-link", "reference": "", "wrap": "" } }),
                "/recovery/codes" => json!({ "codes": [] }),
                _ => json!({ "confirmed": true, "vault": { "ciphertext": "", "version": 1 } }),
            };
            assert_eq!(guest.post(&house, path, body).await.refused(), (401, "not_signed_in".into()), "{path}");
        }
    }

    async fn the_demonstration_opens_for_people_that_exist(store: Store) {
        let house = open(&store).await;
        let mut browser = Browser::of(&house, ADA).await;
        assert_eq!(browser.get(&house, "/devices").await.status.as_u16(), 200);
        let mut nobody = Browser::default();
        for odd in ["member=nobody", "member=00000000-0000-0000-0000-000000000009"] {
            assert!(!nobody.form(&house, "/demo/sign-in", odd).await.status.is_success());
        }
        assert_eq!(nobody.cookie, None);
        assert_eq!(counts(&house).await.sessions, 1);
    }

    async fn those_who_left_do_not_come_in_and_those_suspended_do(store: Store) {
        let house = open(&store).await;
        let stand = |standing| house.store.write(move |tx| agents::set_standing(tx, ADA.into(), standing));
        stand(Standing::Suspended).await.unwrap();
        sign_in(&house).await;
        stand(Standing::Left).await.unwrap();
        let mut browser = Browser::default();
        let (options, ticket) = begin(&house, &mut browser, "/sign-in/begin", json!({ "fields": {} })).await;
        let finish = json!({ "ticket": ticket, "fields": {}, "credential": house.phone.get(&options) });
        let came = browser.post(&house, "/sign-in/finish", finish).await;
        assert_eq!(came.refused(), (403, "not_permitted".into()));
        assert_eq!(came.json()["detail"], "You have left the club.");
        assert_eq!((browser.cookie, counts(&house).await.sessions), (None, 1));
    }
}

#[test]
fn every_text_of_this_module_is_asked_for() {
    let code = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/keys"));
    assert_eq!(
        planet_kit::texts::missing(&[planet_membership::keys::TEXTS], code),
        planet_kit::texts::TextFaults::default()
    );
}
