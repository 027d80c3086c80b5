//! A group tells something: drafts, publishing now and later, taking back, and who reads what.

use planet_blog::acts::{Publish, Remove, TakeBack, Write};
use planet_blog::views::{Blog, BlogView, Read};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::look::Viewer;
use planet_corridor::registry::Registry;
use planet_kit::testing::{self, ADA, BEN, CAT, NOW, THREE, at, by, code, new};
use planet_ontology::ids::{BlogPostId, GroupId, MemberId};
use planet_ontology::roles::{Mode, Role, Standing, Visibility};
use planet_ontology::units::Moment;
use planet_store::{Migration, Store, both_engines};
use uuid::Uuid;

pub const CHOIR: GroupId = GroupId(Uuid::from_u128(0xc401));
const DAN: MemberId = MemberId(Uuid::from_u128(0xda0));
const EVE: MemberId = MemberId(Uuid::from_u128(0xe0e));

pub fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_blog::MIGRATIONS].concat()
}

/// A club with a choir in it: Ada looks after it, Ben sings, Cat does not.
pub async fn choir(store: &Store, visibility: Visibility) -> Corridor {
    let corridor = testing::club(store, &THREE, planet_blog::register(Registry::default())).await;
    store
        .write(move |tx| {
            agents::create_group_seen_by(
                tx,
                CHOIR,
                &new("choir", "Choir & Friends"),
                (Mode::Chat, true),
                visibility,
            )?;
            agents::set_role(tx, ADA.into(), CHOIR, Role::Steward, NOW)?;
            agents::set_role(tx, BEN.into(), CHOIR, Role::Member, NOW)
        })
        .await
        .unwrap();
    corridor
}

pub async fn written(corridor: &Corridor, who: MemberId, title: &str, body: &str) -> BlogPostId {
    let write = Write { group: CHOIR, post: None, title: title.into(), body: body.into() };
    corridor.act(by(who), write).await.unwrap().output.unwrap()
}

async fn blog(corridor: &Corridor, who: MemberId, now: Moment) -> BlogView {
    let viewer = corridor.viewer(who).await.unwrap();
    corridor.view(&viewer, Blog { handle: "choir".into(), before: None }, now).await.unwrap()
}

fn titles(view: &BlogView) -> Vec<&str> {
    view.posts.iter().map(|post| post.title.as_str()).collect()
}

both_engines! { migrations();

    async fn a_draft_is_its_authors_until_it_is_published(store: Store) {
        let corridor = choir(&store, Visibility::Restricted).await;
        let post = written(&corridor, BEN, "  We   sang ", "In the yard.\n").await;
        assert_eq!(titles(&blog(&corridor, ADA, NOW).await), Vec::<&str>::new());
        let mine = blog(&corridor, BEN, NOW).await;
        assert_eq!((mine.drafts.len(), mine.drafts[0].title.as_str(), mine.drafts[0].body.as_str()), (1, "We sang", "In the yard."));
        assert!(blog(&corridor, ADA, NOW).await.drafts.is_empty());
        // Whoever cannot read it learns nothing of it, whatever they try.
        let mend = Write { group: CHOIR, post: Some(post), title: "Mine".into(), body: "x".into() };
        assert_eq!(code(corridor.act(by(ADA), mend.clone()).await), "post_unknown");
        assert_eq!(code(corridor.act(by(ADA), Publish { post, at: None }).await), "post_unknown");
        assert_eq!(code(corridor.act(by(BEN), Write { group: GroupId::CLUB, ..mend }).await), "post_unknown");
        corridor.act(by(BEN), Publish { post, at: None }).await.unwrap();
        assert_eq!(titles(&blog(&corridor, ADA, NOW).await), ["We sang"]);
        assert_eq!(code(corridor.act(by(BEN), Publish { post, at: None }).await), "published_already");
        corridor.act(by(ADA), TakeBack { post }).await.unwrap();
        assert_eq!(titles(&blog(&corridor, ADA, NOW).await), Vec::<&str>::new());
        assert_eq!(blog(&corridor, BEN, NOW).await.drafts.len(), 1, "its author keeps it");
        assert_eq!(code(corridor.act(by(BEN), TakeBack { post }).await), "draft_already");
        corridor.act(by(BEN), Remove { post }).await.unwrap();
        assert_eq!(code(corridor.act(by(BEN), Remove { post }).await), "post_unknown");
        let log: Vec<(String,)> = store.read(|tx| tx.rows(planet_store::sql!("SELECT body FROM events"), &[])).await.unwrap();
        assert!(log.iter().all(|(body,)| !body.contains("In the yard.")), "its words are erased from the log too");
    }

    async fn a_post_is_published_at_the_time_that_was_chosen_last(store: Store) {
        let corridor = choir(&store, Visibility::Open).await;
        let post = written(&corridor, BEN, "Concert", "On Sunday.").await;
        let later = |hours: i64| NOW.plus_seconds(hours * 3_600);
        let publish = |hours| Publish { post, at: Some(later(hours)) };
        assert_eq!(code(corridor.act(by(BEN), publish(0)).await), "time_wrong");
        assert_eq!(code(corridor.act(by(BEN), publish(24 * 400)).await), "time_wrong");
        corridor.act(by(BEN), publish(1)).await.unwrap();
        corridor.act(by(BEN), publish(3)).await.unwrap();
        corridor.perform_due(later(1)).await.unwrap();
        assert_eq!(titles(&blog(&corridor, CAT, later(2)).await), Vec::<&str>::new(), "the first time was given up");
        corridor.perform_due(later(3)).await.unwrap();
        let view = blog(&corridor, CAT, later(3)).await;
        assert_eq!((titles(&view), view.posts[0].published), (vec!["Concert"], later(3)));
        // Nothing is published in the name of a group that its author has left since.
        let other = written(&corridor, BEN, "Farewell", "Goodbye.").await;
        corridor.act(at(BEN, later(4)), Publish { post: other, at: Some(later(6)) }).await.unwrap();
        store.write(|tx| agents::set_role(tx, BEN.into(), CHOIR, Role::None, NOW)).await.unwrap();
        let gone = written(&corridor, ADA, "Removed", "x").await;
        corridor.act(at(ADA, later(4)), Publish { post: gone, at: Some(later(6)) }).await.unwrap();
        corridor.act(at(ADA, later(5)), Remove { post: gone }).await.unwrap();
        corridor.perform_due(later(6)).await.unwrap();
        assert_eq!(titles(&blog(&corridor, CAT, later(7)).await), ["Concert"]);
    }

    async fn nonsense_is_refused(store: Store) {
        let corridor = choir(&store, Visibility::Restricted).await;
        let write = |title: &str, body: &str| Write { group: CHOIR, post: None, title: title.into(), body: body.into() };
        assert_eq!(code(corridor.act(by(BEN), write(" - ", "x")).await), "title_missing");
        assert_eq!(code(corridor.act(by(BEN), write(&"x".repeat(141), "x")).await), "too_long");
        assert_eq!(code(corridor.act(by(BEN), write("x", &"x".repeat(40_001))).await), "too_long");
        let nowhere = Write { group: GroupId(Uuid::from_u128(7)), ..write("x", "x") };
        assert_eq!(code(corridor.act(by(BEN), nowhere).await), "group_unknown");
        let empty = written(&corridor, BEN, "Empty", " ").await;
        assert_eq!(code(corridor.act(by(BEN), Publish { post: empty, at: None }).await), "text_missing");
        for _ in 1..50 {
            written(&corridor, BEN, "One more", "x").await;
        }
        assert_eq!(code(corridor.act(by(BEN), write("x", "x")).await), "too_many_drafts");
        // The group itself writes by decision of its members.
        let decided = Actor::Group { id: CHOIR, mandate: planet_ontology::ids::ProposalId(Uuid::from_u128(1)) };
        let post = corridor.act(by(decided), write("We", "sing.")).await.unwrap().output.unwrap();
        corridor.act(by(decided), Publish { post, at: None }).await.unwrap();
        assert_eq!(blog(&corridor, BEN, NOW).await.posts[0].author_name, "Choir & Friends");
    }

    /// The matrix: what is published × who may read the group × every kind of viewer, wherever it could be looked for.
    async fn who_reads_a_post_is_who_may_read_the_group(store: Store) {
        let corridor = choir(&store, Visibility::Open).await;
        store.write(|tx| {
            for (id, handle, standing) in [(DAN, "dan", Standing::Suspended), (EVE, "eve", Standing::Left)] {
                agents::create_member(tx, id, &new(handle, handle), Role::Member, None)?;
                agents::set_standing(tx, id.into(), standing)?;
            }
            for (n, visibility) in (0_u128..).zip(Visibility::ALL) {
                let id = GroupId(Uuid::from_u128(0x900 + n));
                agents::create_group_seen_by(tx, id, &new(visibility.word(), visibility.word()), (Mode::Chat, true), *visibility)?;
                agents::set_role(tx, ADA.into(), id, Role::Steward, NOW)?;
                agents::set_role(tx, BEN.into(), id, Role::Member, NOW)?;
            }
            Ok::<_, planet_store::Error>(())
        }).await.unwrap();
        // The viewers: guest, left, suspended, in the club, in the group, the author.
        for (n, visibility, published, draft) in [
            (0, Visibility::Open, "x x x x x x", ". . . . . x"),
            (1, Visibility::Restricted, ". . . . x x", ". . . . . x"),
            (2, Visibility::Private, ". . . . x x", ". . . . . x"),
        ] {
            let group = GroupId(Uuid::from_u128(0x900 + n));
            for (publish, expected) in [(true, published), (false, draft)] {
                let write = Write { group, post: None, title: format!("Post {publish}"), body: "x".into() };
                let post = corridor.act(by(ADA), write).await.unwrap().output.unwrap();
                if publish {
                    corridor.act(by(ADA), Publish { post, at: None }).await.unwrap();
                }
                let mut row = Vec::new();
                for viewer in [None, Some(EVE), Some(DAN), Some(CAT), Some(BEN), Some(ADA)] {
                    let viewer = match viewer {
                        Some(member) => corridor.viewer(member).await.unwrap(),
                        None => Viewer::guest(),
                    };
                    let one = corridor.view(&viewer, Read { post }, NOW).await.is_ok();
                    let list = corridor.view(&viewer, Blog { handle: visibility.word().into(), before: None }, NOW).await;
                    let listed = list.is_ok_and(|view| view.posts.iter().chain(&view.drafts).any(|it| it.id == post));
                    assert_eq!(one, listed, "{visibility:?} {publish}: found in one place and not in the other");
                    row.push(if one { "x" } else { "." });
                }
                assert_eq!(row.join(" "), expected, "{visibility:?} {publish}");
            }
        }
    }
}
