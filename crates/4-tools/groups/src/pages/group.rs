//! The page of one group: what it is, its rooms and its people.

use crate::views::{GroupLine, GroupView, Person};
use planet_kit::prelude::*;
use planet_kit::web::{Door, Room, Visit};
use planet_ontology::ids::GroupId;
use planet_ontology::roles::{Mode, Role, Visibility};

fn mode_link(ui: &Ui, group: &GroupLine, inside: bool) -> Markup {
    html! { @if inside { (link_button(format!("/groups/{}/mode", group.handle), ui.t("groups-mode-more")).quiet()) } }
}

/// What the tools of this node bring to a group in this mode, and the way there.
fn rooms(visit: &Visit, group: &GroupLine) -> Markup {
    let ui = &visit.ui;
    let mode = Mode::from_word(&group.mode).unwrap_or(Mode::Chat);
    let inside = group.role != Role::None.word();
    let private = group.visibility == Visibility::Private.word();
    let open = |room: &&Room| match room.door {
        _ if room.mode > mode => false,
        Door::Readers => true,
        Door::Members => inside,
        Door::Sealed => inside && private,
    };
    let mut rooms: Vec<&Room> = visit.desk.rooms().iter().filter(open).collect();
    rooms.sort_by_key(|room| private && !room.sealed);
    html! {
        @if !rooms.is_empty() {
            (section(&ui.t("groups-rooms"), mode_link(ui, group, inside), list(rooms.into_iter().map(|room| {
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
    let note = html! {
        (ui.t(&format!("groups-mode-{}", group.mode)))
        @if let Some(count) = group.members { " \u{b7} " (ui.t_with("groups-count", &[("count", count.into())])) }
        @if !view.place.is_empty() { " \u{b7} " (view.place) }
        " \u{b7} " (ui.t(&format!("groups-seen-{}", group.visibility)))
    };
    let page = Page::new(ui, &group.name).section("groups").own_heading();
    let page = if ui.viewer.is_some() { page.back("/groups", ui.t("groups-title")) } else { page };
    page.show(html! {
        (profile_head(group.id.0, &group.name, note).actions(head_actions(visit, view)).group())
        @if let Some(wrong) = filled.error("") { (notice(ui, Tone::Bad, "", html! { p { (wrong) } })) }
        (coming_in(ui, view, filled))
        @if !view.welcome.is_empty() && group.role != Role::None.word() { (section(&ui.t("groups-welcome"), html! {}, card(markdown(&view.welcome)))) }
        @if !group.purpose.is_empty() { (card(markdown(&group.purpose))) }
        (first_steps(ui, view))
        (rooms(visit, group))
        (asking(ui, view))
        @if !view.people.is_empty() {
            (section(&ui.t("groups-people"), html! {}, list(view.people.iter().map(|person| person_row(ui, view, person)))))
        }
        (taking_in(ui, view, filled))
    })
}

fn head_actions(visit: &Visit, view: &GroupView) -> Markup {
    let (ui, group) = (&visit.ui, &view.group);
    let path = |verb: &str| format!("/groups/{}/{verb}", group.handle);
    let asked = view.mine.as_ref().is_some_and(|mine| mine.state != "declined");
    html! {
        @if view.may_join && view.agreement.is_empty() && !asked { (act_button(ui, path("join"), button(ui.t("groups-join")).primary())) }
        @if view.may_ask && !asked { (link_button(path("ask"), ui.t("groups-ask-to-join")).primary()) }
        @if visit.me.is_some() {
            (link_button(format!("/wallet/pay?to={}", group.handle), ui.t("groups-pay")).icon(ui, "send"))
            (link_button(format!("/wallet/limits?of={}", group.handle), ui.t("groups-limits")).quiet())
        }
        @if view.may_change { (link_button(path("change"), ui.t("groups-change")).quiet()) }
        @if view.may_set_door { (link_button(path("door"), ui.t("groups-door")).quiet()) }
        @if visit.me.is_some() && group.id != GroupId::CLUB { (link_button(path("within"), ui.t("groups-within")).quiet()) }
        @if view.may_leave { (act_button(ui, path("leave"), button(ui.t("groups-leave")).quiet())) }
    }
}

/// What there is between the viewer and a group that the viewer is not in.
fn coming_in(ui: &Ui, view: &GroupView, filled: &Filled) -> Markup {
    let path = |verb: &str| format!("/groups/{}/{verb}", view.group.handle);
    let state = view.mine.as_ref().map(|mine| mine.state.as_str());
    let verb = if view.may_accept { "accept" } else { "join" };
    html! {
        @if state == Some("asked") {
            (notice(ui, Tone::Info, &ui.t("groups-asked"), act_button(ui, path("take-back"), button(ui.t("groups-take-back")).quiet().small()).render()))
        }
        @if let Some(mine) = view.mine.as_ref().filter(|mine| mine.state == "declined") {
            (notice(ui, Tone::Info, &ui.t("groups-was-declined"), html! { @if !mine.words.is_empty() { p { (mine.words) } } }))
        }
        @if view.may_accept || (view.may_join && !view.agreement.is_empty()) {
            (section(&ui.t(if view.may_accept { "groups-you-are-invited" } else { "groups-join" }), html! {}, card(html! {
                (form(ui, path(verb), html! {
                    (super::door::agreement(ui, view, filled))
                    div.form-end { (button(ui.t("groups-join")).primary()) }
                }).filled(filled))
                @if view.may_accept { (act_button(ui, path("take-back"), button(ui.t("groups-no-thanks")).quiet().small())) }
            })))
        }
    }
}

/// What to do first, in a group that somebody has just made and is alone in.
fn first_steps(ui: &Ui, view: &GroupView) -> Markup {
    let path = |verb: &str| format!("/groups/{}/{verb}", view.group.handle);
    let alone = view.group.members == Some(1) && view.may_change;
    let step = |href: String, name: &str, key: &str| {
        row(ui.t(&format!("groups-first-{key}")))
            .href(href)
            .lead(icon(ui, name))
            .note(ui.t(&format!("groups-first-{key}-about")))
    };
    html! {
        @if alone {
            (section(&ui.t("groups-first"), html! {}, list([
                step("#f-invite".to_owned(), "user-plus", "invite"),
                step(path("door"), "door-open", "door"),
                step(path("mode"), "sprout", "mode"),
            ])))
        }
    }
}

/// Those who ask to join, with the answer that is expected of whoever may give it.
fn asking(ui: &Ui, view: &GroupView) -> Markup {
    let path = |verb: &str| format!("/groups/{}/{verb}", view.group.handle);
    html! {
        @if !view.asking.is_empty() {
            (section(&ui.t("groups-asking"), html! {}, list(view.asking.iter().map(|it| {
                let id = it.id.to_string();
                row(&it.name).href(format!("/people/{}", it.handle)).lead(mark(it.id.0, Scale::Middle)).note(&it.answer).actions(html! {
                    (act_button(ui, path("admit"), button(ui.t(if view.admission.is_empty() { "groups-admit" } else { "groups-admit-ask" })).small())
                        .hidden("member", &id).hidden("name", &it.name))
                    @if view.may_set_door {
                        (act_button(ui, path("decline"), button(ui.t("groups-decline")).quiet().small()).hidden("member", &id).hidden("reason", ""))
                    }
                })
            }))))
        }
    }
}

/// Inviting somebody, and for those who may: taking them in at once, or giving a role for a time.
fn taking_in(ui: &Ui, view: &GroupView, filled: &Filled) -> Markup {
    let path = |verb: &str| format!("/groups/{}/{verb}", view.group.handle);
    html! {
        @if view.may_invite {
            div id="f-invite" {
                (section(&ui.t("groups-invite"), html! {}, card(form(ui, path("invite"), html! {
                    (suggest(field("member", ui.t("groups-add-who")).required().filled(filled), "/wallet/payees", "member_id", ""))
                    div.form-end {
                        (button(ui.t("groups-invite")).primary())
                        @if view.may_add { button.button.button-quiet formaction=(path("add")) { (ui.t("groups-add")) } }
                    }
                }).filled(filled).render())))
            }
        }
        @if view.may_give_roles && view.people.len() > 1 {
            (more(ui, &ui.t("groups-for-a-time"), form(ui, path("role"), html! {
                (view.people.iter().fold(select("member", ui.t("groups-for-a-time-who")), |it, person| it.option(person.id.to_string(), &person.name)))
                ([Role::Treasurer, Role::Steward].iter().fold(select("role", ui.t("groups-for-a-time-role")), |it, role| it.option(role.word(), ui.t(&format!("groups-role-{}", role.word())))))
                (field("until", ui.t("groups-for-a-time-until")).date().required())
                div.form-end { (button(ui.t("groups-save"))) }
            }).render()))
        }
    }
}

fn person_row(ui: &Ui, view: &GroupView, person: &Person) -> impl Render + use<> {
    let path = |verb: &str| format!("/groups/{}/{verb}", view.group.handle);
    let role = ui.t(&format!("groups-role-{}", person.role));
    let role = match person.until {
        Some(until) => {
            format!("{role}, {}", ui.t_with("groups-role-until", &[("day", day(ui, until).into())]))
        }
        None => role,
    };
    let line = row(&person.name)
        .href(format!("/people/{}", person.handle))
        .lead(mark(person.id.0, Scale::Middle))
        .note(role);
    let id = person.id.to_string();
    // A steward of the club keeps the role until the members decide otherwise, or gives it up.
    let shielded = view.group.id == GroupId::CLUB
        && person.role == Role::Steward.word()
        && ui.viewer.as_ref().is_none_or(|me| me.id != person.id.0);
    // Whom the members elected, the members recall; nobody recalls themself, since everybody can simply give a role up.
    let recallable =
        person.until.is_some() && view.may_recall && ui.viewer.as_ref().is_none_or(|me| me.id != person.id.0);
    if !(view.may_give_roles || view.may_take_out || recallable || (shielded && view.may_demote)) {
        return line;
    }
    line.actions(html! {
        @if view.may_give_roles && !shielded {
            @for role in [Role::Steward, Role::Treasurer, Role::Member].into_iter().filter(|role| role.word() != person.role) {
                (act_button(ui, path("role"), button(ui.t(&format!("groups-make-{}", role.word()))).quiet().small())
                    .hidden("member", &id).hidden("role", role.word()))
            }
        }
        @if recallable {
            (link_button(path(&format!("recall/{}", person.handle)), ui.t("groups-recall")).quiet().small())
        } @else if shielded && view.may_demote {
            (act_button(ui, path("demote"), button(ui.t("groups-demote")).quiet().small())
                .hidden("member", &id).hidden("name", &person.name))
        }
        @if view.may_take_out {
            (act_button(ui, path("remove"), button(ui.t("groups-remove")).quiet().small()).hidden("member", &id))
        }
    })
}
