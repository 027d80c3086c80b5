//! The small pieces: icons, badges, chips, tags, copyable text.

use crate::ui::Ui;
use maud::{Markup, html};

use super::notice::Tone;

/// An icon from the sprite, for decoration beside words: hidden from screen readers, so never the only label. The names are
/// those in `web/icons.json`.
pub fn icon(ui: &Ui, name: &str) -> Markup {
    html! { svg.icon aria-hidden="true" { use href={ (ui.assets.path("icons.svg")) "#" (name) } {} } }
}

/// A few words with an icon before them, such as who may see something or how far it matters.
pub fn with_icon(ui: &Ui, name: &str, words: &str) -> Markup {
    html! { span.with-icon { (icon(ui, name)) (words) } }
}

/// A word about the state of a thing: "Treasurer", "Paid". Not to be pressed.
pub fn badge(text: &str) -> Markup {
    html! { span.badge { (text) } }
}

/// A badge whose tone says whether this is good or bad. The word alone must say it too.
pub fn badge_tone(tone: Tone, text: &str) -> Markup {
    html! { span.badge.{ "tone-" (tone.word()) } { (text) } }
}

/// A link as small as a word, such as a filter; `current` marks the one in force.
pub fn chip(href: &str, text: &str, current: bool) -> Markup {
    html! { a.chip href=(href) aria-current=[current.then_some("true")] { (text) } }
}

/// The tags of a post or a claim, as links to what else bears them. Given without `#`.
pub fn tags<T: AsRef<str>>(tags: &[T]) -> Markup {
    html! {
        @if !tags.is_empty() {
            ul.tags {
                @for tag in tags { li { a href={ "/tags/" (tag.as_ref()) } { "#" (tag.as_ref()) } } }
            }
        }
    }
}

/// Text to take along, such as a link or a code. The button is shown by the script that can copy; without it the text can
/// be selected with one click.
pub fn copy(ui: &Ui, text: &str) -> Markup {
    html! {
        span.copy {
            code.copy-text { (text) }
            button.button.button-quiet.button-small type="button" hidden data-copy-text=(text) {
                (icon(ui, "copy")) span { (ui.t("copy")) }
            }
        }
    }
}

/// Words for screen readers only.
pub fn skip_text(text: &str) -> Markup {
    html! { span.visually-hidden { (text) } }
}
