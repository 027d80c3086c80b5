//! One's own devices: more passkeys, a second device, signing out elsewhere.

use crate::authenticator::Authenticator;
use crate::house::{
    ADA, ADAS_KEY, BEN, Browser, House, begin, counts, it_is, log, migrations, open, sign_in, wrap,
};
use planet_identity::encoding::b64u;
use planet_identity::rows::{passkeys, vaults};
use planet_ontology::ids::SessionId;
use planet_store::{Store, both_engines};
use serde_json::{Value, json};

fn passkey_wrap(id: &[u8], byte: u8) -> Value {
    json!({ "kind": "passkey", "reference": b64u(id), "wrap": wrap(byte) })
}

async fn labels(house: &House) -> Vec<String> {
    let all = house.store.read(|tx| passkeys::of(tx, ADA.into())).await.unwrap();
    let mut labels: Vec<String> = all.into_iter().map(|it| it.label).collect();
    labels.sort();
    labels
}

async fn make_link(house: &House, browser: &mut Browser) -> String {
    let body = json!({ "wrap": { "kind": "device-link", "reference": "", "wrap": wrap(5) } });
    let came = browser.post(house, "/devices/link", body).await;
    assert_eq!(came.status.as_u16(), 200, "{}", came.text);
    came.json()["token"].as_str().unwrap().to_owned()
}

async fn sessions_of_ada(house: &House) -> Vec<SessionId> {
    let now = house.desk.now();
    let all =
        house.store.read(move |tx| planet_identity::rows::sessions::of(tx, ADA.into(), now)).await.unwrap();
    all.into_iter().map(|it| it.id).collect()
}

both_engines! { migrations();

    async fn a_second_passkey_is_added_once_and_with_its_own_way_in(store: Store) {
        let house = open(&store).await;
        let mut browser = sign_in(&house).await;
        let mut key = Authenticator::new(b"adas-blue-key-01");
        let fields = json!({ "label": "blue key" });
        let (options, ticket) = begin(&house, &mut browser, "/devices/begin", json!({ "fields": fields })).await;
        assert_eq!(options["publicKey"]["excludeCredentials"][0]["id"], b64u(ADAS_KEY));
        let credential = key.create(&options);
        let finish = |wrap: Value| json!({ "ticket": ticket, "fields": fields, "credential": credential, "wrap": wrap });

        let stranger = browser.post(&house, "/devices/finish", finish(passkey_wrap(b"somebody-elses-1", 2))).await;
        assert_eq!(stranger.refused(), (422, "vault_malformed".into()));
        let mut ben = Browser::of(&house, BEN).await;
        let taken = ben.post(&house, "/devices/finish", finish(passkey_wrap(b"adas-blue-key-01", 2))).await;
        assert_eq!(taken.refused(), (409, "challenge_unknown".into()));
        assert_eq!(labels(&house).await, ["Ada's phone"]);

        let came = browser.post(&house, "/devices/finish", finish(passkey_wrap(b"adas-blue-key-01", 2))).await;
        assert_eq!((came.status.as_u16(), &came.json()["next"]), (200, &json!("/devices")), "{}", came.text);
        assert_eq!(labels(&house).await, ["Ada's phone", "blue key"]);
        let again = browser.post(&house, "/devices/finish", finish(passkey_wrap(b"adas-blue-key-01", 2))).await;
        assert_eq!(again.refused(), (409, "challenge_used".into()));

        let vault = browser.get(&house, "/vault").await;
        assert_eq!(vault.json()["vault"]["wraps"].as_array().unwrap().len(), 2, "{}", vault.text);
        assert!(!log(&house).await.contains(&wrap(2)), "wraps are no business of the log");
        assert!(log(&house).await.contains("membership.add_passkey"));
    }

    async fn a_passkey_goes_with_its_way_in_and_the_last_one_stays(store: Store) {
        let house = open(&store).await;
        let mut browser = sign_in(&house).await;
        let only = format!("passkey={}", b64u(ADAS_KEY));
        let last = browser.form(&house, "/devices/passkeys/remove", &only).await;
        assert_eq!(last.refused(), (409, "passkey_last".into()));
        assert_eq!(last.json()["detail"], "This is your only way in. Add another passkey before you remove it.");
        let mut key = Authenticator::new(b"adas-blue-key-01");
        let (options, ticket) = begin(&house, &mut browser, "/devices/begin", json!({ "fields": {} })).await;
        let finish = json!({ "ticket": ticket, "fields": {}, "credential": key.create(&options), "wrap": passkey_wrap(b"adas-blue-key-01", 2) });
        assert_eq!(browser.post(&house, "/devices/finish", finish).await.status.as_u16(), 200);
        let mut ben = Browser::of(&house, BEN).await;
        assert_eq!(ben.form(&house, "/devices/passkeys/remove", &only).await.refused().1, "passkey_unknown");
        assert_eq!(browser.form(&house, "/devices/passkeys/remove", &only).await.status.as_u16(), 303);
        assert_eq!(counts(&house).await.passkeys, 1);
        let wraps = house.store.read(|tx| vaults::wraps(tx, ADA.into())).await.unwrap();
        assert_eq!(wraps.into_iter().map(|it| it.reference).collect::<Vec<_>>(), [b64u(b"adas-blue-key-01")]);
    }

    async fn a_label_has_an_end(store: Store) {
        let house = open(&store).await;
        let mut browser = sign_in(&house).await;
        let fields = json!({ "label": "x".repeat(61) });
        let came = browser.post(&house, "/devices/begin", json!({ "fields": fields })).await;
        assert_eq!(came.refused(), (422, "label_too_long".into()));
        assert_eq!((&came.json()["field"], &came.json()["detail"]), (&json!("label"), &json!("Please keep the name of the device to 60 characters.")));
    }

    async fn a_page_that_sends_the_secret_of_a_new_passkey_is_refused(store: Store) {
        let house = open(&store).await;
        let mut browser = sign_in(&house).await;
        let mut key = Authenticator::new(b"adas-blue-key-01");
        let (options, ticket) = begin(&house, &mut browser, "/devices/begin", json!({ "fields": {} })).await;
        let mut credential = key.create(&options);
        credential["clientExtensionResults"]["prf"] = json!({ "enabled": true, "results": { "first": "c2VjcmV0" } });
        let finish = json!({ "ticket": ticket, "fields": {}, "credential": credential, "wrap": passkey_wrap(b"adas-blue-key-01", 2) });
        assert_eq!(browser.post(&house, "/devices/finish", finish).await.refused(), (422, "prf_secret_sent".into()));
        assert_eq!(counts(&house).await.passkeys, 1);
    }

    async fn a_link_lets_one_device_in_within_ten_minutes(store: Store) {
        let house = open(&store).await;
        let mut browser = sign_in(&house).await;
        let token = make_link(&house, &mut browser).await;
        assert!(!log(&house).await.contains(&token));
        let mut tablet = Browser::default();
        let page = tablet.get(&house, &format!("/link/{token}")).await;
        assert!(page.text.contains("This link belongs to") && page.text.contains("Ada"), "{}", page.text);

        let came = tablet.post(&house, "/link/begin", json!({ "fields": { "token": token } })).await;
        let begun = came.json();
        assert_eq!(begun["vault"]["wraps"], json!([{ "kind": "device-link", "reference": "", "wrap": wrap(5) }]), "{}", came.text);
        assert!(begun["did"].as_str().unwrap().ends_with(":people:ada") && tablet.cookie.is_some());
        let mut key = Authenticator::new(b"adas-tablet-0001");
        let finish = json!({ "ticket": begun["ticket"], "fields": {}, "credential": key.create(&begun["options"]), "wrap": passkey_wrap(b"adas-tablet-0001", 6) });
        let done = tablet.post(&house, "/link/finish", finish).await;
        assert_eq!(done.status.as_u16(), 200, "{}", done.text);
        assert_eq!((counts(&house).await.passkeys, counts(&house).await.sessions), (2, 2));

        let mut thief = Browser::default();
        let again = thief.post(&house, "/link/begin", json!({ "fields": { "token": token } })).await;
        assert_eq!(again.refused(), (404, "device_link_invalid".into()));
        assert_eq!(again.json()["detail"], "This link is not valid any more. Make a new one on your first device.");
        let late = make_link(&house, &mut browser).await;
        it_is(601);
        assert_eq!(thief.post(&house, "/link/begin", json!({ "fields": { "token": late } })).await.refused().1, "device_link_invalid");
        let over = thief.get(&house, &format!("/link/{late}")).await;
        assert_eq!((over.status.as_u16(), over.text.contains("Make a new one")), (404, true));
        assert_eq!((thief.cookie, counts(&house).await.sessions), (None, 2));
    }

    async fn a_link_needs_a_wrap_of_its_kind(store: Store) {
        let house = open(&store).await;
        let mut browser = sign_in(&house).await;
        for odd in [passkey_wrap(ADAS_KEY, 1), json!({ "kind": "device-link", "reference": "", "wrap": "AAAA" })] {
            assert_eq!(browser.post(&house, "/devices/link", json!({ "wrap": odd })).await.refused(), (422, "vault_malformed".into()));
        }
    }

    async fn another_device_is_signed_out_by_its_owner_only(store: Store) {
        let house = open(&store).await;
        let (mut here, mut there) = (sign_in(&house).await, sign_in(&house).await);
        assert_eq!(there.get(&house, "/devices").await.status.as_u16(), 200);
        let mut ben = Browser::of(&house, BEN).await;
        for session in sessions_of_ada(&house).await {
            assert_eq!(ben.form(&house, &format!("/devices/{session}/end"), "").await.refused(), (404, "session_unknown".into()));
        }
        let page = here.get(&house, "/devices").await.text;
        let other = sessions_of_ada(&house).await.into_iter().find(|id| page.contains(&format!("/devices/{id}/end"))).unwrap();
        assert_eq!(here.form(&house, &format!("/devices/{other}/end"), "").await.status.as_u16(), 303);
        assert_eq!(there.get(&house, "/devices").await.status.as_u16(), 303, "at once");
        assert_eq!(here.get(&house, "/devices").await.status.as_u16(), 200);
    }

    async fn signing_out_everywhere_ends_every_way_but_the_passkeys(store: Store) {
        let house = open(&store).await;
        let (mut here, mut there) = (sign_in(&house).await, sign_in(&house).await);
        let mut ben = Browser::of(&house, BEN).await;
        let link = make_link(&house, &mut here).await;
        assert_eq!(there.get(&house, "/devices").await.status.as_u16(), 200);
        let came = here.form(&house, "/devices/everywhere", "").await;
        assert_eq!((came.status.as_u16(), here.cookie.clone()), (303, None));
        assert_eq!(there.get(&house, "/devices").await.status.as_u16(), 303);
        assert_eq!(ben.get(&house, "/devices").await.status.as_u16(), 200, "Ben stays");
        assert_eq!(there.post(&house, "/link/begin", json!({ "fields": { "token": link } })).await.refused().1, "device_link_invalid");
        assert_eq!((counts(&house).await.sessions, counts(&house).await.passkeys), (1, 1));
        sign_in(&house).await;
    }
}
