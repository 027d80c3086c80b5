//! The day on which a passkey is lost, and getting ready for it.

use crate::authenticator::Authenticator;
use crate::house::{ADA, Browser, House, begin, counts, it_is, log, migrations, open, sign_in, wrap};
use planet_identity::encoding::{b64u, sha256};
use planet_identity::rows::vaults;
use planet_store::{Store, both_engines};
use serde_json::{Value, json};

fn half(number: u8) -> [u8; 10] {
    [number; 10]
}

fn codes() -> Vec<Value> {
    (0..10_u8)
        .map(|n| json!({ "index": n, "auth": b64u(&sha256(&half(n))), "wrap": wrap(100 + n) }))
        .collect()
}

async fn with_codes(store: &Store) -> (House, Browser) {
    let house = open(store).await;
    let mut browser = sign_in(&house).await;
    let came = browser.post(&house, "/recovery/codes", json!({ "codes": codes() })).await;
    assert_eq!((came.status.as_u16(), &came.json()["next"]), (200, &json!("/recovery")), "{}", came.text);
    (house, browser)
}

fn show(number: u8) -> Value {
    json!({ "fields": {}, "auth": b64u(&half(number)) })
}

fn finish(ticket: &Value, credential: &Value, id: &[u8]) -> Value {
    let wrap = json!({ "kind": "passkey", "reference": b64u(id), "wrap": wrap(9) });
    json!({ "ticket": ticket, "fields": {}, "credential": credential, "wrap": wrap })
}

both_engines! { migrations();

    async fn a_code_brings_its_owner_back_with_a_new_passkey(store: Store) {
        let (house, mut first) = with_codes(&store).await;
        assert!(first.get(&house, "/recovery").await.text.contains("recovery codes left"));
        let mut browser = Browser::default();
        let came = browser.post(&house, "/recover/begin", show(3)).await;
        let begun = came.json();
        assert_eq!(begun["vault"]["wraps"], json!([{ "kind": "recovery", "reference": "", "wrap": wrap(103) }]), "{}", came.text);
        assert_eq!((browser.cookie.clone(), counts(&house).await.codes), (None, 10), "nothing is spent yet");
        let reloaded = begin(&house, &mut browser, "/recover/begin", show(3)).await;
        let mut phone = Authenticator::new(b"adas-new-phone-1");
        let body = finish(&reloaded.1, &phone.create(&reloaded.0), b"adas-new-phone-1");
        let done = browser.post(&house, "/recover/finish", body.clone()).await;
        assert_eq!((done.status.as_u16(), &done.json()["next"]), (200, &json!("/devices")), "{}", done.text);
        assert_eq!((counts(&house).await.codes, counts(&house).await.passkeys), (9, 2));
        assert_eq!(browser.get(&house, "/devices").await.status.as_u16(), 200);
        assert!(!log(&house).await.contains(&wrap(9)) && log(&house).await.contains("membership.recover"));

        let mut thief = Browser::default();
        assert_eq!(thief.post(&house, "/recover/finish", body).await.refused(), (409, "challenge_used".into()));
        let again = thief.post(&house, "/recover/begin", show(3)).await;
        assert_eq!(again.refused(), (422, "recovery_code_invalid".into()));
        assert_eq!(again.json()["field"], "code");
        let mut other = Authenticator::new(b"thief-phone-0001");
        let stale = finish(&begun["ticket"], &other.create(&begun["options"]), b"thief-phone-0001");
        assert_eq!(thief.post(&house, "/recover/finish", stale).await.refused().1, "recovery_code_invalid", "the code was used in between");
        assert_eq!((thief.cookie, counts(&house).await.passkeys), (None, 2));
    }

    async fn a_wrong_code_learns_nothing(store: Store) {
        let (house, _) = with_codes(&store).await;
        let mut browser = Browser::default();
        for wrong in [b64u(&half(77)), b64u(&sha256(&half(3))), String::new(), "!".into()] {
            let came = browser.post(&house, "/recover/begin", json!({ "fields": {}, "auth": wrong })).await;
            assert_eq!(came.refused(), (422, "recovery_code_invalid".into()));
            assert_eq!(came.json()["field"], "code");
        }
        assert_eq!((browser.cookie, counts(&house).await.codes), (None, 10));
    }

    async fn coming_back_takes_no_longer_than_a_quarter_of_an_hour(store: Store) {
        let (house, _) = with_codes(&store).await;
        let mut browser = Browser::default();
        let (options, ticket) = begin(&house, &mut browser, "/recover/begin", show(1)).await;
        let mut phone = Authenticator::new(b"adas-new-phone-1");
        let body = finish(&ticket, &phone.create(&options), b"adas-new-phone-1");
        it_is(901);
        assert_eq!(browser.post(&house, "/recover/finish", body).await.refused(), (409, "challenge_expired".into()));
        assert_eq!((counts(&house).await.codes, counts(&house).await.passkeys), (10, 1));
    }

    async fn a_ticket_for_adding_does_not_recover(store: Store) {
        let (house, mut browser) = with_codes(&store).await;
        let (options, ticket) = begin(&house, &mut browser, "/devices/begin", json!({ "fields": {} })).await;
        let mut phone = Authenticator::new(b"adas-new-phone-1");
        let body = finish(&ticket, &phone.create(&options), b"adas-new-phone-1");
        assert_eq!(Browser::default().post(&house, "/recover/finish", body).await.refused(), (409, "challenge_unknown".into()));
        assert_eq!(counts(&house).await.passkeys, 1);
    }

    async fn a_broken_set_of_codes_changes_nothing(store: Store) {
        let (house, mut browser) = with_codes(&store).await;
        let nine = codes()[1..].to_vec();
        let mut short = codes();
        short[4]["wrap"] = json!("AAAA");
        let mut twice = codes();
        twice[1]["auth"] = twice[0]["auth"].clone();
        for odd in [nine, short, twice, Vec::new()] {
            assert_eq!(browser.post(&house, "/recovery/codes", json!({ "codes": odd })).await.refused(), (422, "vault_malformed".into()));
        }
        let mut extra = codes();
        extra[0]["secret"] = json!("x");
        assert_eq!(browser.post(&house, "/recovery/codes", json!({ "codes": extra })).await.refused(), (422, "ceremony_malformed".into()));
        assert_eq!(counts(&house).await.codes, 10);
        assert_eq!(browser.post(&house, "/recover/begin", show(0)).await.status.as_u16(), 200);
        let text = log(&house).await;
        assert!(text.contains("membership.save_recovery") && !text.contains(&wrap(104)) && !text.contains(&b64u(&sha256(&half(4)))));
    }

    async fn words_are_confirmed_once_the_vault_keeps_no_copy(store: Store) {
        let house = open(&store).await;
        let mut browser = sign_in(&house).await;
        assert!(browser.get(&house, "/recovery").await.text.contains("data-island=\"paper-words\""));
        let sent = |confirmed: bool, version: i64| json!({ "confirmed": confirmed, "vault": { "ciphertext": b64u(&[8; 50]), "version": version } });
        assert_eq!(browser.post(&house, "/recovery/words", sent(false, 1)).await.refused(), (422, "words_not_confirmed".into()));
        let stale = browser.post(&house, "/recovery/words", sent(true, 2)).await;
        assert_eq!(stale.refused(), (409, "vault_moved".into()));
        assert!(stale.json()["detail"].as_str().unwrap().contains("Reload the page"));
        let vault = || house.store.read(|tx| vaults::of(tx, ADA.into()));
        assert_eq!(vault().await.unwrap().ciphertext, vec![7; 64]);
        assert_eq!(browser.post(&house, "/recovery/words", sent(true, 1)).await.status.as_u16(), 200);
        let kept = vault().await.unwrap();
        assert_eq!((kept.version, kept.ciphertext), (2, vec![8; 50]));
        let page = browser.get(&house, "/recovery").await.text;
        assert!(page.contains("Your paper words are written down.") && !page.contains("data-island=\"paper-words\""));
        assert!(!log(&house).await.contains(&b64u(&[8; 50])));
    }
}
