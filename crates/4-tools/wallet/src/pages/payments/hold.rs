//! Putting aside: the form, and the page of what is put aside, where it is taken or given back.

use super::super::{profile_of, unit};
use super::{
    account_choice, amount_field, amount_of, chosen, of_act, of_field, proposed, wallet_path, whom,
    without_account,
};
use crate::acts::MAX_MEMO;
use crate::acts::hold::{Hold, Release, Settle};
use crate::error::payments::PaymentError;
use crate::views::{HoldView, Holds, Wallet, WalletView};
use axum::extract::{Path, Query};
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::TransferId;

const FIELDS: [&str; 7] = ["of", "to", "to_id", "currency", "amount", "memo", "seconds"];
/// How long something can be put aside by the form, in seconds; texts say it in words.
const TIMES: [(&str, &str); 5] =
    [("3600", "hour"), ("86400", "day"), ("604800", "week"), ("2592000", "month"), ("7776000", "quarter")];

pub(super) async fn form_page(visit: Signed, Query(query): Query<Wallet>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show_form(&visit.ui, &view, &Filled::default()))
}

fn show_form(ui: &Ui, view: &WalletView, filled: &Filled) -> Markup {
    if view.balances.is_empty() {
        return without_account(ui, "wallet-way-hold");
    }
    let mut times =
        select("seconds", ui.t("wallet-hold-time")).selected("604800").hint(ui.t("wallet-hold-time-hint"));
    for (seconds, word) in TIMES {
        times = times.option(seconds, ui.t(&format!("wallet-hold-{word}")));
    }
    Page::new(ui, ui.t("wallet-way-hold")).section("wallet").back(wallet_path(view), ui.t("wallet-title")).lead(ui.t("wallet-hold-lead")).show(html! {
        (form(ui, "/wallet/hold", html! {
            (suggest(field("to", ui.t("wallet-hold-whom")).required().filled(filled), "/wallet/payees", "to_id", filled.value("to_id").unwrap_or_default()))
            (account_choice(ui, view, filled))
            (amount_field(ui, view, filled).required())
            (times.filled(filled))
            (field("memo", ui.t("wallet-memo")).limit(MAX_MEMO).optional(ui).filled(filled))
            div.form-end { (button(ui.t("wallet-hold-do")).primary()) (link_button(wallet_path(view), ui.t("wallet-back")).quiet()) }
        }).hidden("of", of_field(view)).filled(filled))
    })
}

async fn said(visit: &Signed, view: &WalletView, fields: &Fields) -> Result<Hold, Fault> {
    let account = chosen(view, fields.text("currency"))?;
    Ok(Hold {
        to: whom(visit, fields).await?,
        amount: amount_of(fields.text("amount"), &account.money)?,
        memo: fields.text("memo").into(),
        seconds: fields.parse("seconds", "timeout", "Please choose for how long.")?,
        from: of_act(view),
        currency: Some(account.money.id),
    })
}

pub(super) async fn make(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&FIELDS)?;
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    let result = match said(&visit, &view, &fields).await {
        Ok(act) => visit.act(key, act).await?,
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault.into()),
    };
    match result {
        Ok(done) => match (proposed(&done), done.output) {
            (Some(path), _) => visit.done(&path, "wallet-proposed"),
            (None, Some(made)) => visit.done(&format!("/wallet/holds/{}", made.hold), "wallet-hold-done"),
            (None, None) => visit.done(&wallet_path(&view), "wallet-hold-done"),
        },
        Err(refusal) => visit.again(&refusal, show_form(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

async fn the_hold(visit: &Signed, id: TransferId) -> Result<HoldView, Fault> {
    let found = visit.view(Holds { id: Some(id), of: None }).await?;
    found.into_iter().next().ok_or_else(|| PaymentError::HoldUnknown.into())
}

pub(super) async fn page(visit: Signed, Path(id): Path<TransferId>) -> Answer {
    let hold = the_hold(&visit, id).await?;
    visit.page(show(&visit.ui, &hold, &Filled::default()))
}

fn show(ui: &Ui, hold: &HoldView, filled: &Filled) -> Markup {
    let unit = unit(&hold.money);
    let path = |verb: &str| format!("/wallet/holds/{}/{verb}", hold.id);
    let state = ui.t(&format!("wallet-hold-state-{}", hold.state));
    let explained = ui.t(if hold.may_take { "wallet-hold-for-you" } else { "wallet-hold-by-you" });
    Page::new(ui, ui.t("wallet-hold")).section("wallet").back("/wallet", ui.t("wallet-title")).show(html! {
        @if let Some(sentence) = filled.error("") { (notice(ui, Tone::Bad, "", html! { p { (sentence) } })) }
        (card(html! {
            (balance(hold.amount, &unit))
            @if hold.levy.0 > 0 { p.note { (ui.t("wallet-plus")) " " (money(hold.levy, &unit)) " " (ui.t("wallet-for-commons")) } }
            (facts([
                (ui.t("wallet-hold-payer").as_str(), html! { a href=(profile_of(&hold.payer)) { (hold.payer.name) } }),
                (ui.t("wallet-hold-payee").as_str(), html! { a href=(profile_of(&hold.payee)) { (hold.payee.name) } }),
                (ui.t("wallet-memo").as_str(), html! { @if hold.memo.is_empty() { "\u{2013}" } @else { (hold.memo) } }),
                (ui.t("wallet-hold-ends").as_str(), date(ui, hold.expires)),
                (ui.t("wallet-bill-state").as_str(), html! {
                    (state)
                    @if let Some(taken) = hold.taken { ": " (money(taken, &unit)) }
                }),
            ]))
            @if hold.state == "open" { p.note { (explained) } }
        }))
        @if let Some(paid) = hold.paid.filter(|_| viewer_is(ui, hold.payee.id.0)) {
            (link_button(format!("/wallet/refund/{paid}"), ui.t("wallet-refund")).quiet().icon(ui, "undo-2"))
        }
        @if hold.may_take {
            (form(ui, path("take"), html! {
                (field("amount", ui.t("wallet-hold-take-amount")).money(&unit).hint(ui.t("wallet-hold-take-hint")).value(plain(hold)).required().filled(filled))
                div.form-end { (button(ui.t("wallet-hold-take")).primary()) }
            }).filled(filled))
        }
        @if hold.may_release {
            div.cluster { (act_button(ui, path("release"), button(ui.t(if hold.may_take { "wallet-hold-let-go" } else { "wallet-hold-take-back" })).quiet())) }
        }
    })
}

/// Whether the page is made for this agent.
fn viewer_is(ui: &Ui, agent: uuid::Uuid) -> bool {
    ui.viewer.as_ref().is_some_and(|me| me.id == agent)
}

/// The whole amount, as it is written into the field.
fn plain(hold: &HoldView) -> String {
    hold.amount.show(hold.money.decimals)
}

pub(super) async fn take(visit: Signed, Path(id): Path<TransferId>, fields: Fields) -> Answer {
    let key = fields.key(&["amount"])?;
    let hold = the_hold(&visit, id).await?;
    let result = match amount_of(fields.text("amount"), &hold.money) {
        Ok(amount) => visit.act(key, Settle { hold: id, amount: Some(amount) }).await?.map(|_| ()),
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(()) => visit.done("/wallet", "wallet-hold-taken"),
        Err(refusal) => {
            let refusal = Refusal { field: Some("amount".to_owned()).filter(|_| hold.may_take), ..refusal };
            visit.again(&refusal, show(&visit.ui, &hold, &fields.filled(&refusal)))
        }
    }
}

pub(super) async fn release(visit: Signed, Path(id): Path<TransferId>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, Release { hold: id }).await??;
    visit.done("/wallet", "wallet-hold-released")
}
