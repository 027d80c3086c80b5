//! The front door as browsers see it: the pages behind a desk, a stand-in for passkeys, and a browser that makes keys.

use crate::club::{bundle, open};
use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT, CONTENT_TYPE, COOKIE, SET_COOKIE, USER_AGENT};
use axum::http::{Request, StatusCode};
use planet_corridor::corridor::Corridor;
use planet_identity::IdentityError;
use planet_identity::encoding::b64u;
use planet_identity::managed::{self, Secrets};
use planet_identity::passkeys::{Begun, Claim, NewPasskey, Passkeys, Person, SignedIn};
use planet_identity::rows::Token;
use planet_identity::webvh::Location;
use planet_identity::webvh::location::Kind;
use planet_kit::testing::furniture;
use planet_kit::web::Desk;
use planet_kit::web::desk::Furniture;
use planet_kit::web::session::Sessions;
use planet_membership::keys::find_session;
use planet_membership::{Door, TEXTS, TOOL};
use planet_ontology::units::Moment;
use planet_store::Store;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use tower::ServiceExt as _;

/// Stands in for WebAuthn: a good answer repeats the challenge, and each person has a device of their own.
pub struct Pretended;

impl Passkeys for Pretended {
    fn begin_registration(&self, person: &Person, _: &[Vec<u8>]) -> Result<Begun, IdentityError> {
        let challenge = person.agent.to_string();
        let options = json!({ "publicKey": { "challenge": challenge, "user": { "name": person.name } } });
        Ok(Begun { options, state: json!(challenge) })
    }
    fn finish_registration(&self, state: &Value, answer: &Value) -> Result<NewPasskey, IdentityError> {
        let id = answer["id"].as_str().ok_or(IdentityError::PasskeyMalformed)?;
        if answer["challenge"] != *state {
            return Err(IdentityError::PasskeyRefused);
        }
        Ok(NewPasskey { credential_id: id.as_bytes().to_vec(), passkey: answer.clone() })
    }
    fn begin_sign_in(&self) -> Result<Begun, IdentityError> {
        Err(IdentityError::PasskeyMalformed)
    }
    fn claim(&self, _: &Value) -> Result<Claim, IdentityError> {
        Err(IdentityError::PasskeyMalformed)
    }
    fn finish_sign_in(&self, _: &Value, _: &Value, _: &Value) -> Result<SignedIn, IdentityError> {
        Err(IdentityError::PasskeyMalformed)
    }
}

/// What a server answered.
pub struct Heard {
    pub status: StatusCode,
    pub text: String,
    pub cookie: Option<String>,
    pub location: String,
    pub kind: String,
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    /// Code, field and sentence of a problem.
    pub fn problem(&self) -> (String, String, String) {
        let body = self.json();
        let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
        (text("code"), text("field"), text("detail"))
    }

    /// The page, which must hold these words.
    pub fn page(&self, words: &[&str]) -> &str {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text);
        for word in words {
            assert!(self.text.contains(word), "{word:?} is not in {}", self.text);
        }
        &self.text
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.text.split(&start).nth(1).unwrap_or_else(|| panic!("no {name} in {}", self.text));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// A club with a front door, and a clock that tests set.
pub struct Club {
    pub corridor: Corridor,
    router: Router,
}

/// Seconds since the story began. Stories that turn it run on a clock of their own.
static CLOCK: AtomicI64 = AtomicI64::new(0);

fn clock() -> Moment {
    crate::club::at(CLOCK.load(Ordering::SeqCst))
}

/// The token of the founding link.
pub fn founding_token() -> Token {
    Token::new([42; 32])
}

impl Club {
    pub async fn new(store: &Store) -> Self {
        let corridor = open(store).await;
        let door = Door {
            passkeys: Arc::new(Pretended),
            founding: Some(founding_token()),
            kits: vec![serde_json::from_value(bundle()).unwrap()],
        };
        let desk = Desk::new(Furniture {
            clock,
            club: planet_membership::club,
            sessions: Sessions::new(find_session),
            services: vec![Arc::new(door)],
            ..furniture(&corridor, TEXTS)
        });
        Self { corridor, router: (TOOL.pages)().with_state(desk) }
    }

    async fn send(&self, request: Request<Body>) -> Heard {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let header = |name| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        let cookies = response.headers().get_all(SET_COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookie = cookies
            .filter_map(|text| text.split(';').next())
            .find(|text| text.starts_with("planet="))
            .map(str::to_owned);
        let (status, location, kind) = (response.status(), header("location"), header("content-type"));
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 24).await.unwrap();
        Heard { status, cookie, location, kind, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    pub async fn get(&self, path: &str, cookie: &str) -> Heard {
        let request = Request::get(path).header(ACCEPT, "text/html").header(COOKIE, cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn json(&self, path: &str, body: &Value) -> Heard {
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, "Mozilla/5.0 (Linux; Android 16) Chrome/140.0 Mobile Safari/537.36");
        self.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Heard {
        let key = uuid::Uuid::new_v4().to_string();
        let body: Vec<_> = fields.iter().copied().chain([("_key", key.as_str())]).collect();
        let body = serde_urlencoded::to_string(body).unwrap();
        let request = Request::post(path)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(COOKIE, cookie);
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// What a browser sends in the end of a ceremony, from what it got in the beginning.
    pub fn answer(begun: &Value, fields: &Value) -> Value {
        static COUNT: AtomicU8 = AtomicU8::new(100);
        let seed = COUNT.fetch_add(1, Ordering::Relaxed);
        let (origin, path) =
            (begun["did"]["origin"].as_str().unwrap(), begun["did"]["path"].as_str().unwrap());
        let location = Location::new(origin, Kind::Person, path).unwrap();
        let made = managed::create(&location, &Secrets::from_entropy(&[seed; 64]), clock()).unwrap();
        let id = format!("device-{seed}");
        json!({
            "ticket": begun["ticket"],
            "fields": fields,
            "credential": { "id": id, "challenge": begun["options"]["publicKey"]["challenge"] },
            "did_log": made.line,
            "vault": {
                "ciphertext": b64u(&[9; 100]),
                "wraps": [{ "kind": "passkey", "reference": b64u(id.as_bytes()), "wrap": b64u(&[7; 60]) }],
            },
        })
    }

    /// A whole ceremony. Answers the cookie of whoever came in.
    pub async fn come_in(&self, door: &str, fields: &Value) -> String {
        let begun = self.json(&format!("/{door}/begin"), &json!({ "fields": fields })).await;
        assert_eq!(begun.status, StatusCode::OK, "{}", begun.text);
        let heard = self.json(&format!("/{door}/finish"), &Self::answer(&begun.json(), fields)).await;
        assert_eq!(
            (heard.status, heard.json()),
            (StatusCode::OK, json!({ "next": "/welcome" })),
            "{}",
            heard.text
        );
        heard.cookie.expect("a session")
    }

    /// The club, founded by Ada. Answers her cookie.
    pub async fn founded(store: &Store) -> (Self, String) {
        let club = Self::new(store).await;
        let cookie = club.come_in("found", &founding_fields()).await;
        (club, cookie)
    }
}

/// The founding form, filled in.
pub fn founding_fields() -> Value {
    json!({
        "token": founding_token().reveal(), "club": "Elm Street Co-op", "purpose": "We bake and mend.", "accent": "leaf",
        "kit": "worker-co-op", "unit": "Hours", "symbol": "h", "place": "Frome", "place_id": "", "name": "Ada Okafor",
    })
}
