//! Bills: their rows in lists, and the page of one: pay it, decline it, take it back.

use super::{profile_of, unit};
use crate::acts::request::{ApproveRequest, CancelRequest, DeclineRequest};
use crate::views::{Bill, Requests};
use axum::extract::Path;
use planet_corridor::refusal::{Fault, Refusal};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed};
use planet_ontology::ids::{AgentId, RequestId};

pub(super) async fn bill_page(visit: Signed, Path(id): Path<RequestId>) -> Answer {
    let bill = the_bill(&visit, id).await?;
    visit.page(show_bill(&visit.ui, &bill, None))
}

async fn the_bill(visit: &Signed, id: RequestId) -> Result<Bill, Fault> {
    let bills = visit.view(Requests { id: Some(id) }).await?;
    bills.into_iter().next().ok_or_else(|| crate::error::WalletError::RequestUnknown.into())
}

fn show_bill(ui: &Ui, bill: &Bill, wrong: Option<&Refusal>) -> Markup {
    let path = |verb: &str| format!("/wallet/requests/{}/{verb}", bill.id);
    Page::new(ui, ui.t("wallet-bill")).section("wallet").back("/wallet", ui.t("wallet-title")).show(html! {
        @if let Some(refusal) = wrong { (notice(ui, Tone::Bad, "", html! { p { (refusal.sentence) } })) }
        (card(html! {
            (balance(bill.amount, &unit(&bill.money)))
            (facts([
                (ui.t("wallet-bill-asks").as_str(), html! { a href=(profile_of(&bill.payee)) { (bill.payee.name) } }),
                (ui.t("wallet-bill-asked").as_str(), html! { a href=(profile_of(&bill.payer)) { (bill.payer.name) } }),
                (ui.t("wallet-memo").as_str(), html! { (bill.memo) }),
                (ui.t("wallet-when").as_str(), date(ui, bill.created)),
                (ui.t("wallet-bill-state").as_str(), html! { (ui.t(&format!("wallet-bill-{}", bill.state))) }),
            ]))
        }))
        @if let Some(asks) = &bill.asks { (notice(ui, Tone::Info, &ui.t("wallet-asks-decision"), html! { p { (asks) } })) }
        div.cluster {
            @if bill.may_answer {
                (act_button(ui, path("approve"), button(ui.t("wallet-bill-pay")).primary()))
                (act_button(ui, path("decline"), button(ui.t("wallet-bill-decline")).quiet()))
            }
            @if bill.may_cancel { (act_button(ui, path("cancel"), button(ui.t("wallet-bill-cancel")).quiet())) }
        }
    })
}

pub(super) async fn approve(visit: Signed, Path(id): Path<RequestId>, fields: Fields) -> Answer {
    match visit.act(fields.key(&[])?, ApproveRequest { request: id }).await? {
        Ok(done) => match (done.proposal, done.output) {
            (Some(proposal), _) => visit.done(&format!("/decisions/{proposal}"), "wallet-proposed"),
            (None, Some(paid)) if paid.soft_limit_passed => visit.done("/wallet", "wallet-paid-warned"),
            (None, _) => visit.done("/wallet", "wallet-paid"),
        },
        Err(refusal) => {
            let bill = the_bill(&visit, id).await?;
            visit.again(&refusal, show_bill(&visit.ui, &bill, Some(&refusal)))
        }
    }
}

pub(super) async fn decline(visit: Signed, Path(id): Path<RequestId>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, DeclineRequest { request: id }).await??;
    visit.done("/wallet", "wallet-declined")
}

pub(super) async fn cancel(visit: Signed, Path(id): Path<RequestId>, fields: Fields) -> Answer {
    visit.act(fields.key(&[])?, CancelRequest { request: id }).await??;
    visit.done("/wallet", "wallet-cancelled")
}

/// A bill as a row of its payer's or payee's wallet.
pub(super) fn bill_row(ui: &Ui, bill: &Bill, owner: AgentId) -> impl Render + use<> {
    let incoming = bill.payer.id == owner;
    let other = if incoming { &bill.payee } else { &bill.payer };
    let key = if incoming { "wallet-bill-from" } else { "wallet-bill-to" };
    row(ui.t_with(key, &[("name", other.name.as_str().into())]))
        .href(format!("/wallet/requests/{}", bill.id))
        .lead(mark(other.id.0, Scale::Middle))
        .note(html! { @if !bill.memo.is_empty() { (bill.memo) " \u{b7} " } (ui.t(&format!("wallet-bill-{}", bill.state))) })
        .end(money(bill.amount, &unit(&bill.money)))
}
