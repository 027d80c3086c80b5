//! The clock of a trial: only with the flag, only on this machine, only by a steward. That it really moves is told in the browser
//! stories: here it is moved by nothing, because all tests share it.

use super::street::{Street, api, browser, text, token};
use crate::{house, trial};
use axum::http::{StatusCode, header};
use planet_kit::web::Origin;
use planet_store::{Store, both_engines};

const OWN: Option<&str> = Some("http://localhost:7700");

fn trying(origin: &str, listen: &str) -> Result<(), String> {
    let origin = Origin::parse(origin).unwrap();
    trial::routes(&origin, listen.parse().unwrap()).map(drop).map_err(|error| error.to_string())
}

#[test]
fn a_club_that_others_can_reach_has_no_movable_clock() {
    for (origin, listen) in [
        ("https://club.example", "127.0.0.1:7700"),
        ("http://localhost:7700", "0.0.0.0:7700"),
        ("http://localhost:7700", "192.0.2.7:7700"),
        ("http://localhost:7700", "[::]:7700"),
    ] {
        let refused = trying(origin, listen).unwrap_err();
        assert!(refused.contains("in trials only"), "{origin} at {listen}: {refused}");
    }
    for listen in ["127.0.0.1:7700", "[::1]:7700"] {
        trying("http://localhost:7700", listen).unwrap();
    }
}

both_engines! { house::migrations();

    async fn without_the_flag_there_is_no_such_door(store: Store) {
        let street = Street::new(&store).await;
        let response = street.send(browser("POST", "/trial/clock", OWN, "seconds=0")).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
    }

    async fn stewards_move_the_clock_forward_and_nobody_else(store: Store) {
        let door = trial::routes(&Origin::parse("http://localhost:7700").unwrap(), "127.0.0.1:7700".parse().unwrap());
        let street = Street::with(&store, door.unwrap()).await;
        let post = |origin, body: &str| browser("POST", "/trial/clock", origin, body);
        let response = street.send(post(OWN, "seconds=0")).await;
        assert_eq!(response.status(), StatusCode::OK);
        let told = text(response).await;
        assert!(told.starts_with("{\"now\":"), "{told}");
        for body in ["seconds=-1", "seconds=31622401", "seconds=soon", "", "seconds=0&days=1"] {
            let status = street.send(post(OWN, body)).await.status();
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        }
        assert_eq!(street.send(post(Some("http://elsewhere.example"), "seconds=0")).await.status(), StatusCode::FORBIDDEN);
        let mut ben = post(OWN, "seconds=0");
        let cookie = format!("planet={}", token(2).reveal());
        ben.headers_mut().insert(header::COOKIE, cookie.parse().unwrap());
        let response = street.send(ben).await;
        assert_eq!(response.status(), StatusCode::FORBIDDEN);
        assert!(text(response).await.contains("Stewards of the club move the clock of a trial."));
        let status = street.send(api("POST", "/trial/clock", None, "seconds=0")).await.status();
        assert!(!status.is_success(), "nobody without a name: {status}");
        assert_eq!(street.send(browser("GET", "/trial/clock", None, "")).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    }
}
