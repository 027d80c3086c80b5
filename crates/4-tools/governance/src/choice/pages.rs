//! What the page of a decision shows of a question: the ballot as a form that needs no script, who stands, and the count step by step.

use crate::choice::acts::{Choose, Marked, Stand};
use crate::choice::ask::MAX_ABOUT;
use crate::choice::views::{Ballots, Counted, Offered, Question};
use crate::views::{Decision, Detail};
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::ProposalId;

/// All of a question.
pub fn show(ui: &Ui, detail: &Detail, question: &Question, filled: &Filled) -> Markup {
    html! {
        @if question.may_stand { (stand_form(ui, detail, question, filled)) }
        @if question.may_choose { (ballot_form(ui, detail, question, filled)) }
        (section(&ui.t("governance-options"), html! {}, list(question.options.iter().map(|it| option(ui, it)))))
        (section(&ui.t("governance-how"), html! {}, facts([
            (ui.t("governance-method").as_str(), html! { (ui.t(&format!("governance-method-{}", question.method))) }),
            (ui.t("governance-seats").as_str(), html! { (question.seats) }),
            (ui.t("governance-voting-begins").as_str(), date(ui, question.begins)),
            (ui.t("governance-closing").as_str(), date(ui, detail.line.closes)),
            (ui.t("governance-voted").as_str(), html! { (ui.t_with("governance-voted-of", &[
                ("voted", question.ballots.into()), ("electorate", detail.tally.electorate.into())])) }),
        ])))
        @if !question.count.is_empty() {
            (section(&ui.t("governance-count"), html! {}, html! {
                @for (step, number) in question.count.iter().zip(1_u32..) { (card(counted(ui, step, number))) }
                p { (ui.t("governance-recount")) }
                (link_button(format!("/decisions/{}/ballots.json", detail.line.id), ui.t("governance-ballot-file")))
            }))
        }
    }
}

fn option(ui: &Ui, option: &Offered) -> impl Render + use<> {
    let shown = row(&option.title).note(option.about.as_str());
    let shown = match &option.handle {
        Some(handle) => shown.href(format!("/people/{handle}")),
        None => shown,
    };
    if option.won { shown.end(badge_tone(Tone::Good, &ui.t("governance-won"))) } else { shown }
}

/// A step of the count in words, with everybody's votes.
fn counted(ui: &Ui, step: &Counted, number: u32) -> Markup {
    let of = step.of.join(", ");
    html! {
        h3 { (ui.t_with("governance-step", &[("number", number.into())])) }
        p { (ui.t_with(&format!("governance-step-{}", step.about), &[("of", of.as_str().into())])) }
        @if let Some(needed) = &step.needed {
            p { (ui.t_with("governance-needed", &[("votes", needed.as_str().into())])) }
        }
        @if !step.votes.is_empty() {
            (facts(step.votes.iter().map(|has| (has.title.as_str(), html! { (has.votes) }))))
        }
        @if step.by_lot { p { (ui.t("governance-by-lot")) } }
        @if step.earlier { p { (ui.t("governance-by-earlier")) } }
        @if !step.elected.is_empty() {
            p { strong { (ui.t_with("governance-elected", &[("who", step.elected.join(", ").as_str().into())])) } }
        }
    }
}

fn ballot_form(ui: &Ui, detail: &Detail, question: &Question, filled: &Filled) -> Markup {
    let name = |option: &Offered| format!("option-{}", option.place);
    let marks = matches!(question.method.as_str(), "approval" | "greedy" | "equal_shares");
    let hint = ui.t_with(
        &format!("governance-ballot-{}", question.method),
        &[("points", question.points.unwrap_or_default().into())],
    );
    card(html! {
        (form(ui, format!("/decisions/{}/choose", detail.line.id), html! {
            p { (hint) }
            @if let Some(wrong) = filled.error("marks") { p role="alert" { (wrong) } }
            @for option in &question.options {
                @if marks {
                    (check(name(option), option.title.clone()).value("1").checked(option.mine == Some(1)).filled(filled))
                } @else {
                    (field(name(option), option.title.clone()).number().optional(ui)
                        .value(option.mine.map(|mine| mine.to_string()).unwrap_or_default()).filled(filled))
                }
            }
            div.form-end { (button(ui.t("governance-vote")).primary()) }
        }).filled(filled))
    })
}

fn stand_form(ui: &Ui, detail: &Detail, question: &Question, filled: &Filled) -> Markup {
    let action = format!("/decisions/{}/stand", detail.line.id);
    let stands = question.statement.is_some();
    card(html! {
        (form(ui, action.clone(), html! {
            (field("statement", ui.t("governance-your-statement")).area(4).limit(MAX_ABOUT)
                .value(question.statement.clone().unwrap_or_default()).filled(filled))
            div.form-end { (button(ui.t("governance-stand")).primary()) }
        }).hidden("stands", "yes").filled(filled))
        @if stands {
            (act_button(ui, action, button(ui.t("governance-stand-down")).quiet()).hidden("stands", "no"))
        }
    })
}

/// Takes a ballot.
pub async fn choose(visit: Signed, Path(id): Path<ProposalId>, fields: Fields) -> Answer {
    let question = visit.view(Decision { id }).await?.question;
    let places: Vec<i64> = question.iter().flat_map(|it| &it.options).map(|option| option.place).collect();
    let names: Vec<String> = places.iter().map(|place| format!("option-{place}")).collect();
    let known: Vec<&str> = names.iter().map(String::as_str).collect();
    let key = fields.key(&known)?;
    let mut marks = Vec::new();
    for (place, name) in places.into_iter().zip(&names) {
        if !fields.text(name).is_empty() {
            let value = fields.parse(name, "mark_wrong", "Write a whole number, or leave it empty.");
            match value {
                Ok(value) => marks.push(Marked { option: u16::try_from(place).unwrap_or(u16::MAX), value }),
                Err(refusal) => return again(&visit, id, &fields, &refusal).await,
            }
        }
    }
    match visit.act(key, Choose { proposal: id, marks }).await? {
        Ok(_) => visit.done(&format!("/decisions/{id}"), "governance-vote-told"),
        Err(refusal) => again(&visit, id, &fields, &refusal).await,
    }
}

/// Stands, or stands down.
pub async fn stand(visit: Signed, Path(id): Path<ProposalId>, fields: Fields) -> Answer {
    let key = fields.key(&["statement", "stands"])?;
    let stands = fields.text("stands") == "yes";
    let act = Stand { proposal: id, stands, statement: fields.text("statement").into() };
    match visit.act(key, act).await? {
        Ok(_) if stands => visit.done(&format!("/decisions/{id}"), "governance-stand-told"),
        Ok(_) => visit.done(&format!("/decisions/{id}"), "governance-stand-down-told"),
        Err(refusal) => again(&visit, id, &fields, &refusal).await,
    }
}

async fn again(visit: &Signed, id: ProposalId, fields: &Fields, refusal: &Refusal) -> Answer {
    let detail = visit.view(Decision { id }).await?;
    visit.again(refusal, crate::pages::show_detail(&visit.ui, &detail, &fields.filled(refusal)))
}

/// The published ballots.
pub async fn ballots(visit: Signed, Path(id): Path<ProposalId>) -> Result<Response, planet_kit::web::Sorry> {
    Ok(Json(visit.view(Ballots { id }).await?).into_response())
}
