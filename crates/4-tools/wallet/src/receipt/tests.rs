//! A receipt holds as it was signed, and whatever is altered in it is refused with a sentence.

use super::{ReceiptRefused, Said, credential, link, read_link, verify};
use crate::views::{Money, Party, ProofView};
use planet_corridor::event::{entry_commitment, entry_salt};
use planet_corridor::merkle::{leaf_hash, root};
use planet_corridor::receipt::{EntryProof, LogProof, Opened, Receipt};
use planet_corridor::sealer::Checkpoint;
use planet_identity::keys::Key;
use planet_ledger::{CurrencyKind, TransferKind};
use planet_ontology::hex;
use planet_ontology::ids::{AgentId, CurrencyId, EventId, TransferId};
use planet_ontology::units::{Amount, Moment};
use serde_json::{Value, json};
use uuid::Uuid;

const NOW: Moment = Moment(1_795_759_200_000_000);
const SEED: [u8; 32] = [1; 32];
const TRANSFER: Uuid = Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0007);

/// A line of the log, byte for byte: nobody writes it anew.
const LINE: &str = r#"{"actor":{"member":"00000000-0000-0000-0000-000000000ada"},"act":"wallet.pay@1","at":1795759200000000,"args":{},"outcome":{"done":{}},"rules":1,"policies":["wallet.own"],"effects":[{"moved":{"transfer":"018f0000-0000-7000-8000-000000000007","debit":"00000000-0000-0000-0000-000000000001","credit":"00000000-0000-0000-0000-000000000002","amount":1250}}]}"#;

fn party(n: u128, name: &str) -> Party {
    Party {
        id: AgentId(Uuid::from_u128(n)),
        name: name.into(),
        handle: name.to_lowercase(),
        kind: "member".into(),
    }
}

/// A payment in an event of one entry, which is the second of two events.
fn view(sealed: bool) -> ProofView {
    let event_salt = [7; 32];
    let salt = entry_salt(&event_salt, 0);
    let entry = entry_commitment(&salt, LINE);
    let event = leaf_hash(&entry);
    let first = leaf_hash(&[9; 32]);
    let checkpoint =
        Checkpoint { origin: "club.example".into(), size: 2, root: root(&[first, leaf_hash(&event)]) };
    let key = ed25519_dalek::SigningKey::from_bytes(&SEED);
    let log = LogProof { position: 1, checkpoint: checkpoint.sign(&key), path: vec![hex::encode(&first)] };
    ProofView {
        transfer: TransferId(TRANSFER),
        at: NOW,
        kind: TransferKind::Payment,
        memo: "bread".into(),
        amount: Amount(1250),
        money: Money {
            id: CurrencyId(Uuid::from_u128(5)),
            code: "ACORNS".into(),
            name: "Acorns".into(),
            symbol: "a".into(),
            decimals: 2,
            kind: CurrencyKind::MutualCredit,
            levy: 0,
        },
        payer: party(0xada, "Ada"),
        payee: party(0xbe0, "Ben"),
        receipt: Receipt {
            event: EventId(Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0008)),
            commitment: hex::encode(&event),
            entry: EntryProof {
                number: 0,
                of: 1,
                commitment: hex::encode(&entry),
                path: Vec::new(),
                opened: Some(Opened { salt: hex::encode(&salt), line: LINE.into() }),
            },
            log: sealed.then_some(log),
        },
    }
}

fn key() -> Key {
    Key::from_seed(&SEED)
}

fn receipt(sealed: bool) -> Value {
    credential(&view(sealed), "Club", "https://club.example", &key(), NOW).unwrap()
}

fn check(receipt: &Value) -> Result<super::Checked, ReceiptRefused> {
    verify(&receipt.to_string(), Some(&key().public()), NOW)
}

#[test]
fn a_receipt_is_a_promise_first_and_then_a_proof() {
    let promise = check(&receipt(false)).unwrap();
    assert_eq!((promise.logged, promise.opened), (None, true));
    let proof = check(&receipt(true)).unwrap();
    assert_eq!(proof.logged, Some((1, 2)));
    assert_eq!(
        (proof.payer.as_str(), proof.payee.as_str(), proof.amount.as_str()),
        ("Ada", "Ben", "12.50 ACORNS")
    );
}

#[test]
fn whatever_is_altered_is_refused() {
    let whole = receipt(true);
    let subject = "/credentialSubject";
    for (pointer, value) in [
        ("/amount", json!("1250.00")),
        ("/payer/name", json!("Eve")),
        ("/memo", json!("rent")),
        ("/paid", json!("2020-01-01T00:00:00Z")),
        ("/inclusion/event", json!(Uuid::from_u128(3))),
        ("/inclusion/commitment", json!("00".repeat(32))),
    ] {
        let mut altered = whole.clone();
        *altered.pointer_mut(&format!("{subject}{pointer}")).unwrap() = value;
        let sentence = check(&altered).unwrap_err().to_string();
        assert!(
            sentence.starts_with("The receipt does not hold: the signature does not match."),
            "{pointer}: {sentence}"
        );
    }
    let mut unsigned = whole.clone();
    unsigned.as_object_mut().unwrap().remove("proof");
    assert!(check(&unsigned).unwrap_err().to_string().starts_with("This is not a receipt for a payment"));
    assert!(verify("not even JSON", None, NOW).is_err());
}

/// What a club that lies could sign: its own signature holds, and the log gives it away.
#[test]
fn a_signature_over_a_false_way_to_the_log_is_refused_too() {
    let lie = |alter: &dyn Fn(&mut ProofView)| {
        let mut view = view(true);
        alter(&mut view);
        check(&credential(&view, "Club", "https://club.example", &key(), NOW).unwrap())
            .unwrap_err()
            .to_string()
    };
    let sentence = lie(&|view| view.receipt.entry.opened.as_mut().unwrap().line.push(' '));
    assert!(sentence.contains("line of the log was altered"), "{sentence}");
    let sentence = lie(&|view| view.amount = Amount(1251));
    assert!(sentence.contains("another payment"), "{sentence}");
    let sentence = lie(&|view| view.receipt.log.as_mut().unwrap().position = 0);
    assert!(sentence.contains("not in the log"), "{sentence}");
    let sentence = lie(&|view| {
        let log = view.receipt.log.as_mut().unwrap();
        log.checkpoint = log.checkpoint.replace("\n2\n", "\n3\n");
    });
    assert!(sentence.contains("not signed by the club's key"), "{sentence}");
    let sentence = lie(&|view| view.receipt.entry.of = 2);
    assert!(sentence.contains("not part of the event"), "{sentence}");
}

#[test]
fn another_key_is_not_the_clubs() {
    let other = Key::from_seed(&[2; 32]);
    let forged = credential(&view(false), "Club", "https://club.example", &other, NOW).unwrap();
    assert_eq!(check(&forged).unwrap_err(), ReceiptRefused::OtherKey);
    // Without the club's key the reader learns whose it is, and decides.
    assert_eq!(verify(&forged.to_string(), None, NOW).unwrap().key, other.multikey());
    let mut claimed = forged;
    claimed["issuer"]["id"] = key().did_key().into();
    assert_eq!(verify(&claimed.to_string(), None, NOW).unwrap_err(), ReceiptRefused::OtherIssuer);
}

#[test]
fn the_code_on_paper_says_the_same_and_cannot_be_made_by_others() {
    let said = Said::from(&view(true));
    let link = link(&said, &key());
    let (paid, signed) = link.strip_prefix("/receipts?paid=").unwrap().split_once("&signed=").unwrap();
    assert_eq!(read_link(paid, signed, &key()), Some(said.clone()));
    assert_eq!(read_link(paid, signed, &Key::from_seed(&[2; 32])), None);
    let altered = super::link(&Said { amount: "9999.00 ACORNS".into(), ..said }, &key());
    let altered =
        altered.strip_prefix("/receipts?paid=").unwrap().split_once("&signed=").unwrap().0.to_owned();
    assert_eq!(read_link(&altered, signed, &key()), None);
    assert_eq!(read_link("", "", &key()), None);
}

/// The test value of docs/protocols/receipts.md.
#[test]
fn the_published_receipt_verifies_and_is_what_we_would_sign() {
    let published = include_str!("../../../../../docs/protocols/receipt-v1.json");
    let checked = verify(published, Some(&key().public()), NOW).unwrap();
    assert_eq!((checked.logged, checked.opened), (Some((1, 2)), true));
    assert_eq!(serde_json::from_str::<Value>(published).unwrap(), receipt(true));
}
