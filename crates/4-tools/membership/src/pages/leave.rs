//! Leaving the club, and taking everything along.

use crate::acts::{Export, Leave};
use crate::error::MembershipError;
use crate::views::{Leaving, MyData, Orphan};
use axum::Json;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, SET_COOKIE};
use axum::response::IntoResponse;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::session::clear_cookie;
use planet_kit::web::{Answer, Fields, Signed};

/// The page on which a member leaves.
pub async fn page(visit: Signed) -> Answer {
    let orphans = visit.view(Leaving {}).await?;
    visit.page(show(&visit.ui, &orphans, &Filled::default()))
}

fn show(ui: &Ui, orphans: &[Orphan], filled: &Filled) -> Markup {
    Page::new(ui, ui.t("membership-leave-title"))
        .section("settings")
        .back("/settings", ui.t("membership-settings"))
        .lead(ui.t("membership-leave-lead"))
        .show(html! {
            (list([
                ("download", "membership-leave-export"),
                ("key-round", "membership-leave-identity"),
                ("wallet", "membership-leave-account"),
                ("ticket", "membership-leave-shares"),
                ("pencil-line", "membership-leave-written"),
            ].map(|(name, key)| row(ui.t(key)).lead(icon(ui, name)))))
            div.cluster { (link_button("/settings/export", ui.t("membership-export-title")).icon(ui, "download")) }
            @if !orphans.is_empty() {
                (notice(ui, Tone::Warn, &ui.t("membership-leave-orphans"), html! {
                    p { (ui.t("membership-leave-orphans-text")) }
                    ul { @for group in orphans { li { a href={ "/groups/" (group.handle) } { (group.name) } } } }
                }))
            }
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
        return again(&visit, &fields, &refusal).await;
    }
    let member = visit.member()?;
    if let Err(refusal) = visit.act(key, Leave {}).await? {
        return again(&visit, &fields, &refusal).await;
    }
    visit.desk.sessions().forget(member);
    let mut response = gone(&visit.ui).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&clear_cookie(visit.desk.origin().secure())) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn again(visit: &Signed, fields: &Fields, refusal: &Refusal) -> Answer {
    let orphans = visit.view(Leaving {}).await?;
    visit.again(refusal, show(&visit.ui, &orphans, &fields.filled(refusal)))
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
