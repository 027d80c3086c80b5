//! The directory: pages by name without gaps, places as far as they are shared, suggestions.

use crate::club::*;
use planet_corridor::agents::{self, NewAgent};
use planet_ontology::ids::{AudienceId, MemberId, PlaceId};
use planet_ontology::relevance::Relevance;
use planet_ontology::roles::{Role, Standing};
use planet_places::{Country, Division, Town};
use planet_profiles::views::{People, Person, Suggest};
use planet_store::{Error, Store, both_engines};
use std::collections::BTreeSet;
use uuid::Uuid;

fn frome() -> Town {
    let id = |n| PlaceId(Uuid::from_u128(n));
    Town {
        id: id(1),
        name: "Frome".into(),
        district: Some(Division { id: id(2), name: "Somerset".into() }),
        region: None,
        country: Country { id: id(3), code: "GB".into(), name: "United Kingdom".into() },
    }
}

both_engines! { migrations();

    async fn the_directory_has_everybody_once_page_by_page(store: Store) {
        let corridor = club(&store).await;
        set_standing(&store, LEE, Standing::Left).await;
        store
            .write(|tx| {
                for n in 0..120_u128 {
                    let (id, handle) = (MemberId(Uuid::from_u128(0x1_0000 + n)), format!("kim-{n}"));
                    agents::create_member(tx, id, &NewAgent { handle: &handle, name: "Kim", now: NOW }, Role::Member, None)?;
                }
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
        let ben = corridor.viewer(BEN).await.unwrap();
        let (mut handles, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = corridor.view(&ben, People { q: None, after: after.take() }, NOW).await.unwrap();
            handles.extend(page.people.into_iter().map(|it| it.handle));
            pages += 1;
            let Some(next) = page.next else { break };
            after = Some(next);
        }
        assert_eq!((pages, handles.len(), handles.iter().collect::<BTreeSet<_>>().len()), (3, 125, 125));
        assert!(!handles.contains(&"lee".to_owned()) && !handles.contains(&"bakery".to_owned()));
    }

    async fn people_are_found_by_name_handle_and_skill(store: Store) {
        let corridor = club(&store).await;
        say(&corridor, ADA, detail("skill", "Bicycle repair", AudienceId::CLUB)).await;
        say(&corridor, ADA, detail("phone", "01373 1234", AudienceId::CLUB)).await;
        let ben = corridor.viewer(BEN).await.unwrap();
        for (text, expected) in
            [("bicycle", "ada"), (" ADA ", "ada"), ("@ada", "ada"), ("1373", ""), ("%", "ada ben cat gil lee sue"), ("zebra", "")]
        {
            let found = corridor.view(&ben, People { q: Some(text.into()), after: None }, NOW).await.unwrap();
            let handles: Vec<String> = found.people.iter().map(|it| it.handle.clone()).collect();
            assert_eq!(handles.join(" "), expected, "{text}");
        }
        let found = corridor.view(&ben, People { q: Some("ada".into()), after: None }, NOW).await.unwrap();
        assert_eq!(found.people[0].finds, ["Bicycle repair"]);
        assert_eq!(code(corridor.view(&ben, People { q: None, after: Some("nobody".into()) }, NOW).await), "member_unknown");
    }

    async fn suggestions_are_for_members(store: Store) {
        let corridor = club(&store).await;
        set_standing(&store, LEE, Standing::Left).await;
        for (member, expected) in [(Some(BEN), Ok("cat")), (Some(LEE), Err("members_only")), (None, Err("not_signed_in"))] {
            let viewer = viewer(&corridor, member).await;
            let found = corridor.view(&viewer, Suggest { q: "@CA".into() }, NOW).await;
            match expected {
                Ok(handle) => assert_eq!(found.unwrap().iter().map(|it| it.handle.as_str()).collect::<Vec<_>>(), [handle]),
                Err(wrong) => assert_eq!(code(found), wrong),
            }
        }
    }

    async fn a_home_is_shown_to_the_club_as_far_as_it_is_shared(store: Store) {
        let corridor = club(&store).await;
        say(&corridor, ADA, detail("skill", "baking", AudienceId::PUBLIC)).await;
        for (shared, expected) in [
            (Relevance::Town, Some("Frome, Somerset, United Kingdom")),
            (Relevance::Country, Some("United Kingdom")),
            (Relevance::World, None),
        ] {
            store
                .write(move |tx| {
                    let town = planet_places::ensure_town(tx, &frome()).unwrap();
                    planet_places::set_home(tx, ADA.into(), town, shared, NOW).unwrap();
                    Ok::<_, Error>(())
                })
                .await
                .unwrap();
            for (member, expected) in [(Some(BEN), expected), (None, None)] {
                let viewer = viewer(&corridor, member).await;
                let view = corridor.view(&viewer, Person { handle: "ada".into() }, NOW).await.unwrap();
                assert_eq!(view.place.as_deref(), expected, "{shared:?}");
            }
        }
    }
}
