//! The pages of one pay-in and one pay-out, and what is done there.

use super::opening::name_of;
use super::{amount, bank_facts, fact_list, path, to_whom, unit};
use crate::acts::cash::ConfirmCash;
use crate::acts::pay_in::{ConfirmPayIn, WithdrawPayIn};
use crate::acts::pay_out::{RefusePayOut, SendPayOut, WithdrawPayOut};
use crate::bank::{epc, reference};
use crate::views::passages::{PayInPage, PayInView, PayOutPage, PayOutView, over};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::{PayInId, PayOutId};
use planet_ontology::units::Amount;

pub(super) async fn pay_in_page(visit: Signed, Path(id): Path<PayInId>) -> Answer {
    let view = visit.view(PayInPage { id }).await?;
    visit.page(show_in(&visit.ui, &view, &Filled::default()))
}

fn show_in(ui: &Ui, view: &PayInView, filled: &Filled) -> Markup {
    let (held, line) = (&view.held, &view.line);
    let unit = unit(held);
    let title = if view.own {
        ui.t("treasury-your-in")
    } else {
        ui.t_with("treasury-in-of", &[("name", line.owner.name.as_str().into())])
    };
    Page::new(ui, title).section("wallet").back(path(held, ""), name_of(ui, held)).show(html! {
        (state_of_in(ui, view, &unit))
        @if view.own && view.bank.is_some() { (how_to_transfer(ui, view)) }
        @if view.own && line.how == "card" && line.state == "waiting" { (link_button(format!("/treasury/pay-ins/{}/card", line.id), ui.t("treasury-card-go")).primary().icon(ui, "wallet")) }
        (card(fact_list(in_facts(ui, view, &unit))))
        @if view.back.0 > 0 { (giving_back(ui, view)) }
        @if view.may_confirm { (confirming(ui, view, filled, "confirm", "treasury-confirm-bank")) }
        @if view.may_confirm_cash { (confirming(ui, view, filled, "cash", "treasury-confirm-cash")) }
        @if view.may_withdraw { (act_button(ui, format!("/treasury/pay-ins/{}/withdraw", line.id), button(ui.t("treasury-take-back")).quiet())) }
    })
}

fn state_of_in(ui: &Ui, view: &PayInView, unit: &Unit) -> Markup {
    let line = &view.line;
    match (line.state.as_str(), line.how.as_str()) {
        ("arrived", _) => {
            let over = over(line);
            let text = match over.0.signum() {
                0 => String::new(),
                1 => ui.t_with("treasury-over", &[("amount", over.show(unit.decimals).into())]),
                _ => ui.t_with(
                    "treasury-under",
                    &[("amount", Amount(over.0.saturating_neg()).show(unit.decimals).into())],
                ),
            };
            notice(
                ui,
                Tone::Good,
                &ui.t("treasury-in-arrived"),
                html! { @if !text.is_empty() { p { (text) } } },
            )
        }
        ("withdrawn", _) => notice(
            ui,
            Tone::Info,
            &ui.t("treasury-in-withdrawn"),
            html! { p { (ui.t("treasury-in-withdrawn-text")) } },
        ),
        (_, "cash") => {
            let name = view.named.as_ref().map_or("", |it| it.name.as_str());
            notice(
                ui,
                Tone::Info,
                &ui.t("treasury-in-waiting"),
                html! { p { (ui.t_with("treasury-in-cash-text", &[("name", name.into())])) } },
            )
        }
        (_, "card") if view.odd => notice(
            ui,
            Tone::Bad,
            &ui.t("treasury-card-odd"),
            html! { p { (ui.t("treasury-card-odd-text")) } },
        ),
        (_, "card") => notice(
            ui,
            Tone::Info,
            &ui.t("treasury-in-waiting"),
            html! { p { (ui.t("treasury-card-waiting")) } },
        ),
        _ if line.late => {
            notice(ui, Tone::Warn, &ui.t("treasury-in-late"), html! { p { (ui.t("treasury-in-late-text")) } })
        }
        _ => notice(
            ui,
            Tone::Info,
            &ui.t("treasury-in-waiting"),
            html! { p { (ui.t("treasury-in-bank-text")) } },
        ),
    }
}

fn how_to_transfer(ui: &Ui, view: &PayInView) -> Markup {
    let Some(bank) = &view.bank else { return Markup::default() };
    let (held, line) = (&view.held, &view.line);
    let code = if held.iso == "EUR" { epc::code(bank, line.amount, &line.reference) } else { None };
    let mut facts = bank_facts(ui, bank);
    facts.push((ui.t("treasury-amount"), copy(ui, &plain(line.amount, held.decimals))));
    section(
        &ui.t("treasury-transfer"),
        html! {},
        card(html! {
            p { (ui.t("treasury-transfer-text")) }
            p.reference { (copy(ui, &reference::shown(&line.reference))) }
            (fact_list(facts))
            @if let Some(code) = code { p.note { (ui.t("treasury-scan")) } (qr(&code, &ui.t("treasury-scan"))) }
        }),
    )
}

/// An amount as a bank's form takes it: without spaces between thousands.
fn plain(amount: Amount, decimals: u8) -> String {
    amount.show(decimals).replace('\u{202f}', "")
}

fn in_facts(ui: &Ui, view: &PayInView, unit: &Unit) -> Vec<(String, Markup)> {
    let line = &view.line;
    let mut facts = vec![(ui.t("treasury-announced-amount"), money(line.amount, unit))];
    if let Some(arrived) = line.arrived {
        facts.push((ui.t("treasury-arrived-amount"), money(arrived, unit)));
    }
    facts.push((ui.t("treasury-how-it-comes"), html! { (ui.t(&format!("treasury-in-by-{}", line.how))) }));
    if line.how == "bank" {
        facts.push((ui.t("treasury-reference"), html! { code { (reference::shown(&line.reference)) } }));
    }
    if let Some(named) = &view.named {
        facts.push((
            ui.t("treasury-handed-to"),
            html! { a href={ "/people/" (named.handle) } { (named.name) } },
        ));
    }
    facts.push((ui.t("treasury-asked"), date(ui, line.asked)));
    match view.ended {
        Some(ended) => facts.push((ui.t("treasury-ended"), date(ui, ended))),
        None => facts.push((ui.t("treasury-expected-until"), date(ui, view.expires))),
    }
    facts
}

/// Money that came by card can go back to it.
fn giving_back(ui: &Ui, view: &PayInView) -> Markup {
    let at = format!("/treasury/pay-ins/{}/back", view.line.id);
    more(ui, &ui.t("treasury-card-back"), form(ui, at, html! {
        (field("amount", ui.t("treasury-amount")).money(&unit(&view.held)).value(plain(view.back, view.held.decimals)).required())
        div.form-end { (button(ui.t("treasury-card-back"))) }
    }).render())
}

fn confirming(ui: &Ui, view: &PayInView, filled: &Filled, verb: &str, title: &str) -> Markup {
    let line = &view.line;
    section(&ui.t(title), html! {}, card(form(ui, format!("/treasury/pay-ins/{}/{verb}", line.id), html! {
        (field("arrived", ui.t("treasury-really-arrived")).hint(ui.t("treasury-really-arrived-hint")).money(&unit(&view.held)).value(plain(line.amount, view.held.decimals)).required().filled(filled))
        div.form-end { (button(ui.t("treasury-confirm")).primary()) }
    }).filled(filled).render()))
}

pub(super) async fn confirm(visit: Signed, Path(id): Path<PayInId>, fields: Fields) -> Answer {
    let (key, view) = (fields.key(&["arrived"])?, visit.view(PayInPage { id }).await?);
    let result = match amount(&fields, "arrived", &view.held) {
        Ok(arrived) => visit.act(key, ConfirmPayIn { pay_in: id, arrived }).await?.map(drop),
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(()) => visit.done(&path(&view.held, "desk"), "treasury-confirmed"),
        Err(refusal) => visit.again(&refusal, show_in(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

pub(super) async fn confirm_cash(visit: Signed, Path(id): Path<PayInId>, fields: Fields) -> Answer {
    let (key, view) = (fields.key(&["arrived"])?, visit.view(PayInPage { id }).await?);
    let result = match amount(&fields, "arrived", &view.held) {
        Ok(arrived) => visit.act(key, ConfirmCash { pay_in: id, arrived }).await?.map(drop),
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(()) => visit.done(&format!("/treasury/pay-ins/{id}"), "treasury-confirmed"),
        Err(refusal) => visit.again(&refusal, show_in(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

pub(super) async fn withdraw_in(visit: Signed, Path(id): Path<PayInId>, fields: Fields) -> Answer {
    let view = visit.view(PayInPage { id }).await?;
    visit.act(fields.key(&[])?, WithdrawPayIn { pay_in: id }).await??;
    visit.done(&path(&view.held, ""), "treasury-taken-back")
}

pub(super) async fn pay_out_page(visit: Signed, Path(id): Path<PayOutId>) -> Answer {
    let view = visit.view(PayOutPage { id }).await?;
    visit.page(show_out(&visit.ui, &view, &Filled::default()))
}

fn show_out(ui: &Ui, view: &PayOutView, filled: &Filled) -> Markup {
    let (held, line) = (&view.held, &view.line);
    let title = if view.own {
        ui.t("treasury-your-out")
    } else {
        ui.t_with("treasury-out-of", &[("name", line.owner.name.as_str().into())])
    };
    let tone = match line.state.as_str() {
        "sent" => Tone::Good,
        "refused" | "expired" => Tone::Warn,
        _ => Tone::Info,
    };
    let told = format!("treasury-out-{}", line.state);
    Page::new(ui, title).section("wallet").back(path(held, ""), name_of(ui, held)).show(html! {
        (notice(ui, tone, &ui.t(&told), html! {
            @if view.reason.is_empty() { p { (ui.t(&format!("treasury-out-text-{}", line.state))) } }
            @else { p { (ui.t_with("treasury-out-because", &[("reason", view.reason.as_str().into())])) } }
        }))
        (card(fact_list(out_facts(ui, view))))
        @if view.may_send { (sending(ui, view, filled)) }
        @if view.may_send_card { (act_button(ui, format!("/treasury/pay-outs/{}/card", line.id), button(ui.t("treasury-card-send-back")).primary())) }
        @if view.may_refuse && !view.own { (refusing(ui, view, filled)) }
        @if view.may_withdraw { (act_button(ui, format!("/treasury/pay-outs/{}/withdraw", line.id), button(ui.t("treasury-take-back")).quiet())) }
    })
}

fn out_facts(ui: &Ui, view: &PayOutView) -> Vec<(String, Markup)> {
    let line = &view.line;
    let mut facts = vec![(ui.t("treasury-amount"), money(line.amount, &unit(&view.held)))];
    match &view.bank {
        Some(bank) => facts.extend(bank_facts(ui, bank)),
        None => facts.push((ui.t("treasury-goes-to"), html! { (to_whom(ui, line)) })),
    }
    if !line.card {
        facts.push((ui.t("treasury-reference"), copy(ui, &reference::shown(&line.reference))));
    }
    facts.push((ui.t("treasury-asked"), date(ui, line.asked)));
    if !view.sent_on.is_empty() {
        facts.push((ui.t("treasury-sent-on"), html! { (view.sent_on) }));
    }
    if !view.bank_reference.is_empty() {
        facts.push((ui.t("treasury-bank-reference"), html! { code { (view.bank_reference) } }));
    }
    facts
}

fn sending(ui: &Ui, view: &PayOutView, filled: &Filled) -> Markup {
    let today = ui.now.rfc3339().chars().take(10).collect::<String>();
    section(
        &ui.t("treasury-send"),
        html! {},
        card(html! {
            p { (ui.t("treasury-send-text")) }
            (form(ui, format!("/treasury/pay-outs/{}/send", view.line.id), html! {
                (field("day", ui.t("treasury-sent-on")).date().value(today).required().filled(filled))
                (field("bank_reference", ui.t("treasury-bank-reference")).limit(60).optional(ui).filled(filled))
                div.form-end { (button(ui.t("treasury-was-sent")).primary()) }
            }).filled(filled))
        }),
    )
}

fn refusing(ui: &Ui, view: &PayOutView, filled: &Filled) -> Markup {
    more(
        ui,
        &ui.t("treasury-refuse"),
        form(
            ui,
            format!("/treasury/pay-outs/{}/refuse", view.line.id),
            html! {
                (field("reason", ui.t("treasury-reason")).limit(280).required().filled(filled))
                div.form-end { (button(ui.t("treasury-refuse")).danger()) }
            },
        )
        .filled(filled)
        .render(),
    )
}

pub(super) async fn send(visit: Signed, Path(id): Path<PayOutId>, fields: Fields) -> Answer {
    let view = visit.view(PayOutPage { id }).await?;
    let act = SendPayOut {
        pay_out: id,
        sent_on: fields.text("day").into(),
        bank_reference: fields.text("bank_reference").into(),
    };
    match visit.act(fields.key(&["day", "bank_reference"])?, act).await? {
        Ok(_) => visit.done(&path(&view.held, "desk"), "treasury-sent-told"),
        Err(refusal) => visit.again(&refusal, show_out(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

pub(super) async fn refuse(visit: Signed, Path(id): Path<PayOutId>, fields: Fields) -> Answer {
    let view = visit.view(PayOutPage { id }).await?;
    let act = RefusePayOut { pay_out: id, reason: fields.text("reason").into() };
    match visit.act(fields.key(&["reason"])?, act).await? {
        Ok(_) => visit.done(&path(&view.held, "desk"), "treasury-refused-told"),
        Err(refusal) => visit.again(&refusal, show_out(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

pub(super) async fn withdraw_out(visit: Signed, Path(id): Path<PayOutId>, fields: Fields) -> Answer {
    let view = visit.view(PayOutPage { id }).await?;
    visit.act(fields.key(&[])?, WithdrawPayOut { pay_out: id }).await??;
    visit.done(&path(&view.held, ""), "treasury-taken-back")
}
