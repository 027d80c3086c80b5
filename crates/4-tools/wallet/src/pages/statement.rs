//! The page of a statement.

use super::{account_card, profile_of, unit};
use crate::views::{PAGE, Statement, StatementView};
use axum::extract::Query;
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};

pub(super) async fn statement_page(visit: Signed, Query(query): Query<Statement>) -> Answer {
    let view = visit.view(query).await?;
    visit.page(show_statement(&visit.ui, &view))
}

fn show_statement(ui: &Ui, view: &StatementView) -> Markup {
    let unit = unit(&view.balance.money);
    let lines = view.movements.iter().map(|line| {
        vec![
            date(ui, line.at),
            html! { a href=(profile_of(&line.other)) { (line.other.name) } @if !line.memo.is_empty() { br; span.note { (line.memo) } } },
            money_signed(line.amount, &unit),
            money(line.balance, &unit),
        ]
    });
    let [when, who, amount, balance] =
        ["wallet-when", "wallet-who", "wallet-amount", "wallet-balance"].map(|key| ui.t(key));
    let columns =
        [Column::text(&when), Column::text(&who), Column::number(&amount), Column::number(&balance)];
    let full = i64::try_from(view.movements.len()).is_ok_and(|count| count == PAGE);
    let older = view.movements.last().filter(|_| full).map(|last| {
        format!(
            "/wallet/statement?of={}&account={}&at={}&after={}",
            view.owner.handle, view.balance.account, last.at.0, last.transfer
        )
    });
    Page::new(ui, ui.t("wallet-statement"))
        .section("wallet")
        .back("/wallet", ui.t("wallet-title"))
        .wide()
        .show(html! {
            (account_card(ui, &view.balance))
            @if view.movements.is_empty() {
                (empty(ui, "receipt-text", ui.t("wallet-none"), ui.t("wallet-none-text")))
            } @else {
                (table(&ui.t("wallet-statement"), &columns, lines))
            }
            (pager(ui, None, older.as_deref()))
        })
}
