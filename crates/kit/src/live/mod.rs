//! Live updates for browsers, one mechanism for all tools: a browser listens to topics over one WebSocket, or over server-sent
//! events. Knows no tool: what a topic says, and to whom, comes from the registry (`planet_corridor::topics`).
//!
//! ```text
//! act ─ commit ─► told ─┬─► pump of the topic ─► read once, checked, written once ─► queues ─► sockets
//! other process ─ wake ─┘
//! ```
//!
//! Nothing is handed on that was not read back from the tables, in the same snapshot in which it is asked who may still hear it.
//! See docs/design/008-live.md.

mod frames;
mod hub;
mod listener;
mod pump;
mod socket;
mod stream;

pub use hub::Hub;
pub use listener::Listener;

use crate::web::Desk;
use axum::Router;
use axum::routing::get;

/// The two doors: `/live` for sockets, `/live/events` for browsers that get none.
pub fn routes() -> Router<Desk> {
    Router::new().route("/live", get(socket::open)).route("/live/events", get(stream::open))
}
