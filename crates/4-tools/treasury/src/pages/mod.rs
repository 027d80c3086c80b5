//! The pages of this room, a file for each screen. Here are the routes, and what the screens share.

mod card;
mod desk;
mod holding;
mod lines;
mod list;
mod opening;
mod passage;
mod paying_in;
mod paying_out;

use crate::error::TreasuryError;
use crate::views::{Held, InLine, OutLine};
use axum::Router;
use axum::routing::{get, post};
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::task::Done;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Fields, Signed};
use planet_ontology::units::Amount;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/treasury", get(list::page))
        .route("/treasury/new", get(opening::new_page).post(opening::open))
        .route("/treasury/{code}", get(holding::page))
        .route("/treasury/{code}/change", get(opening::change_page).post(opening::change))
        .route("/treasury/{code}/close", post(opening::close))
        .route("/treasury/{code}/accept", post(holding::accept))
        .route("/treasury/{code}/in", get(paying_in::page).post(paying_in::ask))
        .route("/treasury/{code}/out", get(paying_out::page).post(paying_out::ask))
        .route("/treasury/{code}/desk", get(desk::page))
        .route("/treasury/{code}/to-send", get(desk::to_send))
        .route("/treasury/{code}/statement", post(desk::statement))
        .route("/treasury/{code}/balance", post(desk::balance))
        .route("/treasury/{code}/match-all", post(desk::match_all))
        .route("/treasury/pay-ins/{id}", get(passage::pay_in_page))
        .route("/treasury/pay-ins/{id}/confirm", post(passage::confirm))
        .route("/treasury/pay-ins/{id}/cash", post(passage::confirm_cash))
        .route("/treasury/pay-ins/{id}/withdraw", post(passage::withdraw_in))
        .route("/treasury/pay-ins/{id}/card", get(card::page))
        .route("/treasury/pay-ins/{id}/back", post(card::ask_back))
        .route("/treasury/pay-outs/{id}/card", post(card::send_back))
        .route("/rails/cards/webhook", post(card::hear))
        .route("/treasury/pay-outs/{id}", get(passage::pay_out_page))
        .route("/treasury/pay-outs/{id}/send", post(passage::send))
        .route("/treasury/pay-outs/{id}/refuse", post(passage::refuse))
        .route("/treasury/pay-outs/{id}/withdraw", post(passage::withdraw_out))
        .route("/treasury/lines/{id}/match", post(lines::matched))
        .route("/treasury/lines/{id}/credit", post(lines::credit))
        .route("/treasury/lines/{id}/aside", post(lines::aside))
        .route("/treasury/lines/{id}/back", post(lines::back))
}

fn unit(held: &Held) -> Unit {
    Unit { symbol: held.symbol.clone(), decimals: held.decimals }
}

fn path(held: &Held, verb: &str) -> String {
    if verb.is_empty() {
        format!("/treasury/{}", held.code)
    } else {
        format!("/treasury/{}/{verb}", held.code)
    }
}

/// An amount from a form.
fn amount(fields: &Fields, name: &str, held: &Held) -> Result<Amount, Refusal> {
    Amount::parse(fields.text(name), held.decimals).map_err(|error| Refusal {
        field: Some(name.into()),
        sentence: error.to_string(),
        ..TreasuryError::AmountUnclear.into()
    })
}

/// The refusal of a check that was made before the act; whatever is broken goes on as it is.
fn refused<T>(result: Result<T, Fault>) -> Result<Result<T, Refusal>, Fault> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(fault) => Err(fault),
    }
}

/// Where to go on: to what was done, or to the proposal that was opened instead.
fn done<T>(visit: &Signed, done: &Done<T>, path: &str, told: &str) -> Answer {
    match done.proposal {
        Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "treasury-proposed"),
        None => visit.done(path, told),
    }
}

fn in_row(ui: &Ui, held: &Held, it: &InLine, with_owner: bool) -> impl Render + use<> {
    let unit = unit(held);
    let title = if with_owner { it.owner.name.clone() } else { ui.t(&format!("treasury-in-by-{}", it.how)) };
    let tone = match it.state.as_str() {
        "arrived" => Tone::Good,
        "waiting" if it.late => Tone::Warn,
        _ => Tone::Info,
    };
    let state = if it.late && it.state == "waiting" { "late" } else { it.state.as_str() };
    row(title)
        .href(format!("/treasury/pay-ins/{}", it.id))
        .lead(icon(ui, if it.how == "cash" { "hand-coins" } else { "download" }))
        .note(html! {
            (badge_tone(tone, &ui.t(&format!("treasury-in-{state}")))) " " (ago(ui, it.asked))
            @if with_owner { " \u{b7} " (ui.t(&format!("treasury-in-by-{}", it.how))) }
        })
        .end(money(it.arrived.unwrap_or(it.amount), &unit))
}

fn out_row(ui: &Ui, held: &Held, it: &OutLine, with_owner: bool) -> impl Render + use<> {
    let unit = unit(held);
    let title = if with_owner { it.owner.name.clone() } else { to_whom(ui, it) };
    let tone = match it.state.as_str() {
        "sent" => Tone::Good,
        "refused" | "expired" => Tone::Warn,
        _ => Tone::Info,
    };
    row(title)
        .href(format!("/treasury/pay-outs/{}", it.id))
        .lead(icon(ui, "upload"))
        .note(html! {
            (badge_tone(tone, &ui.t(&format!("treasury-out-{}", it.state)))) " " (ago(ui, it.asked))
            @if with_owner { " \u{b7} " (to_whom(ui, it)) }
        })
        .end(money(it.amount, &unit))
}

fn to_whom(ui: &Ui, it: &OutLine) -> String {
    if it.card {
        ui.t("treasury-to-card")
    } else {
        ui.t_with(
            "treasury-to-account",
            &[("payee", it.payee.as_str().into()), ("tail", it.tail.as_str().into())],
        )
    }
}

/// A bank account, each part to be copied.
fn bank_facts(ui: &Ui, bank: &crate::bank::details::BankDetails) -> Vec<(String, Markup)> {
    let parts = [
        ("treasury-account-name", bank.account_name.clone()),
        ("treasury-iban", bank.iban_in_groups()),
        ("treasury-bic", bank.bic.clone()),
        ("treasury-sort-code", pairs(&bank.sort_code)),
        ("treasury-account-number", bank.account_number.clone()),
    ];
    let said = parts.into_iter().filter(|(_, value)| !value.is_empty());
    said.map(|(key, value)| (ui.t(key), copy(ui, &value))).collect()
}

/// A sort code as it is printed: `60-16-13`.
fn pairs(digits: &str) -> String {
    let digits: Vec<char> = digits.chars().collect();
    digits.chunks(2).map(|pair| pair.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A list of names and values.
fn fact_list(parts: Vec<(String, Markup)>) -> Markup {
    html! { dl.facts { @for (name, value) in parts { div { dt { (name) } dd { (value) } } } } }
}
