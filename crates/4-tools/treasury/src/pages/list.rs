//! All moneys of the world that somebody here holds.

use super::{path, unit};
use crate::views::holding::{HoldingLine, Holdings, HoldingsView};
use planet_kit::prelude::*;
use planet_kit::web::{Answer, Signed};

pub(super) async fn page(visit: Signed) -> Answer {
    let view = visit.view(Holdings {}).await?;
    visit.page(show(&visit.ui, &view))
}

fn show(ui: &Ui, view: &HoldingsView) -> Markup {
    let begin = || link_button("/treasury/new", ui.t("treasury-new"));
    let may = !view.could_hold.is_empty();
    let actions = html! { @if may && !view.holdings.is_empty() { (begin().icon(ui, "plus")) } };
    Page::new(ui, ui.t("treasury-title")).section("wallet").back("/wallet", ui.t("treasury-wallet")).lead(ui.t("treasury-lead")).actions(actions).show(html! {
        @if view.holdings.is_empty() {
            @let nothing = empty(ui, "building-2", ui.t("treasury-none"), ui.t("treasury-none-text"));
            @if may { (nothing.action(begin().primary())) } @else { (nothing) }
        } @else {
            (list(view.holdings.iter().map(|it| line(ui, it))))
        }
        (more(ui, &ui.t("treasury-what"), html! { p { (ui.t("treasury-what-text")) } p { (ui.t("treasury-nobody")) } }))
    })
}

fn line(ui: &Ui, it: &HoldingLine) -> impl Render + use<> {
    let held = &it.held;
    let unit = unit(held);
    let line = row(ui.t_with(
        "treasury-at",
        &[("money", held.name.as_str().into()), ("holder", held.holder_name.as_str().into())],
    ))
    .href(path(held, ""))
    .lead(mark(held.holder.0, Scale::Middle))
    .note(html! { (ui.t("treasury-claimed")) " " (money(it.claimed, &unit)) });
    let line = match it.mine {
        Some(mine) => line.end(money(mine, &unit)),
        None => line.end(badge(&held.iso)),
    };
    if it.keeper {
        line.actions(html! { (link_button(path(held, "desk"), ui.t("treasury-desk")).small().quiet()) })
    } else {
        line
    }
}
