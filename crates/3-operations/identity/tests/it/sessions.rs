//! Being signed in: on several devices, with tokens that change.

use crate::{NOW, ada, at, bob};
use planet_identity::rows::{Token, sessions as rows};
use planet_identity::{IdentityError, MIGRATIONS};
use planet_ontology::ids::{AgentId, SessionId};
use planet_store::{Store, both_engines};

fn id(n: u128) -> SessionId {
    SessionId(uuid::Uuid::from_u128(n))
}

async fn open(store: &Store, n: u8, agent: AgentId) {
    let token = Token::new([n; 32]);
    store.write(move |tx| rows::open(tx, id(n.into()), agent, &token, "phone", NOW)).await.unwrap();
}

async fn find(store: &Store, n: u8, seconds: i64) -> Option<rows::Session> {
    let hash = Token::new([n; 32]).hash();
    store.read(move |tx| rows::find(tx, &hash, at(seconds))).await.unwrap()
}

async fn rotate(store: &Store, old: u8, new: u8, seconds: i64) -> Result<bool, IdentityError> {
    let (hash, new) = (Token::new([old; 32]).hash(), Token::new([new; 32]));
    store.write(move |tx| rows::rotate(tx, &hash, &new, at(seconds))).await
}

both_engines! { MIGRATIONS;
    async fn a_session_lasts_until_it_expires(store: Store) {
        open(&store, 1, ada()).await;
        assert_eq!(find(&store, 1, 10).await.unwrap().agent, ada());
        assert!(find(&store, 1, rows::LIFETIME - 1).await.is_some());
        assert!(find(&store, 1, rows::LIFETIME).await.is_none());
        assert!(find(&store, 2, 10).await.is_none());
        assert_eq!(store.write(|tx| rows::sweep(tx, at(rows::LIFETIME))).await.unwrap(), 1);
    }

    async fn an_exchanged_token_is_good_for_a_minute_more(store: Store) {
        open(&store, 1, ada()).await;
        assert!(!find(&store, 1, 10).await.unwrap().wants_rotation(at(10)));
        assert!(find(&store, 1, 10).await.unwrap().wants_rotation(at(rows::ROTATE_AFTER)));
        assert!(rotate(&store, 1, 2, 100).await.unwrap());
        assert_eq!(find(&store, 2, 100).await.unwrap().id, id(1));
        assert_eq!(find(&store, 2, 100).await.unwrap().expires, at(100 + rows::LIFETIME));
        assert!(find(&store, 1, 159).await.is_some(), "a request may be on its way");
        assert!(!rotate(&store, 1, 3, 120).await.unwrap(), "the second of two requests keeps the first one's token");
        assert!(find(&store, 3, 120).await.is_none());
        assert!(find(&store, 1, 160).await.is_none());
        assert!(matches!(rotate(&store, 1, 4, 200).await, Err(IdentityError::SessionUnknown)));
    }

    async fn somebody_signs_out_here_or_everywhere(store: Store) {
        for n in 1..=3 {
            open(&store, n, ada()).await;
        }
        open(&store, 9, bob()).await;
        let end = |agent, n| store.write(move |tx| rows::end(tx, agent, id(n)));
        assert!(matches!(end(bob(), 1).await, Err(IdentityError::SessionUnknown)), "only the owner can");
        end(ada(), 1).await.unwrap();
        assert!(find(&store, 1, 1).await.is_none());
        store.write(|tx| rows::seen(tx, id(3), at(50))).await.unwrap();
        let listed = store.read(|tx| rows::of(tx, ada(), at(60))).await.unwrap();
        assert_eq!(listed.iter().map(|s| s.id).collect::<Vec<_>>(), [id(3), id(2)]);
        assert_eq!(store.write(|tx| rows::end_all(tx, ada(), Some(id(2)))).await.unwrap(), 1);
        assert!(find(&store, 2, 1).await.is_some() && find(&store, 3, 1).await.is_none());
        assert_eq!(store.write(|tx| rows::end_all(tx, ada(), None)).await.unwrap(), 1);
        assert!(find(&store, 9, 1).await.is_some(), "others stay signed in");
    }
}
