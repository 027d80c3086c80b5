//! Signing in with a key, for programs and for members who come back without a passkey: a text bound to the club, a nonce and
//! a moment. The nonce is a one-time challenge (`rows::challenges`); this file only looks at the signature.
//!
//! The text is plain so that anybody can write it: see `docs/protocols/identity.md`, section 8.

use crate::encoding::from_b64u;
use crate::error::IdentityError;
use crate::keys::{self, Key};
use crate::multi;
use planet_ontology::units::Moment;
use serde::{Deserialize, Serialize};

/// How far ahead the expiry may lie, in seconds.
pub const MAX_SECONDS: i64 = 60;

/// What a program sends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeySignIn {
    /// The `did:key` that signed.
    pub key: String,
    /// The nonce that the node gave.
    pub nonce: String,
    /// RFC 3339 in UTC, to the second.
    pub expires: String,
    /// base64url of the 64-byte Ed25519 signature.
    pub signature: String,
}

/// The text to be signed.
pub fn message(origin: &str, key: &str, nonce: &str, expires: &str) -> String {
    format!("planet sign-in v1\n{origin}\n{key}\n{nonce}\n{expires}\n")
}

/// Signs in at a club; what the command line does.
pub fn sign(origin: &str, nonce: &str, key: &Key, now: Moment) -> KeySignIn {
    let (did, expires) = (key.did_key(), now.plus_seconds(MAX_SECONDS - 15).rfc3339());
    let signature = crate::encoding::b64u(&key.sign(message(origin, &did, nonce, &expires).as_bytes()));
    KeySignIn { key: did, nonce: nonce.into(), expires, signature }
}

/// Checks signature, club and time. The caller has used up the nonce and looks the key up afterwards.
pub fn verify(sent: &KeySignIn, origin: &str, now: Moment) -> Result<(), IdentityError> {
    let expires: jiff::Timestamp = sent.expires.parse().map_err(|_| IdentityError::KeySignInRefused)?;
    let in_time = (now.0..=now.plus_seconds(MAX_SECONDS).0).contains(&expires.as_microsecond());
    let one_line = [&sent.key, &sent.nonce, &sent.expires].iter().all(|text| !text.contains('\n'));
    let public = multi::from_did_key(&sent.key).ok_or(IdentityError::KeySignInRefused)?;
    let signature = from_b64u(&sent.signature).ok_or(IdentityError::KeySignInRefused)?;
    let text = message(origin, &sent.key, &sent.nonce, &sent.expires);
    if in_time && one_line && keys::verify(&public, text.as_bytes(), &signature) {
        Ok(())
    } else {
        Err(IdentityError::KeySignInRefused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_790_000_000_000_000);
    const CLUB: &str = "https://club.example";

    #[test]
    fn a_signature_opens_this_club_for_a_minute() {
        let sent = sign(CLUB, "bm9uY2U", &Key::from_seed(&[1; 32]), NOW);
        assert!(verify(&sent, CLUB, NOW).is_ok());
        assert!(verify(&sent, CLUB, NOW.plus_seconds(44)).is_ok());
        assert!(verify(&sent, CLUB, NOW.plus_seconds(46)).is_err());
        assert!(verify(&sent, "https://other.example", NOW).is_err());
    }

    #[test]
    fn nothing_in_it_can_be_changed_afterwards() {
        let good = sign(CLUB, "bm9uY2U", &Key::from_seed(&[1; 32]), NOW);
        let other = Key::from_seed(&[2; 32]).did_key();
        for bad in [
            KeySignIn { nonce: "b3RoZXI".into(), ..good.clone() },
            KeySignIn { key: other, ..good.clone() },
            KeySignIn { expires: NOW.plus_seconds(50).rfc3339(), ..good.clone() },
            KeySignIn { signature: "AAAA".into(), ..good.clone() },
            KeySignIn { nonce: "a\nb".into(), ..good.clone() },
        ] {
            assert!(matches!(verify(&bad, CLUB, NOW), Err(IdentityError::KeySignInRefused)));
        }
    }

    #[test]
    fn a_signature_for_tomorrow_is_refused_today() {
        let later = sign(CLUB, "bm9uY2U", &Key::from_seed(&[1; 32]), NOW.plus_seconds(3600));
        assert!(verify(&later, CLUB, NOW).is_err());
    }
}
