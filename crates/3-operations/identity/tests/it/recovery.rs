//! Coming back with a recovery code: one half authenticates, each code works once.

use crate::{NOW, ada, at, bob};
use planet_identity::encoding::sha256;
use planet_identity::rows::recovery::{self as rows, NewCode};
use planet_identity::{IdentityError, MIGRATIONS};
use planet_ontology::ids::AgentId;
use planet_store::{Store, both_engines};

fn half(series: u8, number: u8) -> [u8; 10] {
    std::array::from_fn(|i| if i == 0 { series } else { number })
}

fn codes(series: u8) -> Vec<NewCode> {
    let code = |number: u8| NewCode {
        number: number.into(),
        auth_hash: sha256(&half(series, number)),
        wrapped: vec![number; 60],
    };
    (0..10).map(code).collect()
}

async fn replace(store: &Store, agent: AgentId, codes: Vec<NewCode>) -> Result<(), IdentityError> {
    store.write(move |tx| rows::replace(tx, agent, &codes, NOW)).await
}

async fn show(store: &Store, half: Vec<u8>) -> Result<rows::Shown, IdentityError> {
    store.read(move |tx| rows::show(tx, &half)).await
}

both_engines! { MIGRATIONS;
    async fn a_code_brings_a_member_back_once(store: Store) {
        replace(&store, ada(), codes(1)).await.unwrap();
        replace(&store, bob(), codes(2)).await.unwrap();
        let shown = show(&store, half(1, 3).to_vec()).await.unwrap();
        assert_eq!((shown.agent, shown.number, shown.wrapped[0]), (ada(), 3, 3));
        assert!(show(&store, half(1, 3).to_vec()).await.is_ok(), "a reloaded page begins again");
        store.write(|tx| rows::spend(tx, ada(), 3, at(1))).await.unwrap();
        assert!(matches!(store.write(|tx| rows::spend(tx, ada(), 3, at(2))).await, Err(IdentityError::RecoveryCodeInvalid)));
        assert!(matches!(show(&store, half(1, 3).to_vec()).await, Err(IdentityError::RecoveryCodeInvalid)));
        assert_eq!(store.read(|tx| rows::left(tx, ada())).await.unwrap(), 9);
        assert_eq!(store.read(|tx| rows::left(tx, bob())).await.unwrap(), 10);
    }

    async fn new_codes_end_the_old_ones(store: Store) {
        replace(&store, ada(), codes(1)).await.unwrap();
        replace(&store, ada(), codes(2)).await.unwrap();
        assert!(show(&store, half(1, 0).to_vec()).await.is_err());
        assert!(show(&store, half(2, 0).to_vec()).await.is_ok());
    }

    async fn a_wrong_half_learns_nothing(store: Store) {
        replace(&store, ada(), codes(1)).await.unwrap();
        for wrong in [vec![], vec![9; 10], half(1, 3)[..9].to_vec(), sha256(&half(1, 3)).to_vec()] {
            let refused = show(&store, wrong).await.unwrap_err();
            assert_eq!(refused.code(), "recovery_code_invalid");
        }
    }

    async fn a_broken_set_of_codes_changes_nothing(store: Store) {
        replace(&store, ada(), codes(1)).await.unwrap();
        let mut short = codes(2);
        short.pop();
        let mut twice = codes(2);
        twice[1].auth_hash = twice[0].auth_hash;
        let mut misnumbered = codes(2);
        misnumbered[9].number = 8;
        let mut odd = codes(2);
        odd[5].wrapped = vec![0; 59];
        for bad in [short, twice, misnumbered, odd, Vec::new()] {
            assert!(matches!(replace(&store, ada(), bad).await, Err(IdentityError::VaultMalformed)));
            assert!(show(&store, half(1, 0).to_vec()).await.is_ok());
        }
    }
}
