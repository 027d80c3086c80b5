//! Data Integrity proofs of the cryptosuite `eddsa-jcs-2022` (W3C vc-di-eddsa 1.0, section 3.3): make and verify. Whether the
//! signer had any right to sign is the caller's question.

use crate::encoding::{jcs, sha256};
use crate::keys::{self, Key};
use crate::multi;
use planet_ontology::units::Moment;
use serde_json::{Map, Value, json};

/// Why a proof does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// A member is missing or has a wrong shape.
    #[error("the proof is not written correctly: {0}")]
    Malformed(&'static str),
    /// Another suite than the one asked for is never guessed at.
    #[error("the proof uses a signature method that is not accepted here")]
    WrongSuite,
    /// The proof was made for something else.
    #[error("the proof was made for another purpose")]
    WrongPurpose,
    /// `expires` has passed.
    #[error("the proof has expired")]
    Expired,
    /// The document, the proof options or the signature were altered, or another key signed.
    #[error("the signature does not match")]
    BadSignature,
}

/// Adds a proof to a document and returns the proof: one more in `proof` is the caller's choice. `method` is the full
/// verification method, for example `did:key:z6Mk…#z6Mk…`.
pub fn create(
    document: &Value,
    key: &Key,
    method: &str,
    purpose: &str,
    created: Moment,
) -> Result<Value, ProofError> {
    let mut options = json!({
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "verificationMethod": method,
        "created": created.rfc3339(),
        "proofPurpose": purpose,
    });
    // Section 3.3.1, step 2: the proof repeats the context of what it secures.
    if let (Some(context), Some(options)) = (document.get("@context"), options.as_object_mut()) {
        options.insert("@context".into(), context.clone());
    }
    let signature = key.sign(&hash_data(document, &options)?);
    if let Some(options) = options.as_object_mut() {
        options.insert("proofValue".into(), multi::multibase(&signature).into());
    }
    Ok(options)
}

/// A proof by a key that names itself as did:key, for `assertionMethod`: what log entries and witnesses use.
pub fn create_with_did_key(document: &Value, key: &Key, created: Moment) -> Result<Value, ProofError> {
    let multikey = key.multikey();
    create(document, key, &format!("did:key:{multikey}#{multikey}"), "assertionMethod", created)
}

/// Checks one proof over a document; a `proof` member of the document itself is left out. The caller has resolved
/// `verificationMethod` to `public`.
pub fn verify(
    document: &Value,
    proof: &Value,
    public: &[u8; 32],
    purpose: &str,
    now: Moment,
) -> Result<(), ProofError> {
    let members = proof.as_object().ok_or(ProofError::Malformed("it is not an object"))?;
    check_options(members, purpose, now)?;
    if let Some(context) = members.get("@context") {
        // Section 3.3.2, step 4: the document's context begins with the proof's.
        if !context_begins_with(document.get("@context"), context) {
            return Err(ProofError::Malformed("its context is not the document's"));
        }
    }
    let value = members
        .get("proofValue")
        .and_then(Value::as_str)
        .ok_or(ProofError::Malformed("proofValue is missing"))?;
    let signature =
        multi::from_multibase(value).ok_or(ProofError::Malformed("proofValue is not base58btc"))?;
    let mut options = members.clone();
    options.remove("proofValue");
    let data = hash_data(document, &Value::Object(options))?;
    if keys::verify(public, &data, &signature) { Ok(()) } else { Err(ProofError::BadSignature) }
}

/// The verification method named by a proof.
pub fn method(proof: &Value) -> Result<&str, ProofError> {
    proof
        .get("verificationMethod")
        .and_then(Value::as_str)
        .ok_or(ProofError::Malformed("verificationMethod is missing"))
}

fn check_options(proof: &Map<String, Value>, purpose: &str, now: Moment) -> Result<(), ProofError> {
    let text = |name: &str| proof.get(name).and_then(Value::as_str);
    if text("type") != Some("DataIntegrityProof") || text("cryptosuite") != Some("eddsa-jcs-2022") {
        return Err(ProofError::WrongSuite);
    }
    if text("proofPurpose") != Some(purpose) {
        return Err(ProofError::WrongPurpose);
    }
    for name in ["created", "expires"] {
        let Some(value) = proof.get(name) else { continue };
        let time = value.as_str().and_then(|text| text.parse::<jiff::Timestamp>().ok());
        let time = time.ok_or(ProofError::Malformed("a time is not written as 2026-01-31T12:00:00Z"))?;
        if name == "expires" && time.as_microsecond() < now.0 {
            return Err(ProofError::Expired);
        }
    }
    Ok(())
}

fn context_begins_with(document: Option<&Value>, proof: &Value) -> bool {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_else(|| vec![value.clone()]);
    document.is_some_and(|context| list(context).starts_with(&list(proof)))
}

/// Section 3.3.4: the hash of the options, then the hash of the document.
fn hash_data(document: &Value, options: &Value) -> Result<Vec<u8>, ProofError> {
    let mut unsecured = document.clone();
    if let Some(members) = unsecured.as_object_mut() {
        members.remove("proof");
    }
    let canonical =
        |value: &Value| jcs(value).ok_or(ProofError::Malformed("it holds a number that JSON cannot write"));
    Ok([sha256(&canonical(options)?), sha256(&canonical(&unsecured)?)].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Moment = Moment(1_790_000_000_000_000);

    fn signed() -> (Value, Value, Key) {
        let key = Key::from_seed(&[5; 32]);
        let document =
            json!({"@context": ["https://www.w3.org/ns/credentials/v2"], "claim": "bakes bread", "n": 3});
        let proof = create_with_did_key(&document, &key, NOW).unwrap();
        (document, proof, key)
    }

    fn check(document: &Value, proof: &Value, key: &Key) -> Result<(), ProofError> {
        verify(document, proof, &key.public(), "assertionMethod", NOW)
    }

    #[test]
    fn a_proof_holds_for_its_document_and_no_other() {
        let (mut document, proof, key) = signed();
        assert_eq!(check(&document, &proof, &key), Ok(()));
        assert_eq!(check(&document, &proof, &Key::from_seed(&[6; 32])), Err(ProofError::BadSignature));
        document["claim"] = "bakes cakes".into();
        assert_eq!(check(&document, &proof, &key), Err(ProofError::BadSignature));
    }

    #[test]
    fn whatever_stands_in_the_proof_is_signed_too() {
        let (document, proof, key) = signed();
        for (name, value, refusal) in [
            ("cryptosuite", "eddsa-rdfc-2022", ProofError::WrongSuite),
            ("type", "Ed25519Signature2020", ProofError::WrongSuite),
            ("proofPurpose", "authentication", ProofError::WrongPurpose),
            ("created", "2020-01-01T00:00:00Z", ProofError::BadSignature),
            ("domain", "elsewhere.example", ProofError::BadSignature),
            ("expires", "2020-01-01T00:00:00Z", ProofError::Expired),
            ("created", "yesterday", ProofError::Malformed("a time is not written as 2026-01-31T12:00:00Z")),
            ("@context", "https://evil.example", ProofError::Malformed("its context is not the document's")),
        ] {
            let mut altered = proof.clone();
            altered[name] = value.into();
            assert_eq!(check(&document, &altered, &key), Err(refusal), "{name}");
        }
    }

    #[test]
    fn the_example_of_the_specification_verifies() {
        // vc-di-eddsa 1.0, test vectors for eddsa-jcs-2022: the signed Alumni Credential.
        let document = json!({
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
            "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
            "type": ["VerifiableCredential", "AlumniCredential"],
            "name": "Alumni Credential",
            "description": "A minimum viable example of an Alumni Credential.",
            "issuer": "https://vc.example/issuers/5678",
            "validFrom": "2023-01-01T00:00:00Z",
            "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"}
        });
        let key = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2";
        let proof = json!({
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-jcs-2022",
            "created": "2023-02-24T23:36:38Z",
            "verificationMethod": format!("https://vc.example/issuers/5678#{key}"),
            "proofPurpose": "assertionMethod",
            "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
            "proofValue": "z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4"
        });
        let public = multi::from_multikey(key).unwrap();
        assert_eq!(verify(&document, &proof, &public, "assertionMethod", NOW), Ok(()));
    }
}
