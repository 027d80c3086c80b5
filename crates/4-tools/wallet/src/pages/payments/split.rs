//! Splitting a bill: who shares it, what each is asked for, and who has paid.

use super::super::bills::bill_row;
use super::super::unit;
use super::{
    account_choice, amount_field, amount_of, chosen, of_act, of_field, proposed, wallet_path, without_account,
};
use crate::acts::MAX_MEMO;
use crate::acts::split::{MOST_SHARES, Share, Split, equal_parts};
use crate::error::WalletError;
use crate::error::payments::PaymentError;
use crate::lists;
use crate::views::{Balance, Listed, Party, SplitView, Splits, Wallet, WalletView, read_list};
use axum::extract::{Path, Query};
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ledger::find_currency;
use planet_ontology::ids::SplitId;
use planet_ontology::units::Amount;

const FIELDS: [&str; 6] = ["of", "currency", "amount", "people", "mine", "memo"];

pub(super) async fn form_page(visit: Signed, Query(query): Query<Wallet>) -> Answer {
    let view = visit.view(query).await?;
    let mut filled = Filled::default();
    filled.set("mine", "yes");
    visit.page(show_form(&visit.ui, &view, &filled))
}

fn show_form(ui: &Ui, view: &WalletView, filled: &Filled) -> Markup {
    if view.balances.is_empty() {
        return without_account(ui, "wallet-way-split");
    }
    Page::new(ui, ui.t("wallet-way-split")).section("wallet").back(wallet_path(view), ui.t("wallet-title")).lead(ui.t("wallet-split-lead")).show(html! {
        (form(ui, "/wallet/split", html! {
            (account_choice(ui, view, filled))
            (amount_field(ui, view, filled).hint("").required())
            (field("people", ui.t("wallet-split-people")).hint(ui.t("wallet-split-people-hint")).area(5).required().filled(filled))
            (check("mine", ui.t("wallet-split-mine")).hint(ui.t("wallet-split-mine-hint")).filled(filled))
            (field("memo", ui.t("wallet-memo")).limit(MAX_MEMO).optional(ui).filled(filled))
            div.form-end { (button(ui.t("wallet-split-look")).primary()) (link_button(wallet_path(view), ui.t("wallet-back")).quiet()) }
        }).hidden("of", of_field(view)).filled(filled))
    })
}

/// A bill as it would be split.
struct Parts {
    shares: Vec<(Party, Amount)>,
    own: Amount,
    /// Whether equal shares differ by the smallest unit.
    uneven: bool,
}

/// Reads the form: who shares, and what of the whole falls to each.
async fn parts(visit: &Signed, view: &WalletView, fields: &Fields) -> Result<(Balance, Parts), Fault> {
    let account = chosen(view, fields.text("currency"))?.clone();
    let total = amount_of(fields.text("amount"), &account.money)?;
    let people = fields.text("people");
    // Names in one line, as people write them: there are commas between them and no amounts.
    let one_line = !people.contains('\n') && !people.contains(|c: char| c.is_ascii_digit());
    let people = if one_line { people.replace([',', ';'], "\n") } else { people.to_owned() };
    let wrong = |error: PaymentError| Refusal { field: Some("people".to_owned()), ..error.into() };
    let rows = lists::read(&people, MOST_SHARES).map_err(wrong)?;
    let (owner, currency) = (view.owner.id, account.money.id);
    let look = visit.desk.corridor().look(&visit.viewer, visit.now, move |look| {
        let currency = find_currency(look.tx, currency)?.ok_or(WalletError::CurrencyUnknown)?;
        read_list(look, rows.clone(), owner, &currency, false)
    });
    Ok((account, shared(look.await?, total, fields.ticked("mine"))?))
}

/// The rows with an amount of their own keep it; the others share the rest in equal parts.
fn shared(listed: Listed, total: Amount, mine: bool) -> Result<Parts, Refusal> {
    let wrong = |sentence: String| Refusal::input("people", "share_unclear", sentence);
    if let Some(row) = listed.rows.iter().find(|row| row.problem.is_some()) {
        let problem = row.problem.as_deref().unwrap_or_default();
        return Err(wrong(format!("{}: {problem}", row.row.who)));
    }
    let fixed =
        listed.rows.iter().filter_map(|row| row.amount).try_fold(0_i64, |sum, it| sum.checked_add(it.0));
    let rest = total.0.saturating_sub(fixed.ok_or(PaymentError::SumTooLarge)?);
    let open = listed.rows.iter().filter(|row| row.amount.is_none()).count() + usize::from(mine);
    if rest < 0 {
        return Err(wrong("The shares that you wrote are more than the whole.".to_owned()));
    }
    if open == 0 && rest > 0 {
        return Err(wrong(
            "The shares that you wrote are less than the whole. Somebody has to bear the rest.".to_owned(),
        ));
    }
    let equal = equal_parts(Amount(rest), open);
    let uneven = equal.first() != equal.last();
    // Whoever asks takes the first and largest share: nobody else pays for the rounding before them.
    let mut equal = equal.into_iter();
    let own = if mine { equal.next().unwrap_or_default() } else { Amount(0) };
    let shares = listed.rows.into_iter().filter_map(|row| {
        let amount = row.amount.or_else(|| equal.next())?;
        Some((row.party?, amount))
    });
    Ok(Parts { shares: shares.collect(), own, uneven })
}

pub(super) async fn preview(visit: Signed, fields: Fields) -> Answer {
    fields.key(&FIELDS)?;
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    match parts(&visit, &view, &fields).await {
        Ok((account, parts)) => visit.page(show_preview(&visit.ui, &view, &account, &parts, &fields)),
        Err(Fault::Refused(refusal)) => {
            visit.again(&refusal, show_form(&visit.ui, &view, &fields.filled(&refusal)))
        }
        Err(fault) => Err(fault.into()),
    }
}

fn show_preview(ui: &Ui, view: &WalletView, account: &Balance, parts: &Parts, fields: &Fields) -> Markup {
    let unit = unit(&account.money);
    let mut send = form(
        ui,
        "/wallet/split/send",
        html! {
            div.form-end {
                (button(ui.t_with("wallet-split-send", &[("count", parts.shares.len().into())])).primary().icon(ui, "send"))
                (link_button(wallet_path(view), ui.t("wallet-back")).quiet())
            }
        },
    );
    for name in FIELDS {
        send = send.hidden(name, fields.text(name));
    }
    let own = Some((&view.owner, parts.own)).filter(|(_, own)| own.0 > 0);
    Page::new(ui, ui.t("wallet-split-check")).section("wallet").back("/wallet/split", ui.t("wallet-way-split")).lead(fields.text("memo")).show(html! {
        (list(own.into_iter().chain(parts.shares.iter().map(|(party, amount)| (party, *amount))).map(|(party, amount)| {
            let mine = party.id == view.owner.id;
            row(&party.name).lead(mark(party.id.0, Scale::Middle))
                .note(if mine { ui.t("wallet-split-own") } else { format!("@{}", party.handle) }.as_str())
                .end(money(amount, &unit))
        })))
        @if parts.uneven { p.note { (ui.t("wallet-split-uneven")) } }
        (send)
    })
}

pub(super) async fn send(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&FIELDS)?;
    let view = visit.view(Wallet { of: fields.optional("of") }).await?;
    let result = match parts(&visit, &view, &fields).await {
        Ok((account, parts)) => {
            let shares = parts.shares.iter().map(|(party, amount)| Share { from: party.id, amount: *amount });
            let act = Split {
                shares: shares.collect(),
                memo: fields.text("memo").into(),
                own: parts.own,
                to: of_act(&view),
                currency: Some(account.money.id),
            };
            visit.act(key, act).await?
        }
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault.into()),
    };
    match result {
        Ok(done) => match (proposed(&done), done.output) {
            (Some(path), _) => visit.done(&path, "wallet-proposed"),
            (None, Some(made)) => visit.done(&format!("/wallet/splits/{}", made.split), "wallet-split-done"),
            (None, None) => visit.done(&wallet_path(&view), "wallet-split-done"),
        },
        Err(refusal) => visit.again(&refusal, show_form(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

pub(super) async fn page(visit: Signed, Path(id): Path<SplitId>) -> Answer {
    let found = visit.view(Splits { id: Some(id), of: None }).await?;
    let split = found.into_iter().next().ok_or_else(|| Fault::from(WalletError::RequestUnknown))?;
    visit.page(show(&visit.ui, &split))
}

fn show(ui: &Ui, split: &SplitView) -> Markup {
    let unit = unit(&split.money);
    let title = if split.memo.is_empty() { ui.t("wallet-split") } else { split.memo.clone() };
    Page::new(ui, title).section("wallet").back("/wallet", ui.t("wallet-title")).show(html! {
        (card(html! {
            (balance(split.total, &unit))
            (facts([
                (ui.t("wallet-split-paid").as_str(), money(split.paid, &unit)),
                (ui.t("wallet-split-own").as_str(), money(split.own, &unit)),
                (ui.t("wallet-when").as_str(), date(ui, split.created)),
            ]))
        }))
        (section(&ui.t("wallet-split-who"), html! {}, list(split.bills.iter().map(|bill| bill_row(ui, bill, split.payee.id)))))
    })
}
