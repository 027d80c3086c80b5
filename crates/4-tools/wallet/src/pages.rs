//! The pages of the wallet.

use crate::acts::MAX_MEMO;
use crate::acts::pay::Pay;
use crate::acts::request::{ApproveRequest, CancelRequest, DeclineRequest, Request};
use crate::views::{
    Balance, Bill, Money, Movement, PAGE, Party, Payees, Requests, Statement, StatementView, Wallet,
    WalletView,
};
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use axum::{Json, Router};
use planet_corridor::agents;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Fields, Signed};
use planet_ontology::ids::{AgentId, RequestId};
use planet_ontology::units::Amount;
use serde::Deserialize;
use serde_json::json;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/wallet", get(wallet_page))
        .route("/wallet/statement", get(statement_page))
        .route("/wallet/pay", get(pay_page).post(pay))
        .route("/wallet/request", get(request_page).post(request))
        .route("/wallet/receive", get(receive_page))
        .route("/wallet/requests/{id}", get(bill_page))
        .route("/wallet/requests/{id}/approve", post(approve))
        .route("/wallet/requests/{id}/decline", post(decline))
        .route("/wallet/requests/{id}/cancel", post(cancel))
        .route("/wallet/payees", get(payees))
        .route("/pay/{handle}", get(pay_link))
}

fn unit(money: &Money) -> Unit {
    Unit { symbol: money.symbol.clone(), decimals: money.decimals }
}

async fn wallet_page(visit: Signed, Query(query): Query<Wallet>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show_wallet(&visit.ui, &view))
}

fn show_wallet(ui: &Ui, view: &WalletView) -> Markup {
    let of = if view.own { String::new() } else { format!("?of={}", view.owner.handle) };
    let title = if view.own {
        ui.t("wallet-title")
    } else {
        ui.t_with("wallet-of", &[("name", view.owner.name.as_str().into())])
    };
    let actions = html! {
        @if view.may_pay {
            (link_button(format!("/wallet/pay{of}"), ui.t("wallet-pay")).primary().icon(ui, "send"))
            (link_button(format!("/wallet/request{of}"), ui.t("wallet-request")).icon(ui, "receipt-text"))
            (link_button(format!("/wallet/receive{of}"), ui.t("wallet-receive")).icon(ui, "qr-code"))
        }
    };
    let (open, ended): (Vec<&Bill>, Vec<&Bill>) = view.bills.iter().partition(|bill| bill.state == "open");
    let page = Page::new(ui, title).section("wallet").actions(actions);
    let page = if view.own { page } else { page.back(profile_of(&view.owner), &view.owner.name) };
    page.show(html! {
        @for it in &view.balances { (account_card(ui, it)) }
        @if !open.is_empty() { (section(&ui.t("wallet-bills-open"), html! {}, list(open.into_iter().map(|bill| bill_row(ui, bill, view.owner.id))))) }
        (section(&ui.t("wallet-latest"), html! { a href={ "/wallet/statement" (of) } { (ui.t("wallet-statement")) } }, html! {
            @if view.latest.is_empty() {
                (empty(ui, "receipt-text", ui.t("wallet-none"), ui.t("wallet-none-text"))
                    .action(link_button(format!("/wallet/pay{of}"), ui.t("wallet-pay"))))
            } @else if let Some(first) = view.balances.first() {
                (movements(ui, &view.latest, &first.money))
            }
        }))
        @if !ended.is_empty() { (section(&ui.t("wallet-bills-ended"), html! {}, list(ended.into_iter().map(|bill| bill_row(ui, bill, view.owner.id))))) }
    })
}

fn account_card(ui: &Ui, it: &Balance) -> Markup {
    let unit = unit(&it.money);
    let description = ui.t_with(
        "wallet-meter",
        &[
            ("balance", it.balance.show(unit.decimals).into()),
            ("min", it.min.show(unit.decimals).into()),
            ("max", it.max.show(unit.decimals).into()),
        ],
    );
    card(html! {
        p.note { (it.money.name) }
        (balance(it.balance, &unit))
        (meter(it.balance.0, it.min.0, it.max.0, description).ends(money(it.min, &unit), money(it.max, &unit)))
        p.note { @if it.balance.0 < 0 { (ui.t("wallet-below")) } @else { (ui.t("wallet-limits-note")) } }
    })
}

fn movements(ui: &Ui, lines: &[Movement], currency: &Money) -> Markup {
    let unit = unit(currency);
    list(lines.iter().map(|line| {
        row(&line.other.name)
            .href(profile_of(&line.other))
            .lead(mark(line.other.id.0, Scale::Middle))
            .note(html! { @if !line.memo.is_empty() { (line.memo) " \u{b7} " } (ago(ui, line.at)) })
            .end(money_signed(line.amount, &unit))
    }))
}

fn profile_of(party: &Party) -> String {
    let folder = if party.kind == "group" { "groups" } else { "people" };
    format!("/{folder}/{}", party.handle)
}

fn bill_row(ui: &Ui, bill: &Bill, owner: AgentId) -> impl Render + use<> {
    let incoming = bill.payer.id == owner;
    let other = if incoming { &bill.payee } else { &bill.payer };
    let key = if incoming { "wallet-bill-from" } else { "wallet-bill-to" };
    row(ui.t_with(key, &[("name", other.name.as_str().into())]))
        .href(format!("/wallet/requests/{}", bill.id))
        .lead(mark(other.id.0, Scale::Middle))
        .note(html! { @if !bill.memo.is_empty() { (bill.memo) " \u{b7} " } (ui.t(&format!("wallet-bill-{}", bill.state))) })
        .end(money(bill.amount, &unit(&bill.money)))
}

async fn statement_page(visit: Signed, Query(query): Query<Statement>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show_statement(&visit.ui, &view))
}

fn show_statement(ui: &Ui, view: &StatementView) -> Markup {
    let unit = unit(&view.balance.money);
    let lines = view.movements.iter().map(|line| {
        vec![
            date(ui, line.at),
            html! { a href=(profile_of(&line.other)) { (line.other.name) } @if !line.memo.is_empty() { br; span.note { (line.memo) } } },
            money_signed(line.amount, &unit),
            money(line.balance, &unit),
        ]
    });
    let [when, who, amount, balance] =
        ["wallet-when", "wallet-who", "wallet-amount", "wallet-balance"].map(|key| ui.t(key));
    let columns =
        [Column::text(&when), Column::text(&who), Column::number(&amount), Column::number(&balance)];
    let full = i64::try_from(view.movements.len()).is_ok_and(|count| count == PAGE);
    let older = view.movements.last().filter(|_| full).map(|last| {
        format!(
            "/wallet/statement?of={}&account={}&at={}&after={}",
            view.owner.handle, view.balance.account, last.at.0, last.transfer
        )
    });
    Page::new(ui, ui.t("wallet-statement"))
        .section("wallet")
        .back("/wallet", ui.t("wallet-title"))
        .wide()
        .show(html! {
            (account_card(ui, &view.balance))
            @if view.movements.is_empty() {
                (empty(ui, "receipt-text", ui.t("wallet-none"), ui.t("wallet-none-text")))
            } @else {
                (table(&ui.t("wallet-statement"), &columns, lines))
            }
            (pager(ui, None, older.as_deref()))
        })
}

/// What a link or a QR may fill in.
#[derive(Default, Deserialize)]
struct Prefill {
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    to: Option<String>,
    #[serde(default)]
    amount: Option<String>,
    #[serde(default)]
    memo: Option<String>,
}

async fn pay_page(visit: Signed, Query(prefill): Query<Prefill>) -> Answer {
    let view = visit.view(Wallet { of: prefill.of.clone() }).await?;
    let mut filled = prefilled(&visit, &prefill).await?;
    filled.set("from", view.owner.handle.clone());
    visit.page(payment_form(&visit.ui, &view, &filled, &PAY))
}

async fn request_page(visit: Signed, Query(prefill): Query<Prefill>) -> Answer {
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

async fn pay(visit: Signed, fields: Fields) -> Answer {
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
            visit.act(fields.key()?, act).await?.map(|done| done.proposal)
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

async fn request(visit: Signed, fields: Fields) -> Answer {
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
            visit.act(fields.key()?, act).await?
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
async fn receive_page(visit: Signed, Query(prefill): Query<Prefill>) -> Answer {
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
async fn pay_link(_visit: Signed, Path(handle): Path<String>, Query(prefill): Query<Prefill>) -> Answer {
    let amount = plain(prefill.amount.as_deref().unwrap_or_default());
    let memo = plain(prefill.memo.as_deref().unwrap_or_default());
    Ok(Redirect::to(&format!("/wallet/pay?to={}&amount={amount}&memo={memo}", plain(&handle)))
        .into_response())
}

async fn bill_page(visit: Signed, Path(id): Path<RequestId>) -> Answer {
    let bill = the_bill(&visit, id).await?;
    visit.page(show_bill(&visit.ui, &bill, None))
}

async fn the_bill(visit: &Signed, id: RequestId) -> Result<Bill, Fault> {
    let bills = visit.view(Requests { id: Some(id) }).await?;
    bills.into_iter().next().ok_or_else(|| crate::error::WalletError::RequestUnknown.into())
}

fn show_bill(ui: &Ui, bill: &Bill, wrong: Option<&Refusal>) -> Markup {
    let path = |verb: &str| format!("/wallet/requests/{}/{verb}", bill.id);
    Page::new(ui, ui.t("wallet-bill")).section("wallet").back("/wallet", ui.t("wallet-title")).show(html! {
        @if let Some(refusal) = wrong { (notice(ui, Tone::Bad, "", html! { p { (refusal.sentence) } })) }
        (card(html! {
            (balance(bill.amount, &unit(&bill.money)))
            (facts([
                (ui.t("wallet-bill-asks").as_str(), html! { a href=(profile_of(&bill.payee)) { (bill.payee.name) } }),
                (ui.t("wallet-bill-asked").as_str(), html! { a href=(profile_of(&bill.payer)) { (bill.payer.name) } }),
                (ui.t("wallet-memo").as_str(), html! { (bill.memo) }),
                (ui.t("wallet-when").as_str(), date(ui, bill.created)),
                (ui.t("wallet-bill-state").as_str(), html! { (ui.t(&format!("wallet-bill-{}", bill.state))) }),
            ]))
        }))
        div.cluster {
            @if bill.may_answer {
                (act_button(ui, path("approve"), button(ui.t("wallet-bill-pay")).primary()))
                (act_button(ui, path("decline"), button(ui.t("wallet-bill-decline")).quiet()))
            }
            @if bill.may_cancel { (act_button(ui, path("cancel"), button(ui.t("wallet-bill-cancel")).quiet())) }
        }
    })
}

async fn approve(visit: Signed, Path(id): Path<RequestId>, fields: Fields) -> Answer {
    match visit.act(fields.key()?, ApproveRequest { request: id }).await? {
        Ok(_) => visit.done("/wallet", "wallet-paid"),
        Err(refusal) => {
            let bill = the_bill(&visit, id).await?;
            visit.again(&refusal, show_bill(&visit.ui, &bill, Some(&refusal)))
        }
    }
}

async fn decline(visit: Signed, Path(id): Path<RequestId>, fields: Fields) -> Answer {
    visit.act(fields.key()?, DeclineRequest { request: id }).await??;
    visit.done("/wallet", "wallet-declined")
}

async fn cancel(visit: Signed, Path(id): Path<RequestId>, fields: Fields) -> Answer {
    visit.act(fields.key()?, CancelRequest { request: id }).await??;
    visit.done("/wallet", "wallet-cancelled")
}

async fn payees(visit: Signed, Query(query): Query<Payees>) -> Answer {
    let found = visit.view(query).await?;
    let items: Vec<_> = found
        .iter()
        .map(|party| json!({ "id": party.id, "label": party.name, "hint": format!("@{}", party.handle) }))
        .collect();
    Ok(Json(json!({ "items": items })).into_response())
}
