//! The pages of groups within groups: the tree, and what is around one group.

use super::chosen;
use crate::acts::links::{JoinGroup, LeaveGroup, MAX_MANDATE, TakeInGroup};
use crate::views::{Branch, GroupPage, GroupView, Tree, Within, WithinView};
use axum::extract::Path;
use planet_corridor::act::Act;
use planet_corridor::agents;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Visit};
use planet_ontology::ids::{ActKey, GroupId};

/// How deep the tree is nested on the page; what lies deeper stands at this depth.
const DEEPEST: usize = 8;

pub(super) async fn page(visit: Signed) -> Answer {
    let branches = visit.view(Tree {}).await?;
    let ui = &visit.ui;
    visit.page(Page::new(ui, ui.t("groups-tree")).section("groups").back("/groups", ui.t("groups-title")).lead(ui.t("groups-tree-lead")).show(html! {
        @if branches.is_empty() { (empty(ui, "trees", ui.t("groups-none"), ui.t("groups-none-text"))) }
        @else { (nested(ui, &branches, 0)) }
    }))
}

/// The groups of one depth as a list, each with those within it.
fn nested(ui: &Ui, branches: &[Branch], depth: usize) -> Markup {
    let tops = branches.iter().enumerate().filter(|(_, it)| it.depth.min(DEEPEST) == depth).map(|(at, _)| at);
    let tops: Vec<usize> = tops.collect();
    let ends = tops.iter().skip(1).copied().chain([branches.len()]);
    html! {
        ul.tree {
            @for (from, to) in tops.iter().copied().zip(ends) {
                @if let Some((top, inner)) = branches.get(from..to).and_then(<[Branch]>::split_first) {
                    li {
                        a href={ "/groups/" (top.handle) } { (top.name) }
                        @if !top.delegate.is_empty() { span.note { " " (ui.t_with("groups-delegate", &[("name", top.delegate.as_str().into())])) } }
                        @if !inner.is_empty() { (nested(ui, inner, depth + 1)) }
                    }
                }
            }
        }
    }
}

pub(super) async fn within_page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let (group, view) = read(&visit, handle).await?;
    visit.page(show(&visit.ui, &group, &view, &Filled::default()))
}

async fn read(visit: &Signed, handle: String) -> Result<(GroupView, WithinView), Fault> {
    let group = visit.view(GroupPage { handle: handle.clone() }).await?;
    Ok((group, visit.view(Within { handle }).await?))
}

fn show(ui: &Ui, group: &GroupView, view: &WithinView, filled: &Filled) -> Markup {
    let here = format!("/groups/{}", group.group.handle);
    let leave = |inner: &GroupId, text: &str| {
        act_button(ui, format!("{here}/part"), button(ui.t(text)).quiet().small())
            .hidden("inner", inner.to_string())
    };
    Page::new(ui, ui.t("groups-within")).section("groups").back(&here, &group.group.name).lead(ui.t("groups-within-lead")).show(html! {
        @if let Some(wrong) = filled.error("") { (notice(ui, Tone::Bad, "", html! { p { (wrong) } })) }
        @if let Some(larger) = &view.larger {
            (section(&ui.t("groups-part-of"), html! {}, list([
                row(&larger.name).href(format!("/groups/{}", larger.handle)).lead(icon(ui, "trees"))
                    .note(html! { (ui.t_with("groups-delegate", &[("name", larger.delegate.as_str().into())])) " " (larger.mandate) @if !larger.agreed { " " (ui.t("groups-not-agreed")) } })
                    .actions(html! { @if view.may_link { (leave(&group.group.id, "groups-part")) } })
            ])))
        } @else if view.may_link { (join_form(ui, group, filled)) }
        @if !view.smaller.is_empty() {
            (section(&ui.t("groups-inside"), html! {}, list(view.smaller.iter().map(|it| {
                row(&it.name).href(format!("/groups/{}", it.handle)).lead(icon(ui, "trees"))
                    .note(html! { (ui.t_with("groups-delegate", &[("name", it.delegate.as_str().into())])) " " (it.mandate) })
                    .actions(html! {
                        @if view.may_link && !it.agreed { (act_button(ui, format!("{here}/take-in"), button(ui.t("groups-take-in")).small()).hidden("inner", it.id.to_string())) }
                        @if view.may_link && it.agreed { (leave(&it.id, "groups-let-go")) }
                    })
            }))))
        }
        p { a href="/groups/tree" { (ui.t("groups-tree")) } }
    })
}

fn join_form(ui: &Ui, group: &GroupView, filled: &Filled) -> Markup {
    let people = group.people.iter().fold(select("member_id", ui.t("groups-delegate-who")), |it, person| {
        it.option(person.id.to_string(), &person.name)
    });
    section(
        &ui.t("groups-join-larger"),
        html! {},
        card(
            form(ui, format!("/groups/{}/within", group.group.handle), html! {
                (field("into", ui.t("groups-larger")).hint(ui.t("groups-larger-hint")).required().filled(filled))
                (people)
                (field("mandate", ui.t("groups-mandate")).hint(ui.t("groups-mandate-hint")).limit(MAX_MANDATE).required().filled(filled))
                div.form-end { (button(ui.t("groups-mode-ask")).primary()) }
            })
            .filled(filled)
            .render(),
        ),
    )
}

pub(super) async fn join(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["into", "member_id", "mandate"])?;
    let (group, view) = read(&visit, handle).await?;
    match larger(&visit, &fields).await {
        Ok(into) => {
            let delegate = chosen(&visit, &fields).await?;
            let act =
                JoinGroup { group: group.group.id, into, delegate, mandate: fields.text("mandate").into() };
            decided(&visit, (&group, &view), &fields, key, act).await
        }
        Err(Fault::Refused(refusal)) => {
            visit.again(&refusal, show(&visit.ui, &group, &view, &fields.filled(&refusal)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The larger group that a form names by its handle, its address or its name.
async fn larger(visit: &Visit, fields: &Fields) -> Result<GroupId, Fault> {
    let text = fields.text("into").trim().to_owned();
    let handle = text.rsplit('/').next().unwrap_or_default().trim_start_matches('@').to_lowercase();
    let found = visit.desk.store().read(move |tx| {
        let named = agents::search(tx, "group", &text, 2)?
            .into_iter()
            .filter(|it| it.name.eq_ignore_ascii_case(&text));
        let mut named: Vec<_> = named.collect();
        let by_handle = agents::group_by_handle(tx, &handle)?;
        Ok::<_, Fault>(by_handle.or_else(|| named.pop()))
    });
    let unknown = || Refusal::input("into", "group_unknown", "There is no group of that name.");
    Ok(GroupId(found.await?.ok_or_else(unknown)?.id.0))
}

pub(super) async fn take_in(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let (group, view) = read(&visit, handle).await?;
    let act = TakeInGroup { group: group.group.id, inner: inner(&fields)? };
    decided(&visit, (&group, &view), &fields, fields.key(&["inner"])?, act).await
}

pub(super) async fn part(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let (group, view) = read(&visit, handle).await?;
    let act = LeaveGroup { group: group.group.id, inner: inner(&fields)? };
    decided(&visit, (&group, &view), &fields, fields.key(&["inner"])?, act).await
}

fn inner(fields: &Fields) -> Result<GroupId, Refusal> {
    fields.parse("inner", "group_unknown", "There is no such group.")
}

async fn decided<A: Act>(
    visit: &Visit,
    (group, view): (&GroupView, &WithinView),
    fields: &Fields,
    key: ActKey,
    act: A,
) -> Answer {
    match visit.act(key, act).await? {
        Ok(done) => match done.proposal {
            Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "groups-proposed"),
            None => visit.done(&format!("/groups/{}/within", group.group.handle), "groups-changed"),
        },
        Err(refusal) => visit.again(&refusal, show(&visit.ui, group, view, &fields.filled(&refusal))),
    }
}
