//! Declaring a home, saying less or more of it, moving, and what others see.

use planet_ontology::ids::PlaceId;
use planet_ontology::relevance::Relevance::{Country, District, Neighbourhood, Street, Town, World};
use planet_ontology::units::Moment;
use planet_places::{PlaceError, add, clear_home, ensure_town, home, homes, reach, set_home, shown};
use planet_store::{Store, Tx, both_engines};

use crate::{NOW, agent, days_later, frome, place, refusal, town};

/// Frome, its neighbourhood Trinity, two streets there, and Wells.
fn somerset(tx: &mut Tx) -> Result<[PlaceId; 5], PlaceError> {
    let (frome, wells) =
        (ensure_town(tx, &frome())?, ensure_town(tx, &town("GB", Some("Somerset"), "Wells"))?);
    let trinity = add(tx, frome, Neighbourhood, "Trinity", NOW, place(1))?.id;
    let castle = add(tx, trinity, Street, "Castle Street", NOW, place(2))?.id;
    let selwood = add(tx, trinity, Street, "Selwood Road", NOW, place(3))?.id;
    Ok([frome, trinity, castle, selwood, wells])
}

/// How many moves the first agent has left, found out by making them.
fn moves_left(tx: &mut Tx, between: [PlaceId; 2], now: Moment) -> usize {
    let attempts = between.iter().cycle().take(10);
    attempts.take_while(|place| set_home(tx, agent(1), **place, Town, now).is_ok()).count()
}

both_engines! { planet_places::MIGRATIONS;
    async fn saying_where_you_live_and_then_more_exactly_is_no_move(store: Store) {
        store.write(|tx| {
            let [frome, trinity, castle, selwood, _] = somerset(tx)?;
            assert_eq!((home(tx, agent(1))?, reach(tx, agent(1))?), (None, vec![]));
            for (place, shared) in [(frome, Town), (trinity, Town), (castle, Town), (castle, Street)] {
                let set = set_home(tx, agent(1), place, shared, NOW)?;
                assert_eq!(home(tx, agent(1))?, Some(set));
                assert_eq!((set.place, set.shared, set.changed_at), (place, shared, NOW));
            }
            assert_eq!(moves_left(tx, [selwood, castle], NOW), homes::MOVES);
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn saying_less_is_free_but_another_street_afterwards_is_a_move(store: Store) {
        store.write(|tx| {
            let [frome, trinity, castle, selwood, wells] = somerset(tx)?;
            for place in [castle, trinity, frome] {
                set_home(tx, agent(1), place, Town, NOW)?;
            }
            set_home(tx, agent(1), selwood, Town, NOW)?;
            assert_eq!(moves_left(tx, [wells, frome], NOW), homes::MOVES - 1);
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn who_moves_to_another_town_may_say_the_street_there(store: Store) {
        store.write(|tx| {
            let [frome, trinity, castle, _, wells] = somerset(tx)?;
            for place in [wells, frome, trinity, castle] {
                set_home(tx, agent(1), place, Town, NOW)?;
            }
            assert_eq!(moves_left(tx, [wells, frome], NOW), homes::MOVES - 1);
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn nobody_moves_more_than_three_times_a_year(store: Store) {
        store.write(|tx| {
            let [frome, _, castle, selwood, wells] = somerset(tx)?;
            set_home(tx, agent(1), wells, Town, NOW)?;
            for (day, place) in [(10, castle), (20, selwood), (30, wells)] {
                set_home(tx, agent(1), place, Town, days_later(day))?;
            }
            let before = home(tx, agent(1))?;
            let refused = set_home(tx, agent(1), frome, Town, days_later(374)).unwrap_err();
            assert_eq!(refused, PlaceError::MovedTooOften { again: days_later(375) });
            assert_eq!(
                refused.to_string(),
                "You have changed your home 3 times within a year. So that nobody can look into every street in turn, \
                 the next change is possible from 2027-11-28."
            );
            assert_eq!(home(tx, agent(1))?, before, "a refusal leaves no trace");
            set_home(tx, agent(1), wells, World, days_later(374))?;
            assert_eq!(home(tx, agent(1))?.map(|home| home.shared), Some(World), "showing less is always possible");
            set_home(tx, agent(1), frome, Town, days_later(375))?;
            assert_eq!(refusal(set_home(tx, agent(1), wells, Town, days_later(376))), "moved_too_often");
            set_home(tx, agent(2), frome, Town, days_later(376))?;
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn a_home_can_be_withdrawn_which_does_not_give_the_moves_back(store: Store) {
        store.write(|tx| {
            let [frome, _, castle, selwood, wells] = somerset(tx)?;
            clear_home(tx, agent(1), NOW)?;
            set_home(tx, agent(1), castle, Town, NOW)?;
            clear_home(tx, agent(1), NOW)?;
            assert_eq!((home(tx, agent(1))?, reach(tx, agent(1))?), (None, vec![]));
            set_home(tx, agent(1), selwood, Town, NOW)?;
            assert_eq!(moves_left(tx, [wells, frome], NOW), homes::MOVES - 1);
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn a_home_has_to_be_a_place(store: Store) {
        store.write(|tx| {
            assert_eq!(refusal(set_home(tx, agent(1), place(9), Town, NOW)), "place_unknown");
            assert_eq!(home(tx, agent(1))?, None);
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn one_agent_who_declares_two_homes_at_once_has_one(store: Store) {
        let [frome, .., wells] = store.write(somerset).await.unwrap();
        let (first, second) = tokio::join!(
            store.write(move |tx| set_home(tx, agent(1), frome, Town, NOW)),
            store.write(move |tx| set_home(tx, agent(1), wells, Town, NOW)),
        );
        let home = store.read(|tx| home(tx, agent(1))).await.unwrap().unwrap();
        assert!([first.unwrap(), second.unwrap()].contains(&home));
    }

    async fn others_see_no_more_than_is_shared(store: Store) {
        store.write(|tx| {
            let [frome, _, castle, ..] = somerset(tx)?;
            let singapore = ensure_town(tx, &town("SG", None, "Singapore"))?;
            let alley = add(tx, singapore, Street, "Haji Lane", NOW, place(8))?.id;
            for (home, shared, seen) in [
                (castle, Street, "Castle Street, Trinity, Frome, Somerset, GB"),
                (castle, Neighbourhood, "Trinity, Frome, Somerset, GB"),
                (castle, Town, "Frome, Somerset, GB"),
                (castle, District, "Somerset, GB"),
                (castle, Country, "GB"),
                (castle, World, ""),
                (frome, Street, "Frome, Somerset, GB"),
                (alley, Neighbourhood, "Singapore, SG"),
                (alley, District, "SG"),
            ] {
                let line = shown(tx, home, shared)?.map(|seen| seen.line(Street)).unwrap_or_default();
                assert_eq!(line, seen, "{shared:?}");
            }
            assert_eq!(shown(tx, castle, World)?, None);
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }
}
