//! Who stands in an election: what they say, and the form to stand or to stand down.

use crate::choice::acts::Stand;
use crate::choice::ask::MAX_ABOUT;
use crate::choice::views::{Offered, Question};
use crate::pages::again;
use crate::views::Detail;
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::ProposalId;

/// Who stands, each in their own words; folded away once it is decided.
pub(super) fn candidates(ui: &Ui, question: &Question) -> Markup {
    let shown = || list(question.options.iter().map(|it| candidate(ui, it)));
    if !question.count.is_empty() {
        return more(ui, &ui.t("governance-who-stood"), shown());
    }
    section(
        &ui.t("governance-who-stands"),
        html! {},
        html! {
            @if question.options.is_empty() { p.note { (ui.t("governance-nobody-stands")) } } @else { (shown()) }
        },
    )
}

fn candidate(ui: &Ui, option: &Offered) -> Markup {
    let href = option.handle.as_ref().map(|handle| format!("/people/{handle}")).unwrap_or_default();
    let said = html! {
        @if option.about.is_empty() { p.note { (ui.t("governance-says-nothing")) } } @else { (markdown(&option.about)) }
    };
    match option.agent {
        Some(agent) => entry(ui, agent.0, option.title.as_str(), href).body(said).render(),
        None => row(&option.title).note(said).render(),
    }
}

/// The form to stand, or to stand down again.
pub(super) fn form_to_stand(ui: &Ui, detail: &Detail, question: &Question, filled: &Filled) -> Markup {
    let action = format!("/decisions/{}/stand", detail.line.id);
    let stands = question.statement.is_some();
    let send = if stands { "governance-stand-change" } else { "governance-stand" };
    card(html! {
        p { (ui.t(if stands { "governance-you-stand" } else { "governance-stand-about" })) }
        (form(ui, action.clone(), html! {
            (field("statement", ui.t("governance-your-statement")).area(4).limit(MAX_ABOUT)
                .value(question.statement.clone().unwrap_or_default()).filled(filled))
            div.form-end { (button(ui.t(send)).primary()) }
        }).hidden("stands", "yes").filled(filled))
        @if stands {
            (act_button(ui, action, button(ui.t("governance-stand-down")).quiet()).hidden("stands", "no"))
        }
    })
}

/// `POST /decisions/{id}/stand`.
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
