//! The page of one group: what it is, its rooms and its people.

use crate::views::{GroupLine, GroupView, Person};
use planet_kit::prelude::*;
use planet_kit::web::{Door, Room, Visit};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::{Mode, Role, Visibility};

/// What the tools of this node bring to a group in this mode, and the way there.
fn rooms(visit: &Visit, group: &GroupLine) -> Markup {
    let ui = &visit.ui;
    let mode = Mode::from_word(&group.mode).unwrap_or(Mode::Chat);
    let inside = group.role != Role::None.word();
    let private = group.visibility == Visibility::Private.word();
    let open = |room: &&Room| room.mode <= mode && (inside || room.door == Door::Readers);
    let rooms: Vec<&Room> = visit.desk.rooms().iter().filter(open).collect();
    html! {
        @if !rooms.is_empty() {
            (section(&ui.t("groups-rooms"), link_button(format!("/groups/{}/mode", group.handle), ui.t("groups-mode-more")).quiet().render(), list(rooms.into_iter().map(|room| {
                row(ui.t(room.title)).href((room.href)(&group.handle)).lead(icon(ui, room.icon)).note(html! {
                    (ui.t(room.about)) @if private && !room.sealed { " " (ui.t("groups-room-not-sealed")) }
                })
            }))))
        }
    }
}

pub(super) fn show(visit: &Visit, view: &GroupView, filled: &Filled) -> Markup {
    let ui = &visit.ui;
    let group = &view.group;
    let path = |verb: &str| format!("/groups/{}/{verb}", group.handle);
    let note = html! { (ui.t(&format!("groups-mode-{}", group.mode))) " \u{b7} " (ui.t_with("groups-count", &[("count", group.members.into())])) };
    let actions = html! {
        @if view.may_join { (act_button(ui, path("join"), button(ui.t("groups-join")).primary())) }
        (link_button(format!("/wallet/pay?to={}", group.handle), ui.t("groups-pay")).icon(ui, "send"))
        (link_button(format!("/wallet/limits?of={}", group.handle), ui.t("groups-limits")).quiet())
        @if view.may_change { (link_button(path("change"), ui.t("groups-change")).quiet()) }
        @if view.may_leave { (act_button(ui, path("leave"), button(ui.t("groups-leave")).quiet())) }
    };
    Page::new(ui, &group.name).section("groups").back("/groups", ui.t("groups-title")).own_heading().show(html! {
        (profile_head(group.id.0, &group.name, note).actions(actions).group())
        @if !group.purpose.is_empty() { (card(markdown(&group.purpose))) }
        (rooms(visit, group))
        (section(&ui.t("groups-people"), html! {}, list(view.people.iter().map(|person| person_row(ui, view, person)))))
        @if view.may_add {
            (section(&ui.t("groups-add"), html! {}, card(form(ui, path("add"), html! {
                (suggest(field("member", ui.t("groups-add-who")).required().filled(filled), "/wallet/payees", "member_id", ""))
                div.form-end { (button(ui.t("groups-add"))) }
            }).filled(filled).render())))
        }
    })
}

fn person_row(ui: &Ui, view: &GroupView, person: &Person) -> impl Render + use<> {
    let path = |verb: &str| format!("/groups/{}/{verb}", view.group.handle);
    let role = ui.t(&format!("groups-role-{}", person.role));
    let line = row(&person.name)
        .href(format!("/people/{}", person.handle))
        .lead(mark(person.id.0, Scale::Middle))
        .note(role);
    let id = person.id.to_string();
    // A steward of the club keeps the role until the members decide otherwise, or gives it up.
    let shielded = view.group.id == GroupId::CLUB
        && person.role == Role::Steward.word()
        && ui.viewer.as_ref().is_none_or(|me| me.id != person.id.0);
    if !(view.may_give_roles || view.may_take_out || (shielded && view.may_demote)) {
        return line;
    }
    line.actions(html! {
        @if view.may_give_roles && !shielded {
            @for role in [Role::Steward, Role::Treasurer, Role::Member].into_iter().filter(|role| role.word() != person.role) {
                (act_button(ui, path("role"), button(ui.t(&format!("groups-make-{}", role.word()))).quiet().small())
                    .hidden("member", &id).hidden("role", role.word()))
            }
        }
        @if shielded && view.may_demote {
            (act_button(ui, path("demote"), button(ui.t("groups-demote")).quiet().small())
                .hidden("member", &id).hidden("name", &person.name))
        }
        @if view.may_take_out {
            (act_button(ui, path("remove"), button(ui.t("groups-remove")).quiet().small()).hidden("member", &id))
        }
    })
}
