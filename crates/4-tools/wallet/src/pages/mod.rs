//! The pages of the wallet, a file for each screen. Here are the routes, and what the screens share.

mod bills;
mod export;
mod limits;
mod paying;
mod payments;
mod proof;
mod rule;
mod statement;
mod transfer;
mod wallet;

use crate::views::{Balance, Money, Party};
use axum::Router;
use axum::routing::{get, post};
use planet_kit::prelude::*;
use planet_kit::web::Desk;
use planet_ledger::CurrencyKind;
use planet_ontology::units::Moment;
use planet_purse::WIDEST;

/// The routes of this room.
pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/wallet", get(wallet::wallet_page))
        .route("/wallet/statement", get(statement::statement_page))
        .route("/wallet/export", get(export::export))
        .route("/wallet/transfers/{id}", get(transfer::transfer_page).post(transfer::annotate))
        .route("/wallet/transfers/{id}/files", post(transfer::attach))
        .route("/wallet/transfers/{id}/proof", get(proof::proof_page))
        .route("/wallet/transfers/{id}/receipt.json", get(proof::download))
        .route("/wallet/files/{id}", get(transfer::file))
        .route("/wallet/files/{id}/remove", post(transfer::detach))
        .route("/receipts", get(proof::paper))
        .route("/wallet/pay", get(paying::pay_page).post(paying::pay))
        .route("/wallet/request", get(paying::request_page).post(paying::request))
        .route("/wallet/rule", get(rule::rule_page).post(rule::set_rule))
        .route("/wallet/limits", get(limits::limits_page).post(limits::set_limits))
        .route("/wallet/about-balance", get(limits::about_balance))
        .route("/wallet/requests/{id}", get(bills::bill_page))
        .route("/wallet/requests/{id}/approve", post(bills::approve))
        .route("/wallet/requests/{id}/decline", post(bills::decline))
        .route("/wallet/requests/{id}/cancel", post(bills::cancel))
        .route("/wallet/payees", get(paying::payees))
        .route("/pay/{handle}", get(paying::pay_link))
        .merge(payments::routes())
}

fn unit(money: &Money) -> Unit {
    Unit { symbol: money.symbol.clone(), decimals: money.decimals }
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
    // Whoever holds a voucher never goes below zero, and nothing else bounds what they have; nothing bounds a commons either.
    let bounded = it.money.kind != CurrencyKind::Voucher && it.max < WIDEST;
    card(html! {
        p.note { (with_icon(ui, payments::kind_icon(it.money.kind), &it.money.name)) }
        (balance(it.balance, &unit))
        @if bounded {
            (meter(it.balance.0, it.min.0, it.max.0, description).ends(money(it.min, &unit), money(it.max, &unit)))
            @if it.warned { (warning(ui, it)) }
            p.note {
                @if it.balance.0 < 0 { (ui.t("wallet-below")) " " a href="/wallet/about-balance" { (ui.t("wallet-below-more")) } }
                @else { (ui.t("wallet-limits-note")) }
            }
        }
        (made_by_a_group(ui, it, &unit))
    })
}

/// What an account that has passed a soft limit says: nothing is refused yet, and what to do.
fn warning(ui: &Ui, it: &Balance) -> Markup {
    let (key, limit) =
        if it.balance.0 < 0 { ("wallet-warned-low", it.min) } else { ("wallet-warned-high", it.max) };
    let text = ui.t_with(key, &[("limit", limit.show(it.money.decimals).into())]);
    notice(ui, Tone::Warn, &ui.t("wallet-warned"), html! { p { (text) } })
}

/// What a currency that a group made has to tell: what ends next, hours that were given, and where its terms are.
fn made_by_a_group(ui: &Ui, it: &Balance, unit: &Unit) -> Markup {
    html! {
        @if let Some(lot) = &it.ending {
            // A lot ends with its day, so its last day is the one before that moment.
            p.note { (money(lot.amount, unit)) " " (ui.t("wallet-ends-next")) " " (day(ui, Moment(lot.expires.0.saturating_sub(1)))) }
        }
        @if let Some(given) = it.given {
            p.note { (with_icon(ui, "badge-check", &ui.t("wallet-given"))) " " (money(given, unit)) }
        }
        @if it.terms { p { a href={ "/currencies/" (it.money.code) } { (ui.t("wallet-terms")) } } }
    }
}

fn profile_of(party: &Party) -> String {
    let folder = if party.kind == "group" { "groups" } else { "people" };
    format!("/{folder}/{}", party.handle)
}

/// The query that says which wallet is meant: nothing for one's own.
fn of(party: &Party, own: bool) -> String {
    if own { String::new() } else { format!("?of={}", party.handle) }
}
