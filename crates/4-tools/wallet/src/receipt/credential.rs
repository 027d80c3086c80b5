//! Making the receipt: a verifiable credential (VCDM 2.0) with an `eddsa-jcs-2022` proof by the club's key.

use crate::export::plain_amount;
use crate::views::{Party, ProofView};
use planet_identity::keys::Key;
use planet_identity::proof::{self, ProofError};
use planet_ontology::units::Moment;
use serde_json::{Value, json};

/// The first context of the credential; the second is the club's own, with the words of PLANET.
pub const CONTEXT: &str = "https://www.w3.org/ns/credentials/v2";
/// The type of the credential, beside `VerifiableCredential`.
pub const TYPE: &str = "PaymentReceipt";

/// The receipt for a payment, signed. `club` is the club's name, `origin` its address.
pub fn credential(
    view: &ProofView,
    club: &str,
    origin: &str,
    key: &Key,
    now: Moment,
) -> Result<Value, ProofError> {
    let mut receipt = json!({
        "@context": [CONTEXT, format!("{origin}/context.jsonld")],
        "id": format!("urn:uuid:{}", view.transfer),
        "type": ["VerifiableCredential", TYPE],
        "issuer": { "id": key.did_key(), "name": club, "url": origin },
        "validFrom": view.at.rfc3339(),
        "credentialSubject": {
            "id": format!("urn:uuid:{}", view.transfer),
            "payer": party(&view.payer, origin),
            "payee": party(&view.payee, origin),
            "amount": plain_amount(view.amount, view.money.decimals),
            "currency": {
                "id": format!("urn:uuid:{}", view.money.id),
                "code": view.money.code,
                "name": view.money.name,
                "decimals": view.money.decimals,
            },
            "kind": view.kind,
            "memo": view.memo,
            "paid": view.at.rfc3339(),
            "inclusion": view.receipt,
        },
    });
    let signed = proof::create_with_did_key(&receipt, key, now)?;
    if let Some(members) = receipt.as_object_mut() {
        members.insert("proof".into(), signed);
    }
    Ok(receipt)
}

fn party(party: &Party, origin: &str) -> Value {
    let folder = if party.kind == "group" { "groups" } else { "people" };
    json!({
        "id": format!("urn:uuid:{}", party.id),
        "name": party.name,
        "url": format!("{origin}/{folder}/{}", party.handle),
    })
}
