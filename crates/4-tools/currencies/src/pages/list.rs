//! The page of all currencies: those one holds, those to discover, and what a currency can be.

use super::{path_of, unit};
use crate::views::{Currencies, CurrenciesView, Line};
use axum::extract::Query;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};

pub(super) async fn list_page(visit: Signed, Query(query): Query<Currencies>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show(&visit.ui, &view))
}

fn show(ui: &Ui, view: &CurrenciesView) -> Markup {
    let may = !view.groups.is_empty();
    let (ended, living): (Vec<&Line>, Vec<&Line>) =
        view.lines.iter().partition(|line| line.state == "closed");
    let (mine, others): (Vec<&Line>, Vec<&Line>) =
        living.into_iter().partition(|line| line.balance.is_some());
    let actions = html! {
        @if may { (link_button("/currencies/new", ui.t("currencies-new")).primary().icon(ui, "plus")) }
        (link_button("/rates", ui.t("currencies-rates")).icon(ui, "scale"))
    };
    Page::new(ui, ui.t("currencies-title")).section("wallet").back("/wallet", ui.t("currencies-wallet")).lead(ui.t("currencies-lead")).actions(actions).show(html! {
        @if view.lines.is_empty() {
            (empty(ui, "hand-coins", ui.t("currencies-none"), ui.t("currencies-none-text"))
                .action(if may { link_button("/currencies/new", ui.t("currencies-new")) } else { link_button("/groups/new", ui.t("currencies-start-group")) }))
        }
        @if !mine.is_empty() { (section(&ui.t("currencies-mine"), html! {}, list(mine.into_iter().map(|it| line(ui, it))))) }
        @if !others.is_empty() { (section(&ui.t("currencies-others"), html! {}, list(others.into_iter().map(|it| line(ui, it))))) }
        @if !ended.is_empty() { (section(&ui.t("currencies-ended"), html! {}, list(ended.into_iter().map(|it| line(ui, it))))) }
        (kinds(ui))
        @if !may { p.note { (ui.t("currencies-who-makes")) } }
    })
}

fn line(ui: &Ui, it: &Line) -> impl Render + use<> {
    let note = html! {
        (ui.t(&format!("currencies-kind-{}", it.money.kind))) " \u{b7} " (it.issuer.name)
        @if !it.backing.is_empty() { " \u{b7} " (planet_kit::markdown::excerpt(&it.backing, 90)) }
    };
    let end = html! {
        @match it.balance {
            Some(balance) => { (money(balance, &unit(&it.money))) }
            None => { @if it.state != "open" { (badge(&ui.t(&format!("currencies-state-{}", it.state)))) } }
        }
    };
    row(&it.money.name).href(path_of(&it.money)).lead(mark(it.issuer.id.0, Scale::Middle)).note(note).end(end)
}

/// What a currency can be, with an example each.
fn kinds(ui: &Ui) -> Markup {
    more(
        ui,
        &ui.t("currencies-what"),
        html! {
            @for kind in ["mutual-credit", "voucher", "time"] {
                h3 { (ui.t(&format!("currencies-kind-{kind}"))) }
                p { (ui.t(&format!("currencies-about-{kind}"))) }
            }
        },
    )
}
