//! The pages of currencies, a file for each part. Here are the routes, and what the pages share.

mod design;
mod ending;
mod form;
mod health;
mod list;
mod one;
mod rates;
mod trade;
mod words;

use crate::error::CurrencyError;
use crate::views::{Money, Party};
use axum::Router;
use axum::routing::{get, post};
use planet_corridor::agents;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Desk, Fields, Signed};
use planet_ontology::ids::AgentId;
use planet_ontology::units::{Amount, Moment};

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/currencies", get(list::list_page))
        .route("/currencies/new", get(design::new_page).post(design::make))
        .route("/currencies/{code}", get(one::currency_page))
        .route("/currencies/{code}/terms/{version}", get(one::terms_page))
        .route("/currencies/{code}/health", get(health::health_page))
        .route("/currencies/{code}/hold", post(trade::hold))
        .route("/currencies/{code}/buy", get(trade::buy_page).post(trade::buy))
        .route("/currencies/{code}/spend", get(trade::spend_page).post(trade::spend))
        .route("/currencies/{code}/back", post(trade::give_back))
        .route("/currencies/{code}/issue", get(trade::issue_page).post(trade::issue))
        .route("/currencies/{code}/ask", get(trade::ask_page).post(trade::ask))
        .route("/currencies/{code}/change", get(ending::change_page).post(ending::change))
        .route("/currencies/{code}/retire", post(ending::retire))
        .route("/currencies/{code}/close", get(ending::close_page).post(ending::close))
        .route("/currencies/{code}/pay-owed", post(ending::pay_owed))
        .route("/rates", get(rates::rates_page).post(rates::post_rate))
        .route("/rates/withdraw", post(rates::withdraw))
        .route("/rates/reference", get(rates::reference_page).post(rates::set_reference))
}

/// How amounts are written.
pub(crate) fn unit(money: &Money) -> Unit {
    Unit { symbol: money.symbol.clone(), decimals: money.decimals }
}

/// The last day on which something holds, given the moment at which that day is over.
fn last_day(ui: &Ui, end: Moment) -> String {
    day(ui, Moment(end.0.saturating_sub(1)))
}

/// Where somebody is shown.
fn profile_of(party: &Party) -> String {
    let folder = if party.kind == "group" { "groups" } else { "people" };
    format!("/{folder}/{}", party.handle)
}

/// Where a currency is shown.
pub(crate) fn path_of(money: &Money) -> String {
    format!("/currencies/{}", money.code)
}

/// Reads an amount in a currency.
fn amount_in(fields: &Fields, name: &str, unit: &Unit) -> Result<Amount, Refusal> {
    let text = fields.text(name);
    Amount::parse(text, unit.decimals)
        .map_err(|error| Refusal::input(name, "amount_unclear", error.to_string()))
}

/// Whom a form means: by id where the script filled it in, otherwise by handle.
async fn whom(visit: &Signed, fields: &Fields) -> Result<AgentId, Fault> {
    if let Ok(id) = fields.text("to_id").parse() {
        return Ok(id);
    }
    let handle = fields.text("to").trim_start_matches('@').to_lowercase();
    let agent = visit.desk.store().read(move |tx| agents::find_by_handle(tx, &handle)).await?;
    Ok(agent.map(|agent| agent.id).ok_or(CurrencyError::HolderUnknown)?)
}

/// A refusal apart, so that a form can show it; anything else goes up.
fn refusal_of<T>(result: Result<T, Fault>) -> Result<Result<T, Refusal>, Fault> {
    match result {
        Ok(value) => Ok(Ok(value)),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(fault) => Err(fault),
    }
}
