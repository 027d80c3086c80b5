//! The form to ask something: a question, a temperature check, dates, or an election.

use super::super::method::WORDS;
use super::super::secret::{OPEN, SECRET};
use crate::acts::MAX_TITLE;
use crate::choice::ask::{Ask, MAX_ABOUT, Offer};
use crate::views::{Asking, Room};
use axum::extract::Query;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::GroupId;
use planet_ontology::units::Moment;
use serde::Deserialize;

const DAY: i64 = 86_400;
/// For how many days something is asked.
const DAYS: [i64; 5] = [1, 3, 7, 14, 30];
/// For how many months somebody is elected.
const MONTHS: [i64; 4] = [6, 12, 24, 36];
/// A month of a term, in seconds: a twelfth of a year.
const MONTH: i64 = 365 * DAY / 12;
/// What can be asked: the words of the tabs. Dates are a question whose options are dates.
const KINDS: [&str; 4] = ["question", "check", "dates", "election"];
/// The fields of the form.
const FIELDS: [&str; 14] = [
    "kind",
    "group",
    "title",
    "reason",
    "options",
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

/// What the form begins with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    of: Option<String>,
}

/// `GET /decisions/ask`.
pub async fn page(visit: Signed, Query(wanted): Query<Wanted>) -> Answer {
    let rooms = visit.view(Asking {}).await?;
    let mut filled = Filled::default();
    if let Some(room) = rooms.iter().find(|room| wanted.of.as_deref() == Some(room.handle.as_str())) {
        filled.set("group", room.id.to_string());
    }
    let kind = KINDS.into_iter().find(|kind| wanted.kind.as_deref() == Some(kind)).unwrap_or("question");
    visit.page(show(&visit.ui, &rooms, kind, &filled))
}

fn show(ui: &Ui, rooms: &[Room], kind: &str, filled: &Filled) -> Markup {
    let names: Vec<(String, String)> = KINDS
        .iter()
        .map(|it| (format!("/decisions/ask?kind={it}"), ui.t(&format!("governance-ask-{it}"))))
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
                @if rooms.len() > 1 {
                    (rooms.iter().fold(select("group", ui.t("governance-ask-whom")), |it, room| it.option(room.id.to_string(), room.name.as_str())).filled(filled))
                } @else if let Some(room) = rooms.first() {
                    input type="hidden" name="group" value=(room.id);
                }
                (field("title", ui.t(&format!("governance-ask-{kind}-title"))).limit(MAX_TITLE).required().filled(filled))
                (field("reason", ui.t("governance-ask-reason")).area(3).limit(MAX_ABOUT).optional(ui).filled(filled))
                @if kind == "election" { (election(ui, filled)) } @else { (choosing(ui, kind, filled)) }
                (choices("ballot", ui.t("governance-ballots-are"))
                    .option(OPEN, ui.t("governance-ballots-open"), ui.t("governance-ballots-open-about"))
                    .option(SECRET, ui.t("governance-ballots-secret"), ui.t("governance-ballots-secret-about"))
                    .selected(if kind == "election" { SECRET } else { OPEN }).filled(filled))
                div.form-end { (button(ui.t("governance-ask-send")).primary()) }
            }).hidden("kind", kind).filled(filled).render()))
        })
}

/// What one chooses from, and how it is counted.
fn choosing(ui: &Ui, kind: &str, filled: &Filled) -> Markup {
    let used = ["method", "seats", "points", "budget"].iter().any(|name| filled.error(name).is_some());
    html! {
        (field("options", ui.t("governance-options")).area(5).required()
            .hint(ui.t(if kind == "dates" { "governance-ask-dates-hint" } else { "governance-ask-options-hint" })).filled(filled))
        (span(ui, "open_for", "governance-ask-open", 7, filled))
        (more_open(ui, &ui.t("governance-ask-counted"), used, html! {
            (methods(ui, &WORDS, "approval", filled))
            (field("seats", ui.t("governance-seats")).value("1").number().short().filled(filled))
            (field("points", ui.t("governance-ask-points")).value("10").number().short().hint(ui.t("governance-ask-points-hint")).filled(filled))
            (field("budget", ui.t("governance-ask-budget")).value("0").number().short().hint(ui.t("governance-ask-budget-hint")).filled(filled))
        }))
    }
}

/// Who is elected to what, for how long.
fn election(ui: &Ui, filled: &Filled) -> Markup {
    let ranked = ["scottish", "meek", "schulze", "irv", "approval"];
    let term = MONTHS.iter().fold(select("until", ui.t("governance-ask-term")), |it, months| {
        it.option(months.to_string(), ui.t_with("governance-ask-months", &[("months", (*months).into())]))
    });
    html! {
        (choices("role", ui.t("governance-ask-role"))
            .option("treasurer", ui.t("governance-ask-treasurer"), ui.t("governance-ask-treasurer-about"))
            .option("steward", ui.t("governance-ask-steward"), ui.t("governance-ask-steward-about"))
            .selected("treasurer").filled(filled))
        (field("seats", ui.t("governance-seats")).value("1").number().short().filled(filled))
        (term.selected("12").filled(filled))
        (span(ui, "nominate_for", "governance-ask-nominate", 7, filled))
        (span(ui, "open_for", "governance-ask-vote", 7, filled))
        (more_open(ui, &ui.t("governance-ask-counted"), filled.error("method").is_some(), methods(ui, &ranked, "scottish", filled)))
    }
}

fn methods(ui: &Ui, words: &[&str], first: &str, filled: &Filled) -> Markup {
    words
        .iter()
        .fold(select("method", ui.t("governance-method")), |it, word| {
            it.option(*word, ui.t(&format!("governance-method-{word}")))
        })
        .selected(first)
        .filled(filled)
        .render()
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
    let key = fields.key(&FIELDS)?;
    let asked = match read(&fields, visit.now) {
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
            visit.again(&refusal, show(&visit.ui, &rooms, kind, &fields.filled(&refusal)))
        }
    }
}

fn read(fields: &Fields, now: Moment) -> Result<Ask, Refusal> {
    let number = |name: &str| -> Result<i64, Refusal> {
        match fields.text(name) {
            "" => Ok(0),
            _ => fields.parse(name, "number_malformed", "Please write a whole number."),
        }
    };
    let small = |name: &str| -> Result<u32, Refusal> {
        u32::try_from(number(name)?)
            .map_err(|_| Refusal::input(name, "number_malformed", "Please write a smaller number."))
    };
    let seconds =
        |name: &str| -> Result<i64, Refusal> { Ok(number(name)?.saturating_mul(DAY).clamp(0, i64::MAX / 4)) };
    let election = fields.text("kind") == "election";
    let kind = match fields.text("kind") {
        "dates" => "question",
        kind => kind,
    };
    let group: GroupId = fields.parse("group", "group_unknown", "Choose whose members are asked.")?;
    let until = if election {
        let term = number("until")?.clamp(0, 1_200).saturating_mul(MONTH);
        Some(now.plus_seconds(term + seconds("nominate_for")? + seconds("open_for")?))
    } else {
        None
    };
    Ok(Ask {
        group,
        title: fields.text("title").to_owned(),
        reason: fields.text("reason").to_owned(),
        kind: kind.to_owned(),
        method: fields.text("method").to_owned(),
        seats: u16::try_from(small("seats")?).unwrap_or(u16::MAX),
        points: small("points")?,
        budget: number("budget")?,
        options: if election { Vec::new() } else { offers(fields.text("options"))? },
        open_for: seconds("open_for")?,
        nominate_for: seconds("nominate_for")?,
        role: fields.optional("role"),
        until,
        ballot: fields.optional("ballot"),
    })
}

/// One option a line. Where it costs something, that stands behind the last `=`.
fn offers(text: &str) -> Result<Vec<Offer>, Refusal> {
    let offer = |line: &str| {
        let (title, cost) = line.rsplit_once('=').unwrap_or((line, "0"));
        let cost = cost.trim().parse().map_err(|_| {
            Refusal::input("options", "cost_wrong", "Write what it costs as a whole number: New tools = 200.")
        })?;
        Ok(Offer { title: title.trim().to_owned(), about: String::new(), cost, act: None, args: None })
    };
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(offer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_is_an_option_and_may_have_a_cost() {
        let read: Vec<(String, i64)> =
            offers(" Red\n\nNew tools = 200\n").unwrap().into_iter().map(|it| (it.title, it.cost)).collect();
        assert_eq!(read, [("Red".to_owned(), 0), ("New tools".to_owned(), 200)]);
        assert!(offers("Tools = many").is_err());
    }
}
