//! The pages as browsers ask for them: each way through the forms, what they refuse, and the copies.

use crate::club::*;
use axum::http::StatusCode;
use planet_kit::testing::{app, ask};
use planet_store::{Store, both_engines};

both_engines! { migrations();

    async fn a_member_pays_buys_and_asks_through_the_pages(store: Store) {
        let corridor = decided(&store).await;
        corridor.perform_due(later(NOW, 10)).await.unwrap();
        let app = app(&corridor, &planet_dues::TOOL);
        let shown = async |who: &str, path: &str| {
            let (status, _, page) = ask(&app, who, path, None).await;
            assert_eq!(status, StatusCode::OK, "{path}: {page}");
            page
        };
        let guest = shown("nobody", "/membership/dues").await;
        assert!(guest.contains("Joining fee") && !guest.contains("Pay now"), "{guest}");
        let page = shown("ben", "/membership/dues").await;
        assert!(page.contains("Pay now") && page.contains("still need one") && page.contains("No reasons are needed"), "{page}");
        let line = lines_of(&corridor, BEN).await[0].id;
        let (status, to, _) = ask(&app, "ben", &format!("/membership/dues/{line}/pay"), Some("")).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/membership/dues"));
        let (status, _, page) = ask(&app, "ben", &format!("/membership/dues/{line}/pay"), Some("")).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains("Nothing was paid twice"), "{page}");
        let (status, _, page) = ask(&app, "ben", "/membership/shares/buy", Some("number=9&price=2500")).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains("A member may hold 4 shares at the most"), "{page}");
        let (status, to, _) = ask(&app, "ben", "/membership/shares/buy", Some("number=2&price=2500")).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/membership/shares"));
        assert!(shown("ben", "/membership/shares/certificate").await.contains("Ben holds 2 shares of Elm Street Co-op"));
        let (status, _, _) = ask(&app, "ben", "/membership/shares/back", Some("back=1")).await;
        assert_eq!(status, StatusCode::SEE_OTHER);
        assert!(shown("ben", "/membership/shares").await.contains("Keep them"));
        let wish = "kind=reduce&percent=50&until=&words=";
        let (status, _, page) = ask(&app, "ben", "/membership/dues/ask", Some(wish)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("within three years"), "{page}");
        let (status, to, _) = ask(&app, "ben", "/membership/dues/ask", Some("kind=waive&percent=&until=&words=")).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/membership/dues"));
        assert!(shown("ben", "/membership/dues").await.contains("waits for an answer"));
        let desk = shown("tom", "/membership/desk").await;
        assert!(desk.contains("Waive what is open") && desk.contains("Share capital, 2 shares"), "{desk}");
        let (status, _, _) = ask(&app, "ben", "/membership/desk", None).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
        let (_, _, copy) = ask(&app, "tom", "/membership/desk/copy", None).await;
        assert!(copy.starts_with("\u{feff}name,handle,what") && copy.contains("ben"), "{copy}");
    }

    async fn the_register_is_shown_searched_and_copied(store: Store) {
        let corridor = decided(&store).await;
        let app = app(&corridor, &planet_dues::TOOL);
        let (_, _, page) = ask(&app, "tom", "/membership/register?q=be", None).await;
        assert!(page.contains(">Ben<") && !page.contains(">Cat<"), "{page}");
        let (_, _, copy) = ask(&app, "tom", "/membership/register/copy", Some("format=csv&past=")).await;
        assert!(copy.contains("Ben,ben,active,"), "{copy}");
        let (_, _, copy) = ask(&app, "tom", "/membership/register/copy", Some("format=json&past=")).await;
        assert!(copy.contains("\"handle\":\"ben\""), "{copy}");
        let (status, _, page) = ask(&app, "tom", "/membership/register/ben", None).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("Joined the club"), "{page}");
        let (status, _, _) = ask(&app, "tom", "/membership/register/nobody", None).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }

    async fn terms_are_proposed_in_a_form(store: Store) {
        let corridor = club(&store).await;
        let app = app(&corridor, &planet_dues::TOOL);
        let (_, _, page) = ask(&app, "cat", "/membership/dues/change", None).await;
        assert!(page.contains("acorns") && page.contains("First due day"), "{page}");
        let form = |price: &str| format!(
            "currency={ACORNS}&joining_fee=10&dues=5&every=month&first={}&share_price={price}&least_shares=1&most_shares=4\
             &notice_days=30&keep_years=10&hardship=Ask.", day(NOW, 3)
        );
        let (status, _, page) = ask(&app, "cat", "/membership/dues/change", Some(&form("0"))).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Where there are shares they have a price"), "{page}");
        let (status, to, _) = ask(&app, "cat", "/membership/dues/change", Some(&form("25.00"))).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/membership/dues"), "everything goes at once in this club");
        let (_, _, page) = ask(&app, "cat", "/membership/dues", None).await;
        assert!(page.contains("One member, one vote"), "{page}");
    }
}
