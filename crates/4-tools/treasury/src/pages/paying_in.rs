//! The form for paying in.

use super::card::card_desk;
use super::holding::{Whose, whose};
use super::opening::name_of;
use super::{amount, path, refused, unit};
use crate::acts::pay_in::AskPayIn;
use crate::error::TreasuryError;
use crate::views::holding::{HoldingPage, HoldingView};
use axum::extract::{Path, Query};
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};

pub(super) async fn page(visit: Signed, Path(code): Path<String>, Query(of): Query<Whose>) -> Answer {
    let view = visit.view(HoldingPage { code, of: of.of }).await?;
    visit.page(show(&visit, &view, &Filled::default()))
}

fn show(visit: &Signed, view: &HoldingView, filled: &Filled) -> Markup {
    let (ui, held) = (&visit.ui, &view.held);
    let page =
        Page::new(ui, ui.t("treasury-pay-in")).section("wallet").back(path(held, ""), name_of(ui, held));
    if held.closing.is_some() {
        return page.show(notice(
            ui,
            Tone::Warn,
            &ui.t("treasury-closing"),
            html! { p { (ui.t("treasury-closing-text")) } },
        ));
    }
    let takers = || view.cash.iter().filter(|it| Some(it.id.0) != ui.viewer.as_ref().map(|me| me.id));
    let mut ways = choices("how", ui.t("treasury-how")).option(
        "bank",
        ui.t("treasury-in-by-bank"),
        ui.t("treasury-how-bank"),
    );
    if takers().next().is_some() {
        ways = ways.option("cash", ui.t("treasury-in-by-cash"), ui.t("treasury-how-cash"));
    }
    if card_desk(&visit.desk).is_some() {
        ways = ways.option("card", ui.t("treasury-in-by-card"), ui.t("treasury-how-card"));
    }
    let selected = filled.value("how").unwrap_or("bank").to_owned();
    let named = takers().fold(select("named", ui.t("treasury-named")), |select, it| {
        select.option(it.id.to_string(), it.name.clone())
    });
    page.lead(ui.t_with("treasury-pay-in-lead", &[("holder", held.holder_name.as_str().into())])).show(html! {
        (form(ui, path(held, "in"), html! {
            (field("amount", ui.t("treasury-amount")).money(&unit(held)).required().filled(filled))
            (ways.selected(selected).filled(filled))
            @if takers().next().is_some() { (named.hint(ui.t("treasury-named-hint")).filled(filled)) }
            div.form-end { (button(ui.t("treasury-go-on")).primary()) (link_button(path(held, ""), ui.t("treasury-back")).quiet()) }
        }).hidden("of", whose(view)).filled(filled))
        p.note { (ui.t("treasury-promise")) }
    })
}

pub(super) async fn ask(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["of", "amount", "how", "named"])?;
    let of = fields.text("of").strip_prefix("?of=").map(str::to_owned);
    let view = visit.view(HoldingPage { code, of }).await?;
    let announced = announcement(&view, &fields).and_then(|act| {
        let none = act.how == "card" && card_desk(&visit.desk).is_none();
        if none { Err(TreasuryError::NoCards.into()) } else { Ok(act) }
    });
    let result = match refused(announced)? {
        Ok(act) => visit.act(key, act).await?,
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(done) => match done.output {
            Some(announced) if fields.text("how") == "card" => {
                if let Some(desk) = card_desk(&visit.desk) {
                    desk.ring();
                }
                visit.done(&format!("/treasury/pay-ins/{}/card", announced.pay_in), "treasury-announced-card")
            }
            Some(announced) => {
                visit.done(&format!("/treasury/pay-ins/{}", announced.pay_in), "treasury-announced")
            }
            None => super::done(&visit, &done, &path(&view.held, ""), "treasury-announced"),
        },
        Err(refusal) => visit.again(&refusal, show(&visit, &view, &fields.filled(&refusal))),
    }
}

fn announcement(view: &HoldingView, fields: &Fields) -> Result<AskPayIn, Fault> {
    let how = fields.text("how").to_owned();
    let named = if how == "cash" { fields.text("named").parse().ok() } else { None };
    Ok(AskPayIn {
        currency: view.held.currency,
        amount: amount(fields, "amount", &view.held)?,
        named,
        how,
        of: (!view.mine.own).then_some(view.mine.owner.id),
    })
}
