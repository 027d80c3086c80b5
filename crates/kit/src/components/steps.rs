//! Where one is: tabs, the steps of a wizard, older and newer.

use super::small::icon;
use crate::ui::Ui;
use maud::{Markup, html};

/// A few views of the same thing, as links. Each: address, words, whether it is the one shown.
pub fn tabs(label: &str, items: &[(&str, &str, bool)]) -> Markup {
    html! {
        nav.tabs aria-label=(label) {
            @for (href, text, current) in items {
                a href=(href) aria-current=[current.then_some("page")] { (text) }
            }
        }
    }
}

/// The steps of a wizard; `at` counts from zero. Past ones are ticked.
pub fn steps(ui: &Ui, names: &[&str], at: usize) -> Markup {
    let told = ui.t_with("step-of", &[("step", (at + 1).into()), ("steps", names.len().into())]);
    html! {
        div.steps {
            p.steps-told { (told) @if let Some(name) = names.get(at) { ": " strong { (name) } } }
            ol aria-hidden="true" {
                @for (place, _) in names.iter().enumerate() {
                    li.done[place < at].now[place == at] {}
                }
            }
        }
    }
}

/// Links to what is newer and what is older than the things shown. Nothing when there is neither.
pub fn pager(ui: &Ui, newer: Option<&str>, older: Option<&str>) -> Markup {
    html! {
        @if newer.is_some() || older.is_some() {
            nav.pager aria-label=(ui.t("pages")) {
                @if let Some(href) = newer { a.button.button-plain href=(href) rel="prev" { (icon(ui, "arrow-left")) span { (ui.t("newer")) } } }
                @if let Some(href) = older { a.button.button-plain.pager-older href=(href) rel="next" { span { (ui.t("older")) } (icon(ui, "arrow-right")) } }
            }
        }
    }
}
