//! What the page of a decision shows of a question. The ballot, who stands, the result and the form to ask have files of their own.

pub mod asking;
pub(crate) mod ballot;
mod result;
mod sent;
pub mod standing;

pub use ballot::choose;

use super::secret::pages::{checked, secret_ballot, what_is_secret};
use crate::choice::views::{Ballots, Question};
use crate::views::Detail;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use planet_kit::prelude::*;
use planet_kit::web::Signed;
use planet_ontology::ids::ProposalId;

/// All of a question.
pub fn show(ui: &Ui, detail: &Detail, question: &Question, filled: &Filled) -> Markup {
    let counted = !question.count.is_empty();
    let election = question.kind == "election";
    let voting = question.may_choose || question.secret.as_ref().is_some_and(|secret| secret.voting);
    html! {
        @if counted { (result::result(ui, detail, question)) }
        @if election { (standing::candidates(ui, question)) }
        @if question.may_stand { (standing::form_to_stand(ui, detail, question, &filled.if_sent("stands"))) }
        @if question.may_choose { (ballot::open_ballot(ui, detail, question, &filled.if_sent(ballot::BALLOT))) }
        @if let Some(secret) = &question.secret {
            @if secret.voting { (secret_ballot(ui, detail, question, secret)) }
            @if counted { (checked(detail)) }
        }
        @if !election && !counted && !voting { (result::options(ui, question)) }
        (how(ui, detail, question))
        @if question.secret.is_some() { (what_is_secret(ui)) }
        @if counted { (result::count(ui, detail, question)) }
    }
}

/// Where an open question stands, in a sentence: until when members can stand or vote, and how many have voted.
pub(crate) fn lead(ui: &Ui, detail: &Detail, question: &Question) -> String {
    let (key, ends) = if question.begun {
        ("governance-lead-voting", detail.line.closes)
    } else {
        ("governance-lead-standing", question.begins)
    };
    let left = left(ui, ends).unwrap_or_else(|| ui.t("governance-lead-over"));
    let electorate = detail.tally.electorate.into();
    ui.t_with(key, &[("left", left.into()), ("voted", question.ballots.into()), ("electorate", electorate)])
}

/// How it is decided, by whom, and until when.
fn how(ui: &Ui, detail: &Detail, question: &Question) -> Markup {
    let ballots =
        if question.secret.is_some() { "governance-ballots-secret" } else { "governance-ballots-open" };
    let mut lines: Vec<(String, Markup)> = Vec::new();
    let mut line = |key: &str, shown: Markup| lines.push((ui.t(key), shown));
    if let Some(role) = &question.role {
        line("governance-ask-role", html! { (ui.t(&format!("governance-ask-{role}"))) });
    }
    if let Some(ends) = question.term_ends {
        line("governance-term-ends", html! { (day(ui, ends)) });
    }
    if !question.begun && detail.line.state == "open" {
        line("governance-nominations-end", until(ui, question.begins));
    }
    line("governance-closing", until(ui, detail.line.closes));
    line(
        "governance-method",
        html! {
            strong { (ui.t(&format!("governance-method-{}", question.method))) } ". "
            (ui.t(&format!("governance-method-about-{}", question.method)))
        },
    );
    if let Some(budget) = question.budget {
        line("governance-ask-budget", html! { (budget) });
    }
    if question.seats > 1 {
        line("governance-seats", html! { (question.seats) });
    }
    line("governance-ballots-are", html! { (ui.t(ballots)) });
    let group = [("group", detail.group.as_str().into()), ("electorate", detail.tally.electorate.into())];
    line("governance-who-votes", html! { (ui.t_with("governance-who-votes-of", &group)) });
    let voted = [("voted", question.ballots.into()), ("electorate", detail.tally.electorate.into())];
    line(
        "governance-voted",
        html! {
            (ui.t_with("governance-voted-of", &voted))
            @if question.needed > 0 { (ui.t_with("governance-voted-needed", &[("needed", question.needed.into())])) }
        },
    );
    line("governance-asked-by", html! { a href={ "/people/" (detail.opener_handle) } { (detail.opener) } });
    html! {
        (section(&ui.t("governance-how"), html! {}, html! {
            (facts(lines.iter().map(|(name, shown)| (name.as_str(), shown.clone()))))
            @if detail.line.state == "open" { p.note { (ui.t("governance-hidden")) } }
        }))
    }
}

/// A day with its hour, and how long it is until then.
pub(crate) fn until(ui: &Ui, moment: planet_ontology::units::Moment) -> Markup {
    html! { (date(ui, moment)) @if let Some(left) = left(ui, moment) { ", " (left) } }
}

/// The published ballots.
pub async fn ballots(visit: Signed, Path(id): Path<ProposalId>) -> Result<Response, planet_kit::web::Sorry> {
    Ok(Json(visit.view(Ballots { id }).await?).into_response())
}
