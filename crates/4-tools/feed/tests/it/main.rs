//! The feed's stories, on both engines: writing, mending, removing, commenting, following, and what is refused. Who sees
//! what is in `matrix`, how quickly in `speed`, what is shown of hostile texts in `hostile`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed"
)]

mod club;
mod hostile;
mod matrix;
mod pages;
mod speed;

use club::{ADA, BEN, CAT, Club, GARDEN, NOW, club, migrations, refused, saying};
use ed25519_dalek::SigningKey;
use planet_corridor::actor::Actor;
use planet_corridor::sealer::LogKey;
use planet_corridor::verify::verify;
use planet_feed::acts::{Comment, Edit, Follow, MAX_TITLE, Post, Remove, Unfollow};
use planet_feed::views::{ByAuthor, ByTag, Compose, Following, Follows, Near, Read};
use planet_ontology::ids::{AgentId, AudienceId, PostId};
use planet_ontology::relevance::Relevance;
use planet_store::testing;
use planet_store::{Engine, Store, both_engines};
use std::path::Path;
use uuid::Uuid;

/// What is in the tables, in numbers.
async fn rows(store: &Store) -> Vec<i64> {
    use planet_store::sql;
    let counts = [
        sql!("SELECT count(*) FROM posts"),
        sql!("SELECT count(*) FROM post_tags"),
        sql!("SELECT count(*) FROM post_versions"),
        sql!("SELECT count(*) FROM comments"),
        sql!("SELECT count(*) FROM follows"),
    ];
    let read = store.read(move |tx| {
        counts
            .iter()
            .map(|sql| Ok(tx.one::<(i64,)>(*sql, &[])?.0))
            .collect::<Result<_, planet_store::Error>>()
    });
    read.await.unwrap()
}

/// Everything that the log and the outcomes hold, as text.
async fn recorded(store: &Store) -> String {
    let rows = store.read(|tx| {
        tx.rows::<(String,)>(
            planet_store::sql!("SELECT body FROM events UNION ALL SELECT answer FROM outcomes"),
            &[],
        )
    });
    rows.await.unwrap().into_iter().map(|(text,)| text).collect()
}

both_engines! { migrations();

    async fn a_post_is_there_as_it_was_written(store: Store) {
        let club = club(&store).await;
        let posted = club.act(ADA, Post { tags: vec!["#Bins".into(), "bins".into(), "Castle Street".into()], ..saying("Bin day?", Relevance::Street) }).await.unwrap();
        assert_eq!(posted.relevance, Relevance::Street);
        assert_eq!(posted.note.as_deref(), Some("Whoever reads this will know the street you live in: Castle Street."));
        let seen = club.view(BEN, Read { id: posted.post, after: None }).await.unwrap();
        assert_eq!((seen.item.title.as_str(), seen.text.as_str()), ("Bin day?", "Is it **Tuesday**?"));
        assert_eq!(seen.item.excerpt, "Is it Tuesday?");
        assert_eq!(seen.item.tags, ["bins", "castle-street"]);
        assert_eq!((seen.item.relevance.as_str(), seen.item.place.as_deref()), ("street", Some("Castle Street")));
        assert_eq!((seen.audience.kind, seen.item.name.as_str(), seen.item.created), ("club", "Ada", NOW));
    }

    async fn a_missing_level_gives_way_and_the_author_is_told(store: Store) {
        let club = club(&store).await;
        let posted = club.act(CAT, saying("Flood", Relevance::Street)).await.unwrap();
        assert_eq!(posted.relevance, Relevance::Town);
        assert_eq!(posted.note.as_deref(), Some("Your place has no street; this will reach your town, Wells."));
        let sheet = club.view(CAT, Compose {}).await.unwrap();
        let told: Vec<_> = sheet.levels.iter().map(|level| (level.asked.word(), level.used.word(), level.place.as_deref())).collect();
        assert_eq!(told, [
            ("street", "town", Some("Wells")),
            ("neighbourhood", "town", Some("Wells")),
            ("town", "town", Some("Wells")),
            ("district", "district", Some("Somerset")),
            ("country", "country", Some("GB")),
            ("world", "world", None),
        ]);
    }

    async fn a_post_without_what_it_needs_is_refused_and_leaves_no_trace(store: Store) {
        let club = club(&store).await;
        let good = saying("Bin day?", Relevance::Town);
        let homeless = club.newcomer("dan").await;
        for (by, post, code, field) in [
            (ADA, Post { title: " ".into(), ..good.clone() }, "title_missing", "title"),
            (ADA, Post { title: "x".repeat(usize::try_from(MAX_TITLE).unwrap() + 1), ..good.clone() }, "title_too_long", "title"),
            (ADA, Post { text: "\n".into(), ..good.clone() }, "text_missing", "text"),
            (ADA, Post { text: "x".repeat(20_001), ..good.clone() }, "text_too_long", "text"),
            (ADA, Post { tags: Vec::new(), ..good.clone() }, "tag_missing", "tags"),
            (ADA, Post { tags: vec!["<b>".into()], ..good.clone() }, "tag_wrong", "tags"),
            (ADA, Post { tags: (0..11).map(|n| format!("tag{n}")).collect(), ..good.clone() }, "too_many_tags", "tags"),
            (ADA, Post { audience: AudienceId::PUBLIC, relevance: Relevance::Street, ..good.clone() }, "local_not_public", "audience"),
            (ADA, Post { audience: AudienceId::PUBLIC, relevance: Relevance::Neighbourhood, ..good.clone() }, "local_not_public", "audience"),
            (ADA, Post { audience: AudienceId(BEN.0), ..good.clone() }, "audience_unknown", "audience"),
            (ADA, Post { audience: club.bens_circle, ..good.clone() }, "audience_unknown", "audience"),
            (CAT, Post { audience: GARDEN.into(), ..good.clone() }, "audience_unknown", "audience"),
            (homeless, good.clone(), "home_missing", "relevance"),
        ] {
            let refusal = refused(club.act(by, post).await);
            assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), (code, Some(field)));
            assert!(refusal.sentence.ends_with('.') && refusal.sentence.len() > 20, "{}", refusal.sentence);
        }
        assert_eq!(rows(&store).await, [0, 0, 0, 0, 0]);
        club.act(homeless, Post { relevance: Relevance::World, ..good }).await.unwrap();
        let town_public = Post { audience: AudienceId::PUBLIC, relevance: Relevance::Street, ..saying("Fair", Relevance::Street) };
        club.act(CAT, town_public).await.unwrap();
    }

    async fn an_edit_keeps_what_was_said_before(store: Store) {
        let club = club(&store).await;
        let id = club.act(ADA, saying("Bin day?", Relevance::Town)).await.unwrap().post;
        let edit = Edit { post: id, title: "Bin day!".into(), text: "It is Tuesday.".into(), tags: vec!["tuesday".into()] };
        club.act(ADA, edit.clone()).await.unwrap();
        club.act(ADA, edit.clone()).await.unwrap();
        let seen = club.view(BEN, Read { id, after: None }).await.unwrap();
        assert_eq!((seen.item.title.as_str(), seen.item.excerpt.as_str(), seen.item.edited), ("Bin day!", "It is Tuesday.", Some(NOW)));
        let before: Vec<_> = seen.versions.iter().map(|it| (it.title.as_str(), it.text.as_str(), it.tags.as_str())).collect();
        assert_eq!(before, [("Bin day?", "Is it **Tuesday**?", "bins")]);
        let titles = async |tag: &str| club.titles(BEN, ByTag { tag: tag.into(), before: None }).await;
        assert_eq!(titles("bins").await, Vec::<String>::new());
        assert_eq!(titles("#Tuesday").await, ["Bin day!"]);
        assert_eq!(refused(club.act(ADA, Edit { tags: Vec::new(), ..edit }).await).code, "tag_missing");
        assert_eq!(rows(&store).await, [1, 1, 1, 0, 0]);
    }

    async fn what_is_removed_is_erased_with_all_that_was_said_below(store: Store) {
        let club = club(&store).await;
        let id = club.act(ADA, saying("Bin day?", Relevance::Town)).await.unwrap().post;
        let edit = Edit { post: id, title: "Bin day!".into(), text: "It is Tuesday.".into(), tags: vec!["bins".into()] };
        club.act(ADA, edit).await.unwrap();
        let first = club.act(BEN, Comment { post: id, text: "Thanks!".into() }).await.unwrap();
        let thanked = NOW.plus_seconds(60);
        club.act_at(ADA, Comment { post: id, text: "Welcome.".into() }, thanked).await.unwrap();
        let said = club.view(CAT, Read { id, after: None }).await.unwrap().comments;
        let said: Vec<_> = said.iter().map(|it| (it.comment.name.as_str(), it.comment.text.as_str())).collect();
        assert_eq!(said, [("Ben", "Thanks!"), ("Ada", "Welcome.")]);
        club.act(BEN, Remove { post: id, comment: Some(first) }).await.unwrap();
        assert_eq!(refused(club.act(BEN, Remove { post: id, comment: Some(first) }).await).code, "comment_unknown");
        assert_eq!(rows(&store).await, [1, 1, 1, 1, 0]);
        let left = recorded(&store).await;
        assert!(!left.contains("Thanks!") && left.contains("Welcome.") && left.contains("Bin day?"), "{left}");
        club.act(ADA, Remove { post: id, comment: None }).await.unwrap();
        assert_eq!(rows(&store).await, [0, 0, 0, 0, 0]);
        let left = recorded(&store).await;
        for words in ["Bin day", "Tuesday", "Thanks!", "Welcome."] {
            assert!(!left.contains(words), "{words} is still in {left}");
        }
        assert!(left.contains("feed.remove@1"), "that something was removed stays on record");
        let key = LogKey { origin: "club.example".into(), key: SigningKey::from_bytes(&[3; 32]) };
        club.corridor.settle(&key, NOW).await.unwrap();
        let public = key.key.verifying_key();
        let report = store.read(move |tx| verify(tx, &public, None, |_| {})).await.unwrap();
        assert_eq!((report.erased, report.problems), (4, vec![]));
        assert_eq!(refused(club.view(ADA, Read { id, after: None }).await).code, "post_unknown");
        assert_eq!(refused(club.act(BEN, Comment { post: id, text: "?".into() }).await).code, "post_unknown");
    }

    async fn comments_have_a_limit_and_pages(store: Store) {
        let club = club(&store).await;
        let id = club.act(ADA, saying("Bin day?", Relevance::Town)).await.unwrap().post;
        assert_eq!(refused(club.act(BEN, Comment { post: id, text: " ".into() }).await).code, "comment_missing");
        assert_eq!(refused(club.act(BEN, Comment { post: id, text: "x".repeat(4_001) }).await).code, "comment_too_long");
        for n in 0..53 {
            club.act_at(BEN, Comment { post: id, text: format!("{n}") }, NOW.plus_seconds(n)).await.unwrap();
        }
        let first = club.view(ADA, Read { id, after: None }).await.unwrap();
        assert_eq!((first.comments.len(), first.comments[0].comment.text.as_str()), (50, "0"));
        let second = club.view(ADA, Read { id, after: first.after }).await.unwrap();
        assert_eq!((second.comments.len(), second.comments[2].comment.text.as_str(), second.after), (3, "52", None));
    }

    async fn following_is_done_once_and_not_with_oneself(store: Store) {
        let club = club(&store).await;
        let follow = |agent: AgentId| Follow { agent };
        club.act(BEN, follow(ADA.into())).await.unwrap();
        club.act(BEN, follow(ADA.into())).await.unwrap();
        club.act(BEN, follow(GARDEN.into())).await.unwrap();
        assert_eq!(rows(&store).await[4], 2);
        assert!(club.view(BEN, Follows { handle: "ada".into() }).await.unwrap().following);
        club.act(BEN, Unfollow { agent: ADA.into() }).await.unwrap();
        assert!(!club.view(BEN, Follows { handle: "ada".into() }).await.unwrap().following);
        assert_eq!(refused(club.act(BEN, follow(BEN.into())).await).code, "follows_self");
        assert_eq!(refused(club.act(BEN, follow(AgentId(Uuid::from_u128(9)))).await).code, "agent_unknown");
        assert_eq!(refused(club.act(Actor::Guest, follow(ADA.into())).await).code, "not_signed_in");
        assert_eq!(rows(&store).await[4], 1);
    }

    async fn lists_go_back_page_by_page_without_gap_or_repetition(store: Store) {
        let club = club(&store).await;
        club.act(BEN, Follow { agent: ADA.into() }).await.unwrap();
        for n in 0..45 {
            let author = if n % 3 == 0 { BEN } else { ADA };
            let level = if n % 2 == 0 { Relevance::Street } else { Relevance::Town };
            club.act_at(author, saying(&format!("{n}"), level), NOW.plus_seconds(n)).await.unwrap();
        }
        let newest_first: Vec<String> = (0..45).rev().map(|n| n.to_string()).collect();
        for list in ["following", "near", "tag"] {
            let (mut titles, mut before, mut pages): (Vec<String>, Option<PostId>, _) = (Vec::new(), None, 0);
            loop {
                let posts = match list {
                    "following" => club.view(BEN, Following { before }).await.unwrap(),
                    "near" => club.view(BEN, Near { before, ..Near::default() }).await.unwrap().posts,
                    _ => club.view(BEN, ByTag { tag: "bins".into(), before }).await.unwrap(),
                };
                titles.extend(posts.items.into_iter().map(|item| item.title));
                (before, pages) = (posts.before, pages + 1);
                if before.is_none() {
                    break;
                }
            }
            assert_eq!((titles, pages), (newest_first.clone(), 3), "{list}");
        }
        let by_ada = club.view(BEN, ByAuthor { handle: "ada".into(), before: None }).await.unwrap();
        assert_eq!((by_ada.posts.items.len(), by_ada.posts.items[19].title.as_str()), (20, "16"));
        let street = club.titles(BEN, Near { level: Some(Relevance::Street), ..Near::default() }).await;
        assert_eq!(street.first().map(String::as_str), Some("44"));
        assert!(street.iter().all(|title| title.parse::<i64>().unwrap() % 2 == 0));
        let tagged = club.titles(BEN, Near { tag: Some("bins".into()), ..Near::default() }).await;
        assert_eq!(tagged.len(), 20);
        assert_eq!(club.titles(BEN, Near { tag: Some("cats".into()), ..Near::default() }).await, Vec::<String>::new());
    }

    async fn a_group_speaks_by_decision_in_its_own_name(store: Store) {
        let club: Club = club(&store).await;
        let actor = Actor::Group { id: GARDEN, mandate: planet_ontology::ids::ProposalId(Uuid::from_u128(1)) };
        let post = Post { audience: GARDEN.into(), ..saying("Digging on Saturday", Relevance::World) };
        let id = club.act(actor, post.clone()).await.unwrap().post;
        let seen = club.view(BEN, Read { id, after: None }).await.unwrap();
        assert_eq!((seen.item.kind.as_str(), seen.item.handle.as_str(), seen.audience.name.as_str()), ("group", "garden", "Garden"));
        assert_eq!(refused(club.view(CAT, Read { id, after: None }).await).code, "post_unknown");
        assert_eq!(refused(club.act(actor, Post { audience: club.bens_circle, ..post }).await).code, "audience_unknown");
    }
}

#[test]
fn every_text_that_is_used_is_written_and_no_other() {
    let texts = include_str!("../../texts/en.ftl");
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    assert_eq!(planet_kit::texts::missing(&[texts], src), planet_kit::texts::TextFaults::default());
}

#[test]
fn every_statement_of_this_room_prepares_on_both_engines() {
    let statements = testing::statements_in(concat!(env!("CARGO_MANIFEST_DIR"), "/src").as_ref());
    assert!(statements.len() > 20, "{}", statements.len());
    for engine in [Engine::Sqlite, Engine::Postgres] {
        testing::run(engine, &migrations(), async |store| {
            let wrong = testing::prepare_all(&store, &statements).await;
            assert!(wrong.is_empty(), "{engine:?}: {wrong:?}");
        });
    }
}
