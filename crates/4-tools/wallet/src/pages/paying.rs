//! Paying and asking to be paid: the two forms, which are one.

use super::payments::{
    account_choice, amount_field, amount_of, chosen, of_act, of_field, proposed, wallet_path, whom,
    without_account,
};
use super::rule::say_first;
use super::unit;
use crate::acts::MAX_MEMO;
use crate::acts::pay::Pay;
use crate::acts::request::Request;
use crate::views::{Money, Payees, Quote, Quoted, Wallet, WalletView};
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, in_query};
use planet_ontology::ids::AgentId;
use planet_ontology::units::Amount;
use serde::Deserialize;
use serde_json::json;

/// The fields of both forms.
pub(super) const FIELDS: [&str; 7] = ["to", "to_id", "amount", "memo", "of", "currency", "sure"];

/// What a link or a QR may fill in.
#[derive(Default, Deserialize)]
pub(super) struct Prefill {
    #[serde(default)]
    pub of: Option<String>,
    #[serde(default)]
    pub to: Option<String>,
    #[serde(default)]
    pub amount: Option<String>,
    #[serde(default)]
    pub memo: Option<String>,
    #[serde(default)]
    pub currency: Option<String>,
}

pub(super) async fn pay_page(visit: Signed, Query(prefill): Query<Prefill>) -> Answer {
    let view = visit.view(Wallet { of: prefill.of.clone() }).await?;
    let mut filled = prefilled(&visit, &prefill).await?;
    filled.set("from", view.owner.handle.clone());
    visit.page(payment_form(&visit.ui, &view, &filled, &PAY))
}

pub(super) async fn request_page(visit: Signed, Query(prefill): Query<Prefill>) -> Answer {
    let view = visit.view(Wallet { of: prefill.of.clone() }).await?;
    let mut filled = prefilled(&visit, &prefill).await?;
    filled.set("from", view.owner.handle.clone());
    visit.page(payment_form(&visit.ui, &view, &filled, &REQUEST))
}

async fn prefilled(visit: &Signed, prefill: &Prefill) -> Result<Filled, Fault> {
    let mut filled = Filled::default();
    if let Some(handle) = prefill.to.clone() {
        let party = visit.desk.store().read(move |tx| agents::find_by_handle(tx, &handle)).await?;
        if let Some(agent) = party {
            filled.set("to", agent.name);
            filled.set("to_id", agent.id.to_string());
        }
    }
    for (name, value) in
        [("amount", &prefill.amount), ("memo", &prefill.memo), ("currency", &prefill.currency)]
    {
        if let Some(value) = value {
            filled.set(name, value.clone());
        }
    }
    Ok(filled)
}

/// Where paying and asking differ.
struct Direction {
    path: &'static str,
    title: &'static str,
    lead: &'static str,
    whom: &'static str,
}

const PAY: Direction =
    Direction { path: "/wallet/pay", title: "wallet-pay", lead: "wallet-pay-lead", whom: "wallet-to" };
const REQUEST: Direction = Direction {
    path: "/wallet/request",
    title: "wallet-request",
    lead: "wallet-request-lead",
    whom: "wallet-from",
};

fn payment_form(ui: &Ui, view: &WalletView, filled: &Filled, direction: &Direction) -> Markup {
    if view.balances.is_empty() {
        return without_account(ui, direction.title);
    }
    let missing = filled.value("currency").filter(|code| !code.is_empty() && chosen(view, code).is_err());
    Page::new(ui, ui.t(direction.title)).section("wallet").back(wallet_path(view), ui.t("wallet-title")).lead(ui.t(direction.lead)).show(html! {
        @if let Some(code) = missing {
            (notice(ui, Tone::Warn, "", html! { p { (ui.t_with("wallet-not-held", &[("code", code.into())])) } }))
        }
        (form(ui, direction.path, html! {
            (suggest(field("to", ui.t(direction.whom)).required().filled(filled), "/wallet/payees", "to_id", filled.value("to_id").unwrap_or_default()))
            (account_choice(ui, view, filled))
            (amount_field(ui, view, filled).required())
            (field("memo", ui.t("wallet-memo")).limit(MAX_MEMO).optional(ui).filled(filled))
            div.form-end { (button(ui.t(direction.title)).primary()) (link_button(wallet_path(view), ui.t("wallet-back")).quiet()) }
        }).hidden("of", of_field(view)).filled(filled))
        (more(ui, &ui.t("wallet-what-negative"), html! { p { (ui.t("wallet-what-negative-text")) } }))
    })
}

/// What the form for a payment or a bill says, in the words of acts.
struct Said {
    other: AgentId,
    amount: Amount,
    memo: String,
    wallet: Option<AgentId>,
    money: Money,
}

async fn read_form(visit: &Signed, view: &WalletView, fields: &Fields) -> Result<Said, Fault> {
    let money = chosen(view, fields.text("currency"))?.money.clone();
    let amount = amount_of(fields.text("amount"), &money)?;
    let other = whom(visit, fields).await?;
    Ok(Said { other, amount, memo: fields.text("memo").into(), wallet: of_act(view), money })
}

pub(super) async fn pay(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&[&FIELDS[..], &["understood"]].concat())?;
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    let said = match read_form(&visit, &view, &fields).await {
        Ok(said) => said,
        Err(Fault::Refused(refusal)) => {
            return visit.again(&refusal, payment_form(&visit.ui, &view, &fields.filled(&refusal), &PAY));
        }
        Err(fault) => return Err(fault.into()),
    };
    let Said { other: to, amount, memo, wallet: from, money } = said;
    // What is added is shown before it is paid; where nothing is, paying takes one step.
    if money.levy > 0 && amount.0 > 0 && !fields.ticked("sure") {
        let quoted = visit.view(Quote { to, amount: amount.0, from, currency: Some(money.id) }).await?;
        if quoted.levy.0 > 0 {
            return visit.page(show_levy(&visit.ui, &view, &fields, &money, quoted));
        }
    }
    let act = Pay { to, amount, memo, from, currency: Some(money.id) };
    if let Some(before) = say_first(&visit, &view, &act, &money, &fields).await? {
        return Ok(before);
    }
    match visit.act(key, act).await? {
        Ok(done) => match proposed(&done) {
            Some(path) => visit.done(&path, "wallet-proposed"),
            None if done.output.is_some_and(|paid| paid.soft_limit_passed) => {
                visit.done(&wallet_path(&view), "wallet-paid-warned")
            }
            None => visit.done(&wallet_path(&view), "wallet-paid"),
        },
        Err(refusal) => visit.again(&refusal, payment_form(&visit.ui, &view, &fields.filled(&refusal), &PAY)),
    }
}

/// What a payment costs where something is added for the commons, before it is sent.
fn show_levy(ui: &Ui, view: &WalletView, fields: &Fields, currency: &Money, quoted: Quoted) -> Markup {
    let unit = unit(currency);
    let mut again = form(
        ui,
        "/wallet/pay",
        html! {
            div.form-end { (button(ui.t("wallet-pay")).primary().icon(ui, "send")) (link_button(wallet_path(view), ui.t("wallet-back")).quiet()) }
        },
    );
    for name in ["of", "to", "to_id", "amount", "memo", "currency"] {
        again = again.hidden(name, fields.text(name));
    }
    Page::new(ui, ui.t("wallet-levy-title")).section("wallet").back(wallet_path(view), ui.t("wallet-title")).lead(ui.t_with("wallet-levy-lead", &[("name", fields.text("to").into())])).show(html! {
        (card(html! {
            (balance(quoted.total, &unit))
            (facts([
                (ui.t("wallet-levy-amount").as_str(), money(quoted.amount, &unit)),
                (ui.t("wallet-plus").as_str(), html! { (money(quoted.levy, &unit)) " " (ui.t("wallet-for-commons")) }),
            ]))
        }))
        (again.hidden("sure", "yes"))
    })
}

pub(super) async fn request(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&FIELDS)?;
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    let result = match read_form(&visit, &view, &fields).await {
        Ok(Said { other, amount, memo, wallet, money }) => {
            let act = Request { from: other, amount, memo, to: wallet, currency: Some(money.id) };
            visit.act(key, act).await?
        }
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault.into()),
    };
    match result {
        Ok(_) => visit.done(&wallet_path(&view), "wallet-requested"),
        Err(refusal) => {
            visit.again(&refusal, payment_form(&visit.ui, &view, &fields.filled(&refusal), &REQUEST))
        }
    }
}

/// Where the QR leads: the payment form, filled in.
pub(super) async fn pay_link(
    _visit: Signed,
    Path(handle): Path<String>,
    Query(prefill): Query<Prefill>,
) -> Answer {
    let mut path = format!("/wallet/pay?to={}", in_query(&handle));
    for (name, value) in [("amount", prefill.amount), ("memo", prefill.memo), ("currency", prefill.currency)]
    {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            path = format!("{path}&{name}={}", in_query(&value));
        }
    }
    Ok(Redirect::to(&path).into_response())
}

/// Suggestions while a name is typed.
pub(super) async fn payees(visit: Signed, Query(query): Query<Payees>) -> Answer {
    let found = visit.view(query).await?;
    let items: Vec<_> = found
        .iter()
        .map(|party| json!({ "id": party.id, "label": party.name, "hint": format!("@{}", party.handle) }))
        .collect();
    Ok(Json(json!({ "items": items })).into_response())
}
