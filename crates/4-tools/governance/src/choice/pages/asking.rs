//! The form to ask something: a question, a temperature check, dates, or an election. What it sends is read in `sent`.

use super::sent;
use crate::acts::MAX_TITLE;
use crate::choice::ask::{MAX_ABOUT, MAX_OPTION};
use crate::choice::method::DATES;
use crate::choice::secret::{OPEN, SECRET};
use crate::views::{Asking, Room};
use axum::extract::Query;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use serde::Deserialize;

/// For how many days something is asked.
const DAYS: [i64; 5] = [1, 3, 7, 14, 30];
/// For how many months somebody is elected.
const MONTHS: [i64; 4] = [6, 12, 24, 36];
/// What can be asked: the words of the tabs. Dates are a temperature check whose options are dates.
const KINDS: [&str; 4] = ["question", "check", DATES, "election"];
/// The rows for options. All are there without a script; with one, more appear as they are filled.
pub(super) const ROWS: usize = 12;
/// How a question can be counted, the usual ones first; of the rest few are needed often.
const METHODS: [&[&str]; 2] = [
    &["approval", "one", "schulze", "score", "greedy"],
    &["irv", "dots", "quadratic", "equal_shares", "scottish", "meek", "lot"],
];
/// How people can be elected.
const ELECTING: [&[&str]; 2] = [&["scottish", "approval"], &["meek", "schulze", "irv", "one"]];
/// What a temperature check offers at first, from warm to cold.
const WARMTH: [&str; 4] = ["for", "fine", "doubts", "against"];
/// The fields that are no rows.
const FIELDS: [&str; 13] = [
    "kind",
    "group",
    "title",
    "reason",
    "method",
    "seats",
    "points",
    "budget",
    "open_for",
    "ballot",
    "role",
    "until",
    "nominate_for",
];

/// The field of an option.
pub(super) fn option(place: usize) -> String {
    format!("option-{place}")
}

/// The field of what an option costs.
pub(super) fn cost(place: usize) -> String {
    format!("cost-{place}")
}

/// What the form begins with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    of: Option<String>,
    /// What is asked, such as words from a chat: the first line is the title, all of it the reason.
    #[serde(default)]
    text: Option<String>,
}

/// `GET /decisions/ask`.
pub async fn page(visit: Signed, Query(wanted): Query<Wanted>) -> Answer {
    let rooms = visit.view(Asking {}).await?;
    let kind = KINDS.into_iter().find(|kind| wanted.kind.as_deref() == Some(kind)).unwrap_or("question");
    visit.page(show(
        &visit.ui,
        &rooms,
        (kind, wanted.of.as_deref()),
        wanted.text.as_deref().unwrap_or_default(),
        &Filled::default(),
    ))
}

fn show(ui: &Ui, rooms: &[Room], (kind, of): (&str, Option<&str>), text: &str, filled: &Filled) -> Markup {
    let title = cut(text.lines().next().unwrap_or_default(), MAX_TITLE);
    let reason = if title == text { String::new() } else { cut(text, MAX_ABOUT) };
    let of = of.filter(|of| rooms.iter().any(|room| room.handle == *of));
    let there = of.map(|of| format!("&of={of}")).unwrap_or_default();
    let names: Vec<(String, String)> = KINDS
        .iter()
        .map(|it| (format!("/decisions/ask?kind={it}{there}"), ui.t(&format!("governance-ask-{it}"))))
        .collect();
    let items: Vec<(&str, &str, bool)> = names
        .iter()
        .zip(KINDS)
        .map(|((href, name), it)| (href.as_str(), name.as_str(), it == kind))
        .collect();
    Page::new(ui, ui.t("governance-ask"))
        .section("decisions")
        .back("/decisions", ui.t("governance-title"))
        .lead(ui.t(&format!("governance-ask-{kind}-lead")))
        .show(html! {
            (tabs(&ui.t("governance-ask"), &items))
            (card(form(ui, "/decisions/ask", html! {
                (whom(ui, rooms, of, filled))
                (field("title", ui.t(&format!("governance-ask-{kind}-title"))).limit(MAX_TITLE).value(title).required().filled(filled))
                (field("reason", ui.t("governance-ask-reason")).area(3).limit(MAX_ABOUT).value(reason).optional(ui).filled(filled))
                @if kind == "election" { (election(ui, filled)) } @else { (choosing(ui, kind, filled)) }
                (ballots(ui, kind, filled))
                div.form-end { (button(ui.t("governance-ask-send")).primary()) }
            }).hidden("kind", kind).filled(filled).render()))
        })
}

/// So many characters of a text, from its beginning.
fn cut(text: &str, most: u32) -> String {
    text.chars().take(usize::try_from(most).unwrap_or(usize::MAX)).collect()
}

/// Whose members are asked: the club, or a group that one is in.
fn whom(ui: &Ui, rooms: &[Room], of: Option<&str>, filled: &Filled) -> Markup {
    let first = rooms.iter().find(|room| of == Some(room.handle.as_str())).or_else(|| rooms.first());
    let first = first.map(|room| room.id.to_string()).unwrap_or_default();
    if rooms.len() < 2 {
        return html! { input type="hidden" name="group" value=(first); };
    }
    rooms
        .iter()
        .fold(select("group", ui.t("governance-ask-whom")), |it, room| {
            it.option(room.id.to_string(), room.name.as_str())
        })
        .selected(first)
        .filled(filled)
        .render()
}

/// Whether anybody can see who voted for what.
fn ballots(ui: &Ui, kind: &str, filled: &Filled) -> Markup {
    choices("ballot", ui.t("governance-ballots-are"))
        .option(OPEN, ui.t("governance-ballots-open"), ui.t("governance-ballots-open-about"))
        .option(SECRET, ui.t("governance-ballots-secret"), ui.t("governance-ballots-secret-about"))
        .selected(if kind == "election" { SECRET } else { OPEN })
        .filled(filled)
        .render()
}

/// What one chooses from, and how it is counted.
fn choosing(ui: &Ui, kind: &str, filled: &Filled) -> Markup {
    html! {
        (rows(ui, kind, filled))
        (span(ui, "open_for", "governance-ask-open", 7, filled))
        @if kind != DATES {
            (methods(ui, METHODS, if kind == "check" { "one" } else { "approval" }, filled))
            (only("points", field("points", ui.t("governance-ask-points")).value("10").number().hint(ui.t("governance-ask-points-hint")).filled(filled)))
            (only("budget", field("budget", ui.t("governance-ask-budget")).number().hint(ui.t("governance-ask-budget-hint")).filled(filled)))
            (only("seats", field("seats", ui.t("governance-seats")).value("1").number().filled(filled)))
        }
    }
}

/// A field that only some methods need: the style sheet shows it where one of them is chosen.
fn only(for_: &str, shown: impl Render) -> Markup {
    html! { div data-only=(for_) { (shown) } }
}

/// The rows for options, each with what it costs where there is a budget. The script hides empty ones until they are needed.
fn rows(ui: &Ui, kind: &str, filled: &Filled) -> Markup {
    let first = |place: usize| match kind {
        "check" => {
            WARMTH.get(place).map(|word| ui.t(&format!("governance-warmth-{word}"))).unwrap_or_default()
        }
        _ => String::new(),
    };
    let title = |place: usize| {
        let number = i64::try_from(place + 1).unwrap_or(0);
        let it = field(option(place), ui.t_with("governance-ask-option", &[("number", number.into())]));
        let it = if kind == DATES {
            it.date_and_time()
        } else {
            it.value(first(place)).with("maxlength", MAX_OPTION.to_string())
        };
        it.filled(filled)
    };
    let hint = if kind == DATES { "governance-ask-dates-hint" } else { "governance-ask-options-hint" };
    html! {
        fieldset.group id="f-options" data-rows="3" {
            legend { (ui.t("governance-options")) }
            p.hint { (ui.t(hint)) }
            @if let Some(wrong) = filled.error("options") { p.field-error { (wrong) } }
            @for place in 0..ROWS {
                div.ask-row data-row="" {
                    (title(place))
                    @if kind != DATES {
                        (only("budget", field(cost(place), ui.t("governance-ask-cost")).number().filled(filled)))
                    }
                }
            }
            button.button.button-quiet.button-small type="button" data-more-rows="" hidden { (ui.t("governance-ask-more")) }
        }
    }
}

/// Who is elected to what, for how long.
fn election(ui: &Ui, filled: &Filled) -> Markup {
    let term = MONTHS.iter().fold(select("until", ui.t("governance-ask-term")), |it, months| {
        it.option(months.to_string(), ui.t_with("governance-ask-months", &[("months", (*months).into())]))
    });
    html! {
        (choices("role", ui.t("governance-ask-role"))
            .option("treasurer", ui.t("governance-ask-treasurer"), ui.t("governance-ask-treasurer-about"))
            .option("steward", ui.t("governance-ask-steward"), ui.t("governance-ask-steward-about"))
            .selected("treasurer").filled(filled))
        (field("seats", ui.t("governance-ask-seats")).value("1").number().filled(filled))
        (term.selected("12").filled(filled))
        (span(ui, "nominate_for", "governance-ask-nominate", 7, filled))
        (span(ui, "open_for", "governance-ask-vote", 7, filled))
        (methods(ui, ELECTING, "scottish", filled))
    }
}

/// How it is counted: each way with what it means.
fn methods(ui: &Ui, [usual, rest]: [&[&str]; 2], first: &str, filled: &Filled) -> Markup {
    let add = |it: Choices, word: &&str| {
        let (title, about) = (format!("governance-method-{word}"), format!("governance-method-about-{word}"));
        it.option(*word, ui.t(&title), ui.t(&about))
    };
    let it = usual.iter().fold(choices("method", ui.t("governance-ask-counted")), add);
    let it = rest.iter().fold(it.rest(ui, ui.t("governance-ask-other-ways")), add);
    it.selected(first).filled(filled).render()
}

/// So many days.
fn span(ui: &Ui, name: &str, label: &str, first: i64, filled: &Filled) -> Markup {
    DAYS.iter()
        .fold(select(name, ui.t(label)), |it, days| {
            it.option(days.to_string(), ui.t_with("governance-ask-days", &[("days", (*days).into())]))
        })
        .selected(first.to_string())
        .filled(filled)
        .render()
}

/// `POST /decisions/ask`.
pub async fn send(visit: Signed, fields: Fields) -> Answer {
    let rows: Vec<String> = (0..ROWS).flat_map(|place| [option(place), cost(place)]).collect();
    let known: Vec<&str> = FIELDS.into_iter().chain(rows.iter().map(String::as_str)).collect();
    let key = fields.key(&known)?;
    let asked = match sent::ask(&visit.ui, &fields, visit.now) {
        Ok(ask) => visit.act(key, ask).await?,
        Err(refusal) => Err(refusal),
    };
    match asked {
        Ok(done) => {
            let opened = done.output.map(|it| format!("/decisions/{}", it.proposal));
            visit.done(&opened.unwrap_or_else(|| "/decisions".to_owned()), "governance-asked")
        }
        Err(refusal) => {
            let rooms = visit.view(Asking {}).await?;
            let kind = KINDS.into_iter().find(|kind| *kind == fields.text("kind")).unwrap_or("question");
            visit.again(&refusal, show(&visit.ui, &rooms, (kind, None), "", &fields.filled(&refusal)))
        }
    }
}
