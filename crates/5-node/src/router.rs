//! All routes, and what every request passes on its way.

use crate::house::TOOLS;
use crate::{about, api, assets, home};
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use planet_kit::web::Desk;
use planet_kit::web::guard::guard;
use planet_membership::keys::rotate_if_old;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate, SizeAbove};
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

/// The largest body of any request: a members' list in CSV.
const MAX_BODY: usize = 1024 * 1024;
/// Answers smaller than this are not worth compressing.
const MIN_COMPRESSED: u64 = 1_024;
/// No request takes longer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The whole router.
pub fn router(desk: Desk, extra: Router<Desk>) -> Router {
    let compressed = CompressionLayer::new()
        .gzip(true)
        .compress_when(DefaultPredicate::new().and(SizeAbove::new(MIN_COMPRESSED)));
    let pages = TOOLS
        .iter()
        .fold(Router::new(), |router, tool| router.merge((tool.pages)()))
        .merge(home::routes())
        .layer(from_fn_with_state(desk.clone(), rotate_if_old));
    Router::new()
        .merge(pages)
        .merge(extra)
        .merge(about::routes())
        .merge(planet_kit::live::routes())
        .merge(api::routes())
        .fallback(api::not_found)
        .layer(RequestBodyLimitLayer::new(MAX_BODY))
        .layer(from_fn_with_state(desk.clone(), guard))
        .layer(compressed)
        .merge(assets::routes())
        .route("/healthz", get(healthy))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(CatchPanicLayer::new())
        .with_state(desk)
}

/// 200 when the store answers.
async fn healthy(State(desk): State<Desk>) -> StatusCode {
    let read =
        desk.store().read(|tx| tx.one::<(i64,)>(planet_store::sql!("SELECT count(*) FROM rules"), &[])).await;
    if read.is_ok() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
}
