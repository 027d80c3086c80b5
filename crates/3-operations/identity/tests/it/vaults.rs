//! Vaults: kept, replaced in order, opened in several ways, never read.

use crate::{NOW, ada, bob};
use planet_identity::passkeys::NewPasskey;
use planet_identity::rows::passkeys as keys;
use planet_identity::rows::vaults::{self as rows, Kind};
use planet_identity::{IdentityError, MIGRATIONS};
use planet_store::{Store, both_engines};

both_engines! { MIGRATIONS;
    async fn a_stale_device_cannot_overwrite_newer_keys(store: Store) {
        assert!(matches!(store.read(|tx| rows::of(tx, ada())).await, Err(IdentityError::VaultUnknown)));
        store.write(|tx| rows::create(tx, ada(), &[1; 100], NOW)).await.unwrap();
        assert!(matches!(store.write(|tx| rows::create(tx, ada(), &[2; 100], NOW)).await, Err(IdentityError::VaultMoved)));
        assert_eq!(store.write(|tx| rows::replace(tx, ada(), 1, &[3; 100], NOW)).await.unwrap(), 2);
        assert!(matches!(store.write(|tx| rows::replace(tx, ada(), 1, &[4; 100], NOW)).await, Err(IdentityError::VaultMoved)));
        assert!(matches!(store.write(|tx| rows::replace(tx, bob(), 1, &[4; 100], NOW)).await, Err(IdentityError::VaultMoved)));
        let vault = store.read(|tx| rows::of(tx, ada())).await.unwrap();
        assert_eq!((vault.version, vault.ciphertext), (2, vec![3; 100]));
    }

    async fn odd_sizes_are_refused(store: Store) {
        for size in [0, 27, (16 << 10) + 1] {
            let refused = store.write(move |tx| rows::create(tx, ada(), &vec![0; size], NOW)).await;
            assert!(matches!(refused, Err(IdentityError::VaultMalformed)), "{size}");
        }
        for size in [0, 59, 61] {
            let refused = store.write(move |tx| rows::put_wrap(tx, ada(), Kind::Passkey, "x", &vec![0; size], NOW)).await;
            assert!(matches!(refused, Err(IdentityError::VaultMalformed)), "{size}");
        }
        let refused = store.write(|tx| rows::put_wrap(tx, ada(), Kind::Passkey, "", &[0; 60], NOW)).await;
        assert!(matches!(refused, Err(IdentityError::VaultMalformed)));
    }

    async fn a_removed_passkey_opens_the_vault_no_more(store: Store) {
        store.write(|tx| {
            for id in [b"one", b"two"] {
                keys::add(tx, ada(), &NewPasskey { credential_id: id.to_vec(), passkey: serde_json::json!({}) }, "", NOW)?;
                rows::put_wrap(tx, ada(), Kind::Passkey, &planet_identity::encoding::b64u(id), &[7; 60], NOW)?;
            }
            rows::put_wrap(tx, ada(), Kind::Passphrase, "argon2id$m=65536,t=3,p=1$AAAA", &[8; 60], NOW)?;
            rows::put_wrap(tx, ada(), Kind::Passphrase, "argon2id$m=65536,t=3,p=1$AAAA", &[9; 60], NOW)
        }).await.unwrap();
        assert_eq!(store.read(|tx| rows::wraps(tx, ada())).await.unwrap().len(), 3);
        store.write(|tx| keys::remove(tx, ada(), b"one")).await.unwrap();
        let left = store.read(|tx| rows::wraps(tx, ada())).await.unwrap();
        assert_eq!(left.iter().map(|w| (w.kind.as_str(), w.wrapped[0])).collect::<Vec<_>>(), [("passkey", 7), ("passphrase", 9)]);
        let reference = planet_identity::encoding::b64u(b"two");
        assert!(store.read(move |tx| rows::wrap(tx, ada(), Kind::Passkey, &reference)).await.unwrap().is_some());
        assert_eq!(Kind::parse("passphrase"), Some(Kind::Passphrase));
        assert_eq!(Kind::parse("recovery"), None);
    }
}
