//! Other ways in: a key for the command line, a link for the second device.

use crate::{NOW, ada, at, bob};
use planet_identity::rows::{Token, challenges, device_keys, device_links};
use planet_identity::{IdentityError, Key, MIGRATIONS, sign_in};
use planet_store::{Store, both_engines};
use serde_json::json;

both_engines! { MIGRATIONS;
    async fn a_program_signs_in_once_its_owner_approved_its_code(store: Store) {
        let key = Key::from_seed(&[4; 32]);
        let (did, code) = (key.did_key(), device_keys::user_code([9, 8, 7, 6, 5, 4, 3, 2]));
        let (typed, asked, asked_did) = (code.to_lowercase().replace('-', ""), code.clone(), did.clone());
        store.write(move |tx| device_keys::ask(tx, &asked, &asked_did, "Ada's terminal", NOW)).await.unwrap();
        let enter = |seconds| { let did = did.clone(); store.write(move |tx| device_keys::sign_in(tx, &did, at(seconds))) };
        assert!(matches!(enter(1).await, Err(IdentityError::DeviceKeyUnknown)), "not before it was approved");

        let approve = |code: String, agent, seconds| store.write(move |tx| device_keys::approve(tx, &code, agent, at(seconds)));
        assert!(matches!(approve("BBBB-BBBB".into(), ada(), 1).await, Err(IdentityError::DeviceGrantInvalid)));
        assert!(matches!(approve(code.clone(), ada(), 600).await, Err(IdentityError::DeviceGrantInvalid)), "too late");
        assert_eq!(approve(typed, ada(), 2).await.unwrap().did_key, did);
        assert!(matches!(approve(code.clone(), bob(), 3).await, Err(IdentityError::DeviceGrantInvalid)), "only once");
        let waiting = store.read({ let code = code.clone(); move |tx| device_keys::waiting(tx, &code, at(3)) }).await.unwrap();
        assert_eq!(waiting.approved_by, Some(ada()));
        assert_eq!(enter(4).await.unwrap().agent, ada());

        let listed = store.read(|tx| device_keys::of(tx, ada())).await.unwrap();
        assert_eq!((listed.len(), listed[0].last_used), (1, Some(at(4))));
        let remove = |agent| { let did = did.clone(); store.write(move |tx| device_keys::remove(tx, agent, &did)) };
        assert!(remove(bob()).await.is_err());
        remove(ada()).await.unwrap();
        assert!(enter(5).await.is_err());
        assert_eq!(store.write(|tx| device_keys::sweep(tx, at(600))).await.unwrap(), 1);
    }

    async fn a_key_belongs_to_one_member_and_is_a_key(store: Store) {
        let did = Key::from_seed(&[4; 32]).did_key();
        let add = |agent| { let did = did.clone(); store.write(move |tx| device_keys::add(tx, &did, agent, "", NOW)) };
        add(ada()).await.unwrap();
        assert!(matches!(add(bob()).await, Err(IdentityError::DeviceKeyTaken)));
        let odd = store.write(|tx| device_keys::ask(tx, "BBBB-BBBB", "did:key:z6Mkodd", "", NOW)).await;
        assert!(matches!(odd, Err(IdentityError::KeyUnreadable)));
    }

    async fn a_signed_nonce_counts_once(store: Store) {
        let (key, nonce) = (Key::from_seed(&[4; 32]), Token::new([5; 32]));
        let (did, text) = (key.did_key(), nonce.reveal());
        store.write(move |tx| {
            device_keys::add(tx, &did, ada(), "", NOW)?;
            challenges::begin(tx, &nonce, "key", None, &json!({}), NOW, challenges::NONCE)
        }).await.unwrap();
        let sent = sign_in::sign("https://club.example", &text, &key, at(1));
        let enter = |seconds| {
            let sent = sent.clone();
            store.write(move |tx| {
                challenges::take(tx, &sent.nonce, "key", at(seconds))?;
                sign_in::verify(&sent, "https://club.example", at(seconds))?;
                device_keys::sign_in(tx, &sent.key, at(seconds))
            })
        };
        assert_eq!(enter(2).await.unwrap().agent, ada());
        assert!(matches!(enter(3).await, Err(IdentityError::ChallengeUsed)));
    }

    async fn a_link_brings_one_device_in(store: Store) {
        let token = Token::new([6; 32]);
        let text = token.reveal();
        store.write({ let token = token.clone(); move |tx| device_links::make(tx, &token, ada(), &[7; 60], NOW) }).await.unwrap();
        let redeem = |text: String, seconds| store.write(move |tx| device_links::redeem(tx, &text, at(seconds)));
        assert!(matches!(redeem(Token::new([7; 32]).reveal(), 1).await, Err(IdentityError::DeviceLinkInvalid)));
        assert!(matches!(redeem("x".into(), 1).await, Err(IdentityError::DeviceLinkInvalid)));
        assert!(matches!(redeem(text.clone(), 600).await, Err(IdentityError::DeviceLinkInvalid)), "too late");
        let link = redeem(text.clone(), 599).await.unwrap();
        assert_eq!((link.agent, link.wrapped), (ada(), vec![7; 60]));
        assert!(matches!(redeem(text, 2).await, Err(IdentityError::DeviceLinkInvalid)), "only once");
        let odd = store.write(|tx| device_links::make(tx, &Token::new([8; 32]), ada(), &[7; 59], NOW)).await;
        assert!(matches!(odd, Err(IdentityError::VaultMalformed)));
        assert_eq!(store.write(|tx| device_links::sweep(tx, at(601))).await.unwrap(), 1);
    }
}
