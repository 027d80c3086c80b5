//! The pages of groups: the list, and what the buttons of a group's page do. Each other page has a file of its own.

mod door;
mod form;
mod group;
mod mode;
mod tree;

use crate::acts::{AddMember, Demote, Join, Leave, RemoveMember, SetRole};
use crate::recall;
use crate::views::{AtDoor, GroupLine, GroupPage, Groups, GroupsView, PAGE};
use axum::Router;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use planet_corridor::agents;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Fields, Signed, Visit, in_query};
use planet_ontology::ids::MemberId;
use planet_ontology::roles::Role;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/groups", get(list_page))
        .route("/groups/new", get(form::new_page).post(form::create))
        .route("/groups/tree", get(tree::page))
        .route("/groups/{handle}/within", get(tree::within_page).post(tree::join))
        .route("/groups/{handle}/take-in", post(tree::take_in))
        .route("/groups/{handle}/part", post(tree::part))
        .route("/groups/{handle}", get(group_page))
        .route("/groups/{handle}/change", get(form::change_page).post(form::change))
        .route("/groups/{handle}/mode", get(mode::page).post(mode::set))
        .route("/groups/{handle}/door", get(door::page).post(door::set))
        .route("/groups/{handle}/ask", get(door::ask_page).post(door::ask))
        .route("/groups/{handle}/take-back", post(door::take_back))
        .route("/groups/{handle}/accept", post(door::accept))
        .route("/groups/{handle}/admit", post(door::admit))
        .route("/groups/{handle}/decline", post(door::decline))
        .route("/groups/{handle}/invite", post(door::invite))
        .route("/groups/{handle}/join", post(join))
        .route("/groups/{handle}/leave", post(leave))
        .route("/groups/{handle}/add", post(add))
        .route("/groups/{handle}/role", post(set_role))
        .route("/groups/{handle}/demote", post(demote))
        .route("/groups/{handle}/remove", post(remove))
        .route("/groups/{handle}/recall/{who}", get(recall::pages::page).post(recall::pages::send))
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
        @if !view.invited.is_empty() {
            (section(&ui.t("groups-invited"), html! {}, list(view.invited.iter().map(|(handle, name)| row(name).href(format!("/groups/{handle}")).lead(icon(ui, "mail"))))))
        }
        @if !mine.is_empty() { (section(&ui.t("groups-mine"), html! {}, list(mine.into_iter().map(|it| line(ui, it))))) }
        @if !others.is_empty() { (section(&ui.t("groups-others"), html! {}, list(others.into_iter().map(|it| line(ui, it))))) }
        (pager(ui, None, older.as_deref()))
        @if !view.groups.is_empty() { p { a href="/groups/tree" { (ui.t("groups-tree")) } } }
    })
}

fn line(ui: &Ui, it: &GroupLine) -> impl Render + use<> {
    row(&it.name)
        .href(format!("/groups/{}", it.handle))
        .lead(mark(it.id.0, Scale::Middle))
        .note(html! { (ui.t_with("groups-count", &[("count", it.members.unwrap_or(0).into())])) @if !it.purpose.is_empty() { " \u{b7} " (planet_kit::markdown::excerpt(&it.purpose, 90)) } })
        .end(badge(&ui.t(&format!("groups-mode-{}", it.mode))))
}

async fn group_page(visit: Visit, Path(handle): Path<String>) -> Answer {
    match visit.view(GroupPage { handle }).await {
        // Whoever is not signed in and may not read it is asked to sign in, whether there is such a group or not.
        Err(Fault::Refused(_)) if visit.me.is_none() => {
            Ok(Redirect::to(&format!("/sign-in?next={}", in_query(&visit.path))).into_response())
        }
        view => visit.page(group::show(&visit, &view?, &Filled::default())),
    }
}

async fn join(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    let act = Join { group: view.group.id, agreed: fields.ticked("agreed") };
    match visit.act(fields.key(&["agreed"])?, act).await? {
        Ok(_) => visit.done(&format!("/groups/{}", view.group.handle), "groups-joined"),
        Err(refusal) => visit.again(&refusal, group::show(&visit, &view, &fields.filled(&refusal))),
    }
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
        Ok(member) => {
            visit.act(key, AddMember { group: view.group.id, member }).await?.map(|done| done.proposal)
        }
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault.into()),
    };
    match result {
        Ok(Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "groups-proposed"),
        Ok(None) => visit.done(&format!("/groups/{}", view.group.handle), "groups-added"),
        Err(refusal) => visit.again(&refusal, group::show(&visit, &view, &fields.filled(&refusal))),
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
    let key = fields.key(&["member", "role", "until"])?;
    let view = visit.view(GroupPage { handle }).await?;
    let act = SetRole {
        group: view.group.id,
        member: member_field(&fields)?,
        role: fields.text("role").into(),
        until: fields.end_of_day("until")?,
    };
    match visit.act(key, act).await? {
        Ok(_) => visit.done(&format!("/groups/{}", view.group.handle), "groups-role-set"),
        Err(refusal) => visit.again(&refusal, group::show(&visit, &view, &fields.filled(&refusal))),
    }
}

async fn remove(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["member"])?;
    let view = visit.view(GroupPage { handle }).await?;
    let act = RemoveMember { group: view.group.id, member: member_field(&fields)? };
    match visit.act(key, act).await? {
        Ok(_) => visit.done(&format!("/groups/{}", view.group.handle), "groups-removed"),
        Err(refusal) => visit.again(&refusal, group::show(&visit, &view, &fields.filled(&refusal))),
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
        Err(refusal) => visit.again(&refusal, group::show(&visit, &view, &fields.filled(&refusal))),
    }
}

fn member_field(fields: &Fields) -> Result<MemberId, Refusal> {
    fields.parse("member", "member_unknown", "There is no active member of that name.")
}

/// A group at whose door something waits, in the list of what waits for somebody.
pub fn waiting_row(ui: &Ui, it: &AtDoor) -> Row {
    let note = match it.asking {
        0 => ui.t("groups-you-are-invited"),
        count => ui.t_with("groups-asking-count", &[("count", count.into())]),
    };
    row(&it.name).href(format!("/groups/{}", it.handle)).lead(icon(ui, "user-plus")).note(note)
}
