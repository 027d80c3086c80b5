//! A small club for tests: Ada, its steward, and Ben, with wallets, real rules and open doors.

use crate::house;
use crate::router::router;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, header};
use planet_corridor::actor::Actor;
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_corridor::refusal::Fault;
use planet_corridor::rules;
use planet_identity::rows::{Token, sessions};
use planet_kit::testing::{self, furniture};
pub use planet_kit::testing::{ADA, BEN, NOW, by};
use planet_kit::web::desk::Furniture;
use planet_kit::web::session::Sessions;
use planet_kit::web::{Desk, Origin};
use planet_ontology::ids::{AgentId, GroupId, SessionId};
use planet_ontology::roles::Role;
use planet_ontology::units::Amount;
use planet_store::Store;
use planet_wallet::acts::open::{CreateCredit, Open};
use std::sync::Arc;
use tower::ServiceExt;
use uuid::Uuid;

/// The club, with its doors.
pub struct Street {
    pub corridor: Corridor,
    pub app: Router,
}

impl Street {
    /// Builds it on a migrated store.
    pub async fn new(store: &Store) -> Self {
        Self::with(store, Router::new()).await
    }

    /// The same, with further doors.
    pub async fn with(store: &Store, extra: Router<Desk>) -> Self {
        store.write(people).await.unwrap();
        let corridor = Corridor::open(store.clone(), house::registry(), house::maker()).await.unwrap();
        let credit = CreateCredit {
            name: "Acorns".into(),
            symbol: "a".into(),
            decimals: 2,
            min: Amount(-10_000),
            max: Amount(20_000),
        };
        corridor.act(by(Actor::House), credit).await.unwrap();
        for owner in [AgentId::from(ADA), AgentId::from(BEN), AgentId::from(GroupId::CLUB)] {
            corridor.act(by(Actor::House), Open { owner }).await.unwrap();
        }
        let origin = Origin::parse("http://localhost:7700").unwrap();
        let door = crate::serve::open_door(&corridor, &origin).await.unwrap();
        let desk = Desk::new(Furniture {
            texts: house::texts().unwrap(),
            origin,
            club: planet_membership::club,
            waiting: house::waiting,
            sessions: Sessions::new(planet_membership::keys::find_session),
            rooms: house::rooms(),
            services: vec![Arc::new(door)],
            ..furniture(&corridor, planet_membership::TEXTS)
        });
        Self { corridor, app: router(desk, extra) }
    }

    /// Sends a request.
    pub async fn send(&self, request: Request<Body>) -> Response<Body> {
        self.app.clone().oneshot(request).await.unwrap()
    }
}

fn people(tx: &mut planet_store::Tx) -> Result<(), Fault> {
    testing::found(tx, &[(ADA, "ada", Role::Steward), (BEN, "ben", Role::Member)])?;
    agents::rename(tx, GroupId::CLUB.into(), "Elm Street")?;
    rules::adopt(tx, &planet_cedar::kits::open("consumer-co-op").unwrap(), NOW)?;
    for (member, byte) in [(ADA, 1), (BEN, 2)] {
        let session = SessionId(Uuid::from_u128(u128::from(byte)));
        sessions::open(tx, session, member.into(), &token(byte), "test", NOW).unwrap();
    }
    Ok(())
}

/// The session tokens of Ada (1) and Ben (2).
pub fn token(byte: u8) -> Token {
    Token::new([byte; 32])
}

/// A request by a program that bears a token.
pub fn api(method: &str, path: &str, bearer: Option<u8>, body: impl Into<Body>) -> Request<Body> {
    let mut request =
        Request::builder().method(method).uri(path).header(header::CONTENT_TYPE, "application/json");
    if let Some(byte) = bearer {
        request = request.header(header::AUTHORIZATION, format!("Bearer {}", token(byte).reveal()));
    }
    request.body(body.into()).unwrap()
}

/// A request by Ada's browser.
pub fn browser(method: &str, path: &str, origin: Option<&str>, body: &str) -> Request<Body> {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::ACCEPT, "text/html")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::COOKIE, format!("planet={}", token(1).reveal()));
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

/// The body of a response as text.
pub async fn text(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 10_000_000).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}
