//! The pages of private conversations: none yet, since what they would show is made in the browser, and that part is not written.

use axum::Router;
use planet_kit::web::Desk;

/// The routes of this room; there are none.
pub fn routes() -> Router<Desk> {
    Router::new()
}
