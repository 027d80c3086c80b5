//! Hosting identities: stored as signed, served as stored, grown in order.

use crate::{NOW, ada, at, bob};
use planet_identity::managed::{self, Owner, Secrets};
use planet_identity::rows::did_logs as rows;
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::write::Made;
use planet_identity::webvh::{self, Did, Location, Log, member};
use planet_identity::{IdentityError, MIGRATIONS};
use planet_ontology::ids::AgentId;
use planet_store::{Store, both_engines};

fn place(path: &str) -> Location {
    Location::new("https://club.example", Kind::Person, path).unwrap()
}

fn genesis(path: &str, seed: u8) -> (Secrets, Made, Log) {
    let secrets = Secrets::from_entropy(&[seed; 64]);
    let made = managed::create(&place(path), &secrets, NOW).unwrap();
    let log = member::first_entry(&made.line, &place(path), NOW).unwrap();
    (secrets, made, log)
}

async fn host(store: &Store, agent: AgentId, path: &'static str, seed: u8) -> Result<(), IdentityError> {
    let (secrets, made, log) = genesis(path, seed);
    let sealed = secrets.seal(&[1; 32], agent, [2; 12]).unwrap();
    store.write(move |tx| rows::host(tx, agent, &place(path), &log, &made.line, Some(&sealed), NOW)).await
}

both_engines! { MIGRATIONS;
    async fn a_log_is_served_exactly_as_it_was_signed(store: Store) {
        host(&store, ada(), "ada", 1).await.unwrap();
        let (_, made, _) = genesis("ada", 1);
        let text = store.read(|tx| rows::text_at(tx, "people/ada")).await.unwrap().unwrap();
        assert_eq!(text, format!("{}\n", made.line));
        assert!(webvh::verify(&text, None, &Did::parse(&made.did).unwrap(), at(1)).is_ok());
        assert_eq!(store.read(|tx| rows::text_at(tx, "people/bob")).await.unwrap(), None);
        assert_eq!(store.read(|tx| rows::text_of(tx, ada())).await.unwrap(), Some(text));
        let did = made.did.clone();
        let hosted = store.read(move |tx| rows::by_did(tx, &did)).await.unwrap().unwrap();
        assert_eq!((hosted.agent, hosted.version, hosted.held_by_node, hosted.scid), (ada(), 1, true, made.scid));
    }

    async fn one_place_and_one_identity_per_member(store: Store) {
        host(&store, ada(), "ada", 1).await.unwrap();
        assert!(matches!(host(&store, bob(), "ada", 2).await, Err(IdentityError::DidTaken)), "the place is taken");
        assert!(matches!(host(&store, ada(), "ada-2", 3).await, Err(IdentityError::DidTaken)), "she has one already");
        assert!(matches!(host(&store, bob(), "ada", 1).await, Err(IdentityError::DidTaken)), "somebody else's identity");
        assert_eq!(store.read(|tx| rows::of(tx, bob())).await.unwrap(), None);
        assert!(host(&store, bob(), "bob", 2).await.is_ok());
    }

    async fn the_recovery_key_finds_whose_it_is_and_no_other_key_does(store: Store) {
        host(&store, ada(), "ada", 1).await.unwrap();
        host(&store, bob(), "bob", 2).await.unwrap();
        let (secrets, made, _) = genesis("ada", 1);
        let find = |key: String| store.read(move |tx| rows::recoverable_by(tx, &key));
        let (hosted, entry) = find(secrets.recovery_key().multikey()).await.unwrap().unwrap();
        assert_eq!((hosted.agent, entry), (ada(), made.line));
        for other in [secrets.update_key(1), secrets.update_key(2), secrets.device_key(1)] {
            assert_eq!(find(other.multikey()).await.unwrap(), None);
        }
        assert_eq!(find("%".into()).await.unwrap(), None);
    }

    async fn a_member_takes_their_identity_into_their_own_hands(store: Store) {
        host(&store, ada(), "ada", 1).await.unwrap();
        let owner = Secrets::from_entropy(&[8; 64]);
        let to = Owner {
            device_key: owner.device_key(1).multikey(),
            next_key_hash: owner.update_key(3).commitment(),
            recovery_key_hash: owner.recovery_key().commitment(),
        };
        let sealed = store.read(|tx| rows::sealed(tx, ada())).await.unwrap().unwrap();
        let held = Secrets::open(&[1; 32], ada(), &sealed).unwrap();
        let text = store.read(|tx| rows::text_of(tx, ada())).await.unwrap().unwrap();
        let log = webvh::verify::verify_any(&text, None, at(1)).unwrap();
        let made = managed::hand_over(&text, &log, &held, &to, at(1)).unwrap();
        let grown = member::next_entry(&text, &made.line, &place("ada"), at(1)).unwrap();

        let append = |after| {
            let (grown, line) = (grown.clone(), made.line.clone());
            store.write(move |tx| {
                rows::append(tx, ada(), after, &grown, &line, at(1))?;
                rows::forget_sealed(tx, ada())
            })
        };
        assert!(matches!(append(2).await, Err(IdentityError::DidLogMoved)));
        append(1).await.unwrap();
        assert!(matches!(append(1).await, Err(IdentityError::DidLogMoved)), "somebody was quicker");
        let hosted = store.read(|tx| rows::of(tx, ada())).await.unwrap().unwrap();
        assert_eq!((hosted.version, hosted.held_by_node), (2, false));
        assert_eq!(store.read(|tx| rows::sealed(tx, ada())).await.unwrap(), None);
        let document = store.read(|tx| rows::document(tx, ada())).await.unwrap().unwrap();
        assert_eq!(member::assertion_keys(&document), [to.device_key]);
        let text = store.read(|tx| rows::text_at(tx, "people/ada")).await.unwrap().unwrap();
        assert_eq!(webvh::verify::verify_any(&text, None, at(2)).unwrap().versions().len(), 2);
    }
}
