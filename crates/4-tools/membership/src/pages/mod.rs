//! How people see the front door. A page is a function of a view; what needs the browser's part is in [`ceremony`].

mod apply;
mod ceremony;
mod costs;
mod found;
mod invite;
mod join;
mod leave;
mod letters;
mod list;
mod logs;
mod places;
mod settings;
mod standing;
mod welcome;

use axum::Router;
use axum::routing::{get, post};
use planet_kit::web::Desk;

/// The routes of the front door.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/found", get(found::page))
        .route("/found/begin", post(found::begin))
        .route("/found/finish", post(found::finish))
        .route("/join/{token}", get(join::page))
        .route("/join/begin", post(join::begin))
        .route("/join/finish", post(join::finish))
        .route("/welcome", get(welcome::page))
        .route("/invite", get(invite::page).post(invite::invite))
        .route("/invite/{id}/withdraw", post(invite::withdraw))
        .route("/invite/many", get(list::page).post(list::preview))
        .route("/invite/letters", get(letters::nothing).post(letters::invite))
        .route("/apply", get(apply::page).post(apply::apply))
        .route("/apply/{secret}", get(apply::status))
        .route("/applications", get(apply::list))
        .route("/applications/{id}/admit", post(apply::admit))
        .route("/applications/{id}/decline", post(apply::decline))
        .route("/settings/name", get(settings::name).post(settings::rename))
        .route("/settings/home", get(places::page).post(places::set))
        .route("/settings/leave", get(leave::page).post(leave::leave))
        .route("/settings/export", get(leave::export_page).post(leave::export))
        .route("/people/{handle}/standing", get(standing::page))
        .route("/people/{handle}/suspend", post(standing::suspend))
        .route("/people/{handle}/reinstate", post(standing::reinstate))
        .route("/places/search", get(places::search))
        .route("/places/below", get(places::below))
        .route("/people/{handle}/did.jsonl", get(logs::person))
        .route("/groups/{handle}/did.jsonl", get(logs::group))
}
