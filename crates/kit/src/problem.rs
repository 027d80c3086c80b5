//! Pages for when something does not work: each says what is the case and offers a way on. What happened is decided
//! elsewhere.

use crate::components::{icon, link_button};
use crate::page::{Page, bare};
use crate::ui::Ui;
use maud::{Markup, html};

/// What does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// 400, 422: what was sent cannot be understood.
    Unclear,
    /// 401: one has to sign in first.
    SignedOut,
    /// 403: the rules say no.
    Forbidden,
    /// 404: nothing here, or nothing that this viewer may know of.
    NotFound,
    /// 409: somebody was quicker, or it was done already.
    Conflict,
    /// 413: too much was sent.
    TooLarge,
    /// 429: too often.
    TooMany,
    /// 500: a mistake of ours.
    Broken,
    /// 503: busy or starting.
    Busy,
    /// No network; kept by the service worker.
    Offline,
}

impl Problem {
    /// The problem of an HTTP status.
    pub const fn of_status(status: u16) -> Self {
        match status {
            401 => Self::SignedOut,
            403 => Self::Forbidden,
            404 | 405 | 410 => Self::NotFound,
            409 => Self::Conflict,
            413 => Self::TooLarge,
            429 => Self::TooMany,
            502..=504 => Self::Busy,
            400..=499 => Self::Unclear,
            _ => Self::Broken,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Unclear => "unclear",
            Self::SignedOut => "signed-out",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::Conflict => "conflict",
            Self::TooLarge => "too-large",
            Self::TooMany => "too-many",
            Self::Broken => "broken",
            Self::Busy => "busy",
            Self::Offline => "offline",
        }
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::Forbidden | Self::SignedOut => "door-closed",
            Self::NotFound => "signpost",
            Self::Offline => "cloud-off",
            Self::Broken => "wrench",
            Self::Busy | Self::TooMany => "hourglass",
            Self::Unclear | Self::Conflict | Self::TooLarge => "circle-alert",
        }
    }
}

/// The page of a problem. `detail` is the sentence that the rules or the form gave, when there is one; `reference` is what to
/// quote to whoever looks after the node.
pub fn page(ui: &Ui, problem: Problem, detail: Option<&str>, reference: Option<&str>) -> Markup {
    let title = ui.lang.t(&format!("problem-title-{}", problem.word()));
    let content = html! {
        div.problem {
            span.empty-icon { (icon(ui, problem.icon())) }
            h1 { (title) }
            p.lead { @if let Some(detail) = detail { (detail) } @else { (ui.lang.t(&format!("problem-text-{}", problem.word()))) } }
            @if let Some(reference) = reference { p.note { (ui.t("problem-reference")) " " code { (reference) } } }
            div.cluster { (way_on(ui, problem)) }
        }
    };
    if ui.viewer.is_some() && problem != Problem::Offline {
        Page::new(ui, title).own_heading().show(content)
    } else {
        bare(ui, &title, content)
    }
}

fn way_on(ui: &Ui, problem: Problem) -> Markup {
    html! {
        @match problem {
            Problem::SignedOut => (link_button("/sign-in", ui.t("sign-in")).primary()),
            Problem::Offline | Problem::Busy | Problem::TooMany => (link_button("", ui.t("try-again")).primary()),
            _ => (link_button("/", ui.t("go-home")).primary()),
        }
        @if problem == Problem::Forbidden { (link_button("/about/rules", ui.t("read-rules"))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::ui;

    #[test]
    fn every_problem_has_a_title_a_sentence_and_a_way_on() {
        for status in [400, 401, 403, 404, 409, 413, 429, 500, 503] {
            let html = page(&ui(), Problem::of_status(status), None, None).into_string();
            assert!(!html.contains('\u{27e6}') && html.contains("button-primary"), "{status}: {html}");
        }
        assert!(!page(&ui(), Problem::Offline, None, None).into_string().contains('\u{27e6}'));
    }

    #[test]
    fn a_refusal_says_the_reason_that_the_rules_gave() {
        let html =
            page(&ui(), Problem::Forbidden, Some("Only the treasurer pays."), Some("ab12")).into_string();
        assert!(html.contains("Only the treasurer pays.") && html.contains("<code>ab12</code>"));
    }
}
