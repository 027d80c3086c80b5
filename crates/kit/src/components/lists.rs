//! Cards, sections, lists of rows, and what stands where there is nothing yet.

use super::small::icon;
use crate::ui::Ui;
use maud::{Markup, Render, html};

/// Groups what belongs together. Not for single things: most of a page needs no card.
pub fn card(content: Markup) -> Markup {
    html! { div.card { (content) } }
}

/// A part of a page with its heading and, at the far end of the line, something to do (may be empty).
pub fn section(title: &str, action: Markup, content: Markup) -> Markup {
    html! {
        section.section {
            div.section-head { h2 { (title) } (action) }
            (content)
        }
    }
}

/// A list of rows in one card.
pub fn list<T: Render>(rows: impl IntoIterator<Item = T>) -> Markup {
    html! { ul.list { @for row in rows { li { (row) } } } }
}

/// A row of a list. Made by [`row`].
#[derive(Default)]
pub struct Row {
    href: Option<String>,
    lead: Option<Markup>,
    title: String,
    note: Option<Markup>,
    end: Option<Markup>,
    actions: Option<Markup>,
}

/// A row: a title, and what is chained. With [`Row::href`] the whole row leads there.
pub fn row(title: impl Into<String>) -> Row {
    Row { title: title.into(), ..Row::default() }
}

impl Row {
    /// Where the row leads.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
    /// A mark or an icon at its start.
    #[must_use]
    pub fn lead(mut self, lead: Markup) -> Self {
        self.lead = Some(lead);
        self
    }
    /// A quiet second line.
    #[must_use]
    pub fn note(mut self, note: impl Render) -> Self {
        self.note = Some(note.render());
        self
    }
    /// An amount, a badge or a time at its end.
    #[must_use]
    pub fn end(mut self, end: Markup) -> Self {
        self.end = Some(end);
        self
    }
    /// Buttons, below on a phone and at the end where there is room.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }
}

impl Render for Row {
    fn render(&self) -> Markup {
        html! {
            div.item {
                @if let Some(lead) = &self.lead { span.item-lead { (lead) } }
                div.item-text {
                    @if let Some(href) = &self.href { a.item-title.cover href=(href) { (self.title) } }
                    @else { span.item-title { (self.title) } }
                    @if let Some(note) = &self.note { span.note { (note) } }
                }
                @if let Some(end) = &self.end { span.item-end { (end) } }
                @if let Some(actions) = &self.actions { div.item-actions { (actions) } }
            }
        }
    }
}

/// What stands where there is nothing yet. Made by [`empty`].
pub struct Empty<'a> {
    ui: &'a Ui,
    icon: &'a str,
    title: String,
    text: String,
    action: Option<Markup>,
}

/// Says what would be here, why it is good to have, and how to get the first one.
pub fn empty<'a>(ui: &'a Ui, icon: &'a str, title: impl Into<String>, text: impl Into<String>) -> Empty<'a> {
    Empty { ui, icon, title: title.into(), text: text.into(), action: None }
}

impl Empty<'_> {
    /// A button that makes the first one.
    #[must_use]
    pub fn action(mut self, action: impl Render) -> Self {
        self.action = Some(action.render());
        self
    }
}

impl Render for Empty<'_> {
    fn render(&self) -> Markup {
        html! {
            div.empty {
                span.empty-icon { (icon(self.ui, self.icon)) }
                p.empty-title { (self.title) }
                p.empty-text { (self.text) }
                @if let Some(action) = &self.action { (action) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_leads_as_a_whole_and_shows_what_it_was_given() {
        let html = row("Bread").href("/t/1").note("from Ada").end(html! { "12" }).render().into_string();
        insta::assert_snapshot!(html, @r#"<div class="item"><div class="item-text"><a class="item-title cover" href="/t/1">Bread</a><span class="note">from Ada</span></div><span class="item-end">12</span></div>"#);
    }
}
