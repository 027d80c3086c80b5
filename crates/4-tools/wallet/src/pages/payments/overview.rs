//! What stands on a wallet's page beyond its accounts: the total, what is put aside, and other ways to pay.

use super::super::unit;
use super::standing::standing_row;
use super::{kind_icon, of_field};
use crate::acts::home::SetHome;
use crate::views::{HoldView, Overview, Part, RateView, SplitView, WalletView, Worth};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::AgentId;

/// The total and what is put aside.
pub(crate) fn show_overview(ui: &Ui, view: &WalletView, over: &Overview) -> Markup {
    let open = || over.holds.iter().filter(|hold| hold.state == "open");
    let shared = || over.splits.iter().filter(|split| split.bills.iter().any(|bill| bill.state == "open"));
    let of = if view.own { String::new() } else { format!("?of={}", of_field(view)) };
    html! {
        @if let Some(worth) = &over.worth { (total(ui, worth, view.own)) }
        @if open().next().is_some() {
            (section(&ui.t("wallet-holds"), html! {}, list(open().map(|hold| hold_row(ui, hold, view.owner.id)))))
        }
        @if shared().next().is_some() {
            (section(&ui.t("wallet-splits"), html! {}, list(shared().map(|split| split_row(ui, split)))))
        }
        @if !over.standing.is_empty() {
            (section(&ui.t("wallet-standing"), html! { a href={ "/wallet/standing" (of) } { (ui.t("wallet-standing-all")) } }, html! {
                (list(over.standing.iter().map(|it| standing_row(ui, it))))
            }))
        }
    }
}

/// What everything is worth together, by which rates, and what has none.
fn total(ui: &Ui, worth: &Worth, own: bool) -> Markup {
    let home = unit(&worth.home);
    let (with, without): (Vec<&Part>, Vec<&Part>) = worth.parts.iter().partition(|part| part.worth.is_some());
    card(html! {
        p.note { (ui.t("wallet-total")) }
        (balance(worth.total, &home))
        (list(with.iter().map(|part| {
            let it = &part.balance;
            row(&it.money.name)
                .lead(icon(ui, kind_icon(it.money.kind)))
                .note(html! {
                    (money(it.balance, &unit(&it.money)))
                    @if let Some(rate) = &part.rate { " \u{b7} " (rate_text(ui, rate)) }
                })
                .end(money(part.worth.unwrap_or_default(), &home))
        })))
        @if !without.is_empty() {
            p.note { (ui.t_with("wallet-total-without", &[("home", worth.home.name.as_str().into())])) }
            (list(without.iter().map(|part| {
                let it = &part.balance;
                row(&it.money.name).lead(icon(ui, kind_icon(it.money.kind))).end(money(it.balance, &unit(&it.money)))
            })))
        }
        @if own { (more(ui, &ui.t("wallet-home"), home_form(ui, worth))) }
    })
}

fn home_form(ui: &Ui, worth: &Worth) -> Markup {
    let mut options = select("currency", ui.t("wallet-home-which"))
        .hint(ui.t("wallet-home-hint"))
        .selected(worth.home.id.to_string());
    if !worth.parts.iter().any(|part| part.balance.money.id == worth.home.id) {
        options = options.option(worth.home.id.to_string(), &worth.home.name);
    }
    for part in &worth.parts {
        options = options.option(part.balance.money.id.to_string(), &part.balance.money.name);
    }
    form(
        ui,
        "/wallet/home",
        html! {
            (options)
            div.form-end { (button(ui.t("wallet-home-save"))) }
        },
    )
    .render()
}

/// A rate in a sentence: what for what, by whom, since when.
pub(super) fn rate_text(ui: &Ui, rate: &RateView) -> Markup {
    let by = match (&rate.by, rate.origin.strip_prefix("source:")) {
        (Some(party), _) => ui.t_with("wallet-rate-by", &[("name", party.name.as_str().into())]),
        (None, Some(source)) => ui.t_with("wallet-rate-source", &[("name", source.trim().into())]),
        (None, None) => ui.t("wallet-rate-club"),
    };
    html! {
        (money(rate.give, &unit(&rate.from))) " = " (money(rate.get, &unit(&rate.to))) ", " (by) ", " (date(ui, rate.at))
    }
}

/// What is put aside, as a row of the payer's or payee's wallet.
fn hold_row(ui: &Ui, hold: &HoldView, owner: AgentId) -> Row {
    let outgoing = hold.payer.id == owner;
    let (key, other) =
        if outgoing { ("wallet-hold-to", &hold.payee) } else { ("wallet-hold-from", &hold.payer) };
    row(ui.t_with(key, &[("name", other.name.as_str().into())]))
        .href(format!("/wallet/holds/{}", hold.id))
        .lead(mark(other.id.0, Scale::Middle))
        .note(html! {
            @if !hold.memo.is_empty() { (hold.memo) " \u{b7} " }
            (ui.t("wallet-hold-until")) " " (date(ui, hold.expires))
        })
        .end(money(hold.amount, &unit(&hold.money)))
}

/// A bill that was split, and how much of it is paid.
fn split_row(ui: &Ui, split: &SplitView) -> Row {
    let unit = unit(&split.money);
    let title = if split.memo.is_empty() { ui.t("wallet-split") } else { split.memo.clone() };
    let paid = split.bills.iter().filter(|bill| bill.state == "paid").count();
    let told = [("paid", paid.into()), ("count", split.bills.len().into())];
    row(title)
        .href(format!("/wallet/splits/{}", split.id))
        .lead(icon(ui, "split"))
        .note(ui.t_with("wallet-split-count", &told).as_str())
        .end(money(split.total, &unit))
}

/// Other ways to pay and to be paid than the plain ones.
pub(crate) fn more_ways(ui: &Ui, view: &WalletView, over: &Overview) -> Markup {
    let of = if view.own { String::new() } else { format!("?of={}", of_field(view)) };
    let ways = [
        ("split", "split"),
        ("many", "list"),
        ("standing", "repeat"),
        ("hold", "hourglass"),
        ("exchange", "arrow-left-right"),
    ];
    let ways = ways.into_iter().filter(|(path, _)| *path != "exchange" || over.may_exchange);
    section(
        &ui.t("wallet-ways"),
        html! {},
        list(
            ways.map(|(path, name)| {
                row(ui.t(&format!("wallet-way-{path}")))
                    .href(format!("/wallet/{path}{of}"))
                    .lead(icon(ui, name))
                    .note(ui.t(&format!("wallet-way-about-{path}")).as_str())
            })
            .chain([row(ui.t("wallet-currencies"))
                .href("/currencies")
                .lead(icon(ui, "hand-coins"))
                .note(ui.t("wallet-currencies-about").as_str())]),
        ),
    )
}

pub(super) async fn set_home(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["currency"])?;
    let currency = fields.parse("currency", "currency_unknown", "Please choose one of the currencies.")?;
    visit.act(key, SetHome { currency }).await??;
    visit.done("/wallet", "wallet-home-saved")
}
