//! What the page of a decision shows around it: what was said, what came of it, and what follows.

use super::acts::{
    FollowUp, FollowUpDone, KINDS, MAX_FOLLOW_UP, MAX_REMARK, Remark, Reword, StateOutcome, Unsay,
};
use super::views::{Said, Statement, Talk, ToDo};
use crate::pages;
use axum::extract::Path;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::ProposalId;
use planet_ontology::units::Moment;
use uuid::Uuid;

/// What came of it and what follows, for the top of the page.
pub fn outcome(ui: &Ui, id: ProposalId, talk: &Talk) -> Markup {
    html! {
        @if let Some(statement) = &talk.statement { (stated(ui, statement)) }
        @if !talk.follow_ups.is_empty() {
            (section(&ui.t("governance-follows"), html! {}, list(talk.follow_ups.iter().map(|it| to_do(ui, id, it, talk.may_follow_up)))))
        }
    }
}

/// What was said, and the forms, for the end of the page.
pub fn talk(ui: &Ui, id: ProposalId, talk: &Talk, filled: &Filled) -> Markup {
    let reasons = |kind: &str| talk.said.iter().filter(|it| it.kind == kind && !it.text.is_empty()).count();
    let summary = ui.t_with(
        "governance-talk-summary",
        &[
            ("pros", count(reasons("pro"))),
            ("cons", count(reasons("con"))),
            ("queries", count(reasons("query"))),
        ],
    );
    let shown = |kinds: &[&str]| -> Vec<&Said> {
        talk.said.iter().filter(|it| kinds.contains(&it.kind.as_str()) && is_shown(it)).collect()
    };
    let (pros, cons, others) = (shown(&["pro"]), shown(&["con"]), shown(&["query", "remark"]));
    let threads = |said: &[&Said]| list(said.iter().map(|it| thread(ui, id, it, talk.may_speak, filled)));
    html! {
        @if talk.may_state { (state_form(ui, id, talk, &filled.if_sent("review"))) }
        @if talk.may_follow_up { (follow_form(ui, id, &filled.if_sent("task"))) }
        @if !talk.said.is_empty() || talk.may_speak {
            (section(&ui.t("governance-talk"), html! {}, html! {
                @if pros.is_empty() && cons.is_empty() && others.is_empty() { p.note { (ui.t("governance-talk-none")) } }
                @else { p.note { (summary) } }
                @if !pros.is_empty() || !cons.is_empty() {
                    div.sides {
                        (side(ui, "governance-pros", &pros, &threads))
                        (side(ui, "governance-cons", &cons, &threads))
                    }
                }
                @if !others.is_empty() { (threads(&others)) }
                @if talk.may_speak { (card(speak_form(ui, id, None, &filled.if_sent("text")))) }
            }))
        }
    }
}

/// What was taken back is shown only where somebody has answered it.
fn is_shown(said: &Said) -> bool {
    !said.text.is_empty() || said.answers.iter().any(|answer| !answer.text.is_empty())
}

/// The reasons of one side.
fn side(ui: &Ui, heading: &str, said: &[&Said], threads: &dyn Fn(&[&Said]) -> Markup) -> Markup {
    html! {
        div.stack {
            h3 { (ui.t(heading)) }
            @if said.is_empty() { p.note { (ui.t("governance-side-none")) } } @else { (threads(said)) }
        }
    }
}

fn count(number: usize) -> Arg<'static> {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}

fn stated(ui: &Ui, statement: &Statement) -> Markup {
    section(
        &ui.t("governance-stated"),
        html! {},
        card(html! {
            (markdown(&statement.text))
            p.note {
                (statement.name) ", " (date(ui, statement.at))
                @if let Some(review) = statement.review { " \u{b7} " (ui.t("governance-review")) " " (day(ui, review)) }
            }
        }),
    )
}

fn to_do(ui: &Ui, id: ProposalId, it: &ToDo, may: bool) -> impl Render + use<> {
    let (tone, word) = match (it.done.is_some(), it.late) {
        (true, _) => (Tone::Good, "governance-follow-done"),
        (_, true) => (Tone::Warn, "governance-follow-late"),
        _ => (Tone::Info, "governance-follow-open"),
    };
    let (turn, done) =
        if it.done.is_some() { ("governance-follow-undo", "no") } else { ("governance-follow-do", "yes") };
    let shown = row(&it.text)
        .note(html! { (it.name) ", " (ui.t("governance-follow-until")) " " (day(ui, it.due)) })
        .end(badge_tone(tone, &ui.t(word)));
    if may {
        let action = format!("/decisions/{id}/follow-up/{}", it.id);
        shown
            .actions(act_button(ui, action, button(ui.t(turn)).quiet().small()).hidden("done", done).render())
    } else {
        shown
    }
}

/// A remark with its answers, and a form that answers it.
fn thread(ui: &Ui, id: ProposalId, said: &Said, may_speak: bool, filled: &Filled) -> Markup {
    let answer = filled.if_sent(&text_of(said.id));
    html! {
        (one(ui, id, said, filled))
        @if said.answers.iter().any(is_shown) { div.answers { (list(said.answers.iter().filter(|it| is_shown(it)).map(|it| one(ui, id, it, filled)))) } }
        @if may_speak {
            (more_open(ui, &ui.t("governance-answer"), answer.is_wrong(), speak_form(ui, id, Some(said.id), &answer)))
        }
    }
}

/// The field of an answer to a remark.
fn text_of(remark: Uuid) -> String {
    format!("text-{remark}")
}

/// The fields by which a remark is put in other words: the words, and what it is.
fn words_of(remark: Uuid) -> [String; 2] {
    [format!("words-{remark}"), format!("sort-{remark}")]
}

fn one(ui: &Ui, id: ProposalId, said: &Said, filled: &Filled) -> Markup {
    // Reasons stand below their heading.
    let body = html! {
        @if said.kind == "query" { p { (badge_tone(Tone::Info, &ui.t("governance-remark-query"))) } }
        @if said.text.is_empty() { p.note { (ui.t("governance-unsaid")) } } @else { (markdown(&said.text)) }
    };
    let when = html! { (ago(ui, said.at)) @if said.edited { ", " (ui.t("governance-reworded")) } };
    let shown = entry(ui, said.agent.0, said.name.as_str(), format!("/people/{}", said.handle)).when(when);
    if !said.own || said.text.is_empty() {
        return shown.body(body).render();
    }
    let [words, _] = words_of(said.id);
    let filled = filled.if_sent(&words);
    let action = format!("/decisions/{id}/unsay/{}", said.id);
    let mend = html! {
        (reword_form(ui, id, said, &filled))
        div.cluster { (act_button(ui, action, button(ui.t("governance-unsay")).quiet())) }
    };
    shown.body(html! { (body) (more_open(ui, &ui.t("governance-reword"), filled.is_wrong(), mend)) }).render()
}

fn kinds(ui: &Ui, name: String) -> Select {
    KINDS.iter().fold(select(name, ui.t("governance-remark-kind")), |it, kind| {
        it.option(*kind, ui.t(&format!("governance-remark-{kind}")))
    })
}

/// One's own words, to be put in others. Several such forms stand on a page; ids of fields are the page's.
fn reword_form(ui: &Ui, id: ProposalId, said: &Said, filled: &Filled) -> Markup {
    let [words, sort] = words_of(said.id);
    let action = format!("/decisions/{id}/reword/{}", said.id);
    form(ui, action, html! {
        (field(words, ui.t("governance-reworded-text")).area(3).limit(MAX_REMARK).required().value(said.text.as_str()).filled(filled))
        @if !said.is_answer { (kinds(ui, sort).selected(said.kind.as_str()).filled(filled)) }
        div.form-end { (button(ui.t("governance-reword-send")).primary()) }
    }).filled(filled).render()
}

fn speak_form(ui: &Ui, id: ProposalId, answers: Option<Uuid>, filled: &Filled) -> Markup {
    let label = if answers.is_some() { "governance-your-answer" } else { "governance-your-remark" };
    // Several forms of the same fields stand on this page; ids of fields are the page's.
    let name = answers.map_or_else(|| "text".to_owned(), text_of);
    let written = form(
        ui,
        format!("/decisions/{id}/remark"),
        html! {
            (field(name, ui.t(label)).area(3).limit(MAX_REMARK).required().filled(filled))
            @if answers.is_none() { (kinds(ui, "kind".to_owned()).filled(filled)) }
            div.form-end { (button(ui.t("governance-say")).primary()) }
        },
    );
    match answers {
        Some(id) => written.hidden("answers", id.to_string()).render(),
        None => written.filled(filled).render(),
    }
}

fn state_form(ui: &Ui, id: ProposalId, talk: &Talk, filled: &Filled) -> Markup {
    let before = talk.statement.as_ref();
    let open = before.is_none() && filled.error("statement").or(filled.error("review")).is_some();
    let title = if before.is_some() { "governance-state-again" } else { "governance-state-it" };
    more_open(
        ui,
        &ui.t(title),
        open,
        form(
            ui,
            format!("/decisions/{id}/state"),
            html! {
                (field("statement", ui.t("governance-statement-text")).area(4).limit(MAX_REMARK).required()
                    .hint(ui.t("governance-statement-hint")).value(before.map(|it| it.text.clone()).unwrap_or_default()).filled(filled))
                (field("review", ui.t("governance-review")).date().optional(ui).hint(ui.t("governance-review-hint")).filled(filled))
                div.form-end { (button(ui.t("governance-state-send")).primary()) }
            },
        )
        .filled(filled)
        .render(),
    )
}

fn follow_form(ui: &Ui, id: ProposalId, filled: &Filled) -> Markup {
    let open = ["task", "owner", "due"].iter().any(|name| filled.error(name).is_some());
    more_open(
        ui,
        &ui.t("governance-follow-add"),
        open,
        form(
            ui,
            format!("/decisions/{id}/follow-up"),
            html! {
                (field("task", ui.t("governance-follow-what")).limit(MAX_FOLLOW_UP).required().filled(filled))
                (field("owner", ui.t("governance-follow-who")).hint(ui.t("governance-follow-who-hint")).optional(ui).filled(filled))
                (field("due", ui.t("governance-follow-until")).date().required().filled(filled))
                div.form-end { (button(ui.t("governance-follow-send")).primary()) }
            },
        )
        .filled(filled)
        .render(),
    )
}

/// Shows the page again with what is wrong; the fields of forms here are not called as the acts' are.
async fn again(
    visit: &Signed,
    id: ProposalId,
    fields: &Fields,
    refusal: Refusal,
    names: &[(&str, &str)],
) -> Answer {
    let refusal = match names.iter().find(|(act, _)| refusal.field.as_deref() == Some(act)) {
        Some((_, form)) => Refusal { field: Some((*form).to_owned()), ..refusal },
        None => refusal,
    };
    pages::again(visit, id, fields, &refusal).await
}

/// `POST /decisions/{id}/remark`.
pub async fn remark(visit: Signed, Path(id): Path<ProposalId>, fields: Fields) -> Answer {
    let answers = match fields.optional("answers") {
        Some(_) => Some(fields.parse::<Uuid>("answers", "remark_unknown", "There is no such remark.")?),
        None => None,
    };
    let name = answers.map_or_else(|| "text".to_owned(), text_of);
    let key = fields.key(&[name.as_str(), "kind", "answers"])?;
    let kind = fields.optional("kind").unwrap_or_else(|| "remark".to_owned());
    let act = Remark { proposal: id, text: fields.text(&name).to_owned(), kind, answers };
    match visit.act(key, act).await? {
        Ok(_) => visit.done(&format!("/decisions/{id}"), "governance-said"),
        Err(refusal) => again(&visit, id, &fields, refusal, &[("text", name.as_str())]).await,
    }
}

/// `POST /decisions/{id}/reword/{remark}`.
pub async fn reword(visit: Signed, Path((id, remark)): Path<(ProposalId, Uuid)>, fields: Fields) -> Answer {
    let [text, kind] = words_of(remark);
    let key = fields.key(&[text.as_str(), kind.as_str()])?;
    let act = Reword {
        proposal: id,
        remark,
        text: fields.text(&text).to_owned(),
        kind: fields.optional(&kind).unwrap_or_else(|| "remark".to_owned()),
    };
    match visit.act(key, act).await? {
        Ok(_) => visit.done(&format!("/decisions/{id}"), "governance-reword-told"),
        Err(refusal) => {
            again(&visit, id, &fields, refusal, &[("text", text.as_str()), ("kind", kind.as_str())]).await
        }
    }
}

/// `POST /decisions/{id}/unsay/{remark}`.
pub async fn unsay(visit: Signed, Path((id, remark)): Path<(ProposalId, Uuid)>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, Unsay { proposal: id, remark }).await??;
    visit.done(&format!("/decisions/{id}"), "governance-unsaid")
}

/// `POST /decisions/{id}/state`.
pub async fn state(visit: Signed, Path(id): Path<ProposalId>, fields: Fields) -> Answer {
    let key = fields.key(&["statement", "review"])?;
    let stated = match fields.end_of_day("review") {
        Ok(review) => {
            visit
                .act(key, StateOutcome { proposal: id, text: fields.text("statement").to_owned(), review })
                .await?
        }
        Err(refusal) => Err(refusal),
    };
    match stated {
        Ok(_) => visit.done(&format!("/decisions/{id}"), "governance-state-told"),
        Err(refusal) => again(&visit, id, &fields, refusal, &[("text", "statement")]).await,
    }
}

/// `POST /decisions/{id}/follow-up`.
pub async fn follow_up(visit: Signed, Path(id): Path<ProposalId>, fields: Fields) -> Answer {
    let key = fields.key(&["task", "owner", "due"])?;
    let taken = match fields.end_of_day("due") {
        Ok(due) => {
            let (text, owner) = (fields.text("task").to_owned(), fields.optional("owner"));
            visit.act(key, FollowUp { proposal: id, text, owner, due: due.unwrap_or(Moment(0)) }).await?
        }
        Err(refusal) => Err(refusal),
    };
    match taken {
        Ok(_) => visit.done(&format!("/decisions/{id}"), "governance-follow-told"),
        Err(refusal) => again(&visit, id, &fields, refusal, &[("text", "task")]).await,
    }
}

/// `POST /decisions/{id}/follow-up/{follow_up}`.
pub async fn follow_up_done(
    visit: Signed,
    Path((id, follow_up)): Path<(ProposalId, Uuid)>,
    fields: Fields,
) -> Answer {
    let key = fields.key(&["done"])?;
    let done = fields.text("done") == "yes";
    visit.act(key, FollowUpDone { proposal: id, follow_up, done }).await??;
    visit.done(
        &format!("/decisions/{id}"),
        if done { "governance-follow-done-told" } else { "governance-follow-undone" },
    )
}
