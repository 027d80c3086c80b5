//! The way to everything that concerns a member alone, and the name.

use crate::acts::Rename;
use crate::checks;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};

/// The list of settings.
pub async fn page(visit: Signed) -> Answer {
    let ui = &visit.ui;
    let handle = visit.me.as_ref().map(|me| me.handle.clone()).unwrap_or_default();
    let profile = format!("/people/{handle}");
    let line = |href: &str, name: &str, title: &str, about: &str| {
        row(ui.t(title)).href(href).lead(icon(ui, name)).note(ui.t(about)).end(icon(ui, "chevron-right"))
    };
    visit.page(
        Page::new(ui, ui.t("membership-settings"))
            .section("settings")
            .lead(ui.t("membership-settings-lead"))
            .show(list([
                line(
                    &profile,
                    "circle-user",
                    "membership-settings-profile",
                    "membership-settings-profile-text",
                ),
                line("/settings/name", "pencil", "membership-settings-name", "membership-settings-name-text"),
                line("/settings/home", "map-pin", "membership-home-title", "membership-settings-home-text"),
                line(
                    "/devices",
                    "smartphone",
                    "membership-settings-devices",
                    "membership-settings-devices-text",
                ),
                line(
                    "/recovery",
                    "life-buoy",
                    "membership-settings-recovery",
                    "membership-settings-recovery-text",
                ),
                line(
                    "/settings/export",
                    "download",
                    "membership-export-title",
                    "membership-settings-export-text",
                ),
                line(
                    "/settings/leave",
                    "log-out",
                    "membership-leave-title",
                    "membership-settings-leave-text",
                ),
            ])),
    )
}

/// The page on which a member changes the name.
pub async fn name(visit: Signed) -> Answer {
    let mut filled = Filled::default();
    filled.set("name", visit.me.as_ref().map(|me| me.name.clone()).unwrap_or_default());
    visit.page(show_name(&visit.ui, &filled))
}

fn show_name(ui: &Ui, filled: &Filled) -> Markup {
    Page::new(ui, ui.t("membership-settings-name"))
        .section("settings")
        .back("/settings", ui.t("membership-settings"))
        .lead(ui.t("membership-name-lead"))
        .show(card(html! {
            (form(ui, "/settings/name", html! {
                (field("name", ui.t("membership-your-name")).required().limit(checks::NAME.most).with("autocomplete", "name").filled(filled))
                div.form-end { (button(ui.t("membership-save")).primary()) }
            }).filled(filled))
        }))
}

/// Changes the name.
pub async fn rename(visit: Signed, fields: Fields) -> Answer {
    match visit.act(fields.key()?, Rename { name: fields.text("name").to_owned() }).await? {
        Ok(_) => visit.done("/settings", "membership-name-told"),
        Err(refusal) => visit.again(&refusal, show_name(&visit.ui, &fields.filled(&refusal))),
    }
}
