//! A line of a bank statement on the treasurer's desk, and what is done with it.

use super::{amount, path, unit};
use crate::acts::lines::{CreditLine, MatchPayIn, MatchPayOut, PutBack, SetAside};
use crate::acts::matching::{Target, Why};
use crate::error::TreasuryError;
use crate::views::Held;
use crate::views::desk::{Desk, StatementEntry, Suggested};
use axum::extract::Path;
use planet_corridor::agents;
use planet_corridor::refusal::Fault;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::{AgentId, BankLineId};
use planet_ontology::units::Amount;

/// A line that nobody has dealt with: what it may be, and what to do.
pub(super) fn entry_row(ui: &Ui, held: &Held, it: &StatementEntry) -> Markup {
    let unit = unit(held);
    let title = if it.name.is_empty() { it.words.clone() } else { it.name.clone() };
    html! {
        div.item {
            div.item-text {
                span.item-title { (if title.is_empty() { ui.t("treasury-no-words") } else { title }) }
                span.note { (it.booked) @if !it.words.is_empty() { " \u{b7} " (it.words) } }
                @if let Some(found) = &it.suggestion { span.note { (suggestion(ui, found, &unit)) } }
            }
            span.item-end { (money_signed(it.amount, &unit)) }
            div.item-actions {
                @if let Some(found) = &it.suggestion { (agreeing(ui, held, it, found)) }
                (more(ui, &ui.t("treasury-something-else"), otherwise(ui, held, it)))
            }
        }
    }
}

fn suggestion(ui: &Ui, found: &Suggested, unit: &Unit) -> String {
    let args = [("name", found.name.as_str().into()), ("amount", found.amount.show(unit.decimals).into())];
    let told = ui.t_with(&format!("treasury-why-{}", found.why.word()), &args);
    if found.own { format!("{told} {}", ui.t("treasury-own-line")) } else { told }
}

fn agreeing(ui: &Ui, held: &Held, it: &StatementEntry, found: &Suggested) -> Markup {
    if found.own {
        return Markup::default();
    }
    let act = |verb: &str, text: &str| {
        act_button(ui, format!("/treasury/lines/{}/{verb}", it.id), button(ui.t(text)).small())
            .hidden("code", held.code.clone())
    };
    match (found.target, found.why) {
        // More money under a reference that is used up: there is no announcement left to match it with.
        (Target::PayIn(_), Why::Again) => Markup::default(),
        (Target::PayIn(id), _) => act("match", "treasury-yes").hidden("pay_in", id.to_string()).render(),
        (Target::PayOut(id), _) => act("match", "treasury-yes").hidden("pay_out", id.to_string()).render(),
    }
}

/// What else a line can be.
fn otherwise(ui: &Ui, held: &Held, it: &StatementEntry) -> Markup {
    let at = |verb: &str| format!("/treasury/lines/{}/{verb}", it.id);
    let coming = it.amount.0 > 0;
    let id = it.id.to_string();
    let aside = |what: &'static str| {
        act_button(ui, at("aside"), button(ui.t(&format!("treasury-aside-{what}"))).small().quiet())
            .hidden("what", what)
            .hidden("code", held.code.clone())
    };
    html! {
        @if coming {
            (form(ui, at("credit"), html! {
                (suggest(field(format!("owner-{id}"), ui.t("treasury-whose")).hint(ui.t("treasury-whose-hint")).required(), "/wallet/payees", "owner_id", ""))
                div.form-end { (button(ui.t("treasury-credit")).small()) }
            }).hidden("code", held.code.clone()).hidden("line", id.clone()))
            (form(ui, at("aside"), html! {
                (field(format!("kept-{id}"), ui.t("treasury-kept-by")).money(&unit(held)).optional(ui))
                div.form-end { (button(ui.t("treasury-aside-cards")).small()) }
            }).hidden("what", "cards").hidden("code", held.code.clone()).hidden("line", id))
            (aside("cash"))
        }
        (aside("own"))
    }
}

/// A line that was dealt with.
pub(super) fn settled_row(ui: &Ui, held: &Held, it: &StatementEntry) -> Markup {
    let unit = unit(held);
    let what = ui.t(&format!("treasury-was-{}", it.what));
    let title = if it.name.is_empty() { it.words.clone() } else { it.name.clone() };
    let line = row(if title.is_empty() { ui.t("treasury-no-words") } else { title })
        .note(html! { (it.booked) " \u{b7} " (what) @if !it.note.is_empty() { " \u{b7} " (it.note) } })
        .end(money_signed(it.amount, &unit));
    if it.state != "aside" {
        return line.render();
    }
    line.actions(html! {
        (act_button(ui, format!("/treasury/lines/{}/back", it.id), button(ui.t("treasury-put-back")).small().quiet()).hidden("code", held.code.clone()))
    })
    .render()
}

/// The money whose desk a form stood on. Only who keeps its books gets here.
async fn held(visit: &Signed, fields: &Fields) -> Result<Held, Fault> {
    Ok(visit.view(Desk { code: fields.text("code").into() }).await?.held)
}

pub(super) async fn matched(visit: Signed, Path(line): Path<BankLineId>, fields: Fields) -> Answer {
    let held = held(&visit, &fields).await?;
    let key = fields.key(&["code", "pay_in", "pay_out"])?;
    if let Ok(pay_in) = fields.text("pay_in").parse() {
        visit.act(key, MatchPayIn { line, pay_in }).await??;
    } else {
        let pay_out = fields.parse("pay_out", "line_does_not_fit", "Please load the page again.")?;
        visit.act(key, MatchPayOut { line, pay_out }).await??;
    }
    visit.done(&path(&held, "desk"), "treasury-matched")
}

pub(super) async fn credit(visit: Signed, Path(line): Path<BankLineId>, fields: Fields) -> Answer {
    let held = held(&visit, &fields).await?;
    let owner_field = format!("owner-{line}");
    let key = fields.key(&["code", "line", "owner_id", &owner_field])?;
    let owner: AgentId = match fields.text("owner_id").parse() {
        Ok(id) => id,
        Err(_) => named(&visit, fields.text(&owner_field)).await?,
    };
    visit.act(key, CreditLine { line, owner }).await??;
    visit.done(&path(&held, "desk"), "treasury-credited")
}

/// Whoever has this handle.
async fn named(visit: &Signed, handle: &str) -> Result<AgentId, Fault> {
    let handle = handle.trim_start_matches('@').to_lowercase();
    let agent = visit.desk.store().read(move |tx| agents::find_by_handle(tx, &handle)).await?;
    Ok(agent.map(|agent| agent.id).ok_or(TreasuryError::MemberUnknown)?)
}

pub(super) async fn aside(visit: Signed, Path(line): Path<BankLineId>, fields: Fields) -> Answer {
    let held = held(&visit, &fields).await?;
    let name = format!("kept-{line}");
    let key = fields.key(&["code", "line", "what", &name])?;
    let kept = if fields.text(&name).is_empty() { Amount(0) } else { amount(&fields, &name, &held)? };
    visit.act(key, SetAside { line, what: fields.text("what").into(), kept, note: String::new() }).await??;
    visit.done(&path(&held, "desk"), "treasury-set-aside")
}

pub(super) async fn back(visit: Signed, Path(line): Path<BankLineId>, fields: Fields) -> Answer {
    let held = held(&visit, &fields).await?;
    visit.act(fields.key(&["code"])?, PutBack { line }).await??;
    visit.done(&path(&held, "desk"), "treasury-back-again")
}
