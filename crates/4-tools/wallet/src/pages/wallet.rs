//! The page of a wallet: balances, bills, what moved last.

use super::bills::bill_row;
use super::payments::{more_ways, show_overview};
use super::rule::{rule_section, rules_of};
use super::{account_card, profile_of, unit};
use crate::views::{Bill, Money, Movement, Overview, OverviewOf, RuleView, Wallet, WalletView};
use axum::extract::Query;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};
use planet_ledger::CurrencyKind;

pub(super) async fn wallet_page(visit: Signed, Query(query): Query<Wallet>) -> Answer {
    let over = visit.view(OverviewOf { of: query.of.clone() }).await?;
    let view = visit.view(query).await?;
    let rules = rules_of(&visit, &view).await?;
    visit.page(show_wallet(&visit.ui, &view, &over, &rules))
}

fn show_wallet(ui: &Ui, view: &WalletView, over: &Overview, rules: &[RuleView]) -> Markup {
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
        p { a href={ "/wallet/limits?of=" (view.owner.handle) } { (ui.t("wallet-limits")) } }
        (show_overview(ui, view, over))
        @for rule in rules { (rule_section(ui, rule, rules.len() > 1)) }
        @if view.own { p { a href="/treasury" { (ui.t("wallet-treasury")) } } }
        @if !view.own && view.may_pay {
            @for it in view.balances.iter().filter(|it| it.money.kind == CurrencyKind::Conventional) {
                p { a href={ "/treasury/" (it.money.code) (of) } { (ui.t_with("wallet-treasury-of", &[("money", it.money.name.as_str().into())])) } }
            }
        }
        @if view.own { p { a href="/wallet/crypto" { (ui.t("wallet-crypto")) } } }
        @if !open.is_empty() { (section(&ui.t("wallet-bills-open"), html! {}, list(open.into_iter().map(|bill| bill_row(ui, bill, view.owner.id))))) }
        (section(&ui.t("wallet-latest"), html! { a href={ "/wallet/statement" (of) } { (ui.t("wallet-statement")) } }, html! {
            @if view.latest.is_empty() {
                (empty(ui, "receipt-text", ui.t("wallet-none"), ui.t("wallet-none-text"))
                    .action(link_button(format!("/wallet/pay{of}"), ui.t("wallet-pay"))))
            } @else if let Some(first) = view.balances.first() {
                (movements(ui, &view.latest, &first.money, &of))
            }
        }))
        @if view.may_pay { (more_ways(ui, view, over)) }
        @if !ended.is_empty() { (section(&ui.t("wallet-bills-ended"), html! {}, list(ended.into_iter().map(|bill| bill_row(ui, bill, view.owner.id))))) }
    })
}

fn movements(ui: &Ui, lines: &[Movement], currency: &Money, of: &str) -> Markup {
    let unit = unit(currency);
    list(lines.iter().map(|line| {
        row(&line.other.name)
            .href(format!("/wallet/transfers/{}{of}", line.transfer))
            .lead(mark(line.other.id.0, Scale::Middle))
            .note(html! { @if !line.memo.is_empty() { (line.memo) " \u{b7} " } (ago(ui, line.at)) })
            .end(money_signed(line.amount, &unit))
    }))
}
