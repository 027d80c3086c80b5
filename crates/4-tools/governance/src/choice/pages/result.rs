//! The result of a question: what was chosen and what each had, the count step by step, and how anybody counts again.

use crate::choice::method::DATES;
use crate::choice::views::{Counted, Offered, Question};
use crate::views::Detail;
use planet_kit::prelude::*;
use std::cmp::Reverse;

/// The options, where there is nothing to vote on and nothing counted.
pub(super) fn options(ui: &Ui, question: &Question) -> Markup {
    section(&ui.t("governance-options"), html! {}, list(question.options.iter().map(|it| option(ui, it))))
}

fn option(ui: &Ui, option: &Offered) -> Row {
    let cost = (option.cost > 0).then(|| ui.t_with("governance-costs", &[("cost", option.cost.into())]));
    // What candidates say of themselves is a text of its own.
    let about = if option.agent.is_some() { "" } else { option.about.as_str() };
    let shown = row(&option.title).note(cost.as_deref().unwrap_or(about));
    match &option.handle {
        Some(handle) => shown.href(format!("/people/{handle}")),
        None => shown,
    }
}

/// What was chosen, then all others, each with what it had in the end.
pub(super) fn result(ui: &Ui, detail: &Detail, question: &Question) -> Markup {
    let mut sorted: Vec<&Offered> = question.options.iter().collect();
    sorted.sort_by_key(|option| (Reverse(option.won), Reverse(thousandths(option))));
    let voted = [("voted", question.ballots.into()), ("electorate", detail.tally.electorate.into())];
    let had: Vec<Bar> = sorted
        .iter()
        .map(|option| Bar {
            label: option.title.clone(),
            value: thousandths(option),
            shown: option.votes.as_deref().map(|votes| got(ui, &question.method, votes)).unwrap_or_default(),
        })
        .collect();
    // Where too few took part the count chose somebody, and the members did not.
    let decided = matches!(detail.line.state.as_str(), "done" | "passed" | "not_performed");
    let won = sorted.iter().filter(|option| option.won && decided);
    section(
        &ui.t("governance-result"),
        html! {},
        html! {
            @if won.clone().next().is_some() {
                (list(won.map(|it| option(ui, it).end(badge_tone(Tone::Good, &ui.t("governance-won"))))))
            }
            (card(bars(&ui.t_with("governance-voted-of", &voted), &had)))
        },
    )
}

/// What an option had, in thousandths, for drawing and sorting: rules that carry fractions write decimals.
fn thousandths(option: &Offered) -> i64 {
    let text = option.votes.as_deref().unwrap_or("0");
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: String = part.chars().chain("000".chars()).take(3).collect();
    let whole: i64 = whole.parse().unwrap_or(0);
    whole.saturating_mul(1_000).saturating_add(digits.parse().unwrap_or(0))
}

/// What an option had, in the word of its method.
fn got(ui: &Ui, method: &str, votes: &str) -> String {
    let word = match method {
        "score" | DATES => "points",
        "dots" => "dots",
        "schulze" => "beats",
        _ => "votes",
    };
    let count: Arg<'_> = votes.parse::<i64>().map_or_else(|_| votes.into(), Into::into);
    ui.t_with(&format!("governance-got-{word}"), &[("count", count)])
}

/// The count step by step, folded away, and how anybody counts again.
pub(super) fn count(ui: &Ui, detail: &Detail, question: &Question) -> Markup {
    let file = format!("/decisions/{}/ballots.json", detail.line.id);
    section(
        &ui.t("governance-count"),
        html! {},
        html! {
            (more(ui, &ui.t("governance-count-steps"), html! {
                @for (step, number) in question.count.iter().zip(1_u32..) { (card(counted(ui, step, number))) }
            }))
            p { (ui.t("governance-recount")) }
            p { code { "planet recount ballots.json" } }
            div.cluster { (link_button(file, ui.t("governance-ballot-file")).icon(ui, "download")) }
        },
    )
}

/// A step of the count in words, with everybody's votes.
fn counted(ui: &Ui, step: &Counted, number: u32) -> Markup {
    let of = step.of.join(", ");
    html! {
        h3 { (ui.t_with("governance-step", &[("number", number.into())])) }
        p { (ui.t_with(&format!("governance-step-{}", step.about), &[("of", of.as_str().into())])) }
        @if let Some(needed) = &step.needed {
            p { (ui.t_with("governance-needed", &[("votes", needed.as_str().into())])) }
        }
        @if !step.votes.is_empty() {
            (facts(step.votes.iter().map(|has| (has.title.as_str(), html! { (has.votes) }))))
        }
        @if step.by_lot { p { (ui.t("governance-by-lot")) } }
        @if step.earlier { p { (ui.t("governance-by-earlier")) } }
        @if !step.elected.is_empty() {
            p { strong { (ui.t_with("governance-elected", &[("who", step.elected.join(", ").as_str().into())])) } }
        }
    }
}
