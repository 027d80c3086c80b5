//! The two heads that many tools share: a post (or anything that somebody said), and who a page is about.

use super::avatar::{Scale, avatar, mark, quilt};
use super::small::{tags, with_icon};
use crate::ui::Ui;
use maud::{Markup, Render, html};
use uuid::Uuid;

/// Something that somebody said. Made by [`entry`].
pub struct Entry<'a> {
    ui: &'a Ui,
    author: Uuid,
    name: String,
    author_href: String,
    when: Markup,
    level: Option<(String, &'a str)>,
    title: String,
    href: String,
    body: Markup,
    tags: Vec<String>,
    actions: Option<Markup>,
    whole: bool,
    group: bool,
}

/// A post by somebody, under a title that leads to it; without a title, an answer, for [`super::list`].
pub fn entry(
    ui: &Ui,
    author: impl Into<Uuid>,
    name: impl Into<String>,
    author_href: impl Into<String>,
) -> Entry<'_> {
    Entry {
        ui,
        author: author.into(),
        name: name.into(),
        author_href: author_href.into(),
        when: Markup::default(),
        level: None,
        title: String::new(),
        href: String::new(),
        body: Markup::default(),
        tags: Vec::new(),
        actions: None,
        whole: false,
        group: false,
    }
}

impl<'a> Entry<'a> {
    /// Its title and address.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>, href: impl Into<String>) -> Self {
        self.title = title.into();
        self.href = href.into();
        self
    }
    /// When it was said; see [`super::ago`].
    #[must_use]
    pub fn when(mut self, when: Markup) -> Self {
        self.when = when;
        self
    }
    /// How far it matters, in words such as `Market Street`, and an icon for it.
    #[must_use]
    pub fn level(mut self, words: impl Into<String>, icon: &'a str) -> Self {
        self.level = Some((words.into(), icon));
        self
    }
    /// What was said; see [`crate::markdown::markdown`].
    #[must_use]
    pub fn body(mut self, body: Markup) -> Self {
        self.body = body;
        self
    }
    /// Its tags, without `#`.
    #[must_use]
    pub fn tags(mut self, tags: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = tags.into_iter().map(Into::into).collect();
        self
    }
    /// What the viewer can do with it.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }
    /// A group said it.
    #[must_use]
    pub fn group(mut self) -> Self {
        self.group = true;
        self
    }
    /// Shown on a page of its own: the title is the page's heading, nothing is folded.
    #[must_use]
    pub fn whole(mut self) -> Self {
        self.whole = true;
        self
    }
}

impl Render for Entry<'_> {
    fn render(&self) -> Markup {
        let note = html! {
            span { (self.when) }
            @if let Some((words, name)) = &self.level { (with_icon(self.ui, name, words)) }
        };
        html! {
            article.entry.entry-whole[self.whole].entry-answer[self.title.is_empty()].avatar-group[self.group] {
                header.entry-head {
                    (avatar(self.author, self.name.as_str()).href(self.author_href.as_str()))
                    span.note { (note) }
                }
                @if self.whole { h1 { (self.title) } } @else if !self.title.is_empty() { h2.entry-title { a href=(self.href) { (self.title) } } }
                (self.body)
                (tags(&self.tags))
                @if let Some(actions) = &self.actions { footer.entry-actions { (actions) } }
            }
        }
    }
}

/// Who a page is about. Made by [`profile_head`].
pub struct ProfileHead {
    id: Uuid,
    name: String,
    note: Markup,
    actions: Option<Markup>,
    group: bool,
}

/// A member or a group at the head of their page, under a quilt of their own.
pub fn profile_head(id: impl Into<Uuid>, name: impl Into<String>, note: Markup) -> ProfileHead {
    ProfileHead { id: id.into(), name: name.into(), note, actions: None, group: false }
}

impl ProfileHead {
    /// What the viewer can do: follow, pay, edit.
    #[must_use]
    pub fn actions(mut self, actions: Markup) -> Self {
        self.actions = Some(actions);
        self
    }
    /// A group, whose mark is a rounded square.
    #[must_use]
    pub fn group(mut self) -> Self {
        self.group = true;
        self
    }
}

impl Render for ProfileHead {
    fn render(&self) -> Markup {
        html! {
            header.profile-head.avatar-group[self.group] {
                div.profile-cover { (quilt(self.id, 12, 2)) }
                div.profile-line {
                    (mark(self.id, Scale::Large))
                    div.profile-name { h1 { bdi { (self.name) } } p.note { (self.note) } }
                    @if let Some(actions) = &self.actions { div.profile-actions { (actions) } }
                }
            }
        }
    }
}
