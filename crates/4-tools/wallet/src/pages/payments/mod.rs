//! The pages of payments that are more than one transfer, a file for each. Here are their routes, and what they share: which
//! account is meant, and who.

mod exchange;
mod hold;
mod many;
mod overview;
mod receive;
mod refund;
mod split;
mod standing;

pub(super) use overview::{more_ways, show_overview};

use super::unit;
use crate::views::{Balance, Money, Payees, WalletView};
use axum::Router;
use axum::routing::{get, post};
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Desk, Fields, Signed};
use planet_ledger::CurrencyKind;
use planet_ontology::ids::AgentId;
use planet_ontology::units::Amount;

/// The routes of these pages.
pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/wallet/home", post(overview::set_home))
        .route("/wallet/hold", get(hold::form_page).post(hold::make))
        .route("/wallet/holds/{id}", get(hold::page))
        .route("/wallet/holds/{id}/take", post(hold::take))
        .route("/wallet/holds/{id}/release", post(hold::release))
        .route("/wallet/refund/{transfer}", get(refund::page).post(refund::give_back))
        .route("/wallet/many", get(many::form_page).post(many::preview))
        .route("/wallet/many/pay", post(many::pay))
        .route("/wallet/split", get(split::form_page).post(split::preview))
        .route("/wallet/split/send", post(split::send))
        .route("/wallet/splits/{id}", get(split::page))
        .route("/wallet/standing", get(standing::page).post(standing::make))
        .route("/wallet/standing/{id}/pause", post(standing::pause))
        .route("/wallet/standing/{id}/resume", post(standing::resume))
        .route("/wallet/standing/{id}/end", post(standing::end))
        .route("/wallet/exchange", get(exchange::list_page))
        .route("/wallet/exchange/{rate}", get(exchange::form_page).post(exchange::exchange))
        .route("/wallet/receive", get(receive::page))
        .route("/wallet/card", get(receive::card_page))
}

/// The icon of a kind of currency.
pub(super) const fn kind_icon(kind: CurrencyKind) -> &'static str {
    match kind {
        CurrencyKind::MutualCredit => "sprout",
        CurrencyKind::Voucher => "ticket",
        CurrencyKind::Time => "clock",
        CurrencyKind::Conventional => "landmark",
        CurrencyKind::Crypto => "coins",
    }
}

/// The account that is chosen where there are several; nothing to choose where there is one.
pub(super) fn account_choice(ui: &Ui, view: &WalletView, filled: &Filled) -> Markup {
    if view.balances.len() < 2 {
        return Markup::default();
    }
    let first = view.balances.first().map(|it| it.money.code.clone()).unwrap_or_default();
    let mut options = choices("currency", ui.t("wallet-which")).selected(first);
    for it in &view.balances {
        options = options
            .option(&it.money.code, &it.money.name, spendable(ui, it))
            .icon(ui, kind_icon(it.money.kind));
    }
    options.filled(filled).render()
}

/// What can be spent of an account, in a sentence.
pub(super) fn spendable(ui: &Ui, it: &Balance) -> String {
    let shown = |amount: Amount| format!("{} {}", amount.show(it.money.decimals), it.money.symbol);
    let key = if it.min.0 < 0 { "wallet-have" } else { "wallet-have-only" };
    ui.t_with(key, &[("balance", shown(it.balance).into()), ("min", shown(it.min).into())])
}

/// The field of an amount: with its unit where there is one account, without where the account is still to be chosen.
pub(super) fn amount_field(ui: &Ui, view: &WalletView, filled: &Filled) -> Field {
    let named = field("amount", ui.t("wallet-amount")).filled(filled);
    match view.balances.as_slice() {
        [only] => named.money(&unit(&only.money)).hint(spendable(ui, only)),
        _ => named.short().with("inputmode", "decimal").with("autocomplete", "off"),
    }
}

/// The account that a form means: the one that is named, or the only one.
pub(super) fn chosen<'v>(view: &'v WalletView, code: &str) -> Result<&'v Balance, Refusal> {
    let found = if code.is_empty() {
        view.balances.first()
    } else {
        view.balances.iter().find(|it| it.money.code == code)
    };
    found.ok_or_else(|| crate::error::WalletError::CurrencyUnknown.into())
}

/// An amount in a currency, as somebody wrote it.
pub(super) fn amount_of(text: &str, money: &Money) -> Result<Amount, Refusal> {
    crate::lists::amount(text, money.decimals)
        .map_err(|error| Refusal::input("amount", "amount_unclear", error.to_string()))
}

/// Whom a form means. Without the script that fills in ids, the name alone must be enough.
pub(super) async fn whom(visit: &Signed, fields: &Fields) -> Result<AgentId, Fault> {
    if let Ok(id) = fields.text("to_id").parse() {
        return Ok(id);
    }
    let name = fields.text("to").trim_start_matches('@').to_lowercase();
    let found = visit.view(Payees { q: name.clone() }).await?;
    let mut same = found.iter().filter(|party| party.handle == name || party.name.to_lowercase() == name);
    match (same.next(), same.next()) {
        (Some(party), None) => Ok(party.id),
        (None, _) => {
            let sentence = "There is nobody here by that name who can be paid.";
            Err(Refusal::input("to", "payee_unknown", sentence).into())
        }
        _ => {
            let sentence = "Several people here have this name. Write the handle, such as @rosa.";
            Err(Refusal::input("to", "payee_unclear", sentence).into())
        }
    }
}

/// Where a wallet is seen.
pub(super) fn wallet_path(view: &WalletView) -> String {
    if view.own { "/wallet".into() } else { format!("/wallet?of={}", view.owner.handle) }
}

/// The hidden field that says whose wallet a form is about: nothing for one's own.
pub(super) fn of_field(view: &WalletView) -> &str {
    if view.own { "" } else { view.owner.handle.as_str() }
}

/// Whose wallet an act is about: nothing for one's own.
pub(super) fn of_act(view: &WalletView) -> Option<AgentId> {
    (!view.own).then_some(view.owner.id)
}

/// The page of a form for a wallet that has no account yet.
pub(super) fn without_account(ui: &Ui, title: &str) -> Markup {
    Page::new(ui, ui.t(title))
        .section("wallet")
        .back("/wallet", ui.t("wallet-title"))
        .show(empty(ui, "wallet", ui.t("wallet-empty"), ui.t("wallet-empty-text")).render())
}

/// What came of an act from a form, where it may also have become a proposal: on to there, or nothing when it is simply done.
pub(super) fn proposed<T>(done: &planet_corridor::task::Done<T>) -> Option<String> {
    done.proposal.map(|proposal| format!("/decisions/{proposal}"))
}
