//! The directory, and its answers to type-ahead.

use crate::views::{People, PeopleView, PersonLine, Suggest};
use axum::Json;
use axum::extract::Query;
use axum::response::IntoResponse;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed, in_query};
use serde_json::json;

/// How many skills a line shows.
const FINDS: usize = 4;

pub async fn list_page(visit: Signed, Query(query): Query<People>) -> Answer {
    let asked = query.q.clone().unwrap_or_default();
    let view = visit.view(query).await?;
    visit.page(show(&visit.ui, asked.trim(), &view))
}

fn show(ui: &Ui, asked: &str, view: &PeopleView) -> Markup {
    let invite = link_button("/invite", ui.t("profiles-invite")).icon(ui, "user-plus");
    let older = view.next.as_ref().map(|next| format!("/people?after={next}&q={}", in_query(asked)));
    Page::new(ui, ui.t("profiles-people")).section("people").lead(ui.t("profiles-people-lead")).actions(invite.render()).show(html! {
        (form(ui, "/people", html! {
            (field("q", ui.t("profiles-search")).search().value(asked).hint(ui.t("profiles-search-hint")))
            div.form-end { (button(ui.t("profiles-search-go")).icon(ui, "search")) }
        }).get())
        @if view.people.is_empty() {
            (empty(ui, "users", ui.t("profiles-none"), ui.t("profiles-none-text")).action(link_button("/people", ui.t("profiles-all"))))
        } @else {
            (list(view.people.iter().map(line)))
        }
        (pager(ui, None, older.as_deref()))
    })
}

fn line(person: &PersonLine) -> impl Render + use<> {
    let finds = person.finds.iter().take(FINDS).map(String::as_str).collect::<Vec<_>>().join(", ");
    row(&person.name)
        .href(format!("/people/{}", person.handle))
        .lead(mark(person.id.0, Scale::Middle))
        .note(html! { "@" (person.handle) @if !finds.is_empty() { " \u{b7} " (finds) } })
}

pub async fn suggestions(visit: Signed, Query(query): Query<Suggest>) -> Answer {
    let found = visit.view(query).await?;
    let items: Vec<_> = found
        .iter()
        .map(|person| json!({ "id": person.id, "label": person.name, "hint": format!("@{}", person.handle) }))
        .collect();
    Ok(Json(json!({ "items": items })).into_response())
}
