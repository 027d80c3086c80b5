//! Founding: whole, or not at all; once.

use crate::club::migrations;
use crate::club::{NOW, agent, at, call, counts, founded, founding, open, person, refused, wait};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::rules;
use planet_identity::rows::{did_logs, vaults};
use planet_membership::acts::Found;
use planet_membership::rows::clubs;
use planet_ontology::ids::{GroupId, PlaceId};
use planet_ontology::roles::Role;
use planet_store::{Store, both_engines, sql};

both_engines! { migrations();
    async fn a_club_begins_with_its_founder(store: Store) {
        let (corridor, ada) = founded(&store).await;
        let founder = agent(&corridor, ada).await.unwrap();
        assert_eq!((founder.name.as_str(), founder.handle.as_str()), ("Ada Okafor", "ada-okafor"));
        assert_eq!(founder.founder_until, Some(at(90 * 86_400)));
        assert_eq!(agent(&corridor, GroupId::CLUB).await.unwrap().name, "Elm Street Co-op");
        let role = store.read(move |tx| agents::role(tx, ada.into(), GroupId::CLUB)).await.unwrap();
        assert_eq!(role, Role::Steward);
        let club = store.read(clubs::find).await.unwrap().unwrap();
        assert_eq!((club.joined, club.unit.as_str(), club.purpose.as_str()), (1, "Hours", "We bake and mend."));
        assert_eq!(store.read(move |tx| clubs::number_of(tx, ada)).await.unwrap(), Some(1));
        let (version, bundle) = store.read(rules::in_force).await.unwrap().unwrap();
        assert_eq!((version, bundle.kit.as_str()), (1, "worker-co-op"));
        let did = store.read(move |tx| did_logs::of(tx, ada.into())).await.unwrap().unwrap();
        assert!(did.did.ends_with(":club.example:people:ada7"), "{}", did.did);
        assert!(!did.held_by_node);
        assert_eq!(store.read(move |tx| vaults::of(tx, ada.into())).await.unwrap().version, 1);
        let home = store.read(move |tx| planet_places::home(tx, ada.into())).await.unwrap().unwrap();
        assert_eq!(home.place, crate::club::frome());
        assert_eq!(counts(&corridor).await, (1, 1, 2), "the founder and the club have accounts");
    }

    async fn a_second_founder_comes_too_late(store: Store) {
        let (corridor, _) = founded(&store).await;
        let before = counts(&corridor).await;
        let arrival = wait(&corridor, person("eve", NOW), NOW).await;
        let second = Found { club: "Another Club".into(), ..founding(arrival) };
        let (code, sentence) = refused(corridor.act(call(Actor::Guest), second).await);
        assert_eq!(code, "founded_already");
        assert_eq!(sentence, "This club has been founded already. Ask a member for an invitation.");
        assert_eq!(counts(&corridor).await, before);
        assert_eq!(agent(&corridor, GroupId::CLUB).await.unwrap().name, "Elm Street Co-op");
    }

    async fn of_two_founders_at_once_one_founds(store: Store) {
        let corridor = open(&store).await;
        let mut tasks = Vec::new();
        for path in ["one", "two"] {
            let arrival = wait(&corridor, person(path, NOW), NOW).await;
            let corridor = corridor.clone();
            tasks.push(tokio::spawn(async move { corridor.act(call(Actor::Guest), founding(arrival)).await }));
        }
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap().map_or_else(|fault| refused::<()>(Err(fault)).0, |_| "done".into()));
        }
        outcomes.sort();
        assert_eq!(outcomes, ["done", "founded_already"]);
        assert_eq!(counts(&corridor).await.0, 1);
    }

    async fn a_founding_that_is_refused_leaves_nothing_behind(store: Store) {
        let corridor = open(&store).await;
        let arrival = wait(&corridor, person("ada7", NOW), NOW).await;
        let good = founding(arrival);
        let elsewhere = Found { place: PlaceId(uuid::Uuid::nil()), ..good.clone() };
        for (wrong, code, sentence) in [
            (Found { club: "  ".into(), ..good.clone() }, "club_missing", "Please write the club's name."),
            (Found { club: "x".repeat(81), ..good.clone() }, "club_too_long", "Please keep the club's name to 80 characters."),
            (Found { name: String::new(), ..good.clone() }, "name_missing", "Please write the name."),
            (Found { symbol: "elephants".into(), ..good.clone() }, "symbol_too_long", "Please keep a symbol for the credit to 8 characters."),
            (Found { accent: "pink".into(), ..good.clone() }, "accent_unknown", "Choose one of the colours on the list."),
            (Found { bundle: serde_json::json!({}), ..good.clone() }, "kit_unknown", "Choose one of the sets of rules on the list."),
            (elsewhere, "place_unknown", "This place is not known here. Type the first letters and choose a town from the list."),
        ] {
            assert_eq!(refused(corridor.act(call(Actor::Guest), wrong).await), (code.into(), sentence.into()));
            assert_eq!(counts(&corridor).await, (0, 0, 0));
            assert_eq!(store.read(clubs::find).await.unwrap(), None);
            assert!(store.read(rules::in_force).await.unwrap().is_none());
        }
        // The same arrival is still good: a mistyped field costs no second passkey.
        corridor.act(call(Actor::Guest), good).await.unwrap();
        let (credit,) = store.read(|tx| tx.one::<(String,)>(sql!("SELECT symbol FROM credits"), &[])).await.unwrap();
        assert_eq!(credit, "Hours h");
    }
}
