//! The page of one's own browsers: which of them read private messages, and the way to take one out.

use super::island;
use crate::acts::devices::MAX_NAME;
use crate::views::devices::{Device, Devices, DevicesView};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};

pub(super) async fn page(visit: Signed) -> Answer {
    let mine = visit.view(Devices {}).await?;
    visit.page(show(&visit.ui, &mine))
}

fn show(ui: &Ui, mine: &DevicesView) -> Markup {
    let in_use: Vec<&Device> = mine.devices.iter().filter(|device| device.revoked.is_none()).collect();
    Page::new(ui, ui.t("private-browsers"))
        .section("messages")
        .back("/messages", ui.t("private-title"))
        .lead(ui.t("private-browsers-lead"))
        .show(html! {
            (island(ui, mine, None, html! {}))
            @if in_use.is_empty() {
                (empty(ui, "smartphone", ui.t("private-browsers-none"), ui.t("private-browsers-none-text")))
            } @else {
                (list(in_use.iter().map(|device| row(&device.name).lead(icon(ui, "smartphone")).note(ago(ui, device.added)))))
                @for device in &in_use { (change(ui, device)) }
            }
        })
}

fn change(ui: &Ui, device: &Device) -> Markup {
    let id = device.id.to_string();
    more(
        ui,
        &ui.t_with("private-browser-change", &[("name", device.name.as_str().into())]),
        html! {
            (form(ui, "/messages/browsers/rename", html! {
                (field("name", ui.t("private-browser-name")).value(&device.name).limit(MAX_NAME).required())
                div.form-end { (button(ui.t("private-browser-rename")).small()) }
            }).hidden("device", &id).id(format!("rename-{id}")))
            p.note { (ui.t("private-browser-revoke-text")) }
            (act_button(ui, "/messages/browsers/revoke", button(ui.t("private-browser-revoke")).danger().small()).hidden("device", &id))
        },
    )
}
