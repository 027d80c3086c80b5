//! Exchanging: the rates that others posted, and what one would get before it is done.

use super::super::{profile_of, unit};
use super::overview::rate_text;
use super::{amount_of, kind_icon, of_act, of_field, proposed, wallet_path};
use crate::acts::exchange::Exchange;
use crate::views::{Offer, OfferView, Offers, RateView, Wallet, WalletView};
use axum::extract::{Path, Query};
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::RateId;
use planet_ontology::units::Amount;

const FIELDS: [&str; 3] = ["of", "amount", "sure"];

pub(super) async fn list_page(visit: Signed, Query(query): Query<Wallet>) -> Answer {
    let offers = visit.view(Offers { of: query.of.clone() }).await?;
    let view = visit.view(query).await?;
    let ui = &visit.ui;
    visit.page(Page::new(ui, ui.t("wallet-way-exchange")).section("wallet").back(wallet_path(&view), ui.t("wallet-title")).lead(ui.t("wallet-exchange-lead")).show(html! {
        @if offers.is_empty() {
            (empty(ui, "arrow-left-right", ui.t("wallet-exchange-none"), ui.t("wallet-exchange-none-text")))
        } @else {
            (list(offers.iter().map(|rate| offer_row(ui, &view, rate))))
        }
    }))
}

fn offer_row(ui: &Ui, view: &WalletView, rate: &RateView) -> Row {
    let of = if view.own { String::new() } else { format!("?of={}", of_field(view)) };
    let names = [("from", rate.from.name.as_str().into()), ("to", rate.to.name.as_str().into())];
    row(ui.t_with("wallet-exchange-pair", &names))
        .href(format!("/wallet/exchange/{}{of}", rate.id))
        .lead(icon(ui, kind_icon(rate.to.kind)))
        .note(rate_text(ui, rate))
}

pub(super) async fn form_page(
    visit: Signed,
    Path(rate): Path<RateId>,
    Query(query): Query<Wallet>,
) -> Answer {
    let view = visit.view(query).await?;
    let offer = visit.view(Offer { rate, give: 0 }).await?;
    visit.page(show_form(&visit.ui, &view, &offer.rate, &Filled::default()))
}

fn show_form(ui: &Ui, view: &WalletView, rate: &RateView, filled: &Filled) -> Markup {
    let have = view.balances.iter().find(|it| it.money.id == rate.from.id).map(|it| super::spendable(ui, it));
    let names = [("from", rate.from.name.as_str().into()), ("to", rate.to.name.as_str().into())];
    Page::new(ui, ui.t_with("wallet-exchange-pair", &names)).section("wallet").back("/wallet/exchange", ui.t("wallet-way-exchange")).show(html! {
        (card(html! {
            p { (rate_text(ui, rate)) }
            @if let Some(party) = &rate.by { p.note { (ui.t("wallet-exchange-with")) " " a href=(profile_of(party)) { (party.name) } } }
        }))
        (form(ui, format!("/wallet/exchange/{}", rate.id), html! {
            (field("amount", ui.t("wallet-exchange-give")).money(&unit(&rate.from)).hint(have.unwrap_or_default()).required().filled(filled))
            div.form-end { (button(ui.t("wallet-exchange-look")).primary()) (link_button(wallet_path(view), ui.t("wallet-back")).quiet()) }
        }).hidden("of", of_field(view)).filled(filled))
    })
}

/// What one gives and gets, before it is done.
fn show_sure(ui: &Ui, view: &WalletView, offer: &OfferView, give: Amount, written: &str) -> Markup {
    let (given, got) = (unit(&offer.rate.from), unit(&offer.rate.to));
    Page::new(ui, ui.t("wallet-exchange-check")).section("wallet").back("/wallet/exchange", ui.t("wallet-way-exchange")).show(html! {
        (card(html! {
            (balance(offer.get, &got))
            (facts([
                (ui.t("wallet-exchange-for").as_str(), money(give, &given)),
                (ui.t("wallet-exchange-rate").as_str(), rate_text(ui, &offer.rate)),
            ]))
            @if offer.rounded { p.note { (ui.t("wallet-exchange-rounded")) } }
        }))
        (form(ui, format!("/wallet/exchange/{}", offer.rate.id), html! {
            div.form-end { (button(ui.t("wallet-exchange-do")).primary()) (link_button("/wallet/exchange", ui.t("wallet-back")).quiet()) }
        }).hidden("of", of_field(view)).hidden("amount", written).hidden("sure", "yes"))
    })
}

pub(super) async fn exchange(visit: Signed, Path(rate): Path<RateId>, fields: Fields) -> Answer {
    let key = fields.key(&FIELDS)?;
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    let offer = visit.view(Offer { rate, give: 0 }).await?;
    let again = |refusal: Refusal| {
        visit.again(&refusal, show_form(&visit.ui, &view, &offer.rate, &fields.filled(&refusal)))
    };
    let give = match amount_of(fields.text("amount"), &offer.rate.from) {
        Ok(give) if give.0 > 0 => give,
        Ok(_) => return again(crate::error::WalletError::AmountNotPositive.into()),
        Err(refusal) => return again(refusal),
    };
    if !fields.ticked("sure") {
        return match visit.view(Offer { rate, give: give.0 }).await {
            Ok(offer) => visit.page(show_sure(&visit.ui, &view, &offer, give, fields.text("amount"))),
            Err(Fault::Refused(refusal)) => again(refusal),
            Err(fault) => Err(fault.into()),
        };
    }
    match visit.act(key, Exchange { rate, give, from: of_act(&view) }).await? {
        Ok(done) => match proposed(&done) {
            Some(path) => visit.done(&path, "wallet-proposed"),
            None => visit.done(&wallet_path(&view), "wallet-exchanged"),
        },
        Err(refusal) => again(refusal),
    }
}
