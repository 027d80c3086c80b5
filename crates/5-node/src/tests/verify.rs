//! What `planet verify` says when somebody alters the books behind the club's back.

use super::street::{ADA, BEN, NOW, Street, by};
use crate::house;
use crate::verify::check;
use ed25519_dalek::SigningKey;
use planet_corridor::sealer::LogKey;
use planet_ontology::ids::TransferId;
use planet_ontology::units::Amount;
use planet_store::{Sql, Store, both_engines, sql};
use planet_wallet::acts::pay::Pay;

fn key() -> LogKey {
    LogKey { origin: "localhost:7700".into(), key: SigningKey::from_bytes(&[3; 32]) }
}

/// What is wrong, with the log and with the books.
async fn problems(store: &Store) -> Vec<String> {
    let public = key().key.verifying_key();
    let (log, ledger) = store.read(move |tx| check(tx, &public, None)).await.unwrap();
    [log.problems, ledger.problems].concat()
}

async fn alter(store: &Store, change: Sql, transfer: TransferId) {
    assert_eq!(store.write(move |tx| tx.exec(change, &[&transfer])).await.unwrap(), 1);
}

both_engines! { house::migrations();

    async fn a_transfer_that_was_altered_is_named_with_what_was(store: Store) {
        let street = Street::new(&store).await;
        let pay = |amount| Pay { to: BEN.into(), amount: Amount(amount), memo: "bread".into(), from: None, currency: None };
        let mut paid = Vec::new();
        for amount in [300, 400, 500] {
            paid.push(street.corridor.act(by(ADA), pay(amount)).await.unwrap().output.unwrap().transfer);
        }
        street.corridor.settle(&key(), NOW).await.unwrap();
        assert_eq!(problems(&store).await, Vec::<String>::new());
        let middle = paid[1];
        for (what, there, back) in [
            ("the note", sql!("UPDATE transfers SET memo = 'butter' WHERE id = ?1"), sql!("UPDATE transfers SET memo = 'bread' WHERE id = ?1")),
            ("the amount", sql!("UPDATE transfers SET amount = amount + 1 WHERE id = ?1"), sql!("UPDATE transfers SET amount = amount - 1 WHERE id = ?1")),
            ("the time", sql!("UPDATE transfers SET at = at + 1 WHERE id = ?1"), sql!("UPDATE transfers SET at = at - 1 WHERE id = ?1")),
        ] {
            alter(&store, there, middle).await;
            let said = format!("Transfer {middle} was altered: {what} is not what the event says.");
            let found = problems(&store).await;
            assert!(found.contains(&said), "{what}: {found:?}");
            assert!(!found.iter().any(|it| it.starts_with(&format!("Transfer {} was altered", paid[0]))), "{found:?}");
            alter(&store, back, middle).await;
            assert_eq!(problems(&store).await, Vec::<String>::new());
        }
        alter(&store, sql!("DELETE FROM transfers WHERE id = ?1"), middle).await;
        let found = problems(&store).await;
        assert!(found.contains(&format!("The events speak of transfer {middle}, which is missing.")), "{found:?}");
    }
}
