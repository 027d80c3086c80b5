//! The pages, asked for as browsers do: what they show, where they lead, and what a form says when something is wrong.

use crate::club::*;
use axum::http::StatusCode;
use planet_kit::testing::{app, ask};
use planet_ontology::ids::AudienceId;
use planet_store::{Store, both_engines};

both_engines! { migrations();

    async fn every_page_opens_and_all_its_words_are_there(store: Store) {
        let corridor = club(&store).await;
        let friends = circle(&corridor, ADA, "Old friends", &[CAT]).await;
        for (kind, value) in [("about", "I **bake**."), ("skill", "bread"), ("email", "ada@example.org")] {
            say(&corridor, ADA, detail(kind, value, friends)).await;
        }
        let app = app(&corridor, &planet_profiles::TOOL);
        for (path, shows) in [
            ("/people", "/people/cat".to_owned()),
            ("/people?q=bread", "/people/ada".into()),
            ("/people/suggest?q=cat", r#""hint":"@cat""#.into()),
            ("/people/ada", "<strong>bake</strong>".into()),
            ("/people/ben", "/wallet/pay?to=ben".into()),
            ("/people/ben", r#"action="/people/ben/follow""#.into()),
            ("/people/bakery", "/groups/bakery".into()),
            ("/me/edit", "My circle Old friends".into()),
            ("/me/edit?of=bakery", "bakery".into()),
            ("/me/circles", format!("/me/circles/{friends}")),
            (&format!("/me/circles/{friends}"), "/people/cat".into()),
            ("/me/view-as", "Nothing at all".into()),
            ("/me/view-as?as=cat", "mailto:ada@example.org".into()),
            ("/me/view-as?as=&who=%40ben", "Ben sees this".into()),
            ("/me/view-as?as=club+member", "No details".into()),
            ("/settings", r#"href="/settings/leave""#.into()),
        ] {
            let (status, _, body) = ask(&app, "ada", path, None).await;
            assert_eq!(status, StatusCode::OK, "{path}: {body}");
            assert!(body.contains(&shows), "{path} lacks {shows}: {body}");
            assert!(!body.contains("profiles-"), "{path} has an untranslated word: {body}");
        }
        assert_eq!(ask(&app, "ada", "/me", None).await.1, "/people/ada");
    }

    async fn guests_find_only_what_is_public(store: Store) {
        let corridor = club(&store).await;
        say(&corridor, ADA, detail("skill", "bread", AudienceId::PUBLIC)).await;
        say(&corridor, ADA, detail("phone", "01373 1234", AudienceId::CLUB)).await;
        let app = app(&corridor, &planet_profiles::TOOL);
        let (status, _, body) = ask(&app, "nobody", "/people/ada", None).await;
        assert_eq!((status, body.contains("bread"), body.contains("01373")), (StatusCode::OK, true, false));
        assert!(!body.contains("/follow") && !body.contains("/me/edit"), "{body}");
        for handle in ["ben", "zoe"] {
            let (status, _, body) = ask(&app, "nobody", &format!("/people/{handle}"), None).await;
            assert_eq!(status, StatusCode::NOT_FOUND);
            assert!(body.contains("There is no such profile"), "{body}");
        }
        for path in ["/people", "/people/suggest?q=ada", "/me", "/me/edit", "/me/circles", "/settings"] {
            let (status, goes, _) = ask(&app, "nobody", path, None).await;
            assert!(status == StatusCode::SEE_OTHER && goes.starts_with("/sign-in?next="), "{path}: {status} {goes}");
        }
    }

    async fn a_detail_goes_in_by_the_form_and_a_wrong_one_comes_back(store: Store) {
        let corridor = club(&store).await;
        let app = app(&corridor, &planet_profiles::TOOL);
        let form = |kind: &str, value: &str, audience: &str| format!("kind={kind}&value={value}&audience={audience}&label=&id=&of=");
        let club_id = AudienceId::CLUB.to_string();
        for (sent, sentence) in [
            (form("phone", "none", &club_id), "This does not look like a phone number"),
            (form("skill", "bread", ""), "Choose who may see this"),
            (form("skill", "bread", &BEN.to_string()), "Choose who may see this"),
        ] {
            let (status, _, body) = ask(&app, "ada", "/me/edit", Some(&sent)).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(body.contains(sentence), "{body}");
        }
        assert_eq!(mine(&corridor, ADA).await, []);
        let (status, goes, _) = ask(&app, "ada", "/me/edit", Some(&form("skill", "bread", &club_id))).await;
        assert_eq!((status, goes.as_str()), (StatusCode::SEE_OTHER, "/me/edit"));
        assert_eq!(mine(&corridor, ADA).await, [("bread".to_owned(), "club".to_owned())]);
    }

    async fn a_circle_is_kept_by_forms(store: Store) {
        let corridor = club(&store).await;
        let app = app(&corridor, &planet_profiles::TOOL);
        let (_, goes, _) = ask(&app, "ada", "/me/circles", Some("name=Friends")).await;
        let (status, back, _) = ask(&app, "ada", &format!("{goes}/add"), Some("member=%40cat&member_id=")).await;
        assert_eq!((status, back), (StatusCode::SEE_OTHER, goes.clone()));
        let (status, _, body) = ask(&app, "ada", &format!("{goes}/add"), Some("member=zoe&member_id=")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(body.contains("no active member of that name") && body.contains("/people/cat"), "{body}");
        assert_eq!(ask(&app, "ben", &goes, None).await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(&app, "ben", &format!("{goes}/end"), Some("")).await.0, StatusCode::NOT_FOUND);
        ask(&app, "ada", &format!("{goes}/remove"), Some(&format!("member={CAT}"))).await;
        ask(&app, "ada", &format!("{goes}/rename"), Some("name=Close+friends")).await;
        let body = ask(&app, "ada", &goes, None).await.2;
        assert!(body.contains("Close friends") && !body.contains("/people/cat"), "{body}");
        assert_eq!(ask(&app, "ada", &format!("{goes}/end"), Some("")).await.1, "/me/circles");
        assert_eq!(ask(&app, "ada", &goes, None).await.0, StatusCode::NOT_FOUND);
    }
}
