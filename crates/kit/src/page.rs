//! The page skeleton: head, top bar, navigation, main, footer, toasts; and the bare page for those who are not in yet. No
//! inline script or style anywhere, since the content security policy forbids both.

use crate::components::{Scale, club_mark, icon, mark, quilt, toast};
use crate::ui::{Me, Ui};
use maud::{DOCTYPE, Markup, html};
use std::sync::Arc;
use uuid::Uuid;

/// One section in the navigation.
#[derive(Clone, Copy, Debug)]
pub struct NavItem {
    /// What [`Page::section`] names.
    pub section: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// The key of its text.
    pub label: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Whether it has one of the four places in the phone's bottom bar; the others are under *More*.
    pub bar: bool,
}

/// The sections that every club has.
pub fn standard_nav() -> Arc<[NavItem]> {
    let item = |section, href, label, icon, bar| NavItem { section, href, label, icon, bar };
    Arc::new([
        item("home", "/", "nav-home", "house", true),
        item("near", "/near", "nav-near", "map-pin", true),
        item("wallet", "/wallet", "nav-wallet", "wallet", true),
        item("messages", "/messages", "nav-messages", "lock", false),
        item("people", "/people", "nav-people", "users", false),
        item("groups", "/groups", "nav-groups", "sprout", false),
        item("chat", "/chat", "nav-chat", "message-circle", false),
        item("decisions", "/decisions", "nav-decisions", "vote", false),
    ])
}

/// A whole page for somebody who is signed in or may look around. Made by [`Page::new`], shown by [`Page::show`].
pub struct Page<'a> {
    ui: &'a Ui,
    title: String,
    section: &'a str,
    lead: String,
    back: Option<(String, String)>,
    actions: Option<Markup>,
    aside: Option<Markup>,
    heading: bool,
    wide: bool,
    aside_first: bool,
}

impl<'a> Page<'a> {
    /// A page with a title, which is also its heading.
    pub fn new(ui: &'a Ui, title: impl Into<String>) -> Self {
        Self {
            ui,
            title: title.into(),
            section: "",
            lead: String::new(),
            back: None,
            actions: None,
            aside: None,
            heading: true,
            wide: false,
            aside_first: false,
        }
    }
    /// The section it belongs to, marked in the navigation.
    #[must_use]
    pub fn section(mut self, section: &'a str) -> Self {
        self.section = section;
        self
    }
    /// A sentence below the heading.
    #[must_use]
    pub fn lead(mut self, text: impl Into<String>) -> Self {
        self.lead = text.into();
        self
    }
    /// A link above the heading to what this is a part of.
    #[must_use]
    pub fn back(mut self, href: impl Into<String>, text: impl Into<String>) -> Self {
        self.back = Some((href.into(), text.into()));
        self
    }
    /// Buttons at the end of the heading's line.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }
    /// What stands beside the content where there is room, and below it on a phone.
    #[must_use]
    pub fn aside(mut self, aside: Markup) -> Self {
        self.aside = Some(aside);
        self
    }
    /// On a phone the aside stands above the content instead of below: for what one comes to see first, such as a balance.
    #[must_use]
    pub fn aside_first(mut self) -> Self {
        self.aside_first = true;
        self
    }
    /// The content brings its own `h1`, such as a profile's head.
    #[must_use]
    pub fn own_heading(mut self) -> Self {
        self.heading = false;
        self
    }
    /// Uses the whole width, for tables.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The document.
    pub fn show(self, content: Markup) -> Markup {
        let ui = self.ui;
        let body = html! {
            a.skip href="#main" { (ui.t("skip-to-content")) }
            @if ui.club.trial { (trial(ui)) }
            (top_bar(ui))
            div.frame {
                @if let Some(me) = &ui.viewer { (side_bar(ui, me, self.section)) }
                main.main.wide[self.wide] id="main" tabindex="-1" {
                    @if let Some((href, text)) = &self.back { a.back href=(href) { (icon(ui, "arrow-left")) (text) } }
                    @if self.heading { (self.head()) }
                    @if let Some(aside) = &self.aside {
                        div.with-aside {
                            @if self.aside_first { aside.aside.aside-first { (aside) } }
                            div.content { (content) }
                            @if !self.aside_first { aside.aside { (aside) } }
                        }
                    } @else {
                        div.content { (content) }
                    }
                    (footer(ui))
                }
            }
            (bottom_bar(ui, self.section))
            (toasts(ui))
        };
        document(ui, &self.title, "page", body)
    }

    fn head(&self) -> Markup {
        html! {
            header.page-head {
                div {
                    h1 { (self.title) }
                    @if !self.lead.is_empty() { p.lead { (self.lead) } }
                }
                @if let Some(actions) = &self.actions { div.page-actions { (actions) } }
            }
        }
    }
}

/// A page for somebody at the door: founding, invitations, signing in. One column, the club's mark, nothing else to press.
pub fn bare(ui: &Ui, title: &str, content: Markup) -> Markup {
    let name = if ui.club.name.is_empty() { "PLANET" } else { &ui.club.name };
    let body = html! {
        @if ui.club.trial { (trial(ui)) }
        div.door {
            div.door-quilt { (quilt(Uuid::new_v5(&Uuid::NAMESPACE_URL, name.as_bytes()), 20, 3)) }
            header { a.door-club href="/" { (club_mark(ui)) span { (name) } } }
            main.door-card id="main" tabindex="-1" { (content) }
            (footer(ui))
        }
        (toasts(ui))
    };
    document(ui, title, "bare", body)
}

fn document(ui: &Ui, title: &str, class: &str, body: Markup) -> Markup {
    let club = if ui.club.name.is_empty() { "PLANET" } else { &ui.club.name };
    html! {
        (DOCTYPE)
        html lang=(ui.lang.code()) dir=(ui.lang.dir()) data-accent=(ui.club.accent.word()) data-theme=[ui.theme.word()] {
            head {
                meta charset="utf-8";
                title { (title) @if title != club { " \u{b7} " (club) } }
                meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
                meta name="color-scheme" content="light dark";
                meta name="theme-color" content="#faf8f5" media="(prefers-color-scheme: light)";
                meta name="theme-color" content="#191715" media="(prefers-color-scheme: dark)";
                meta name="referrer" content="same-origin";
                link rel="preload" href=(ui.assets.path("figtree.woff2")) as="font" type="font/woff2" crossorigin;
                link rel="stylesheet" href=(ui.assets.path("app.css"));
                link rel="manifest" href="/manifest.webmanifest";
                link rel="icon" href=(ui.assets.path("icon.svg")) type="image/svg+xml";
                link rel="apple-touch-icon" href=(ui.assets.path("icon-180.png"));
                script type="module" src=(ui.assets.path("app.js")) {}
            }
            body.(class) { (body) }
        }
    }
}

fn top_bar(ui: &Ui) -> Markup {
    html! {
        header.top {
            a.top-club href="/" { (club_mark(ui)) span { (ui.club.name) } }
            @if let Some(me) = &ui.viewer {
                form.top-search role="search" action="/search" method="get" {
                    (icon(ui, "search"))
                    input type="search" name="q" aria-label=(ui.t("search")) placeholder=(ui.t("search")) data-search;
                }
                a.top-find href="/search" { (icon(ui, "search")) span.visually-hidden { (ui.t("search")) } }
                a.top-waiting href="/waiting" {
                    (icon(ui, "bell"))
                    @if me.waiting > 0 { span.count { (me.waiting.min(99)) } }
                    span.visually-hidden { (ui.t_with("waiting", &[("count", me.waiting.into())])) }
                }
                a.top-me href="/me" { (mark(me.id, Scale::Small)) span.visually-hidden { (me.name) } }
            } @else {
                a.button.button-plain.button-small href="/sign-in" { span { (ui.t("sign-in")) } }
            }
        }
    }
}

fn side_bar(ui: &Ui, me: &Me, section: &str) -> Markup {
    html! {
        nav.side aria-label=(ui.t("nav")) {
            a.button.button-primary.side-new href="/posts/new" { (icon(ui, "pencil-line")) span { (ui.t("new-post")) } }
            ul {
                @for item in ui.nav.iter() { li { (nav_link(ui, item.href, item.label, item.icon, item.section == section)) } }
            }
            a.side-me href="/me" aria-current=[(section == "me").then_some("page")] {
                (mark(me.id, Scale::Middle))
                span.avatar-text { span.name { bdi { (me.name) } } span.note { "@" (me.handle) } }
            }
        }
    }
}

/// The phone's bar: two sections, the new post in the middle, one section, and the rest.
fn bottom_bar(ui: &Ui, section: &str) -> Markup {
    let mut inside: Vec<Markup> = ui
        .nav
        .iter()
        .filter(|item| item.bar)
        .take(3)
        .map(|item| nav_link(ui, item.href, item.label, item.icon, item.section == section))
        .collect();
    if ui.viewer.is_none() {
        return Markup::default();
    }
    let new_post = html! { a.bottom-new href="/posts/new" { (icon(ui, "plus")) span.visually-hidden { (ui.t("new-post")) } } };
    inside.insert(inside.len().min(2), new_post);
    html! {
        nav.bottom aria-label=(ui.t("nav")) {
            @for link in &inside { (link) }
            button.bottom-more type="button" popovertarget="more-sections" { (icon(ui, "menu")) span { (ui.t("more")) } }
        }
        nav.sheet popover id="more-sections" aria-label=(ui.t("more")) {
            ul {
                @for item in ui.nav.iter().filter(|item| !item.bar) {
                    li { (nav_link(ui, item.href, item.label, item.icon, item.section == section)) }
                }
                li { (nav_link(ui, "/me", "nav-me", "circle-user", section == "me")) }
                li { (nav_link(ui, "/settings", "nav-settings", "settings", section == "settings")) }
            }
        }
    }
}

fn nav_link(ui: &Ui, href: &str, label: &str, name: &str, current: bool) -> Markup {
    html! { a.nav-link href=(href) aria-current=[current.then_some("page")] { (icon(ui, name)) span { (ui.lang.t(label)) } } }
}

fn trial(ui: &Ui) -> Markup {
    html! { aside.trial aria-label=(ui.t("trial-label")) { (icon(ui, "flask-conical")) p { (ui.t("trial")) } } }
}

fn footer(ui: &Ui) -> Markup {
    html! {
        footer.foot {
            a href="/about" { (ui.t("about")) }
            a href="/about/words" { (ui.t("words")) }
            a href="/about/assumptions" { (ui.t("assumptions")) }
            @if ui.viewer.is_some() { a href="/settings" { (ui.t("nav-settings")) } }
        }
    }
}

/// The live region. It is there on every page, also when empty, since screen readers only watch what was there at first.
fn toasts(ui: &Ui) -> Markup {
    html! {
        div.toasts id="toasts" role="status" aria-live="polite" {
            @for it in &ui.toasts { (toast(ui, it.tone, &it.text)) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::ui;

    #[test]
    fn a_page_marks_its_section_and_has_no_inline_script_or_style() {
        let html = Page::new(&ui(), "Wallet").section("wallet").show(html! { p { "x" } }).into_string();
        assert!(html.contains(r#"href="/wallet" aria-current="page""#));
        assert!(html.contains("<title>Wallet · Elm Street</title>"));
        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" on"), "{html}");
        assert_eq!(html.matches("<script").count(), 1);
        assert!(html.contains("<h1>Wallet</h1>") && html.contains(r#"id="toasts" role="status""#));
    }

    #[test]
    fn somebody_at_the_door_sees_no_navigation() {
        let html = bare(&ui(), "Sign in", html! { h1 { "Welcome" } }).into_string();
        assert!(!html.contains("<nav") && html.contains("door-card"));
    }
}
