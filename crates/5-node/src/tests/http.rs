//! Through the door: what strangers, programs and browsers may do, and what happens to nonsense.

use super::street::{ADA, BEN, NOW, Street, api, browser, text};
use crate::house;
use axum::http::StatusCode;
use planet_ontology::acts::Authority;
use planet_store::{Store, both_engines};
use planet_wallet::views::Wallet;
use serde_json::{Value, json};

async fn refused(street: &Street, path: &str, bearer: Option<u8>, body: &str) -> (u16, String) {
    let response = street.send(api("POST", path, bearer, body.to_owned())).await;
    let status = response.status().as_u16();
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    let problem: Value = serde_json::from_str(&text(response).await).unwrap();
    assert!(problem["detail"].as_str().unwrap().len() > 10, "{problem}");
    (status, problem["code"].as_str().unwrap().to_owned())
}

async fn balance(street: &Street) -> i64 {
    let viewer = street.corridor.viewer(ADA).await.unwrap();
    street.corridor.view(&viewer, Wallet::default(), NOW).await.unwrap().balances[0].balance.0
}

both_engines! { house::migrations();

    async fn a_program_pays_and_a_repeated_request_pays_once(store: Store) {
        let street = Street::new(&store).await;
        let pay = || {
            let mut request = api("POST", "/api/v1/wallet/pay", Some(1), json!({ "to": BEN, "amount": 300 }).to_string());
            request.headers_mut().insert("idempotency-key", "018f0000-0000-7000-8000-000000000001".parse().unwrap());
            request
        };
        let first: Value = serde_json::from_str(&text(street.send(pay()).await).await).unwrap();
        let again: Value = serde_json::from_str(&text(street.send(pay()).await).await).unwrap();
        assert_eq!(first["output"]["balance"], -300, "{first}");
        assert_eq!((first, balance(&street).await), (again, -300));
    }

    async fn nonsense_gets_a_sentence_and_changes_nothing(store: Store) {
        let street = Street::new(&store).await;
        let pay = "/api/v1/wallet/pay";
        let good = json!({ "to": BEN, "amount": 300 }).to_string();
        for (path, bearer, body, expected) in [
            (pay, None, good.as_str(), (401, "not_signed_in")),
            (pay, Some(9), good.as_str(), (401, "not_signed_in")),
            (pay, Some(1), "{ not json", (422, "malformed_json")),
            (pay, Some(1), r#"{"to":"nobody","amount":1}"#, (422, "malformed")),
            (pay, Some(1), r#"{"to":"00000000-0000-7000-8000-000000000009","amount":1}"#, (422, "payee_unknown")),
            (pay, Some(1), r#"{"amount":1,"colour":"red"}"#, (422, "malformed")),
            ("/api/v1/wallet/burn", Some(1), "{}", (404, "no_such_act")),
            ("/api/v1/wallet/open", Some(1), r#"{"owner":"00000000-0000-7000-8000-000000000009"}"#, (404, "no_such_act")),
        ] {
            let (status, code) = refused(&street, path, bearer, body).await;
            assert_eq!((status, code.as_str()), expected, "{path} {body}");
        }
        for amount in [0, -5, 10_001, i64::MAX] {
            let body = json!({ "to": BEN, "amount": amount }).to_string();
            assert!(matches!(refused(&street, pay, Some(1), &body).await.0, 409 | 422), "{amount}");
        }
        assert_eq!(balance(&street).await, 0);
    }

    async fn what_is_too_large_is_refused_with_a_sentence(store: Store) {
        let street = Street::new(&store).await;
        let huge = json!({ "to": BEN, "amount": 300, "memo": "x".repeat(300_000) }).to_string();
        assert_eq!(refused(&street, "/api/v1/wallet/pay", Some(1), &huge).await, (413, "too_large".into()));
        let form = format!("to=Ben&amount=5&memo={}&_key=018f0000-0000-7000-8000-000000000001", "x".repeat(1_100_000));
        for told in [true, false] {
            let mut request = browser("POST", "/wallet/pay", Some("http://localhost:7700"), &form);
            if told {
                request.headers_mut().insert("content-length", form.len().into());
            }
            let response = street.send(request).await;
            assert_eq!(response.status(), StatusCode::PAYLOAD_TOO_LARGE);
            let page = text(response).await;
            assert!(page.contains("This is too large. Please send less at once.") && page.contains("Go to the first page"), "{page}");
        }
        assert_eq!(balance(&street).await, 0);
    }

    async fn what_the_framework_refuses_gets_a_sentence_too(store: Store) {
        let street = Street::new(&store).await;
        for (method, path, form, status, sentence) in [
            ("GET", "/wallet/requests/nonsense", "", 404, "There is nothing at this address."),
            ("GET", "/decisions/1%00", "", 404, "There is nothing at this address."),
            ("GET", "/near?level=galaxy", "", 404, "There is nothing at this address."),
            ("POST", "/wallet/requests/nonsense/approve", "_key=x", 400, "What was sent could not be understood."),
            ("POST", "/decisions", "_key=x", 405, "can be looked at or sent to, but not in this way"),
            ("POST", "/wallet/pay", "%ff=%ff&&&=", 422, "This form has no field called"),
        ] {
            let response = street.send(browser(method, path, Some("http://localhost:7700"), form)).await;
            assert_eq!(response.status().as_u16(), status, "{path}");
            let page = text(response).await;
            assert!(page.contains(sentence), "{path}: {page}");
            if method == "GET" {
                let response = street.send(api(method, path, Some(1), "")).await;
                assert_eq!((response.status().as_u16(), &response.headers()["content-type"]), (status, &"application/problem+json".parse().unwrap()));
            }
        }
    }

    async fn a_form_from_elsewhere_is_refused(store: Store) {
        let street = Street::new(&store).await;
        let form = "to=Ben&amount=5&_key=018f0000-0000-7000-8000-000000000001";
        for origin in [Some("https://evil.example"), Some("null"), None] {
            let response = street.send(browser("POST", "/wallet/pay", origin, form)).await;
            assert_eq!(response.status(), StatusCode::FORBIDDEN, "{origin:?}");
        }
        assert_eq!(balance(&street).await, 0);
        let response = street.send(browser("POST", "/wallet/pay", Some("http://localhost:7700"), form)).await;
        assert_eq!((response.status(), balance(&street).await), (StatusCode::SEE_OTHER, -500));
    }

    async fn a_refused_form_comes_back_as_it_was_left(store: Store) {
        let street = Street::new(&store).await;
        let form = "to=Ben&amount=1000&memo=for+the+roof&_key=018f0000-0000-7000-8000-000000000002";
        let response = street.send(browser("POST", "/wallet/pay", Some("http://localhost:7700"), form)).await;
        assert_eq!(response.status(), StatusCode::CONFLICT);
        let page = text(response).await;
        assert!(page.contains("for the roof") && page.contains("You can go down to"), "{page}");
        assert!(!page.contains("018f0000-0000-7000-8000-000000000002"), "a new attempt needs a new key");
        assert_eq!(balance(&street).await, 0);
    }

    async fn guests_are_sent_to_sign_in_and_lost_ones_get_a_page(store: Store) {
        let street = Street::new(&store).await;
        let guest = |path: &str| axum::http::Request::builder().uri(path).header("accept", "text/html").body(axum::body::Body::empty()).unwrap();
        let response = street.send(guest("/wallet")).await;
        assert_eq!((response.status(), response.headers()["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/sign-in?next=/wallet"));
        let lost = street.send(guest("/no/such/page")).await;
        assert_eq!(lost.status(), StatusCode::NOT_FOUND);
        assert!(lost.headers().contains_key("content-security-policy"));
        assert!(text(lost).await.contains("There is nothing here"));
        assert_eq!(street.send(guest("/about/words")).await.status(), StatusCode::OK);
        assert_eq!(street.send(guest("/about/rules")).await.status(), StatusCode::OK);
        assert_eq!(street.send(guest("/healthz")).await.status(), StatusCode::OK);
    }

    async fn the_description_of_the_api_has_every_act_and_view(store: Store) {
        let street = Street::new(&store).await;
        let response = street.send(api("GET", "/api/v1/openapi.json", None, "")).await;
        let described: Value = serde_json::from_str(&text(response).await).unwrap();
        assert_eq!(described["openapi"], "3.1.0");
        let registry = house::registry();
        for act in registry.acts() {
            let path = format!("/api/v1/{}", act.name.replace('.', "/"));
            assert_eq!(described["paths"][&path]["post"].is_object(), act.authority != Authority::House, "{path}");
        }
        for view in registry.views() {
            let path = format!("/api/v1/{}", view.name.replace('.', "/"));
            assert!(described["paths"][&path]["get"].is_object(), "{path}");
        }
        let references = described.to_string();
        for part in references.split("\"$ref\":\"#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap();
            assert!(described["components"]["schemas"][name].is_object(), "{name}");
        }
    }
}
