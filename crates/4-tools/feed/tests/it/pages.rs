//! The pages, asked for as browsers do: what they show, where they lead, and what a form says when something is wrong.

use crate::club::{ADA, BEN, club, migrations, saying};
use axum::http::StatusCode;
use planet_feed::acts::{Comment, Edit, Follow, Post};
use planet_feed::views::Following;
use planet_kit::testing::{app, ask};
use planet_ontology::ids::AudienceId;
use planet_ontology::relevance::Relevance;
use planet_store::{Store, both_engines};
use uuid::Uuid;

both_engines! { migrations();

    async fn every_page_opens_and_all_its_words_are_there(store: Store) {
        let club = club(&store).await;
        let dan = club.newcomer("dan").await;
        club.act(dan, Post { tags: vec!["hello".into()], ..saying("Hello all", Relevance::World) }).await.unwrap();
        let public = Post { audience: AudienceId::PUBLIC, ..saying("Bin day?", Relevance::Town) };
        let id = club.act(ADA, public).await.unwrap().post;
        club.act(BEN, Follow { agent: ADA.into() }).await.unwrap();
        club.act(BEN, Comment { post: id, text: "It is *tomorrow*.".into() }).await.unwrap();
        let text = "- **Glass** on Tuesday".to_owned();
        club.act(ADA, Edit { post: id, title: "Bin day!".into(), text, tags: vec!["bins".into()] }).await.unwrap();
        let app = app(&club.corridor, &planet_feed::TOOL);
        for (who, path, shows) in [
            ("ben", "/feed", "Glass on Tuesday"),
            ("ben", "/feed", "/people/ada"),
            ("cat", "/feed", "Your feed is waiting for somebody to follow"),
            ("ben", "/near", "level=street"),
            ("ben", "/near?level=town&tag=bins", "Bin day!"),
            ("ben", "/near?level=street", "Nothing here yet"),
            ("dan", "/near", "Where do you live?"),
            ("ada", "/posts/new", "Castle Street. Whoever reads it will know"),
            ("cat", "/posts/new", "Your place has no street; this will reach your town, Wells."),
            ("ben", "/posts/new", "My circle Friends"),
            ("dan", "/posts/new", "your posts reach everybody"),
            ("ada", &format!("/posts/{id}"), "<strong>Glass</strong>"),
            ("ada", &format!("/posts/{id}"), "Is it <strong>Tuesday</strong>?"),
            ("ada", &format!("/posts/{id}"), "It is <em>tomorrow</em>."),
            ("ben", &format!("/posts/{id}"), r#"action="/people/ada/unfollow""#),
            ("cat", &format!("/posts/{id}"), r#"action="/people/ada/follow""#),
            ("ada", &format!("/posts/{id}/edit"), "- **Glass** on Tuesday"),
            ("nobody", &format!("/posts/{id}"), "For everybody, on the web too"),
            ("nobody", "/posts/by/ada", "Posts by Ada"),
            ("ben", "/posts/by/garden", "No posts for you here"),
            ("ben", "/tags/hello", "Hello all"),
            ("nobody", "/tags/hello", "Nobody has used this tag yet"),
        ] {
            let (status, _, body) = ask(&app, who, path, None).await;
            assert_eq!(status, StatusCode::OK, "{path}: {body}");
            assert!(body.contains(shows), "{path} lacks {shows}: {body}");
            assert!(!body.contains(">feed-"), "{path} has an untranslated word: {body}");
        }
        for path in ["/feed", "/near", "/posts/new", &format!("/posts/{id}/edit")] {
            let (status, goes, _) = ask(&app, "nobody", path, None).await;
            assert!(status == StatusCode::SEE_OTHER && goes.starts_with("/sign-in?next="), "{path}: {status} {goes}");
        }
        for (who, path) in [("nobody", "/posts/by/ben"), ("ben", "/posts/by/zoe"), ("ben", &format!("/posts/{}", Uuid::nil()))] {
            assert_eq!(ask(&app, who, path, None).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(ask(&app, "ben", "/posts/nonsense", None).await.0.is_client_error());
    }

    async fn a_post_is_written_commented_and_removed_by_forms(store: Store) {
        let club = club(&store).await;
        let app = app(&club.corridor, &planet_feed::TOOL);
        let form = format!("title=Bin+day%3F&text=Tuesday%3F&tags=%23bins+%23Castle+Street&relevance=street&audience={}&to_neighbours=yes", AudienceId::CLUB);
        let (status, post, _) = ask(&app, "ada", "/posts/new", Some(&form)).await;
        assert!(status == StatusCode::SEE_OTHER && post.starts_with("/posts/"), "{status} {post}");
        let body = ask(&app, "ben", "/near", None).await.2;
        assert!(body.contains("Bin day?") && body.contains("/tags/bins") && body.contains("/tags/castle-street"), "{body}");
        let (_, goes, _) = ask(&app, "ben", &format!("{post}/comment"), Some("text=Thanks!")).await;
        assert_eq!(goes, post);
        let (status, _, body) = ask(&app, "ben", &format!("{post}/comment"), Some("text=+")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains("Write your comment first.") && body.contains("Thanks!"), "{body}");
        let (_, goes, _) = ask(&app, "ada", &format!("{post}/edit"), Some("title=Bins&text=Wednesday&tags=bins")).await;
        assert_eq!(goes, post);
        let body = ask(&app, "ben", &post, None).await.2;
        assert!(body.contains("Wednesday") && body.contains("edited"), "{body}");
        for (verb, follows) in [("follow", true), ("unfollow", false)] {
            let (_, goes, _) = ask(&app, "ben", &format!("/people/ada/{verb}"), Some("")).await;
            assert_eq!(goes, "/people/ada");
            assert_eq!(club.titles(BEN, Following::default()).await.contains(&"Bins".to_owned()), follows);
        }
        let (_, goes, _) = ask(&app, "ben", "/people/garden/follow", Some("")).await;
        assert_eq!(goes, "/groups/garden");
        let (_, goes, _) = ask(&app, "ada", &format!("{post}/remove"), Some("")).await;
        assert_eq!(goes, "/feed");
        assert_eq!(ask(&app, "ada", &post, None).await.0, StatusCode::NOT_FOUND);
    }

    async fn a_wrong_form_comes_back_as_it_was_left_and_says_what_to_do(store: Store) {
        let club = club(&store).await;
        let app = app(&club.corridor, &planet_feed::TOOL);
        let [everybody, members] = [AudienceId::PUBLIC, AudienceId::CLUB].map(|id| id.to_string());
        for (title, text, tags, relevance, audience, sentence) in [
            ("", "kept+text", "bins", "town", members.as_str(), "Give your post a title"),
            ("kept", "", "bins", "town", &members, "Write a few words below the title."),
            ("kept", "kept+text", "", "town", &members, "at least one tag"),
            ("kept", "kept+text", "%3Cb%3E", "town", &members, "A tag is a word of letters"),
            ("kept", "kept+text", "bins", "", &members, "Choose how far your post matters"),
            ("kept", "kept+text", "bins", "galaxy", &members, "Choose how far your post matters"),
            ("kept", "kept+text", "bins", "street", &everybody, "A post for your street cannot be public"),
            ("kept", "kept+text", "bins", "town", "nonsense", "You cannot write for these readers."),
        ] {
            let form = format!("title={title}&text={text}&tags={tags}&relevance={relevance}&audience={audience}");
            let (status, _, body) = ask(&app, "ada", "/posts/new", Some(&form)).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{sentence}");
            assert!(body.contains(sentence), "{sentence}: {body}");
            assert!(body.contains("kept"), "{sentence}: {body}");
        }
        let form = format!("title=x&text=x&tags=x&relevance=town&audience={members}");
        club.newcomer("dan").await;
        let (status, _, body) = ask(&app, "dan", "/posts/new", Some(&form)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains("Say in your settings where you live") && body.contains("/settings/home"), "{body}");
        assert_eq!(club.titles(ADA, Following::default()).await, Vec::<String>::new());
    }
}
