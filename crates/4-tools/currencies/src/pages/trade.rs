//! Holding, buying, spending, giving back, issuing, asking: one short form each.

use super::{amount_in, path_of, said, unit, whom};
use crate::acts::MAX_REASON;
use crate::acts::hold::{Ask, Hold};
use crate::acts::issue::Issue;
use crate::acts::refund::Refund;
use crate::acts::trade::{Buy, Redeem};
use crate::error::CurrencyError;
use crate::views::{CurrencyPage, CurrencyView, Kept};
use axum::extract::Path;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::{AgentId, ProposalId};
use planet_ontology::units::Amount;

async fn read(visit: &Signed, code: String) -> Result<CurrencyView, Fault> {
    visit.view(CurrencyPage { code, version: None }).await
}

pub(super) async fn hold(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&[])?;
    let view = read(&visit, code).await?;
    visit.act(key, Hold { currency: view.money.id, owner: None }).await??;
    visit.done(&path_of(&view.money), "currencies-held")
}

pub(super) async fn buy_page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = read(&visit, code).await?;
    visit.page(show_buy(&visit.ui, &view, &Filled::default()))
}

fn show_buy(ui: &Ui, view: &CurrencyView, filled: &Filled) -> Markup {
    let own = unit(&view.money);
    let page = form_page(ui, view, "currencies-buy-title");
    let Some(price) = &view.price else {
        return page
            .show(empty(ui, "tag", ui.t("currencies-not-sold"), ui.t("currencies-say-not-sold")).render());
    };
    let costs = ui.t_with(
        "currencies-say-price",
        &[("get", said(price.get, &own).into()), ("give", said(price.give, &unit(&price.money)).into())],
    );
    page.lead(costs).show(html! {
        (form(ui, format!("{}/buy", path_of(&view.money)), html! {
            (whose(ui, view, view.kept.iter(), filled))
            (field("amount", ui.t("currencies-how-much")).money(&own).required().focus().filled(filled)
                .hint(ui.t_with("currencies-room", &[("room", said(view.room, &own).into())])))
            p.note { (ui.t("currencies-buy-note")) " " a href=(path_of(&view.money)) { (ui.t("currencies-read-terms")) } }
            div.form-end { (button(ui.t("currencies-buy")).primary()) (link_button(path_of(&view.money), ui.t("currencies-not-now")).quiet()) }
        }).hidden("version", view.version.to_string()).filled(filled))
    })
}

fn form_page<'a>(ui: &'a Ui, view: &CurrencyView, title: &str) -> Page<'a> {
    let title = ui.t_with(title, &[("name", view.money.name.as_str().into())]);
    Page::new(ui, title).section("wallet").back(path_of(&view.money), &view.money.name)
}

pub(super) async fn buy(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["amount", "version", WALLET])?;
    let view = read(&visit, code).await?;
    let version = fields.parse("version", "terms_changed", "Please load the page again.")?;
    let bought = match sum_and_wallet(&fields, &view) {
        Ok((amount, from)) => visit.act(key, Buy { currency: view.money.id, amount, version, from }).await?,
        Err(refusal) => Err(refusal),
    };
    match bought.map(|done| done.proposal) {
        Ok(proposal) => traded(&visit, &view, proposal, "currencies-bought"),
        Err(refusal) => {
            let mut filled = fields.filled(&refusal);
            // Whoever reads the new terms decides about the new terms.
            filled.set("version", view.version.to_string());
            visit.again(&refusal, show_buy(&visit.ui, &view, &filled))
        }
    }
}

/// The field that says whose wallet it is.
const WALLET: &str = "wallet";

/// One's own wallet, or one of those that the viewer keeps for groups; with the balance of each.
fn whose<'v>(ui: &Ui, view: &CurrencyView, kept: impl Iterator<Item = &'v Kept>, filled: &Filled) -> Markup {
    let mut kept = kept.peekable();
    if kept.peek().is_none() {
        return html! {};
    }
    let own = view.mine.as_ref().map_or(Amount(0), |mine| mine.balance);
    let titled = |name: &str, balance| format!("{name} ({})", said(balance, &unit(&view.money)));
    let mine =
        select(WALLET, ui.t("currencies-whose")).option("", titled(&ui.t("currencies-whose-own"), own));
    kept.fold(mine, |it, kept| it.option(kept.group.id.to_string(), titled(&kept.group.name, kept.balance)))
        .filled(filled)
        .render()
}

fn sum_and_wallet(fields: &Fields, view: &CurrencyView) -> Result<(Amount, Option<AgentId>), Refusal> {
    let amount = amount_in(fields, "amount", &unit(&view.money))?;
    let chosen = fields.text(WALLET);
    let from = view.kept.iter().map(|it| it.group.id).find(|id| id.to_string() == chosen);
    if from.is_none() && !chosen.is_empty() {
        return Err(Refusal::from(CurrencyError::NotKept));
    }
    Ok((amount, from))
}

/// Back to the currency, or to the decision where others have a say in what a group spends.
fn traded(visit: &Signed, view: &CurrencyView, proposal: Option<ProposalId>, told: &str) -> Answer {
    match proposal {
        None => visit.done(&path_of(&view.money), told),
        Some(proposal) => visit.done(&format!("/decisions/{proposal}"), "currencies-proposed"),
    }
}

pub(super) async fn spend_page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = read(&visit, code).await?;
    visit.page(show_spend(&visit.ui, &view, &Filled::default()))
}

fn show_spend(ui: &Ui, view: &CurrencyView, filled: &Filled) -> Markup {
    let own = unit(&view.money);
    let has = view.mine.as_ref().map_or(Amount(0), |mine| mine.balance);
    let lead = ui.t_with("currencies-spend-lead", &[("issuer", view.issuer.name.as_str().into())]);
    let full = view.kept.iter().filter(|it| it.balance > Amount(0));
    form_page(ui, view, "currencies-spend-title").lead(lead).show(html! {
        (form(ui, format!("{}/spend", path_of(&view.money)), html! {
            (whose(ui, view, full, filled))
            (field("amount", ui.t("currencies-how-much")).money(&own).required().focus().filled(filled)
                .hint(ui.t_with("currencies-you-have-so-much", &[("balance", said(has, &own).into())])))
            (field("memo", ui.t("currencies-what-for")).limit(MAX_REASON).optional(ui).filled(filled))
            div.form-end { (button(ui.t("currencies-spend")).primary()) (link_button(path_of(&view.money), ui.t("currencies-not-now")).quiet()) }
        }).filled(filled))
    })
}

pub(super) async fn spend(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["amount", "memo", WALLET])?;
    let view = read(&visit, code).await?;
    let spent = match sum_and_wallet(&fields, &view) {
        Ok((amount, from)) => {
            let memo = fields.text("memo").into();
            visit.act(key, Redeem { currency: view.money.id, amount, memo, from }).await?
        }
        Err(refusal) => Err(refusal),
    };
    match spent.map(|done| done.proposal) {
        Ok(proposal) => traded(&visit, &view, proposal, "currencies-spent"),
        Err(refusal) => visit.again(&refusal, show_spend(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

pub(super) async fn give_back(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["sale", "amount"])?;
    let view = read(&visit, code).await?;
    let unknown = CurrencyError::SaleUnknown.to_string();
    let sale = fields.parse("sale", "sale_unknown", &unknown)?;
    let amount = Amount(fields.parse("amount", "amount_unclear", &unknown)?);
    visit.act(key, Refund { sale, amount }).await??;
    visit.done(&path_of(&view.money), "currencies-given-back")
}

pub(super) async fn issue_page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = read(&visit, code).await?;
    visit.page(show_issue(&visit.ui, &view, &Filled::default()))
}

fn show_issue(ui: &Ui, view: &CurrencyView, filled: &Filled) -> Markup {
    let own = unit(&view.money);
    form_page(ui, view, "currencies-issue-title").lead(ui.t("currencies-issue-lead")).show(html! {
        (form(ui, format!("{}/issue", path_of(&view.money)), html! {
            (suggest(field("to", ui.t("currencies-to")).required().filled(filled), "/wallet/payees", "to_id", filled.value("to_id").unwrap_or_default()))
            (field("amount", ui.t("currencies-how-much")).money(&own).required().filled(filled)
                .hint(ui.t_with("currencies-room", &[("room", said(view.room, &own).into())])))
            (field("reason", ui.t("currencies-reason")).hint(ui.t("currencies-issue-reason-hint")).limit(MAX_REASON).required().filled(filled))
            div.form-end { (button(ui.t("currencies-issue")).primary()) (link_button(path_of(&view.money), ui.t("currencies-not-now")).quiet()) }
        }).filled(filled))
    })
}

pub(super) async fn issue(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["to", "to_id", "amount", "reason"])?;
    let view = read(&visit, code).await?;
    let result = match issued(&visit, &view, &fields).await {
        Ok(act) => visit.act(key, act).await?.map(|done| done.proposal),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault.into()),
    };
    match result {
        Ok(proposal) => traded(&visit, &view, proposal, "currencies-issued"),
        Err(refusal) => visit.again(&refusal, show_issue(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

async fn issued(visit: &Signed, view: &CurrencyView, fields: &Fields) -> Result<Issue, Fault> {
    let amount = amount_in(fields, "amount", &unit(&view.money))?;
    let to = whom(visit, fields).await?;
    Ok(Issue { currency: view.money.id, to, amount, reason: fields.text("reason").into() })
}

pub(super) async fn ask_page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = read(&visit, code).await?;
    visit.page(show_ask(&visit.ui, &view, &Filled::default()))
}

fn show_ask(ui: &Ui, view: &CurrencyView, filled: &Filled) -> Markup {
    form_page(ui, view, "currencies-ask-title").lead(ui.t("currencies-ask-lead")).show(html! {
        (form(ui, format!("{}/ask", path_of(&view.money)), html! {
            (suggest(field("to", ui.t("currencies-ask-who")).required().filled(filled), "/wallet/payees", "to_id", filled.value("to_id").unwrap_or_default()))
            div.form-end { (button(ui.t("currencies-ask")).primary()) (link_button(path_of(&view.money), ui.t("currencies-not-now")).quiet()) }
        }).filled(filled))
    })
}

pub(super) async fn ask(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let key = fields.key(&["to", "to_id"])?;
    let view = read(&visit, code).await?;
    let result: Result<(), Refusal> = match whom(&visit, &fields).await {
        Ok(to) => visit.act(key, Ask { currency: view.money.id, to }).await?.map(|_| ()),
        Err(Fault::Refused(refusal)) => Err(refusal),
        Err(fault) => return Err(fault.into()),
    };
    match result {
        Ok(()) => visit.done(&path_of(&view.money), "currencies-asked"),
        Err(refusal) => visit.again(&refusal, show_ask(&visit.ui, &view, &fields.filled(&refusal))),
    }
}
