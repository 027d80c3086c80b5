//! Forms: one way to send something, with an idempotency key, what was filled in, and a summary of what is wrong.

use super::button::Button;
use crate::ui::Ui;
use maud::{Markup, Render, html};

/// What a person sent and what was wrong with it, so that the form comes back as they left it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    values: Vec<(String, String)>,
    wrong: Vec<(String, String)>,
}

impl Filled {
    /// What was sent, as pairs of name and value.
    pub fn new(values: impl IntoIterator<Item = (String, String)>) -> Self {
        Self { values: values.into_iter().collect(), wrong: Vec::new() }
    }
    /// Puts a value into a field.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.retain(|it| it.0 != name);
        self.values.push((name.to_owned(), value.into()));
    }
    /// Says what is wrong with a field, or with the whole form when the name is empty.
    pub fn wrong(&mut self, name: &str, sentence: impl Into<String>) {
        self.wrong.push((name.to_owned(), sentence.into()));
    }
    /// What was sent, if it came from a form with this field; nothing otherwise. For pages with several forms.
    #[must_use]
    pub fn if_sent(&self, name: &str) -> Self {
        if self.value(name).is_some() { self.clone() } else { Self::default() }
    }
    /// What was sent under a name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.wrong.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
    /// Whether anything is wrong.
    pub fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }
    /// Whether nothing was sent yet.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// A form. Made by [`form`].
pub struct Form<'a> {
    ui: &'a Ui,
    action: String,
    method: &'static str,
    body: Markup,
    id: Option<String>,
    filled: Option<&'a Filled>,
    hidden: Vec<(String, String)>,
    multipart: bool,
    key: bool,
    island: Option<(&'static str, String)>,
    draft: Option<&'static str>,
}

/// A form that is posted to a path, with a fresh idempotency key in `_key`. The body holds fields and buttons.
pub fn form(ui: &Ui, action: impl Into<String>, body: Markup) -> Form<'_> {
    Form {
        ui,
        action: action.into(),
        method: "post",
        body,
        id: None,
        filled: None,
        hidden: Vec::new(),
        multipart: false,
        key: true,
        island: None,
        draft: None,
    }
}

impl<'a> Form<'a> {
    /// Asks instead of doing: a search or a filter, with the answer at an address that can be shared.
    #[must_use]
    pub fn get(mut self) -> Self {
        self.method = "get";
        self.key = false;
        self
    }
    /// Can send files.
    #[must_use]
    pub fn multipart(mut self) -> Self {
        self.multipart = true;
        self
    }
    /// An id, so that buttons elsewhere can send it.
    #[must_use]
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
    /// Shows a summary of what was wrong above the fields. Give the same to each field.
    #[must_use]
    pub fn filled(mut self, filled: &'a Filled) -> Self {
        self.filled = Some(filled);
        self
    }
    /// A value that is sent along visually-hidden.
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }
    /// Needs the browser's part: an island such as `passkey-join`, which begins at a path of its own and ends at the form's
    /// action. Says so to whoever has no JavaScript.
    #[must_use]
    pub fn island(mut self, island: &'static str, begin: impl Into<String>) -> Self {
        self.island = Some((island, begin.into()));
        self
    }
    /// What is written is kept on the device under this name until it is sent.
    #[must_use]
    pub fn draft(mut self, name: &'static str) -> Self {
        self.draft = Some(name);
        self
    }
}

impl Render for Form<'_> {
    fn render(&self) -> Markup {
        html! {
            form.form action=(self.action) method=(self.method) id=[self.id.as_deref()] data-draft=[self.draft]
                data-island=[self.island.as_ref().map(|it| it.0)] data-begin=[self.island.as_ref().map(|it| &it.1)]
                enctype=[self.multipart.then_some("multipart/form-data")] {
                @if self.key { input type="hidden" name="_key" value=(self.ui.key()); }
                @for (name, value) in &self.hidden { input type="hidden" name=(name) value=(value); }
                @if let Some(filled) = self.filled.filter(|it| it.is_wrong()) { (summary(self.ui, filled)) }
                (self.body)
                @if self.island.is_some() { noscript { p.notice.tone-warn { (self.ui.t("needs-script")) } } }
            }
        }
    }
}

/// What is wrong, in one place at the top, each with a link to its field. Takes the focus when the page opens.
fn summary(ui: &Ui, filled: &Filled) -> Markup {
    html! {
        div.notice.tone-bad.summary role="alert" tabindex="-1" autofocus {
            p.notice-title { (ui.t("form-wrong")) }
            ul {
                @for (name, sentence) in &filled.wrong {
                    li { @if name.is_empty() { (sentence) } @else { a href={ "#f-" (name) } { (sentence) } } }
                }
            }
        }
    }
}

/// A form of nothing but a button. Made by [`act_button`].
pub struct ActButton<'a> {
    ui: &'a Ui,
    action: String,
    button: Button<'a>,
    hidden: Vec<(String, String)>,
}

/// A button that does one thing at once: follow, approve, sign out.
pub fn act_button<'a>(ui: &'a Ui, action: impl Into<String>, button: Button<'a>) -> ActButton<'a> {
    ActButton { ui, action: action.into(), button, hidden: Vec::new() }
}

impl ActButton<'_> {
    /// A value that is sent along visually-hidden.
    #[must_use]
    pub fn hidden(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.hidden.push((name.into(), value.into()));
        self
    }
}

impl Render for ActButton<'_> {
    fn render(&self) -> Markup {
        html! {
            form.act action=(self.action) method="post" {
                input type="hidden" name="_key" value=(self.ui.key());
                @for (name, value) in &self.hidden { input type="hidden" name=(name) value=(value); }
                (self.button)
            }
        }
    }
}
