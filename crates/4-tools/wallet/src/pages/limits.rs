//! How far an account may go: the limits of a member or a group with the form that changes them, and the page on what a
//! balance below zero means.

use super::{profile_of, unit};
use crate::acts::limits::{SetLimits, SoftLimits};
use crate::views::{Limits, LimitsView, Money};
use axum::extract::Query;
use planet_corridor::refusal::Refusal;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::units::Amount;
use planet_purse::WIDEST;

pub(super) async fn limits_page(visit: Signed, Query(query): Query<Limits>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show_limits(&visit.ui, &view, &Filled::default()))
}

fn show_limits(ui: &Ui, view: &LimitsView, filled: &Filled) -> Markup {
    let unit = unit(&view.money);
    let nowhere = || html! { (ui.t("wallet-limits-nowhere")) };
    let shown = |amount: Option<Amount>| amount.map_or_else(nowhere, |amount| money(amount, &unit));
    let title = if view.own {
        ui.t("wallet-limits-own")
    } else {
        ui.t_with("wallet-limits-of", &[("name", view.owner.name.as_str().into())])
    };
    let back = if view.own {
        ("/wallet".to_owned(), ui.t("wallet-title"))
    } else {
        (profile_of(&view.owner), view.owner.name.clone())
    };
    let here = |money: &Money| format!("/wallet/limits?of={}&currency={}", view.owner.handle, money.id);
    let places: Vec<(String, &str, bool)> =
        view.all.iter().map(|money| (here(money), money.name.as_str(), money.id == view.money.id)).collect();
    let places: Vec<(&str, &str, bool)> =
        places.iter().map(|(href, name, current)| (href.as_str(), *name, *current)).collect();
    Page::new(ui, title).section("wallet").back(back.0, &back.1).lead(ui.t("wallet-limits-lead")).show(html! {
        @if places.len() > 1 { (tabs(&ui.t("wallet-limits"), &places)) }
        (card(facts([
            (ui.t("wallet-limits-min").as_str(), money(view.min, &unit)),
            (ui.t("wallet-limits-soft-min").as_str(), shown(view.soft_min)),
            (ui.t("wallet-limits-soft-max").as_str(), shown(view.soft_max)),
            (ui.t("wallet-limits-max").as_str(), shown(Some(view.max).filter(|max| *max < WIDEST))),
        ])))
        p { a href="/wallet/about-balance" { (ui.t("wallet-what-negative")) } }
        (section(&ui.t("wallet-limits-change"), html! {}, html! {
            p { (ui.t("wallet-limits-who")) " " (view.decided) }
            @if view.may_set { (limits_form(ui, view, filled)) } @else { p.note { (ui.t("wallet-limits-not-you")) } }
        }))
    })
}

fn limits_form(ui: &Ui, view: &LimitsView, filled: &Filled) -> Markup {
    let unit = unit(&view.money);
    let place = |name: &'static str, amount: Option<Amount>| {
        let value = amount.map(|amount| amount.show(unit.decimals)).unwrap_or_default();
        field(name, ui.t(&format!("wallet-limits-{name}"))).money(&unit).value(value).filled(filled)
    };
    let send = if view.at_once { "wallet-limits-save" } else { "wallet-limits-propose" };
    form(
        ui,
        "/wallet/limits",
        html! {
            (place("min", Some(view.min)).required().hint(ui.t("wallet-limits-min-hint")))
            (place("soft-min", view.soft_min).optional(ui).hint(ui.t("wallet-limits-soft-hint")))
            (place("soft-max", view.soft_max).optional(ui))
            (place("max", Some(view.max)).required().hint(ui.t("wallet-limits-max-hint")))
            div.form-end { (button(ui.t(send)).primary()) }
        },
    )
    .hidden("of", view.owner.handle.as_str())
    .hidden("currency", view.money.id.to_string())
    .filled(filled)
    .render()
}

fn read_limits(view: &LimitsView, fields: &Fields) -> Result<SetLimits, Refusal> {
    let read = |name: &str| {
        let Some(text) = fields.optional(name) else { return Ok(None) };
        Amount::parse(&text, view.money.decimals)
            .map(Some)
            .map_err(|error| Refusal::input(name, "amount_unclear", error.to_string()))
    };
    let needed = |name: &str| {
        read(name)?.ok_or_else(|| Refusal::input(name, "amount_unclear", "Please write an amount here."))
    };
    Ok(SetLimits {
        owner: view.owner.id,
        currency: Some(view.money.id),
        min: needed("min")?,
        max: needed("max")?,
        soft: Some(SoftLimits { min: read("soft-min")?, max: read("soft-max")? }),
    })
}

pub(super) async fn set_limits(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["of", "currency", "min", "max", "soft-min", "soft-max"])?;
    let currency = fields.parse("currency", "currency_unknown", "Choose a currency.")?;
    let view = visit.view(Limits { of: fields.optional("of"), currency: Some(currency) }).await?;
    let result = match read_limits(&view, &fields) {
        Ok(act) => visit.act(key, act).await?,
        Err(refusal) => Err(refusal),
    };
    match result.map(|done| done.proposal) {
        Ok(None) => visit.done(&format!("/wallet/limits?of={}", view.owner.handle), "wallet-limits-set"),
        Ok(Some(proposal)) => visit.done(&format!("/decisions/{proposal}"), "wallet-proposed"),
        Err(refusal) => visit.again(&refusal, show_limits(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

pub(super) async fn about_balance(visit: Signed) -> Answer {
    let view = visit.view(Limits::default()).await?;
    let ui = &visit.ui;
    let unit = unit(&view.money);
    visit.page(Page::new(ui, ui.t("wallet-what-negative")).section("wallet").back("/wallet", ui.t("wallet-title")).show(html! {
        p { (ui.t("wallet-about-all")) }
        p { (ui.t("wallet-about-below")) }
        p { (ui.t("wallet-about-above")) }
        (section(&ui.t("wallet-about-back"), html! {}, html! {
            p { (ui.t("wallet-about-back-text")) }
            div.cluster {
                (link_button("/posts/new", ui.t("wallet-about-offer")).primary().icon(ui, "pencil-line"))
                (link_button("/near", ui.t("wallet-about-needs")).icon(ui, "map-pin"))
                (link_button("/people", ui.t("wallet-about-people")).icon(ui, "users"))
            }
        }))
        (section(&ui.t("wallet-about-limits"), html! { a href="/wallet/limits" { (ui.t("wallet-limits")) } }, html! {
            p { (ui.t_with("wallet-about-limits-text", &[
                ("min", view.min.show(unit.decimals).into()), ("max", view.max.show(unit.decimals).into())])) }
            p { (ui.t("wallet-about-hardship")) }
        }))
    }))
}
