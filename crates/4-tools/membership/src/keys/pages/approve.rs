//! Approving a program that shows a code: the page says plainly what it grants.

use crate::keys::acts::ApproveDevice;
use crate::keys::sent;
use crate::keys::views::{DeviceRequest, Requested};
use axum::extract::Query;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use serde::Deserialize;

/// The code that the program shows.
#[derive(Deserialize)]
pub struct Shown {
    #[serde(default)]
    code: String,
}

/// `GET /devices/approve?code=…`
pub async fn page(visit: Signed, Query(Shown { code }): Query<Shown>) -> Answer {
    if code.trim().is_empty() {
        return visit.page(ask(&visit.ui, &Filled::default()));
    }
    match visit.view(DeviceRequest { code: code.clone() }).await {
        Ok(request) => visit.page(show(&visit.ui, &code, &request)),
        Err(Fault::Refused(refusal)) => again(&visit, &code, &refusal),
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /devices/approve`
pub async fn approve(visit: Signed, fields: Fields) -> Answer {
    sent::in_browser(&visit.desk, visit.session).await?;
    let code = fields.text("code").to_owned();
    match visit.act(fields.key(&["code"])?, ApproveDevice { user_code: code.clone() }).await? {
        Ok(_) => visit.done("/devices", "keys-approved"),
        Err(refusal) => again(&visit, &code, &refusal),
    }
}

fn again(visit: &Signed, code: &str, refusal: &Refusal) -> Answer {
    let mut filled = Filled::default();
    filled.set("code", code);
    filled.wrong(refusal.field.as_deref().unwrap_or(""), refusal.sentence.clone());
    visit.again(refusal, ask(&visit.ui, &filled))
}

fn ask(ui: &Ui, filled: &Filled) -> Markup {
    Page::new(ui, ui.t("keys-approve-title")).section("settings").lead(ui.t("keys-approve-ask")).show(html! {
        (form(ui, "/devices/approve", html! {
            (field("code", ui.t("keys-user-code")).hint(ui.t("keys-user-code-hint")).code().short().required().focus().filled(filled))
            div.form-end { (button(ui.t("keys-approve-look")).primary()) (link_button("/devices", ui.t("keys-cancel")).quiet()) }
        }).get().filled(filled))
    })
}

fn show(ui: &Ui, code: &str, request: &Requested) -> Markup {
    let page = Page::new(ui, ui.t("keys-approve-title"))
        .section("settings")
        .back("/devices", ui.t("keys-devices-title"));
    if request.approved {
        return page.show(notice(
            ui,
            Tone::Good,
            &ui.t("keys-approved-already"),
            html! {
                p { (ui.t("keys-approved-text")) }
            },
        ));
    }
    page.lead(ui.t("keys-approve-lead")).show(html! {
        (card(facts([
            (ui.t("keys-program").as_str(), html! { strong { (request.label) } }),
            (ui.t("keys-user-code").as_str(), html! { code { (code) } }),
            (ui.t("keys-program-key").as_str(), html! { code { (ending(&request.key)) } }),
        ])))
        (notice(ui, Tone::Warn, &ui.t("keys-grants"), html! {
            ul {
                li { (ui.t("keys-grants-act")) }
                li { (ui.t("keys-grants-long")) }
                li { (ui.t("keys-grants-not")) }
            }
        }))
        (form(ui, "/devices/approve", html! {
            div.form-end {
                (button(ui.t("keys-approve")).primary())
                (link_button("/devices", ui.t("keys-approve-not")).quiet())
            }
        }).hidden("code", code))
    })
}

/// The end of a key, which is enough to compare.
fn ending(key: &str) -> String {
    let start = key.len().saturating_sub(12);
    format!("…{}", key.get(start..).unwrap_or(key))
}
