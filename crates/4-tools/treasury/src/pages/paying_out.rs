//! The form for being paid out. Where to is told first, apart from the record, and then how much. A group is asked by its rule.

use super::holding::{Whose, whose};
use super::opening::{account_fields, bank, name_of};
use super::{amount, path, unit};
use crate::acts::pay_out::{AskPayOut, TellAccount};
use crate::views::holding::{HoldingPage, HoldingView};
use axum::extract::{Path, Query};
use planet_corridor::refusal::Refusal;
use planet_corridor::task::Done;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Fields, Signed, Sorry};
use planet_ontology::ids::{ActKey, PayOutId};
use uuid::Uuid;

pub(super) async fn page(visit: Signed, Path(code): Path<String>, Query(of): Query<Whose>) -> Answer {
    let view = visit.view(HoldingPage { code, of: of.of }).await?;
    visit.page(show(&visit.ui, &view, &Filled::default()))
}

fn show(ui: &Ui, view: &HoldingView, filled: &Filled) -> Markup {
    let held = &view.held;
    let unit = unit(held);
    let amount = view.mine.available.show(held.decimals);
    let name = view.mine.owner.name.as_str();
    let (have, lead) = if view.mine.own {
        (ui.t_with("treasury-have", &[("amount", amount.into())]), ui.t("treasury-pay-out-lead"))
    } else {
        let have = ui.t_with("treasury-have-of", &[("amount", amount.into()), ("name", name.into())]);
        (have, ui.t_with("treasury-pay-out-of", &[("name", name.into())]))
    };
    let back = format!("{}{}", path(held, ""), whose(view));
    Page::new(ui, ui.t("treasury-pay-out")).section("wallet").back(back.clone(), name_of(ui, held)).lead(lead).show(html! {
        (form(ui, path(held, "out"), html! {
            (field("amount", ui.t("treasury-amount")).money(&unit).hint(have).required().filled(filled))
            h2 { (ui.t(if view.mine.own { "treasury-your-account" } else { "treasury-their-account" })) }
            (account_fields(ui, filled))
            div.form-end { (button(ui.t("treasury-ask-out")).primary()) (link_button(back, ui.t("treasury-back")).quiet()) }
        }).hidden("of", whose(view)).filled(filled))
        p.note { (ui.t(if view.mine.own { "treasury-forgotten" } else { "treasury-forgotten-decided" })) }
    })
}

pub(super) async fn ask(visit: Signed, Path(code): Path<String>, fields: Fields) -> Answer {
    let of = fields.text("of").strip_prefix("?of=").map(str::to_owned);
    let view = visit.view(HoldingPage { code, of }).await?;
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
    let key = fields.key(&["of", "amount", "account_name", "iban", "bic", "sort_code", "account_number"])?;
    let amount = match amount(fields, "amount", &view.held) {
        Ok(amount) => amount,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let telling = ActKey(Uuid::new_v5(&key.0, b"account"));
    let of = (!view.mine.own).then_some(view.mine.owner.id);
    let account = match visit.act(telling, TellAccount { bank: bank(fields), of }).await? {
        Ok(told) => told.output,
        Err(refusal) => return Ok(Err(refusal)),
    };
    let Some(account) = account else { return Ok(Err(crate::error::TreasuryError::AccountUnknown.into())) };
    visit.act(key, AskPayOut { currency: view.held.currency, amount, account, from: of }).await
}
