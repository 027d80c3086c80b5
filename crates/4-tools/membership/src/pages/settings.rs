//! The page on which a member changes the name. The list of all settings belongs to profiles.

use crate::acts::Rename;
use crate::checks;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};

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
    match visit.act(fields.key(&["name"])?, Rename { name: fields.text("name").to_owned() }).await? {
        Ok(_) => visit.done("/settings", "membership-name-told"),
        Err(refusal) => visit.again(&refusal, show_name(&visit.ui, &fields.filled(&refusal))),
    }
}
