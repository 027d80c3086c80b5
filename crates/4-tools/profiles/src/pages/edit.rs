//! Editing a profile: the details with their audiences, and one form for a new or a changed one.

use super::words;
use crate::acts::{RemoveDetail, SetDetail};
use crate::detail::{KINDS, MAX_ABOUT, MAX_LABEL};
use crate::views::{Mine, MineView, OwnDetail};
use axum::extract::Query;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::DetailId;
use serde::Deserialize;

/// Which profile is edited, and which of its details stands in the form.
#[derive(Default, Deserialize)]
pub struct Editing {
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    id: Option<DetailId>,
    #[serde(default)]
    kind: Option<String>,
}

pub async fn page(visit: Signed, Query(query): Query<Editing>) -> Answer {
    let view = visit.view(Mine { of: query.of }).await?;
    let mut filled = Filled::default();
    if let Some(kind) = query.kind {
        filled.set("kind", kind);
    }
    visit.page(show(&visit.ui, &view, query.id, &filled))
}

fn show(ui: &Ui, view: &MineView, id: Option<DetailId>, filled: &Filled) -> Markup {
    let chosen = view.details.iter().find(|it| Some(it.id) == id);
    let (back, title) = if view.own {
        ("/me".to_owned(), ui.t("profiles-edit-own"))
    } else {
        (
            format!("/people/{}", view.handle),
            ui.t_with("profiles-edit-of", &[("name", view.name.as_str().into())]),
        )
    };
    let heading = if chosen.is_some() { ui.t("profiles-change") } else { ui.t("profiles-add") };
    Page::new(ui, title).section("me").back(&back, &view.name).lead(ui.t("profiles-edit-lead")).show(html! {
        @if view.details.is_empty() {
            (empty(ui, "sprout", ui.t("profiles-bare"), ui.t("profiles-bare-text")))
        } @else {
            (list(view.details.iter().map(|it| line(ui, view, it))))
        }
        @if chosen.is_some() || view.room > 0 {
            (section(&heading, html! {}, card(detail_form(ui, view, chosen, filled))))
        } @else {
            p.note { (ui.t("profiles-full")) }
        }
        @if view.own {
            (section(&ui.t("profiles-also"), html! {}, list([
                row(ui.t("profiles-settings-home")).href("/settings/home").lead(icon(ui, "map-pin")).note(ui.t("profiles-settings-home-text")),
                row(ui.t("profiles-dues")).href("/membership/dues").lead(icon(ui, "receipt-text")).note(ui.t("profiles-dues-text")),
                row(ui.t("profiles-circles")).href("/me/circles").lead(icon(ui, "heart")).note(ui.t("profiles-circles-text")),
                row(ui.t("profiles-view-as")).href("/me/view-as").lead(icon(ui, "eye")).note(ui.t("profiles-view-as-text")),
            ])))
        }
    })
}

fn line(ui: &Ui, view: &MineView, it: &OwnDetail) -> impl Render + use<> {
    let of = if view.own { String::new() } else { format!("of={}&", view.handle) };
    let label = words::label(ui, &it.kind, &it.label);
    let remove = ui.t_with("profiles-remove-it", &[("what", label.as_str().into())]);
    row(planet_kit::markdown::excerpt(&it.value, 90))
        .note(html! { (label) " \u{b7} " (words::audience_badge(ui, &it.audience)) })
        .actions(html! {
            (link_button(format!("/me/edit?{of}id={}#f-value", it.id), ui.t("profiles-change-it")).quiet().small())
            (act_button(ui, "/me/edit/remove", button(remove).quiet().small())
                .hidden("id", it.id.to_string()).hidden("of", if view.own { "" } else { view.handle.as_str() }))
        })
}

fn detail_form(ui: &Ui, view: &MineView, chosen: Option<&OwnDetail>, filled: &Filled) -> Markup {
    let kinds = KINDS.iter().fold(select("kind", ui.t("profiles-kind")), |kinds, kind| {
        kinds.option(*kind, ui.t(&format!("profiles-kind-{kind}")))
    });
    let none = select("audience", ui.t("profiles-audience"))
        .hint(ui.t("profiles-audience-hint"))
        .option("", ui.t("profiles-audience-choose"));
    let audiences = view
        .audiences
        .iter()
        .fold(none, |all, offer| all.option(offer.id.to_string(), words::audience(ui, offer)));
    let value = |pick: fn(&OwnDetail) -> &str| chosen.map(pick).unwrap_or_default().to_owned();
    let audience = chosen.map(|it| it.audience.id.to_string()).unwrap_or_default();
    let of = if view.own { String::new() } else { view.handle.clone() };
    let back = if view.own { "/me/edit".to_owned() } else { format!("/me/edit?of={of}") };
    form(ui, "/me/edit", html! {
        (kinds.selected(value(|it| &it.kind)).filled(filled))
        (field("value", ui.t("profiles-value")).value(value(|it| &it.value)).area(3).limit(MAX_ABOUT).required().filled(filled))
        (audiences.selected(audience).filled(filled))
        (field("label", ui.t("profiles-label")).value(value(|it| &it.label)).limit(MAX_LABEL).hint(ui.t("profiles-label-hint")).optional(ui).filled(filled))
        div.form-end {
            (button(ui.t("profiles-save")).primary())
            @if chosen.is_some() { (link_button(back, ui.t("profiles-cancel")).quiet()) }
        }
    })
    .hidden("id", chosen.map(|it| it.id.to_string()).unwrap_or_default())
    .hidden("of", of)
    .filled(filled)
    .render()
}

pub async fn set(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["kind", "value", "audience", "label", "id", "of"])?;
    let view = visit.view(Mine { of: fields.optional("of") }).await?;
    let id = match fields.text("id") {
        "" => None,
        _ => Some(fields.parse("id", "detail_unknown", "There is no such detail in your profile.")?),
    };
    let again = |refusal: planet_corridor::refusal::Refusal| {
        let markup = show(&visit.ui, &view, id, &fields.filled(&refusal));
        visit.again(&refusal, markup)
    };
    let audience = fields.parse("audience", "audience_unknown", "Choose who may see this.");
    let audience = match audience {
        Ok(audience) => audience,
        Err(refusal) => return again(refusal),
    };
    let act = SetDetail {
        id,
        of: (!view.own).then_some(view.id),
        kind: fields.text("kind").into(),
        label: fields.optional("label"),
        value: fields.text("value").into(),
        audience,
    };
    match visit.act(key, act).await? {
        Ok(done) => match done.proposal {
            Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "profiles-proposed"),
            None => visit.done(&edit_path(&view), "profiles-saved"),
        },
        Err(refusal) => again(refusal),
    }
}

pub async fn remove(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["id", "of"])?;
    let view = visit.view(Mine { of: fields.optional("of") }).await?;
    let id = fields.parse("id", "detail_unknown", "There is no such detail in your profile.")?;
    visit.act(key, RemoveDetail { id }).await??;
    visit.done(&edit_path(&view), "profiles-removed")
}

fn edit_path(view: &MineView) -> String {
    if view.own { "/me/edit".into() } else { format!("/me/edit?of={}", view.handle) }
}
