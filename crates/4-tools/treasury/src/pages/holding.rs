//! The page of a money: who holds it, on what terms, how it agrees with the bank, and what is one's own.

use super::opening::name_of;
use super::{bank_facts, fact_list, in_row, out_row, path, unit};
use crate::acts::pay_in::Accept;
use crate::views::books::Books;
use crate::views::holding::{HoldingPage, HoldingView};
use axum::extract::{Path, Query};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::units::Amount;
use serde::Deserialize;

/// Whose pay-ins and pay-outs are shown.
#[derive(Default, Deserialize)]
pub(super) struct Whose {
    #[serde(default)]
    pub of: Option<String>,
}

pub(super) async fn page(visit: Signed, Path(code): Path<String>, Query(whose): Query<Whose>) -> Answer {
    let view = visit.view(HoldingPage { code, of: whose.of }).await?;
    visit.page(show(&visit.ui, &view))
}

/// What is added to a path to say whose wallet is meant.
pub(super) fn whose(view: &HoldingView) -> String {
    if view.mine.own { String::new() } else { format!("?of={}", view.mine.owner.handle) }
}

fn show(ui: &Ui, view: &HoldingView) -> Markup {
    let held = &view.held;
    let of = whose(view);
    let open = held.closing.is_none();
    let actions = html! {
        @if open { (link_button(format!("{}{of}", path(held, "in")), ui.t("treasury-pay-in")).primary().icon(ui, "download")) }
        @if view.mine.available.0 > 0 { (link_button(format!("{}{of}", path(held, "out")), ui.t("treasury-pay-out")).icon(ui, "upload")) }
        @if view.keeper { (link_button(path(held, "desk"), ui.t("treasury-desk")).icon(ui, "inbox")) }
        @if view.may_change { (link_button(path(held, "change"), ui.t("treasury-change")).quiet()) }
    };
    Page::new(ui, name_of(ui, held)).section("wallet").back("/treasury", ui.t("treasury-title")).actions(actions).aside(aside(ui, view)).aside_first().show(html! {
        @if !open { (notice(ui, Tone::Warn, &ui.t("treasury-closing"), html! { p { (ui.t("treasury-closing-text")) } })) }
        (section(&ui.t("treasury-who"), html! {}, card(who(ui, view))))
        (section(&ui.t("treasury-books"), html! {}, card(books(ui, view))))
        @if !view.mine.ins.is_empty() { (section(&ui.t("treasury-my-ins"), html! {}, list(view.mine.ins.iter().map(|it| in_row(ui, held, it, false))))) }
        @if !view.mine.outs.is_empty() { (section(&ui.t("treasury-my-outs"), html! {}, list(view.mine.outs.iter().map(|it| out_row(ui, held, it, false))))) }
    })
}

fn aside(ui: &Ui, view: &HoldingView) -> Markup {
    let held = &view.held;
    let unit = unit(held);
    card(html! {
        p.note { @if view.mine.own { (ui.t("treasury-your-claim")) } @else { (ui.t_with("treasury-claim-of", &[("name", view.mine.owner.name.as_str().into())])) } }
        @match view.mine.balance {
            Some(mine) => {
                (balance(mine, &unit))
                @if view.mine.available != mine { p.note { (ui.t("treasury-available")) " " (money(view.mine.available, &unit)) } }
            }
            None => {
                p { (ui.t("treasury-no-account")) }
                @if held.closing.is_none() { (act_button(ui, path(held, "accept"), button(ui.t("treasury-accept"))).hidden("of", whose(view))) }
            }
        }
    })
}

fn who(ui: &Ui, view: &HoldingView) -> Markup {
    let held = &view.held;
    let unit = unit(held);
    let holder = html! { a href={ "/groups/" (held.holder_handle) } { (held.holder_name) } };
    let people = html! { @for (at, person) in view.cash.iter().enumerate() { @if at > 0 { ", " } a href={ "/people/" (person.handle) } { (person.name) } } };
    let mut facts = vec![
        (ui.t("treasury-holder-is"), holder),
        (ui.t("treasury-account-name"), html! { (view.account_name) }),
        (ui.t("treasury-pace"), html! { (view.terms.pace) }),
        (ui.t("treasury-leaving"), html! { (view.terms.leaving) }),
        (ui.t("treasury-fees"), html! { (view.terms.fees) }),
        (ui.t("treasury-cap"), money(view.terms.cap, &unit)),
    ];
    if !view.cash.is_empty() {
        facts.push((ui.t("treasury-cash-people"), people));
    }
    if let Some(bank) = &view.bank {
        facts.extend(bank_facts(ui, bank).into_iter().skip(1));
    }
    html! {
        p { (ui.t_with("treasury-who-text", &[("holder", held.holder_name.as_str().into()), ("money", held.name.as_str().into())])) }
        (fact_list(facts))
        p.note { (ui.t("treasury-nobody")) }
    }
}

/// How it agrees with the bank: the sum, where it is, and what explains the difference.
fn books(ui: &Ui, view: &HoldingView) -> Markup {
    let (it, unit) = (&view.books, unit(&view.held));
    let line = |key: &str, amount: Amount| (ui.t(key), money(amount, &unit));
    let mut parts = vec![line("treasury-claimed", it.claimed)];
    let further = [
        ("treasury-earned", it.earned),
        ("treasury-entrusted", if it.earned.0 == 0 { Amount(0) } else { it.entrusted }),
        ("treasury-in-cash", it.in_cash),
        ("treasury-at-cards", it.at_cards),
        ("treasury-kept", it.kept),
    ];
    parts.extend(
        further.into_iter().filter(|(_, amount)| amount.0 != 0).map(|(key, amount)| line(key, amount)),
    );
    parts.push(line("treasury-expected", it.expected));
    if let Some(seen) = &it.seen {
        let told = html! { (money(seen.amount, &unit)) p.note { (ui.t_with("treasury-seen-by", &[("day", seen.as_of.as_str().into()), ("name", seen.by.as_str().into())])) " " (ago(ui, seen.told)) } };
        parts.push((ui.t("treasury-seen"), told));
        if it.difference.0 != 0 {
            parts.push((ui.t("treasury-difference"), money_signed(it.difference, &unit)));
        }
    }
    html! {
        (cover(ui, it))
        (fact_list(parts))
        @if it.seen.is_some() && it.difference.0 != 0 { (explained(ui, it, &unit)) }
        p.note { (ui.t_with("treasury-under-way", &[("ins", it.ins.0.into()), ("outs", it.outs.0.into())])) }
    }
}

fn cover(ui: &Ui, it: &Books) -> Markup {
    match (&it.seen, it.covered) {
        (None, _) => {
            notice(ui, Tone::Info, &ui.t("treasury-unseen"), html! { p { (ui.t("treasury-unseen-text")) } })
        }
        (Some(_), true) => notice(ui, Tone::Good, &ui.t("treasury-covered"), html! {}),
        (Some(_), false) => notice(
            ui,
            Tone::Bad,
            &ui.t("treasury-uncovered"),
            html! { p { (ui.t("treasury-uncovered-text")) } },
        ),
    }
}

fn explained(ui: &Ui, it: &Books, unit: &Unit) -> Markup {
    let unseen = Amount(it.unseen.0.saturating_neg());
    let parts = [
        ("treasury-because-own", it.own),
        ("treasury-because-open", it.open),
        ("treasury-because-sent", it.under_way),
        ("treasury-because-unseen", unseen),
        ("treasury-because-rest", it.rest),
    ];
    let said = parts
        .into_iter()
        .filter(|(_, amount)| amount.0 != 0)
        .map(|(key, amount)| (ui.t(key), money_signed(amount, unit)));
    html! { h3 { (ui.t("treasury-because")) } (fact_list(said.collect())) }
}

pub(super) async fn accept(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["of"])?;
    let of = fields.text("of").strip_prefix("?of=").map(str::to_owned);
    let view = visit.view(HoldingPage { code, of }).await?;
    let of = (!view.mine.own).then_some(view.mine.owner.id);
    visit.act(key, Accept { currency: view.held.currency, of }).await??;
    visit.done(&format!("{}{}", path(&view.held, ""), whose(&view)), "treasury-accepted")
}
