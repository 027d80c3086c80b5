//! How people come into a group, and who sees what of it, on both engines.

use crate::story::{club, migrations, new_group};
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_groups::acts::door::{
    AcceptInvitation, Admit, AskToJoin, DeclineRequest, Invite, SetDoor, TakeBack,
};
use planet_groups::acts::{Change, Create, Join, SetRole};
use planet_groups::views::{GroupPage, GroupView};
use planet_kit::testing::{self, ADA, BEN, CAT, NOW, ask, at, by, code};
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::{Role, Shown, Standing, Visibility};
use planet_store::{Store, both_engines};
use uuid::Uuid;

const DAN: MemberId = MemberId(Uuid::from_u128(0xda0));

async fn choir(corridor: &Corridor, visibility: Visibility) -> GroupId {
    let create = Create { visibility: visibility.word().into(), open: false, ..new_group() };
    corridor.act(by(ADA), create).await.unwrap().output.unwrap().group
}

async fn seen(corridor: &Corridor, who: MemberId) -> GroupView {
    let viewer = corridor.viewer(who).await.unwrap();
    corridor.view(&viewer, GroupPage { handle: "choir".into() }, NOW).await.unwrap()
}

fn door(group: GroupId) -> SetDoor {
    SetDoor {
        group,
        question: "What do you sing?".into(),
        agreement: "We come on time.".into(),
        welcome: "Bring water.".into(),
        admission: String::new(),
    }
}

fn asks(group: GroupId, answer: &str, agreed: bool) -> AskToJoin {
    AskToJoin { group, answer: answer.into(), agreed }
}

both_engines! { migrations();

    async fn who_asks_answers_agrees_and_is_admitted(store: Store) {
        let corridor = club(&store).await;
        let group = choir(&corridor, Visibility::Restricted).await;
        corridor.act(by(ADA), door(group)).await.unwrap();
        assert_eq!(code(corridor.act(by(BEN), asks(group, " ", true)).await), "answer_missing");
        assert_eq!(code(corridor.act(by(BEN), asks(group, "Bass.", false)).await), "not_agreed");
        let admit = |name: &str| Admit { group, member: BEN, name: name.into() };
        assert_eq!(code(corridor.act(by(ADA), admit("Ben")).await), "not_asked");
        corridor.act(by(BEN), asks(group, "Bass.", true)).await.unwrap();
        assert_eq!(code(corridor.act(by(BEN), asks(group, "Bass!", true)).await), "asked_already");
        let view = seen(&corridor, ADA).await;
        assert_eq!((view.asking[0].name.as_str(), view.asking[0].answer.as_str()), ("Ben", "Bass."));
        assert_eq!(seen(&corridor, BEN).await.mine.unwrap().state, "asked");
        assert_eq!(code(corridor.act(by(ADA), admit("Cat")).await), "name_differs");
        corridor.act(by(ADA), admit("Ben")).await.unwrap();
        let view = seen(&corridor, BEN).await;
        assert_eq!((view.group.role.as_str(), view.welcome.as_str(), view.mine.is_none()), ("member", "Bring water.", true));
        assert_eq!(code(corridor.act(by(ADA), admit("Ben")).await), "not_asked");
    }

    async fn who_was_told_no_waits_before_asking_again(store: Store) {
        let corridor = club(&store).await;
        let group = choir(&corridor, Visibility::Restricted).await;
        corridor.act(by(BEN), asks(group, "", false)).await.unwrap();
        corridor.act(by(BEN), TakeBack { group }).await.unwrap();
        assert_eq!(code(corridor.act(by(BEN), TakeBack { group }).await), "nothing_asked");
        corridor.act(by(BEN), asks(group, "Please.", false)).await.unwrap();
        let no = DeclineRequest { group, member: BEN, reason: "We are full.".into() };
        corridor.act(by(ADA), no.clone()).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), no).await), "not_asked");
        let mine = seen(&corridor, BEN).await.mine.unwrap();
        assert_eq!((mine.state.as_str(), mine.words.as_str()), ("declined", "We are full."));
        assert_eq!(code(corridor.act(by(BEN), TakeBack { group }).await), "nothing_asked", "a no is not taken back by asking");
        assert_eq!(code(corridor.act(by(BEN), asks(group, "Please!", false)).await), "asked_lately");
        corridor.act(at(BEN, NOW.plus_seconds(31 * 86_400)), asks(group, "Now?", false)).await.unwrap();
    }

    async fn who_is_invited_comes_in_by_accepting(store: Store) {
        let corridor = club(&store).await;
        let group = choir(&corridor, Visibility::Private).await;
        corridor.act(by(ADA), door(group)).await.unwrap();
        let invite = |member, name: &str| Invite { group, member, name: name.into() };
        corridor.act(by(ADA), invite(BEN, "Ben")).await.unwrap();
        assert_eq!(code(corridor.act(by(ADA), invite(BEN, "Ben")).await), "invited_already");
        assert_eq!(code(corridor.act(by(CAT), AcceptInvitation { group, agreed: true }).await), "not_invited");
        assert_eq!(code(corridor.act(by(BEN), AcceptInvitation { group, agreed: false }).await), "not_agreed");
        assert!(seen(&corridor, BEN).await.may_accept && !seen(&corridor, CAT).await.may_accept);
        let app = testing::app(&corridor, &planet_groups::TOOL);
        let (_, _, list) = ask(&app, "ben", "/groups", None).await;
        assert!(list.contains("You are invited"), "{list}");
        let (status, goes, _) = ask(&app, "ben", "/groups/choir/accept", Some("agreed=on")).await;
        assert_eq!((status.as_u16(), goes.as_str()), (303, "/groups/choir"));
        assert_eq!(seen(&corridor, BEN).await.group.role, "member");
        // Whoever asked is in as soon as somebody invites them.
        corridor.act(by(CAT), asks(group, "Alto.", true)).await.unwrap();
        corridor.act(by(ADA), invite(CAT, "Cat")).await.unwrap();
        assert_eq!(seen(&corridor, CAT).await.group.role, "member");
    }

    async fn a_role_for_a_time_ends_by_itself_and_is_not_made_longer(store: Store) {
        let corridor = club(&store).await;
        let group = choir(&corridor, Visibility::Restricted).await;
        corridor.act(by(ADA), planet_groups::acts::AddMember { group, member: BEN }).await.unwrap();
        let until = |seconds| Some(NOW.plus_seconds(seconds));
        let give = |role: &str, until| SetRole { group, member: BEN, role: role.into(), until };
        assert_eq!(code(corridor.act(by(ADA), give("treasurer", until(0))).await), "term_wrong");
        assert_eq!(code(corridor.act(by(ADA), give("member", until(9))).await), "term_wrong");
        corridor.act(by(ADA), give("treasurer", until(1_000))).await.unwrap();
        assert_eq!(seen(&corridor, ADA).await.people[1].until, until(1_000));
        assert_eq!(code(corridor.act(by(ADA), give("treasurer", until(2_000))).await), "term_wrong");
        corridor.perform_due(NOW.plus_seconds(1_000)).await.unwrap();
        let ben = seen(&corridor, ADA).await.people.remove(1);
        assert_eq!((ben.role.as_str(), ben.until), ("member", None));
    }

    async fn nonsense_at_the_door_is_refused(store: Store) {
        let corridor = club(&store).await;
        let group = choir(&corridor, Visibility::Restricted).await;
        let unknown = SetDoor { admission: "by magic".into(), ..door(group) };
        assert_eq!(code(corridor.act(by(ADA), unknown).await), "admission_unknown");
        let long = SetDoor { question: "?".repeat(201), ..door(group) };
        assert_eq!(code(corridor.act(by(ADA), long).await), "too_long");
        corridor.act(by(ADA), door(group)).await.unwrap();
        assert_eq!(code(corridor.act(by(BEN), Join { group, agreed: false }).await), "not_agreed");
        let change = Change { group, name: "Choir".into(), purpose: String::new(), mode: None, open: false, place: None, shown: Some("all".into()) };
        assert_eq!(code(corridor.act(by(ADA), change.clone()).await), "shown_unknown");
        let nowhere = Change { place: Some(planet_ontology::ids::PlaceId(Uuid::from_u128(9))), shown: None, ..change };
        assert_eq!(code(corridor.act(by(ADA), nowhere).await), "place_unknown");
        let app = testing::app(&corridor, &planet_groups::TOOL);
        let (status, _, page) = ask(&app, "ada", "/groups/new", Some("name=Swim&mode=chat&visibility=open&place=Xyzzyville")).await;
        assert!(status.as_u16() == 422 && page.contains("This place is not known here"), "{page}");
        let (status, goes, _) = ask(&app, "ada", "/groups/new", Some("name=Swim&mode=chat&visibility=open&place=Frome")).await;
        assert_eq!((status.as_u16(), goes.as_str()), (303, "/groups/swim"));
        let (_, _, page) = ask(&app, "ada", "/groups/swim", None).await;
        assert!(page.contains("Frome, Somerset") && page.contains("Three steps to begin with"), "{page}");
    }

    /// The matrix: the page of a group × who may read it × what it shows × every kind of viewer. `n` names, `c` the count, `p` the
    /// page without either, `.` nothing at all.
    async fn what_is_seen_of_a_group_depends_on_who_may_read_it(store: Store) {
        let corridor = club(&store).await;
        store.write(|tx| {
            for (id, handle) in [(DAN, "dan"), (MemberId(Uuid::from_u128(0xe0e)), "eve")] {
                agents::create_member(tx, id, &testing::new(handle, handle), Role::Member, None)?;
            }
            agents::set_standing(tx, DAN.into(), Standing::Suspended)?;
            agents::set_standing(tx, MemberId(Uuid::from_u128(0xe0e)).into(), Standing::Left)
        }).await.unwrap();
        // The viewers: guest, left, suspended, in the club, in the group.
        for (visibility, shown, expected) in [
            (Visibility::Open, Shown::Nothing, "p p n n n"),
            (Visibility::Open, Shown::Count, "c c n n n"),
            (Visibility::Open, Shown::People, "n n n n n"),
            (Visibility::Restricted, Shown::People, ". . n n n"),
            (Visibility::Private, Shown::People, ". . c c n"),
        ] {
            let name = format!("Group {} {}", visibility.word(), shown.word());
            let create = Create { name: name.clone(), visibility: visibility.word().into(), ..new_group() };
            let made = corridor.act(by(ADA), create).await.unwrap().output.unwrap();
            let change = Change { group: made.group, name, purpose: String::new(), mode: None, open: false, place: None, shown: Some(shown.word().into()) };
            corridor.act(by(ADA), change).await.unwrap();
            let mut row = Vec::new();
            for viewer in [None, Some(MemberId(Uuid::from_u128(0xe0e))), Some(DAN), Some(BEN), Some(ADA)] {
                let viewer = match viewer {
                    Some(member) => corridor.viewer(member).await.unwrap(),
                    None => Viewer::guest(),
                };
                let view = corridor.view(&viewer, GroupPage { handle: made.handle.clone() }, NOW).await;
                row.push(match view {
                    Err(_) => ".",
                    Ok(view) if !view.people.is_empty() => "n",
                    Ok(view) if view.group.members.is_some() => "c",
                    Ok(_) => "p",
                });
            }
            assert_eq!(row.join(" "), expected, "{visibility:?} {shown:?}");
        }
    }

    async fn a_guest_learns_nothing_of_a_group_that_is_not_open(store: Store) {
        let corridor = club(&store).await;
        choir(&corridor, Visibility::Restricted).await;
        let app = testing::app(&corridor, &planet_groups::TOOL);
        let there = ask(&app, "", "/groups/choir", None).await;
        let nowhere = ask(&app, "", "/groups/no-such", None).await;
        assert_eq!((there.0, there.1.replace("choir", "no-such")), (nowhere.0, nowhere.1));
    }
}
