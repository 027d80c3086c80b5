//! What the browser's part makes is what the node accepts: a first entry written by `web/`, kept here as it was sent.

use planet_identity::managed::Secrets;
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::{Location, member};
use planet_ontology::units::Moment;

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
    // The seed is 0, 1, 2 … 31; the expected keys were computed by the browser's part and are written there too.
    let mut entropy = [0; 64];
    for (byte, n) in entropy.iter_mut().zip(0..) {
        *byte = n;
    }
    let secrets = Secrets::from_entropy(&entropy);
    assert!(secrets.update_key(1).multikey().starts_with("z6Mk"));
    assert_ne!(secrets.update_key(1).multikey(), secrets.update_key(2).multikey());
    assert_ne!(secrets.update_key(1).multikey(), secrets.device_key(1).multikey());
}
