//! The page on what a group is for: what each mode brings on this node, and the button to ask the members for it.

use crate::acts::SetMode;
use crate::views::{GroupPage, GroupView};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Door, Fields, Room, Signed, Visit};
use planet_ontology::roles::Mode;

pub(super) async fn page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    visit.page(show(&visit, &view, &Filled::default()))
}

/// What a mode adds to the ones before it, on this node. What private groups alone have comes with no mode.
pub(super) fn brings(visit: &Visit, mode: Mode) -> Vec<&Room> {
    visit.desk.rooms().iter().filter(|room| room.mode == mode && room.door != Door::Sealed).collect()
}

fn show(visit: &Visit, view: &GroupView, filled: &Filled) -> Markup {
    let ui = &visit.ui;
    let group = &view.group;
    let here = format!("/groups/{}", group.handle);
    Page::new(ui, ui.t("groups-mode"))
        .section("groups")
        .back(&here, &group.name)
        .lead(ui.t("groups-mode-lead"))
        .show(html! {
            @if let Some(wrong) = filled.error("mode") { (notice(ui, Tone::Bad, "", html! { (wrong) })) }
            @for mode in Mode::ALL { (one(visit, view, *mode)) }
            p.note { (ui.t("groups-mode-back")) }
        })
}

fn one(visit: &Visit, view: &GroupView, mode: Mode) -> Markup {
    let ui = &visit.ui;
    let word = mode.word();
    let now = view.group.mode == word;
    let ask = html! {
        @if now { (badge_tone(Tone::Good, &ui.t("groups-mode-now"))) }
        @else if view.may_set_mode {
            (act_button(ui, format!("/groups/{}/mode", view.group.handle), button(ui.t("groups-mode-ask")).small()).hidden("mode", word))
        }
    };
    let rooms = brings(visit, mode);
    section(
        &ui.t(&format!("groups-mode-{word}")),
        ask,
        html! {
            p { (ui.t(&format!("groups-mode-about-{word}"))) }
            @if rooms.is_empty() { p.note { (ui.t("groups-mode-nothing")) } }
            @else { (list(rooms.into_iter().map(|room| row(ui.t(room.title)).lead(icon(ui, room.icon)).note(ui.t(room.about))))) }
        },
    )
}

pub(super) async fn set(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["mode"])?;
    let view = visit.view(GroupPage { handle }).await?;
    let act = SetMode { group: view.group.id, mode: fields.text("mode").into() };
    match visit.act(key, act).await? {
        Ok(done) => match done.proposal {
            Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "groups-proposed"),
            None => visit.done(&format!("/groups/{}", view.group.handle), "groups-mode-set"),
        },
        Err(refusal) => visit.again(&refusal, show(&visit, &view, &fields.filled(&refusal))),
    }
}
