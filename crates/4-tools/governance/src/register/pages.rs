//! The page of the register of decisions, and the register to take along: as a table and for programs.

use super::{Entered, PAGE, Register};
use crate::pages::state_badge;
use axum::Json;
use axum::extract::Query;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use planet_kit::prelude::*;
use planet_kit::web::sheet::{cell, sheet};
use planet_kit::web::{Answer, Signed, Sorry, in_query};
use planet_ontology::units::Moment;

/// `GET /decisions/register`.
pub async fn page(visit: Signed, Query(wanted): Query<Register>) -> Answer {
    let found = visit.view(wanted.clone()).await?;
    visit.page(show(&visit.ui, &wanted, &found))
}

fn show(ui: &Ui, wanted: &Register, found: &[Entered]) -> Markup {
    let states = ["done", "not_performed", "failed", "withdrawn"].iter().fold(
        select("state", ui.t("governance-register-state")).option("", ui.t("governance-register-any")),
        |it, state| it.option(*state, ui.t(&format!("governance-state-{state}"))),
    );
    let searching = wanted.q.as_deref().is_some_and(|q| !q.is_empty())
        || wanted.state.as_deref().is_some_and(|it| !it.is_empty());
    let query = format!(
        "q={}&state={}",
        in_query(wanted.q.as_deref().unwrap_or_default()),
        in_query(wanted.state.as_deref().unwrap_or_default())
    );
    let older = (i64::try_from(found.len()) == Ok(PAGE))
        .then(|| found.last())
        .flatten()
        .map(|last| format!("/decisions/register?{query}&before={}", last.ended.0));
    Page::new(ui, ui.t("governance-register")).section("decisions").back("/decisions", ui.t("governance-title"))
        .lead(ui.t("governance-register-lead"))
        .show(html! {
            (card(form(ui, "/decisions/register", html! {
                (field("q", ui.t("governance-register-words")).value(wanted.q.clone().unwrap_or_default()))
                (states.selected(wanted.state.clone().unwrap_or_default()))
                div.form-end { (button(ui.t("governance-register-search")).primary()) }
            }).get().render()))
            @if found.is_empty() {
                @if searching { (empty(ui, "search", ui.t("governance-register-nothing"), ui.t("governance-register-nothing-text"))) }
                @else { (empty(ui, "vote", ui.t("governance-register-empty"), ui.t("governance-register-empty-text"))) }
            } @else {
                (list(found.iter().map(|it| entry_row(ui, it))))
                (pager(ui, None, older.as_deref()))
                div.cluster {
                    (link_button(format!("/decisions/register.csv?{query}"), ui.t("governance-register-csv")).quiet().icon(ui, "download"))
                    (link_button(format!("/decisions/register.json?{query}"), ui.t("governance-register-json")).quiet().icon(ui, "download"))
                }
            }
        })
}

fn entry_row(ui: &Ui, it: &Entered) -> impl Render + use<> {
    row(format!("{}. {}", it.number, it.title.trim_end_matches('.')))
        .href(format!("/decisions/{}", it.id))
        .note(html! {
            (date(ui, it.ended)) " \u{b7} " (voices(ui, it))
            @if !it.outcome.is_empty() { " \u{b7} " (it.outcome) }
            @if let Some(review) = it.review { " \u{b7} " (ui.t("governance-review")) " " (day(ui, review)) }
        })
        .end(html! {
            @if it.review_due { (badge_tone(Tone::Warn, &ui.t("governance-review-due"))) }
            (state_badge(ui, it.kind, &it.state))
        })
}

/// How many took part, and what they said where it was yes or no.
fn voices(ui: &Ui, it: &Entered) -> String {
    let counts = it.counts;
    let key =
        if it.method.is_some() { "governance-register-took-part" } else { "governance-register-voices" };
    ui.t_with(
        key,
        &[
            ("yes", counts.yes.into()),
            ("no", counts.no.saturating_add(counts.objections).into()),
            ("abstain", counts.abstain.into()),
            ("voted", it.voted.into()),
            ("electorate", counts.electorate.into()),
        ],
    )
}

/// `GET /decisions/register.json`.
pub async fn json(visit: Signed, Query(wanted): Query<Register>) -> Result<Response, Sorry> {
    let found = visit.view(Register { all: true, ..wanted }).await?;
    Ok(Json(found).into_response())
}

/// `GET /decisions/register.csv` (RFC 4180).
pub async fn csv(visit: Signed, Query(wanted): Query<Register>) -> Result<Response, Sorry> {
    let found = visit.view(Register { all: true, ..wanted }).await?;
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"decisions.csv\""),
    ];
    Ok((head, table(&found)).into_response())
}

fn table(found: &[Entered]) -> String {
    let headings = [
        "number",
        "ended",
        "decision",
        "reason",
        "state",
        "outcome",
        "statement",
        "electorate",
        "voted",
        "yes",
        "no",
        "abstain",
        "objections",
        "procedure",
        "method",
        "performed",
        "review",
        "event",
        "commitment",
        "position",
    ];
    let row = |it: &Entered| {
        let proof = it.proof.as_ref();
        [
            it.number.to_string(),
            it.ended.rfc3339(),
            cell(&it.title),
            cell(&it.reason),
            it.state.clone(),
            cell(&it.outcome),
            cell(it.statement.as_deref().unwrap_or_default()),
            it.counts.electorate.to_string(),
            it.voted.to_string(),
            it.counts.yes.to_string(),
            it.counts.no.to_string(),
            it.counts.abstain.to_string(),
            it.counts.objections.to_string(),
            cell(&it.procedure),
            it.method.clone().unwrap_or_default(),
            it.performed.join(" "),
            it.review.map(Moment::rfc3339).unwrap_or_default(),
            proof.map(|it| it.event.to_string()).unwrap_or_default(),
            proof.map(|it| it.commitment.clone()).unwrap_or_default(),
            proof.and_then(|it| it.position).map(|it| it.to_string()).unwrap_or_default(),
        ]
    };
    sheet(headings, found.iter().map(row))
}
