//! The routes of this room, and the pages of decisions.

use crate::acts::{MAX_REASON, Vote, Withdraw};
use crate::assumptions::pages as assumptions;
use crate::choice;
use crate::choice::pages::until;
use crate::delegates;
use crate::register;
use crate::talk;
use crate::views::{Decision, Decisions, Detail, Line, PAGE};
use crate::voices::{Ballot, Voices, VoicesPage};
use axum::Router;
use axum::extract::{Path, Query};
use axum::routing::{get, post};
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Fields, Signed};
use planet_ontology::ids::{AgentId, ProposalId};
use serde::Deserialize;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/decisions", get(list_page))
        .route("/decisions/ask", get(choice::pages::asking::page).post(choice::pages::asking::send))
        .route("/decisions/register", get(register::pages::page))
        .route("/decisions/register.csv", get(register::pages::csv))
        .route("/decisions/register.json", get(register::pages::json))
        .route("/decisions/delegates", get(delegates::pages::page).post(delegates::pages::name))
        .route("/decisions/delegates/end", post(delegates::pages::end))
        .route("/decisions/{id}", get(detail_page))
        .route("/decisions/{id}/remark", post(talk::pages::remark))
        .route("/decisions/{id}/reword/{remark}", post(talk::pages::reword))
        .route("/decisions/{id}/unsay/{remark}", post(talk::pages::unsay))
        .route("/decisions/{id}/respond", post(talk::hearing::respond))
        .route("/decisions/{id}/state", post(talk::pages::state))
        .route("/decisions/{id}/follow-up", post(talk::pages::follow_up))
        .route("/decisions/{id}/follow-up/{follow_up}", post(talk::pages::follow_up_done))
        .route("/decisions/{id}/vote", post(vote))
        .route("/decisions/{id}/voices", get(voices_page))
        .route("/decisions/{id}/choose", post(choice::pages::choose))
        .route("/decisions/{id}/stand", post(choice::pages::standing::stand))
        .route("/decisions/{id}/ballots.json", get(choice::pages::ballots))
        .route("/decisions/{id}/withdraw", post(withdraw))
        .route("/about/assumptions", get(assumptions::list_page).post(assumptions::add))
        .route("/about/assumptions/{id}", get(assumptions::page))
        .route("/about/assumptions/{id}/support", post(assumptions::support))
        .route("/about/assumptions/{id}/link", post(assumptions::link))
        .route("/about/assumptions/{id}/merge", post(assumptions::merge))
        .route("/about/assumptions/{id}/retire", post(assumptions::retire))
}

async fn list_page(visit: Signed, Query(query): Query<Decisions>) -> Answer {
    let lines = visit.view(query).await?;
    visit.page(show_list(&visit.ui, &lines))
}

fn show_list(ui: &Ui, lines: &[Line]) -> Markup {
    let (open, ended): (Vec<&Line>, Vec<&Line>) = lines.iter().partition(|line| line.state == "open");
    let older = i64::try_from(lines.len())
        .ok()
        .filter(|count| *count == PAGE)
        .and_then(|_| lines.last())
        .map(|line| format!("/decisions?before={}", line.opened.0));
    let ask = link_button("/decisions/ask", ui.t("governance-ask")).primary().icon(ui, "vote").render();
    Page::new(ui, ui.t("governance-title")).section("decisions").lead(ui.t("governance-lead")).actions(ask).show(html! {
        @if lines.is_empty() {
            (empty(ui, "vote", ui.t("governance-none"), ui.t("governance-none-text"))
                .action(link_button("/constitution", ui.t("governance-rules"))))
        }
        @if !open.is_empty() { (section(&ui.t("governance-open"), html! {}, list(open.into_iter().map(|it| line(ui, it))))) }
        @if !ended.is_empty() { (section(&ui.t("governance-ended"), html! {}, list(ended.into_iter().map(|it| line(ui, it))))) }
        (pager(ui, None, older.as_deref()))
        p { a href="/decisions/register" { (ui.t("governance-register")) } " \u{b7} " a href="/decisions/delegates" { (ui.t("governance-delegates")) } " \u{b7} " a href="/constitution" { (ui.t("governance-rules")) } }
    })
}

fn line(ui: &Ui, line: &Line) -> impl Render + use<> {
    let when = if line.state == "open" {
        html! { (ui.t("governance-closes")) " " (until(ui, line.closes)) }
    } else {
        html! { (date(ui, line.opened)) }
    };
    row(line.title.trim_end_matches('.')).href(format!("/decisions/{}", line.id)).note(when).end(html! {
        @if line.to_vote { (badge_tone(Tone::Warn, &ui.t("governance-to-vote"))) } @else { (state_badge(ui, line.kind, &line.state)) }
    })
}

/// Where it stands, in the words of what was asked.
pub(crate) fn state_badge(ui: &Ui, kind: &str, state: &str) -> Markup {
    let tone = match state {
        "open" => Tone::Info,
        "done" | "passed" => Tone::Good,
        "not_performed" => Tone::Warn,
        _ => Tone::Bad,
    };
    let key = match (kind, state) {
        ("election", "done") => "governance-state-elected".to_owned(),
        ("question", "done") => "governance-state-answered".to_owned(),
        ("election" | "question", "failed") => "governance-state-unanswered".to_owned(),
        _ => format!("governance-state-{state}"),
    };
    badge_tone(tone, &ui.t(&key))
}

async fn detail_page(visit: Signed, Path(id): Path<ProposalId>) -> Answer {
    let detail = visit.view(Decision { id }).await?;
    visit.page(show_detail(&visit.ui, &detail, &Filled::default()))
}

pub(crate) fn show_detail(ui: &Ui, detail: &Detail, filled: &Filled) -> Markup {
    let lead = match (&detail.question, detail.outcome.is_empty()) {
        (Some(question), true) => choice::pages::lead(ui, detail, question),
        (None, true) => detail.missing.clone().unwrap_or_default(),
        (_, false) => detail.outcome.clone(),
    };
    Page::new(ui, detail.line.title.trim_end_matches('.'))
        .section("decisions")
        .back("/decisions", ui.t("governance-title"))
        .lead(lead)
        .actions(state_badge(ui, detail.line.kind, &detail.line.state))
        .show(html! {
            @if !detail.reason.is_empty() { (card(markdown(&detail.reason))) }
            (talk::hearing::section_of(ui, detail, &filled.if_sent("response")))
            (talk::pages::outcome(ui, detail.line.id, &detail.talk))
            (delegates::pages::in_this_vote(ui, detail))
            @if let Some(question) = &detail.question { (choice::pages::show(ui, detail, question, filled)) }
            @else { (plain(ui, detail, filled)) }
            @if detail.may_withdraw {
                div.cluster { (act_button(ui, format!("/decisions/{}/withdraw", detail.line.id), button(ui.t("governance-withdraw")).quiet())) }
            }
            (talk::pages::talk(ui, detail.line.id, &detail.talk, filled))
            (history(ui, detail))
        })
}

/// What became of it so far, with its place in the record.
fn history(ui: &Ui, detail: &Detail) -> Markup {
    let history = &detail.history;
    let begins = detail.question.as_ref().filter(|question| question.kind == "election").map(|it| it.begins);
    let mut lines = vec![(ui.t("governance-opened"), date(ui, history.opened))];
    lines.extend(begins.map(|begins| (ui.t("governance-voting-begins"), date(ui, begins))));
    lines.extend(history.ended.map(|ended| (ui.t("governance-ended-on"), date(ui, ended))));
    if let Some(number) = history.number {
        let number = ui.t_with(
            "governance-number-of",
            &[("number", number.into()), ("group", detail.group.as_str().into())],
        );
        lines.push((ui.t("governance-register"), html! { (number) }));
    }
    if let Some(proof) = &history.proof {
        let place =
            proof.position.map(|position| ui.t_with("governance-place-at", &[("position", position.into())]));
        lines.push((
            ui.t("governance-place"),
            html! {
                (place.unwrap_or_else(|| ui.t("governance-place-soon"))) " " code { (proof.commitment) }
            },
        ));
    }
    let lines: Vec<(&str, Markup)> =
        lines.iter().map(|(name, shown)| (name.as_str(), shown.clone())).collect();
    more(ui, &ui.t("governance-history"), facts(lines))
}

/// A proposal that is answered with yes or no.
fn plain(ui: &Ui, detail: &Detail, filled: &Filled) -> Markup {
    html! {
            @if detail.may_vote { (ballot_form(ui, detail, &filled.if_sent("reason"))) }
            (section(&ui.t("governance-how"), html! {}, facts([
                (ui.t("governance-procedure").as_str(), html! { (detail.procedure_about) }),
                (ui.t("governance-opener").as_str(), html! { a href={ "/people/" (detail.opener_handle) } { (detail.opener) } }),
                (ui.t("governance-closing").as_str(), until(ui, detail.line.closes)),
                (ui.t("governance-voted").as_str(), html! { (ui.t_with("governance-voted-of", &[
                    ("voted", detail.voted.into()), ("electorate", detail.tally.electorate.into())])) }),
            ])))
            (voices(ui, detail))
    }
}

/// Who said what, and who may still say something; in a vote that needs signatures, who signed.
fn voices(ui: &Ui, detail: &Detail) -> Markup {
    let heading = if detail.signed { "governance-signatures" } else { "governance-ballots" };
    html! {
        @if !detail.ballots.is_empty() {
            (section(&ui.t(heading), html! {}, ballots(ui, &detail.ballots, detail.signed)))
            @if detail.voted > detail.ballots.len() {
                p { (link_button(format!("/decisions/{}/voices", detail.line.id), ui.t("governance-all-ballots")).quiet()) }
            }
        }
        @if !detail.outstanding.is_empty() {
            (section(&ui.t("governance-may-sign"), html! {}, list(detail.outstanding.iter().map(|voter| {
                row(&voter.name).href(format!("/people/{}", voter.handle))
            }))))
        }
    }
}

fn ballots(ui: &Ui, ballots: &[Ballot], signed: bool) -> Markup {
    let choice = |ballot: &Ballot| {
        if !ballot.counts {
            return badge_tone(Tone::Warn, &ui.t("governance-counts-not"));
        }
        if signed && ballot.choice == "yes" {
            return badge_tone(Tone::Good, &ui.t("governance-has-signed"));
        }
        badge(&ui.t(&format!("governance-choice-{}", ballot.choice)))
    };
    let said = |ballot: &Ballot| match &ballot.via {
        Some(via) => ui.t_with("governance-through", &[("name", via.name.as_str().into())]),
        None => ballot.reason.clone(),
    };
    list(ballots.iter().map(|ballot| {
        row(&ballot.name)
            .href(format!("/people/{}", ballot.handle))
            .lead(mark(ballot.agent.0, Scale::Small))
            .note(said(ballot))
            .end(choice(ballot))
    }))
}

/// Where on the list of all ballots somebody is.
#[derive(Deserialize)]
struct From {
    after: Option<i64>,
    whose: Option<AgentId>,
}

async fn voices_page(visit: Signed, Path(id): Path<ProposalId>, Query(from): Query<From>) -> Answer {
    let From { after, whose } = from;
    let page = visit.view(Voices { id, after, whose }).await?;
    visit.page(show_voices(&visit.ui, id, &page))
}

fn show_voices(ui: &Ui, id: ProposalId, page: &VoicesPage) -> Markup {
    let next = page.next.map(|(at, whose)| format!("/decisions/{id}/voices?after={at}&whose={whose}"));
    Page::new(ui, ui.t("governance-ballots"))
        .section("decisions")
        .back(format!("/decisions/{id}"), page.title.trim_end_matches('.'))
        .show(html! {
            (ballots(ui, &page.ballots, false))
            @if let Some(next) = next { p { (link_button(&next, ui.t("governance-next-ballots"))) } }
            @else { p.note { (ui.t("governance-no-more-ballots")) } }
        })
}

fn ballot_form(ui: &Ui, detail: &Detail, filled: &Filled) -> Markup {
    let selected = filled.value("choice").or(detail.mine.as_deref()).unwrap_or_default();
    let offered =
        detail.choices.iter().fold(choices("choice", ui.t("governance-your-vote")), |offered, choice| {
            let (title, about) = match (detail.signed, choice.as_str()) {
                (true, "yes") => ("governance-sign".to_owned(), "governance-sign-about".to_owned()),
                _ => (format!("governance-choice-{choice}"), format!("governance-choice-about-{choice}")),
            };
            offered.option(choice.clone(), ui.t(&title), ui.t(&about))
        });
    card(html! {
        (form(ui, format!("/decisions/{}/vote", detail.line.id), html! {
            (offered.selected(selected).filled(filled))
            (field("reason", ui.t("governance-why")).area(3).limit(MAX_REASON).optional(ui).filled(filled))
            div.form-end { (button(ui.t("governance-vote")).primary()) }
        }).filled(filled))
    })
}

async fn vote(visit: Signed, Path(id): Path<ProposalId>, fields: Fields) -> Answer {
    let act =
        Vote { proposal: id, choice: fields.text("choice").into(), reason: fields.text("reason").into() };
    match visit.act(fields.key(&["choice", "reason"])?, act).await? {
        Ok(_) => visit.done(&format!("/decisions/{id}"), "governance-vote-told"),
        Err(refusal) => again(&visit, id, &fields, &refusal).await,
    }
}

/// The page of a decision again, with what was sent and what is wrong with it.
pub(crate) async fn again(visit: &Signed, id: ProposalId, fields: &Fields, refusal: &Refusal) -> Answer {
    let detail = visit.view(Decision { id }).await?;
    visit.again(refusal, show_detail(&visit.ui, &detail, &fields.filled(refusal)))
}

async fn withdraw(visit: Signed, Path(id): Path<ProposalId>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, Withdraw { proposal: id }).await??;
    visit.done(&format!("/decisions/{id}"), "governance-withdraw-told")
}
