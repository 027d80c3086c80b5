//! One profile as a page, for members and guests, and as somebody else would see it.

use super::words;
use crate::detail::FINDABLE;
use crate::views::{As, AsView, Person, PersonView, Shown};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed, Visit};
use serde::Deserialize;

pub async fn me(visit: Signed) -> Answer {
    let handle = visit.me.as_ref().map(|me| me.handle.clone()).unwrap_or_default();
    Ok(Redirect::to(&format!("/people/{handle}")).into_response())
}

pub async fn page(visit: Visit, Path(handle): Path<String>) -> Answer {
    let view = visit.view(Person { handle }).await?;
    visit.page(show(&visit.ui, &view))
}

fn show(ui: &Ui, view: &PersonView) -> Markup {
    let section = if view.own { "me" } else { "people" };
    let page = Page::new(ui, &view.name).section(section).own_heading();
    let page =
        if view.own || ui.viewer.is_none() { page } else { page.back("/people", ui.t("profiles-people")) };
    page.show(html! {
        (head(ui, view, actions(ui, view)))
        (body(ui, view))
        @if view.own && view.details.is_empty() {
            (empty(ui, "sprout", ui.t("profiles-bare"), ui.t("profiles-bare-text"))
                .action(link_button("/me/edit", ui.t("profiles-add")).primary()))
        }
    })
}

fn actions(ui: &Ui, view: &PersonView) -> Markup {
    let group = view.kind == "group";
    let edit = if group { format!("/me/edit?of={}", view.handle) } else { "/me/edit".into() };
    let reachable = ui.viewer.is_some() && !view.own && view.standing.as_deref() == Some("active");
    html! {
        @if group { (link_button(format!("/groups/{}", view.handle), ui.t("profiles-group")).icon(ui, "users")) }
        @if reachable {
            @if !group { (act_button(ui, format!("/people/{}/follow", view.handle), button(ui.t("profiles-follow")).icon(ui, "plus"))) }
            (link_button(format!("/wallet/pay?to={}", view.handle), ui.t("profiles-pay")).icon(ui, "send"))
            (link_button(format!("/wallet/limits?of={}", view.handle), ui.t("profiles-limits")).quiet())
        }
        @if view.may_edit { (link_button(edit, ui.t("profiles-edit")).icon(ui, "pencil")) }
        @if view.may_oversee { (link_button(format!("/people/{}/standing", view.handle), ui.t("profiles-standing")).quiet()) }
        @if view.own {
            (link_button("/me/circles", ui.t("profiles-circles")).icon(ui, "heart"))
            (link_button("/me/view-as", ui.t("profiles-view-as")).icon(ui, "eye"))
        }
    }
}

fn head(ui: &Ui, view: &PersonView, actions: Markup) -> Markup {
    let since = view.since.map(|since| ui.t_with("profiles-since", &[("date", day(ui, since).into())]));
    let away = view.standing.as_deref().filter(|standing| *standing != "active");
    let role = view.role.as_deref().filter(|role| matches!(*role, "steward" | "treasurer"));
    let note = html! {
        span.cluster {
            span { "@" (view.handle) }
            @if let Some(place) = &view.place { (with_icon(ui, "map-pin", place)) }
            @if let Some(since) = since { span { (since) } }
            @if let Some(role) = role { (badge(&ui.t(&format!("profiles-role-{role}")))) }
            @if let Some(standing) = away { (badge(&ui.t(&format!("profiles-standing-{standing}")))) }
        }
    };
    let head = profile_head(view.id.0, &view.name, note).actions(actions);
    if view.kind == "group" { head.group().render() } else { head.render() }
}

/// The details and the groups in common: what *view as* shows too.
fn body(ui: &Ui, view: &PersonView) -> Markup {
    let of = |kind: &str| view.details.iter().filter(|it| it.kind == kind).collect::<Vec<_>>();
    let others: Vec<&Shown> = view
        .details
        .iter()
        .filter(|it| it.kind != "about" && !FINDABLE.contains(&it.kind.as_str()))
        .collect();
    let labels: Vec<String> = others.iter().map(|it| words::label(ui, &it.kind, &it.label)).collect();
    html! {
        @for about in of("about") { (card(words::value(about))) }
        @for kind in FINDABLE {
            @let details = of(kind);
            @if !details.is_empty() {
                (section(&ui.t(&format!("profiles-many-{kind}")), html! {}, html! {
                    div.cluster { @for it in details { (badge(&it.value)) } }
                }))
            }
        }
        @if !others.is_empty() {
            (card(facts(labels.iter().zip(&others).map(|(label, it)| (label.as_str(), words::value(it))))))
        }
        @if !view.groups.is_empty() {
            @let title = if view.own { ui.t("profiles-groups") } else { ui.t("profiles-groups-common") };
            (section(&title, html! {}, list(view.groups.iter().map(|group| {
                row(&group.name).href(format!("/groups/{}", group.handle)).lead(mark(group.id.0, Scale::Middle))
            }))))
        }
    }
}

/// Through whose eyes: what the link says, or what was typed.
#[derive(Deserialize)]
pub struct Eyes {
    #[serde(rename = "as", default)]
    eyes: String,
    #[serde(default)]
    who: String,
}

pub async fn view_as(visit: Signed, Query(query): Query<Eyes>) -> Answer {
    let typed = [query.eyes.trim(), query.who.trim(), "guest"];
    let eyes = typed.into_iter().find(|text| !text.is_empty()).unwrap_or_default().to_owned();
    let view = visit.view(As { handle: None, eyes: eyes.clone() }).await?;
    visit.page(show_as(&visit.ui, &eyes, &view))
}

fn show_as(ui: &Ui, eyes: &str, view: &AsView) -> Markup {
    let who = match (&view.eyes, eyes) {
        (Some(person), _) => person.name.clone(),
        (None, "guest") => ui.t("profiles-as-guest"),
        (None, _) => ui.t("profiles-as-member"),
    };
    Page::new(ui, ui.t("profiles-view-as")).section("me").back("/me", ui.t("profiles-mine")).lead(ui.t("profiles-view-as-lead")).show(html! {
        (tabs(&ui.t("profiles-view-as"), &[
            ("/me/view-as?as=guest", ui.t("profiles-as-guest").as_str(), view.eyes.is_none() && eyes == "guest"),
            ("/me/view-as?as=club+member", ui.t("profiles-as-member").as_str(), view.eyes.is_none() && eyes != "guest"),
        ]))
        (form(ui, "/me/view-as", html! {
            (suggest(field("who", ui.t("profiles-as-who")), "/people/suggest", "as", ""))
            div.form-end { (button(ui.t("profiles-as-look")).icon(ui, "eye")) }
        }).get())
        (notice(ui, Tone::Info, &ui.t_with("profiles-as-sees", &[("name", who.as_str().into())]), html! {
            @match &view.sees {
                None => { p { (ui.t("profiles-as-nothing")) } }
                Some(sees) => { @if sees.details.is_empty() { p { (ui.t("profiles-as-name-only")) } } }
            }
        }))
        @if let Some(sees) = &view.sees {
            (head(ui, sees, html! {}))
            (body(ui, sees))
        }
    })
}
