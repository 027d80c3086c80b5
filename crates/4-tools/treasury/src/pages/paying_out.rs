//! The form for being paid out. Where to is told first, apart from the record, and then how much.

use super::opening::{account_fields, bank, name_of};
use super::{amount, path, unit};
use crate::acts::pay_out::{AskPayOut, TellAccount};
use crate::views::holding::{HoldingPage, HoldingView};
use axum::extract::Path;
use planet_corridor::refusal::Refusal;
use planet_corridor::task::Done;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Sorry};
use planet_ontology::ids::{ActKey, PayOutId};
use uuid::Uuid;

pub(super) async fn page(visit: Signed, Path(code): Path<String>) -> Answer {
    let view = visit.view(HoldingPage { code, of: None }).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &HoldingView, filled: &Filled) -> Markup {
    let held = &view.held;
    let unit = unit(held);
    let have = ui.t_with("treasury-have", &[("amount", view.mine.available.show(held.decimals).into())]);
    Page::new(ui, ui.t("treasury-pay-out")).section("wallet").back(path(held, ""), name_of(ui, held)).lead(ui.t("treasury-pay-out-lead")).show(html! {
        (form(ui, path(held, "out"), html! {
            (field("amount", ui.t("treasury-amount")).money(&unit).hint(have).required().filled(filled))
            h2 { (ui.t("treasury-your-account")) }
            (account_fields(ui, filled))
            div.form-end { (button(ui.t("treasury-ask-out")).primary()) (link_button(path(held, ""), ui.t("treasury-back")).quiet()) }
        }).filled(filled))
        p.note { (ui.t("treasury-forgotten")) }
    })
}

pub(super) async fn ask(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let view = visit.view(HoldingPage { code, of: None }).await?;
    match both(&visit, &view, &fields).await? {
        Ok(done) => match done.output {
            Some(pay_out) => visit.done(&format!("/treasury/pay-outs/{pay_out}"), "treasury-asked-out"),
            None => super::done(&visit, &done, &path(&view.held, ""), "treasury-asked-out"),
        },
        Err(refusal) => visit.again(&refusal, show(&visit.ui, &view, &fields.filled(&refusal))),
    }
}

/// Tells the account, then asks. Each has a key of its own, made of that of the form, so that sending it twice asks once.
async fn both(
    visit: &Signed,
    view: &HoldingView,
    fields: &Fields,
) -> Result<Result<Done<PayOutId>, Refusal>, Sorry> {
    let key = fields.key(&["amount", "account_name", "iban", "bic", "sort_code", "account_number"])?;
    let amount = match amount(fields, "amount", &view.held) {
        Ok(amount) => amount,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let telling = ActKey(Uuid::new_v5(&key.0, b"account"));
    let account = match visit.act(telling, TellAccount { bank: bank(fields) }).await? {
        Ok(told) => told.output,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(account) = account else { return Ok(Err(crate::error::TreasuryError::AccountUnknown.into())) };
    visit.act(key, AskPayOut { currency: view.held.currency, amount, account }).await
}
