//! The ballot of a question as a form, and how an open one is taken.

use super::again;
use crate::choice::acts::{Choose, Marked};
use crate::choice::views::{Offered, Question};
use crate::views::{Decision, Detail};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::ProposalId;

/// What a ballot says of each option, in the form that its method wants.
pub(crate) fn boxes(ui: &Ui, question: &Question, filled: &Filled) -> Markup {
    let name = |option: &Offered| format!("option-{}", option.place);
    let marks = matches!(question.method.as_str(), "approval" | "greedy" | "equal_shares");
    let hint = ui.t_with(
        &format!("governance-ballot-{}", question.method),
        &[("points", question.points.unwrap_or_default().into())],
    );
    html! {
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
    }
}

/// The ballot of an open question: a form that needs no script.
pub(super) fn open_ballot(ui: &Ui, detail: &Detail, question: &Question, filled: &Filled) -> Markup {
    card(html! {
        (form(ui, format!("/decisions/{}/choose", detail.line.id), html! {
            (boxes(ui, question, filled))
            div.form-end { (button(ui.t("governance-vote")).primary()) }
        }).filled(filled))
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
