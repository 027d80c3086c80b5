//! The treasurer's desk: what waits, the bank's statements, and the list to take to the bank.

use super::lines::{entry_row, settled_row};
use super::opening::name_of;
use super::{amount, bank_facts, in_row, out_row, path, refused, unit};
use crate::acts::lines::MatchAll;
use crate::acts::statement::{ConfirmBalance, TakeStatement, Taken};
use crate::bank::csv::{CsvShape, headings};
use crate::bank::reference;
use crate::views::desk::{Desk, DeskView, ToSend};
use axum::extract::Path;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Sorry};
use planet_ontology::ids::ActKey;
use uuid::Uuid;

/// The columns that a treasurer can point out.
const COLUMNS: [&str; 8] = ["date", "amount", "money_in", "money_out", "name", "words", "id", "balance"];

pub(super) async fn page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = visit.view(Desk { code }).await?;
    visit.page(show(&visit.ui, &view, &Filled::default(), &[]))
}

fn show(ui: &Ui, view: &DeskView, filled: &Filled, columns: &[String]) -> Markup {
    let held = &view.held;
    let (to_send, sent): (Vec<&ToSend>, Vec<&ToSend>) =
        view.outs.iter().partition(|it| it.line.state != "sent");
    let printed = html! { @if !to_send.is_empty() { (link_button(path(held, "to-send"), ui.t("treasury-print")).small().quiet().icon(ui, "printer")) } };
    let all = html! {
        @if view.certain > 0 { (act_button(ui, path(held, "match-all"), button(ui.t_with("treasury-match-all", &[("count", view.certain.into())])).primary().small())) }
    };
    Page::new(ui, ui.t("treasury-desk")).section("wallet").back(path(held, ""), name_of(ui, held)).show(html! {
        (reconciled(ui, view))
        @if !view.lines.is_empty() { (section(&ui.t("treasury-lines"), all, list(view.lines.iter().map(|it| entry_row(ui, held, it))))) }
        (section(&ui.t("treasury-to-send"), printed, html! {
            @if to_send.is_empty() { p.note { (ui.t("treasury-nothing-to-send")) } }
            @else { (list(to_send.iter().map(|it| out_row(ui, held, &it.line, true)))) }
        }))
        (section(&ui.t("treasury-to-come"), html! {}, html! {
            @if view.ins.is_empty() { p.note { (ui.t("treasury-nothing-to-come")) } }
            @else { (list(view.ins.iter().map(|it| in_row(ui, held, it, true)))) }
        }))
        (section(&ui.t("treasury-statement"), html! {}, upload(ui, view, filled, columns)))
        (section(&ui.t("treasury-balance"), html! {}, telling(ui, view, filled)))
        @if !sent.is_empty() { (section(&ui.t("treasury-sent-unseen"), html! {}, list(sent.iter().map(|it| out_row(ui, held, &it.line, true))))) }
        @if !view.settled.is_empty() { (more(ui, &ui.t("treasury-settled"), list(view.settled.iter().map(|it| settled_row(ui, held, it))))) }
    })
}

/// Up to where everything agrees, and what does not.
fn reconciled(ui: &Ui, view: &DeskView) -> Markup {
    let it = &view.books;
    if it.newest_line.is_empty() {
        return notice(
            ui,
            Tone::Info,
            &ui.t("treasury-no-statement"),
            html! { p { (ui.t("treasury-no-statement-text")) } },
        );
    }
    let day = [("day", it.newest_line.as_str().into())];
    let open = [
        ("treasury-except-lines", it.open_lines),
        ("treasury-except-ins", it.unseen_ins),
        ("treasury-except-outs", it.unseen_outs),
    ];
    let open: Vec<_> = open.into_iter().filter(|(_, count)| *count > 0).collect();
    if open.is_empty() {
        return notice(ui, Tone::Good, &ui.t_with("treasury-reconciled", &day), html! {});
    }
    notice(
        ui,
        Tone::Warn,
        &ui.t_with("treasury-reconciled-except", &day),
        html! {
            ul { @for (key, count) in open { li { (ui.t_with(key, &[("count", count.into())])) } } }
        },
    )
}

fn upload(ui: &Ui, view: &DeskView, filled: &Filled, columns: &[String]) -> Markup {
    let told = |name: &str| match name {
        "date" => &view.shape.date,
        "amount" => &view.shape.amount,
        "money_in" => &view.shape.money_in,
        "money_out" => &view.shape.money_out,
        "name" => &view.shape.name,
        "words" => &view.shape.words,
        "id" => &view.shape.id,
        _ => &view.shape.balance,
    };
    let column = |name: &'static str| {
        let first = select(format!("column-{name}"), ui.t(&format!("treasury-column-{name}")))
            .option("", ui.t("treasury-column-guess"));
        let known: Vec<&String> = columns
            .iter()
            .chain(std::iter::once(told(name)).filter(|it| !columns.contains(it)))
            .filter(|it| !it.is_empty())
            .collect();
        known
            .into_iter()
            .fold(first, |select, heading| select.option(heading.clone(), heading.clone()))
            .selected(told(name).clone())
            .filled(filled)
    };
    let mapping = html! {
        p.note { (ui.t("treasury-columns-text")) }
        @for name in COLUMNS { (column(name)) }
        (check("month_first", ui.t("treasury-month-first")).checked(view.shape.month_first))
    };
    card(form(ui, path(&view.held, "statement"), html! {
        (field("statement", ui.t("treasury-file")).hint(ui.t("treasury-file-hint")).file(".csv,.xml,.ofx,.qfx,.txt,text/csv,text/xml").required().filled(filled))
        @if columns.is_empty() { (more(ui, &ui.t("treasury-columns"), mapping)) } @else { (mapping) }
        div.form-end { (button(ui.t("treasury-upload")).primary().icon(ui, "upload")) }
    }).multipart().filled(filled).render())
}

fn telling(ui: &Ui, view: &DeskView, filled: &Filled) -> Markup {
    let today = ui.now.rfc3339().chars().take(10).collect::<String>();
    card(html! {
        p { (ui.t("treasury-balance-text")) }
        (form(ui, path(&view.held, "balance"), html! {
            (field("day", ui.t("treasury-day")).date().value(today).required().filled(filled))
            (field("balance", ui.t("treasury-stands")).money(&unit(&view.held)).required().filled(filled))
            div.form-end { (button(ui.t("treasury-tell"))) }
        }).filled(filled))
    })
}

pub(super) async fn statement(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(Desk { code }).await?;
    match take(&visit, &view, &fields).await? {
        Ok(taken) if taken.fresh == 0 => visit.done(&path(&view.held, "desk"), "treasury-all-known"),
        Ok(_) => visit.done(&path(&view.held, "desk"), "treasury-taken"),
        Err(refusal) => {
            let columns = if refusal.code.starts_with("csv_") {
                headings(fields.text("statement"))
            } else {
                Vec::new()
            };
            visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal), &columns))
        }
    }
}

/// Takes a statement over, and tells its closing balance where it has one. Each act has a key of its own.
async fn take(visit: &Signed, view: &DeskView, fields: &Fields) -> Result<Result<Taken, Refusal>, Sorry> {
    let column = |name: &str| fields.text(&format!("column-{name}")).to_owned();
    let shape = CsvShape {
        date: column("date"),
        amount: column("amount"),
        money_in: column("money_in"),
        money_out: column("money_out"),
        name: column("name"),
        words: column("words"),
        id: column("id"),
        balance: column("balance"),
        month_first: fields.ticked("month_first"),
    };
    let columns: Vec<String> = COLUMNS.iter().map(|name| format!("column-{name}")).collect();
    let names: Vec<&str> = columns.iter().map(String::as_str).chain(["statement", "month_first"]).collect();
    let (key, currency) = (fields.key(&names)?, view.held.currency);
    let act = TakeStatement { currency, statement: fields.text("statement").into(), shape: Some(shape) };
    let taken = match visit.act(key, act).await? {
        Ok(done) => done.output.unwrap_or(Taken { fresh: 0, known: 0, closing: None }),
        Err(refusal) => return Ok(Err(refusal)),
    };
    if let Some((as_of, amount)) = taken.closing.clone() {
        // A statement of tomorrow, or a balance that makes no sense, is no reason to lose the lines.
        let telling = ActKey(Uuid::new_v5(&key.0, b"balance"));
        visit.act(telling, ConfirmBalance { currency, as_of, amount }).await?.ok();
    }
    Ok(Ok(taken))
}

pub(super) async fn balance(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let (key, view) = (fields.key(&["day", "balance"])?, visit.view(Desk { code }).await?);
    let read: Result<ConfirmBalance, Fault> = amount(&fields, "balance", &view.held)
        .map(|amount| ConfirmBalance {
            currency: view.held.currency,
            as_of: fields.text("day").into(),
            amount,
        })
        .map_err(Fault::from);
    let result = match refused(read)? {
        Ok(act) => visit.act(key, act).await?.map(drop),
        Err(refusal) => Err(refusal),
    };
    match result {
        Ok(()) => visit.done(&path(&view.held, "desk"), "treasury-told"),
        Err(refusal) => visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal), &[])),
    }
}

pub(super) async fn match_all(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(Desk { code }).await?;
    match visit.act(fields.key(&[])?, MatchAll { currency: view.held.currency }).await? {
        Ok(_) => visit.done(&path(&view.held, "desk"), "treasury-matched"),
        Err(refusal) => visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal), &[])),
    }
}

/// The list to take to the bank, on paper.
pub(super) async fn to_send(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = visit.view(Desk { code }).await?;
    let (ui, held) = (&visit.ui, &view.held);
    let unit = unit(held);
    let [whom, account, reference_of, how_much] =
        ["treasury-whom", "treasury-goes-to", "treasury-reference", "treasury-amount"].map(|key| ui.t(key));
    let columns =
        [Column::text(&whom), Column::text(&account), Column::text(&reference_of), Column::number(&how_much)];
    let lines = view.outs.iter().filter(|it| it.line.state == "asked" && !it.line.card).map(|it| {
        let bank = it.bank.as_ref().map(|bank| bank_facts(ui, bank)).unwrap_or_default();
        vec![
            html! { (it.line.owner.name) },
            html! { @for (name, value) in &bank { div { (name) ": " (value) } } },
            html! { code { (reference::shown(&it.line.reference)) } },
            money(it.line.amount, &unit),
        ]
    });
    let title = ui.t("treasury-to-send");
    visit.page(
        Page::new(ui, &title)
            .section("wallet")
            .back(path(held, "desk"), ui.t("treasury-desk"))
            .lead(ui.t("treasury-print-lead"))
            .wide()
            .show(table(&title, &columns, lines)),
    )
}
