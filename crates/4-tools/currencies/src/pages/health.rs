//! The page of a currency's health: drawn on the server, with a sentence for each picture.

use super::{path_of, unit};
use crate::views::{Health, HealthView};
use axum::extract::Path;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};
use planet_ledger::CurrencyKind;
use planet_ontology::units::Amount;

pub(super) async fn health_page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = visit.view(Health { code }).await?;
    visit.page(show(&visit.ui, &view))
}

fn show(ui: &Ui, view: &HealthView) -> Markup {
    let title = ui.t_with("currencies-health-of", &[("name", view.money.name.as_str().into())]);
    Page::new(ui, title)
        .section("wallet")
        .back(path_of(&view.money), &view.money.name)
        .lead(ui.t("currencies-health-lead"))
        .show(html! {
            (out(ui, view))
            (carriers(ui, view))
            (speed(ui, view))
            @if !view.ending.is_empty() || view.expired.0 > 0 { (ending(ui, view)) }
            (commons(ui, view))
        })
}

fn out(ui: &Ui, view: &HealthView) -> Markup {
    let own = unit(&view.money);
    let values: Vec<i64> = view.course.iter().map(|it| it.out.0).chain([view.out.0]).collect();
    let key = if view.money.kind == CurrencyKind::Voucher {
        "currencies-out-voucher"
    } else {
        "currencies-out-credit"
    };
    section(
        &ui.t("currencies-out"),
        html! {},
        card(html! {
            (balance(view.out, &own))
            p.note { (ui.t_with("currencies-holders-count", &[("count", view.holders.into())])) }
            @if values.len() > 2 {
                @let low = values.iter().min().copied().map_or(Amount(0), Amount);
                @let high = values.iter().max().copied().map_or(Amount(0), Amount);
                (sparkline(&values, &ui.t_with("currencies-course", &[("low", own.said(low).into()), ("high", own.said(high).into())])))
                p.note { (ui.t_with("currencies-course", &[("low", own.said(low).into()), ("high", own.said(high).into())])) }
            }
            p.note { (ui.t(key)) }
        }),
    )
}

fn carriers(ui: &Ui, view: &HealthView) -> Markup {
    let names = ["currencies-band-first", "currencies-band-second", "currencies-band-rest"];
    let drawn: Vec<Bar> = view
        .bands
        .iter()
        .zip(names)
        .map(|(band, name)| Bar {
            label: ui.t_with(name, &[("count", band.holders.into())]),
            value: band.percent,
            shown: format!("{}\u{202f}%", band.percent),
        })
        .collect();
    section(
        &ui.t("currencies-carriers"),
        html! {},
        card(html! {
            @if drawn.is_empty() { p { (ui.t("currencies-few-holders")) } }
            @else { (bars(&ui.t("currencies-carriers-title"), &drawn)) p.note { (ui.t("currencies-carriers-note")) } }
        }),
    )
}

fn speed(ui: &Ui, view: &HealthView) -> Markup {
    let own = unit(&view.money);
    let args = [("turnover", own.said(view.turnover).into()), ("days", view.days.into())];
    section(
        &ui.t("currencies-speed"),
        html! {},
        card(html! {
            p { (ui.t_with("currencies-turnover", &args)) }
            @match view.velocity {
                Some(hundredths) => { p { (ui.t_with("currencies-velocity", &[("times", Amount(hundredths).show(2).into())])) } }
                None => { p { (ui.t("currencies-no-velocity")) } }
            }
            p.note { (ui.t("currencies-speed-note")) }
        }),
    )
}

fn ending(ui: &Ui, view: &HealthView) -> Markup {
    let own = unit(&view.money);
    let drawn: Vec<Bar> = view
        .ending
        .iter()
        .map(|lot| Bar {
            label: super::last_day(ui, lot.expires),
            value: lot.amount.0,
            shown: own.said(lot.amount),
        })
        .collect();
    section(
        &ui.t("currencies-ending"),
        html! {},
        card(html! {
            @if !drawn.is_empty() { (bars(&ui.t("currencies-ending-title"), &drawn)) }
            p { (ui.t_with("currencies-expired", &[("amount", own.said(view.expired).into())])) }
            p.note { (ui.t("currencies-ending-note")) }
        }),
    )
}

fn commons(ui: &Ui, view: &HealthView) -> Markup {
    let own = unit(&view.money);
    let drawn: Vec<Bar> = [("currencies-levied", view.levied), ("currencies-idled", view.idled)]
        .into_iter()
        .filter(|(_, amount)| amount.0 > 0)
        .map(|(key, amount)| Bar { label: ui.t(key), value: amount.0, shown: own.said(amount) })
        .collect();
    section(
        &ui.t("currencies-commons"),
        html! {},
        card(html! {
            @if drawn.is_empty() { p { (ui.t("currencies-no-commons")) } }
            @else {
                (bars(&ui.t("currencies-commons-title"), &drawn))
                p.note { (ui.t_with("currencies-commons-note", &[("name", view.commons.name.as_str().into())])) }
            }
        }),
    )
}
