//! The pages of rates: at which others exchange, offering one's own, and what the club counts with.

use super::{amount_in, profile_of, unit};
use crate::acts::rates::{PostRate, SetReference, WithdrawRate};
use crate::error::CurrencyError;
use crate::views::{Money, RateLine, Rates, RatesView};
use axum::extract::Query;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::CurrencyId;
use planet_ontology::units::Moment;

const FIELDS: [&str; 5] = ["from", "to", "give", "get", "until"];

pub(super) async fn rates_page(visit: Signed, Query(query): Query<Rates>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &RatesView, filled: &Filled) -> Markup {
    let (posted, others): (Vec<&RateLine>, Vec<&RateLine>) =
        view.rates.iter().partition(|it| it.origin == "posted");
    let actions = html! {
        @if view.may_refer { (link_button("/rates/reference", ui.t("currencies-refer")).icon(ui, "vote")) }
    };
    Page::new(ui, ui.t("currencies-rates")).section("wallet").back("/currencies", ui.t("currencies-title")).lead(ui.t("currencies-rates-lead")).actions(actions).show(html! {
        @if posted.is_empty() {
            (empty(ui, "scale", ui.t("currencies-no-rates"), ui.t("currencies-no-rates-text")))
        } @else { (section(&ui.t("currencies-posted"), html! {}, list(posted.into_iter().map(|it| line(ui, it))))) }
        @if !others.is_empty() { (section(&ui.t("currencies-reference"), html! {}, html! { p.note { (ui.t("currencies-reference-note")) } (list(others.into_iter().map(|it| line(ui, it)))) })) }
        @if view.held.len() > 1 {
            (section(&ui.t("currencies-offer"), html! {}, card(html! {
                p.note { (ui.t("currencies-offer-note")) }
                (rate_form(ui, "/rates", &view.held, filled, true))
            })))
        } @else { p.note { (ui.t("currencies-offer-two")) } }
    })
}

fn line(ui: &Ui, it: &RateLine) -> impl Render + use<> {
    let (from, to) = (unit(&it.from), unit(&it.to));
    let title = ui.t_with(
        if it.origin == "posted" { "currencies-rate" } else { "currencies-rate-counts" },
        &[("give", from.said(it.give).into()), ("get", to.said(it.get).into())],
    );
    let note = html! {
        @match &it.by {
            Some(by) => { a href=(profile_of(by)) { (by.name) } }
            None => { (it.origin.strip_prefix("source:").unwrap_or(&it.origin)) }
        }
        " \u{b7} " (ui.t("currencies-since")) " " (date(ui, it.at))
        @if let Some(until) = it.until { " \u{b7} " (ui.t("currencies-until")) " " (day(ui, Moment(until.0.saturating_sub(1)))) }
        " \u{b7} " a href={ "/rates?from=" (it.from.id) "&to=" (it.to.id) } { (ui.t("currencies-course-of")) }
    };
    let line = row(title).lead(icon(ui, "scale")).note(note);
    let open = it.own && it.origin == "posted" && it.until.is_none_or(|until| until > ui.now);
    if open {
        line.actions(
            act_button(ui, "/rates/withdraw", button(ui.t("currencies-withdraw")).quiet().small())
                .hidden("rate", it.id.to_string())
                .render(),
        )
    } else {
        line
    }
}

fn rate_form(ui: &Ui, action: &str, held: &[Money], filled: &Filled, until: bool) -> Markup {
    let choose = |name: &'static str, key: &str, at: usize| {
        let first = held.get(at).map(|it| it.id.to_string()).unwrap_or_default();
        held.iter()
            .fold(select(name, ui.t(key)), |all, it| {
                all.option(it.id.to_string(), format!("{} ({})", it.name, it.symbol))
            })
            .selected(first)
            .filled(filled)
    };
    let amount = |name: &'static str, key: &str| {
        field(name, ui.t(key)).number().with("inputmode", "decimal").required().filled(filled)
    };
    form(ui, action, html! {
        div.fields { (amount("give", "currencies-r-give")) (choose("from", "currencies-r-from", 0)) }
        div.fields { (amount("get", "currencies-r-get")) (choose("to", "currencies-r-to", 1)) }
        @if until { (field("until", ui.t("currencies-r-until")).hint(ui.t("currencies-r-until-hint")).date().optional(ui).filled(filled)) }
        div.form-end { (button(ui.t(if until { "currencies-post" } else { "currencies-put-to-club" })).primary()) }
    }).filled(filled).render()
}

/// The pair and the amounts that a form says.
fn pair(
    fields: &Fields,
    held: &[Money],
) -> Result<(CurrencyId, CurrencyId, planet_ontology::units::Amount, planet_ontology::units::Amount), Refusal>
{
    let find = |name: &str| {
        let id: Option<CurrencyId> = fields.text(name).parse().ok();
        held.iter().find(|it| Some(it.id) == id).ok_or_else(|| Refusal::from(CurrencyError::RateItself))
    };
    let (from, to) = (find("from")?, find("to")?);
    Ok((from.id, to.id, amount_in(fields, "give", &unit(from))?, amount_in(fields, "get", &unit(to))?))
}

pub(super) async fn post_rate(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&FIELDS)?;
    let view = visit.view(Rates::default()).await?;
    let read = pair(&fields, &view.held).and_then(|pair| Ok((pair, end_of_day(&fields)?)));
    let result = match read {
        Ok(((from, to, give, get), until)) => {
            visit.act(key, PostRate { from, to, give, get, until }).await?.map(|_| ())
        }
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(()) => visit.done("/rates", "currencies-rate-posted"),
        Err(refusal) => visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

/// The end of the day that a form names, in UTC as all days of currencies.
fn end_of_day(fields: &Fields) -> Result<Option<Moment>, Refusal> {
    let text = fields.text("until");
    if text.is_empty() {
        return Ok(None);
    }
    Moment::of_day(text).map(|begin| Some(begin.next_day())).ok_or_else(|| CurrencyError::RateEnded.into())
}

pub(super) async fn withdraw(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["rate"])?;
    let rate = fields.parse("rate", "rate_unknown", &CurrencyError::RateUnknown.to_string())?;
    visit.act(key, WithdrawRate { rate }).await??;
    visit.done("/rates", "currencies-rate-withdrawn")
}

pub(super) async fn reference_page(visit: Signed) -> Answer {
    let view = visit.view(Rates::default()).await?;
    visit.page(show_reference(&visit.ui, &view, &Filled::default()))
}

fn show_reference(ui: &Ui, view: &RatesView, filled: &Filled) -> Markup {
    Page::new(ui, ui.t("currencies-refer"))
        .section("wallet")
        .back("/rates", ui.t("currencies-rates"))
        .lead(ui.t("currencies-refer-lead"))
        .show(html! {
            @if view.held.len() > 1 { (rate_form(ui, "/rates/reference", &view.held, filled, false)) }
            @else { p { (ui.t("currencies-offer-two")) } }
        })
}

pub(super) async fn set_reference(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&FIELDS)?;
    let view = visit.view(Rates::default()).await?;
    let result = match pair(&fields, &view.held) {
        Ok((from, to, give, get)) => visit.act(key, SetReference { from, to, give, get }).await?,
        Err(refusal) => Err(refusal),
    };
    match result.map(|done| done.proposal) {
        Ok(Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "currencies-proposed"),
        Ok(None) => visit.done("/rates", "currencies-rate-posted"),
        Err(refusal) => visit.again(&refusal, show_reference(&visit.ui, &view, &fields.filled(&refusal))),
    }
}
