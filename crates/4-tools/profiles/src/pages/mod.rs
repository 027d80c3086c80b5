//! The pages of profiles: functions of views. What somebody may see was decided before they are called.

mod circles;
mod edit;
mod people;
mod person;
mod settings;
mod words;

use axum::Router;
use axum::routing::{get, post};
use planet_kit::web::Desk;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/people", get(people::list_page))
        .route("/people/suggest", get(people::suggestions))
        .route("/people/{handle}", get(person::page))
        .route("/me", get(person::me))
        .route("/me/view-as", get(person::view_as))
        .route("/me/edit", get(edit::page).post(edit::set))
        .route("/me/edit/remove", post(edit::remove))
        .route("/me/circles", get(circles::list_page).post(circles::make))
        .route("/me/circles/{id}", get(circles::page))
        .route("/me/circles/{id}/add", post(circles::add))
        .route("/me/circles/{id}/remove", post(circles::remove))
        .route("/me/circles/{id}/rename", post(circles::rename))
        .route("/me/circles/{id}/end", post(circles::end))
        .route("/settings", get(settings::page))
}
