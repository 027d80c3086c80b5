//! The page on which one names who votes for oneself and sees who speaks for whom, and what the page of a decision says of it.

use super::acts::{Delegate, Undelegate};
use super::views::{By, Delegates, DelegatesView, InThisVote, Named, Speaker};
use super::{EVERYTHING, TOPICS};
use crate::error::GovernanceError;
use crate::views::{Detail, Voter};
use axum::extract::Query;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::GroupId;
use serde::Deserialize;

/// How many of those who speak for others the page names; of those for whom one speaks, it names as many.
const SHOWN: usize = 100;

/// Whose decisions it is about.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Of {
    #[serde(default)]
    of: Option<String>,
}

/// `GET /decisions/delegates`.
pub async fn page(visit: Signed, Query(wanted): Query<Of>) -> Answer {
    let view = visit.view(Delegates { of: wanted.of }).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &DelegatesView, filled: &Filled) -> Markup {
    let rooms: Vec<(String, bool)> = view
        .rooms
        .iter()
        .map(|room| (format!("/decisions/delegates?of={}", room.handle), room.id == view.room.id))
        .collect();
    let tab = |(room, (href, here)): (&crate::views::Room, &(String, bool))| chip(href, &room.name, *here);
    Page::new(ui, ui.t("governance-delegates"))
        .section("decisions")
        .back("/decisions", ui.t("governance-title"))
        .lead(ui.t("governance-delegates-lead"))
        .show(html! {
            @if view.rooms.len() > 1 { nav.cluster aria-label=(ui.t("governance-delegates-where")) {
                @for it in view.rooms.iter().zip(&rooms) { (tab(it)) }
            } }
            (section(&ui.t("governance-delegates-mine"), html! {}, html! {
                @if view.mine.is_empty() { p.note { (ui.t("governance-delegates-none")) } }
                @else { (list(view.mine.iter().map(|it| mine(ui, view, it)))) }
            }))
            @if view.may_delegate { (name_form(ui, view, filled)) }
            @if !view.of_me.is_empty() {
                (section(&ui.t("governance-delegates-of-me"), html! {}, html! {
                    p.note { (ui.t("governance-delegates-of-me-note")) }
                    (list(view.of_me.iter().map(|it| of_me(ui, view, it))))
                }))
            }
            (section(&ui.t("governance-delegates-all"), html! {}, html! {
                @if view.speakers.is_empty() { p.note { (ui.t("governance-delegates-all-none")) } }
                @else { (list(view.speakers.iter().take(SHOWN).map(|it| speaker(ui, it)))) }
            }))
            (more(ui, &ui.t("governance-delegates-how"), html! {
                @for key in ["own", "weight", "on", "circle", "most", "year", "secret", "early"] {
                    p { (ui.t(&format!("governance-delegates-how-{key}"))) }
                }
            }))
        })
}

/// A topic in words.
fn topic(ui: &Ui, topic: &str) -> String {
    ui.t(&format!("governance-topic-{}", if topic == EVERYTHING { "all" } else { topic }))
}

fn name_form(ui: &Ui, view: &DelegatesView, filled: &Filled) -> Markup {
    let topics = TOPICS.into_iter().fold(
        select("topic", ui.t("governance-topic")).option(EVERYTHING, topic(ui, EVERYTHING)),
        |select, word| select.option(word, topic(ui, word)),
    );
    card(
        form(
            ui,
            "/decisions/delegates",
            html! {
                (suggest(field("to", ui.t("governance-delegates-who")).hint(ui.t("governance-delegates-who-hint")).required().filled(filled),
                    "/people/suggest", "to_id", filled.value("to_id").unwrap_or_default()))
                (topics.filled(filled))
                div.form-end { (button(ui.t("governance-delegates-name")).primary()) }
            },
        )
        .hidden("group", view.room.id.to_string())
        .filled(filled)
        .render(),
    )
}

fn mine(ui: &Ui, view: &DelegatesView, it: &Named) -> Row {
    let until = ui.t_with("governance-delegates-until", &[("day", day(ui, it.until).as_str().into())]);
    let on = it.goes_on_to.as_ref().map(|end| {
        ui.t_with(
            "governance-delegates-goes-on",
            &[("name", it.name.as_str().into()), ("end", end.name.as_str().into())],
        )
    });
    row(&it.name)
        .href(format!("/people/{}", it.handle))
        .lead(mark(it.agent.0, Scale::Middle))
        .note(html! { (topic(ui, &it.topic)) " \u{b7} " (until) @if let Some(on) = on { " \u{b7} " (on) } })
        .actions(
            act_button(
                ui,
                "/decisions/delegates/end",
                button(ui.t("governance-delegates-end")).quiet().small(),
            )
            .hidden("group", view.room.id.to_string())
            .hidden("topic", &it.topic)
            .render(),
        )
}

fn of_me(ui: &Ui, view: &DelegatesView, it: &Named) -> Row {
    row(&it.name)
        .href(format!("/people/{}", it.handle))
        .lead(mark(it.agent.0, Scale::Middle))
        .note(topic(ui, &it.topic))
        .actions(
            act_button(
                ui,
                "/decisions/delegates/end",
                button(ui.t("governance-delegates-decline")).quiet().small(),
            )
            .hidden("group", view.room.id.to_string())
            .hidden("topic", &it.topic)
            .hidden("of", &it.handle)
            .render(),
        )
}

/// “Rosa speaks for 3 people”, and for whom in what.
fn speaker(ui: &Ui, it: &Speaker) -> Row {
    let count = i64::try_from(it.people.len()).unwrap_or(i64::MAX);
    let title =
        ui.t_with("governance-speaks-for", &[("name", it.name.as_str().into()), ("count", count.into())]);
    let whom: Vec<String> = it
        .people
        .iter()
        .take(SHOWN)
        .map(|person| {
            if person.topics.len() == TOPICS.len() {
                return person.name.clone();
            }
            let topics: Vec<String> = person.topics.iter().map(|word| topic(ui, word)).collect();
            format!("{} ({})", person.name, topics.join(", "))
        })
        .collect();
    row(title)
        .href(format!("/people/{}", it.handle))
        .lead(mark(it.agent.0, Scale::Middle))
        .note(whom.join(", "))
}

/// What the page of a decision says: who votes for the viewer, and for whom the viewer votes too.
pub(crate) fn in_this_vote(ui: &Ui, detail: &Detail) -> Markup {
    let InThisVote { by, people } = &detail.delegation;
    let open = detail.line.state == "open";
    html! {
        @if let Some(by) = by { (notice(ui, Tone::Info, &told_by(ui, by, open), html! {
            @if open { p { (ui.t("governance-for-you-own")) " " a href="/decisions/delegates" { (ui.t("governance-delegates")) } } }
        })) }
        @if !people.is_empty() && open { (notice(ui, Tone::Info, &told_people(ui, people), html! {
            p { (ui.t("governance-you-for-seen")) " " a href="/decisions/delegates" { (ui.t("governance-delegates")) } }
        })) }
    }
}

fn told_by(ui: &Ui, by: &By, open: bool) -> String {
    let given: Vec<String> = by
        .marks
        .iter()
        .map(|(title, value)| if *value == 1 { title.clone() } else { format!("{title}: {value}") })
        .collect();
    let said = match &by.choice {
        Some(choice) => ui.t(&format!("governance-choice-{choice}")),
        None => given.join(", "),
    };
    let key = match (by.cast, by.crowded_out) {
        (true, _) if said.is_empty() && open => "governance-for-you-nothing",
        (true, _) if said.is_empty() => "governance-for-you-ended",
        (true, _) if open => "governance-for-you-cast",
        (true, _) => "governance-for-you-was-cast",
        (false, true) => "governance-for-you-full",
        (false, false) => "governance-for-you-waits",
    };
    ui.t_with(key, &[("name", by.name.as_str().into()), ("said", said.as_str().into())])
}

fn told_people(ui: &Ui, people: &[Voter]) -> String {
    let names: Vec<&str> = people.iter().map(|it| it.name.as_str()).collect();
    ui.t_with("governance-you-for", &[("people", names.join(", ").as_str().into())])
}

/// `POST /decisions/delegates`.
pub async fn name(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["group", "topic", "to", "to_id"])?;
    let group = group(&fields)?;
    let to = fields.optional("to_id").unwrap_or_else(|| fields.text("to").to_owned());
    let act = Delegate { group, topic: fields.text("topic").into(), to };
    answer(&visit, &fields, group, visit.act(key, act).await?.map(|_| ()), "governance-delegates-named").await
}

/// `POST /decisions/delegates/end`.
pub async fn end(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["group", "topic", "of"])?;
    let group = group(&fields)?;
    let act = Undelegate { group, topic: fields.text("topic").into(), of: fields.optional("of") };
    answer(&visit, &fields, group, visit.act(key, act).await?.map(|_| ()), "governance-delegates-ended").await
}

fn group(fields: &Fields) -> Result<GroupId, Refusal> {
    fields.parse("group", "group_unknown", "Choose whose decisions it is about.")
}

/// The page of the same group again, with what was done or with what is wrong.
async fn answer(
    visit: &Signed,
    fields: &Fields,
    group: GroupId,
    result: Result<(), Refusal>,
    told: &str,
) -> Answer {
    let first = visit.view(Delegates::default()).await?;
    let room = first.rooms.iter().find(|room| room.id == group).ok_or(GovernanceError::ProposalUnknown)?;
    match result {
        Ok(()) => visit.done(&format!("/decisions/delegates?of={}", room.handle), told),
        Err(refusal) => {
            let view = visit.view(Delegates { of: Some(room.handle.clone()) }).await?;
            visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal)))
        }
    }
}
