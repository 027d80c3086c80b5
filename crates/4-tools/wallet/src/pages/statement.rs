//! The page of a statement: search and filters, the lines, and beside them what they come to.

use super::{account_card, of};
use crate::export::Format;
use crate::views::{CategoryTotal, MonthTotal, Movement, Statement, StatementView};
use crate::walk::Cursor;
use axum::extract::Query;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed, in_query};
use planet_ledger::TransferKind;
use planet_ontology::units::Amount;

/// How many newer pages the links of a page remember.
const TRAIL: usize = 30;

pub(super) async fn statement_page(visit: Signed, Query(query): Query<Statement>) -> Answer {
    let view = visit.view(query.clone()).await?;
    visit.page(show(&visit.ui, &query, &view))
}

fn show(ui: &Ui, query: &Statement, view: &StatementView) -> Markup {
    let first = query.after.is_none();
    let wallet = format!("/wallet{}", of(&view.owner, view.own));
    let title = if view.own { ui.t("wallet-title") } else { view.owner.name.clone() };
    let page = Page::new(ui, ui.t("wallet-statement")).section("wallet").back(wallet, title).wide();
    let page = if first { page.aside(aside(ui, query, view)) } else { page };
    let searching = is_search(query);
    page.show(html! {
        @if view.accounts.len() > 1 { (accounts(view)) }
        @if first {
            (account_card(ui, &view.balance))
            @if view.course.len() > 1 { (card(balance_course(ui, view))) }
        }
        (search_form(ui, query, view))
        @if let Some(moment) = view.searched_to {
            (notice(ui, Tone::Info, "", html! {
                p { (ui.t_with("wallet-searched", &[("count", view.looked_through.into()), ("day", day(ui, moment).into())])) }
            }))
        }
        @if view.movements.is_empty() {
            @if searching || !first {
                (empty(ui, "search", ui.t("wallet-nothing-found"), ui.t("wallet-nothing-found-text")))
            } @else {
                (empty(ui, "receipt-text", ui.t("wallet-none"), ui.t("wallet-none-text")))
            }
        } @else {
            (lines(ui, view))
        }
        @if view.searched_to.is_some() && let Some(cursor) = view.older {
            p { (link_button(address(query, view, Some(cursor), &older_trail(query)), ui.t("wallet-search-on")).icon(ui, "search")) }
        } @else {
            (pager(ui, newer(query, view).as_deref(), view.older.map(|cursor| address(query, view, Some(cursor), &older_trail(query))).as_deref()))
        }
    })
}

/// The accounts of the wallet, to go from one to another.
fn accounts(view: &StatementView) -> Markup {
    html! {
        nav.cluster {
            @for account in &view.accounts {
                @let of = if view.own { String::new() } else { format!("of={}&", view.owner.handle) };
                (chip(&format!("/wallet/statement?{of}account={}", account.account), &account.money.name, account.account == view.balance.account))
            }
        }
    }
}

fn lines(ui: &Ui, view: &StatementView) -> Markup {
    let decimals = view.balance.money.decimals;
    let side = of(&view.owner, view.own);
    list(view.movements.iter().map(|line| {
        row(&line.other.name)
            .href(format!("/wallet/transfers/{}{side}", line.transfer))
            .lead(mark(line.other.id.0, Scale::Middle))
            .note(what(ui, line))
            .end(html! {
                // The unit stands with the balance above, once.
                span.movement {
                    span.money.money-in[line.amount.0 > 0] { @if line.amount.0 > 0 { "+" } (line.amount.show(decimals)) }
                    span.note { (skip_text(&ui.t("wallet-balance"))) " " (line.balance.show(decimals)) }
                }
            })
    }))
}

fn what(ui: &Ui, line: &Movement) -> Markup {
    html! {
        (ago(ui, line.at)) @if !line.memo.is_empty() { " \u{b7} " (line.memo) }
        @if line.kind != TransferKind::Payment { " " (badge(&kind_text(ui, line.kind))) }
        @if !line.category.is_empty() { " " (badge(&line.category)) }
        @if !line.note.is_empty() { " " (with_icon(ui, "pencil", &line.note)) }
    }
}

/// What a kind of transfer is called.
pub(super) fn kind_text(ui: &Ui, kind: TransferKind) -> String {
    ui.t(&format!("wallet-kind-{}", kind.word()))
}

fn is_search(query: &Statement) -> bool {
    [&query.q, &query.category, &query.kind, &query.direction, &query.from, &query.to]
        .into_iter()
        .any(|text| said(text.as_ref()).is_some())
}

/// A value, if it is more than blanks.
fn said(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn search_form(ui: &Ui, query: &Statement, view: &StatementView) -> Markup {
    let value = |text: Option<&String>| said(text).unwrap_or_default().to_owned();
    let mut kinds = select("kind", ui.t("wallet-kind")).option("", ui.t("wallet-any"));
    for kind in TransferKind::ALL {
        kinds = kinds.option(kind.word(), kind_text(ui, *kind));
    }
    let mut categories = select("category", ui.t("wallet-category")).option("", ui.t("wallet-any"));
    for category in &view.known_categories {
        categories = categories.option(category, category);
    }
    let filters = [&query.category, &query.kind, &query.direction, &query.from, &query.to];
    let open = filters.into_iter().any(|text| said(text.as_ref()).is_some());
    let everything = address(&cleared(query), view, None, "");
    html! {
        (form(ui, "/wallet/statement", html! {
            (field("q", ui.t("wallet-search")).hint(ui.t("wallet-search-hint")).search().value(value(query.q.as_ref())))
            (more_open(ui, &ui.t("wallet-filters"), open, html! {
                div.field-pair {
                    (field("from", ui.t("wallet-from-day")).date().value(value(query.from.as_ref())))
                    (field("to", ui.t("wallet-to-day")).date().value(value(query.to.as_ref())))
                }
                (select("direction", ui.t("wallet-direction"))
                    .option("", ui.t("wallet-any")).option("in", ui.t("wallet-in")).option("out", ui.t("wallet-out"))
                    .selected(value(query.direction.as_ref())))
                @if !view.known_categories.is_empty() { (categories.selected(value(query.category.as_ref()))) }
                (kinds.selected(value(query.kind.as_ref())))
            }))
            div.form-end {
                (button(ui.t("wallet-search-go")).icon(ui, "search"))
                @if is_search(query) { (link_button(everything, ui.t("wallet-search-clear")).quiet()) }
            }
        }).get().hidden("of", if view.own { "" } else { view.owner.handle.as_str() }).hidden("account", view.balance.account.to_string()))
    }
}

/// The same statement without a search.
fn cleared(query: &Statement) -> Statement {
    Statement { of: query.of.clone(), account: query.account, ..Statement::default() }
}

fn newer(query: &Statement, view: &StatementView) -> Option<String> {
    query.after?;
    let trail = query.trail.as_deref().unwrap_or_default();
    let (rest, last) = trail.rsplit_once('.').unwrap_or(("", trail));
    let cursor = last.split_once('_').and_then(|(at, transfer)| {
        let at = planet_ontology::units::Moment(at.parse().ok()?);
        Some(Cursor { at, transfer: transfer.parse().ok()? })
    });
    Some(address(query, view, cursor, if cursor.is_some() { rest } else { "" }))
}

/// The trail of the page that comes after this one.
fn older_trail(query: &Statement) -> String {
    let mut trail: Vec<String> = said(query.trail.as_ref())
        .map(|trail| trail.split('.').map(str::to_owned).collect())
        .unwrap_or_default();
    if let Some((at, transfer)) = query.at.zip(query.after) {
        trail.push(format!("{at}_{transfer}"));
    }
    let surplus = trail.len().saturating_sub(TRAIL);
    trail.split_off(surplus).join(".")
}

/// The address of a page of this search.
fn address(query: &Statement, view: &StatementView, cursor: Option<Cursor>, trail: &str) -> String {
    let of = if view.own { "" } else { view.owner.handle.as_str() };
    let account = view.balance.account.to_string();
    let (at, after) =
        cursor.map_or_else(Default::default, |cursor| (cursor.at.0.to_string(), cursor.transfer.to_string()));
    let pairs = [
        ("of", Some(of)),
        ("account", Some(account.as_str())),
        ("q", said(query.q.as_ref())),
        ("category", said(query.category.as_ref())),
        ("kind", said(query.kind.as_ref())),
        ("direction", said(query.direction.as_ref())),
        ("from", said(query.from.as_ref())),
        ("to", said(query.to.as_ref())),
        ("far", said(query.far.as_ref())),
        ("at", Some(at.as_str())),
        ("after", Some(after.as_str())),
        ("trail", Some(trail)),
    ];
    let query: Vec<String> = pairs
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
        .map(|(name, value)| format!("{name}={}", in_query(value)))
        .collect();
    format!("/wallet/statement?{}", query.join("&"))
}

/// What the lines come to, and what to take along.
fn aside(ui: &Ui, query: &Statement, view: &StatementView) -> Markup {
    let far = address(&Statement { far: Some("yes".into()), ..query.clone() }, view, None, "");
    html! {
        @if !view.months.is_empty() {
            (card(html! {
                (months(ui, view))
                @if view.categories.iter().any(|total| !total.category.is_empty()) { (categories(ui, view)) }
                @if !view.whole && view.searched_to.is_none() {
                    p.note { (ui.t_with("wallet-glance", &[("count", view.looked_through.into())])) }
                    @if said(query.far.as_ref()).is_none() && !is_search(query) { p { a href=(far) { (ui.t("wallet-glance-far")) } } }
                }
            }))
        }
        (card(download(ui, query, view)))
    }
}

fn balance_course(ui: &Ui, view: &StatementView) -> Markup {
    let shown = |amount: Amount| amount.show(view.balance.money.decimals);
    let points: Vec<_> = view.course.iter().map(|point| (point.at, point.balance.0)).collect();
    let (Some(first), Some(last)) = (view.course.first(), view.course.last()) else {
        return Markup::default();
    };
    let balances = || view.course.iter().map(|point| point.balance).chain([Amount(0)]);
    let highest = balances().max().map(shown).unwrap_or_default();
    let lowest = balances().min().map(shown).unwrap_or_default();
    let (from, to) = (day(ui, first.at), day(ui, last.at));
    let described = ui.t_with(
        "wallet-course-text",
        &[
            ("from", from.as_str().into()),
            ("to", to.as_str().into()),
            ("first", shown(first.balance).into()),
            ("last", shown(last.balance).into()),
        ],
    );
    course(&ui.t("wallet-course"), &points, [&highest, &lowest, &from, &to], &described)
}

fn months(ui: &Ui, view: &StatementView) -> Markup {
    let this_year = view.months.first().map(|month| month.year);
    let flow = |total: &MonthTotal| {
        let name = ui.t(&format!("month-{}", total.month));
        let name = if Some(total.year) == this_year { name } else { format!("{name} {}", total.year) };
        let label = if total.whole { name } else { ui.t_with("wallet-part-of", &[("month", name.into())]) };
        flow(view, label, total.came, total.went)
    };
    let flows_: Vec<Flow> = view.months.iter().map(flow).collect();
    let [month, came, went] = ["wallet-month", "wallet-in", "wallet-out"].map(|key| ui.t(key));
    flows(&ui.t("wallet-months"), [&month, &came, &went], &flows_)
}

fn categories(ui: &Ui, view: &StatementView) -> Markup {
    let name = |total: &CategoryTotal| {
        if total.category.is_empty() { ui.t("wallet-uncategorised") } else { total.category.clone() }
    };
    let flows_: Vec<Flow> =
        view.categories.iter().map(|total| flow(view, name(total), total.came, total.went)).collect();
    let [category, came, went] = ["wallet-category", "wallet-in", "wallet-out"].map(|key| ui.t(key));
    flows(&ui.t("wallet-categories"), [&category, &came, &went], &flows_)
}

fn flow(view: &StatementView, label: String, came: Amount, went: Amount) -> Flow {
    let shown = |amount: Amount| (amount.0, amount.show(view.balance.money.decimals));
    Flow { label, came: shown(came), went: shown(went) }
}

fn download(ui: &Ui, query: &Statement, view: &StatementView) -> Markup {
    let mut formats = select("format", ui.t("wallet-format"));
    for format in Format::ALL {
        formats = formats.option(format.word(), ui.t(&format!("wallet-format-{}", format.word())));
    }
    let value = |text: Option<&String>| said(text).unwrap_or_default().to_owned();
    html! {
        h2 { (ui.t("wallet-download")) }
        p.note { (ui.t("wallet-download-text")) }
        (form(ui, "/wallet/export", html! {
            (formats)
            (select("account", ui.t("wallet-take-which")).selected(view.balance.account.to_string())
                .option(view.balance.account.to_string(), ui.t_with("wallet-take-one", &[("name", view.balance.money.name.as_str().into())]))
                .option("", ui.t("wallet-take-all")))
            (more(ui, &ui.t("wallet-download-days"), html! {
                div.field-pair {
                    (field("from", ui.t("wallet-from-day")).date().value(value(query.from.as_ref())))
                    (field("to", ui.t("wallet-to-day")).date().value(value(query.to.as_ref())))
                }
            }))
            div.form-end { (button(ui.t("wallet-download-go")).icon(ui, "download")) }
        }).get().hidden("of", if view.own { "" } else { view.owner.handle.as_str() }))
    }
}
