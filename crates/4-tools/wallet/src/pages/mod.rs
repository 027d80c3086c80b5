//! The pages of the wallet: balances, statement, and whom one can pay. Paying and bills have files of their own.

mod bills;
mod paying;

use crate::views::{
    Balance, Bill, Money, Movement, PAGE, Party, Payees, Statement, StatementView, Wallet, WalletView,
};
use axum::extract::Query;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Desk, Signed};
use planet_ontology::ids::AgentId;
use serde_json::json;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/wallet", get(wallet_page))
        .route("/wallet/statement", get(statement_page))
        .route("/wallet/pay", get(paying::pay_page).post(paying::pay))
        .route("/wallet/request", get(paying::request_page).post(paying::request))
        .route("/wallet/receive", get(paying::receive_page))
        .route("/wallet/requests/{id}", get(bills::bill_page))
        .route("/wallet/requests/{id}/approve", post(bills::approve))
        .route("/wallet/requests/{id}/decline", post(bills::decline))
        .route("/wallet/requests/{id}/cancel", post(bills::cancel))
        .route("/wallet/payees", get(payees))
        .route("/pay/{handle}", get(paying::pay_link))
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

async fn payees(visit: Signed, Query(query): Query<Payees>) -> Answer {
    let found = visit.view(query).await?;
    let items: Vec<_> = found
        .iter()
        .map(|party| json!({ "id": party.id, "label": party.name, "hint": format!("@{}", party.handle) }))
        .collect();
    Ok(Json(json!({ "items": items })).into_response())
}
