//! Changing the terms and ending a currency, which is put to the group, and paying what is owed afterwards.

use super::design::purses;
use super::{form, path_of, unit};
use crate::acts::MAX_REASON;
use crate::acts::change::ChangeTerms;
use crate::acts::ending::{Close, RUN_OFF, Retire};
use crate::acts::owed::PayOwed;
use crate::error::CurrencyError;
use crate::views::{CurrencyPage, CurrencyView, Money};
use axum::extract::Path;
use planet_corridor::act::Act;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::task::Done;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ledger::CurrencyKind;
use planet_ontology::ids::ActKey;

async fn read(visit: &Signed, code: String) -> Result<CurrencyView, Fault> {
    visit.view(CurrencyPage { code, version: None }).await
}

pub(super) async fn change_page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = read(&visit, code).await?;
    let purses = purses(&visit, view.issuer.id).await?;
    let filled = form::written(&view.terms, &view.money, view.price.as_ref().map(|price| &price.money));
    visit.page(show_change(&visit.ui, &view, &purses, &filled))
}

fn show_change(ui: &Ui, view: &CurrencyView, purses: &[Money], filled: &Filled) -> Markup {
    let own = unit(&view.money);
    let title = ui.t_with("currencies-change-title", &[("name", view.money.name.as_str().into())]);
    let lead = ui.t_with("currencies-change-lead", &[("issuer", view.issuer.name.as_str().into())]);
    Page::new(ui, title).section("wallet").back(path_of(&view.money), &view.money.name).lead(lead).show(html! {
        (planet_kit::components::form(ui, format!("{}/change", path_of(&view.money)), html! {
            (form::fields(ui, view.money.kind, &own, purses, filled))
            div.form-end { (button(ui.t("currencies-put-to-group")).primary()) (link_button(path_of(&view.money), ui.t("currencies-not-now")).quiet()) }
        }).filled(filled))
    })
}

pub(super) async fn change(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&form::FIELDS)?;
    let view = read(&visit, code).await?;
    let purses = purses(&visit, view.issuer.id).await?;
    let result = match form::read(&fields, view.money.kind, &unit(&view.money), &purses) {
        Ok(terms) => visit.act(key, ChangeTerms { currency: view.money.id, terms }).await?,
        Err(refusal) => Err(refusal),
    };
    decided(&visit, &view, result, |refusal| show_change(&visit.ui, &view, &purses, &fields.filled(refusal)))
}

/// Where a decision leads: to the proposal, or back with what was wrong.
fn decided<T>(
    visit: &Signed,
    view: &CurrencyView,
    result: Result<Done<T>, Refusal>,
    again: impl FnOnce(&Refusal) -> Markup,
) -> Answer {
    match result.map(|done| done.proposal) {
        Ok(Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "currencies-proposed"),
        Ok(None) => visit.done(&path_of(&view.money), "currencies-changed"),
        Err(refusal) => visit.again(&refusal, again(&refusal)),
    }
}

pub(super) async fn retire(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&[])?;
    let view = read(&visit, code).await?;
    let act = Retire { currency: view.money.id };
    done(&visit, &view, key, act).await
}

async fn done<A: Act>(visit: &Signed, view: &CurrencyView, key: ActKey, act: A) -> Answer {
    match visit.act(key, act).await??.proposal {
        Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "currencies-proposed"),
        None => visit.done(&path_of(&view.money), "currencies-changed"),
    }
}

pub(super) async fn close_page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = read(&visit, code).await?;
    let mut filled = Filled::default();
    filled.set("days", "90");
    visit.page(show_close(&visit.ui, &view, &filled))
}

fn show_close(ui: &Ui, view: &CurrencyView, filled: &Filled) -> Markup {
    let own = unit(&view.money);
    let title = ui.t_with("currencies-close-title", &[("name", view.money.name.as_str().into())]);
    let kind = if view.money.kind == CurrencyKind::Voucher {
        "currencies-close-voucher"
    } else {
        "currencies-close-credit"
    };
    let args = [("out", own.said(view.out).into()), ("issuer", view.issuer.name.as_str().into())];
    let days = [("least", (*RUN_OFF.start()).into()), ("most", (*RUN_OFF.end()).into())];
    Page::new(ui, title).section("wallet").back(path_of(&view.money), &view.money.name).lead(ui.t("currencies-close-lead")).show(html! {
        (notice(ui, Tone::Warn, &ui.t("currencies-close-means"), html! { p { (ui.t_with(kind, &args)) } }))
        (planet_kit::components::form(ui, format!("{}/close", path_of(&view.money)), html! {
            (field("days", ui.t("currencies-run-off")).hint(ui.t_with("currencies-run-off-hint", &days)).number().after(ui.t("currencies-days")).required().filled(filled))
            (field("reason", ui.t("currencies-reason")).hint(ui.t("currencies-close-reason-hint")).limit(MAX_REASON).required().filled(filled))
            div.form-end { (button(ui.t("currencies-put-to-group")).danger()) (link_button(path_of(&view.money), ui.t("currencies-not-now")).quiet()) }
        }).filled(filled))
    })
}

pub(super) async fn close(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["days", "reason"])?;
    let view = read(&visit, code).await?;
    let wrong = CurrencyError::RunOffWrong.to_string();
    let result = match fields.parse("days", "run_off_wrong", &wrong) {
        Ok(days) => {
            let act = Close { currency: view.money.id, days, reason: fields.text("reason").into() };
            visit.act(key, act).await?
        }
        Err(refusal) => Err(refusal),
    };
    decided(&visit, &view, result, |refusal| show_close(&visit.ui, &view, &fields.filled(refusal)))
}

pub(super) async fn pay_owed(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["to"])?;
    let view = read(&visit, code).await?;
    let nobody = CurrencyError::HolderUnknown.to_string();
    let act = PayOwed { currency: view.money.id, to: fields.parse("to", "holder_unknown", &nobody)? };
    visit.act(key, act).await??;
    visit.done(&path_of(&view.money), "currencies-paid-owed")
}
