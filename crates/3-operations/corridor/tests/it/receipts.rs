//! Receipts for events: a promise before sealing, a proof after it, in logs of any size; and files that come along with an act.

use crate::wall::{NOW, Pin, call, corridor, migrations};
use ed25519_dalek::SigningKey;
use planet_corridor::receipt::{Receipt, ReceiptError, find, receipt};
use planet_corridor::refusal::Fault;
use planet_corridor::sealer::LogKey;
use planet_ontology::units::Moment;
use planet_store::{Store, both_engines};

fn key() -> LogKey {
    LogKey { origin: "club.example".into(), key: SigningKey::from_bytes(&[3; 32]) }
}

async fn receipt_for(store: &Store, text: &'static str) -> Option<Receipt> {
    let read = store.read(move |tx| {
        let Some((event, number)) = find(tx, text, NOW, |_| true)? else { return Ok(None) };
        receipt(tx, &event, number).map(Some)
    });
    read.await.map_err(|fault: Fault| fault.to_string()).unwrap()
}

fn check(receipt: &Receipt) -> Result<Option<u64>, ReceiptError> {
    Ok(receipt.check(&key().key.verifying_key())?.map(|checkpoint| checkpoint.size))
}

both_engines! { migrations();

    async fn a_receipt_is_a_promise_until_the_event_is_sealed(store: Store) {
        let corridor = corridor(&store).await;
        corridor.act(call(1), Pin { text: "first of all".into() }).await.unwrap();
        let promise = receipt_for(&store, "first of all").await.unwrap();
        assert_eq!(check(&promise), Ok(None));
        corridor.settle(&key(), NOW).await.unwrap();
        let proof = receipt_for(&store, "first of all").await.unwrap();
        assert_eq!(check(&proof), Ok(Some(1)));
        assert_eq!(promise.commitment, proof.commitment, "what was promised is what is there");
        assert!(receipt_for(&store, "never said").await.is_none());
        let late = store.read(|tx| find(tx, "first of all", Moment(NOW.0 + 61 * Moment::SECOND), |_| true)).await.unwrap();
        assert!(late.is_none(), "it is looked for only around its time");
        let other = store.read(|tx| find(tx, "first of all", NOW, |entry| entry.act == "wall.burn@1")).await.unwrap();
        assert!(other.is_none(), "to hold the text is not enough");
    }

    async fn every_place_in_a_long_log_is_proven(store: Store) {
        let corridor = corridor(&store).await;
        let mut sealed = 0;
        for size in [1_u128, 2, 255, 256, 257, 600] {
            for n in sealed..size {
                let text = if n == 100 { "the hundredth".to_owned() } else { format!("note {n}") };
                corridor.act(call(n), Pin { text }).await.unwrap();
            }
            sealed = size;
            corridor.settle(&key(), NOW).await.unwrap();
            let last: &'static str = format!("\"note {}\"", size - 1).leak();
            for text in ["\"note 0\"", last] {
                let receipt = receipt_for(&store, text).await.unwrap();
                assert_eq!(check(&receipt), Ok(Some(u64::try_from(size).unwrap())), "{text} of {size}");
            }
        }
        let old = receipt_for(&store, "the hundredth").await.unwrap();
        assert_eq!(check(&old), Ok(Some(600)));
    }

    async fn a_receipt_that_was_altered_does_not_hold(store: Store) {
        let corridor = corridor(&store).await;
        for n in 0..5 {
            corridor.act(call(n), Pin { text: format!("note {n}") }).await.unwrap();
        }
        corridor.settle(&key(), NOW).await.unwrap();
        let whole = receipt_for(&store, "note 2").await.unwrap();
        assert!(whole.entry.opened.as_ref().unwrap().line.contains("note 2"));
        let altered = |alter: &dyn Fn(&mut Receipt)| {
            let mut receipt = whole.clone();
            alter(&mut receipt);
            check(&receipt).unwrap_err()
        };
        let line = |receipt: &mut Receipt| {
            let opened = receipt.entry.opened.as_mut().unwrap();
            opened.line = opened.line.replace("note 2", "note 9");
        };
        assert_eq!(altered(&line), ReceiptError::LineAltered);
        assert_eq!(altered(&|it| it.entry.commitment = "00".repeat(32)), ReceiptError::LineAltered);
        assert_eq!(altered(&|it| it.commitment = "00".repeat(32)), ReceiptError::NotInEvent);
        assert_eq!(altered(&|it| it.commitment = "short".into()), ReceiptError::Malformed("commitment"));
        assert_eq!(altered(&|it| it.log.as_mut().unwrap().position += 1), ReceiptError::NotInLog);
        let other = |it: &mut Receipt| {
            let log = it.log.as_mut().unwrap();
            log.checkpoint = log.checkpoint.replace("club.example", "evil.example");
        };
        assert_eq!(altered(&other), ReceiptError::CheckpointNotSigned);
        assert!(check(&whole.closed()).is_ok(), "and without its line it still holds");
    }
}
