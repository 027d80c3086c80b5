//! Paying and asking to be paid: the two forms, which are one, and the code to hold up.

use super::unit;
use crate::acts::MAX_MEMO;
use crate::acts::pay::Pay;
use crate::acts::request::Request;
use crate::views::{Payees, Wallet, WalletView};
use axum::Json;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use planet_corridor::agents;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::AgentId;
use planet_ontology::units::Amount;
use serde::Deserialize;
use serde_json::json;

/// The fields of both forms.
const FIELDS: [&str; 5] = ["to", "to_id", "amount", "memo", "of"];

/// What a link or a QR may fill in.
#[derive(Default, Deserialize)]
pub(super) struct Prefill {
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    amount: Option<String>,
    #[serde(default)]
    memo: Option<String>,
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
    for (name, value) in [("amount", &prefill.amount), ("memo", &prefill.memo)] {
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
    let Some(account) = view.balances.first() else {
        return Page::new(ui, ui.t(direction.title))
            .section("wallet")
            .show(empty(ui, "wallet", ui.t("wallet-empty"), ui.t("wallet-empty-text")).render());
    };
    let unit = unit(&account.money);
    Page::new(ui, ui.t(direction.title)).section("wallet").back("/wallet", ui.t("wallet-title")).lead(ui.t(direction.lead)).show(html! {
        (form(ui, direction.path, html! {
            (suggest(field("to", ui.t(direction.whom)).required().filled(filled), "/wallet/payees", "to_id", filled.value("to_id").unwrap_or_default()))
            (field("amount", ui.t("wallet-amount")).money(&unit).required().filled(filled)
                .hint(ui.t_with("wallet-have", &[("balance", account.balance.show(unit.decimals).into()), ("min", account.min.show(unit.decimals).into())])))
            (field("memo", ui.t("wallet-memo")).limit(MAX_MEMO).optional(ui).filled(filled))
            div.form-end { (button(ui.t(direction.title)).primary()) (link_button("/wallet", ui.t("wallet-back")).quiet()) }
        }).hidden("of", if view.own { "" } else { view.owner.handle.as_str() }).filled(filled))
        (more(ui, &ui.t("wallet-what-negative"), html! { p { (ui.t("wallet-what-negative-text")) } }))
    })
}

/// What the form for a payment or a bill says, in the words of acts.
struct Said {
    other: AgentId,
    amount: Amount,
    memo: String,
    wallet: Option<AgentId>,
}

/// Reads the form. Without the script that fills in ids, the name alone must be enough.
async fn read_form(visit: &Signed, view: &WalletView, fields: &Fields) -> Result<Said, Fault> {
    let decimals = view.balances.first().map_or(0, |balance| balance.money.decimals);
    let amount = Amount::parse(fields.text("amount"), decimals)
        .map_err(|error| Refusal::input("amount", "amount_unclear", error.to_string()))?;
    let other = match fields.text("to_id").parse() {
        Ok(id) => id,
        Err(_) => named(visit, fields.text("to")).await?,
    };
    Ok(Said { other, amount, memo: fields.text("memo").into(), wallet: (!view.own).then_some(view.owner.id) })
}

/// The one agent of this name or handle.
async fn named(visit: &Signed, name: &str) -> Result<AgentId, Fault> {
    let name = name.trim_start_matches('@').to_lowercase();
    let found = visit.view(Payees { q: name.clone() }).await?;
    let mut same = found.iter().filter(|party| party.handle == name || party.name.to_lowercase() == name);
    match (same.next(), same.next()) {
        (Some(party), None) => Ok(party.id),
        (None, _) => {
            Err(Refusal::input("to", "payee_unknown", "There is nobody here by that name who can be paid.")
                .into())
        }
        _ => Err(Refusal::input(
            "to",
            "payee_unclear",
            "Several people here have this name. Write the handle, such as @rosa.",
        )
        .into()),
    }
}

pub(super) async fn pay(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&FIELDS)?;
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    let result = match read_form(&visit, &view, &fields).await {
        Ok(said) => {
            let act = Pay {
                to: said.other,
                amount: said.amount,
                memo: said.memo,
                from: said.wallet,
                currency: None,
            };
            visit.act(key, act).await?.map(|done| done.proposal)
        }
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault.into()),
    };
    match result {
        Ok(None) => visit.done(&wallet_path(&view), "wallet-paid"),
        Ok(Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "wallet-proposed"),
        Err(refusal) => visit.again(&refusal, payment_form(&visit.ui, &view, &fields.filled(&refusal), &PAY)),
    }
}

pub(super) async fn request(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&FIELDS)?;
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    let result = match read_form(&visit, &view, &fields).await {
        Ok(said) => {
            let act = Request {
                from: said.other,
                amount: said.amount,
                memo: said.memo,
                to: said.wallet,
                currency: None,
            };
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

fn wallet_path(view: &WalletView) -> String {
    if view.own { "/wallet".into() } else { format!("/wallet?of={}", view.owner.handle) }
}

/// A QR to hold up: whoever scans it gets the payment form filled in.
pub(super) async fn receive_page(visit: Signed, Query(prefill): Query<Prefill>) -> Answer {
    let view = visit.view(Wallet { of: prefill.of.clone() }).await?;
    let ui = &visit.ui;
    let query: Vec<String> = [("amount", &prefill.amount), ("memo", &prefill.memo)]
        .into_iter()
        .filter_map(|(name, value)| {
            Some(format!("{name}={}", plain(value.as_deref().filter(|text| !text.is_empty())?)))
        })
        .collect();
    let mut link = visit.desk.origin().link(&format!("/pay/{}", view.owner.handle));
    if !query.is_empty() {
        link = format!("{link}?{}", query.join("&"));
    }
    let filled = Filled::new(
        [("amount", prefill.amount), ("memo", prefill.memo)]
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?))),
    );
    visit.page(Page::new(ui, ui.t("wallet-receive")).section("wallet").back("/wallet", ui.t("wallet-title")).lead(ui.t("wallet-receive-lead")).show(html! {
        (card(html! {
            (qr(&link, &ui.t("wallet-receive")))
            (copy(ui, &link))
        }))
        (form(ui, "/wallet/receive", html! {
            @if let Some(account) = view.balances.first() {
                (field("amount", ui.t("wallet-amount")).money(&unit(&account.money)).optional(ui).filled(&filled))
            }
            (field("memo", ui.t("wallet-memo")).limit(MAX_MEMO).optional(ui).filled(&filled))
            div.form-end { (button(ui.t("wallet-make-code"))) }
        }).get().hidden("of", if view.own { "" } else { view.owner.handle.as_str() }))
    }))
}

/// A text as it may stand in an address.
fn plain(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

/// Where the QR leads: the payment form, filled in.
pub(super) async fn pay_link(
    _visit: Signed,
    Path(handle): Path<String>,
    Query(prefill): Query<Prefill>,
) -> Answer {
    let amount = plain(prefill.amount.as_deref().unwrap_or_default());
    let memo = plain(prefill.memo.as_deref().unwrap_or_default());
    Ok(Redirect::to(&format!("/wallet/pay?to={}&amount={amount}&memo={memo}", plain(&handle)))
        .into_response())
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
