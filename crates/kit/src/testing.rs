//! The test harness of tools: the corridor's little club, a desk over it, and a browser that asks for pages. Compiled for tests
//! only (feature `testing`), never into a node.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "what cannot be set up has failed the test")]

use crate::texts::{KIT, Texts};
use crate::ui::{Assets, Club};
use crate::web::desk::Furniture;
use crate::web::session::{Known, Sessions};
use crate::web::{Desk, Origin, Tool};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use planet_corridor::agents;
use planet_corridor::corridor::Corridor;
use planet_ontology::ids::{MemberId, SessionId};
use tower::ServiceExt as _;
use uuid::Uuid;

pub use planet_corridor::testing::*;

/// Where the club of stories lives.
pub const ORIGIN: &str = "https://club.example";

/// What a desk is furnished with in stories. The token of everybody's session is their handle; change what the story is about:
/// `Desk::new(Furniture { clock, ..furniture(&corridor, texts) })`.
///
/// # Panics
/// When the texts cannot be read.
pub fn furniture(corridor: &Corridor, texts: (&str, &str)) -> Furniture {
    Furniture {
        corridor: corridor.clone(),
        texts: Texts::new(&[KIT, texts]).unwrap(),
        assets: Assets::default(),
        origin: Origin::parse(ORIGIN).unwrap(),
        clock: || NOW,
        club: |_| Ok(Some(Club { name: "Elm Street Co-op".into(), ..Club::default() })),
        waiting: |_, _, _| Ok(0),
        sessions: Sessions::new(|tx, token, _| {
            let agent = agents::find_by_handle(tx, token)?;
            Ok(agent.map(|agent| Known { session: SessionId(Uuid::nil()), member: MemberId(agent.id.0) }))
        }),
        rooms: Vec::new(),
        services: Vec::new(),
    }
}

/// The pages of a tool over such a desk.
pub fn app(corridor: &Corridor, tool: &Tool) -> Router {
    (tool.pages)()
        .with_state(Desk::new(Furniture { rooms: tool.rooms.to_vec(), ..furniture(corridor, tool.texts) }))
}

/// Asks for a page with somebody's handle as session, or sends a form with a fresh key. Answers the status, where one is sent on
/// to, and what is shown.
///
/// # Panics
/// When there is no answer that can be read.
pub async fn ask(app: &Router, who: &str, path: &str, form: Option<&str>) -> (StatusCode, String, String) {
    let request = Request::builder().uri(path).header(header::COOKIE, format!("planet={who}"));
    let request = match form {
        Some(form) => {
            let form = format!("_key={}&{form}", Uuid::new_v4());
            let kind = "application/x-www-form-urlencoded";
            request.method("POST").header(header::CONTENT_TYPE, kind).body(Body::from(form))
        }
        None => request.body(Body::empty()),
    };
    let response = app.clone().oneshot(request.unwrap()).await.unwrap();
    let status = response.status();
    let goes = response.headers().get(header::LOCATION).map_or("", |to| to.to_str().unwrap()).to_owned();
    let body = to_bytes(response.into_body(), 1 << 24).await.unwrap();
    (status, goes, String::from_utf8(body.to_vec()).expect("a page is text"))
}
