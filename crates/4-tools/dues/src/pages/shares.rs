//! A member's shares: buying, giving back, and the certificate for the drawer at home.

use super::unit;
use crate::acts::shares::{AskRepayment, BuyShares, KeepShares};
use crate::error::DuesError;
use crate::rows::shares::{LotRow, RepaymentRow};
use crate::views::mine::{Mine, MineView};
use crate::views::terms::{InForce, TermsPage, TermsView};
use axum::extract::Path;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::RepaymentId;
use planet_ontology::units::Amount;

pub(super) async fn page(visit: Signed) -> Answer {
    let (view, mine) = (visit.view(TermsPage {}).await?, visit.view(Mine {}).await?);
    visit.page(show(&visit.ui, &view, &mine, &Filled::default()))
}

fn show(ui: &Ui, view: &TermsView, mine: &MineView, filled: &Filled) -> Markup {
    let sold = view.in_force.as_ref().filter(|it| it.terms.share_price.0 > 0);
    let paper = html! { @if mine.held > 0 { (link_button("/membership/shares/certificate", ui.t("dues-certificate")).icon(ui, "printer")) } };
    let page =
        Page::new(ui, ui.t("dues-shares")).section("settings").back("/membership/dues", ui.t("dues-title"));
    page.lead(ui.t("dues-shares-lead")).actions(paper).show(html! {
        @if mine.lots.is_empty() && sold.is_none() {
            (empty(ui, "ticket", ui.t("dues-no-shares"), ui.t("dues-no-shares-text")).action(link_button("/membership/dues", ui.t("dues-costs"))))
        }
        @if mine.held > 0 {
            (section(&ui.t_with("dues-shares-held", &[("count", mine.held.into())]), html! {}, list(mine.lots.iter().filter(|it| it.kept > 0).map(|it| lot(ui, mine, it)))))
        }
        @if let Some(it) = sold { (section(&ui.t("dues-shares-buy"), html! {}, buying(ui, it, mine, filled))) }
        @if mine.held > mine.asked { (section(&ui.t("dues-shares-back"), html! {}, giving_back(ui, view, mine, filled))) }
        @if !mine.repayments.is_empty() {
            (section(&ui.t("dues-repayments"), html! {}, list(mine.repayments.iter().map(|it| repayment(ui, mine, it)))))
        }
    })
}

fn lot(ui: &Ui, mine: &MineView, it: &LotRow) -> impl Render + use<> {
    let unit = unit(&mine.moneys, it.currency);
    let paid = Amount(it.price.0.saturating_mul(it.kept));
    row(ui.t_with("dues-lot", &[("count", it.kept.into())]))
        .lead(icon(ui, "ticket"))
        .note(ui.t_with("dues-bought", &[("day", day(ui, it.bought).into())]))
        .end(money(paid, &unit))
}

fn buying(ui: &Ui, it: &InForce, mine: &MineView, filled: &Filled) -> Markup {
    let room = it.terms.most_shares.saturating_sub(mine.held);
    if room <= 0 {
        return html! { p.note { (ui.t_with("dues-shares-full", &[("most", it.terms.most_shares.into())])) } };
    }
    let unit = Unit { symbol: it.money.symbol.clone(), decimals: it.money.decimals };
    let first = mine.missing.max(1);
    card(html! {
        p { (money(it.terms.share_price, &unit)) " " (ui.t("dues-each")) ". " (ui.t_with("dues-how-many-text", &[("least", it.terms.least_shares.into()), ("most", it.terms.most_shares.into())])) }
        (form(ui, "/membership/shares/buy", html! {
            (field("number", ui.t("dues-number")).hint(ui.t("dues-number-hint")).number().value(first.to_string()).required().filled(&filled.if_sent("price")))
            div.form-end { (button(ui.t("dues-buy")).primary()) }
        }).hidden("price", it.terms.share_price.0.to_string()).filled(&filled.if_sent("price")))
    })
}

fn giving_back(ui: &Ui, view: &TermsView, mine: &MineView, filled: &Filled) -> Markup {
    let (days, least) =
        view.in_force.as_ref().map_or((0, 0), |it| (it.terms.notice_days, it.terms.least_shares));
    let free = mine.held.saturating_sub(mine.asked).saturating_sub(least);
    if free <= 0 {
        return html! { p.note { (ui.t_with("dues-shares-least", &[("least", least.into())])) } };
    }
    let filled = filled.if_sent("back");
    card(html! {
        p { (ui.t_with("dues-back-text", &[("count", days.into())])) }
        (form(ui, "/membership/shares/back", html! {
            (field("back", ui.t("dues-number-back")).hint(ui.t_with("dues-number-back-hint", &[("count", free.into())])).number().required().filled(&filled))
            div.form-end { (button(ui.t("dues-give-back"))) }
        }).filled(&filled))
    })
}

fn repayment(ui: &Ui, mine: &MineView, it: &RepaymentRow) -> impl Render + use<> {
    let unit = unit(&mine.moneys, it.currency);
    let due = [("day", day(ui, it.due).into())];
    let (tone, words) = match it.state.as_str() {
        "paid" => (Tone::Good, ui.t("dues-repaid")),
        "withdrawn" => (Tone::Info, ui.t("dues-kept")),
        _ if it.due <= ui.now => (Tone::Warn, ui.t("dues-repayment-due")),
        _ => (Tone::Info, ui.t_with("dues-repayment-on", &due)),
    };
    let line = row(ui.t_with("dues-lot", &[("count", it.number.into())]))
        .lead(icon(ui, "hand-coins"))
        .note(html! { (badge_tone(tone, &words)) })
        .end(money(it.amount, &unit));
    let path = format!("/membership/shares/repayments/{}/keep", it.id);
    if it.state == "notice" {
        line.actions(html! { (act_button(ui, path, button(ui.t("dues-keep")).quiet().small())) })
    } else {
        line
    }
}

/// The certificate, for paper.
pub(super) async fn certificate(visit: Signed) -> Answer {
    let mine = visit.view(Mine {}).await?;
    let ui = &visit.ui;
    let page = Page::new(ui, ui.t("dues-certificate"))
        .section("settings")
        .back("/membership/shares", ui.t("dues-shares"));
    let [when, number, price, paid] =
        ["dues-when", "dues-number-of", "dues-share-price", "dues-paid-in"].map(|key| ui.t(key));
    let columns =
        [Column::text(&when), Column::number(&number), Column::number(&price), Column::number(&paid)];
    let lots = mine.lots.iter().filter(|it| it.kept > 0).map(|it| {
        let unit = unit(&mine.moneys, it.currency);
        let paid = Amount(it.price.0.saturating_mul(it.kept));
        vec![html! { (day(ui, it.bought)) }, html! { (it.kept) }, money(it.price, &unit), money(paid, &unit)]
    });
    let says = [
        ("name", mine.name.as_str().into()),
        ("club", ui.club.name.as_str().into()),
        ("count", mine.held.into()),
    ];
    visit.page(page.show(html! {
        (card(html! {
            p.lead { (ui.t_with("dues-certificate-says", &says)) }
            p { (ui.t_with("dues-member-since", &[("day", day(ui, mine.since).into())])) }
            (table(&ui.t("dues-certificate"), &columns, lots))
            p.note { (ui.t_with("dues-certificate-note", &[("day", day(ui, ui.now).into())])) }
        }))
        p.note { (ui.t("dues-print-hint")) }
        div.cluster { (link_button(format!("/membership/register/{}", mine.handle), ui.t("dues-proof")).quiet()) }
    }))
}

fn number(fields: &Fields, name: &str) -> Result<i64, Refusal> {
    let wrong = || Refusal { field: Some(name.into()), ..DuesError::NumberOutOfRange.into() };
    fields.text(name).parse().map_err(|_| wrong())
}

pub(super) async fn buy(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["number", "price"])?;
    // The form says what one costs, so that nobody pays more than they have read.
    let price = fields.text("price").parse::<i64>().unwrap_or_default();
    let result = match number(&fields, "number") {
        Ok(number) => {
            visit.act(key, BuyShares { number, price: Amount(price.saturating_mul(number)) }).await?.map(drop)
        }
        Err(refusal) => Err(refusal),
    };
    ended(&visit, &fields, result, "dues-told-bought").await
}

pub(super) async fn back(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["back"])?;
    let result = match number(&fields, "back") {
        Ok(number) => visit.act(key, AskRepayment { number }).await?.map(drop),
        Err(refusal) => Err(refusal),
    };
    ended(&visit, &fields, result, "dues-told-given-back").await
}

pub(super) async fn keep(visit: Signed, Path(repayment): Path<RepaymentId>, fields: Fields) -> Answer {
    let result = visit.act(fields.key(&[])?, KeepShares { repayment }).await?.map(drop);
    ended(&visit, &fields, result, "dues-told-kept").await
}

async fn ended(visit: &Signed, fields: &Fields, result: Result<(), Refusal>, told: &str) -> Answer {
    match result {
        Ok(()) => visit.done("/membership/shares", told),
        Err(refusal) => {
            let (view, mine) = (visit.view(TermsPage {}).await?, visit.view(Mine {}).await?);
            let mut filled = fields.filled(&refusal);
            // The act calls it a number, whichever form it was.
            if !fields.text("back").is_empty() {
                filled.wrong("back", refusal.sentence.clone());
            }
            visit.again(&refusal, show(&visit.ui, &view, &mine, &filled))
        }
    }
}
