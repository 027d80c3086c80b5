//! Being paid in person: a code to hold up, and a card for the counter. Whoever scans it gets the payment form filled in.

use super::super::paying::Prefill;
use super::super::unit;
use super::{account_choice, chosen, of_field, wallet_path, without_account};
use crate::acts::MAX_MEMO;
use crate::views::{Wallet, WalletView};
use axum::extract::Query;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed, in_query};

/// The address that a code leads to.
fn address(visit: &Signed, view: &WalletView, prefill: &Prefill) -> String {
    let code = prefill
        .currency
        .as_deref()
        .filter(|code| view.balances.first().is_some_and(|it| it.money.code != *code));
    let asked =
        [("amount", prefill.amount.as_deref()), ("memo", prefill.memo.as_deref()), ("currency", code)];
    let query: Vec<String> = asked
        .into_iter()
        .filter_map(|(name, value)| {
            Some(format!("{name}={}", in_query(value.filter(|text| !text.is_empty())?)))
        })
        .collect();
    let link = visit.desk.origin().link(&format!("/pay/{}", view.owner.handle));
    if query.is_empty() { link } else { format!("{link}?{}", query.join("&")) }
}

/// What was asked for, as the form shows it again.
fn filled(prefill: &Prefill) -> Filled {
    let asked = [("amount", &prefill.amount), ("memo", &prefill.memo), ("currency", &prefill.currency)];
    Filled::new(asked.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value.clone()?))))
}

pub(super) async fn page(visit: Signed, Query(prefill): Query<Prefill>) -> Answer {
    let view = visit.view(Wallet { of: prefill.of.clone() }).await?;
    let ui = &visit.ui;
    let link = address(&visit, &view, &prefill);
    let filled = filled(&prefill);
    let amount = field("amount", ui.t("wallet-amount")).optional(ui).filled(&filled);
    let amount = match view.balances.as_slice() {
        [only] => amount.money(&unit(&only.money)),
        _ => amount.short().with("inputmode", "decimal"),
    };
    let card_link = format!(
        "/wallet/card?of={}&currency={}",
        in_query(of_field(&view)),
        in_query(prefill.currency.as_deref().unwrap_or_default())
    );
    visit.page(Page::new(ui, ui.t("wallet-receive")).section("wallet").back(wallet_path(&view), ui.t("wallet-title")).lead(ui.t("wallet-receive-lead")).show(html! {
        (card(html! {
            (qr(&link, &ui.t("wallet-receive")))
            @if let (Some(asked), Ok(account)) = (prefill.amount.as_deref().filter(|it| !it.is_empty()), chosen(&view, prefill.currency.as_deref().unwrap_or_default())) {
                @if let Ok(asked) = crate::lists::amount(asked, account.money.decimals) { p.money-balance { (money(asked, &unit(&account.money))) } }
            }
            (copy(ui, &link))
        }))
        (form(ui, "/wallet/receive", html! {
            (account_choice(ui, &view, &filled))
            (amount)
            (field("memo", ui.t("wallet-memo")).limit(MAX_MEMO).optional(ui).filled(&filled))
            div.form-end { (button(ui.t("wallet-make-code"))) (link_button(card_link, ui.t("wallet-card")).quiet().icon(ui, "printer")) }
        }).get().hidden("of", of_field(&view)))
    }))
}

/// A card for the counter, to be printed on a postcard's half: who is paid, the code, and how it goes.
pub(super) async fn card_page(visit: Signed, Query(prefill): Query<Prefill>) -> Answer {
    let view = visit.view(Wallet { of: prefill.of.clone() }).await?;
    let ui = &visit.ui;
    let Ok(account) = chosen(&view, prefill.currency.as_deref().unwrap_or_default()) else {
        return visit.page(without_account(ui, "wallet-card"));
    };
    let link = address(&visit, &view, &prefill);
    let print = html! { button.button.button-primary type="button" data-print { (icon(ui, "printer")) span { (ui.t("wallet-card-print")) } } };
    visit.page(Page::new(ui, ui.t("wallet-card")).section("wallet").back(wallet_path(&view), ui.t("wallet-title")).lead(ui.t("wallet-card-lead")).actions(print).show(html! {
        article.counter-card {
            h2 { (view.owner.name) }
            p { (ui.t_with("wallet-card-takes", &[("currency", account.money.name.as_str().into())])) }
            (qr(&link, &ui.t("wallet-receive")))
            ol {
                li { (ui.t("wallet-card-scan")) }
                li { (ui.t("wallet-card-amount")) }
                li { (ui.t("wallet-card-show")) }
            }
            p.note { (ui.club.name) " \u{b7} @" (view.owner.handle) }
        }
    }))
}
