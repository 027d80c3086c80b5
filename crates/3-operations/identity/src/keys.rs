//! Ed25519 keys: the node's own, a member's, a device's. Where a key is kept is its owner's affair.

use crate::error::IdentityError;
use crate::multi;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use ring::hkdf;

/// A private Ed25519 key. Its debug form shows the public half only.
#[derive(Clone)]
pub struct Key(SigningKey);

/// The key with which a node signs checkpoints, receipts and deliveries.
pub type NodeKey = Key;

impl Key {
    /// The key made from 32 random bytes (the seed of RFC 8032, section 5.1.5).
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The key derived from a secret for one purpose: HKDF-SHA-256 with empty salt.
    pub fn derived(secret: &[u8], purpose: &str) -> Self {
        Self::from_seed(&derive(secret, purpose))
    }

    /// Reads PKCS#8 PEM.
    pub fn from_pem(text: &str) -> Result<Self, IdentityError> {
        SigningKey::from_pkcs8_pem(text).map(Self).map_err(|_| IdentityError::KeyUnreadable)
    }

    /// PKCS#8 PEM. The caller writes it where only the node's user can read.
    pub fn to_pem(&self) -> Result<String, IdentityError> {
        let pem = self.0.to_pkcs8_pem(LineEnding::LF).map_err(|_| IdentityError::KeyUnreadable)?;
        Ok(pem.to_string())
    }

    /// The public half.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The public half as multikey, `z6Mk…`.
    pub fn multikey(&self) -> String {
        multi::multikey(&self.public())
    }

    /// The public half as `did:key:z6Mk…`.
    pub fn did_key(&self) -> String {
        multi::did_key(&self.public())
    }

    /// The commitment to this key in `nextKeyHashes`.
    pub fn commitment(&self) -> String {
        multi::multihash(self.multikey().as_bytes())
    }

    /// Signs (RFC 8032, pure Ed25519).
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }

    /// Whether this key made a signature.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        verify(&self.public(), message, signature)
    }

    /// A symmetric key for what the holder of this key keeps encrypted, such as keys that a node holds for members.
    pub fn sealing_key(&self) -> [u8; 32] {
        derive(self.0.as_bytes(), "planet node sealing key v1")
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Key({})", self.multikey())
    }
}

/// Whether the holder of a public key signed a message. Strict: keys and signatures of small order are refused.
pub fn verify(public: &[u8; 32], message: &[u8], signature: &[u8]) -> bool {
    let Ok(signature) = Signature::from_slice(signature) else { return false };
    VerifyingKey::from_bytes(public).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
}

/// 32 bytes derived from a secret for one purpose: HKDF-SHA-256 (RFC 5869) with empty salt.
pub fn derive(secret: &[u8], purpose: &str) -> [u8; 32] {
    let mut out = [0; 32];
    let extracted = hkdf::Salt::new(hkdf::HKDF_SHA256, &[]).extract(secret);
    // Fails only for more than 255 × 32 bytes of output.
    let filled =
        extracted.expand(&[purpose.as_bytes()], hkdf::HKDF_SHA256).and_then(|okm| okm.fill(&mut out));
    debug_assert!(filled.is_ok());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_signs_and_nobody_else_does() {
        let (ada, bob) = (Key::from_seed(&[1; 32]), Key::from_seed(&[2; 32]));
        let signature = ada.sign(b"I owe Bob five hours");
        assert!(ada.verify(b"I owe Bob five hours", &signature));
        assert!(!ada.verify(b"I owe Bob nine hours", &signature));
        assert!(!bob.verify(b"I owe Bob five hours", &signature));
        assert!(!ada.verify(b"I owe Bob five hours", &signature[..63]));
        assert!(!format!("{ada:?}").contains(&crate::encoding::b64u(&[1; 32])));
    }

    #[test]
    fn a_key_survives_its_file() {
        let key = Key::from_seed(&[3; 32]);
        let pem = key.to_pem().unwrap();
        assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----"));
        assert_eq!(Key::from_pem(&pem).unwrap().did_key(), key.did_key());
        assert!(matches!(Key::from_pem("not a key"), Err(IdentityError::KeyUnreadable)));
    }

    #[test]
    fn a_point_of_small_order_signs_nothing() {
        // The neutral element as public key would accept this signature for every message under lax verification.
        let neutral: [u8; 32] = std::array::from_fn(|i| u8::from(i == 0));
        let signature = [neutral, [0; 32]].concat();
        assert!(!verify(&neutral, b"anything", &signature));
    }

    #[test]
    fn derived_keys_agree_with_rfc_5869() {
        // RFC 5869, test case 3: SHA-256, no salt, no info; the first 32 of 42 bytes.
        let expected = [
            0x8d, 0xa4, 0xe7, 0x75, 0xa5, 0x63, 0xc1, 0x8f, 0x71, 0x5f, 0x80, 0x2a, 0x06, 0x3c, 0x5a, 0x31,
            0xb8, 0xa1, 0x1f, 0x5c, 0x5e, 0xe1, 0x87, 0x9e, 0xc3, 0x45, 0x4e, 0x5f, 0x3c, 0x73, 0x8d, 0x2d,
        ];
        assert_eq!(derive(&[0x0b; 22], ""), expected);
    }
}
