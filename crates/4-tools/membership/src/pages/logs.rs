//! The logs of identifiers, as anybody in the world fetches them to check a signature.

use crate::error;
use axum::extract::{Path, State};
use axum::http::HeaderValue;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use planet_corridor::refusal::Refusal;
use planet_identity::rows::did_logs;
use planet_kit::web::{Answer, Desk};

/// A member's log.
pub async fn person(State(desk): State<Desk>, Path(path): Path<String>) -> Answer {
    log(&desk, format!("people/{path}")).await
}

/// A group's log.
pub async fn group(State(desk): State<Desk>, Path(path): Path<String>) -> Answer {
    log(&desk, format!("groups/{path}")).await
}

async fn log(desk: &Desk, place: String) -> Answer {
    let text = desk.store().read(move |tx| did_logs::text_at(tx, &place).map_err(error::identity)).await?;
    let text = text
        .ok_or_else(|| Refusal::not_found("did_unknown", "There is no identity here under that address."))?;
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/jsonl; charset=utf-8"));
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
