//! Where members live: as far as they say, in places that members name.

use crate::club::{agent, at, call, call_at, founded, frome, migrations, refused};
use planet_corridor::actor::Actor;
use planet_corridor::corridor::Corridor;
use planet_membership::acts::{AddPlace, Rename, SetHome};
use planet_membership::views::{HomeView, MyHome};
use planet_ontology::ids::{MemberId, PlaceId};
use planet_ontology::relevance::Relevance;
use planet_store::{Store, both_engines, sql};

async fn home(corridor: &Corridor, member: MemberId) -> HomeView {
    let viewer = corridor.viewer(member).await.unwrap();
    corridor.view(&viewer, MyHome {}, at(0)).await.unwrap()
}

async fn places(corridor: &Corridor) -> i64 {
    let count = sql!("SELECT count(*) FROM places");
    corridor.store().read(move |tx| tx.one::<(i64,)>(count, &[])).await.unwrap().0
}

both_engines! { migrations();
    async fn a_member_says_as_much_as_they_like(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let act = SetHome { place: Some(frome()), neighbourhood: "Trinity".into(), street: " Catherine  Hill ".into(), shared: Relevance::Neighbourhood };
        corridor.act(call(Actor::Member(ada)), act.clone()).await.unwrap();
        let seen = home(&corridor, ada).await;
        assert_eq!((seen.neighbourhood.as_str(), seen.street.as_str()), ("Trinity", "Catherine Hill"));
        assert_eq!(seen.shown, "Trinity, Frome, Somerset, United Kingdom");
        let before = places(&corridor).await;
        let spelt = SetHome { street: "catherine hill".into(), neighbourhood: "TRINITY".into(), ..act };
        corridor.act(call_at(Actor::Member(ada), at(1)), spelt).await.unwrap();
        assert_eq!(places(&corridor).await, before, "the same street is not made twice");
        let nothing = SetHome { place: None, neighbourhood: String::new(), street: String::new(), shared: Relevance::World };
        corridor.act(call_at(Actor::Member(ada), at(2)), nothing).await.unwrap();
        assert_eq!(home(&corridor, ada).await.place, None);
    }

    async fn a_home_that_cannot_be_is_refused(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let before = (places(&corridor).await, home(&corridor, ada).await.town);
        let good = SetHome { place: Some(frome()), neighbourhood: String::new(), street: String::new(), shared: Relevance::Town };
        for (wrong, code) in [
            (SetHome { place: Some(PlaceId(uuid::Uuid::nil())), ..good.clone() }, "place_unknown"),
            (SetHome { place: None, street: "Elm Street".into(), ..good.clone() }, "town_missing"),
            (SetHome { street: "x".repeat(61), neighbourhood: "Trinity".into(), ..good.clone() }, "name_too_long"),
            (SetHome { street: "—".into(), ..good.clone() }, "name_missing"),
        ] {
            assert_eq!(refused(corridor.act(call(Actor::Member(ada)), wrong).await).0, code);
            assert_eq!((places(&corridor).await, home(&corridor, ada).await.town), before);
        }
    }

    async fn nobody_adds_a_thousand_streets(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let street = |nth: i64| AddPlace { parent: frome(), kind: Relevance::Street, name: format!("Street {nth}") };
        for nth in 0..20 {
            corridor.act(call(Actor::Member(ada)), street(nth)).await.unwrap();
        }
        let before = places(&corridor).await;
        assert_eq!(refused(corridor.act(call(Actor::Member(ada)), street(20)).await).1, "You have added 20 places today. Please go on tomorrow.");
        assert_eq!(places(&corridor).await, before);
        corridor.act(call(Actor::Member(ada)), street(3)).await.unwrap();
        corridor.act(call_at(Actor::Member(ada), at(86_400)), street(20)).await.unwrap();
        let town = AddPlace { kind: Relevance::Town, ..street(21) };
        assert_eq!(refused(corridor.act(call(Actor::Member(ada)), town).await).0, "place_kind_wrong");
    }

    async fn a_new_name_keeps_the_handle(store: Store) {
        let (corridor, ada) = founded(&store).await;
        corridor.act(call(Actor::Member(ada)), Rename { name: "Ada Lovelace".into() }).await.unwrap();
        assert_eq!(refused(corridor.act(call(Actor::Member(ada)), Rename { name: " ".into() }).await).0, "name_missing");
        let agent = agent(&corridor, ada).await.unwrap();
        assert_eq!((agent.name.as_str(), agent.handle.as_str()), ("Ada Lovelace", "ada-okafor"));
    }
}
