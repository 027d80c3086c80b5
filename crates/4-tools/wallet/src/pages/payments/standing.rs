//! Standing payments: the form, and how each goes on.

use super::super::unit;
use super::{
    account_choice, amount_field, amount_of, chosen, of_act, of_field, proposed, wallet_path, whom,
    without_account,
};
use crate::acts::MAX_MEMO;
use crate::acts::standing::{EndSchedule, PauseSchedule, ResumeSchedule, Schedule};
use crate::views::{StandingPayments, StandingView, Wallet, WalletView};
use axum::extract::{Path, Query};
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::calendar::{Every, day_of};
use planet_ontology::ids::StandingId;

const FIELDS: [&str; 9] = ["of", "to", "to_id", "currency", "amount", "every", "first", "last", "memo"];

pub(super) async fn page(visit: Signed, Query(query): Query<Wallet>) -> Answer {
    let standing = visit.view(StandingPayments { of: query.of.clone() }).await?;
    let view = visit.view(query).await?;
    let mut filled = Filled::default();
    filled.set("first", day_of(visit.now).to_string());
    visit.page(show(&visit.ui, &view, &standing, &filled))
}

fn show(ui: &Ui, view: &WalletView, standing: &[StandingView], filled: &Filled) -> Markup {
    if view.balances.is_empty() {
        return without_account(ui, "wallet-way-standing");
    }
    let mut every = select("every", ui.t("wallet-standing-every")).selected("month");
    for it in Every::ALL {
        every = every.option(it.word(), ui.t(&format!("wallet-every-{}", it.word())));
    }
    Page::new(ui, ui.t("wallet-way-standing")).section("wallet").back(wallet_path(view), ui.t("wallet-title")).lead(ui.t("wallet-standing-lead")).show(html! {
        @if !standing.is_empty() { (list(standing.iter().map(|it| standing_row(ui, it)))) }
        (section(&ui.t("wallet-standing-new"), html! {}, form(ui, "/wallet/standing", html! {
            (suggest(field("to", ui.t("wallet-to")).required().filled(filled), "/wallet/payees", "to_id", filled.value("to_id").unwrap_or_default()))
            (account_choice(ui, view, filled))
            (amount_field(ui, view, filled).required())
            (every.filled(filled))
            (field("first", ui.t("wallet-standing-first")).date().required().filled(filled))
            (field("last", ui.t("wallet-standing-last")).date().optional(ui).hint(ui.t("wallet-standing-last-hint")).filled(filled))
            (field("memo", ui.t("wallet-memo")).limit(MAX_MEMO).optional(ui).filled(filled))
            div.form-end { (button(ui.t("wallet-standing-do")).primary()) (link_button(wallet_path(view), ui.t("wallet-back")).quiet()) }
        }).hidden("of", of_field(view)).filled(filled).render()))
    })
}

/// A standing payment with what can be done about it.
pub(super) fn standing_row(ui: &Ui, it: &StandingView) -> Row {
    let path = |verb: &str| format!("/wallet/standing/{}/{verb}", it.id);
    let active = it.state == "active";
    let change = html! {
        @if active { (act_button(ui, path("pause"), button(ui.t("wallet-standing-pause")).quiet().small())) }
        @else { (act_button(ui, path("resume"), button(ui.t("wallet-standing-resume")).small())) }
        (act_button(ui, path("end"), button(ui.t("wallet-standing-end")).quiet().small()))
    };
    let found = row(&it.payee.name)
        .lead(mark(it.payee.id.0, Scale::Middle))
        .note(standing_note(ui, it))
        .end(money(it.amount, &unit(&it.money)));
    if it.may_change { found.actions(change) } else { found }
}

fn standing_note(ui: &Ui, it: &StandingView) -> Markup {
    html! {
        @if !it.memo.is_empty() { (it.memo) " \u{b7} " }
        (ui.t(&format!("wallet-every-{}", it.every.word())))
        @if let Some(next) = it.next { " \u{b7} " (ui.t_with("wallet-standing-next", &[("day", day(ui, next).into())])) }
        @if let Some(last) = it.last { " \u{b7} " (ui.t_with("wallet-standing-until", &[("day", day(ui, last).into())])) }
        @if it.state == "paused" { " \u{b7} " (badge_tone(Tone::Warn, &ui.t("wallet-standing-paused"))) }
        @if let Some(why) = &it.why {
            br; (ui.t(if it.state == "paused" { "wallet-standing-gave-up" } else { "wallet-standing-again" })) " " (why)
        }
    }
}

async fn said(visit: &Signed, view: &WalletView, fields: &Fields) -> Result<Schedule, Fault> {
    let account = chosen(view, fields.text("currency"))?;
    let every = Every::from_word(fields.text("every"))
        .ok_or_else(|| Refusal::input("every", "every_unclear", "Please choose how often."))?;
    Ok(Schedule {
        to: whom(visit, fields).await?,
        amount: amount_of(fields.text("amount"), &account.money)?,
        memo: fields.text("memo").into(),
        every,
        first: fields.text("first").into(),
        last: fields.optional("last"),
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
        Ok(done) => match proposed(&done) {
            Some(path) => visit.done(&path, "wallet-proposed"),
            None => visit.done(&standing_path(&view), "wallet-standing-done"),
        },
        Err(refusal) => {
            let standing = visit.view(StandingPayments { of: fields.optional("of") }).await?;
            visit.again(&refusal, show(&visit.ui, &view, &standing, &fields.filled(&refusal)))
        }
    }
}

fn standing_path(view: &WalletView) -> String {
    if view.own { "/wallet/standing".into() } else { format!("/wallet/standing?of={}", view.owner.handle) }
}

pub(super) async fn pause(visit: Signed, Path(standing): Path<StandingId>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, PauseSchedule { standing }).await??;
    visit.done("/wallet", "wallet-standing-is-paused")
}

pub(super) async fn resume(visit: Signed, Path(standing): Path<StandingId>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, ResumeSchedule { standing }).await??;
    visit.done("/wallet", "wallet-standing-goes-on")
}

pub(super) async fn end(visit: Signed, Path(standing): Path<StandingId>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, EndSchedule { standing }).await??;
    visit.done("/wallet", "wallet-standing-ended")
}
