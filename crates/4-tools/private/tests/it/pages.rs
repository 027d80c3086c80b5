//! The pages, asked for as browsers do: who sees which, what the forms do, and that nothing of what was sent is on any of them.

use crate::browsers::*;
use axum::http::StatusCode;
use planet_corridor::agents;
use planet_kit::testing::{app, ask, new};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::{Mode, Role, Visibility};
use planet_store::{Store, both_engines};
use uuid::Uuid;

const CHOIR: GroupId = GroupId(Uuid::from_u128(0xc401));

both_engines! { migrations();

    async fn every_page_opens_for_those_who_take_part_and_all_its_words_are_there(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        let two = start(&corridor, ADA, &[BEN]).await;
        let several = start(&corridor, ADA, &[BEN, CAT]).await;
        send(&corridor, ADA, message(two, phone, 0, "one")).await.unwrap();
        let app = app(&corridor, &planet_private::TOOL);
        for (path, shows) in [
            ("/messages".to_owned(), format!("/messages/{two}")),
            ("/messages".to_owned(), "Who can read what in this club".into()),
            (format!("/messages/{two}"), "This page needs script".into()),
            (format!("/messages/{two}"), "has not opened private messages yet".into()),
            (format!("/messages/{several}"), "Take Cat out".into()),
            ("/messages/browsers".to_owned(), "Phone".into()),
        ] {
            let (status, _, body) = ask(&app, "ada", &path, None).await;
            assert_eq!(status, StatusCode::OK, "{path}: {body}");
            assert!(body.contains(&shows), "{path} lacks {shows}: {body}");
            assert!(!body.contains("\u{27e6}"), "{path} has an untranslated word: {body}");
        }
        for who in ["eve", "cat"] {
            assert_eq!(ask(&app, who, &format!("/messages/{two}"), None).await.0, StatusCode::NOT_FOUND);
        }
        let (status, goes, _) = ask(&app, "nobody", "/messages", None).await;
        assert!(status == StatusCode::SEE_OTHER && goes.starts_with("/sign-in?next="), "{status} {goes}");
    }

    async fn a_conversation_begins_with_who_was_chosen_or_written_and_says_who_is_not_there(store: Store) {
        let corridor = club(&store).await;
        let app = app(&corridor, &planet_private::TOOL);
        let form = |people: &str, more: &str| format!("people={people}&people-id=&people-1={more}&people-1-id=");
        let (status, goes, _) = ask(&app, "ada", "/messages", Some(&form("%40Ben", ""))).await;
        assert!(status == StatusCode::SEE_OTHER && goes.starts_with("/messages/"), "{status} {goes}");
        assert_eq!(ask(&app, "ben", "/messages", Some(&form("ada", ""))).await.1, goes, "the two have one");
        assert_ne!(ask(&app, "ada", "/messages", Some(&form("ben", "cat"))).await.1, goes);
        for (sent, sentence) in [
            (form("zoe", ""), "There is no active member of that name."),
            (form("", ""), "Choose whom you would like to write to."),
            (form("ada", ""), "A conversation needs somebody else."),
        ] {
            let (status, _, body) = ask(&app, "ada", "/messages", Some(&sent)).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(body.contains(sentence), "{body}");
        }
    }

    async fn people_come_and_go_by_the_forms(store: Store) {
        let corridor = club(&store).await;
        let several = start(&corridor, ADA, &[BEN, CAT]).await;
        let app = app(&corridor, &planet_private::TOOL);
        let here = format!("/messages/{several}");
        let (_, _, body) = ask(&app, "ada", &format!("{here}/add"), Some("member=ben&member-id=")).await;
        assert!(body.contains("They are in this conversation already."), "{body}");
        assert_eq!(ask(&app, "ada", &format!("{here}/add"), Some("member=eve&member-id=")).await.1, here);
        assert_eq!(ask(&app, "eve", &here, None).await.0, StatusCode::OK);
        let out = |who: &str| format!("member={who}");
        assert_eq!(ask(&app, "ada", &format!("{here}/remove"), Some(&out(&EVE.to_string()))).await.1, here);
        assert_eq!(ask(&app, "eve", &here, None).await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(&app, "ben", &format!("{here}/leave"), Some("")).await.1, "/messages");
        assert_eq!(ask(&app, "ben", &here, None).await.0, StatusCode::NOT_FOUND);
    }

    async fn a_browser_is_renamed_and_taken_out_of_use_by_its_owner_alone(store: Store) {
        let corridor = club(&store).await;
        let phone = set_up(&corridor, ADA, 1, 1).await;
        let app = app(&corridor, &planet_private::TOOL);
        let rename = format!("device={phone}&name=Old+phone");
        assert_eq!(ask(&app, "ben", "/messages/browsers/rename", Some(&rename)).await.0, StatusCode::NOT_FOUND);
        assert_eq!(ask(&app, "ada", "/messages/browsers/rename", Some(&rename)).await.1, "/messages/browsers");
        assert!(ask(&app, "ada", "/messages/browsers", None).await.2.contains("Old phone"));
        ask(&app, "ada", "/messages/browsers/revoke", Some(&format!("device={phone}"))).await;
        assert!(!ask(&app, "ada", "/messages/browsers", None).await.2.contains("Old phone"));
    }

    async fn a_private_groups_conversation_is_opened_by_who_comes_first(store: Store) {
        let corridor = club(&store).await;
        store
            .write(|tx| {
                agents::create_group_seen_by(tx, CHOIR, &new("choir", "Choir"), (Mode::Chat, false), Visibility::Private)?;
                agents::set_role(tx, ADA.into(), CHOIR, Role::Member, NOW)?;
                agents::set_role(tx, BEN.into(), CHOIR, Role::Member, NOW)
            })
            .await
            .unwrap();
        let app = app(&corridor, &planet_private::TOOL);
        assert!(ask(&app, "ada", "/messages/group/choir", None).await.2.contains("Nobody has opened it yet"));
        ask(&app, "ada", "/messages/group/choir", Some(&format!("group={CHOIR}"))).await;
        let (status, goes, _) = ask(&app, "ben", "/messages/group/choir", None).await;
        assert!(status == StatusCode::SEE_OTHER && goes.starts_with("/messages/"), "{status} {goes}");
        assert!(ask(&app, "ben", &goes, None).await.2.contains("Choir"));
        assert_eq!(ask(&app, "eve", "/messages/group/choir", None).await.0, StatusCode::NOT_FOUND);
    }
}
