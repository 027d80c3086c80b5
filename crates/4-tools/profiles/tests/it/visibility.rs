//! Who sees what: every kind of audience and every kind of viewer in one table, and nothing seeps through elsewhere.

use crate::club::*;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_ontology::ids::{AudienceId, CircleId, GroupId, MemberId};
use planet_ontology::roles::{Mode, Role, Standing};
use planet_profiles::acts::SetDetail;
use planet_profiles::views::{As, Mine, People, Person};
use planet_store::{Store, both_engines};
use std::fmt::Write as _;
use uuid::Uuid;

const CHOIR: GroupId = GroupId(Uuid::from_u128(0xc401));
const VALUES: [&str; 6] = ["for-all", "for-club", "for-group", "for-circle", "for-me", "for-former-group"];
const VIEWERS: [(&str, Option<MemberId>); 7] = [
    ("guest", None),
    ("stranger", Some(BEN)),
    ("suspended", Some(SUE)),
    ("left", Some(LEE)),
    ("in the group", Some(GIL)),
    ("in the circle", Some(CAT)),
    ("owner", Some(ADA)),
];

/// A row for each viewer, a column for each audience.
const MEMBERS_DETAILS: &str = "
guest         | for-all
stranger      | for-all for-club
suspended     | for-all for-club
left          | for-all
in the group  | for-all for-club for-group
in the circle | for-all for-club for-circle
owner         | for-all for-club for-group for-circle for-me for-former-group
";

const GROUPS_DETAILS: &str = "
guest         | for-all
stranger      | for-all for-club
suspended     | for-all for-club
left          | for-all
in the group  | for-all for-club for-group
in the circle | for-all for-club
owner         | for-all for-club for-group
";

/// Ada says something to each kind of audience, and has left the choir to which she said something too.
async fn furnished(store: &Store) -> (Corridor, CircleId) {
    let corridor = club(store).await;
    store
        .write(|tx| {
            let choir = agents::NewAgent { handle: "choir", name: "Choir", now: NOW };
            agents::create_group(tx, CHOIR, &choir, Mode::Chat, false)?;
            for member in [ADA, GIL] {
                agents::set_role(tx, member.into(), CHOIR, Role::Member, NOW)?;
            }
            agents::set_role(tx, LEE.into(), BAKERY, Role::Member, NOW)
        })
        .await
        .unwrap();
    let friends = circle(&corridor, ADA, "secret friends", &[CAT, LEE]).await;
    let audiences =
        [AudienceId::PUBLIC, AudienceId::CLUB, BAKERY.into(), friends.into(), ADA.into(), CHOIR.into()];
    for (value, audience) in VALUES.into_iter().zip(audiences) {
        say(&corridor, ADA, detail("skill", value, audience)).await;
    }
    store.write(|tx| agents::set_role(tx, ADA.into(), CHOIR, Role::None, NOW)).await.unwrap();
    set_standing(store, SUE, Standing::Suspended).await;
    set_standing(store, LEE, Standing::Left).await;
    (corridor, friends)
}

async fn table(corridor: &Corridor, handle: &str) -> String {
    let mut table = "\n".to_owned();
    for (name, member) in VIEWERS {
        let values = seen(corridor, member, handle).await.map_or_else(|code| code, |values| values.join(" "));
        writeln!(table, "{name:<13} | {values}").unwrap();
    }
    table
}

/// What a member of this line of a table sees.
fn expected(table: &str, name: &str) -> Vec<String> {
    let line = table.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_once('|').unwrap().1.split_whitespace().map(str::to_owned).collect()
}

both_engines! { migrations();

    async fn a_members_details_are_seen_by_their_audience_alone(store: Store) {
        let (corridor, _) = furnished(&store).await;
        assert_eq!(table(&corridor, "ada").await, MEMBERS_DETAILS);
    }

    async fn a_groups_details_are_seen_by_their_audience_alone(store: Store) {
        let (corridor, _) = furnished(&store).await;
        for (value, audience) in VALUES.into_iter().zip([AudienceId::PUBLIC, AudienceId::CLUB, BAKERY.into()]) {
            say(&corridor, GIL, SetDetail { of: Some(BAKERY.into()), ..detail("offer", value, audience) }).await;
        }
        assert_eq!(table(&corridor, "bakery").await, GROUPS_DETAILS);
    }

    async fn view_as_shows_exactly_what_the_other_sees(store: Store) {
        let (corridor, _) = furnished(&store).await;
        let ada = corridor.viewer(ADA).await.unwrap();
        for (eyes, name) in [
            ("guest", "guest"), ("club member", "stranger"), ("@ben", "stranger"), ("sue", "suspended"), ("lee", "left"),
            ("gil", "in the group"), ("cat", "in the circle"), ("ada", "owner"),
        ] {
            let view = corridor.view(&ada, As { handle: None, eyes: eyes.into() }, NOW).await.unwrap();
            let sees: Vec<String> = view.sees.unwrap().details.into_iter().map(|it| it.value).collect();
            assert_eq!(sees, expected(MEMBERS_DETAILS, name), "{eyes}");
        }
        let id = corridor.view(&ada, As { handle: Some("ada".into()), eyes: CAT.to_string() }, NOW).await.unwrap();
        assert_eq!(id.eyes.unwrap().handle, "cat");
    }

    async fn view_as_is_for_ones_own_profile_and_for_members(store: Store) {
        let (corridor, _) = furnished(&store).await;
        let ben = corridor.viewer(BEN).await.unwrap();
        let look = |handle: Option<&str>, eyes: &str| As { handle: handle.map(Into::into), eyes: eyes.into() };
        assert_eq!(code(corridor.view(&ben, look(Some("ada"), "ben"), NOW).await), "not_your_profile");
        assert_eq!(code(corridor.view(&ben, look(None, "nobody"), NOW).await), "member_unknown");
        assert_eq!(code(corridor.view(&ben, look(None, "bakery"), NOW).await), "member_unknown");
        let lee = corridor.viewer(LEE).await.unwrap();
        assert_eq!(code(corridor.view(&lee, look(None, "ben"), NOW).await), "member_unknown");
        let nothing = corridor.view(&ben, look(None, "guest"), NOW).await.unwrap();
        assert!(nothing.sees.is_none());
    }

    async fn nothing_seeps_through_any_view(store: Store) {
        let (corridor, friends) = furnished(&store).await;
        for (name, member) in VIEWERS {
            let allowed = expected(MEMBERS_DETAILS, name);
            let viewer = viewer(&corridor, member).await;
            let mut said = String::new();
            let handles = ["ada", "ben", "bakery", "choir", "club"].map(|handle| format!("handle={handle}"));
            let searches = VALUES.map(|value| format!("q={value}"));
            let eyes = ["ada", "cat", "gil", "guest", "club+member"].map(|eyes| format!("as={eyes}"));
            for (view, queries) in [
                ("profiles.person", &handles[..]), ("profiles.people", &searches[..]), ("profiles.people", &["q=".into()]),
                ("profiles.as", &eyes[..]), ("profiles.circles", &[String::new()]), ("profiles.suggest", &["q=ada".into()]),
                ("profiles.mine", &["of=ada".into(), "of=bakery".into(), String::new()]),
            ] {
                for query in queries {
                    match corridor.view_named(&viewer, view, query.clone(), NOW).await {
                        Ok(value) => writeln!(said, "{value}").unwrap(),
                        Err(refusal) => writeln!(said, "{refusal}").unwrap(),
                    }
                }
            }
            for value in VALUES {
                let quoted = format!("\"{value}\"");
                assert_eq!(said.contains(&quoted), allowed.iter().any(|it| it == value), "{name} {value}: {said}");
            }
            let owner = member == Some(ADA);
            assert_eq!(said.contains("secret friends"), owner, "{name}: {said}");
            assert_eq!(said.contains(&friends.to_string()), owner, "{name}: {said}");
        }
    }

    async fn the_search_finds_only_what_is_shown(store: Store) {
        let (corridor, _) = furnished(&store).await;
        for (name, member) in VIEWERS {
            let viewer = viewer(&corridor, member).await;
            for value in VALUES {
                let search = People { q: Some(value.to_uppercase()), after: None };
                let found = corridor.view(&viewer, search, NOW).await;
                match name {
                    "guest" => assert_eq!(code(found), "not_signed_in"),
                    "left" => assert_eq!(code(found), "members_only"),
                    _ => {
                        let found: Vec<String> = found.unwrap().people.into_iter().map(|it| it.handle).collect();
                        let shown = expected(MEMBERS_DETAILS, name).iter().any(|it| it == value);
                        assert_eq!(found == ["ada"], shown, "{name} {value}");
                        assert!(shown || found.is_empty(), "{name} {value}: {found:?}");
                    }
                }
            }
        }
    }

    async fn who_shows_nothing_publicly_is_not_there_for_guests(store: Store) {
        let (corridor, _) = furnished(&store).await;
        for handle in ["ben", "nobody", "bakery"] {
            assert_eq!(seen(&corridor, None, handle).await, Err("profile_unknown".into()), "{handle}");
        }
        let guest = viewer(&corridor, None).await;
        let ada = corridor.view(&guest, Person { handle: "ada".into() }, NOW).await.unwrap();
        assert_eq!((ada.name.as_str(), ada.since, ada.standing, ada.role, ada.place), ("Ada", None, None, None, None));
        assert!(ada.groups.is_empty() && !ada.may_edit && !ada.may_oversee && !ada.own);
    }

    async fn groups_in_common_are_those_of_both(store: Store) {
        let (corridor, _) = furnished(&store).await;
        for (name, member) in VIEWERS {
            let viewer = viewer(&corridor, member).await;
            let view = corridor.view(&viewer, Person { handle: "ada".into() }, NOW).await.unwrap();
            let groups: Vec<String> = view.groups.into_iter().map(|it| it.handle).collect();
            let common = matches!(name, "in the group" | "owner");
            assert_eq!(groups.join(" "), if common { "bakery" } else { "" }, "{name}");
        }
    }

    async fn who_left_the_club_shows_nothing_to_others(store: Store) {
        let (corridor, _) = furnished(&store).await;
        set_standing(&store, ADA, Standing::Left).await;
        assert_eq!(seen(&corridor, None, "ada").await, Err("profile_unknown".into()));
        for member in [BEN, GIL, CAT, SUE] {
            assert_eq!(seen(&corridor, Some(member), "ada").await, Ok(vec![]));
        }
        assert_eq!(seen(&corridor, Some(ADA), "ada").await.unwrap().len(), VALUES.len());
        let ben = corridor.viewer(BEN).await.unwrap();
        assert!(corridor.view(&ben, People { q: Some("ada".into()), after: None }, NOW).await.unwrap().people.is_empty());
        assert_eq!(code(corridor.view(&ben, Mine { of: Some("ada".into()) }, NOW).await), "profile_unknown");
    }
}
