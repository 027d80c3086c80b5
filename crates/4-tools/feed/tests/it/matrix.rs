//! Who sees what: every relevance × pairs of homes × follows or not × near me or following; and every kind of audience ×
//! every kind of viewer × every list. The expectations are the rules as they are written, said anew.

use crate::club::{ADA, BEN, Club, NOW, club, make_circle, migrations, new, refused, saying, settle};
use planet_corridor::agents;
use planet_corridor::look::Viewer;
use planet_feed::acts::{Follow, Post};
use planet_feed::views::{ByAuthor, ByTag, Following, Near, Read};
use planet_ontology::ids::{AudienceId, CircleId, GroupId, MemberId, PostId};
use planet_ontology::relevance::Relevance;
use planet_ontology::roles::{Mode, Role, Standing};
use planet_places::PlaceError;
use planet_store::{Store, both_engines};
use uuid::Uuid;

type Address = [&'static str; 5];

/// Homes of all sorts: [street, neighbourhood, town, district, country].
const HOMES: [(&str, Address); 9] = [
    ("same street", ["Castle Street", "Trinity", "Frome", "Somerset", "GB"]),
    ("next street", ["Selwood Road", "Trinity", "Frome", "Somerset", "GB"]),
    ("other neighbourhood", ["Mount Road", "The Mount", "Frome", "Somerset", "GB"]),
    ("street of that name elsewhere in town", ["Castle Street", "", "Frome", "Somerset", "GB"]),
    ("same town, no more", ["", "", "Frome", "Somerset", "GB"]),
    ("other town", ["Castle Street", "Trinity", "Wells", "Somerset", "GB"]),
    ("no district", ["Castle Street", "", "Lundy", "", "GB"]),
    ("other country", ["Castle Street", "", "Frome", "", "AU"]),
    ("undeclared", ["", "", "", "", ""]),
];

fn resident(n: usize) -> MemberId {
    MemberId(Uuid::from_u128(0x1000 + u128::try_from(n).unwrap()))
}

/// Whom a post reaches, by the rule as it is written.
fn reaches(author: Address, level: Relevance, reader: Address) -> bool {
    let asked = Relevance::ALL.iter().position(|each| *each == level).unwrap();
    let used = (asked..5).find(|at| !author[*at].is_empty());
    used.is_none_or(|used| author[used..] == reader[used..])
}

async fn titles(club: &Club, reader: MemberId) -> [Vec<String>; 2] {
    [club.titles(reader, Following::default()).await, club.titles(reader, Near::default()).await]
}

both_engines! { migrations();

    async fn relevance_homes_and_follows_decide_what_a_list_shows(store: Store) {
        let club = club(&store).await;
        let handles: Vec<String> = (0..HOMES.len()).map(|n| format!("resident-{n}")).collect();
        store.write(move |tx| {
            for (n, (name, address)) in HOMES.into_iter().enumerate() {
                agents::create_member(tx, resident(n), &new(&handles[n], name), Role::Member, None)?;
                settle(tx, resident(n), address)?;
            }
            Ok::<_, PlaceError>(())
        }).await.unwrap();
        let mut shown = [0; 3];
        for (a, (author, from)) in HOMES.into_iter().enumerate() {
            // Each author writes once for every level, for neighbours and not; readers follow every second author.
            for level in Relevance::ALL {
                for to_neighbours in [true, false] {
                    let title = format!("{author}/{}/{to_neighbours}", level.word());
                    let result = club.act(resident(a), Post { to_neighbours, ..saying(&title, level) }).await;
                    assert_eq!(result.is_err(), author == "undeclared" && level != Relevance::World, "{title}");
                }
            }
            for (r, (reader, to)) in HOMES.into_iter().enumerate() {
                let follows = (a + r) % 2 == 1;
                if follows {
                    club.act(resident(r), Follow { agent: resident(a).into() }).await.unwrap();
                }
                let [following, near] = titles(&club, resident(r)).await;
                let tagged = club.titles(resident(r), ByTag { tag: "bins".into(), before: None }).await;
                for level in Relevance::ALL {
                    let written = author != "undeclared" || level == Relevance::World;
                    for to_neighbours in [true, false] {
                        let title = format!("{author}/{}/{to_neighbours}", level.word());
                        let reached = written && reaches(from, level, to);
                        let for_world = from.iter().skip(Relevance::ALL.iter().position(|it| *it == level).unwrap()).all(|it| it.is_empty());
                        let expected = [
                            reached && (follows || a == r),
                            reached && to_neighbours && !for_world,
                            written,
                        ];
                        let seen = [&following, &near, &tagged].map(|list| list.contains(&title));
                        assert_eq!(seen, expected, "{title} to {reader}, who follows: {follows}");
                        expected.iter().zip(&mut shown).for_each(|(yes, count)| *count += i32::from(*yes));
                    }
                }
            }
            for post in club.view(ADA, ByTag { tag: "bins".into(), before: None }).await.unwrap().items {
                club.act(resident(a), planet_feed::acts::Remove { post: post.id, comment: None }).await.unwrap();
            }
        }
        assert!(shown.iter().all(|count| *count > 100), "{shown:?}: the table says something");
    }

    async fn an_audience_decides_who_may_see_a_post_wherever_it_is_looked_for(store: Store) {
        let club = club(&store).await;
        let [group, circle] = [GroupId(Uuid::from_u128(0x61)), GroupId(Uuid::from_u128(0x62))];
        let circle = CircleId(circle.0);
        let [member, suspended, left, grouped, circled] = [0, 1, 2, 3, 4].map(resident);
        let handles: Vec<String> = (0..5).map(|n| format!("viewer-{n}")).collect();
        store.write(move |tx| {
            agents::create_group(tx, group, &new("choir", "Choir"), Mode::Chat, false)?;
            for (n, handle) in handles.iter().enumerate() {
                agents::create_member(tx, resident(n), &new(handle, handle), Role::Member, None)?;
                settle(tx, resident(n), HOMES[0].1)?;
            }
            agents::set_standing(tx, suspended.into(), Standing::Suspended)?;
            agents::set_standing(tx, left.into(), Standing::Left)?;
            agents::set_role(tx, ADA.into(), group, Role::Member, NOW)?;
            agents::set_role(tx, grouped.into(), group, Role::Member, NOW)?;
            make_circle(tx, circle, ADA, &[circled])
        }).await.unwrap();
        for n in 0..5 {
            club.act(resident(n), Follow { agent: ADA.into() }).await.unwrap();
        }
        // The viewers: guest, member, suspended, left, in the group, in the circle, the author.
        for (audience, expected) in [
            (AudienceId::PUBLIC, "x x x x x x x"),
            (AudienceId::CLUB, ". x x . x x x"),
            (AudienceId::from(group), ". . . . x . x"),
            (AudienceId::from(circle), ". . . . . x x"),
            (AudienceId::from(ADA), ". . . . . . x"),
        ] {
            let post = Post { audience, ..saying(&audience.to_string(), Relevance::Town) };
            let id = club.act(ADA, post).await.unwrap().post;
            let mut row = vec![seen_by(&club, None, id).await];
            for viewer in [member, suspended, left, grouped, circled, ADA] {
                row.push(seen_by(&club, Some(viewer), id).await);
            }
            assert_eq!(row.join(" "), expected, "{audience}");
        }
    }

    async fn an_author_who_left_the_group_still_finds_the_post_and_may_remove_it(store: Store) {
        let club = club(&store).await;
        let garden = crate::club::GARDEN;
        let id = club.act(ADA, Post { audience: garden.into(), ..saying("Digging", Relevance::World) }).await.unwrap().post;
        store.write(move |tx| agents::set_role(tx, ADA.into(), garden, Role::None, NOW)).await.unwrap();
        let seen = club.view(ADA, Read { id, after: None }).await.unwrap();
        assert!(seen.may_edit && seen.may_remove);
        assert_eq!(club.titles(ADA, Following::default()).await, Vec::<String>::new());
        club.act(ADA, planet_feed::acts::Remove { post: id, comment: None }).await.unwrap();
        assert_eq!(refused(club.view(BEN, Read { id, after: None }).await).code, "post_unknown");
    }
}

/// `x` if a viewer finds a post wherever it could be looked for, `.` if nowhere; else the places where it is found.
async fn seen_by(club: &Club, viewer: Option<MemberId>, id: PostId) -> String {
    let viewer = match viewer {
        Some(member) => club.corridor.viewer(member).await.unwrap(),
        None => Viewer::guest(),
    };
    let mut found = Vec::new();
    let has = |posts: planet_feed::views::Posts| posts.items.iter().any(|item| item.id == id);
    found.push(club.corridor.view(&viewer, Read { id, after: None }, NOW).await.is_ok());
    let by = club.corridor.view(&viewer, ByAuthor { handle: "ada".into(), before: None }, NOW).await;
    found.push(by.is_ok_and(|works| has(works.posts)));
    found.push(has(club
        .corridor
        .view(&viewer, ByTag { tag: "bins".into(), before: None }, NOW)
        .await
        .unwrap()));
    if viewer.actor.member().is_some() {
        found.push(has(club.corridor.view(&viewer, Following::default(), NOW).await.unwrap()));
        found.push(has(club.corridor.view(&viewer, Near::default(), NOW).await.unwrap().posts));
        let tagged = Near { tag: Some("bins".into()), ..Near::default() };
        found.push(has(club.corridor.view(&viewer, tagged, NOW).await.unwrap().posts));
        let home = club
            .corridor
            .look(&viewer, NOW, |look| planet_feed::latest(look.tx, look.viewer, 5))
            .await
            .unwrap();
        found.push(home.following.iter().any(|item| item.id == id));
        found.push(home.near.iter().any(|item| item.id == id));
    }
    match (found.iter().all(|it| *it), found.iter().any(|it| *it)) {
        (true, _) => "x".into(),
        (_, false) => ".".into(),
        _ => format!("{found:?}"),
    }
}
