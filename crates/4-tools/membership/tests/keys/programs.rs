//! Programs: asking for approval, signing in with a key, and losing it again.

use crate::house::{ADA, BEN, Browser, House, NOW, ORIGIN, counts, it_is, migrations, open, sign_in};
use planet_identity::{Key, sign_in as key_sign_in};
use planet_store::{Store, both_engines};
use serde_json::{Value, json};

fn terminal() -> Key {
    Key::from_seed(&[4; 32])
}

async fn ask(house: &House, label: &str) -> Value {
    let body = json!({ "key": terminal().did_key(), "label": label });
    let came = Browser::default().post(house, "/api/v1/devices/ask", body).await;
    assert_eq!(came.status.as_u16(), 200, "{}", came.text);
    came.json()
}

async fn signed(house: &House, key: &Key, origin: &str) -> Value {
    let came = Browser::default().post(house, "/api/v1/session/challenge", json!({})).await;
    let nonce = came.json()["nonce"].as_str().unwrap().to_owned();
    serde_json::to_value(key_sign_in::sign(origin, &nonce, key, house.desk.now())).unwrap()
}

async fn enter(house: &House, body: &Value) -> crate::house::Came {
    Browser::default().post(house, "/api/v1/session", body.clone()).await
}

async fn approved(store: &Store) -> (House, Browser) {
    let house = open(store).await;
    let mut browser = sign_in(&house).await;
    let code = ask(&house, "planet on laptop").await["user_code"].as_str().unwrap().to_owned();
    assert_eq!(browser.form(&house, "/devices/approve", &format!("code={code}")).await.status.as_u16(), 303);
    (house, browser)
}

async fn program(house: &House) -> Browser {
    let came = enter(house, &signed(house, &terminal(), ORIGIN).await).await;
    assert_eq!(came.status.as_u16(), 200, "{}", came.text);
    assert_eq!(came.token(), None, "a program gets no cookie");
    Browser { cookie: None, bearer: Some(came.json()["token"].as_str().unwrap().to_owned()) }
}

both_engines! { migrations();

    async fn a_program_signs_in_once_its_owner_approved_it(store: Store) {
        let house = open(&store).await;
        let asked = ask(&house, "planet on laptop").await;
        let code = asked["user_code"].as_str().unwrap();
        assert_eq!(asked["verify_url"], format!("{ORIGIN}/devices/approve?code={code}"));
        assert_eq!(asked["expires"], NOW.plus_seconds(600).rfc3339());
        let early = enter(&house, &signed(&house, &terminal(), ORIGIN).await).await;
        assert_eq!(early.refused(), (403, "device_key_unknown".into()));

        let mut browser = sign_in(&house).await;
        let page = browser.get(&house, &format!("/devices/approve?code={code}")).await;
        assert!(page.text.contains("planet on laptop") && page.text.contains("write, pay, vote"), "{}", page.text);
        assert_eq!(browser.form(&house, "/devices/approve", &format!("code={code}")).await.status.as_u16(), 303);
        let again = browser.form(&house, "/devices/approve", &format!("code={code}")).await;
        assert!(again.status.as_u16() == 422 && again.text.contains("This code is not valid any more."), "{}", again.text);
        let seen = browser.get(&house, &format!("/devices/approve?code={code}")).await;
        assert!(seen.text.contains("approved already"), "{}", seen.text);

        let mut program = program(&house).await;
        assert!(program.get(&house, "/devices").await.text.contains("phone"), "it speaks for Ada");
        assert!(browser.get(&house, "/devices").await.text.contains("planet on laptop"));
        assert_eq!(program.delete(&house, "/api/v1/session").await.status.as_u16(), 204);
        assert_eq!(program.get(&house, "/devices").await.status.as_u16(), 303);
        assert_eq!(program.delete(&house, "/api/v1/session").await.refused(), (401, "not_signed_in".into()));
    }

    async fn a_signature_counts_once_here_and_now(store: Store) {
        let (house, _) = approved(&store).await;
        let before = counts(&house).await.sessions;
        let good = signed(&house, &terminal(), ORIGIN).await;
        assert_eq!(enter(&house, &good).await.status.as_u16(), 200);
        assert_eq!(enter(&house, &good).await.refused(), (409, "challenge_used".into()));

        let elsewhere = signed(&house, &terminal(), "https://other.example").await;
        assert_eq!(enter(&house, &elsewhere).await.refused(), (403, "key_sign_in_refused".into()));
        let mut tampered = signed(&house, &terminal(), ORIGIN).await;
        let real = tampered.clone();
        tampered["signature"] = good["signature"].clone();
        assert_eq!(enter(&house, &tampered).await.refused(), (403, "key_sign_in_refused".into()));
        assert_eq!(enter(&house, &real).await.refused(), (409, "challenge_used".into()), "one guess a nonce");
        let stranger = signed(&house, &Key::from_seed(&[5; 32]), ORIGIN).await;
        assert_eq!(enter(&house, &stranger).await.refused(), (403, "device_key_unknown".into()));
        let mut invented = signed(&house, &terminal(), ORIGIN).await;
        invented["nonce"] = json!("made up");
        assert_eq!(enter(&house, &invented).await.refused(), (409, "challenge_unknown".into()));
        let mut extra = signed(&house, &terminal(), ORIGIN).await;
        extra["member"] = json!(BEN);
        assert_eq!(enter(&house, &extra).await.refused(), (422, "ceremony_malformed".into()));
        let late = signed(&house, &terminal(), ORIGIN).await;
        it_is(61);
        assert_eq!(enter(&house, &late).await.refused(), (409, "challenge_expired".into()));
        assert_eq!(counts(&house).await.sessions, before + 1);
    }

    async fn asking_has_limits(store: Store) {
        let house = open(&store).await;
        for (key, label, code) in [
            (terminal().did_key(), String::new(), "label_missing"),
            (terminal().did_key(), "x".repeat(61), "label_too_long"),
            ("did:key:z6Mkodd".into(), "laptop".into(), "key_unreadable"),
        ] {
            let body = json!({ "key": key, "label": label });
            assert_eq!(Browser::default().post(&house, "/api/v1/devices/ask", body).await.refused(), (422, code.into()));
        }
        let mut browser = Browser::of(&house, ADA).await;
        let odd = browser.get(&house, "/devices/approve?code=BBBB-BBBB").await;
        assert!(odd.status.as_u16() == 422 && odd.text.contains("This code is not valid any more."), "{}", odd.text);
        let code = ask(&house, "laptop").await["user_code"].clone();
        it_is(600);
        let late = browser.form(&house, "/devices/approve", &format!("code={}", code.as_str().unwrap())).await;
        assert_eq!(late.status.as_u16(), 422);
        assert_eq!(enter(&house, &signed(&house, &terminal(), ORIGIN).await).await.refused().1, "device_key_unknown");
    }

    async fn a_program_does_not_get_at_the_keys(store: Store) {
        let (house, _) = approved(&store).await;
        let bearer = program(&house).await;
        let disguised = Browser { cookie: bearer.bearer.clone(), bearer: None };
        let wrap = json!({ "kind": "device-link", "reference": "", "wrap": crate::house::wrap(1) });
        for mut program in [bearer, disguised] {
            let refused = |came: crate::house::Came| assert_eq!(came.refused(), (403, "not_for_programs".into()));
            let vault = program.get(&house, "/vault").await;
            assert!(vault.status.as_u16() == 403 && vault.text.contains("do this in your browser"), "{}", vault.text);
            refused(program.post(&house, "/devices/begin", json!({ "fields": {} })).await);
            refused(program.post(&house, "/devices/link", json!({ "wrap": wrap })).await);
            refused(program.post(&house, "/recovery/codes", json!({ "codes": [] })).await);
            let vault = json!({ "ciphertext": "", "version": 1 });
            refused(program.post(&house, "/recovery/words", json!({ "confirmed": true, "vault": vault })).await);
            refused(program.form(&house, "/devices/passkeys/remove", "passkey=x").await);
            refused(program.form(&house, "/devices/approve", "code=BBBB-BBBB").await);
        }
        for act in ["membership.approve_device", "membership.remove_passkey", "membership.sign_in"] {
            let call = planet_corridor::task::Call {
                actor: planet_corridor::actor::Actor::Member(ADA),
                key: planet_kit::web::fields::fresh_key(),
                now: house.desk.now(),
            };
            let named = house.desk.corridor().act_named(call, act, json!({})).await;
            assert!(named.unwrap_err().to_string().contains("no act called") , "{act}");
        }
    }

    async fn a_program_whose_key_is_taken_away_is_out(store: Store) {
        let (house, mut browser) = approved(&store).await;
        let mut program = program(&house).await;
        assert_eq!(program.get(&house, "/devices").await.status.as_u16(), 200);
        let key = terminal().did_key();
        let mut ben = Browser::of(&house, BEN).await;
        assert_eq!(ben.form(&house, "/devices/programs/remove", &format!("key={key}")).await.refused().1, "device_key_unknown");
        assert_eq!(browser.form(&house, "/devices/programs/remove", &format!("key={key}")).await.status.as_u16(), 303);
        assert_eq!(program.get(&house, "/devices").await.status.as_u16(), 303);
        assert_eq!(enter(&house, &signed(&house, &terminal(), ORIGIN).await).await.refused().1, "device_key_unknown");
    }

    async fn signing_out_everywhere_takes_the_keys_of_programs(store: Store) {
        let (house, mut browser) = approved(&store).await;
        let mut program = program(&house).await;
        assert_eq!(browser.form(&house, "/devices/everywhere", "").await.status.as_u16(), 303);
        assert_eq!(program.get(&house, "/devices").await.status.as_u16(), 303);
        assert_eq!(enter(&house, &signed(&house, &terminal(), ORIGIN).await).await.refused().1, "device_key_unknown");
    }
}
