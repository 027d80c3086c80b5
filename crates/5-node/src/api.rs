//! The JSON API: every act is `POST /api/v1/{tool}/{verb}`, every view `GET /api/v1/{tool}/{noun}`. Nothing here knows
//! any of them; what a tool registers is there.

use axum::Json;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, RawQuery};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use planet_corridor::refusal::Refusal;
use planet_corridor::task::Call;
use planet_kit::web::fields::fresh_key;
use planet_kit::web::sorry::{nowhere, too_large};
use planet_kit::web::{Answer, Desk, Known, Sorry};
use planet_ontology::ids::ActKey;
use serde_json::Value;

/// The largest body of an act, in bytes.
pub const MAX_BODY: usize = 256 * 1024;

/// The routes.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/api/v1/{tool}/{name}", get(read).post(act))
        .route("/api/v1/openapi.json", get(crate::openapi::serve))
        .layer(DefaultBodyLimit::max(MAX_BODY))
}

async fn read(
    Known(caller): Known,
    Path((tool, name)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let viewer = caller.viewer().await?;
    let now = caller.desk.now();
    let name = format!("{tool}.{name}");
    let output = caller.desk.corridor().view_named(&viewer, &name, query.unwrap_or_default(), now).await?;
    Ok(Json(output).into_response())
}

async fn act(
    Known(caller): Known,
    Path((tool, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Answer {
    let body = body.map_err(|_| too_large())?;
    let args = parse(&headers, &body)?;
    let call = Call { actor: caller.actor, key: key(&headers)?, now: caller.desk.now() };
    let done = caller.desk.corridor().act_as_written(call, &format!("{tool}.{name}"), args).await?;
    Ok(Json(done).into_response())
}

fn parse(headers: &HeaderMap, body: &[u8]) -> Result<Value, Refusal> {
    let json = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"));
    if !json {
        return Err(Refusal::input("", "not_json", "Please send application/json."));
    }
    serde_json::from_slice(body)
        .map_err(|error| Refusal::input("", "malformed_json", format!("This is not JSON: {error}.")))
}

/// The `Idempotency-Key` header, a UUID; a fresh one where there is none.
fn key(headers: &HeaderMap) -> Result<ActKey, Refusal> {
    match headers.get("idempotency-key") {
        None => Ok(fresh_key()),
        Some(value) => value
            .to_str()
            .ok()
            .map(|text| text.trim_matches('"'))
            .and_then(|text| text.parse().ok())
            .ok_or_else(|| Refusal::input("", "bad_key", "The Idempotency-Key must be a UUID.")),
    }
}

/// Answers requests for what is not there.
pub async fn not_found() -> Response {
    Sorry::from(nowhere()).into_response()
}
