//! The pages of the front door, visited: lists, letters, applications, home, leaving.

use crate::club::{counts, migrations};
use crate::door::Club;
use axum::http::StatusCode;
use planet_store::{Store, both_engines, sql};
use serde_json::json;

both_engines! { migrations();
    async fn every_page_opens_for_a_member_and_asks_others_to_sign_in(store: Store) {
        let (club, ada) = Club::founded(&store).await;
        for (path, word) in [
            ("/invite", "Nobody invited yet"),
            ("/invite/many", "A members’ list from a spreadsheet"),
            ("/applications", "Nobody is waiting"),
            ("/welcome", "Write down your paper words"),
            ("/settings/name", "Ada Okafor"),
            ("/settings/home", "Frome, "),
            ("/settings/leave", "Nobody is kept here"),
            ("/settings/export", "Take your data along"),
            ("/people/ada-okafor/standing", "A member with all rights"),
        ] {
            club.get(path, &ada).await.page(&[word]);
            let stranger = club.get(path, "").await;
            assert_eq!(stranger.status, StatusCode::SEE_OTHER, "{path}");
            assert!(stranger.location.starts_with("/sign-in?next=/"), "{}", stranger.location);
        }
        club.get("/apply", "").await.page(&["Apply to join Elm Street Co-op"]);
    }

    async fn towns_are_found_while_typing(store: Store) {
        let (club, ada) = Club::founded(&store).await;
        let found = club.get("/places/search?q=from&country=gb", "").await.json();
        let first = &found["items"][0];
        assert_eq!(first["label"], "Frome, Somerset, England, United Kingdom");
        assert!(found["items"].as_array().unwrap().len() <= 8);
        assert_eq!(club.get("/places/search?q=", "").await.json(), json!({ "items": [] }));
        let (id, home) = (first["id"].as_str().unwrap(), "/settings/home");
        let shown = club.get(home, &ada).await.hidden("before");
        assert_eq!(shown, id);
        let saved = club.post(home, &ada, &[("place", ""), ("place_id", id), ("before", id), ("neighbourhood", "Trinity"), ("street", "Catherine Hill"), ("shared", "neighbourhood")]).await;
        assert_eq!((saved.status, saved.location.as_str()), (StatusCode::SEE_OTHER, home), "{}", saved.text);
        club.get(home, &ada).await.page(&["Trinity, Frome, Somerset", "value=\"Catherine Hill\""]);
        let streets = club.get(&format!("/places/below?parent={id}&kind=street&q=cath"), &ada).await.json();
        assert_eq!(streets["items"][0]["label"], "Catherine Hill");
        let unknown = club.post(home, &ada, &[("place", "Xyzzyville"), ("place_id", ""), ("shared", "town")]).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unknown.text.contains("choose a town from the list") && unknown.text.contains("Xyzzyville"));
    }

    async fn a_list_becomes_letters_and_each_letter_lets_one_in(store: Store) {
        let (club, ada) = Club::founded(&store).await;
        let list = "name,email\nBruno Marek,bruno@example.org\n,nobody@example.org\nEve,nonsense\n";
        let preview = club.post("/invite/many", &ada, &[("list", list), ("days", "30")]).await;
        preview.page(&["One person will be invited", "2 lines are left out", "Please write the name.", "does not look like an address"]);
        let made = store.read(|tx| tx.one::<(i64,)>(sql!("SELECT count(*) FROM invitations"), &[])).await.unwrap();
        assert_eq!(made, (0,), "looking does nothing");
        let (good, secret) = (preview.hidden("list"), preview.hidden("secret"));
        let fields = [("list", good.as_str()), ("secret", secret.as_str()), ("days", "30")];
        let letters = club.post("/invite/letters", &ada, &fields).await;
        let page = letters.page(&["One letter", "Dear Bruno Marek,", "<svg class=\"qr\""]);
        let link = page.split("https://club.example/join/").nth(1).unwrap().split('<').next().unwrap();
        club.come_in("join", &json!({ "token": link, "name": "Bruno", "place": "", "place_id": "" })).await;
        assert_eq!(counts(&club.corridor).await.0, 2);
        for (list, days, word) in [("", "14", "There is nobody on this list yet."), ("Ada", "0 or so", "lasts between 1 and 90 days")] {
            let refused = club.post("/invite/many", &ada, &[("list", list), ("days", days)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.text.contains(word), "{}", refused.text);
        }
    }

    async fn an_applicant_is_admitted_and_finds_the_way_in(store: Store) {
        let (club, ada) = Club::founded(&store).await;
        let secret = club.get("/apply", "").await.hidden("secret");
        let fields = [("secret", secret.as_str()), ("name", "Bruno Marek"), ("why", "I *bake*."), ("place", "Frome"), ("email", "")];
        let refused = club.post("/apply", "", &[("secret", &secret), ("name", "Bruno"), ("why", "")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text.contains("Please write why you would like to join.") && refused.text.contains("value=\"Bruno\""));
        let applied = club.post("/apply", "", &fields).await;
        assert_eq!(applied.location, format!("/apply/{secret}"));
        club.get(&applied.location, "").await.page(&["Your application has arrived", "Bruno Marek"]);
        assert_eq!(club.get("/apply/AAAA", "").await.problem().0, "application_unknown");

        let list = club.get("/applications", &ada).await;
        let page = list.page(&["<em>bake</em>", "Admit", "Decline"]);
        let path = page.split("action=\"/applications/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let admitted = club.post(&format!("/applications/{path}"), &ada, &[("name", "Bruno Marek")]).await;
        assert_eq!(admitted.location, "/applications", "{}", admitted.text);
        club.get(&applied.location, "").await.page(&["You are admitted", &format!("/join/{secret}")]);
        club.come_in("join", &json!({ "token": secret, "name": "Bruno Marek", "place": "", "place_id": "" })).await;
        club.get(&applied.location, "").await.page(&["You have joined"]);
    }

    async fn a_member_takes_everything_along_and_leaves(store: Store) {
        let (club, ada) = Club::founded(&store).await;
        let renamed = club.post("/settings/name", &ada, &[("name", "Ada O.")]).await;
        assert_eq!(renamed.location, "/settings");
        let copy = club.post("/settings/export", &ada, &[]).await;
        let data = copy.json();
        assert_eq!((data["member"]["name"].as_str(), data["number"].as_i64()), (Some("Ada O."), Some(1)));
        assert!(data["identity"]["log"].as_str().unwrap().contains("did:webvh:"));
        assert_eq!(data["identity"]["vault"]["wraps"][0]["kind"], "passkey");
        assert_eq!(data["acts"][0]["act"], "membership.rename@1");
        assert!(!copy.text.contains("token"), "no session token");

        let hasty = club.post("/settings/leave", &ada, &[]).await;
        assert!(hasty.text.contains("Tick the box"), "{}", hasty.text);
        club.get("/settings/leave", &ada).await.page(&["Nobody is kept here"]);
        let gone = club.post("/settings/leave", &ada, &[("sure", "on")]).await;
        gone.page(&["You have left"]);
        assert_eq!(gone.cookie.as_deref(), Some("planet="));
        assert_eq!(club.get("/settings/leave", &ada).await.status, StatusCode::SEE_OTHER);
        let (standing,) = store.read(|tx| tx.one::<(String,)>(sql!("SELECT standing FROM agents WHERE kind = 'member'"), &[])).await.unwrap();
        assert_eq!(standing, "left");
    }
}
