//! The stories of groups, on both engines.

use planet_corridor::act::{Act, Resource};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::registry::Registry;
use planet_groups::acts::{AddMember, Change, Create, Demote, Join, Leave, RemoveMember, SetMode, SetRole};
use planet_groups::recall::Recall;
use planet_groups::seat::Seat;
use planet_groups::views::{GroupPage, Groups};
use planet_kit::testing::{self, ADA, BEN, CAT, NOW, THREE, ask, by, code, refused};
use planet_kit::web::{Door, Room, Tool};
use planet_ontology::entities::Account;
use planet_ontology::ids::{AgentId, AudienceId, GroupId, MemberId, ProposalId};
use planet_ontology::roles::{Mode, Role, Visibility};
use planet_ontology::units::Moment;
use planet_store::{Migration, Store, Tx, both_engines};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::Path;
use uuid::Uuid;

pub fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_places::MIGRATIONS, planet_groups::MIGRATIONS].concat()
}

/// Stands in for the wallet, which groups know by name only.
#[derive(Clone, Serialize, Deserialize, JsonSchema)]
struct OpenWallet {
    owner: AgentId,
}

impl Act for OpenWallet {
    const NAME: &'static str = "wallet.open";
    const ABOUT: &'static str = "Open a wallet.";
    type Touches = Account;
    type Output = ();

    fn resource(&self, _: &mut Tx, _: &Actor, _: Moment) -> Result<Resource, Fault> {
        Ok(Resource::club(self.owner, &Account { own: false, group: true, amount: 0 }))
    }

    fn perform(&self, _: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        assert_eq!(cx.actor, Actor::House);
        Ok(())
    }
}

pub async fn club(store: &Store) -> Corridor {
    let registry = planet_groups::register(Registry::default()).act::<OpenWallet>();
    testing::club(store, &THREE, registry).await
}

/// A group that anybody in the club may join, and that its members read.
pub fn new_group() -> Create {
    serde_json::from_value(json!({ "name": "Choir", "purpose": "Singing.", "mode": "chat", "open": true }))
        .unwrap()
}

async fn bakery(corridor: &Corridor) -> GroupId {
    let create = Create { name: "The Bakery".into(), mode: "trading".into(), ..new_group() };
    let created = corridor.act(by(ADA), create).await.unwrap().output.unwrap();
    assert_eq!(created.handle, "the-bakery");
    created.group
}

async fn people(corridor: &Corridor) -> Vec<(String, String)> {
    let viewer = corridor.viewer(ADA).await.unwrap();
    let page = corridor.view(&viewer, GroupPage { handle: "the-bakery".into() }, NOW).await.unwrap();
    page.people.into_iter().map(|person| (person.handle, person.role)).collect()
}

fn said(handles: &[(&str, &str)]) -> Vec<(String, String)> {
    handles.iter().map(|(handle, role)| ((*handle).into(), (*role).into())).collect()
}

/// A part of a page by its heading.
fn section<'a>(page: &'a str, heading: &str) -> &'a str {
    let from = page.split_once(&format!("<h2>{heading}</h2>")).map_or("", |(_, rest)| rest);
    from.split("</section>").next().unwrap_or("")
}

both_engines! { migrations();

    async fn who_starts_a_group_looks_after_it(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        assert_eq!(people(&corridor).await, said(&[("ada", "steward")]));
        corridor.act(by(BEN), Join { group, agreed: false }).await.unwrap();
        corridor.act(by(ADA), SetRole { group, member: BEN, role: "treasurer".into(), until: None }).await.unwrap();
        assert_eq!(people(&corridor).await, said(&[("ada", "steward"), ("ben", "treasurer")]));
        let viewer = corridor.viewer(BEN).await.unwrap();
        assert!(viewer.may_see(group.into()));
        corridor.act(by(BEN), Leave { group }).await.unwrap();
        assert!(!corridor.viewer(BEN).await.unwrap().may_see(group.into()));
    }

    async fn who_may_read_a_group_is_chosen_once(store: Store) {
        let corridor = club(&store).await;
        for (visibility, readers) in [("open", Some(AudienceId::PUBLIC)), ("restricted", None), ("private", None)] {
            let create = Create { visibility: visibility.into(), ..new_group() };
            let group = corridor.act(by(ADA), create).await.unwrap().output.unwrap().group;
            corridor.act(by(ADA), Change { group, name: "Choir".into(), purpose: String::new(), mode: None, open: false, place: None, shown: None }).await.unwrap();
            corridor.act(by(ADA), SetMode { group, mode: "working".into() }).await.unwrap();
            let agent = store.read(move |tx| agents::find(tx, group.into())).await.unwrap().unwrap();
            assert_eq!(agent.seen().word(), visibility);
            assert_eq!(agent.readers(), readers.unwrap_or(group.into()), "{visibility}");
        }
        let club = store.read(|tx| agents::find(tx, GroupId::CLUB.into())).await.unwrap().unwrap();
        assert_eq!((club.seen(), club.readers()), (Visibility::Restricted, AudienceId::CLUB));
        // An act that was written down before there was a choice is still read.
        assert_eq!(new_group().visibility, "restricted");
    }

    async fn what_a_group_is_for_changes_at_once_and_back(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        let set = |mode: &str| SetMode { group, mode: mode.into() };
        assert_eq!(code(corridor.act(by(ADA), set("opera")).await), "mode_unknown");
        assert_eq!(code(corridor.act(by(ADA), set("trading")).await), "mode_already");
        let mode = || async {
            let viewer = corridor.viewer(ADA).await.unwrap();
            corridor.view(&viewer, GroupPage { handle: "the-bakery".into() }, NOW).await.unwrap().group.mode
        };
        for word in ["chat", "working", "trading"] {
            corridor.act(by(ADA), set(word)).await.unwrap();
            assert_eq!(mode().await, word);
        }
        // Its name is changed by stewards, what it is for by its members: the one does not bring the other along.
        let change = |mode: Option<&str>| Change { group, name: "Bread".into(), purpose: String::new(), mode: mode.map(Into::into), open: false, place: None, shown: None };
        assert_eq!(code(corridor.act(by(ADA), change(Some("chat"))).await), "mode_by_decision");
        corridor.act(by(ADA), change(Some("trading"))).await.unwrap();
        assert_eq!(mode().await, "trading");
        let title = store.read(move |tx| SetMode { group, mode: "working".into() }.title(tx)).await.unwrap();
        assert_eq!(title, "Let Bread be a group to work.");
    }

    async fn the_page_of_a_group_shows_the_rooms_of_its_mode(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        corridor.act(by(ADA), SetMode { group, mode: "chat".into() }).await.unwrap();
        let room = |mode, icon, door, sealed| Room { mode, title: "groups-title", about: "groups-lead", icon, href: |handle| format!("/room/{handle}"), door, sealed };
        let with = |rooms: Vec<Room>| testing::app(&corridor, &Tool { rooms: rooms.leak(), ..planet_groups::TOOL });
        let rooms = vec![
            room(Mode::Trading, "coins", Door::Members, false),
            room(Mode::Chat, "wallet", Door::Members, false),
            room(Mode::Chat, "globe", Door::Readers, true),
        ];
        let app = with(rooms);
        let shown = |page: &str| ["coins", "wallet", "globe"].map(|icon| page.contains(&format!("icons.svg#{icon}\"")));
        let (_, _, page) = ask(&app, "ada", "/groups/the-bakery", None).await;
        assert_eq!(shown(section(&page, "What you do here")), [false, true, true], "{page}");
        assert!(page.contains(r#"href="/room/the-bakery""#));
        let (_, _, outside) = ask(&app, "ben", "/groups/the-bakery", None).await;
        assert_eq!(shown(section(&outside, "What you do here")), [false, false, true], "{outside}");
        let (_, _, modes) = ask(&app, "ada", "/groups/the-bakery/mode", None).await;
        assert_eq!(shown(&modes), [true, true, true]);
        assert!(modes.contains("This node has no further tools for it yet."), "{modes}");
        let (status, goes, _) = ask(&app, "ada", "/groups/the-bakery/mode", Some("mode=trading")).await;
        assert_eq!((status.as_u16(), goes.as_str()), (303, "/groups/the-bakery"));
        let (_, _, page) = ask(&app, "ada", "/groups/the-bakery", None).await;
        assert_eq!(shown(section(&page, "What you do here")), [true, true, true]);
        let sealed = vec![room(Mode::Chat, "globe", Door::Sealed, true)];
        let (_, _, other) = ask(&with(sealed), "ada", "/groups/the-bakery", None).await;
        assert!(!other.contains("What you do here"), "a room for private groups is not in this one: {other}");
        let (status, _, page) = ask(&app, "ada", "/groups/the-bakery/mode", Some("mode=opera")).await;
        assert!(status.as_u16() == 422 && page.contains("Choose what the group is for"), "{page}");
    }

    async fn sealed_groups_are_offered_only_where_a_room_keeps_the_promise(store: Store) {
        let corridor = club(&store).await;
        let (_, _, page) = ask(&testing::app(&corridor, &planet_groups::TOOL), "ada", "/groups/new", None).await;
        assert!(page.contains(r#"value="restricted""#) && !page.contains(r#"value="private""#), "{page}");
        let rooms = vec![Room { mode: Mode::Chat, title: "groups-title", about: "groups-lead", icon: "lock", href: |_| "/".into(), door: Door::Members, sealed: true }];
        let app = testing::app(&corridor, &Tool { rooms: rooms.leak(), ..planet_groups::TOOL });
        let (_, _, page) = ask(&app, "ada", "/groups/new", None).await;
        assert!(page.contains(r#"value="private""#), "{page}");
    }

    async fn a_group_with_people_keeps_a_steward(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        corridor.act(by(ADA), AddMember { group, member: BEN }).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), Leave { group }).await), "last_steward");
        let demote = SetRole { group, member: ADA, role: "member".into(), until: None };
        assert_eq!(code(corridor.act(by(ADA), demote).await), "last_steward");
        assert_eq!(people(&corridor).await, said(&[("ada", "steward"), ("ben", "member")]));
        corridor.act(by(ADA), RemoveMember { group, member: BEN }).await.unwrap();
        corridor.act(by(ADA), Leave { group }).await.unwrap();
        assert_eq!(people(&corridor).await, said(&[]));
    }

    async fn nobody_alone_takes_the_role_from_a_steward_of_the_club(store: Store) {
        let corridor = club(&store).await;
        let group = GroupId::CLUB;
        let make = |member, role: &str| SetRole { group, member, role: role.into(), until: None };
        for member in [ADA, BEN] {
            corridor.act(by(CAT), make(member, "steward")).await.unwrap();
        }
        let refusal = refused(corridor.act(by(ADA), make(BEN, "member")).await);
        assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("not_alone", Some("role")));
        assert_eq!(refusal.sentence, "Nobody alone takes this role from a steward of the club. Propose it to the members.");
        let role = |member: MemberId| store.read(move |tx| agents::role(tx, member.into(), GroupId::CLUB));
        assert_eq!(role(BEN).await.unwrap(), Role::Steward);

        let demote = |member, name: &str| Demote { group, member, name: name.into(), role: "member".into() };
        assert_eq!(demote(BEN, "Ben").summary(), "Take the steward\u{2019}s role from Ben.");
        assert_eq!(code(corridor.act(by(ADA), demote(BEN, "Somebody else")).await), "name_differs");
        assert_eq!(code(corridor.act(by(ADA), demote(CAT, "Cat")).await), "no_steward");
        // Here everything is done at once; in a club the rules have the members decide it.
        corridor.act(by(ADA), demote(BEN, "Ben")).await.unwrap();
        assert_eq!(role(BEN).await.unwrap(), Role::Member);
        assert_eq!(code(corridor.act(by(ADA), demote(ADA, "Ada")).await), "last_steward");
        assert_eq!(code(corridor.act(by(ADA), make(ADA, "member")).await), "last_steward");
        corridor.act(by(ADA), make(BEN, "steward")).await.unwrap();
        corridor.act(by(ADA), make(ADA, "member")).await.unwrap();
        assert_eq!((role(ADA).await.unwrap(), role(BEN).await.unwrap()), (Role::Member, Role::Steward));
    }

    async fn of_two_stewards_who_go_at_once_one_stays(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        for member in [BEN, CAT] {
            corridor.act(by(ADA), AddMember { group, member }).await.unwrap();
        }
        corridor.act(by(ADA), SetRole { group, member: BEN, role: "steward".into(), until: None }).await.unwrap();
        let tasks = [ADA, BEN].map(|who| {
            let corridor = corridor.clone();
            tokio::spawn(async move { corridor.act(by(who), Leave { group }).await.is_ok() })
        });
        let mut gone = 0;
        for task in tasks {
            gone += usize::from(task.await.unwrap());
        }
        assert_eq!((gone, people(&corridor).await[0].1.as_str()), (1, "steward"));
    }

    async fn nonsense_is_refused_and_changes_nothing(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        let create = |name: &str, mode: &str| Create { name: name.into(), mode: mode.into(), ..new_group() };
        assert_eq!(code(corridor.act(by(ADA), create(" ", "chat")).await), "name_missing");
        assert_eq!(code(corridor.act(by(ADA), create(&"x".repeat(61), "chat")).await), "too_long");
        assert_eq!(code(corridor.act(by(ADA), create("Choir", "opera")).await), "mode_unknown");
        assert_eq!(code(corridor.act(by(ADA), Create { visibility: "secret".into(), ..new_group() }).await), "visibility_unknown");
        assert_eq!(code(corridor.act(by(ADA), Join { group, agreed: false }).await), "already_in");
        assert_eq!(code(corridor.act(by(ADA), AddMember { group, member: MemberId(Uuid::from_u128(5)) }).await), "member_unknown");
        let change = Change { group: GroupId(Uuid::from_u128(6)), name: "X".into(), purpose: String::new(), mode: None, open: false, place: None, shown: None };
        assert_eq!(code(corridor.act(by(ADA), change).await), "group_unknown");
        let viewer = corridor.viewer(ADA).await.unwrap();
        let groups = corridor.view(&viewer, Groups::default(), NOW).await.unwrap().groups;
        assert_eq!(groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(), ["The Bakery"]);
    }

    async fn who_is_elected_has_the_role_until_the_term_ends(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        corridor.act(by(BEN), Join { group, agreed: false }).await.unwrap();
        let until = NOW.plus_seconds(1_000);
        let seat = |role: &str, people| Seat { group, role: role.into(), people, until };
        assert_eq!(code(corridor.act(by(ADA), seat("treasurer", vec![BEN])).await), "not_elected");
        let decided = |n| by(Actor::Group { id: group, mandate: ProposalId(Uuid::from_u128(n)) });
        assert_eq!(code(corridor.act(decided(1), seat("member", vec![BEN])).await), "role_unknown");
        assert_eq!(code(corridor.act(decided(1), seat("treasurer", vec![CAT])).await), "not_in");
        assert_eq!(code(corridor.act(decided(1), seat("treasurer", vec![ADA])).await), "steward_already");
        assert_eq!(code(corridor.act(decided(1), seat("treasurer", vec![BEN; 41])).await), "too_many_seats");
        let over = Seat { until: NOW, ..seat("treasurer", vec![BEN]) };
        assert_eq!(code(corridor.act(decided(1), over).await), "term_wrong");
        corridor.act(decided(1), seat("treasurer", vec![BEN])).await.unwrap();
        assert_eq!(people(&corridor).await, said(&[("ada", "steward"), ("ben", "treasurer")]));
        // Elected again before the end: the first term's end does nothing.
        let again = Seat { until: NOW.plus_seconds(5_000), ..seat("treasurer", vec![BEN]) };
        corridor.act(decided(2), again).await.unwrap();
        corridor.perform_due(NOW.plus_seconds(1_000)).await.unwrap();
        assert_eq!(people(&corridor).await, said(&[("ada", "steward"), ("ben", "treasurer")]));
        corridor.perform_due(NOW.plus_seconds(5_000)).await.unwrap();
        assert_eq!(people(&corridor).await, said(&[("ada", "steward"), ("ben", "member")]));
    }

    async fn whom_the_group_elected_it_recalls_and_nobody_else_does(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        corridor.act(by(BEN), Join { group, agreed: false }).await.unwrap();
        let recall = || Recall { group, member: BEN, name: "Ben".into(), role: "treasurer".into(), reason: "The books are empty.".into() };
        assert_eq!(recall().summary(), "Recall Ben as treasurer, before the term ends.");
        let decided = |n| by(Actor::Group { id: group, mandate: ProposalId(Uuid::from_u128(n)) });
        assert_eq!(code(corridor.act(decided(1), recall()).await), "no_seat");
        let seat = |who| Seat { group, role: "treasurer".into(), people: vec![who], until: NOW.plus_seconds(1_000) };
        corridor.act(decided(1), seat(BEN)).await.unwrap();
        for (wrong, why) in [
            (Recall { name: "Benjamin".into(), ..recall() }, "name_differs"),
            (Recall { role: "steward".into(), ..recall() }, "no_seat"),
            (Recall { reason: " ".into(), ..recall() }, "reason_missing"),
            (Recall { reason: "x".repeat(2_001), ..recall() }, "reason_too_long"),
        ] {
            assert_eq!(code(corridor.act(decided(2), wrong).await), why);
        }
        assert_eq!(code(corridor.act(by(ADA), recall()).await), "not_elected");
        let viewer = corridor.viewer(ADA).await.unwrap();
        let shown = corridor.view(&viewer, GroupPage { handle: "the-bakery".into() }, NOW).await.unwrap();
        let until: Vec<bool> = shown.people.iter().map(|person| person.until.is_some()).collect();
        assert_eq!((until, shown.may_recall), (vec![false, true], true));
        corridor.act(decided(2), recall()).await.unwrap();
        assert_eq!(people(&corridor).await, said(&[("ada", "steward"), ("ben", "member")]));
        assert_eq!(code(corridor.act(decided(3), recall()).await), "no_seat");
        // Elected again, and the clock of the first term does nothing to the second.
        let again = Seat { until: NOW.plus_seconds(5_000), ..seat(BEN) };
        corridor.act(decided(4), again).await.unwrap();
        corridor.perform_due(NOW.plus_seconds(1_000)).await.unwrap();
        assert_eq!(people(&corridor).await, said(&[("ada", "steward"), ("ben", "treasurer")]));
    }

    async fn the_last_steward_is_not_recalled_before_there_is_another(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        corridor.act(by(BEN), Join { group, agreed: false }).await.unwrap();
        let decided = || by(Actor::Group { id: group, mandate: ProposalId(Uuid::from_u128(1)) });
        let seat = |who| Seat { group, role: "steward".into(), people: vec![who], until: NOW.plus_seconds(1_000) };
        corridor.act(decided(), seat(ADA)).await.unwrap();
        let recall = || Recall { group, member: ADA, name: "Ada".into(), role: "steward".into(), reason: "Tired.".into() };
        assert_eq!(code(corridor.act(decided(), recall()).await), "last_steward");
        corridor.act(decided(), seat(BEN)).await.unwrap();
        corridor.act(decided(), recall()).await.unwrap();
        assert_eq!(people(&corridor).await, said(&[("ben", "steward"), ("ada", "member")]));
    }

    async fn the_last_steward_stays_after_the_term(store: Store) {
        let corridor = club(&store).await;
        let group = bakery(&corridor).await;
        corridor.act(by(BEN), Join { group, agreed: false }).await.unwrap();
        let seat = Seat { group, role: "steward".into(), people: vec![ADA], until: NOW.plus_seconds(1_000) };
        corridor.act(by(Actor::Group { id: group, mandate: ProposalId(Uuid::from_u128(1)) }), seat).await.unwrap();
        corridor.perform_due(NOW.plus_seconds(1_000)).await.unwrap();
        assert_eq!(people(&corridor).await, said(&[("ada", "steward"), ("ben", "member")]));
    }
}

#[test]
fn every_text_that_is_used_is_written_and_no_other() {
    let texts = include_str!("../../texts/en.ftl");
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    assert_eq!(planet_kit::texts::missing(&[texts], src), planet_kit::texts::TextFaults::default());
}
