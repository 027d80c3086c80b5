//! Notices in the page and toasts at its edge.

use super::small::icon;
use crate::ui::Ui;
use maud::{Markup, html};

/// What a message means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Good,
    /// Look out.
    Warn,
    /// It did not work, or takes something away.
    Bad,
}

impl Tone {
    /// The word in class names.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Good => "circle-check",
            Self::Warn => "triangle-alert",
            Self::Bad => "circle-alert",
        }
    }
}

/// A message that belongs to the page: what is the case, and what to do about it.
pub fn notice(ui: &Ui, tone: Tone, title: &str, content: Markup) -> Markup {
    let role = (tone == Tone::Bad).then_some("alert");
    html! {
        div.notice.{ "tone-" (tone.word()) } role=[role] {
            (icon(ui, tone.icon()))
            div.notice-text {
                @if !title.is_empty() { p.notice-title { (title) } }
                (content)
            }
        }
    }
}

/// A message that tells what the last act did and goes away. Stands in the page's live region.
pub fn toast(ui: &Ui, tone: Tone, text: &str) -> Markup {
    html! {
        div.toast.{ "tone-" (tone.word()) } data-toast data-timeout=[(tone != Tone::Bad).then_some("6000")] {
            (icon(ui, tone.icon())) p { (text) }
            button.toast-close type="button" hidden data-dismiss aria-label=(ui.t("close")) { (icon(ui, "x")) }
        }
    }
}
