//! Home: what is near, what waits, the balances, the latest posts. Composed from the tools' views.

use axum::Router;
use axum::response::Redirect;
use axum::response::IntoResponse;
use axum::routing::get;
use planet_kit::web::{Answer, Desk, Visit};

/// The routes.
pub fn routes() -> Router<Desk> {
    Router::new().route("/", get(home))
}

async fn home(visit: Visit) -> Answer {
    if visit.me.is_none() {
        return Ok(Redirect::to("/about").into_response());
    }
    Ok(Redirect::to("/decisions").into_response())
}
