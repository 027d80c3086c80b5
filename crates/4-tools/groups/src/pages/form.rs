//! The forms in which a group is made and changed.

use super::mode::brings;
use crate::acts::{Change, Create, MAX_NAME, MAX_PURPOSE};
use crate::error::GroupError;
use crate::views::{GroupPage, GroupView};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Visit};
use planet_ontology::ids::PlaceId;
use planet_ontology::roles::{Mode, Shown, Visibility};
use planet_places::gazetteer;

/// The fields of the form in which a group is made.
const NEW: [&str; 7] = ["name", "purpose", "place", "place_id", "visibility", "mode", "open"];
/// The fields of the form in which it is changed.
const CHANGE: [&str; 6] = ["name", "purpose", "place", "place_id", "shown", "open"];

pub(super) async fn new_page(visit: Signed) -> Answer {
    visit.page(show_new(&visit, &Filled::default()))
}

fn show_new(visit: &Visit, filled: &Filled) -> Markup {
    let ui = &visit.ui;
    Page::new(ui, ui.t("groups-new")).section("groups").back("/groups", ui.t("groups-title")).lead(ui.t("groups-form-lead")).show(html! {
        (form(ui, "/groups/new", html! {
            (field("name", ui.t("groups-name")).limit(MAX_NAME).required().filled(filled))
            (field("purpose", ui.t("groups-purpose")).area(3).limit(MAX_PURPOSE).optional(ui).filled(filled))
            (where_it_is(ui, "", "", filled))
            (visibilities(visit).selected(Visibility::Restricted.word()).filled(filled))
            (modes(visit).selected(Mode::Chat.word()).filled(filled))
            (check("open", ui.t("groups-open")).hint(ui.t("groups-open-hint")).filled(filled))
            div.form-end { (button(ui.t("groups-save")).primary()) (link_button("/groups", ui.t("groups-back")).quiet()) }
        }).filled(filled))
    })
}

/// Where it is; from the town that was chosen before.
fn where_it_is(ui: &Ui, line: &str, id: &str, filled: &Filled) -> Markup {
    let town = field("place", ui.t("groups-place"))
        .hint(ui.t("groups-place-hint"))
        .optional(ui)
        .value(line)
        .filled(filled);
    suggest(town, "/places/search", "place_id", filled.value("place_id").unwrap_or(id))
}

/// The place that a form chose: by the id that the type-ahead put in, or else by a text that names a town.
fn chosen_place(fields: &Fields) -> Result<Option<PlaceId>, GroupError> {
    let (id, text) = (fields.text("place_id"), fields.text("place"));
    if text.is_empty() {
        return Ok(None);
    }
    if let Ok(id) = id.parse() {
        // The first look-up of all puts the gazetteer in order, which takes a while: not in the act's transaction.
        gazetteer::town(id);
        return Ok(Some(id));
    }
    gazetteer::named(text).map(Some).ok_or(GroupError::PlaceUnknown)
}

/// Who may read it. Private is offered only where some room of this node keeps the promise.
fn visibilities(visit: &Visit) -> Choices {
    let ui = &visit.ui;
    let sealed = visit.desk.rooms().iter().any(|room| room.sealed);
    let offered = Visibility::ALL.iter().filter(|it| sealed || **it != Visibility::Private);
    offered.fold(
        choices("visibility", ui.t("groups-visibility")).hint(ui.t("groups-visibility-hint")),
        |it, visibility| {
            let word = visibility.word();
            it.option(
                word,
                ui.t(&format!("groups-visibility-{word}")),
                ui.t(&format!("groups-visibility-about-{word}")),
            )
        },
    )
}

/// What it is for, with what each mode brings on this node.
fn modes(visit: &Visit) -> Choices {
    let ui = &visit.ui;
    Mode::ALL.iter().fold(choices("mode", ui.t("groups-mode")).hint(ui.t("groups-mode-hint")), |it, mode| {
        let word = mode.word();
        let rooms: Vec<String> = brings(visit, *mode).into_iter().map(|room| ui.t(room.title)).collect();
        let about = ui.t(&format!("groups-mode-about-{word}"));
        let about = if rooms.is_empty() { about } else { format!("{about} {}.", rooms.join(", ")) };
        it.option(word, ui.t(&format!("groups-mode-{word}")), about)
    })
}

pub(super) async fn create(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&NEW)?;
    let act = chosen_place(&fields).map(|place| Create {
        name: fields.text("name").into(),
        purpose: fields.text("purpose").into(),
        mode: fields.text("mode").into(),
        open: fields.ticked("open"),
        visibility: fields.text("visibility").into(),
        place,
    });
    let result = match act {
        Ok(act) => visit.act(key, act).await?,
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(done) => match (done.output, done.proposal) {
            (Some(created), _) => visit.done(&format!("/groups/{}", created.handle), "groups-created"),
            (None, Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "groups-proposed"),
            (None, None) => visit.done("/groups", "groups-created"),
        },
        Err(refusal) => visit.again(&refusal, show_new(&visit, &fields.filled(&refusal))),
    }
}

pub(super) async fn change_page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    visit.page(show_change(&visit.ui, &view, &Filled::default()))
}

fn show_change(ui: &Ui, view: &GroupView, filled: &Filled) -> Markup {
    let group = &view.group;
    let place_id = view.place_id.map(|place| place.to_string()).unwrap_or_default();
    let here = format!("/groups/{}", group.handle);
    Page::new(ui, ui.t("groups-change")).section("groups").back(&here, &group.name).show(html! {
        (form(ui, format!("{here}/change"), html! {
            (field("name", ui.t("groups-name")).value(&group.name).limit(MAX_NAME).required().filled(filled))
            (field("purpose", ui.t("groups-purpose")).value(&group.purpose).area(4).limit(MAX_PURPOSE).optional(ui).filled(filled))
            (where_it_is(ui, &view.place, &place_id, filled))
            @if group.visibility == Visibility::Open.word() { (shown(ui).selected(&view.shown).filled(filled)) }
            (check("open", ui.t("groups-open")).hint(ui.t("groups-open-hint")).checked(group.open).filled(filled))
            p.note { (ui.t(&format!("groups-visibility-about-{}", group.visibility))) " " (ui.t("groups-visibility-stays")) }
            div.form-end { (button(ui.t("groups-save")).primary()) (link_button(&here, ui.t("groups-back")).quiet()) }
        }).filled(filled))
    })
}

/// What everybody may know of its people.
fn shown(ui: &Ui) -> Choices {
    Shown::ALL.iter().fold(choices("shown", ui.t("groups-shown")), |it, shown| {
        it.option(shown.word(), ui.t(&format!("groups-shown-{}", shown.word())), "")
    })
}

pub(super) async fn change(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    let key = fields.key(&CHANGE)?;
    let shown = fields.text("shown");
    let act = chosen_place(&fields).map(|place| Change {
        group: view.group.id,
        name: fields.text("name").into(),
        purpose: fields.text("purpose").into(),
        mode: None,
        open: fields.ticked("open"),
        place,
        shown: (!shown.is_empty()).then(|| shown.to_owned()),
    });
    let result = match act {
        Ok(act) => visit.act(key, act).await?,
        Err(error) => Err(error.into()),
    };
    match result {
        Ok(done) => match done.proposal {
            Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "groups-proposed"),
            None => visit.done(&format!("/groups/{}", view.group.handle), "groups-changed"),
        },
        Err(refusal) => visit.again(&refusal, show_change(&visit.ui, &view, &fields.filled(&refusal))),
    }
}
