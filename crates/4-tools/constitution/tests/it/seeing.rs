//! Who sees what of the rules, through pages.

use super::shop::{club, migrations, opens, seal};
use axum::http::StatusCode;
use planet_kit::testing::{ADA, app, ask};
use planet_store::{Store, both_engines};

both_engines! { migrations();

    async fn the_rules_are_open_to_all_and_who_holds_a_role_to_members(store: Store) {
        let corridor = club(&store).await;
        let app = app(&corridor, &planet_constitution::TOOL);
        let (status, _, page) = ask(&app, "nobody", "/constitution", None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("One member, one vote.") && page.contains("Open the shop."), "{page}");
        assert!(!page.contains("/people/ada") && !page.contains("/constitution/change"), "{page}");
        let (_, _, page) = ask(&app, "ben", "/constitution", None).await;
        assert!(page.contains("/people/ada") && page.contains("/constitution/change/numbers"), "{page}");
    }

    async fn a_case_is_asked_with_its_reason(store: Store) {
        let corridor = club(&store).await;
        let app = app(&corridor, &planet_constitution::TOOL);
        let (_, _, page) = ask(&app, "ben", "/constitution/what-if?act=shop.open", None).await;
        assert!(page.contains("Yes, Ben may") && page.contains("Everything else is permitted."), "{page}");
        let (_, _, page) = ask(&app, "ben", "/constitution/what-if?member=ada&act=shop.open&role=treasurer&unless=club", None).await;
        assert!(page.contains("No, Ada may not") && page.contains("no shop.open to treasurer"), "{page}");
        let (status, _, page) = ask(&app, "ben", "/constitution/what-if?member=zoe&act=shop.open", None).await;
        assert!(status == StatusCode::NOT_FOUND && page.contains("There is no member of that handle."), "{status} {page}");
        let (status, ..) = ask(&app, "nobody", "/constitution/what-if?act=shop.open", None).await;
        assert_ne!(status, StatusCode::OK);
    }

    async fn a_change_is_tried_out_before_it_is_proposed(store: Store) {
        let corridor = club(&store).await;
        assert!(opens(&corridor, ADA).await);
        seal(&corridor).await;
        let app = app(&corridor, &planet_constitution::TOOL);
        let (_, _, page) = ask(&app, "ben", "/constitution/change/policies?file=shop.cedar", None).await;
        assert!(page.contains("no shop.open to treasurer"), "{page}");
        let form = "written_for=1&name=shop.cedar&text=no+shop.open+to+steward";
        let (status, _, page) = ask(&app, "ben", "/constitution/change/policies", Some(form)).await;
        assert_eq!(status, StatusCode::OK, "{page}");
        assert!(page.contains("Not allowed any more") && page.contains("Propose it"), "{page}");
        let (status, _, page) = ask(&app, "ben", "/constitution/change/policies", Some("written_for=1&name=Shop&text=x")).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("A file of policies is called like"), "{status} {page}");
        let (_, _, page) = ask(&app, "ben", "/constitution/change/numbers", Some("key=founder_days&written_for=1&days=30")).await;
        assert!(page.contains("Let a founder\u{2019}s powers last 30 days."), "{page}");
        for path in ["numbers", "procedure?name=two", "policies", "new"] {
            let (status, ..) = ask(&app, "ben", &format!("/constitution/change/{path}"), None).await;
            assert_eq!(status, StatusCode::OK, "{path}");
        }
        let procedure = "written_for=1&name=two&about=Two.&open_for=1h&member=yes&yes_at_least=2&act=shop.open";
        let (status, _, page) = ask(&app, "ben", "/constitution/change/procedure", Some(procedure)).await;
        assert!(status == StatusCode::OK && page.contains("Others decide"), "{status} {page}");
    }
}
