//! The short form of a receipt for paper: a link whose QR whoever holds the paper can follow. It says the same and is signed too, so
//! that the page behind it needs no database and tells nothing that is not on the paper.

use super::credential::TYPE;
use crate::export::plain_amount;
use crate::views::ProofView;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use planet_identity::keys::Key;
use serde::{Deserialize, Serialize};

/// How much of the memo fits, in characters: a code must stay readable on paper.
const MEMO: usize = 60;

/// What the link says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The transfer.
    #[serde(rename = "t")]
    pub transfer: String,
    /// When, RFC 3339.
    #[serde(rename = "w")]
    pub paid: String,
    /// Who paid.
    #[serde(rename = "f")]
    pub payer: String,
    /// Who was paid.
    #[serde(rename = "o")]
    pub payee: String,
    /// How much, with the currency's short name.
    #[serde(rename = "a")]
    pub amount: String,
    /// What for, shortened.
    #[serde(rename = "m")]
    pub memo: String,
}

impl From<&ProofView> for Said {
    fn from(view: &ProofView) -> Self {
        let mut memo: String = view.memo.chars().take(MEMO).collect();
        if memo.len() < view.memo.len() {
            memo.push('\u{2026}');
        }
        Self {
            transfer: view.transfer.to_string(),
            paid: view.at.rfc3339(),
            payer: view.payer.name.clone(),
            payee: view.payee.name.clone(),
            amount: format!("{} {}", plain_amount(view.amount, view.money.decimals), view.money.code),
            memo,
        }
    }
}

/// What is signed: the type of the receipt, a line feed, and the text as it stands in the link.
fn signed_bytes(text: &str) -> Vec<u8> {
    format!("{TYPE}\n{text}").into_bytes()
}

/// The path and query of the link.
pub fn link(said: &Said, key: &Key) -> String {
    // A struct of texts can always be written.
    let text = URL_SAFE_NO_PAD.encode(serde_json::to_vec(said).unwrap_or_default());
    let signature = URL_SAFE_NO_PAD.encode(key.sign(&signed_bytes(&text)));
    format!("/receipts?paid={text}&signed={signature}")
}

/// What a link says, if the club signed it.
pub fn read_link(paid: &str, signed: &str, key: &Key) -> Option<Said> {
    let signature = URL_SAFE_NO_PAD.decode(signed).ok()?;
    if !key.verify(&signed_bytes(paid), &signature) {
        return None;
    }
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(paid).ok()?).ok()
}
