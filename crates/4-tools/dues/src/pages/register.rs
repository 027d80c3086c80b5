//! The register of members: the list, one entry with what proves it, and the copies of it.

use super::unit;
use crate::acts::register::TakeRegister;
use crate::error::DuesError;
use crate::views::Money;
use crate::views::register::{EntryPage, EntryView, Holding, Proven, Register, RegisterLine, RegisterView};
use axum::Json;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::IntoResponse;
use planet_kit::prelude::*;
use planet_kit::web::sheet::{cell, sheet};
use planet_kit::web::{Answer, Fields, Signed, in_query};
use planet_ontology::units::Moment;
use serde_json::json;

pub(super) async fn page(visit: Signed, Query(query): Query<Register>) -> Answer {
    let (asked, past) = (query.q.clone().unwrap_or_default(), query.past);
    let view = visit.view(query).await?;
    visit.page(show(&visit.ui, asked.trim(), past, &view))
}

fn show(ui: &Ui, asked: &str, past: bool, view: &RegisterView) -> Markup {
    let path = "/membership/register";
    let next =
        view.next.as_ref().map(|next| format!("{path}?after={next}&past={past}&q={}", in_query(asked)));
    let (members, gone) = view.counts;
    let page = Page::new(ui, ui.t("dues-register"))
        .section("settings")
        .back("/membership/dues", ui.t("dues-title"))
        .wide();
    page.lead(ui.t_with("dues-register-lead", &[("count", members.into())])).show(html! {
        (form(ui, path, html! {
            (field("q", ui.t("dues-search")).search().value(asked))
            @if past { input type="hidden" name="past" value="true"; }
            div.form-end { (button(ui.t("dues-search-go")).icon(ui, "search")) }
        }).get())
        @if view.whole && gone > 0 {
            nav.cluster aria-label=(ui.t("dues-who")) {
                (chip(path, &ui.t("dues-members-now"), !past))
                (chip(&format!("{path}?past=true"), &ui.t_with("dues-members-past", &[("count", gone.into())]), past))
            }
        }
        @if view.lines.is_empty() { (empty(ui, "users", ui.t("dues-nobody"), ui.t("dues-nobody-text")).action(link_button(path, ui.t("dues-all")))) }
        @else { (listed(ui, view)) }
        (pager(ui, None, next.as_deref()))
        @if view.whole { (copies(ui, past)) } @else { p.note { (ui.t("dues-register-part")) } }
    })
}

/// The entries, as a table that becomes cards on a phone and a sheet on paper.
fn listed(ui: &Ui, view: &RegisterView) -> Markup {
    let [who, since, until, shares, paid] =
        ["dues-who", "dues-since-when", "dues-until-when", "dues-shares", "dues-paid-in"]
            .map(|key| ui.t(key));
    let all = [
        Column::text(&who),
        Column::text(&since),
        Column::text(&until),
        Column::number(&shares),
        Column::number(&paid),
    ];
    let columns = if view.whole { &all[..] } else { all.get(..2).unwrap_or_default() };
    let lines = view.lines.iter().map(|it| cells(ui, it, &view.moneys));
    table(&ui.t("dues-register"), columns, lines)
}

fn cells(ui: &Ui, it: &RegisterLine, moneys: &[Money]) -> Vec<Markup> {
    let entry = &it.entry;
    let shares = it.shares.as_deref().unwrap_or_default();
    let number: i64 = shares.iter().map(|it| it.number).sum();
    let name = html! {
        @if it.shares.is_some() { a href={ "/membership/register/" (entry.handle) } { (entry.name) } } @else { (entry.name) }
        @if entry.standing == "suspended" { " " (badge(&ui.t("dues-suspended"))) }
    };
    vec![
        name,
        html! { (day(ui, entry.since)) },
        until(ui, &entry.standing, entry.left_at),
        html! { (number) },
        paid(shares, moneys),
    ]
}

fn until(ui: &Ui, standing: &str, left: Option<Moment>) -> Markup {
    match left {
        Some(left) => html! { (day(ui, left)) },
        None if standing == "left" => html! { (ui.t("dues-left-before")) },
        None => html! { "\u{2013}" },
    }
}

fn paid(shares: &[Holding], moneys: &[Money]) -> Markup {
    html! { @for (n, it) in shares.iter().enumerate() { @if n > 0 { ", " } (money(it.paid, &unit(moneys, it.currency))) } @if shares.is_empty() { "\u{2013}" } }
}

fn copies(ui: &Ui, past: bool) -> Markup {
    let one = |format: &str, key: &str| {
        act_button(ui, "/membership/register/copy", button(ui.t(key)).icon(ui, "download"))
            .hidden("format", format)
            .hidden("past", if past { "yes" } else { "" })
    };
    section(
        &ui.t("dues-copy"),
        html! {},
        html! {
            p.note { (ui.t("dues-copy-text")) }
            div.cluster { (one("csv", "dues-copy-csv")) (one("json", "dues-copy-json")) }
            p.note { (ui.t("dues-print-hint")) }
        },
    )
}

/// A copy as a file. That one was taken is counted.
pub(super) async fn copy_of(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["format", "past"])?;
    visit.act(key, TakeRegister {}).await??;
    let past = fields.ticked("past");
    let view = visit.view(Register { whole: true, past, ..Register::default() }).await?;
    let name =
        |ending: &str| (header::CONTENT_DISPOSITION, format!("attachment; filename=\"register.{ending}\""));
    let kept = (header::CACHE_CONTROL, "no-store".to_owned());
    if fields.text("format") == "json" {
        let body = json!({ "club": visit.ui.club.name, "taken": visit.now.rfc3339(), "past": past, "members": view.lines, "currencies": view.moneys });
        return Ok(([name("json"), kept], Json(body)).into_response());
    }
    let kind = (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned());
    Ok(([kind, name("csv"), kept], table_of(&view)).into_response())
}

fn table_of(view: &RegisterView) -> String {
    let day = |at: Moment| at.rfc3339().chars().take(10).collect::<String>();
    let rows = view.lines.iter().map(|it| {
        let shares = it.shares.as_deref().unwrap_or_default();
        let number: i64 = shares.iter().map(|it| it.number).sum();
        let paid = shares.iter().map(|it| {
            let money = view.moneys.iter().find(|money| money.id == it.currency);
            money.map_or_else(String::new, |money| format!("{} {}", it.paid.show(money.decimals), money.code))
        });
        [
            cell(&it.entry.name),
            cell(&it.entry.handle),
            it.entry.standing.clone(),
            day(it.entry.since),
            it.entry.left_at.map(day).unwrap_or_default(),
            number.to_string(),
            cell(&paid.collect::<Vec<_>>().join(", ")),
        ]
    });
    sheet(["name", "handle", "standing", "member since", "left", "shares", "paid in"], rows)
}

pub(super) async fn entry(visit: Signed, Path(handle): Path<String>) -> Answer {
    if handle.chars().count() > 60 {
        return Err(planet_corridor::refusal::Refusal::from(DuesError::MemberUnknown).into());
    }
    let view = visit.view(EntryPage { handle }).await?;
    visit.page(show_entry(&visit.ui, &view))
}

fn show_entry(ui: &Ui, view: &EntryView) -> Markup {
    let entry = &view.entry;
    let number: i64 = view.shares.iter().map(|it| it.number).sum();
    let (member, gone, shares, paid_in) =
        (ui.t("dues-since-when"), ui.t("dues-until-when"), ui.t("dues-shares"), ui.t("dues-paid-in"));
    let mut pairs = vec![(member.as_str(), html! { (day(ui, entry.since)) })];
    if entry.standing == "left" {
        pairs.push((gone.as_str(), until(ui, &entry.standing, entry.left_at)));
    }
    pairs.push((shares.as_str(), html! { (number) }));
    pairs.push((paid_in.as_str(), paid(&view.shares, &view.moneys)));
    let page =
        Page::new(ui, &entry.name).section("settings").back("/membership/register", ui.t("dues-register"));
    page.show(html! {
        (card(facts(pairs)))
        (section(&ui.t("dues-proof"), html! {}, html! {
            p.note { (ui.t("dues-proof-text")) }
            (list(view.proven.iter().map(|it| proven(ui, it, &view.moneys))))
        }))
        @if entry.standing != "left" {
            p { a href={ "/people/" (entry.handle) } { (ui.t("dues-profile")) } }
            p.note { (ui.t("dues-address")) }
        }
    })
}

fn proven(ui: &Ui, it: &Proven, moneys: &[Money]) -> impl Render + use<> {
    let line = row(ui.t_with(&format!("dues-proven-{}", it.what), &[("count", it.number.into())])).note(html! {
        (day(ui, it.at)) " \u{b7} "
        @match &it.event {
            Some((event, Some(position))) => { (ui.t_with("dues-event", &[("position", (*position).into())])) " " code { (event) } }
            Some((event, None)) => { (ui.t("dues-event-waits")) " " code { (event) } }
            None => { (ui.t("dues-no-event")) }
        }
    });
    match it.paid {
        Some((amount, currency)) => line.end(money(amount, &unit(moneys, currency))),
        None => line,
    }
}
