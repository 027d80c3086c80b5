//! What joining costs, told before somebody joins. The room of dues knows; it is asked by name, and a club without it tells nothing.

use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::{Sorry, Visit};
use planet_ontology::units::Amount;
use serde::Deserialize;

/// The part of the terms that somebody wants to know before joining.
#[derive(Deserialize)]
struct Costs {
    terms: Terms,
    money: Money,
    first_shares: Amount,
}

#[derive(Deserialize)]
struct Terms {
    joining_fee: Amount,
    dues: Amount,
    every: String,
}

#[derive(Deserialize)]
struct Money {
    symbol: String,
    decimals: u8,
}

/// What joining costs, in a few lines; nothing where it costs nothing.
pub async fn costs(visit: &Visit) -> Result<Markup, Sorry> {
    let read = visit.desk.corridor().view_named(&visit.viewer, "dues.terms", String::new(), visit.now).await;
    let view = match read {
        Ok(view) => view,
        Err(Fault::Refused(_)) => return Ok(Markup::default()),
        Err(fault) => return Err(fault.into()),
    };
    let told = view.get("in_force").cloned().and_then(|it| serde_json::from_value::<Costs>(it).ok());
    Ok(told.map_or_else(Markup::default, |it| show(&visit.ui, &it)))
}

fn show(ui: &Ui, it: &Costs) -> Markup {
    let unit = Unit { symbol: it.money.symbol.clone(), decimals: it.money.decimals };
    let every = match it.terms.every.as_str() {
        "year" => "membership-costs-year",
        "quarter" => "membership-costs-quarter",
        _ => "membership-costs-month",
    };
    let parts = [
        (it.terms.joining_fee, "membership-costs-fee"),
        (it.first_shares, "membership-costs-shares"),
        (it.terms.dues, every),
    ];
    let parts: Vec<_> = parts.into_iter().filter(|(amount, _)| amount.0 > 0).collect();
    html! {
        @if !parts.is_empty() {
            div.stack {
                h2 { (ui.t("membership-costs")) }
                ul { @for (amount, key) in parts { li { (money(amount, &unit)) " " (ui.t(key)) } } }
                p.note { a href="/membership/dues" { (ui.t("membership-costs-all")) } }
            }
        }
    }
}
