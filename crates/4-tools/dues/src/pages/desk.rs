//! The treasurer's page about dues and shares.

use super::dues::wish;
use super::relief::percent;
use super::{state_badge, unit, what};
use crate::acts::relief::{AnswerRelief, Waive};
use crate::acts::repay::Repay;
use crate::rows::lines::NamedLine;
use crate::rows::reliefs::ReliefRow;
use crate::rows::shares::RepaymentRow;
use crate::terms::LONGEST_WORDS;
use crate::views::Money;
use crate::views::desk::{Came, Desk, DeskView, Named};
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::sheet::{cell, sheet};
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::{DuesLineId, ReliefId, RepaymentId};
use planet_ontology::units::Moment;

const PATH: &str = "/membership/desk";

pub(super) async fn page(visit: Signed) -> Answer {
    let view = visit.view(Desk::default()).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &DeskView, filled: &Filled) -> Markup {
    let copy = link_button("/membership/desk/copy", ui.t("dues-copy-csv")).icon(ui, "download").quiet();
    let page =
        Page::new(ui, ui.t("dues-desk")).section("settings").back("/membership/dues", ui.t("dues-title"));
    page.lead(ui.t("dues-desk-lead")).actions(copy.render()).show(html! {
        @if filled.is_wrong() { (notice(ui, Tone::Bad, filled.error("").unwrap_or_default(), html! {})) }
        (sums(ui, view))
        @if !view.reliefs.is_empty() { (section(&ui.t("dues-desk-reliefs"), html! {}, html! { @for it in &view.reliefs { (asked(ui, it)) } })) }
        @if !view.repayments.is_empty() {
            (section(&ui.t("dues-desk-repayments"), html! {}, html! {
                p.note { (ui.t("dues-desk-repayments-text")) }
                (list(view.repayments.iter().map(|it| repayment(ui, it, &view.moneys))))
            }))
        }
        (section(&ui.t("dues-desk-owed"), html! {}, html! {
            @if view.owed.is_empty() { p.note { (ui.t("dues-desk-nothing-owed")) } }
            @else { (list(view.owed.iter().map(|it| owed(ui, it, &view.moneys)))) }
        }))
        (section(&ui.t("dues-desk-months"), html! {}, months(ui, &view.months, &view.moneys)))
    })
}

fn sums(ui: &Ui, view: &DeskView) -> Markup {
    html! {
        @if !view.outstanding.is_empty() || !view.capital.is_empty() {
            (card(html! { dl.facts {
                @for it in &view.outstanding {
                    @let unit = unit(&view.moneys, it.currency);
                    div { dt { (ui.t_with("dues-desk-outstanding", &[("count", it.count.into())])) } dd { (money(it.amount, &unit)) } }
                    div { dt { (ui.t("dues-desk-overdue")) } dd { (money(it.overdue, &unit)) } }
                }
                @for (currency, number, paid) in &view.capital {
                    div { dt { (ui.t_with("dues-desk-capital", &[("count", (*number).into())])) } dd { (money(*paid, &unit(&view.moneys, *currency))) } }
                }
            } }))
        }
    }
}

/// A request, with the form to answer it. Nobody answers their own.
fn asked(ui: &Ui, it: &Named<ReliefRow>) -> Markup {
    let row = &it.it;
    let choices = || {
        choices("grant", ui.t("dues-answer"))
            .option("yes", ui.t("dues-grant"), ui.t("dues-grant-text"))
            .option("no", ui.t("dues-refuse"), ui.t("dues-refuse-text"))
    };
    card(html! {
        h3 { (it.name) }
        p { (wish(ui, &row.kind, row.percent, row.until)) }
        @if !row.words.is_empty() { blockquote { (row.words) } }
        @if it.own { p.note { (ui.t("dues-own-affair")) } } @else {
            (form(ui, format!("{PATH}/requests/{}", row.id), html! {
                (choices())
                @if row.kind == "reduce" { (field("percent", ui.t("dues-percent")).number().value(row.percent.to_string())) }
                (field("answer", ui.t("dues-answer-words")).hint(ui.t("dues-answer-hint")).area(2).limit(LONGEST_WORDS).optional(ui))
                div.form-end { (button(ui.t("dues-answer-button")).primary()) }
            }))
        }
    })
}

fn repayment(ui: &Ui, it: &Named<RepaymentRow>, moneys: &[Money]) -> impl Render + use<> {
    let row_of = &it.it;
    let ready = row_of.due <= ui.now;
    let due = [("day", day(ui, row_of.due).into())];
    let words = if ready { ui.t("dues-repayment-due") } else { ui.t_with("dues-repayment-on", &due) };
    let line = row(&it.name)
        .lead(icon(ui, "hand-coins"))
        .note(html! {
            (badge_tone(if ready { Tone::Warn } else { Tone::Info }, &words)) " " (ui.t_with("dues-lot", &[("count", row_of.number.into())]))
            @if ready && it.own { " \u{b7} " (ui.t("dues-own-affair")) }
        })
        .end(money(row_of.amount, &unit(moneys, row_of.currency)));
    if ready && !it.own {
        let path = format!("{PATH}/repayments/{}", row_of.id);
        line.actions(html! { (act_button(ui, path, button(ui.t("dues-repay")).primary().small())) })
    } else {
        line
    }
}

fn owed(ui: &Ui, it: &NamedLine, moneys: &[Money]) -> impl Render + use<> {
    let own = ui.viewer.as_ref().is_some_and(|me| me.id == it.member.0);
    let line = row(&it.name)
        .lead(icon(ui, "receipt-text"))
        .note(html! {
            (state_badge(ui, &it.state, it.due < ui.now)) " " (what(ui, &it.kind, &it.period)) ", " (ui.t_with("dues-due", &[("day", day(ui, it.due).into())]))
            @if it.standing == "left" { " \u{b7} " (ui.t("dues-has-left")) }
        })
        .end(money(it.amount, &unit(moneys, it.currency)));
    if own {
        return line;
    }
    line.actions(html! { (act_button(ui, format!("{PATH}/{}/waive", it.id), button(ui.t("dues-waive")).quiet().small())) })
}

fn months(ui: &Ui, months: &[(String, planet_ontology::ids::CurrencyId, Came)], moneys: &[Money]) -> Markup {
    if months.is_empty() {
        return html! { p.note { (ui.t("dues-desk-no-months")) } };
    }
    let [month, dues, shares, waived] =
        ["dues-month", "dues-came-dues", "dues-shares", "dues-came-waived"].map(|key| ui.t(key));
    let columns =
        [Column::text(&month), Column::number(&dues), Column::number(&shares), Column::number(&waived)];
    let lines = months.iter().map(|(month, currency, came)| {
        let unit = unit(moneys, *currency);
        vec![html! { (month) }, money(came.dues, &unit), money(came.shares, &unit), money(came.waived, &unit)]
    });
    table(&ui.t("dues-desk-months"), &columns, lines)
}

/// What was owed within a year and what became of it, as a sheet.
pub(super) async fn copy_of(visit: Signed) -> Answer {
    let view = visit.view(Desk { whole: true }).await?;
    let day = |at: Moment| at.rfc3339().chars().take(10).collect::<String>();
    let rows = view.owed.iter().chain(&view.ended).map(|it| {
        let money = view.moneys.iter().find(|money| money.id == it.currency);
        let (amount, code) =
            money.map(|money| (it.amount.show(money.decimals), money.code.clone())).unwrap_or_default();
        [
            cell(&it.name),
            cell(&it.handle),
            it.kind.clone(),
            it.period.clone(),
            day(it.due),
            it.state.clone(),
            it.ended.map(day).unwrap_or_default(),
            amount,
            cell(&code),
        ]
    });
    let body =
        sheet(["name", "handle", "what", "period", "due", "state", "ended", "amount", "currency"], rows);
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"dues.csv\""),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, body).into_response())
}

pub(super) async fn answer(visit: Signed, Path(relief): Path<ReliefId>, fields: Fields) -> Answer {
    let key = fields.key(&["grant", "percent", "answer"])?;
    let grant = fields.text("grant") == "yes";
    let result = match percent(&fields) {
        Ok(percent) => {
            let act =
                AnswerRelief { relief, grant, percent, until: None, answer: fields.text("answer").into() };
            visit.act(key, act).await?.map(|done| done.proposal)
        }
        Err(refusal) => Err(refusal),
    };
    ended(&visit, &fields, result.map(|proposal| proposal.map(|it| it.to_string())), "dues-told-answered")
        .await
}

pub(super) async fn repay(visit: Signed, Path(repayment): Path<RepaymentId>, fields: Fields) -> Answer {
    let result = visit.act(fields.key(&[])?, Repay { repayment }).await?;
    ended(&visit, &fields, result.map(|done| done.proposal.map(|it| it.to_string())), "dues-told-repaid")
        .await
}

pub(super) async fn waive(visit: Signed, Path(line): Path<DuesLineId>, fields: Fields) -> Answer {
    let result = visit.act(fields.key(&[])?, Waive { line }).await?;
    ended(&visit, &fields, result.map(|done| done.proposal.map(|it| it.to_string())), "dues-told-waived")
        .await
}

/// Goes on to the page again, or to the proposal that was opened instead.
async fn ended(
    visit: &Signed,
    fields: &Fields,
    result: Result<Option<String>, Refusal>,
    told: &str,
) -> Answer {
    match result {
        Ok(Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "dues-told-proposed"),
        Ok(None) => visit.done(PATH, told),
        Err(refusal) => {
            let view = visit.view(Desk::default()).await?;
            let mut filled = fields.filled(&refusal);
            filled.wrong("", refusal.sentence.clone());
            visit.again(&refusal, show(&visit.ui, &view, &filled))
        }
    }
}
