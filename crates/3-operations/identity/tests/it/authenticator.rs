//! A software authenticator: makes ES256 passkeys without attestation and signs with them, byte by byte as WebAuthn has it.

use planet_identity::encoding::{b64u, sha256};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

pub struct Authenticator {
    pub origin: &'static str,
    pub rp_id: &'static str,
    pub verifies_user: bool,
    pub counter: u32,
    pub credential_id: Vec<u8>,
    user_handle: String,
    pair: EcdsaKeyPair,
}

impl Authenticator {
    pub fn new(credential_id: &[u8]) -> Self {
        let random = SystemRandom::new();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
        let pair =
            EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8.as_ref(), &random).unwrap();
        Self {
            origin: "https://club.example",
            rp_id: "club.example",
            verifies_user: true,
            counter: 0,
            credential_id: credential_id.to_vec(),
            user_handle: String::new(),
            pair,
        }
    }

    /// Answers `navigator.credentials.create(options)`.
    pub fn create(&mut self, options: &Value) -> Value {
        let options = &options["publicKey"];
        options["user"]["id"].as_str().unwrap().clone_into(&mut self.user_handle);
        let mut data = self.authenticator_data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.credential_id.len()).unwrap().to_be_bytes());
        data.extend(&self.credential_id);
        data.extend(self.cose_key());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        object.extend(data);
        let client = self.client_data("webauthn.create", options);
        let response = json!({"clientDataJSON": b64u(client.as_bytes()), "attestationObject": b64u(&object), "transports": ["internal"]});
        self.answer(response)
    }

    /// Answers `navigator.credentials.get(options)`.
    pub fn get(&self, options: &Value) -> Value {
        let data = self.authenticator_data(0);
        let client = self.client_data("webauthn.get", &options["publicKey"]);
        let signed = [data.as_slice(), &sha256(client.as_bytes())].concat();
        let signature = self.pair.sign(&SystemRandom::new(), &signed).unwrap();
        self.answer(json!({
            "clientDataJSON": b64u(client.as_bytes()),
            "authenticatorData": b64u(&data),
            "signature": b64u(signature.as_ref()),
            "userHandle": self.user_handle,
        }))
    }

    fn answer(&self, response: Value) -> Value {
        let id = b64u(&self.credential_id);
        json!({"id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {"prf": {"enabled": true}}})
    }

    fn authenticator_data(&self, more: u8) -> Vec<u8> {
        let flags = PRESENT | more | if self.verifies_user { VERIFIED } else { 0 };
        let mut data = sha256(self.rp_id.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        json!({"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false})
            .to_string()
    }

    /// `{1: 2, 3: -7, -1: 1, -2: x, -3: y}` in CBOR.
    fn cose_key(&self) -> Vec<u8> {
        let point = self.pair.public_key().as_ref();
        let mut key = vec![0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        key.extend(&point[1..33]);
        key.extend([0x22, 0x58, 0x20]);
        key.extend(&point[33..65]);
        key
    }
}
