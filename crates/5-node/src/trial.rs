//! A clock that can be moved, for trials on this machine: stories reach the end of a delay without waiting for it. Never part of a
//! club that others can reach.

use crate::errors::NodeError;
use crate::house;
use axum::response::IntoResponse;
use axum::routing::post;
use axum::{Json, Router};
use planet_corridor::agents;
use planet_corridor::refusal::Refusal;
use planet_kit::web::{Answer, Desk, Fields, Origin, Signed};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::Role;
use serde_json::json;
use std::net::SocketAddr;

/// The furthest that the clock is moved at a time: a year, in seconds.
const FURTHEST: u32 = 366 * 86_400;

/// The route for stewards by which the clock is moved.
///
/// # Errors
/// When the club is not on localhost, or others than this machine could reach it.
pub fn routes(origin: &Origin, listen: SocketAddr) -> Result<Router<Desk>, NodeError> {
    if origin.trial() && listen.ip().is_loopback() {
        Ok(Router::new().route("/trial/clock", post(move_clock)))
    } else {
        Err(NodeError::Other(
            "The clock is movable in trials only, where the origin is http://localhost and the node listens to this machine alone."
                .into(),
        ))
    }
}

/// Moves the clock forward by `seconds`, and tells the time.
async fn move_clock(visit: Signed, fields: Fields) -> Answer {
    fields.only(&["seconds"])?;
    let sentence = "Please say by how many seconds, up to a year.";
    let seconds: u32 = fields.parse("seconds", "number_malformed", sentence)?;
    if seconds > FURTHEST {
        return Err(Refusal::input("seconds", "number_malformed", sentence).into());
    }
    let me = visit
        .viewer
        .actor
        .agent()
        .ok_or_else(|| Refusal::not_allowed("not_signed_in", "Please sign in first."))?;
    let role = visit.desk.store().read(move |tx| agents::role(tx, me, GroupId::CLUB)).await?;
    if role != Role::Steward {
        return Err(
            Refusal::not_allowed("not_permitted", "Stewards of the club move the clock of a trial.").into()
        );
    }
    house::move_clock(seconds);
    Ok(Json(json!({ "now": house::clock() })).into_response())
}
