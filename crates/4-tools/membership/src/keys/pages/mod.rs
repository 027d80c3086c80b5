//! The handlers and pages of keys and devices. What they show is read by views, what they change is done by acts; the
//! ceremonies between browser and node are checked here, before the act.

mod approve;
mod devices;
mod enrol;
mod link;
mod recover;
mod recovery;
mod sign_in;
mod words;

use axum::Router;
use axum::routing::{get, post};
use planet_kit::web::Desk;

/// The routes of this module for browsers.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/sign-in", get(sign_in::page))
        .route("/sign-in/begin", post(sign_in::begin))
        .route("/sign-in/finish", post(sign_in::finish))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/vault", get(devices::vault))
        .route("/devices", get(devices::page))
        .route("/devices/begin", post(devices::begin))
        .route("/devices/finish", post(devices::finish))
        .route("/devices/link", post(devices::make_link))
        .route("/devices/everywhere", post(devices::sign_out_everywhere))
        .route("/devices/{id}/end", post(devices::end))
        .route("/devices/passkeys/remove", post(devices::remove_passkey))
        .route("/devices/programs/remove", post(devices::remove_program))
        .route("/devices/approve", get(approve::page).post(approve::approve))
        .route("/link/{token}", get(link::page))
        .route("/link/begin", post(link::begin))
        .route("/link/finish", post(link::finish))
        .route("/recovery", get(recovery::page))
        .route("/recovery/codes", post(recovery::codes))
        .route("/recovery/words", post(recovery::words))
        .route("/recover", get(recover::page))
        .route("/recover/begin", post(recover::begin))
        .route("/recover/finish", post(recover::finish))
        .route("/words", get(words::page))
        .route("/words/begin", post(words::begin))
        .route("/words/finish", post(words::finish))
}
