//! Making a passkey and signing in with it: what opens the door, and all the ways in which it stays shut.

use crate::authenticator::Authenticator;
use crate::{NOW, ada, at, bob};
use planet_identity::passkeys::{Begun, NewPasskey, Passkeys, Person, SignedIn, WebauthnPasskeys};
use planet_identity::rows::{Token, challenges, passkeys as rows};
use planet_identity::{IdentityError, MIGRATIONS};
use planet_store::{Store, both_engines};
use serde_json::{Value, json};

fn club() -> WebauthnPasskeys {
    WebauthnPasskeys::new("https://club.example", "club.example", "Our club").unwrap()
}

fn person() -> Person {
    Person { agent: ada(), name: "Ada".into() }
}

fn register(device: &mut Authenticator) -> NewPasskey {
    let begun = club().begin_registration(&person(), &[]).unwrap();
    club().finish_registration(&begun.state, &device.create(&begun.options)).unwrap()
}

fn sign_in(begun: &Begun, answer: &Value, passkey: &Value) -> Result<SignedIn, IdentityError> {
    club().finish_sign_in(&begun.state, answer, passkey)
}

#[test]
fn a_registration_asks_for_what_signing_in_without_a_name_needs() {
    let begun = club().begin_registration(&person(), &[vec![7; 16]]).unwrap();
    let options = &begun.options["publicKey"];
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["requireResidentKey"], true);
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["rp"], json!({"id": "club.example", "name": "Our club"}));
    assert_eq!(options["excludeCredentials"][0]["id"], "BwcHBwcHBwcHBwcHBwcHBw");

    let begun = club().begin_sign_in().unwrap();
    assert_eq!(begun.options["publicKey"]["userVerification"], "required");
    assert_eq!(begun.options.get("mediation").filter(|m| !m.is_null()), None);
    let allowed =
        begun.options["publicKey"].get("allowCredentials").and_then(Value::as_array).map_or(0, Vec::len);
    assert_eq!(allowed, 0);
}

#[test]
fn a_member_makes_a_passkey_and_signs_in_with_it() {
    let mut device = Authenticator::new(b"passkey-one-0001");
    let new = register(&mut device);
    assert_eq!(new.credential_id, b"passkey-one-0001");
    let begun = club().begin_sign_in().unwrap();
    let answer = device.get(&begun.options);
    let claim = club().claim(&answer).unwrap();
    assert_eq!((claim.agent, claim.credential_id), (ada(), new.credential_id.clone()));
    assert_eq!(sign_in(&begun, &answer, &new.passkey).unwrap().counter, 0);
}

#[test]
fn an_answer_for_another_challenge_origin_or_passkey_is_refused() {
    let mut device = Authenticator::new(b"passkey-one-0001");
    let new = register(&mut device);
    let (begun, later) = (club().begin_sign_in().unwrap(), club().begin_sign_in().unwrap());
    let answer = device.get(&begun.options);
    assert!(matches!(sign_in(&later, &answer, &new.passkey), Err(IdentityError::PasskeyRefused)));

    let mut stranger = Authenticator::new(b"passkey-one-0001");
    register(&mut stranger);
    assert!(matches!(
        sign_in(&begun, &stranger.get(&begun.options), &new.passkey),
        Err(IdentityError::PasskeyRefused)
    ));

    device.origin = "https://evil.example";
    assert!(matches!(
        sign_in(&begun, &device.get(&begun.options), &new.passkey),
        Err(IdentityError::PasskeyRefused)
    ));
    device.origin = "https://club.example";
    device.rp_id = "evil.example";
    assert!(matches!(
        sign_in(&begun, &device.get(&begun.options), &new.passkey),
        Err(IdentityError::PasskeyRefused)
    ));
    device.rp_id = "club.example";
    device.verifies_user = false;
    assert!(matches!(
        sign_in(&begun, &device.get(&begun.options), &new.passkey),
        Err(IdentityError::PasskeyRefused)
    ));
}

#[test]
fn an_answer_changed_on_its_way_is_refused() {
    let mut device = Authenticator::new(b"passkey-one-0001");
    let new = register(&mut device);
    let begun = club().begin_sign_in().unwrap();
    for field in ["signature", "authenticatorData", "clientDataJSON"] {
        let mut answer = device.get(&begun.options);
        let text = answer["response"][field].as_str().unwrap().to_owned();
        let middle = text.len() / 2;
        let other = if text.as_bytes()[middle] == b'A' { "B" } else { "A" };
        answer["response"][field] = format!("{}{other}{}", &text[..middle], &text[middle + 1..]).into();
        assert!(sign_in(&begun, &answer, &new.passkey).is_err(), "{field}");
    }
    for odd in [json!({}), json!(null), json!({"id": 1}), json!("x")] {
        assert!(matches!(sign_in(&begun, &odd, &new.passkey), Err(IdentityError::PasskeyMalformed)));
        assert!(matches!(club().claim(&odd), Err(IdentityError::PasskeyMalformed)));
    }
}

#[test]
fn a_registration_without_unlocking_or_for_another_club_is_refused() {
    let begun = club().begin_registration(&person(), &[]).unwrap();
    let mut device = Authenticator::new(b"passkey-one-0001");
    device.verifies_user = false;
    let refused = |answer: &Value| club().finish_registration(&begun.state, answer).unwrap_err().code();
    assert_eq!(refused(&device.create(&begun.options)), "passkey_refused");
    device.verifies_user = true;
    device.origin = "https://evil.example";
    assert_eq!(refused(&device.create(&begun.options)), "passkey_refused");
    device.origin = "https://club.example";
    assert!(club().finish_registration(&begun.state, &device.create(&begun.options)).is_ok());
}

#[test]
fn a_page_that_sends_the_secret_of_the_passkey_is_refused() {
    let mut device = Authenticator::new(b"passkey-one-0001");
    let begun = club().begin_registration(&person(), &[]).unwrap();
    let mut answer = device.create(&begun.options);
    answer["clientExtensionResults"] = json!({"prf": {"enabled": true, "results": {"first": "c2VjcmV0"}}});
    let refused = club().finish_registration(&begun.state, &answer).unwrap_err();
    assert_eq!(refused.code(), "prf_secret_sent");
    assert!(refused.to_string().contains("must stay on your device"));

    let new = register(&mut device);
    let begun = club().begin_sign_in().unwrap();
    for secret in [
        json!({"prf": {"results": {"first": "c2VjcmV0"}}}),
        json!({"hmacGetSecret": {"output1": "c2VjcmV0"}}),
    ] {
        for name in ["clientExtensionResults", "extensions"] {
            let mut answer = device.get(&begun.options);
            answer.as_object_mut().unwrap().remove("clientExtensionResults");
            answer[name] = secret.clone();
            assert!(matches!(sign_in(&begun, &answer, &new.passkey), Err(IdentityError::PrfSecretSent)));
        }
    }
}

#[test]
fn a_club_needs_an_origin_that_fits_its_domain() {
    assert!(WebauthnPasskeys::new("http://localhost:7700", "localhost", "Trial").is_ok());
    assert!(WebauthnPasskeys::new("https://a.club.example", "club.example", "Club").is_ok());
    for (origin, rp_id) in
        [("https://club.example", "other.example"), ("nonsense", "x"), ("http://127.0.0.1:7700", "127.0.0.1")]
    {
        assert!(
            matches!(WebauthnPasskeys::new(origin, rp_id, "Club"), Err(IdentityError::OriginInvalid)),
            "{origin}"
        );
    }
}

both_engines! { MIGRATIONS;
    async fn a_passkey_opens_a_session_once_per_challenge(store: Store) {
        let mut device = Authenticator::new(b"passkey-one-0001");
        let new = register(&mut device);
        let begun = club().begin_sign_in().unwrap();
        let (ticket, answer) = (Token::new([1; 32]), device.get(&begun.options));
        let text = ticket.reveal();
        store.write(move |tx| {
            rows::add(tx, ada(), &new, "Ada's phone", NOW)?;
            challenges::begin(tx, &ticket, "sign-in", None, &begun.state, NOW, challenges::CEREMONY)
        }).await.unwrap();

        let claim = club().claim(&answer).unwrap();
        let enter = move |seconds| {
            let (store, text, claim, answer) = (store.clone(), text.clone(), claim.clone(), answer.clone());
            async move {
                store.write(move |tx| {
                    let challenge = challenges::take(tx, &text, "sign-in", at(seconds))?;
                    let passkey = rows::claimed(tx, &claim)?;
                    let signed_in = club().finish_sign_in(&challenge.state, &answer, &passkey.passkey)?;
                    rows::used(tx, &claim.credential_id, &signed_in, at(seconds))?;
                    Ok::<_, IdentityError>(rows::of(tx, ada())?.remove(0))
                }).await
            }
        };
        assert!(matches!(enter(901).await, Err(IdentityError::ChallengeExpired)));
        let stored = enter(5).await.unwrap();
        assert_eq!((stored.agent, stored.label.as_str(), stored.last_used), (ada(), "Ada's phone", Some(at(5))));
        assert!(matches!(enter(6).await, Err(IdentityError::ChallengeUsed)), "a replay is refused");
    }

    async fn a_challenge_is_for_one_purpose_and_known_only_by_its_ticket(store: Store) {
        let ticket = Token::new([2; 32]);
        let text = ticket.reveal();
        store.write(move |tx| challenges::begin(tx, &ticket, "join", Some(ada()), &json!({"n": 1}), NOW, 60)).await.unwrap();
        let take = |text: String, purpose: &'static str| store.write(move |tx| challenges::take(tx, &text, purpose, NOW));
        assert!(matches!(take(text.clone(), "sign-in").await, Err(IdentityError::ChallengeUnknown)));
        assert!(matches!(take(Token::new([3; 32]).reveal(), "join").await, Err(IdentityError::ChallengeUnknown)));
        assert!(matches!(take("not a ticket".into(), "join").await, Err(IdentityError::ChallengeUnknown)));
        let kept = text.clone();
        let seen = store.read(move |tx| challenges::peek(tx, &kept, "join", NOW)).await.unwrap();
        assert_eq!((seen.agent, seen.state), (Some(ada()), json!({"n": 1})));
        assert!(take(text.clone(), "join").await.is_ok());
        assert!(matches!(take(text, "join").await, Err(IdentityError::ChallengeUsed)));
        assert_eq!(store.write(|tx| challenges::sweep(tx, at(60 + 86_399))).await.unwrap(), 0);
        assert_eq!(store.write(|tx| challenges::sweep(tx, at(60 + 86_401))).await.unwrap(), 1);
    }

    async fn of_many_answers_at_once_one_counts(store: Store) {
        let ticket = Token::new([2; 32]);
        let text = ticket.reveal();
        store.write(move |tx| challenges::begin(tx, &ticket, "key", None, &json!({}), NOW, 60)).await.unwrap();
        let answers: Vec<_> = (0..8).map(|_| {
            let (store, text) = (store.clone(), text.clone());
            tokio::spawn(async move { store.write(move |tx| challenges::take(tx, &text, "key", at(1))).await })
        }).collect();
        let mut taken = 0;
        for answer in answers {
            match answer.await.unwrap() {
                Ok(_) => taken += 1,
                Err(error) => assert!(matches!(error, IdentityError::ChallengeUsed), "{error}"),
            }
        }
        assert_eq!(taken, 1);
    }

    async fn a_counter_that_stands_still_betrays_a_copy(store: Store) {
        let mut device = Authenticator::new(b"passkey-one-0001");
        device.counter = 1;
        let new = register(&mut device);
        let id = new.credential_id.clone();
        store.write(move |tx| rows::add(tx, ada(), &new, "key", NOW)).await.unwrap();
        let mut use_with = async |counter| {
            device.counter = counter;
            let begun = club().begin_sign_in().unwrap();
            let (answer, id) = (device.get(&begun.options), id.clone());
            let claim = club().claim(&answer).unwrap();
            store.write(move |tx| {
                let stored = rows::claimed(tx, &claim)?;
                let signed_in = club().finish_sign_in(&begun.state, &answer, &stored.passkey)?;
                rows::used(tx, &id, &signed_in, NOW)
            }).await
        };
        assert!(use_with(2).await.is_ok());
        assert!(matches!(use_with(2).await, Err(IdentityError::PasskeyCloned)));
        assert!(matches!(use_with(1).await, Err(IdentityError::PasskeyCloned)));
        assert!(use_with(3).await.is_ok());
        // Two answers checked against the same stored passkey: the second to be kept is refused by the row itself.
        let stale = SignedIn { passkey: json!({}), counter: 3 };
        let id = id.clone();
        assert!(matches!(store.write(move |tx| rows::used(tx, &id, &stale, NOW)).await, Err(IdentityError::PasskeyCloned)));
    }

    async fn one_authenticator_serves_one_member_and_the_last_passkey_stays(store: Store) {
        let key = |id: &[u8]| NewPasskey { credential_id: id.to_vec(), passkey: json!({}) };
        let (one, two) = (key(b"one"), key(b"two"));
        store.write({ let one = one.clone(); move |tx| rows::add(tx, ada(), &one, "phone", NOW) }).await.unwrap();
        let again = store.write(move |tx| rows::add(tx, bob(), &one, "phone", NOW)).await;
        assert!(matches!(again, Err(IdentityError::PasskeyTaken)));
        let remove = |agent, id: &'static [u8]| store.write(move |tx| rows::remove(tx, agent, id));
        assert!(matches!(remove(ada(), b"one").await, Err(IdentityError::PasskeyLast)));
        store.write(move |tx| rows::add(tx, ada(), &two, "laptop", at(1))).await.unwrap();
        assert!(matches!(remove(bob(), b"one").await, Err(IdentityError::PasskeyUnknown)));
        store.write(|tx| rows::rename(tx, ada(), b"two", "work laptop")).await.unwrap();
        remove(ada(), b"one").await.unwrap();
        let left = store.read(|tx| rows::of(tx, ada())).await.unwrap();
        assert_eq!(left.iter().map(|p| p.label.as_str()).collect::<Vec<_>>(), ["work laptop"]);
    }
}
