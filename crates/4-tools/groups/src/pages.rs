//! The pages of groups.

use crate::acts::{
    AddMember, Change, Create, Demote, Join, Leave, MAX_NAME, MAX_PURPOSE, RemoveMember, SetRole,
};
use crate::views::{GroupLine, GroupPage, GroupView, Groups, GroupsView, PAGE, Person};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use planet_corridor::agents;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Door, Fields, Room, Signed, Visit, in_query};
use planet_ontology::ids::{GroupId, MemberId};
use planet_ontology::roles::{Mode, Role, Visibility};

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/groups", get(list_page))
        .route("/groups/new", get(new_page).post(create))
        .route("/groups/{handle}", get(group_page))
        .route("/groups/{handle}/change", get(change_page).post(change))
        .route("/groups/{handle}/join", post(join))
        .route("/groups/{handle}/leave", post(leave))
        .route("/groups/{handle}/add", post(add))
        .route("/groups/{handle}/role", post(set_role))
        .route("/groups/{handle}/demote", post(demote))
        .route("/groups/{handle}/remove", post(remove))
}

async fn list_page(visit: Signed, Query(query): Query<Groups>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show_list(&visit.ui, &view))
}

fn show_list(ui: &Ui, view: &GroupsView) -> Markup {
    let (mine, others): (Vec<&GroupLine>, Vec<&GroupLine>) =
        view.groups.iter().partition(|it| it.role != "none");
    let new = html! { @if view.may_create { (link_button("/groups/new", ui.t("groups-new")).primary().icon(ui, "plus")) } };
    let full = i64::try_from(view.groups.len()).is_ok_and(|count| count == PAGE);
    let older =
        view.groups.last().filter(|_| full).map(|last| format!("/groups?after={}", in_query(&last.name)));
    Page::new(ui, ui.t("groups-title")).section("groups").lead(ui.t("groups-lead")).actions(new).show(html! {
        @if view.groups.is_empty() {
            (empty(ui, "sprout", ui.t("groups-none"), ui.t("groups-none-text")).action(link_button("/groups/new", ui.t("groups-new"))))
        }
        @if !mine.is_empty() { (section(&ui.t("groups-mine"), html! {}, list(mine.into_iter().map(|it| line(ui, it))))) }
        @if !others.is_empty() { (section(&ui.t("groups-others"), html! {}, list(others.into_iter().map(|it| line(ui, it))))) }
        (pager(ui, None, older.as_deref()))
    })
}

fn line(ui: &Ui, it: &GroupLine) -> impl Render + use<> {
    row(&it.name)
        .href(format!("/groups/{}", it.handle))
        .lead(mark(it.id.0, Scale::Middle))
        .note(html! { (ui.t_with("groups-count", &[("count", it.members.into())])) @if !it.purpose.is_empty() { " \u{b7} " (planet_kit::markdown::excerpt(&it.purpose, 90)) } })
        .end(badge(&ui.t(&format!("groups-mode-{}", it.mode))))
}

async fn group_page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    visit.page(show_group(&visit, &view, &Filled::default()))
}

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
            (section(&ui.t("groups-rooms"), html! {}, list(rooms.into_iter().map(|room| {
                row(ui.t(room.title)).href((room.href)(&group.handle)).lead(icon(ui, room.icon)).note(html! {
                    (ui.t(room.about)) @if private && !room.sealed { " " (ui.t("groups-room-not-sealed")) }
                })
            }))))
        }
    }
}

fn show_group(visit: &Visit, view: &GroupView, filled: &Filled) -> Markup {
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

async fn new_page(visit: Signed) -> Answer {
    visit.page(show_form(&visit.ui, None, &Filled::default()))
}

fn show_form(ui: &Ui, group: Option<&GroupLine>, filled: &Filled) -> Markup {
    let (title, action) = match group {
        Some(group) => (ui.t("groups-change"), format!("/groups/{}/change", group.handle)),
        None => (ui.t("groups-new"), "/groups/new".to_owned()),
    };
    let value = |pick: fn(&GroupLine) -> &str| group.map(pick).unwrap_or_default().to_owned();
    let modes = Mode::ALL.iter().fold(choices("mode", ui.t("groups-mode")), |modes, mode| {
        let word = mode.word();
        modes.option(word, ui.t(&format!("groups-mode-{word}")), ui.t(&format!("groups-mode-about-{word}")))
    });
    let mode = if group.is_some() { value(|it| &it.mode) } else { "chat".into() };
    Page::new(ui, title).section("groups").back("/groups", ui.t("groups-title")).lead(ui.t("groups-form-lead")).show(html! {
        (form(ui, action, html! {
            (field("name", ui.t("groups-name")).value(value(|it| &it.name)).limit(MAX_NAME).required().filled(filled))
            (field("purpose", ui.t("groups-purpose")).value(value(|it| &it.purpose)).area(4).limit(MAX_PURPOSE).optional(ui).filled(filled))
            (modes.selected(mode).filled(filled))
            (check("open", ui.t("groups-open")).hint(ui.t("groups-open-hint")).checked(group.is_some_and(|it| it.open)).filled(filled))
            div.form-end { (button(ui.t("groups-save")).primary()) (link_button("/groups", ui.t("groups-back")).quiet()) }
        }).filled(filled))
    })
}

async fn create(visit: Signed, fields: Fields) -> Answer {
    let act = Create {
        name: fields.text("name").into(),
        purpose: fields.text("purpose").into(),
        mode: fields.text("mode").into(),
        open: fields.ticked("open"),
        visibility: Visibility::Restricted.word().into(),
    };
    match visit.act(fields.key(&["name", "purpose", "mode", "open"])?, act).await? {
        Ok(done) => match (done.output, done.proposal) {
            (Some(created), _) => visit.done(&format!("/groups/{}", created.handle), "groups-created"),
            (None, Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "groups-proposed"),
            (None, None) => visit.done("/groups", "groups-created"),
        },
        Err(refusal) => visit.again(&refusal, show_form(&visit.ui, None, &fields.filled(&refusal))),
    }
}

async fn change_page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    visit.page(show_form(&visit.ui, Some(&view.group), &Filled::default()))
}

async fn change(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    let act = Change {
        group: view.group.id,
        name: fields.text("name").into(),
        purpose: fields.text("purpose").into(),
        mode: fields.text("mode").into(),
        open: fields.ticked("open"),
    };
    match visit.act(fields.key(&["name", "purpose", "mode", "open"])?, act).await? {
        Ok(_) => visit.done(&format!("/groups/{}", view.group.handle), "groups-changed"),
        Err(refusal) => {
            visit.again(&refusal, show_form(&visit.ui, Some(&view.group), &fields.filled(&refusal)))
        }
    }
}

async fn join(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    visit.act(fields.key(&[])?, Join { group: view.group.id }).await??;
    visit.done(&format!("/groups/{}", view.group.handle), "groups-joined")
}

async fn leave(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    visit.act(fields.key(&[])?, Leave { group: view.group.id }).await??;
    visit.done("/groups", "groups-left")
}

async fn add(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["member", "member_id"])?;
    let view = visit.view(GroupPage { handle }).await?;
    let result = match chosen(&visit, &fields).await {
        Ok(member) => visit.act(key, AddMember { group: view.group.id, member }).await?.map(|_| ()),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault.into()),
    };
    match result {
        Ok(()) => visit.done(&format!("/groups/{}", view.group.handle), "groups-added"),
        Err(refusal) => visit.again(&refusal, show_group(&visit, &view, &fields.filled(&refusal))),
    }
}

/// The member who was chosen: by id where the script filled it in, otherwise by handle.
async fn chosen(visit: &Signed, fields: &Fields) -> Result<MemberId, Fault> {
    if let Ok(id) = fields.text("member_id").parse() {
        return Ok(id);
    }
    let handle = fields.text("member").trim_start_matches('@').to_lowercase();
    let agent = visit.desk.store().read(move |tx| agents::find_by_handle(tx, &handle)).await?;
    let member = agent.filter(|agent| agent.kind == "member").map(|agent| MemberId(agent.id.0));
    member.ok_or_else(|| crate::error::GroupError::MemberUnknown.into())
}

async fn set_role(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["member", "role"])?;
    let view = visit.view(GroupPage { handle }).await?;
    let act =
        SetRole { group: view.group.id, member: member_field(&fields)?, role: fields.text("role").into() };
    match visit.act(key, act).await? {
        Ok(_) => visit.done(&format!("/groups/{}", view.group.handle), "groups-role-set"),
        Err(refusal) => visit.again(&refusal, show_group(&visit, &view, &fields.filled(&refusal))),
    }
}

async fn remove(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["member"])?;
    let view = visit.view(GroupPage { handle }).await?;
    let act = RemoveMember { group: view.group.id, member: member_field(&fields)? };
    match visit.act(key, act).await? {
        Ok(_) => visit.done(&format!("/groups/{}", view.group.handle), "groups-removed"),
        Err(refusal) => visit.again(&refusal, show_group(&visit, &view, &fields.filled(&refusal))),
    }
}

async fn demote(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["member", "name"])?;
    let view = visit.view(GroupPage { handle }).await?;
    let (member, name) = (member_field(&fields)?, fields.text("name").to_owned());
    let act = Demote { group: view.group.id, member, name, role: Role::Member.word().into() };
    match visit.act(key, act).await? {
        Ok(done) => match done.proposal {
            Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "groups-proposed"),
            None => visit.done(&format!("/groups/{}", view.group.handle), "groups-role-set"),
        },
        Err(refusal) => visit.again(&refusal, show_group(&visit, &view, &fields.filled(&refusal))),
    }
}

fn member_field(fields: &Fields) -> Result<MemberId, Refusal> {
    fields.parse("member", "member_unknown", "There is no active member of that name.")
}
