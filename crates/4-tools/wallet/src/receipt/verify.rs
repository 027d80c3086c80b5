//! Checking a receipt without a node and without a network. What a key is worth is the reader's question: compare it with the one that
//! the club shows.

use super::credential::TYPE;
use planet_corridor::event::Entry;
use planet_corridor::receipt::{Receipt, ReceiptError};
use planet_identity::multi;
use planet_identity::proof::{self, ProofError};
use planet_ontology::units::{Amount, Moment};
use serde::Deserialize;
use serde_json::Value;

/// What a receipt that holds says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The club that signed it, as it calls itself.
    pub club: String,
    /// Its address, as it says.
    pub url: String,
    /// The key, as multikey.
    pub key: String,
    /// Who paid.
    pub payer: String,
    /// Who was paid.
    pub payee: String,
    /// How much, with the currency's short name.
    pub amount: String,
    /// When, RFC 3339.
    pub paid: String,
    /// What for.
    pub memo: String,
    /// The transfer, as `urn:uuid:…`.
    pub transfer: String,
    /// Position in the log and size of the checkpoint; nothing while it is a promise.
    pub logged: Option<(u64, u64)>,
    /// Whether the line of the log was shown, and says the same.
    pub opened: bool,
}

/// Why a receipt is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptRefused {
    /// Not a receipt at all.
    #[error("This is not a receipt for a payment: {0}.")]
    NotAReceipt(String),
    /// By another key than the one that was given.
    #[error("This receipt is signed by another key than the club's.")]
    OtherKey,
    /// The issuer names another key than the one that signed.
    #[error("The receipt says that one key issued it, and another has signed it.")]
    OtherIssuer,
    /// The signature does not hold.
    #[error("The receipt does not hold: {0}. It was altered, or the club never signed it.")]
    Signature(#[from] ProofError),
    /// The way to the log does not hold.
    #[error("The receipt does not hold. {0}")]
    Log(#[from] ReceiptError),
    /// The line of the log is about something else.
    #[error("The line of the log that comes with the receipt speaks of another payment.")]
    OtherPayment,
}

#[derive(Deserialize)]
struct Sent {
    #[serde(rename = "type")]
    types: Vec<String>,
    issuer: Issuer,
    #[serde(rename = "credentialSubject")]
    subject: Subject,
    proof: Value,
}

#[derive(Deserialize)]
struct Issuer {
    id: String,
    name: String,
    url: String,
}

#[derive(Deserialize)]
struct Subject {
    id: String,
    payer: Named,
    payee: Named,
    amount: String,
    currency: Unit,
    memo: String,
    paid: String,
    inclusion: Receipt,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
struct Unit {
    code: String,
    decimals: u8,
}

/// A movement of value as the log tells it.
#[derive(Deserialize)]
struct Moved {
    transfer: String,
    amount: Amount,
}

/// Checks a receipt, by the club's key or, without one, by the key that the receipt names.
pub fn verify(text: &str, expected: Option<&[u8; 32]>, now: Moment) -> Result<Checked, ReceiptRefused> {
    let not = |error: serde_json::Error| ReceiptRefused::NotAReceipt(error.to_string());
    let document: Value = serde_json::from_str(text).map_err(not)?;
    let sent = Sent::deserialize(&document).map_err(not)?;
    if !sent.types.iter().any(|word| word == TYPE) {
        return Err(ReceiptRefused::NotAReceipt(format!("its type is not {TYPE}")));
    }
    let unnamed = ReceiptRefused::Signature(ProofError::Malformed("verificationMethod is not a did:key"));
    let multikey = multi::from_verification_method(proof::method(&sent.proof)?).ok_or(unnamed.clone())?;
    let public = multi::from_multikey(multikey).ok_or(unnamed)?;
    if expected.is_some_and(|expected| *expected != public) {
        return Err(ReceiptRefused::OtherKey);
    }
    if sent.issuer.id != multi::did_key(&public) {
        return Err(ReceiptRefused::OtherIssuer);
    }
    proof::verify(&document, &sent.proof, &public, "assertionMethod", now)?;
    let key = ed25519_dalek::VerifyingKey::from_bytes(&public).map_err(|_| ProofError::BadSignature)?;
    let (subject, issuer) = (sent.subject, sent.issuer);
    let checkpoint = subject.inclusion.check(&key)?;
    let opened = match &subject.inclusion.entry.opened {
        Some(opened) => {
            same_payment(&opened.line, &subject).then_some(true).ok_or(ReceiptRefused::OtherPayment)?
        }
        None => false,
    };
    let position = subject.inclusion.log.as_ref().map(|log| log.position);
    Ok(Checked {
        club: issuer.name,
        url: issuer.url,
        key: multikey.to_owned(),
        payer: subject.payer.name,
        payee: subject.payee.name,
        amount: format!("{} {}", subject.amount, subject.currency.code),
        paid: subject.paid,
        memo: subject.memo,
        transfer: subject.id,
        logged: position.zip(checkpoint.map(|checkpoint| checkpoint.size)),
        opened,
    })
}

/// Whether a line of the log moves what the receipt says.
fn same_payment(line: &str, subject: &Subject) -> bool {
    let Ok(entry) = serde_json::from_str::<Entry>(line) else { return false };
    let amount = Amount::parse(&subject.amount, subject.currency.decimals).ok();
    entry
        .effects
        .iter()
        .filter_map(|effect| Moved::deserialize(effect.get("moved")?).ok())
        .any(|moved| format!("urn:uuid:{}", moved.transfer) == subject.id && Some(moved.amount) == amount)
}
