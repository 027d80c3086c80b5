//! Proof of payment: both sides have it, it is a promise first and a proof within a second, and it tells no more than one may know.

use crate::club::{ADA, BAKERY, BEN, CLEO, NOW, at, call, club, key, migrations, pay, refused};
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_identity::keys::Key;
use planet_ontology::ids::{MemberId, TransferId};
use planet_ontology::units::{Amount, Moment};
use planet_store::{Store, both_engines};
use planet_wallet::acts::annotate::Annotate;
use planet_wallet::acts::pay::Pay;
use planet_wallet::receipt::{Checked, credential, verify};
use planet_wallet::views::{Proof, ProofView};

async fn proof(
    corridor: &Corridor,
    by: MemberId,
    transfer: TransferId,
    of: Option<&str>,
) -> Result<ProofView, Fault> {
    let viewer = corridor.viewer(by).await.unwrap();
    corridor.view(&viewer, Proof { transfer, of: of.map(str::to_owned) }, NOW).await
}

fn checked(view: &ProofView) -> Checked {
    let key = Key::from_seed(&key().key.to_bytes());
    let receipt = credential(view, "Club", "https://club.example", &key, NOW).unwrap();
    verify(&receipt.to_string(), Some(&key.public()), NOW).unwrap()
}

both_engines! { migrations();

    async fn both_sides_can_prove_a_payment(store: Store) {
        let corridor = club(&store).await;
        pay(&corridor, call(BEN), ADA, 10, "another").await;
        let bread = pay(&corridor, call(ADA), BEN, 1_250, "bread").await;
        let promise = checked(&proof(&corridor, ADA, bread, None).await.unwrap());
        assert_eq!((promise.logged, promise.amount.as_str()), (None, "12.50 ACORNS"));
        // Whoever names a payment at the same moment has not made it.
        let note = Annotate { transfer: bread, wallet: None, category: "food".into(), note: String::new() };
        corridor.act(call(ADA), note).await.unwrap();
        corridor.settle(&key(), NOW).await.unwrap();
        for n in 0..300 {
            pay(&corridor, at(BEN, Moment(NOW.0 + n)), CLEO, 1, "later").await;
        }
        corridor.settle(&key(), NOW).await.unwrap();
        let mine = proof(&corridor, ADA, bread, None).await.unwrap();
        let bens = proof(&corridor, BEN, bread, None).await.unwrap();
        let logged = checked(&mine).logged.unwrap();
        assert!(logged.1 > 300, "{logged:?}");
        assert_eq!(checked(&bens).logged, Some(logged));
        // The line tells Ada's balance after it: that is for Ada.
        assert!(checked(&mine).opened && !checked(&bens).opened);
        assert_eq!(refused(proof(&corridor, CLEO, bread, None).await), "transfer_unknown");
        assert_eq!(refused(proof(&corridor, ADA, TransferId(uuid::Uuid::from_u128(9)), None).await), "transfer_unknown");
    }

    async fn payments_that_were_written_together_are_proven_apart(store: Store) {
        let corridor = club(&store).await;
        let tasks: Vec<_> = (0..20)
            .map(|n| {
                let corridor = corridor.clone();
                tokio::spawn(async move { pay(&corridor, call(if n % 2 == 0 { ADA } else { BEN }), CLEO, n + 1, "together").await })
            })
            .collect();
        let mut transfers = Vec::new();
        for task in tasks {
            transfers.push(task.await.unwrap());
        }
        corridor.settle(&key(), NOW).await.unwrap();
        for transfer in transfers {
            let view = proof(&corridor, CLEO, transfer, None).await.unwrap();
            assert!(checked(&view).logged.is_some());
            assert!(view.receipt.entry.opened.is_none());
        }
    }

    async fn who_pays_for_a_group_can_prove_it_and_its_members_can_too(store: Store) {
        let corridor = club(&store).await;
        pay(&corridor, call(BEN), BAKERY, 500, "loaves").await;
        let act = Pay { to: BEN.into(), amount: Amount(100), memo: "flour".into(), from: Some(BAKERY.into()), currency: None };
        let flour = corridor.act(call(CLEO), act).await.unwrap().output.unwrap().transfer;
        let treasurers = proof(&corridor, CLEO, flour, None).await.unwrap();
        assert!(checked(&treasurers).opened, "she did it");
        let stewards = proof(&corridor, ADA, flour, None).await.unwrap();
        assert_eq!((checked(&stewards).opened, stewards.payer.name.as_str()), (false, "Bakery"));
    }
}
