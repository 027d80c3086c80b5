//! The ballot of a question as a form that fits its method, and how an open one is taken.

use crate::choice::acts::{Choose, Marked};
use crate::choice::method::{DATES, ONE};
use crate::choice::views::{Offered, Question};
use crate::pages::again;
use crate::views::{Decision, Detail};
use axum::extract::Path;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::ProposalId;

/// The field of a ballot that marks one option: its number.
const CHOICE: &str = "choice";
/// Says that it was the ballot that was sent: an empty one has no other field.
pub(super) const BALLOT: &str = "ballot";
/// What the script writes the number into.
const NUMBER: &str = "#";

fn name(place: i64) -> String {
    format!("option-{place}")
}

/// What a ballot says of each option, in the form that its method wants. Each answer is sent as `option-NUMBER`, or as the `choice`
/// of one.
pub(crate) fn boxes(ui: &Ui, question: &Question, filled: &Filled) -> Markup {
    let points = question.points.unwrap_or_default();
    let hint = ui.t_with(&format!("governance-ballot-{}", question.method), &[("points", points.into())]);
    html! {
        p { (hint) }
        @if let Some(wrong) = filled.error("marks") { p.field-error id="f-marks" { (wrong) } }
        div.ballot {
            @match question.method.as_str() {
                ONE => (one(ui, question, filled)),
                DATES => @for option in &question.options {
                    (pick(ui, question, option, &["yes", "maybe", "no"].map(|word| ui.t(&format!("governance-date-{word}"))), filled))
                },
                "score" => @for option in &question.options {
                    (pick(ui, question, option, &["5", "4", "3", "2", "1", "0"].map(str::to_owned), filled))
                },
                "approval" | "greedy" | "equal_shares" => @for option in &question.options {
                    (check(name(option.place), option.title.clone()).value("1").checked(option.mine == Some(1))
                        .hint(about(ui, question, option)).filled(filled))
                },
                _ => @for option in &question.options {
                    (field(name(option.place), option.title.clone()).number().hint(about(ui, question, option))
                        .value(option.mine.map(|mine| mine.to_string()).unwrap_or_default()).filled(filled))
                },
            }
        }
        (sum(ui, question))
    }
}

/// What stands below an option: what it costs, and more about it. What candidates say of themselves stands on the page, in full.
fn about(ui: &Ui, question: &Question, option: &Offered) -> String {
    if question.kind == "election" {
        return String::new();
    }
    let cost = (option.cost > 0).then(|| ui.t_with("governance-costs", &[("cost", option.cost.into())]));
    let about = Some(option.about.clone()).filter(|about| !about.is_empty());
    [cost, about].into_iter().flatten().collect::<Vec<String>>().join(" \u{b7} ")
}

/// One of all, or none.
fn one(ui: &Ui, question: &Question, filled: &Filled) -> Markup {
    let mine = question.options.iter().find(|option| option.mine == Some(1));
    let none = if question.voted { Some(String::new()) } else { None };
    let selected = mine.map(|option| option.place.to_string()).or(none).unwrap_or_else(|| "-".to_owned());
    let offered =
        question.options.iter().fold(choices(CHOICE, ui.t("governance-your-vote")), |it, option| {
            it.option(option.place.to_string(), option.title.clone(), about(ui, question, option))
        });
    offered.option("", ui.t("governance-choice-abstain"), "").selected(selected).filled(filled).render()
}

/// One of a few words or numbers for an option, side by side; the last is worth nothing.
fn pick(ui: &Ui, question: &Question, option: &Offered, words: &[String], filled: &Filled) -> Markup {
    let name = name(option.place);
    let mine = option.mine.map(|mine| mine.to_string());
    let chosen = filled.value(&name).map(str::to_owned).or(mine);
    let about = about(ui, question, option);
    html! {
        fieldset.pick id={ "f-" (name) } {
            legend.label { (option.title) }
            @if !about.is_empty() { p.hint { (about) } }
            div.pick-row {
                @for (word, value) in words.iter().zip((0..words.len()).rev()) {
                    label {
                        input type="radio" name=(name) value=(value) checked[chosen.as_deref() == Some(value.to_string().as_str())];
                        span { (word) }
                    }
                }
            }
        }
    }
}

/// How much of what there is the ballot gives away. The page's script keeps it; without one it says what was cast.
fn sum(ui: &Ui, question: &Question) -> Markup {
    let given = |value: fn(&Offered, i64) -> i64| -> i64 {
        question.options.iter().map(|option| value(option, option.mine.map_or(0, i64::from))).sum()
    };
    let (of, given, most) = match (question.method.as_str(), question.points, question.budget) {
        ("dots", Some(points), _) => ("dots", given(|_, mine| mine), i64::from(points)),
        ("quadratic", Some(points), _) => {
            ("credits", given(|_, mine| mine.saturating_mul(mine)), i64::from(points))
        }
        (_, _, Some(budget)) => ("costs", given(|option, mine| option.cost.saturating_mul(mine)), budget),
        _ => return html! {},
    };
    let words = |given: Arg<'_>| {
        ui.t_with(&format!("governance-sum-{of}"), &[("given", given), ("most", most.into())])
    };
    let costs: Vec<String> = question.options.iter().map(|option| option.cost.to_string()).collect();
    html! {
        output.ballot-sum data-sum=(of) data-most=(most) data-costs=(costs.join(",")) data-words=(words(NUMBER.into())) { (words(given.into())) }
    }
}

/// The ballot of an open question: a form that needs no script.
pub(super) fn open_ballot(ui: &Ui, detail: &Detail, question: &Question, filled: &Filled) -> Markup {
    card(html! {
        @if question.voted { p { strong { (ui.t("governance-you-voted")) } } }
        (form(ui, format!("/decisions/{}/choose", detail.line.id), html! {
            (boxes(ui, question, filled))
            div.form-end { (button(ui.t(if question.voted { "governance-vote-again" } else { "governance-vote" })).primary()) }
        }).hidden(BALLOT, "yes").filled(filled))
    })
}

/// `POST /decisions/{id}/choose`.
pub async fn choose(visit: Signed, Path(id): Path<ProposalId>, fields: Fields) -> Answer {
    let question = visit.view(Decision { id }).await?.question;
    let places: Vec<i64> = question.iter().flat_map(|it| &it.options).map(|option| option.place).collect();
    let names: Vec<String> = places.iter().map(|place| name(*place)).collect();
    let known: Vec<&str> = names.iter().map(String::as_str).chain([CHOICE, BALLOT]).collect();
    let key = fields.key(&known)?;
    let marks = match marks(&fields, &places) {
        Ok(marks) => marks,
        Err(refusal) => return again(&visit, id, &fields, &refusal).await,
    };
    match visit.act(key, Choose { proposal: id, marks }).await? {
        Ok(_) => visit.done(&format!("/decisions/{id}"), "governance-vote-told"),
        Err(refusal) => again(&visit, id, &fields, &refusal).await,
    }
}

fn marks(fields: &Fields, places: &[i64]) -> Result<Vec<Marked>, Refusal> {
    if !fields.text(CHOICE).is_empty() {
        let option = fields.parse(CHOICE, "mark_wrong", "Choose one of them.")?;
        return Ok(vec![Marked { option, value: 1 }]);
    }
    let marked = |place: &i64| -> Option<Result<Marked, Refusal>> {
        let name = name(*place);
        let option = u16::try_from(*place).unwrap_or(u16::MAX);
        (!fields.text(&name).is_empty()).then(|| {
            let value = fields.parse(&name, "mark_wrong", "Write a whole number, or leave it empty.")?;
            Ok(Marked { option, value })
        })
    };
    places.iter().filter_map(marked).collect()
}
