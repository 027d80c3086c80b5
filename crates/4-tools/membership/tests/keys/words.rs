//! The day on which somebody else has the keys: the paper words take the identity back.

use crate::authenticator::Authenticator;
use crate::house::{
    ADA, BEN, Browser, Came, House, NOW, ORIGIN, begin, counts, it_is, log, migrations, open, secrets,
    sign_in, wrap,
};
use planet_identity::Key;
use planet_identity::encoding::b64u;
use planet_identity::managed::Secrets;
use planet_identity::rows::{did_logs, vaults};
use planet_identity::webvh::write::{self, Draft};
use planet_identity::webvh::{Did, verify};
use planet_store::{Store, both_engines};
use serde_json::{Value, json};

const NEW: &[u8] = b"adas-new-phone-1";

fn fresh() -> Secrets {
    Secrets::from_entropy(&[6; 64])
}

async fn text(house: &House) -> String {
    house.store.read(|tx| did_logs::text_of(tx, ADA.into())).await.unwrap().unwrap()
}

fn words(key: &Key) -> Value {
    json!({ "fields": {}, "key": key.multikey() })
}

/// The entry that `signer` makes after the log, with the keys of `next` after it.
async fn entry(house: &House, signer: &Key, next: &Secrets) -> String {
    let text = text(house).await;
    let did = serde_json::from_str::<Value>(text.lines().last().unwrap()).unwrap()["state"]["id"].clone();
    let did = did.as_str().unwrap();
    let known = verify(&text, None, &Did::parse(did).unwrap(), NOW.plus_seconds(9)).unwrap();
    let number = known.latest().unwrap().number;
    let promises = [next.update_key(number + 2).commitment(), next.recovery_key().commitment()];
    let state = write::document(did, &[next.device_key(1).multikey()]);
    write::update(
        &text,
        &known,
        Draft::new(signer, &promises, state),
        signer,
        NOW.plus_seconds(number.cast_signed() + 1),
    )
    .unwrap()
    .line
}

/// What a browser sends that has the words.
async fn finish(house: &House, browser: &mut Browser, paper: &Key, entry: String, id: &[u8]) -> Value {
    let came = browser.post(house, "/words/begin", words(paper)).await;
    let begun = came.json();
    let (ticket, did) = (begun["ticket"].as_str().unwrap(), begun["did"].as_str().unwrap());
    let credential = Authenticator::new(id).create(&begun["options"]);
    let said = format!("planet take back v1\n{ORIGIN}\n{did}\n{ticket}\n{}\n", b64u(id));
    json!({
        "ticket": ticket, "fields": {}, "credential": credential, "entry": entry,
        "wrap": { "kind": "passkey", "reference": b64u(id), "wrap": wrap(9) },
        "ciphertext": b64u(&[8; 70]), "proof": b64u(&paper.sign(said.as_bytes())),
    })
}

async fn send(house: &House, body: &Value) -> (Browser, Came) {
    let mut browser = Browser::default();
    let came = browser.post(house, "/words/finish", body.clone()).await;
    (browser, came)
}

both_engines! { migrations();

    async fn the_words_take_an_identity_back_from_whoever_has_it(store: Store) {
        let house = open(&store).await;
        let mut thief = sign_in(&house).await;
        let codes: Vec<Value> = (0..10_u8).map(|n| json!({ "index": n, "auth": b64u(&[n; 32]), "wrap": wrap(n) })).collect();
        assert_eq!(thief.post(&house, "/recovery/codes", json!({ "codes": codes })).await.status.as_u16(), 200);
        let confirmed = json!({ "confirmed": true, "vault": { "ciphertext": b64u(&[8; 50]), "version": 1 } });
        assert_eq!(thief.post(&house, "/recovery/words", confirmed).await.status.as_u16(), 200);
        let (options, ticket) = begin(&house, &mut thief, "/devices/begin", json!({ "fields": {} })).await;
        let ben = Browser::of(&house, BEN).await;

        let mut browser = Browser::default();
        assert!(browser.get(&house, "/sign-in").await.text.contains("href=\"/words\""));
        let page = browser.get(&house, "/words").await.text;
        assert!(page.contains("data-island=\"words-back\"") && page.contains("data-local=\"words\"") && !page.contains("name=\"words\""));
        let paper = secrets().recovery_key();
        let line = entry(&house, &paper, &fresh()).await;
        let body = finish(&house, &mut browser, &paper, line.clone(), NEW).await;
        assert_eq!((counts(&house).await.passkeys, browser.cookie), (1, None), "nothing is changed yet");
        let (mut browser, done) = send(&house, &body).await;
        assert_eq!((done.status.as_u16(), &done.json()["next"]), (200, &json!("/recovery")), "{}", done.text);

        assert!(text(&house).await.ends_with(&format!("{line}\n")), "the log goes on");
        let now = counts(&house).await;
        assert_eq!((now.passkeys, now.codes, now.sessions), (1, 0, 2), "hers, and Ben's session");
        let (vault, wraps) = house.store.read(|tx| Ok::<_, planet_identity::IdentityError>((vaults::of(tx, ADA.into())?, vaults::wraps(tx, ADA.into())?))).await.unwrap();
        assert_eq!((vault.version, vault.ciphertext, wraps.len()), (3, vec![8; 70], 1));
        assert_eq!(wraps[0].reference, b64u(NEW));
        let page = browser.get(&house, "/recovery").await.text;
        assert!(page.contains("data-island=\"paper-words\"") && page.contains("You have no recovery codes."), "new words are to be written down");
        assert_eq!(thief.get(&house, "/devices").await.headers["location"], "/sign-in?next=/devices");
        let mut late = Authenticator::new(b"thief-phone-0001");
        let stale = json!({ "ticket": ticket, "fields": {}, "credential": late.create(&options), "wrap": { "kind": "passkey", "reference": b64u(b"thief-phone-0001"), "wrap": wrap(9) } });
        assert_eq!(browser.post(&house, "/devices/finish", stale).await.refused(), (409, "challenge_unknown".into()), "what the thief began has ended");
        let (options, ticket) = begin(&house, &mut Browser::default(), "/sign-in/begin", json!({ "fields": {} })).await;
        let old = json!({ "ticket": ticket, "fields": {}, "credential": house.phone.get(&options) });
        assert_eq!(Browser::default().post(&house, "/sign-in/finish", old).await.refused().1, "passkey_unknown");
        let mut ben = ben;
        assert_eq!(ben.get(&house, "/devices").await.status.as_u16(), 200);

        let recorded = log(&house).await;
        assert!(recorded.contains("took_back") && !recorded.contains(&wrap(9)) && !recorded.contains(&b64u(&[8; 70])));
        let (again, came) = send(&house, &body).await;
        assert_eq!((came.refused(), again.cookie), ((409, "challenge_used".into()), None), "a replay");
        let spent = Browser::default().post(&house, "/words/begin", words(&paper)).await;
        assert_eq!(spent.refused(), (422, "words_unknown".into()), "the words are used up");
        it_is(5);
        let paper = fresh().recovery_key();
        let line = entry(&house, &paper, &Secrets::from_entropy(&[7; 64])).await;
        let body = finish(&house, &mut Browser::default(), &paper, line, b"adas-third-phone").await;
        assert_eq!(send(&house, &body).await.1.status.as_u16(), 200, "the new words work as the old ones did");
    }

    async fn keys_from_the_vault_and_words_of_nobody_take_nothing(store: Store) {
        let house = open(&store).await;
        let stranger = Key::from_seed(&[77; 32]);
        for key in [secrets().update_key(2), secrets().update_key(1), secrets().device_key(1), stranger] {
            let came = Browser::default().post(&house, "/words/begin", words(&key)).await;
            assert_eq!(came.refused(), (422, "words_unknown".into()));
            assert_eq!(came.json()["field"], "words");
            assert!(came.json()["detail"].as_str().unwrap().contains("Compare them with your paper"));
        }
        for odd in ["", "z6Mk", "%", "\u{0}"] {
            let came = Browser::default().post(&house, "/words/begin", json!({ "fields": {}, "key": odd })).await;
            assert_eq!(came.refused(), (422, "words_unknown".into()));
        }
        let more = json!({ "fields": { "words": "abandon" }, "key": secrets().recovery_key().multikey() });
        assert_eq!(Browser::default().post(&house, "/words/begin", more).await.status.as_u16(), 422, "a field that nobody asked for");
    }

    async fn a_doubtful_answer_changes_nothing(store: Store) {
        let house = open(&store).await;
        let paper = secrets().recovery_key();
        let (before, good) = (text(&house).await, entry(&house, &paper, &fresh()).await);
        let with = |name: &'static str, value: Value| (name, value);
        let by_update = entry(&house, &secrets().update_key(2), &fresh()).await;
        let promised = entry(&house, &paper, &secrets()).await;
        for ((name, value), code) in [
            (with("proof", json!(b64u(&[0; 64]))), "words_unproven"),
            (with("proof", json!("")), "words_unproven"),
            (with("entry", json!(by_update)), "did_log_invalid"),
            (with("entry", json!(promised)), "did_log_invalid"),
            (with("entry", json!(good.replace("https://w3id.org", "https://w3id.com"))), "did_log_invalid"),
            (with("entry", json!("{}")), "did_log_invalid"),
            (with("ciphertext", json!("AAAA")), "vault_malformed"),
            (with("wrap", json!({ "kind": "passkey", "reference": "x", "wrap": wrap(9) })), "vault_malformed"),
        ] {
            let mut body = finish(&house, &mut Browser::default(), &paper, good.clone(), NEW).await;
            body[name] = value;
            let (browser, came) = send(&house, &body).await;
            assert_eq!((came.refused(), browser.cookie), ((422, code.into()), None), "{name} {}", came.text);
        }
        let mut other = finish(&house, &mut Browser::default(), &paper, good.clone(), NEW).await;
        other["credential"] = finish(&house, &mut Browser::default(), &paper, good.clone(), b"thief-phone-0001").await["credential"].clone();
        assert_ne!(send(&house, &other).await.1.status.as_u16(), 200, "another passkey than the one that was proven");
        let late = finish(&house, &mut Browser::default(), &paper, good, NEW).await;
        it_is(901);
        assert_eq!(send(&house, &late).await.1.refused(), (409, "challenge_expired".into()));
        assert_eq!((text(&house).await, counts(&house).await.passkeys), (before, 1));
        let vault = house.store.read(|tx| vaults::of(tx, ADA.into())).await.unwrap();
        assert_eq!((vault.version, vault.ciphertext), (1, vec![7; 64]));
        sign_in(&house).await;
    }
}
