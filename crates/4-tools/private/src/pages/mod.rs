//! The pages of private conversations. What they say is put in by the browser: the node has the names of those who take part, and nothing
//! to show of what they wrote. Without script a page says why.

mod devices;
mod doing;
mod talk;

use crate::views::devices::{Devices, DevicesView};
use crate::views::{Conversations, Line};
use axum::Router;
use axum::routing::{get, post};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Signed};

/// The most people who can be named when a conversation begins; more are taken in afterwards.
const MOST_AT_FIRST: usize = 4;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/messages", get(list_page).post(doing::start))
        .route("/messages/browsers", get(devices::page))
        .route("/messages/browsers/rename", post(doing::rename_device))
        .route("/messages/browsers/revoke", post(doing::revoke_device))
        .route("/messages/group/{handle}", get(talk::group_page).post(doing::open_group))
        .route("/messages/{id}", get(talk::page))
        .route("/messages/{id}/add", post(doing::add_person))
        .route("/messages/{id}/remove", post(doing::remove_person))
        .route("/messages/{id}/leave", post(doing::leave))
}

async fn list_page(visit: Signed) -> Answer {
    let (lines, mine) = (visit.view(Conversations {}).await?, visit.view(Devices {}).await?);
    visit.page(show_list(&visit.ui, &lines, &mine, &Filled::default()))
}

fn show_list(ui: &Ui, lines: &[Line], mine: &DevicesView, filled: &Filled) -> Markup {
    Page::new(ui, ui.t("private-title"))
        .section("messages")
        .lead(ui.t("private-lead"))
        .actions(
            link_button("/messages/browsers", ui.t("private-browsers"))
                .quiet()
                .icon(ui, "smartphone")
                .render(),
        )
        .show(html! {
            (island(ui, mine, None, html! {}))
            div data-private-list {
                @if lines.is_empty() {
                    (empty(ui, "lock", ui.t("private-none"), ui.t("private-none-text")))
                } @else {
                    (list(lines.iter().map(|line| line_of(ui, line))))
                }
            }
            (section(&ui.t("private-new"), html! {}, card(new_form(ui, filled))))
            (more(ui, &ui.t("private-classes"), classes(ui)))
        })
}

/// What a conversation is called: the group, or the others.
fn name_of(ui: &Ui, group: Option<&str>, others: &[&str]) -> String {
    match (group, others) {
        (Some(group), _) => group.to_owned(),
        (None, []) => ui.t("private-alone"),
        (None, others) => others.join(", "),
    }
}

fn line_of(ui: &Ui, line: &Line) -> impl Render + use<> {
    let others: Vec<&str> = line.others.iter().map(|part| part.name.as_str()).collect();
    let face = match line.others.as_slice() {
        [other] if line.group.is_none() => mark(other.id.0, Scale::Middle),
        _ => icon(ui, "users"),
    };
    let unread = ui.t_with("private-unread", &[("count", line.unread.into())]);
    row(name_of(ui, line.group_name.as_deref(), &others))
        .href(format!("/messages/{}", line.id))
        .lead(face)
        .note(html! { (ago(ui, line.last)) @if line.unread > 0 { " \u{b7} " strong { (unread) } } })
}

fn new_form(ui: &Ui, filled: &Filled) -> Markup {
    let person = |number: usize| {
        let name = if number == 0 { "people".to_owned() } else { format!("people-{number}") };
        let label = if number == 0 { ui.t("private-with") } else { ui.t("private-with-too") };
        let id = format!("{name}-id");
        let chosen = filled.value(&id).unwrap_or_default().to_owned();
        let box_of = field(name, label).filled(filled);
        let box_of =
            if number == 0 { box_of.required().hint(ui.t("private-with-hint")) } else { box_of.optional(ui) };
        suggest(box_of, "/people/suggest", &id, &chosen)
    };
    form(
        ui,
        "/messages",
        html! {
            (person(0))
            (more(ui, &ui.t("private-several"), html! { @for number in 1..MOST_AT_FIRST { (person(number)) } }))
            div.form-end { (button(ui.t("private-begin")).primary().icon(ui, "lock")) }
        },
    )
    .filled(filled)
    .render()
}

/// What is read by whom, said openly.
fn classes(ui: &Ui) -> Markup {
    html! {
        dl.private-classes {
            @for (class, sign) in [("open", "globe"), ("restricted", "users"), ("private", "lock")] {
                div {
                    dt { (with_icon(ui, sign, &ui.t(&format!("private-class-{class}")))) }
                    dd { (ui.t(&format!("private-class-{class}-text"))) }
                }
            }
        }
        p.note { (ui.t("private-limits")) }
    }
}

/// Where the browser's part goes: it sets this browser up, and shows a conversation where one is named.
fn island(ui: &Ui, mine: &DevicesView, conversation: Option<&str>, within: Markup) -> Markup {
    let Some(did) = &mine.did else {
        return notice(
            ui,
            Tone::Warn,
            &ui.t("private-no-keys"),
            html! { p { (ui.t("private-no-keys-text")) } },
        );
    };
    html! {
        div.private data-island="private" data-me=(mine.me) data-did=(did) data-vault="/vault" data-conversation=[conversation] {
            noscript { (notice(ui, Tone::Warn, &ui.t("private-needs-script"), html! { p { (ui.t("private-needs-script-text")) } })) }
            div data-set-up hidden {
                (card(form(ui, "/messages/browsers", html! {
                    h2 { (ui.t("private-set-up")) }
                    p { (ui.t("private-set-up-text")) }
                    (field("name", ui.t("private-browser-name")).hint(ui.t("private-browser-name-hint"))
                        .limit(crate::acts::devices::MAX_NAME).required())
                    div.form-end { (button(ui.t("private-set-up-do")).primary().icon(ui, "lock")) }
                }).render()))
            }
            (within)
        }
    }
}
