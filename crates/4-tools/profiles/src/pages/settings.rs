//! Settings: one page from which all of them are found. The pages behind it belong to other rooms.

use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};

/// What there is to set: the text's key, the address, the icon.
const MINE: [(&str, &str, &str); 4] = [
    ("profile", "/me/edit", "circle-user"),
    ("name", "/settings/name", "pencil"),
    ("circles", "/me/circles", "heart"),
    ("home", "/settings/home", "map-pin"),
];
const KEYS: [(&str, &str, &str); 2] =
    [("devices", "/devices", "smartphone"), ("recovery", "/recovery", "life-buoy")];
const DATA: [(&str, &str, &str); 2] =
    [("export", "/settings/export", "download"), ("leave", "/settings/leave", "door-open")];

pub async fn page(visit: Signed) -> Answer {
    visit.page(show(&visit.ui))
}

fn show(ui: &Ui) -> Markup {
    let links = |all: &[(&str, &str, &str)]| {
        list(all.iter().map(|(word, href, picture)| {
            row(ui.t(&format!("profiles-settings-{word}")))
                .href(*href)
                .lead(icon(ui, picture))
                .note(ui.t(&format!("profiles-settings-{word}-text")))
        }))
    };
    Page::new(ui, ui.t("profiles-settings-title")).section("settings").show(html! {
        (section(&ui.t("profiles-settings-me"), html! {}, links(&MINE)))
        (section(&ui.t("profiles-settings-keys"), html! {}, links(&KEYS)))
        (section(&ui.t("profiles-settings-look"), html! {}, card(theme_switch(ui))))
        (section(&ui.t("profiles-settings-data"), html! {}, links(&DATA)))
        div.cluster {
            form.act method="post" action="/sign-out" data-forget-keys {
                input type="hidden" name="_key" value=(ui.key());
                (button(ui.t("profiles-settings-sign-out")).icon(ui, "log-out"))
            }
        }
    })
}
