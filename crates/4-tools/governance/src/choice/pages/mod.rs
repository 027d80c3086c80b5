//! What the page of a decision shows of a question: who stands, how it is decided, and the count step by step.

pub mod asking;
pub(crate) mod ballot;

pub use ballot::choose;

use super::secret::pages::{checked, secret_ballot, what_is_secret};
use crate::choice::acts::Stand;
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
        @if question.may_choose { (ballot::open_ballot(ui, detail, question, filled)) }
        @if let Some(secret) = &question.secret {
            @if secret.voting { (secret_ballot(ui, detail, question, secret)) }
            @if !question.count.is_empty() { (checked(detail)) }
        }
        (section(&ui.t("governance-options"), html! {}, list(question.options.iter().map(|it| option(ui, it)))))
        (section(&ui.t("governance-how"), html! {}, facts([
            (ui.t("governance-method").as_str(), html! { (ui.t(&format!("governance-method-{}", question.method))) }),
            (ui.t("governance-seats").as_str(), html! { (question.seats) }),
            (ui.t("governance-ballots-are").as_str(), html! { (ui.t(if question.secret.is_some() { "governance-ballots-secret" } else { "governance-ballots-open" })) }),
            (ui.t("governance-voting-begins").as_str(), date(ui, question.begins)),
            (ui.t("governance-closing").as_str(), date(ui, detail.line.closes)),
            (ui.t("governance-voted").as_str(), html! { (ui.t_with("governance-voted-of", &[
                ("voted", question.ballots.into()), ("electorate", detail.tally.electorate.into())])) }),
        ])))
        @if question.secret.is_some() { (what_is_secret(ui)) }
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
    let cost = (option.cost > 0).then(|| ui.t_with("governance-costs", &[("cost", option.cost.into())]));
    let shown = row(&option.title).note(cost.as_deref().unwrap_or(option.about.as_str()));
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

pub(super) async fn again(visit: &Signed, id: ProposalId, fields: &Fields, refusal: &Refusal) -> Answer {
    let detail = visit.view(Decision { id }).await?;
    visit.again(refusal, crate::pages::show_detail(&visit.ui, &detail, &fields.filled(refusal)))
}

/// The published ballots.
pub async fn ballots(visit: Signed, Path(id): Path<ProposalId>) -> Result<Response, planet_kit::web::Sorry> {
    Ok(Json(visit.view(Ballots { id }).await?).into_response())
}
