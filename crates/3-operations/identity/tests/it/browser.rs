//! What the browser's part makes is what the node accepts: a first entry written by `web/`, kept here as it was sent.

use planet_identity::encoding::{b64u, sha256};
use planet_identity::keys::derive;
use planet_identity::managed::Secrets;
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::{self, Did, Hosts, Location, member};
use planet_ontology::units::Moment;
use proptest::prelude::*;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

const GENESIS: &str = include_str!("../data/browser-genesis.jsonl");

#[test]
fn a_first_entry_made_in_the_browser_is_accepted() {
    let place = Location::new("http://localhost:7700", Kind::Person, "k3f9a2").unwrap();
    // 2026-11-23T03:00:00Z, when it was made.
    let made = Moment(1_795_402_800_000_000);
    let log = member::first_entry(GENESIS.trim_end(), &place, made.plus_seconds(5)).unwrap();
    assert_eq!(log.scid(), "QmcCheCjrAmKd4W6D3gW6Li8YeRW6Z379grt2nFUt7cGo7");
    assert_eq!(log.latest().unwrap().number, 1);
    assert!(
        member::first_entry(GENESIS.trim_end(), &place, made.plus_seconds(-301)).is_err(),
        "from the future"
    );
}

#[test]
fn node_and_browser_derive_the_same_keys() {
    // Seed 0, 1, 2 … 31; the expected keys were computed with the HKDF and Ed25519 of Node.js, which are the browser's too.
    let entropy: [u8; 64] = std::array::from_fn(|n| u8::try_from(n).unwrap());
    let secrets = Secrets::from_entropy(&entropy);
    assert_eq!(secrets.update_key(1).multikey(), "z6MksribXg65Me4waH2kvd56QtqYLhzwnQLXgfqDhdoK3xmc");
    assert_eq!(secrets.update_key(2).multikey(), "z6MksFw7PyKKfqaxvjLJUp4hDVgsJhV8SYGwJ5drZjwEgZJe");
    assert_eq!(secrets.device_key(1).multikey(), "z6MkfQGYoaX3j7RnLrB6fHRMNdfZj4x4kHw3YgeEhjD9LtnY");
}

#[test]
fn the_protocol_page_prints_true_values() {
    let page = include_str!("../../../../../docs/protocols/identity.md");
    let bytes = |n: usize| (0_u8..).take(n).collect::<Vec<_>>();
    let wrap = |secret: &[u8], info: &str| {
        let key = UnboundKey::new(&AES_256_GCM, &derive(secret, info)).unwrap();
        let (nonce, mut text) = (bytes(12), bytes(32));
        let unique = Nonce::try_assume_unique_for_key(&nonce).unwrap();
        LessSafeKey::new(key).seal_in_place_append_tag(unique, Aad::empty(), &mut text).unwrap();
        b64u(&[nonce, text].concat())
    };
    let secrets = Secrets::from_entropy(&bytes(64).try_into().unwrap());
    for value in [
        secrets.update_key(1).multikey(),
        secrets.update_key(2).multikey(),
        secrets.update_key(2).commitment(),
        secrets.device_key(1).multikey(),
        b64u(&bytes(10)),
        b64u(&sha256(&bytes(10))),
        wrap(&bytes(20)[10..], "planet vault wrap v1 recovery"),
        wrap(&bytes(32), "planet vault wrap v1 passkey"),
    ] {
        assert!(page.contains(&format!("`{value}`")), "{value}");
    }
}

#[test]
fn a_log_that_another_implementation_moved_holds() {
    let log = include_str!("../data/portable-move-java.jsonl");
    let former = "did:webvh:QmQiYG3nvN7emB3XFxk4PxE8z8w39vWZc8qAfRskN99BYt:example.com";
    let resolved = webvh::resolve(former, Some(log), None, crate::NOW).unwrap();
    assert_eq!(resolved.document["id"], former.replace(".com", ".org"));
    assert!(resolved.metadata.portable);
}

proptest! {
    #[test]
    fn whatever_can_be_parsed_leads_to_a_named_host_over_https(rest in "([a-z]{1,5}\\.[a-z]{2,4}:?)?(%(2[eEfF]|3[aA]|5[cC])|[a-z0-9]{1,3}|[.:@/#?\\\\-]){0,4}") {
        let did = format!("did:webvh:QmTYXE8TR3uLUWWrefCtFCLhdFWDBk7Eyq5DQRmiHFVAEL:{rest}");
        if let Ok(url) = Did::parse(&did).and_then(|did| did.log_url(Hosts::Public)) {
            let parsed = url::Url::parse(&url).unwrap();
            prop_assert_eq!(parsed.as_str().replace(":443/", "/"), url.replace(":443/", "/"), "nothing is normalised away");
            prop_assert_eq!(parsed.scheme(), "https");
            prop_assert!(parsed.domain().is_some_and(|host| host.contains('.')), "{}", url);
            prop_assert!(parsed.path().ends_with("/did.jsonl") && parsed.query().is_none() && parsed.fragment().is_none());
        }
    }

    #[test]
    fn no_text_makes_the_verifier_panic(line in "\\PC{0,60}", cut in 0_usize..3000) {
        let _ = webvh::verify::verify_any(&line, Some(&line), crate::NOW);
        let part: String = GENESIS.chars().take(cut).collect();
        let refused = cut < GENESIS.trim_end().len();
        prop_assert_eq!(webvh::verify::verify_any(&part, None, crate::at(86_400 * 30)).is_err(), refused);
    }
}
