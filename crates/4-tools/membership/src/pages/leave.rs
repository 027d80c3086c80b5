//! Leaving the club, and taking everything along.

use crate::acts::{Export, Leave};
use crate::error::MembershipError;
use crate::views::MyData;
use axum::Json;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, SET_COOKIE};
use axum::response::IntoResponse;
use planet_kit::prelude::*;
use planet_kit::web::session::clear_cookie;
use planet_kit::web::{Answer, Fields, Signed};

/// The page on which a member leaves.
pub async fn page(visit: Signed) -> Answer {
    visit.page(show(&visit.ui, &Filled::default()))
}

fn show(ui: &Ui, filled: &Filled) -> Markup {
    Page::new(ui, ui.t("membership-leave-title"))
        .section("settings")
        .back("/settings", ui.t("membership-settings"))
        .lead(ui.t("membership-leave-lead"))
        .show(html! {
            (list([
                ("download", "membership-leave-export"),
                ("key-round", "membership-leave-identity"),
                ("wallet", "membership-leave-account"),
                ("pencil-line", "membership-leave-written"),
            ].map(|(name, key)| row(ui.t(key)).lead(icon(ui, name)))))
            div.cluster { (link_button("/settings/export", ui.t("membership-export-title")).icon(ui, "download")) }
            (card(html! {
                (form(ui, "/settings/leave", html! {
                    (check("sure", ui.t("membership-leave-sure")).required().filled(filled))
                    div.form-end { (button(ui.t("membership-leave-button")).danger().icon(ui, "log-out")) (link_button("/settings", ui.t("membership-cancel")).quiet()) }
                }).filled(filled))
            }))
        })
}

/// Leaves. All devices are signed out, this one too.
pub async fn leave(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["sure"])?;
    if !fields.ticked("sure") {
        let refusal = MembershipError::NotConfirmed.into();
        return visit.again(&refusal, show(&visit.ui, &fields.filled(&refusal)));
    }
    let member = visit.member()?;
    visit.act(key, Leave {}).await??;
    visit.desk.sessions().forget(member);
    let mut response = gone(&visit.ui).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&clear_cookie(visit.desk.origin().secure())) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

fn gone(ui: &Ui) -> Markup {
    bare(
        ui,
        &ui.t("membership-gone-title"),
        html! {
            div.stack { h1 { (ui.t("membership-gone-title")) } p.lead { (ui.t("membership-gone-text")) } }
            (link_button("/sign-in?next=/settings/export", ui.t("membership-gone-export")).wide())
        },
    )
}

/// The page from which a copy is taken.
pub async fn export_page(visit: Signed) -> Answer {
    let ui = &visit.ui;
    visit.page(
        Page::new(ui, ui.t("membership-export-title"))
            .section("settings")
            .back("/settings", ui.t("membership-settings"))
            .lead(ui.t("membership-export-lead"))
            .show(card(html! {
                div.stack {
                    p { (ui.t("membership-export-text")) }
                    (act_button(ui, "/settings/export", button(ui.t("membership-export-button")).primary().icon(ui, "download")))
                }
            })),
    )
}

/// The copy, as a file.
pub async fn export(visit: Signed, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, Export {}).await??;
    let data = visit.view(MyData {}).await?;
    let handle = visit.me.as_ref().map(|me| me.handle.clone()).unwrap_or_default();
    let mut response = Json(data).into_response();
    let name = format!("attachment; filename=\"planet-{handle}.json\"");
    if let Ok(name) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(CONTENT_DISPOSITION, name);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
