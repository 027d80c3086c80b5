//! The page on which stewards see what was brought along, learn how to bring more, and say who is who.

use super::acts::MatchPerson;
use super::views::{History, HistoryView, PersonLine};
use crate::error::ChatError;
use axum::extract::Path;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::MemberId;

pub(crate) async fn page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(History { group: handle }).await?;
    visit.page(show(&visit.ui, &view, visit.desk.origin().link("").trim_end_matches('/'), &Filled::default()))
}

fn show(ui: &Ui, view: &HistoryView, club: &str, filled: &Filled) -> Markup {
    let page = Page::new(ui, ui.t("chat-history"))
        .section("groups")
        .back(format!("/groups/{}/chat", view.handle), ui.t("chat-title"));
    page.lead(ui.t("chat-history-lead")).show(html! {
        @if view.channels.is_empty() {
            (empty(ui, "message-circle", ui.t("chat-history-none"), ui.t("chat-history-none-text")))
        } @else {
            (section(&ui.t("chat-history-channels"), html! {}, list(view.channels.iter().map(|line| {
                let count = ui.t_with("chat-history-count", &[("count", line.messages.into())]);
                row(format!("#{}", line.name)).href(crate::pages::address(&view.handle, &line.name))
                    .lead(icon(ui, "message-circle")).note(html! { (count) " \u{b7} " (date(ui, line.brought)) })
            }))))
        }
        @if !view.people.is_empty() { (who(ui, view, filled)) }
        (section(&ui.t("chat-history-how"), html! {}, how(ui, view, club)))
    })
}

/// How it is done: by a program at a computer, since exports are too large for a form.
fn how(ui: &Ui, view: &HistoryView, club: &str) -> Markup {
    html! {
        p { (ui.t("chat-history-export")) }
        ol.chat-steps {
            li { (ui.t("chat-history-login")) pre tabindex="0" { code { "planet login --club " (club) } } }
            li { (ui.t("chat-history-preview")) pre tabindex="0" { code { "planet import mattermost export.zip --group " (view.handle) } } }
            li { (ui.t("chat-history-apply")) pre tabindex="0" { code { "planet import mattermost export.zip --group " (view.handle) " --apply" } } }
        }
        p.note { (ui.t(if view.open { "chat-history-open" } else { "chat-history-restricted" })) }
        p.note { (ui.t("chat-history-limits")) }
    }
}

fn who(ui: &Ui, view: &HistoryView, filled: &Filled) -> Markup {
    let path = format!("/groups/{}/chat/history", view.handle);
    let said = |person: &PersonLine| ui.t_with("chat-history-count", &[("count", person.messages.into())]);
    let (unknown, known): (Vec<_>, Vec<_>) =
        view.people.iter().partition(|person| person.member_name.is_none());
    let choice = unknown.iter().fold(select("person", ui.t("chat-history-person")), |choice, person| {
        choice.option(person.id.to_string(), format!("{}, {}", person.name, said(person)))
    });
    let matching = html! {
        (choice.filled(filled))
        (field("member", ui.t("chat-history-who")).before("@").required().short().filled(filled))
        div.form-end { (button(ui.t("chat-history-match")).primary()) }
    };
    section(
        &ui.t("chat-history-people"),
        html! {},
        html! {
            p { (ui.t("chat-history-people-text")) }
            @if !unknown.is_empty() { (form(ui, path.clone(), matching).filled(filled)) }
            @if !known.is_empty() {
                (list(known.iter().map(|person| {
                    let name = person.member_name.as_deref().unwrap_or_default();
                    let undo = act_button(ui, path.clone(), button(ui.t("chat-history-undo")).quiet().small());
                    row(&person.name).lead(icon(ui, "circle-user")).note(html! {
                        (ui.t_with("chat-history-is", &[("name", name.into())])) " \u{b7} " (said(person))
                    }).actions(undo.hidden("person", person.id.to_string()).hidden("member", "").render())
                })))
            }
        },
    )
}

pub(crate) async fn settle(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["person", "member"])?;
    let person =
        fields.parse("person", "person_unknown", "There is nobody like that in what was brought along.")?;
    let view = visit.view(History { group: handle.clone() }).await?;
    let result = match member(&view, fields.text("member")) {
        Ok(member) => visit.act(key, MatchPerson { person, member }).await?.map(|_| ()),
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(()) => visit.done(&format!("/groups/{handle}/chat/history"), "chat-history-matched"),
        Err(refusal) => {
            let filled = fields.filled(&refusal);
            let club = visit.desk.origin().link("");
            let again = show(&visit.ui, &view, club.trim_end_matches('/'), &filled);
            visit.again(&refusal, again)
        }
    }
}

/// The member of a handle; nobody for nothing.
fn member(view: &HistoryView, written: &str) -> Result<Option<MemberId>, Refusal> {
    let handle = written.trim().trim_start_matches('@').to_lowercase();
    if handle.is_empty() {
        return Ok(None);
    }
    let found = view.members.iter().find(|member| member.handle == handle);
    found.map(|member| Some(MemberId(member.id.0))).ok_or_else(|| ChatError::NotInGroup.into())
}
