//! Proof of payment: a page to print, the receipt as a file, and the page behind the code on the paper.

use super::transfer::Side;
use super::unit;
use crate::receipt::{Said, Seal, credential, link, read_link};
use crate::views::{Proof, ProofView};
use crate::walk::day_of;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed, Visit};
use planet_ontology::ids::TransferId;
use planet_ontology::units::Moment;
use serde::Deserialize;
use std::sync::Arc;

fn seal(visit: &Visit) -> Result<Arc<Seal>, Refusal> {
    visit
        .desk
        .service::<Seal>()
        .ok_or_else(|| Refusal::conflict("no_key", "This node has no key at hand to sign receipts with."))
}

pub(super) async fn proof_page(
    visit: Signed,
    Path(transfer): Path<TransferId>,
    Query(side): Query<Side>,
) -> Answer {
    let seal = seal(&visit)?;
    let whole =
        side.of.as_ref().map(|of| format!("?of={}", planet_kit::web::in_query(of))).unwrap_or_default();
    let view = visit.view(Proof { transfer, of: side.of }).await?;
    let code = visit.desk.origin().link(&link(&Said::from(&view), &seal.key));
    visit.page(show(&visit.ui, &view, &whole, &code, &seal.key.multikey()))
}

fn show(ui: &Ui, view: &ProofView, side: &str, code: &str, key: &str) -> Markup {
    let path = format!("/wallet/transfers/{}", view.transfer);
    let more_of_it = if side.is_empty() { "?line=yes".to_owned() } else { format!("{side}&line=yes") };
    let actions =
        link_button(format!("{path}/receipt.json{side}"), ui.t("wallet-proof-file")).icon(ui, "download");
    Page::new(ui, ui.t("wallet-proof")).section("wallet").back(format!("{path}{side}"), ui.t("wallet-transfer")).actions(actions.render()).lead(ui.t("wallet-proof-lead")).show(html! {
        (card(html! {
            p.note { (ui.club.name) }
            (balance(view.amount, &unit(&view.money)))
            (facts([
                (ui.t("wallet-payer").as_str(), html! { (view.payer.name) " @" (view.payer.handle) }),
                (ui.t("wallet-payee").as_str(), html! { (view.payee.name) " @" (view.payee.handle) }),
                (ui.t("wallet-memo").as_str(), html! { @if view.memo.is_empty() { "\u{2013}" } @else { (view.memo) } }),
                (ui.t("wallet-when").as_str(), html! { (dated(ui, view.at)) }),
                (ui.t("wallet-number").as_str(), html! { code { (view.transfer) } }),
                (ui.t("wallet-proof-event").as_str(), html! { code { (view.receipt.event) } }),
                (ui.t("wallet-proof-log").as_str(), logged(ui, view)),
                (ui.t("wallet-proof-key").as_str(), html! { code { (key) } }),
            ]))
            (qr(code, &ui.t("wallet-proof-code")))
            p.note { (ui.t("wallet-proof-code-text")) }
        }))
        (more(ui, &ui.t("wallet-proof-what"), html! {
            p { (ui.t("wallet-proof-what-text")) }
            p { (ui.t("wallet-proof-check")) " " code { "planet verify --receipt " (file_name(view)) } }
            @if view.receipt.entry.opened.is_some() {
                p { (ui.t("wallet-proof-line")) }
                p { a href={ (path) "/receipt.json" (more_of_it) } { (ui.t("wallet-proof-line-file")) } }
            }
        }))
    })
}

/// The moment with its year, since paper is kept.
fn dated(ui: &Ui, at: Moment) -> String {
    let day = day_of(at);
    let month = ui.t(&format!("month-{}", day.month()));
    let written = at.rfc3339();
    let time = written.get(11..16).unwrap_or_default();
    let (day, year) = (day.day(), day.year().to_string());
    ui.t_with(
        "wallet-proof-dated",
        &[("day", day.into()), ("month", month.into()), ("year", year.into()), ("time", time.into())],
    )
}

fn logged(ui: &Ui, view: &ProofView) -> Markup {
    let Some(log) = &view.receipt.log else {
        return html! { (badge(&ui.t("wallet-proof-promised"))) " " (ui.t("wallet-proof-promised-text")) };
    };
    let place = ui.t_with("wallet-proof-position", &[("position", log.position.to_string().into())]);
    html! { (badge_tone(Tone::Good, &ui.t("wallet-proof-included"))) " " (place) }
}

fn file_name(view: &ProofView) -> String {
    format!("receipt-{}.json", view.transfer)
}

/// Which receipt: the line of the log, which tells the balance too, comes along only when it is asked for.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    of: Option<String>,
    #[serde(default)]
    line: Option<String>,
}

pub(super) async fn download(
    visit: Signed,
    Path(transfer): Path<TransferId>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let seal = seal(&visit)?;
    let mut view = visit.view(Proof { transfer, of: wanted.of }).await?;
    if wanted.line.as_deref() != Some("yes") {
        view.receipt = view.receipt.closed();
    }
    let receipt = credential(&view, &visit.ui.club.name, visit.desk.origin().url(), &seal.key, visit.now)
        .map_err(|error| Refusal::conflict("unprintable", error.to_string()))?;
    let headers = [
        (header::CONTENT_TYPE, "application/vc+json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", file_name(&view))),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    let text = serde_json::to_string_pretty(&receipt).unwrap_or_default();
    Ok((headers, text + "\n").into_response())
}

/// What stands in the code on paper.
#[derive(Deserialize)]
pub(super) struct Paper {
    #[serde(default)]
    paid: String,
    #[serde(default)]
    signed: String,
}

/// For whoever holds the paper: whether the club signed what stands on it. Nothing is read from the database.
pub(super) async fn paper(visit: Visit, Query(paper): Query<Paper>) -> Answer {
    let seal = seal(&visit)?;
    let ui = &visit.ui;
    let Some(said) = read_link(&paper.paid, &paper.signed, &seal.key) else {
        let refusal = Refusal::input("", "receipt_unsigned", ui.t("wallet-paper-wrong-text"));
        let page = bare(
            ui,
            &ui.t("wallet-paper-wrong"),
            html! {
                h1 { (ui.t("wallet-paper-wrong")) }
                (notice(ui, Tone::Bad, "", html! { p { (refusal.sentence) } }))
            },
        );
        return if paper.paid.is_empty() {
            Err(Fault::from(nothing()).into())
        } else {
            visit.again(&refusal, page)
        };
    };
    let title = ui.t("wallet-paper");
    visit.page(bare(ui, &title, html! {
        h1 { (title) }
        p.lead { (ui.t_with("wallet-paper-lead", &[("club", ui.club.name.as_str().into())])) }
        (facts([
            (ui.t("wallet-payer").as_str(), html! { (said.payer) }),
            (ui.t("wallet-payee").as_str(), html! { (said.payee) }),
            (ui.t("wallet-amount").as_str(), html! { (said.amount) }),
            (ui.t("wallet-memo").as_str(), html! { @if said.memo.is_empty() { "\u{2013}" } @else { (said.memo) } }),
            (ui.t("wallet-when").as_str(), html! { (said.paid) }),
            (ui.t("wallet-number").as_str(), html! { code { (said.transfer) } }),
        ]))
        p.note { (ui.t("wallet-paper-note")) }
    }))
}

fn nothing() -> Refusal {
    Refusal::not_found(
        "receipt_unknown",
        "A receipt comes with a code to scan. There is nothing here without one.",
    )
}
