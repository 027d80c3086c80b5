//! The form for whoever cannot pay.

use super::dues::again;
use crate::acts::relief::{AskRelief, Relief, WithdrawRelief};
use crate::error::DuesError;
use crate::terms::LONGEST_WORDS;
use crate::views::terms::{TermsPage, TermsView};
use axum::extract::Path;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::ReliefId;

/// The fields of the form.
const FIELDS: &[&str] = &["kind", "percent", "until", "words"];

pub(super) async fn page(visit: Signed) -> Answer {
    let view = visit.view(TermsPage {}).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &TermsView, filled: &Filled) -> Markup {
    let kinds = [Relief::Reduce, Relief::Pause, Relief::Waive].into_iter().fold(
        choices("kind", ui.t("dues-what-helps")).selected("reduce"),
        |choices, it| {
            let word = it.word();
            choices.option(word, ui.t(&format!("dues-kind-{word}")), ui.t(&format!("dues-kind-{word}-text")))
        },
    );
    Page::new(ui, ui.t("dues-ask-title"))
        .section("settings")
        .back("/membership/dues", ui.t("dues-title"))
        .lead(ui.t("dues-ask-lead"))
        .show(html! {
            @if let Some(it) = &view.in_force { blockquote { (it.terms.hardship) } }
            (form(ui, "/membership/dues/ask", html! {
                (kinds.filled(filled))
                (field("percent", ui.t("dues-percent")).hint(ui.t("dues-percent-hint")).number().value("50").filled(filled))
                (field("until", ui.t("dues-until")).hint(ui.t("dues-until-hint")).date().filled(filled))
                (field("words", ui.t("dues-words")).hint(ui.t("dues-words-hint")).area(3).limit(LONGEST_WORDS).optional(ui).filled(filled))
                div.form-end { (button(ui.t("dues-ask-button")).primary()) (link_button("/membership/dues", ui.t("dues-back")).quiet()) }
            }).filled(filled))
        })
}

pub(super) async fn ask(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(FIELDS)?;
    let result = match asked(&fields) {
        Ok(act) => visit.act(key, act).await?,
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(_) => visit.done("/membership/dues", "dues-told-asked"),
        Err(refusal) => {
            let view = visit.view(TermsPage {}).await?;
            visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal)))
        }
    }
}

fn asked(fields: &Fields) -> Result<AskRelief, Refusal> {
    let kind = [Relief::Reduce, Relief::Pause, Relief::Waive].into_iter();
    let kind = kind.into_iter().find(|it| it.word() == fields.text("kind")).ok_or(DuesError::KindUnknown)?;
    let percent = percent(fields)?;
    Ok(AskRelief { kind, percent, until: fields.end_of_day("until")?, words: fields.text("words").into() })
}

/// The part that can be paid, where a form says one.
pub(super) fn percent(fields: &Fields) -> Result<Option<u8>, Refusal> {
    let wrong = || Refusal::from(DuesError::PercentOutOfRange);
    fields
        .optional("percent")
        .map(|text| text.trim_end_matches('%').trim().parse().map_err(|_| wrong()))
        .transpose()
}

pub(super) async fn withdraw(visit: Signed, Path(relief): Path<ReliefId>, fields: Fields) -> Answer {
    match visit.act(fields.key(&[])?, WithdrawRelief { relief }).await? {
        Ok(_) => visit.done("/membership/dues", "dues-told-withdrawn"),
        Err(refusal) => again(&visit, &fields, &refusal).await,
    }
}
