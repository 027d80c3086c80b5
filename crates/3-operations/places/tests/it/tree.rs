//! Choosing towns, adding streets, finding them again, merging what is the same.

use planet_ontology::relevance::Relevance::{Country, District, Neighbourhood, Street, Town};
use planet_places::{
    PlaceError, add, ancestors, children, ensure_town, find, home, merge, reach, set_home, tree,
};
use planet_store::{Store, both_engines, sql};

use crate::{NOW, agent, frome, place, refusal, town};

both_engines! { planet_places::MIGRATIONS;
    async fn a_town_that_is_chosen_brings_its_district_and_country(store: Store) {
        store.write(|tx| {
            let real = planet_places::gazetteer::search("Frome", Some("GB"), 1).remove(0);
            for _ in 0..2 {
                let id = ensure_town(tx, &real)?;
                assert_eq!(ancestors(tx, id)?.line(Street), "Frome, Somerset, United Kingdom");
            }
            ensure_town(tx, &town("SG", None, "Singapore"))?;
            let (count,): (i64,) = tx.one(sql!("SELECT count(*) FROM places"), &[])?;
            assert_eq!(count, 5, "only places in use are kept");
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn a_street_is_made_once_however_it_is_spelt(store: Store) {
        store.write(|tx| {
            let frome = ensure_town(tx, &frome())?;
            let trinity = add(tx, frome, Neighbourhood, "Trinity", NOW, place(1))?;
            let first = add(tx, trinity.id, Street, "  St. John’s   Road ", NOW, place(2))?;
            let again = add(tx, trinity.id, Street, "saint johns road", NOW, place(3))?;
            assert_eq!((first.id, &*first.name), (place(2), "St. John’s Road"));
            assert_eq!(again, first);
            let elsewhere = add(tx, frome, Street, "St John's Road", NOW, place(4))?;
            assert_eq!(elsewhere.id, place(4), "another street, outside that neighbourhood");
            let line = ancestors(tx, first.id)?.line(Street);
            assert_eq!(line, "St. John’s Road, Trinity, Frome, Somerset, GB");
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn two_neighbours_who_add_their_street_at_the_same_moment_get_one_street(store: Store) {
        let frome = store.write(|tx| ensure_town(tx, &frome())).await.unwrap();
        let (first, second) = tokio::join!(
            store.write(move |tx| add(tx, frome, Street, "Vallis Way", NOW, place(1))),
            store.write(move |tx| add(tx, frome, Street, "vallis way", NOW, place(2))),
        );
        assert_eq!(first.unwrap(), second.unwrap());
    }

    async fn members_make_neighbourhoods_and_streets_and_nothing_else(store: Store) {
        store.write(|tx| {
            let frome = frome();
            let id = ensure_town(tx, &frome)?;
            let trinity = add(tx, id, Neighbourhood, "Trinity", NOW, place(1))?.id;
            let road = add(tx, trinity, Street, "Broadway", NOW, place(2))?.id;
            for (parent, kind, name, code) in [
                (frome.country.id, Street, "Broadway", "place_kind_wrong"),
                (frome.country.id, Town, "Utopia", "place_kind_wrong"),
                (id, Town, "Utopia", "place_kind_wrong"),
                (id, Country, "Utopia", "place_kind_wrong"),
                (trinity, Neighbourhood, "Broadway", "place_kind_wrong"),
                (road, Street, "Broadway", "place_kind_wrong"),
                (place(9), Street, "Broadway", "place_unknown"),
                (id, Street, " … ", "name_missing"),
                (id, Street, "", "name_missing"),
                (id, Street, "Broad\u{7}way", "name_missing"),
                (id, Street, &"x".repeat(tree::NAME_LENGTH + 1), "name_too_long"),
            ] {
                assert_eq!(refusal(add(tx, parent, kind, name, NOW, place(3))), code, "{kind:?} {name}");
            }
            let longest = "ü".repeat(tree::NAME_LENGTH);
            assert_eq!(add(tx, id, Street, &longest, NOW, place(3))?.name, longest);
            assert_eq!(refusal(ancestors(tx, place(9))), "place_unknown");
            let (count,): (i64,) = tx.one(sql!("SELECT count(*) FROM places"), &[])?;
            assert_eq!(count, 6, "refusals leave no trace");
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn typing_the_beginning_of_a_word_finds_the_street(store: Store) {
        store.write(|tx| {
            let (frome, wells) = (ensure_town(tx, &frome())?, ensure_town(tx, &town("GB", Some("Somerset"), "Wells"))?);
            let trinity = add(tx, frome, Neighbourhood, "Trinity", NOW, place(1))?.id;
            let made = [(frome, "Vallis Way"), (trinity, "Vallis Road"), (trinity, "Broadway"), (wells, "Vallis Close")];
            for ((parent, name), n) in made.into_iter().zip(2..) {
                add(tx, parent, Street, name, NOW, place(n))?;
            }
            let mut names = |within, kind, text| {
                let found = children(tx, within, kind, text).unwrap();
                found.into_iter().map(|place| place.name).collect::<Vec<_>>().join(", ")
            };
            assert_eq!(names(frome, Street, "VALL"), "Vallis Road, Vallis Way");
            assert_eq!(names(trinity, Street, "vall"), "Vallis Road");
            assert_eq!(names(frome, Street, "wa"), "Vallis Way");
            assert_eq!(names(frome, Street, ""), "Broadway, Vallis Road, Vallis Way");
            assert_eq!(names(frome, Street, "%"), "Broadway, Vallis Road, Vallis Way");
            assert_eq!(names(frome, Neighbourhood, "t"), "Trinity");
            assert_eq!(names(frome, Street, "allis"), "");
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }

    async fn merging_keeps_everybody_reached(store: Store) {
        store.write(|tx| {
            let frome = ensure_town(tx, &frome())?;
            let [trinity, twin] = ["Trinity", "Trinity Quarter"].map(|name| (name, frome));
            let trinity = add(tx, trinity.1, Neighbourhood, trinity.0, NOW, place(1))?.id;
            let twin = add(tx, twin.1, Neighbourhood, twin.0, NOW, place(2))?.id;
            let broadway = add(tx, trinity, Street, "Broadway", NOW, place(3))?.id;
            let broadway_twin = add(tx, twin, Street, "The Broadway", NOW, place(4))?.id;
            let same_name = add(tx, twin, Street, "broadway", NOW, place(5))?.id;
            for (n, home) in (1..).zip([broadway, broadway_twin, same_name, twin]) {
                set_home(tx, agent(n), home, Town, NOW)?;
            }

            assert_eq!(refusal(merge(tx, broadway, trinity)), "merge_wrong");
            assert_eq!(refusal(merge(tx, frome, trinity)), "merge_wrong");
            merge(tx, twin, trinity)?;
            merge(tx, broadway_twin, broadway)?;
            merge(tx, broadway_twin, broadway)?;

            for n in [1, 2, 3] {
                assert_eq!(home(tx, agent(n))?.map(|home| home.place), Some(broadway), "member {n}");
                let reach = reach(tx, agent(n))?;
                for written_for in [broadway, broadway_twin, same_name, trinity, twin, frome] {
                    assert!(reach.contains(&written_for), "member {n} no longer reads what was for {written_for}");
                }
            }
            assert_eq!(home(tx, agent(4))?.map(|home| home.place), Some(trinity));
            assert_eq!(find(tx, same_name)?.map(|place| place.id), Some(broadway));
            assert_eq!(children(tx, frome, Street, "")?.len(), 1);
            assert_eq!(add(tx, twin, Street, "BROADWAY", NOW, place(6))?.id, broadway, "added to what it became");
            assert!(ancestors(tx, broadway_twin)?.at(District).is_some());

            let lane = add(tx, trinity, Street, "Broadway Lane", NOW, place(7))?.id;
            merge(tx, broadway, lane)?;
            for merged in [broadway, broadway_twin, same_name] {
                assert_eq!(find(tx, merged)?.map(|place| place.id), Some(lane));
                assert!(reach(tx, agent(1))?.contains(&merged));
            }
            Ok::<_, PlaceError>(())
        }).await.unwrap();
    }
}
