//! The page of a currency: what one has, what it is for in sentences, what may be done, and the terms that were before.

use super::design::statement;
use super::words::{Sheet, sentences};
use super::{last_day, path_of, profile_of, unit};
use crate::views::{CurrencyPage, CurrencyView, Mine, SaleLine};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};
use planet_ledger::CurrencyKind;
use planet_ontology::units::Amount;

pub(super) async fn currency_page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = visit.view(CurrencyPage { code, version: None }).await?;
    visit.page(show(&visit.ui, &view))
}

pub(super) async fn terms_page(visit: Signed, Path((code, version)): Path<(String, i64)>) -> Answer {
    let view = visit.view(CurrencyPage { code, version: Some(version) }).await?;
    visit.page(show_terms(&visit.ui, &view))
}

fn show(ui: &Ui, view: &CurrencyView) -> Markup {
    let path = |verb: &str| format!("{}/{verb}", path_of(&view.money));
    let may = view.may;
    let actions = html! {
        @if may.buy { (link_button(path("buy"), ui.t("currencies-buy")).primary().icon(ui, "hand-coins")) }
        @if may.spend { (link_button(path("spend"), ui.t("currencies-spend")).icon(ui, "receipt-text")) }
        @if may.hold { (act_button(ui, path("hold"), button(ui.t("currencies-hold")).icon(ui, "plus"))) }
        @if may.issue { (link_button(path("issue"), ui.t("currencies-issue")).icon(ui, "send")) }
        (link_button(path("health"), ui.t("currencies-health")).icon(ui, "scale"))
    };
    let lead = ui.t_with(
        &format!("currencies-of-{}", view.money.kind),
        &[("issuer", view.issuer.name.as_str().into())],
    );
    Page::new(ui, &view.money.name).section("wallet").back("/currencies", ui.t("currencies-title")).lead(lead).actions(actions).show(html! {
        (state(ui, view))
        @if let Some(mine) = &view.mine { (holding(ui, view, mine)) }
        @if !view.sales.is_empty() { (section(&ui.t("currencies-sales"), html! {}, list(view.sales.iter().map(|it| sale(ui, view, it))))) }
        (debts(ui, view))
        (section(&ui.t("currencies-terms"), html! { (ui.t_with("currencies-version", &[("version", view.version.into())])) }, terms(ui, view)))
        (liability(ui, view))
        @if view.versions.len() > 1 { (older(ui, view)) }
        @if may.change || may.ask { (keepers(ui, view)) }
    })
}

fn show_terms(ui: &Ui, view: &CurrencyView) -> Markup {
    let title = ui.t_with("currencies-terms-of", &[("name", view.money.name.as_str().into())]);
    let since = view.versions.iter().find(|it| it.version == view.version).map(|it| it.since);
    Page::new(ui, title).section("wallet").back(path_of(&view.money), &view.money.name).show(html! {
        p.note {
            (ui.t_with("currencies-version", &[("version", view.version.into())]))
            @if let Some(since) = since { " \u{b7} " (ui.t("currencies-since")) " " (date(ui, since)) }
        }
        @if !view.in_force { (notice(ui, Tone::Info, &ui.t("currencies-old-terms"), html! { p { (ui.t("currencies-old-terms-text")) } })) }
        (terms(ui, view))
        (older(ui, view))
    })
}

fn state(ui: &Ui, view: &CurrencyView) -> Markup {
    let date = view.ends.map(|ends| last_day(ui, ends)).unwrap_or_default();
    let say = |key: &str| {
        ui.t_with(key, &[("date", date.as_str().into()), ("issuer", view.issuer.name.as_str().into())])
    };
    let voucher = view.money.kind == CurrencyKind::Voucher;
    let closing = if voucher { "currencies-closing-text-voucher" } else { "currencies-closing-text" };
    match view.state.as_str() {
        "retired" => notice(
            ui,
            Tone::Info,
            &ui.t("currencies-state-retired"),
            html! { p { (say("currencies-retired-text")) } },
        ),
        "closing" => notice(ui, Tone::Warn, &say("currencies-closing-title"), html! { p { (say(closing)) } }),
        "closed" => notice(
            ui,
            Tone::Info,
            &ui.t("currencies-state-closed"),
            html! { p { (say("currencies-closed-text")) } },
        ),
        _ => html! {},
    }
}

fn holding(ui: &Ui, view: &CurrencyView, mine: &Mine) -> Markup {
    let unit = unit(&view.money);
    let issuer = view.money.kind == CurrencyKind::Voucher;
    card(html! {
        p.note { (ui.t("currencies-you-have")) }
        (balance(mine.balance, &unit))
        @if !issuer && view.state == "open" {
            @let description = ui.t_with("currencies-meter", &[("balance", unit.said(mine.balance).into()), ("min", unit.said(mine.min).into()), ("max", unit.said(mine.max).into())]);
            (meter(mine.balance.0, mine.min.0, mine.max.0, description).ends(money(mine.min, &unit), money(mine.max, &unit)))
        }
        @if mine.soft_min.is_some_and(|soft| mine.balance < soft) { p.note { (ui.t("currencies-below-soft")) } }
        @if !mine.lots.is_empty() {
            ul { @for lot in &mine.lots { li { (money(lot.amount, &unit)) " " span.note { (ui.t_with("currencies-lot", &[("date", last_day(ui, lot.expires).into())])) } } } }
        }
    })
}

fn sale(ui: &Ui, view: &CurrencyView, it: &SaleLine) -> impl Render + use<> {
    let (own, paid_in) = (unit(&view.money), unit(&it.money));
    let title = ui
        .t_with("currencies-sale", &[("amount", own.said(it.left).into()), ("date", day(ui, it.at).into())]);
    let note = ui.t_with(
        "currencies-sale-back",
        &[("back", paid_in.said(it.back).into()), ("date", day(ui, it.until).into())],
    );
    row(title).lead(icon(ui, "receipt-text")).note(note).actions(html! {
        (act_button(ui, format!("{}/back", path_of(&view.money)), button(ui.t("currencies-give-back")).quiet().small())
            .hidden("sale", it.sale.to_string()).hidden("amount", it.left.0.to_string()))
    })
}

/// What the issuer owes after the end.
fn debts(ui: &Ui, view: &CurrencyView) -> Markup {
    if view.owed.is_empty() {
        return html! {};
    }
    let own = unit(&view.money);
    let lines = view.owed.iter().map(|it| {
        let title = if it.holder.name.is_empty() { ui.t("currencies-somebody") } else { it.holder.name.clone() };
        let line = row(title)
            .href(profile_of(&it.holder))
            .lead(mark(it.holder.id.0, Scale::Middle))
            .note(ui.t_with("currencies-owed-left", &[("amount", own.said(it.amount).into())]))
            .end(html! { @if let Some((price, paid_in)) = &it.price { (money(*price, &unit(paid_in))) } });
        let due = it.paid.is_none() && it.price.as_ref().is_some_and(|(price, _)| *price > Amount(0));
        match (due, view.may.settle, it.paid) {
            (true, true, _) => line.actions(html! {
                (act_button(ui, format!("{}/pay-owed", path_of(&view.money)), button(ui.t("currencies-pay-owed")).small())
                    .hidden("to", it.holder.id.to_string()))
            }),
            (_, _, Some(paid)) => line.actions(html! { (badge(&ui.t("currencies-paid"))) " " (ago(ui, paid)) }),
            _ => line,
        }
    });
    section(
        &ui.t("currencies-owed"),
        html! {},
        html! { p.note { (ui.t_with("currencies-owed-lead", &[("issuer", view.issuer.name.as_str().into())])) } (list(lines)) },
    )
}

fn terms(ui: &Ui, view: &CurrencyView) -> Markup {
    let sheet = Sheet {
        name: &view.money.name,
        kind: view.money.kind,
        unit: unit(&view.money),
        issuer: &view.issuer.name,
        terms: &view.terms,
        paid_in: view.price.as_ref().map(|price| unit(&price.money)),
        ours: false,
    };
    let title =
        if view.money.kind == CurrencyKind::Voucher { "currencies-promise" } else { "currencies-backing" };
    card(html! {
        p { (ui.t("currencies-issued-by")) " " a href=(profile_of(&view.issuer)) { (view.issuer.name) } }
        (statement(ui, &view.terms.backing, title))
        (sentences(ui, &sheet))
        (statement(ui, &view.terms.redemption, "currencies-redemption"))
    })
}

/// What is out, which is what the issuer owes: shown to every holder at all times.
fn liability(ui: &Ui, view: &CurrencyView) -> Markup {
    if view.money.kind != CurrencyKind::Voucher {
        return html! {};
    }
    let own = unit(&view.money);
    section(
        &ui.t("currencies-liability"),
        html! {},
        card(html! {
            p { (ui.t_with("currencies-liability-text", &[("issuer", view.issuer.name.as_str().into()), ("out", own.said(view.out).into())])) }
            @if let (Some(cap), "open") = (view.terms.cap, view.state.as_str()) {
                @let description = ui.t_with("currencies-liability-meter", &[("out", own.said(view.out).into()), ("cap", own.said(cap).into())]);
                (meter(view.out.0, 0, cap.0, description).ends(money(view.out, &own), money(cap, &own)))
                p.note { (ui.t_with("currencies-room", &[("room", own.said(view.room).into())])) }
            }
        }),
    )
}

fn older(ui: &Ui, view: &CurrencyView) -> Markup {
    section(&ui.t("currencies-versions"), html! {}, list(view.versions.iter().map(|it| {
        row(ui.t_with("currencies-version", &[("version", it.version.into())]))
            .href(format!("{}/terms/{}", path_of(&view.money), it.version))
            .note(html! { (ui.t("currencies-since")) " " (date(ui, it.since)) @if !it.by.name.is_empty() { " \u{b7} " (it.by.name) } })
    })))
}

/// What those who look after the group can do. Changes are put to the group.
fn keepers(ui: &Ui, view: &CurrencyView) -> Markup {
    let path = |verb: &str| format!("{}/{verb}", path_of(&view.money));
    let voucher = view.money.kind == CurrencyKind::Voucher;
    section(
        &ui.t("currencies-keep"),
        html! {},
        card(html! {
            p.note { (ui.t_with("currencies-keep-text", &[("issuer", view.issuer.name.as_str().into())])) }
            div.cluster {
                @if view.may.ask { (link_button(path("ask"), ui.t("currencies-ask")).icon(ui, "user-plus")) }
                @if view.may.change {
                    (link_button(path("change"), ui.t("currencies-change")).icon(ui, "pencil"))
                    @if voucher && view.state == "open" { (act_button(ui, path("retire"), button(ui.t("currencies-retire")).quiet())) }
                    (link_button(path("close"), ui.t("currencies-close")).quiet())
                }
            }
        }),
    )
}
