//! Paying a list: paste it or choose a file, look at every row, mend what is wrong, and pay all of it at once.

use super::super::unit;
use super::{account_choice, chosen, of_act, of_field, proposed, wallet_path, without_account};
use crate::acts::MAX_MEMO;
use crate::acts::pay_many::{MOST_ROWS, PayMany};
use crate::lists::{self, Row as Line};
use crate::views::{Balance, Listed, ListedRow, Wallet, WalletView, read_list};
use axum::extract::Query;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ledger::find_currency;

/// How many rows can be mended on one page: each has four fields, and a form has 500 at the most.
const MENDED_AT_ONCE: usize = 50;
/// How many good rows are shown one by one.
const SHOWN: usize = 200;

pub(super) async fn form_page(visit: Signed, Query(query): Query<Wallet>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show_form(&visit.ui, &view, &Filled::default()))
}

fn show_form(ui: &Ui, view: &WalletView, filled: &Filled) -> Markup {
    if view.balances.is_empty() {
        return without_account(ui, "wallet-way-many");
    }
    Page::new(ui, ui.t("wallet-way-many")).section("wallet").back(wallet_path(view), ui.t("wallet-title")).lead(ui.t("wallet-many-lead")).show(html! {
        (form(ui, "/wallet/many", html! {
            (account_choice(ui, view, filled))
            (field("file", ui.t("wallet-many-file")).hint(ui.t("wallet-many-file-hint")).file(".csv,.txt,text/csv,text/plain").optional(ui))
            (field("list", ui.t("wallet-many-list")).hint(ui.t("wallet-many-list-hint")).area(8).code().optional(ui).filled(filled))
            div.form-end { (button(ui.t("wallet-many-look")).primary()) (link_button(wallet_path(view), ui.t("wallet-back")).quiet()) }
        }).multipart().hidden("of", of_field(view)).filled(filled))
        (more(ui, &ui.t("wallet-many-example"), html! {
            p { (ui.t("wallet-many-example-text")) }
            pre { "to;amount;note\n@rosa;12,50;Bread\nBen Yilmaz;8;Market stall" }
        }))
    })
}

/// A list as a form sent it, with what was mended put in.
fn sent(fields: &Fields) -> Result<Vec<Line>, Refusal> {
    let file = fields.text("file");
    let text = if file.is_empty() { fields.text("list") } else { file };
    let mut rows = lists::read(text, MOST_ROWS)?;
    let mut names: Vec<String> = ["of", "currency", "file", "list"].map(str::to_owned).to_vec();
    for row in &mut rows {
        let [who, amount, memo, out] = mending(row.number);
        if fields.all(&who).next().is_none() {
            continue;
        }
        fields.text(&who).clone_into(&mut row.who);
        fields.text(&amount).clone_into(&mut row.amount);
        fields.text(&memo).clone_into(&mut row.memo);
        row.too_wide = false;
        if fields.ticked(&out) {
            row.number = 0;
        }
        names.extend([who, amount, memo, out]);
    }
    fields.key(&names.iter().map(String::as_str).collect::<Vec<_>>())?;
    rows.retain(|row| row.number > 0);
    if rows.is_empty() { Err(crate::error::payments::PaymentError::NobodyListed.into()) } else { Ok(rows) }
}

/// The fields in which a row is mended.
fn mending(number: usize) -> [String; 4] {
    ["to", "amount", "memo", "out"].map(|name| format!("{name}-{number}"))
}

async fn looked_at(
    visit: &Signed,
    view: &WalletView,
    account: &Balance,
    rows: Vec<Line>,
) -> Result<Listed, Fault> {
    let (payer, currency) = (view.owner.id, account.money.id);
    let look = visit.desk.corridor().look(&visit.viewer, visit.now, move |look| {
        let currency = find_currency(look.tx, currency)?.ok_or(crate::error::WalletError::CurrencyUnknown)?;
        read_list(look, rows.clone(), payer, &currency, true)
    });
    look.await
}

pub(super) async fn preview(visit: Signed, fields: Fields) -> Answer {
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    let read = sent(&fields).and_then(|rows| Ok((rows, chosen(&view, fields.text("currency"))?)));
    match read {
        Ok((rows, account)) => {
            let listed = looked_at(&visit, &view, account, rows).await?;
            answer(&visit, &view, account, &listed)
        }
        Err(refusal) => visit.again(&refusal, show_form(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

/// Answers with the rows as they are: ready to be paid, or to be mended first.
fn answer(visit: &Signed, view: &WalletView, account: &Balance, listed: &Listed) -> Answer {
    let page = show_preview(&visit.ui, view, account, listed, None);
    match listed.rows.iter().find_map(|it| it.problem.clone()) {
        Some(problem) => visit.again(&Refusal::input("list", "rows_wrong", problem), page),
        None => visit.page(page),
    }
}

pub(super) async fn pay(visit: Signed, fields: Fields) -> Answer {
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    let rows = sent(&fields)?;
    let key = fields.key(&["of", "currency", "list"])?;
    let account = chosen(&view, fields.text("currency"))?;
    let mut listed = looked_at(&visit, &view, account, rows).await?;
    let Some(rows) = listed.payable() else {
        return answer(&visit, &view, account, &listed);
    };
    let act = PayMany { rows, from: of_act(&view), currency: Some(account.money.id) };
    match visit.act(key, act).await? {
        Ok(done) => match proposed(&done) {
            Some(path) => visit.done(&path, "wallet-proposed"),
            None => visit.done(&wallet_path(&view), "wallet-many-paid"),
        },
        Err(refusal) => {
            let at =
                refusal.field.as_deref().and_then(|field| field.strip_prefix("rows/")?.parse::<usize>().ok());
            if let Some(row) = at.and_then(|at| listed.rows.get_mut(at)) {
                row.problem = Some(refusal.sentence.clone());
            }
            visit.again(&refusal, show_preview(&visit.ui, &view, account, &listed, Some(&refusal)))
        }
    }
}

fn show_preview(
    ui: &Ui,
    view: &WalletView,
    account: &Balance,
    listed: &Listed,
    refusal: Option<&Refusal>,
) -> Markup {
    let lines: Vec<Line> = listed.rows.iter().map(|it| it.row.clone()).collect();
    let (bad, good): (Vec<&ListedRow>, Vec<&ListedRow>) =
        listed.rows.iter().partition(|it| it.problem.is_some());
    let list_form = |path: &str, body: Markup| {
        form(ui, path, body)
            .multipart()
            .hidden("of", of_field(view))
            .hidden("currency", account.money.code.as_str())
            .hidden("list", lists::write(&lines))
            .render()
    };
    let count = ui.t_with("wallet-many-count", &[("count", listed.rows.len().into())]);
    Page::new(ui, ui.t("wallet-many-check")).section("wallet").back("/wallet/many", ui.t("wallet-way-many")).lead(count).wide().show(html! {
        @if let Some(refusal) = refusal.filter(|_| bad.is_empty()) { (notice(ui, Tone::Bad, "", html! { p { (refusal.sentence) } })) }
        @if bad.is_empty() {
            (sums(ui, account, listed))
            (list_form("/wallet/many/pay", html! {
                div.form-end {
                    (button(ui.t_with("wallet-many-pay", &[("count", good.len().into())])).primary().icon(ui, "send"))
                    (link_button("/wallet/many", ui.t("wallet-back")).quiet())
                }
            }))
        } @else {
            (notice(ui, Tone::Bad, &ui.t_with("wallet-many-bad", &[("count", bad.len().into())]), html! { p { (ui.t("wallet-many-bad-text")) } }))
            (list_form("/wallet/many", html! {
                @for it in bad.iter().take(MENDED_AT_ONCE) { (mend(ui, it)) }
                @if bad.len() > MENDED_AT_ONCE { p.note { (ui.t_with("wallet-many-bad-more", &[("count", (bad.len() - MENDED_AT_ONCE).into())])) } }
                div.form-end { (button(ui.t("wallet-many-again")).primary()) (link_button("/wallet/many", ui.t("wallet-back")).quiet()) }
            }))
        }
        (good_rows(ui, account, &good))
    })
}

/// What the list comes to, and what will be left.
fn sums(ui: &Ui, account: &Balance, listed: &Listed) -> Markup {
    let unit = unit(&account.money);
    let after = account.balance.0.saturating_sub(listed.total.0).saturating_sub(listed.levies.0);
    card(html! {
        (balance(listed.total, &unit))
        (facts([
            (ui.t("wallet-many-commons").as_str(), money(listed.levies, &unit)),
            (ui.t("wallet-many-before").as_str(), money(account.balance, &unit)),
            (ui.t("wallet-many-after").as_str(), money(planet_ontology::units::Amount(after), &unit)),
        ].into_iter().filter(|(name, _)| listed.levies.0 > 0 || *name != ui.t("wallet-many-commons"))))
        @if listed.repeated > 0 { p.note { (ui.t_with("wallet-many-repeated", &[("count", listed.repeated.into())])) } }
    })
}

/// The fields in which one row is mended or left out.
fn mend(ui: &Ui, it: &ListedRow) -> Markup {
    let [who, amount, memo, out] = mending(it.row.number);
    let short = |text: &str| text.chars().take(usize::try_from(MAX_MEMO).unwrap_or(280)).collect::<String>();
    card(html! {
        h2 { (ui.t_with("wallet-many-row", &[("row", it.row.number.into())])) }
        p.field-error { (it.problem.as_deref().unwrap_or_default()) }
        (field(who, ui.t("wallet-many-who")).value(short(&it.row.who)))
        (field(amount, ui.t("wallet-amount")).short().with("inputmode", "decimal").value(short(&it.row.amount)))
        (field(memo, ui.t("wallet-memo")).optional(ui).value(short(&it.row.memo)))
        (check(out, ui.t("wallet-many-out")))
    })
}

/// The rows that nothing is wrong with.
fn good_rows(ui: &Ui, account: &Balance, good: &[&ListedRow]) -> Markup {
    let unit = unit(&account.money);
    let [number, who, amount, memo] =
        ["wallet-many-number", "wallet-many-who", "wallet-amount", "wallet-memo"].map(|key| ui.t(key));
    let columns = [Column::number(&number), Column::text(&who), Column::number(&amount), Column::text(&memo)];
    html! {
        @if !good.is_empty() {
            (section(&ui.t("wallet-many-good"), html! {}, html! {
                (table(&ui.t("wallet-many-good"), &columns, good.iter().take(SHOWN).map(|it| vec![
                    html! { (it.row.number) },
                    html! { @if let Some(party) = &it.party { (party.name) " " span.note { "@" (party.handle) } } },
                    html! { @if let Some(amount) = it.amount { (money(amount, &unit)) } },
                    html! { (it.row.memo) },
                ])))
                @if good.len() > SHOWN { p.note { (ui.t_with("wallet-many-good-more", &[("count", (good.len() - SHOWN).into())])) } }
            }))
        }
    }
}
