//! Giving a payment back: what it was, what is left of it, and how much goes back.

use super::super::{profile_of, unit};
use super::amount_of;
use crate::acts::MAX_MEMO;
use crate::acts::refund::Refund;
use crate::views::{Refundable, RefundableView};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::TransferId;

pub(super) async fn page(visit: Signed, Path(transfer): Path<TransferId>) -> Answer {
    let view = visit.view(Refundable { transfer }).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &RefundableView, filled: &Filled) -> Markup {
    let unit = unit(&view.money);
    Page::new(ui, ui.t("wallet-refund")).section("wallet").back("/wallet/statement", ui.t("wallet-statement")).lead(ui.t("wallet-refund-lead")).show(html! {
        (card(facts([
            (ui.t("wallet-refund-payer").as_str(), html! { a href=(profile_of(&view.payer)) { (view.payer.name) } }),
            (ui.t("wallet-amount").as_str(), money(view.amount, &unit)),
            (ui.t("wallet-memo").as_str(), html! { @if view.memo.is_empty() { "\u{2013}" } @else { (view.memo) } }),
            (ui.t("wallet-when").as_str(), date(ui, view.at)),
            (ui.t("wallet-refund-left").as_str(), money(view.left, &unit)),
        ])))
        @if view.may_refund || filled.is_wrong() {
            (form(ui, format!("/wallet/refund/{}", view.transfer), html! {
                (field("amount", ui.t("wallet-refund-amount")).money(&unit).value(view.left.show(unit.decimals)).required().filled(filled))
                (field("memo", ui.t("wallet-refund-memo")).limit(MAX_MEMO).optional(ui).filled(filled))
                div.form-end { (button(ui.t("wallet-refund-do")).primary()) (link_button("/wallet", ui.t("wallet-back")).quiet()) }
            }).filled(filled))
        } @else {
            (notice(ui, Tone::Info, "", html! { p { (ui.t(if view.left.0 > 0 { "wallet-refund-not-yours" } else { "wallet-refund-all" })) } }))
        }
    })
}

pub(super) async fn give_back(visit: Signed, Path(transfer): Path<TransferId>, fields: Fields) -> Answer {
    let key = fields.key(&["amount", "memo"])?;
    let view = visit.view(Refundable { transfer }).await?;
    let result = match amount_of(fields.text("amount"), &view.money) {
        Ok(amount) => {
            let act = Refund { transfer, amount: Some(amount), memo: fields.text("memo").into() };
            visit.act(key, act).await?.map(|done| super::proposed(&done))
        }
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(None) => visit.done("/wallet", "wallet-refunded"),
        Ok(Some(path)) => visit.done(&path, "wallet-proposed"),
        Err(refusal) => visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal))),
    }
}
