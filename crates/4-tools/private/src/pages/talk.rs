//! The page of one conversation: who takes part, and the place where the browser puts what they say.

use super::{island, name_of};
use crate::views::devices::{Devices, DevicesView};
use crate::views::{Conversation, ConversationView, Group, GroupView, Part};
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};
use uuid::Uuid;

/// The longest message, in characters.
const MAX_TEXT: u32 = 8_000;

pub(super) async fn page(visit: Signed, Path(id): Path<Uuid>) -> Answer {
    let (view, mine) = (visit.view(Conversation { id }).await?, visit.view(Devices {}).await?);
    visit.page(show(&visit.ui, &view, &mine, &Filled::default()))
}

/// The way from a group to its conversation; it is opened by whoever comes first.
pub(super) async fn group_page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(Group { handle }).await?;
    match view.conversation {
        Some(id) => Ok(Redirect::to(&format!("/messages/{id}")).into_response()),
        None => visit.page(show_closed(&visit.ui, &view)),
    }
}

fn show_closed(ui: &Ui, view: &GroupView) -> Markup {
    let page = Page::new(ui, ui.t("private-room"))
        .section("messages")
        .back(format!("/groups/{}", view.handle), &view.name);
    page.show(html! {
        (empty(ui, "lock", ui.t("private-group-none"), ui.t("private-group-none-text"))
            .action(act_button(ui, format!("/messages/group/{}", view.handle), button(ui.t("private-group-open")).primary())
                .hidden("group", view.id.to_string())))
    })
}

pub(super) fn show(ui: &Ui, view: &ConversationView, mine: &DevicesView, filled: &Filled) -> Markup {
    let others: Vec<&Part> = view.people.iter().filter(|part| part.id != view.me).collect();
    let names: Vec<&str> = others.iter().map(|part| part.name.as_str()).collect();
    let id = view.id.to_string();
    Page::new(ui, name_of(ui, view.group_name.as_deref(), &names))
        .section("messages")
        .back("/messages", ui.t("private-title"))
        .show(html! {
            (island(ui, mine, Some(&id), talk(ui)))
            (more(ui, &ui.t("private-people"), people(ui, view, &others, filled)))
        })
}

fn talk(ui: &Ui) -> Markup {
    html! {
        div.chat data-talk hidden {
            p.private-lock { (with_icon(ui, "lock", &ui.t("private-locked"))) }
            div data-notices {}
            ol.chat-list aria-label=(ui.t("private-messages")) tabindex="0" {}
            div.chat-compose {
                (form(ui, "/messages", html! {
                    (field("text", ui.t("private-say")).area(2).limit(MAX_TEXT).required())
                    div.form-end { (button(ui.t("private-send")).primary().icon(ui, "send")) }
                }))
            }
        }
    }
}

fn people(ui: &Ui, view: &ConversationView, others: &[&Part], filled: &Filled) -> Markup {
    let path = |verb: &str| format!("/messages/{}/{verb}", view.id);
    html! {
        (list(others.iter().map(|part| {
            let browsers = view.devices.iter().filter(|device| device.member == part.id).count();
            let browsers = i64::try_from(browsers).unwrap_or(i64::MAX);
            let line = row(&part.name).href(format!("/people/{}", part.handle)).lead(mark(part.id.0, Scale::Middle))
                .note(ui.t_with("private-has-browsers", &[("count", browsers.into())]));
            if view.may_remove {
                let out = ui.t_with("private-remove", &[("name", part.name.as_str().into())]);
                line.actions(act_button(ui, path("remove"), button(out).quiet().small()).hidden("member", part.id.to_string()).render())
            } else {
                line
            }
        })))
        @if view.may_add {
            (form(ui, path("add"), html! {
                (suggest(field("member", ui.t("private-add")).required().filled(filled), "/people/suggest", "member-id", filled.value("member-id").unwrap_or_default()))
                p.note { (ui.t("private-add-text")) }
                div.form-end { (button(ui.t("private-add-do"))) }
            }).filled(filled))
        }
        @if view.two {
            section.private-safety data-safety hidden {
                h2 { (ui.t("private-safety")) }
                p { (ui.t("private-safety-text")) }
                p.private-numbers data-numbers {}
            }
        }
        @if view.group.is_none() {
            p.note { (ui.t(if view.two { "private-leave-two" } else { "private-leave-text" })) }
            (act_button(ui, path("leave"), button(ui.t("private-leave")).danger().small()))
        }
    }
}
