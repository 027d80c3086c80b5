//! What opens on demand: details, menus, dialogs. All of them work without JavaScript.

use super::small::icon;
use crate::ui::Ui;
use maud::{Markup, html};

/// More of something, folded away.
pub fn more(ui: &Ui, summary: &str, content: Markup) -> Markup {
    more_open(ui, summary, false, content)
}

/// More of something, folded away unless it is in use already, such as filters.
pub fn more_open(ui: &Ui, summary: &str, open: bool, content: Markup) -> Markup {
    html! {
        details.more open[open] {
            summary { span { (summary) } (icon(ui, "chevron-down")) }
            div.more-content { (content) }
        }
    }
}

/// A menu of rarely used links and buttons behind three dots. `id` must be unique on the page.
pub fn menu(ui: &Ui, id: &str, label: &str, items: Markup) -> Markup {
    html! {
        div.menu {
            button.button.button-quiet.button-round type="button" popovertarget=(id) aria-label=(label) { (icon(ui, "ellipsis")) }
            div.menu-items popover id=(id) { (items) }
        }
    }
}

/// A button that opens a [`dialog`].
pub fn dialog_button(id: &str, text: &str) -> Markup {
    html! { button.button.button-plain type="button" popovertarget=(id) { span { (text) } } }
}

/// A dialog in front of the page, for one question. Something larger deserves a page.
pub fn dialog(ui: &Ui, id: &str, title: &str, content: Markup) -> Markup {
    html! {
        div.dialog popover role="dialog" id=(id) aria-labelledby={ (id) "-title" } {
            div.dialog-head {
                h2 id={ (id) "-title" } { (title) }
                button.button.button-quiet.button-round type="button" popovertarget=(id) popovertargetaction="hide"
                    aria-label=(ui.t("close")) { (icon(ui, "x")) }
            }
            (content)
        }
    }
}
