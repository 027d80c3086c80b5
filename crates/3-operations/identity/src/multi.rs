//! Self-describing texts for hashes and public keys: multihash, multikey and did:key. Only SHA-256 and Ed25519 exist here,
//! since did:webvh 1.0 allows nothing else.

use crate::encoding::sha256;

/// Multihash code and length of SHA-256.
const SHA2_256: [u8; 2] = [0x12, 0x20];
/// Multicodec of an Ed25519 public key, as a varint.
const ED25519_PUB: [u8; 2] = [0xed, 0x01];

/// base58btc of the SHA-256 multihash of some bytes; always begins with `Qm`.
pub fn multihash(bytes: &[u8]) -> String {
    bs58::encode([SHA2_256.as_slice(), &sha256(bytes)].concat()).into_string()
}

/// Whether a text is a SHA-256 multihash in base58btc.
pub fn is_multihash(text: &str) -> bool {
    text.len() == 46 && bs58::decode(text).into_vec().is_ok_and(|b| b.len() == 34 && b.starts_with(&SHA2_256))
}

/// The multikey of an Ed25519 public key; always begins with `z6Mk`.
pub fn multikey(public: &[u8; 32]) -> String {
    multibase(&[ED25519_PUB.as_slice(), public].concat())
}

/// The Ed25519 public key in a multikey.
pub fn from_multikey(text: &str) -> Option<[u8; 32]> {
    from_multibase(text)?.strip_prefix(ED25519_PUB.as_slice())?.try_into().ok()
}

/// The identifier that consists of nothing but its key.
pub fn did_key(public: &[u8; 32]) -> String {
    format!("did:key:{}", multikey(public))
}

/// The Ed25519 public key of a `did:key:…` without fragment.
pub fn from_did_key(did: &str) -> Option<[u8; 32]> {
    from_multikey(did.strip_prefix("did:key:")?)
}

/// The multikey named by a verification method `did:key:{multikey}#{multikey}`. Body and fragment must be the same
/// bytes: whoever checks one and uses the other can be led to trust a stranger's key.
pub fn from_verification_method(text: &str) -> Option<&str> {
    let (body, fragment) = text.strip_prefix("did:key:")?.split_once('#')?;
    (body == fragment && from_multikey(body).is_some()).then_some(body)
}

/// base58btc with its multibase prefix `z`.
pub fn multibase(bytes: &[u8]) -> String {
    format!("z{}", bs58::encode(bytes).into_string())
}

/// Reads base58btc with its multibase prefix `z`.
pub fn from_multibase(text: &str) -> Option<Vec<u8>> {
    bs58::decode(text.strip_prefix('z')?).into_vec().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG";

    #[test]
    fn a_multikey_survives_the_round_trip() {
        assert_eq!(multikey(&from_multikey(KEY).unwrap()), KEY);
        assert_eq!(from_multikey("z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJ"), None);
        assert_eq!(from_multikey(&KEY[1..]), None);
    }

    #[test]
    fn body_and_fragment_of_a_key_must_be_one() {
        assert_eq!(from_verification_method(&format!("did:key:{KEY}#{KEY}")), Some(KEY));
        let other = multikey(&[7; 32]);
        assert_eq!(from_verification_method(&format!("did:key:{KEY}#{other}")), None);
        assert_eq!(from_verification_method(&format!("did:key:{KEY}")), None);
    }

    #[test]
    fn a_hash_of_a_multikey_is_the_one_in_the_published_vectors() {
        // Scenario pre-rotation-consume: entry 1 commits to the key that entry 2 uses.
        let hash = multihash(b"z6MknGc3ocHs3zdPiJbnaaqDi58NGb4pk1Sp9WxWufuXSdxf");
        assert_eq!(hash, "Qmf2V5jB2UwPcFL5bvmKed7VvY3CSQ1RXyDdtip7ufpQ3R");
        assert!(is_multihash(&hash) && !is_multihash("Qm00000000000000000000000000000000000000000000"));
    }
}
