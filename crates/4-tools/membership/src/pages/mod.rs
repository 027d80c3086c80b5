//! The pages of the front door.
use axum::Router;
use planet_kit::web::Desk;
/// The routes of this room.
pub fn routes() -> Router<Desk> { Router::new() }
