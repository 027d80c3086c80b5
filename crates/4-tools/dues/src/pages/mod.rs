//! The pages of this room, a file for each screen. Here are the routes, and what the screens share.

mod desk;
mod dues;
mod register;
mod relief;
mod shares;
mod terms;

use crate::error::DuesError;
use crate::views::Money;
use axum::Router;
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk};
use planet_ontology::ids::CurrencyId;
use planet_ontology::units::Amount;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/membership", get(home))
        .route("/membership/dues", get(dues::page))
        .route("/membership/dues/choose", post(dues::choose))
        .route("/membership/dues/change", get(terms::page).post(terms::propose))
        .route("/membership/dues/ask", get(relief::page).post(relief::ask))
        .route("/membership/dues/requests/{id}/withdraw", post(relief::withdraw))
        .route("/membership/dues/{id}/pay", post(dues::pay))
        .route("/membership/shares", get(shares::page))
        .route("/membership/shares/buy", post(shares::buy))
        .route("/membership/shares/back", post(shares::back))
        .route("/membership/shares/repayments/{id}/keep", post(shares::keep))
        .route("/membership/shares/certificate", get(shares::certificate))
        .route("/membership/register", get(register::page))
        .route("/membership/register/copy", post(register::copy_of))
        .route("/membership/register/{handle}", get(register::entry))
        .route("/membership/desk", get(desk::page))
        .route("/membership/desk/copy", get(desk::copy_of))
        .route("/membership/desk/requests/{id}", post(desk::answer))
        .route("/membership/desk/repayments/{id}", post(desk::repay))
        .route("/membership/desk/{id}/waive", post(desk::waive))
}

async fn home() -> Answer {
    Ok(Redirect::to("/membership/dues").into_response())
}

/// How amounts of a currency are written.
fn unit(moneys: &[Money], id: CurrencyId) -> Unit {
    moneys.iter().find(|it| it.id == id).map_or(Unit { symbol: String::new(), decimals: 0 }, |it| Unit {
        symbol: it.symbol.clone(),
        decimals: it.decimals,
    })
}

/// An amount from a form; nothing where it is empty.
fn amount(text: &str, field: &str, money: &Money) -> Result<Amount, Refusal> {
    if text.is_empty() {
        return Ok(Amount(0));
    }
    Amount::parse(text, money.decimals).map_err(|error| Refusal {
        field: Some(field.into()),
        sentence: error.to_string(),
        ..DuesError::AmountUnclear.into()
    })
}

/// What is owed, in words: the joining fee, or the dues from a day on.
fn what(ui: &Ui, kind: &str, period: &str) -> String {
    match planet_ontology::units::Moment::of_day(period) {
        Some(from) if kind == "dues" => ui.t_with("dues-of-period", &[("day", day(ui, from).into())]),
        _ => ui.t("dues-joining-fee"),
    }
}

/// What became of it: a word, and how it looks.
fn state_badge(ui: &Ui, state: &str, late: bool) -> Markup {
    let (tone, key) = match state {
        "paid" => (Tone::Good, "dues-state-paid"),
        "waived" => (Tone::Info, "dues-state-waived"),
        "set_off" => (Tone::Info, "dues-state-set-off"),
        _ if late => (Tone::Warn, "dues-state-late"),
        _ => (Tone::Info, "dues-state-owed"),
    };
    badge_tone(tone, &ui.t(key))
}
