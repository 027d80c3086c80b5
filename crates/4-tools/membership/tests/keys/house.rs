//! A house with Ada and Ben in it, and browsers that stand before its door. The clock is the test's.

use crate::authenticator::Authenticator;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use axum::middleware::from_fn_with_state;
use planet_corridor::registry::Registry;
use planet_identity::encoding::b64u;
use planet_identity::managed::{self, Secrets};
use planet_identity::passkeys::{Passkeys, Person, WebauthnPasskeys};
use planet_identity::rows::{did_logs, passkeys, vaults};
use planet_identity::webvh::location::Kind;
use planet_identity::webvh::{Location, member};
pub use planet_kit::testing::{ADA, BEN, NOW, ORIGIN};
use planet_kit::testing::{THREE, club_under, furniture};
use planet_kit::web::desk::Furniture;
use planet_kit::web::session::Sessions;
use planet_kit::web::{Desk, guard};
use planet_membership::{Door, keys};
use planet_ontology::entities::Value as Fact;
use planet_ontology::ids::MemberId;
use planet_ontology::units::Moment;
use planet_policy::procedure::Procedure;
use planet_policy::question::{Decision, Engine, Question};
use planet_store::{Migration, Store, sql};
use serde_json::{Value, json};
use std::cell::Cell;
use std::sync::Arc;
use tower::ServiceExt;
use uuid::Uuid;

pub const ADAS_KEY: &[u8] = b"adas-passkey-001";

thread_local! {
    // Each story is told on one thread, which also polls the handlers.
    static SECONDS: Cell<i64> = const { Cell::new(0) };
}

/// Lets time pass, counted from the beginning.
pub fn it_is(seconds: i64) {
    SECONDS.set(seconds);
}

fn clock() -> Moment {
    NOW.plus_seconds(SECONDS.get())
}

pub fn migrations() -> Vec<Migration> {
    [planet_corridor::MIGRATIONS, planet_identity::MIGRATIONS, planet_membership::MIGRATIONS].concat()
}

/// What the common rules say of keys: they are for their owner, unless that one has left.
#[derive(Clone)]
struct OwnKeys;

impl Engine for OwnKeys {
    fn decide(&self, question: &Question) -> Decision {
        // The house itself sweeps the door.
        let own = question.principal.kind == "House"
            || question.resource.facts.contains(&("own", Fact::Bool(true)));
        let left = question.principal.facts.contains(&("standing", Fact::Text("left".into())));
        let reason = if left { "You have left the club." } else { "Your keys and your devices are yours." };
        Decision {
            allowed: own && !left,
            policies: vec!["keys.own".into()],
            reason: reason.into(),
            errors: Vec::new(),
        }
    }

    fn procedure(&self, _: &str) -> &Procedure {
        Procedure::at_once()
    }

    fn version(&self) -> i64 {
        0
    }
}

/// The house, and Ada's authenticator, whose passkey opens her vault.
pub struct House {
    pub store: Store,
    pub desk: Desk,
    pub router: Router,
    pub phone: Authenticator,
}

pub fn wrap(byte: u8) -> String {
    b64u(&[byte; 60])
}

fn club() -> Arc<dyn Passkeys> {
    Arc::new(WebauthnPasskeys::new(ORIGIN, "club.example", "Our club").unwrap())
}

/// Where Ada's identity lies.
pub fn place() -> Location {
    Location::new(ORIGIN, Kind::Person, "ada").unwrap()
}

/// What Ada's browser made when she joined.
pub fn secrets() -> Secrets {
    Secrets::from_entropy(&[5; 64])
}

/// Opens the house.
pub async fn open(store: &Store) -> House {
    it_is(0);
    let mut phone = Authenticator::new(ADAS_KEY);
    let begun = club().begin_registration(&Person { agent: ADA.into(), name: "Ada".into() }, &[]).unwrap();
    let made = club().finish_registration(&begun.state, &phone.create(&begun.options)).unwrap();
    let corridor = club_under(store, &THREE, keys::register(Registry::default()), OwnKeys).await;
    let first = managed::create(&place(), &secrets(), NOW).unwrap();
    let log = member::first_entry(&first.line, &place(), NOW).unwrap();
    store
        .write(move |tx| {
            did_logs::host(tx, ADA.into(), &place(), &log, &first.line, None, NOW)?;
            passkeys::add(tx, ADA.into(), &made, "Ada's phone", NOW)?;
            vaults::create(tx, ADA.into(), &[7; 64], NOW)?;
            vaults::put_wrap(tx, ADA.into(), vaults::Kind::Passkey, &b64u(ADAS_KEY), &[1; 60], NOW)
        })
        .await
        .unwrap();
    let desk = Desk::new(Furniture {
        clock,
        sessions: Sessions::new(keys::find_session),
        services: vec![Arc::new(Door { passkeys: club(), founding: None, kits: Vec::new() })],
        ..furniture(&corridor, ("en", keys::TEXTS))
    });
    let router = keys::routes()
        .merge(keys::demo_routes())
        .layer(from_fn_with_state(desk.clone(), keys::rotate_if_old))
        .layer(from_fn_with_state(desk.clone(), guard::guard))
        .with_state(desk.clone());
    House { store: store.clone(), desk, router, phone }
}

/// What came back.
#[derive(Debug)]
pub struct Came {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl Came {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or(Value::Null)
    }

    /// The code of a refusal, after its status.
    pub fn refused(&self) -> (u16, String) {
        (self.status.as_u16(), self.json()["code"].as_str().unwrap_or_default().to_owned())
    }

    /// The session's token, if a cookie was set.
    pub fn token(&self) -> Option<String> {
        let mut cookies = self.headers.get_all(header::SET_COOKIE).iter();
        let found = cookies.find_map(|it| it.to_str().ok()?.strip_prefix("planet=")?.split(';').next());
        found.map(str::to_owned)
    }
}

/// A browser, or a program, with what it holds.
#[derive(Clone, Default)]
pub struct Browser {
    pub cookie: Option<String>,
    pub bearer: Option<String>,
}

impl Browser {
    async fn send(&mut self, house: &House, mut request: axum::http::request::Builder, body: Body) -> Came {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, format!("planet={cookie}"));
        }
        if let Some(bearer) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {bearer}"));
        } else {
            request = request.header(header::ORIGIN, ORIGIN);
        }
        let response = house.router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        let came = Came { status: parts.status, headers: parts.headers, text };
        if let Some(token) = came.token() {
            self.cookie = Some(token).filter(|token| !token.is_empty());
        }
        came
    }

    /// Opens a page.
    pub async fn get(&mut self, house: &House, path: &str) -> Came {
        let request = Request::get(path).header(header::ACCEPT, "text/html");
        self.send(house, request, Body::empty()).await
    }

    /// Sends what an island or a program sends.
    pub async fn post(&mut self, house: &House, path: &str, body: Value) -> Came {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(house, request, Body::from(body.to_string())).await
    }

    /// Sends a form, with a fresh key.
    pub async fn form(&mut self, house: &House, path: &str, fields: &str) -> Came {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(house, request, Body::from(format!("_key={}&{fields}", Uuid::new_v4()))).await
    }

    /// Sends a DELETE.
    pub async fn delete(&mut self, house: &House, path: &str) -> Came {
        self.send(house, Request::delete(path), Body::empty()).await
    }

    /// Somebody else's browser, signed in without ceremony.
    pub async fn of(house: &House, member: MemberId) -> Self {
        let mut browser = Self::default();
        let came = browser.form(house, "/demo/sign-in", &format!("member={member}")).await;
        assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.text);
        browser
    }
}

/// Begins a step; answers options and ticket.
pub async fn begin(house: &House, browser: &mut Browser, path: &str, body: Value) -> (Value, Value) {
    let came = browser.post(house, path, body).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.text);
    (came.json()["options"].clone(), came.json()["ticket"].clone())
}

/// Ada signs in with her phone.
pub async fn sign_in(house: &House) -> Browser {
    let mut browser = Browser::default();
    let (options, ticket) = begin(house, &mut browser, "/sign-in/begin", json!({ "fields": {} })).await;
    let credential = house.phone.get(&options);
    let finish = json!({ "ticket": ticket, "fields": {}, "credential": credential });
    let came = browser.post(house, "/sign-in/finish", finish).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.text);
    browser
}

/// How many rows there are.
pub struct Counts {
    pub sessions: i64,
    pub passkeys: i64,
    pub codes: i64,
}

/// Counts what stories change.
pub async fn counts(house: &House) -> Counts {
    let counted = house.store.read(|tx| {
        tx.one::<(i64, i64, i64)>(
            sql!("SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM passkeys), (SELECT count(*) FROM recovery_codes WHERE used IS NULL)"),
            &[],
        )
    });
    let (sessions, passkeys, codes) = counted.await.unwrap();
    Counts { sessions, passkeys, codes }
}

/// Everything that the event log holds, as text.
pub async fn log(house: &House) -> String {
    let rows = house.store.read(|tx| tx.rows::<(String,)>(sql!("SELECT body FROM events ORDER BY at"), &[]));
    rows.await.unwrap().into_iter().map(|(content,)| content).collect()
}
