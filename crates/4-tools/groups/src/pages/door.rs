//! The pages of coming in: how a group lets people in, asking to join, and answering those who ask.

use super::{chosen, group, member_field};
use crate::acts::door::{
    AcceptInvitation, Admit, AskToJoin, DeclineRequest, Invite, MAX_ANSWER, MAX_QUESTION, MAX_TEXT, SetDoor,
    TakeBack,
};
use crate::views::{GroupPage, GroupView};
use axum::extract::Path;
use planet_corridor::act::Act;
use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Visit};
use planet_ontology::ids::{ActKey, MemberId};

/// How the rules can decide who comes in: name and sentence.
async fn ways(visit: &Visit) -> Result<Vec<(String, String)>, Fault> {
    let found = visit.desk.corridor().look(&visit.viewer, visit.now, |look| {
        Ok::<_, Fault>(look.procedures().into_iter().map(|it| (it.name, it.about)).collect())
    });
    found.await
}

pub(super) async fn page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    let ways = ways(&visit).await?;
    visit.page(show(&visit.ui, &view, &ways, &Filled::default()))
}

fn show(ui: &Ui, view: &GroupView, ways: &[(String, String)], filled: &Filled) -> Markup {
    let here = format!("/groups/{}", view.group.handle);
    let stewards = choices("admission", ui.t("groups-admission")).option(
        "",
        ui.t("groups-admission-stewards"),
        ui.t("groups-admission-stewards-about"),
    );
    let admission = ways.iter().fold(stewards, |it, (name, about)| it.option(name, name, about));
    Page::new(ui, ui.t("groups-door")).section("groups").back(&here, &view.group.name).lead(ui.t("groups-door-lead")).show(html! {
        (form(ui, format!("{here}/door"), html! {
            (field("question", ui.t("groups-question")).hint(ui.t("groups-question-hint")).value(&view.question).limit(MAX_QUESTION).optional(ui).filled(filled))
            (field("agreement", ui.t("groups-agreement")).hint(ui.t("groups-agreement-hint")).value(&view.agreement).area(5).limit(MAX_TEXT).optional(ui).filled(filled))
            (field("welcome", ui.t("groups-welcome-text")).hint(ui.t("groups-welcome-hint")).value(&view.welcome).area(4).limit(MAX_TEXT).optional(ui).filled(filled))
            (admission.selected(&view.admission).filled(filled))
            div.form-end { (button(ui.t("groups-save")).primary()) (link_button(&here, ui.t("groups-back")).quiet()) }
        }).filled(filled))
    })
}

pub(super) async fn set(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["question", "agreement", "welcome", "admission"])?;
    let view = visit.view(GroupPage { handle }).await?;
    let text = |name| fields.text(name).to_owned();
    let act = SetDoor {
        group: view.group.id,
        question: text("question"),
        agreement: text("agreement"),
        welcome: text("welcome"),
        admission: text("admission"),
    };
    match visit.act(key, act).await? {
        Ok(done) => went(&visit, &view, done.proposal.map(|it| it.to_string()), "groups-changed"),
        Err(refusal) => {
            let ways = ways(&visit).await?;
            visit.again(&refusal, show(&visit.ui, &view, &ways, &fields.filled(&refusal)))
        }
    }
}

/// On to the proposal that was opened, or back to the group.
fn went(visit: &Visit, view: &GroupView, proposal: Option<String>, told: &str) -> Answer {
    match proposal {
        Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "groups-proposed"),
        None => visit.done(&format!("/groups/{}", view.group.handle), told),
    }
}

/// What one agrees to by coming in, with the box to tick; nothing where there is no agreement.
pub(super) fn agreement(ui: &Ui, view: &GroupView, filled: &Filled) -> Markup {
    html! {
        @if !view.agreement.is_empty() {
            (card(markdown(&view.agreement)))
            (check("agreed", ui.t("groups-agreed")).filled(filled))
        }
    }
}

pub(super) async fn ask_page(visit: Signed, Path(handle): Path<String>) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    visit.page(show_ask(&visit.ui, &view, &Filled::default()))
}

fn show_ask(ui: &Ui, view: &GroupView, filled: &Filled) -> Markup {
    let here = format!("/groups/{}", view.group.handle);
    let answer = if view.question.is_empty() {
        field("answer", ui.t("groups-ask-words")).optional(ui)
    } else {
        field("answer", view.question.clone()).required()
    };
    Page::new(ui, ui.t("groups-ask-to-join")).section("groups").back(&here, &view.group.name).lead(ui.t("groups-ask-lead")).show(html! {
        (form(ui, format!("{here}/ask"), html! {
            (answer.area(4).limit(MAX_ANSWER).filled(filled))
            (agreement(ui, view, filled))
            div.form-end { (button(ui.t("groups-ask-send")).primary()) (link_button(&here, ui.t("groups-back")).quiet()) }
        }).filled(filled))
    })
}

pub(super) async fn ask(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["answer", "agreed"])?;
    let view = visit.view(GroupPage { handle }).await?;
    let (answer, agreed) = (fields.text("answer").into(), fields.ticked("agreed"));
    match visit.act(key, AskToJoin { group: view.group.id, answer, agreed }).await? {
        Ok(_) => went(&visit, &view, None, "groups-asked"),
        Err(refusal) => visit.again(&refusal, show_ask(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

pub(super) async fn take_back(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    let act = TakeBack { group: view.group.id };
    answered(&visit, &view, &fields, fields.key(&[])?, act, "groups-taken-back").await
}

pub(super) async fn accept(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    let act = AcceptInvitation { group: view.group.id, agreed: fields.ticked("agreed") };
    answered(&visit, &view, &fields, fields.key(&["agreed"])?, act, "groups-joined").await
}

pub(super) async fn admit(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    let act =
        Admit { group: view.group.id, member: member_field(&fields)?, name: fields.text("name").into() };
    answered(&visit, &view, &fields, fields.key(&["member", "name"])?, act, "groups-added").await
}

pub(super) async fn decline(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(GroupPage { handle }).await?;
    let act = DeclineRequest {
        group: view.group.id,
        member: member_field(&fields)?,
        reason: fields.text("reason").into(),
    };
    answered(&visit, &view, &fields, fields.key(&["member", "reason"])?, act, "groups-declined").await
}

pub(super) async fn invite(visit: Signed, Path(handle): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["member", "member_id"])?;
    let view = visit.view(GroupPage { handle }).await?;
    match invited(&visit, &fields).await {
        Ok((member, name)) => {
            let act = Invite { group: view.group.id, member, name };
            answered(&visit, &view, &fields, key, act, "groups-invited-told").await
        }
        Err(Fault::Refused(refusal)) => {
            visit.again(&refusal, group::show(&visit, &view, &fields.filled(&refusal)))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// Who is to be invited, with the name that those who decide read.
async fn invited(visit: &Signed, fields: &Fields) -> Result<(MemberId, String), Fault> {
    let member = chosen(visit, fields).await?;
    let found = visit.desk.store().read(move |tx| agents::find(tx, member.into())).await?;
    Ok((member, found.map(|agent| agent.name).unwrap_or_default()))
}

/// Does what a button of the group's page says.
async fn answered<A: Act>(
    visit: &Visit,
    view: &GroupView,
    fields: &Fields,
    key: ActKey,
    act: A,
    told: &str,
) -> Answer {
    match visit.act(key, act).await? {
        Ok(done) => went(visit, view, done.proposal.map(|it| it.to_string()), told),
        Err(refusal) => visit.again(&refusal, group::show(visit, view, &fields.filled(&refusal))),
    }
}
