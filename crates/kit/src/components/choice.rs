//! Choosing: radio buttons as cards or as a plain list, a drop-down, a tick box.

use super::form::Filled;
use super::small::icon;
use crate::ui::Ui;
use maud::{Markup, Render, html};

struct Option_ {
    value: String,
    title: String,
    text: String,
    icon: Option<Markup>,
}

/// One of a few, all visible. Made by [`choices`].
pub struct Choices {
    name: String,
    legend: String,
    hint: String,
    error: String,
    options: Vec<Option_>,
    selected: String,
    grid: bool,
    rest: Option<(usize, String, Markup)>,
}

/// A group of radio buttons, each a card to press. For up to about seven options.
pub fn choices(name: impl Into<String>, legend: impl Into<String>) -> Choices {
    Choices {
        name: name.into(),
        legend: legend.into(),
        hint: String::new(),
        error: String::new(),
        options: Vec::new(),
        selected: String::new(),
        grid: false,
        rest: None,
    }
}

impl Choices {
    /// An option: what is sent, its name, and a sentence about it (may be empty).
    #[must_use]
    pub fn option(
        mut self,
        value: impl Into<String>,
        title: impl Into<String>,
        text: impl Into<String>,
    ) -> Self {
        self.options.push(Option_ {
            value: value.into(),
            title: title.into(),
            text: text.into(),
            icon: None,
        });
        self
    }
    /// Gives the last option an icon.
    #[must_use]
    pub fn icon(mut self, ui: &Ui, name: &str) -> Self {
        if let Some(last) = self.options.last_mut() {
            last.icon = Some(icon(ui, name));
        }
        self
    }
    /// A sentence that helps to choose.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = text.into();
        self
    }
    /// The value that is chosen at first.
    #[must_use]
    pub fn selected(mut self, value: impl Into<String>) -> Self {
        self.selected = value.into();
        self
    }
    /// Side by side where there is room.
    #[must_use]
    pub fn grid(mut self) -> Self {
        self.grid = true;
        self
    }
    /// The options that follow are for few: they are folded away under these words, unless one of them is chosen.
    #[must_use]
    pub fn rest(mut self, ui: &Ui, summary: impl Into<String>) -> Self {
        self.rest = Some((self.options.len(), summary.into(), icon(ui, "chevron-down")));
        self
    }
    /// What was sent last time and what was wrong with it.
    #[must_use]
    pub fn filled(mut self, filled: &Filled) -> Self {
        if let Some(value) = filled.value(&self.name) {
            value.clone_into(&mut self.selected);
        }
        filled.error(&self.name).unwrap_or_default().clone_into(&mut self.error);
        self
    }
}

impl Choices {
    fn cards(&self, options: &[Option_]) -> Markup {
        html! {
            div.options {
                @for option in options {
                    label.option {
                        input type="radio" name=(self.name) value=(option.value) required
                            checked[option.value == self.selected];
                        @if let Some(icon) = &option.icon { (icon) }
                        span.option-text {
                            span.option-title { (option.title) }
                            @if !option.text.is_empty() { span.option-about { (option.text) } }
                        }
                    }
                }
            }
        }
    }
}

impl Render for Choices {
    fn render(&self) -> Markup {
        let shown = self.rest.as_ref().map_or(self.options.len(), |(shown, ..)| *shown);
        let (first, rest) = self.options.split_at(shown.min(self.options.len()));
        let open = rest.iter().any(|option| option.value == self.selected);
        html! {
            fieldset.choices.choices-grid[self.grid].wrong[!self.error.is_empty()] id={ "f-" (self.name) } {
                legend.label { (self.legend) }
                @if !self.hint.is_empty() { p.hint { (self.hint) } }
                @if !self.error.is_empty() { p.field-error id={ "f-" (self.name) "-error" } { (self.error) } }
                (self.cards(first))
                @if let Some((_, summary, icon)) = &self.rest {
                    details.more open[open] {
                        summary { span { (summary) } (icon) }
                        div.more-content { (self.cards(rest)) }
                    }
                }
            }
        }
    }
}

/// One of many, in a drop-down. Made by [`select`].
pub struct Select {
    name: String,
    label: String,
    hint: String,
    error: String,
    options: Vec<(String, String)>,
    selected: String,
}

/// A drop-down: for more options than [`choices`] can show.
pub fn select(name: impl Into<String>, label: impl Into<String>) -> Select {
    Select {
        name: name.into(),
        label: label.into(),
        hint: String::new(),
        error: String::new(),
        options: Vec::new(),
        selected: String::new(),
    }
}

impl Select {
    /// An option: what is sent and what is shown.
    #[must_use]
    pub fn option(mut self, value: impl Into<String>, title: impl Into<String>) -> Self {
        self.options.push((value.into(), title.into()));
        self
    }
    /// The value that is chosen at first.
    #[must_use]
    pub fn selected(mut self, value: impl Into<String>) -> Self {
        self.selected = value.into();
        self
    }
    /// A sentence that helps to choose.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = text.into();
        self
    }
    /// What was sent last time and what was wrong with it.
    #[must_use]
    pub fn filled(mut self, filled: &Filled) -> Self {
        if let Some(value) = filled.value(&self.name) {
            value.clone_into(&mut self.selected);
        }
        filled.error(&self.name).unwrap_or_default().clone_into(&mut self.error);
        self
    }
}

impl Render for Select {
    fn render(&self) -> Markup {
        let described = match (self.error.is_empty(), self.hint.is_empty()) {
            (false, _) => Some(format!("f-{}-error", self.name)),
            (true, false) => Some(format!("f-{}-hint", self.name)),
            (true, true) => None,
        };
        html! {
            div.field.wrong[!self.error.is_empty()] {
                label.label for={ "f-" (self.name) } { (self.label) }
                @if !self.hint.is_empty() { p.hint id={ "f-" (self.name) "-hint" } { (self.hint) } }
                @if !self.error.is_empty() { p.field-error id={ "f-" (self.name) "-error" } { (self.error) } }
                select id={ "f-" (self.name) } name=(self.name) aria-describedby=[described]
                    aria-invalid=[(!self.error.is_empty()).then_some("true")] {
                    @for (value, title) in &self.options {
                        option value=(value) selected[*value == self.selected] { (title) }
                    }
                }
            }
        }
    }
}

/// A tick box. Made by [`check`].
pub struct Check {
    name: String,
    value: String,
    label: String,
    hint: String,
    error: String,
    checked: bool,
    required: bool,
}

/// A tick box that sends `NAME=yes` when ticked.
pub fn check(name: impl Into<String>, label: impl Into<String>) -> Check {
    Check {
        name: name.into(),
        value: "yes".to_owned(),
        label: label.into(),
        hint: String::new(),
        error: String::new(),
        checked: false,
        required: false,
    }
}

impl Check {
    /// What is sent when ticked, where several boxes share a name.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }
    /// Whether it is ticked at first.
    #[must_use]
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = checked;
        self
    }
    /// The form cannot be sent while it is not ticked.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }
    /// What ticking it means.
    #[must_use]
    pub fn hint(mut self, text: impl Into<String>) -> Self {
        self.hint = text.into();
        self
    }
    /// What was sent last time and what was wrong with it.
    #[must_use]
    pub fn filled(mut self, filled: &Filled) -> Self {
        if !filled.is_empty() {
            self.checked = filled.value(&self.name) == Some(&self.value);
        }
        filled.error(&self.name).unwrap_or_default().clone_into(&mut self.error);
        self
    }
}

impl Render for Check {
    fn render(&self) -> Markup {
        html! {
            div.check.wrong[!self.error.is_empty()] {
                @if !self.error.is_empty() { p.field-error id={ "f-" (self.name) "-error" } { (self.error) } }
                label {
                    input type="checkbox" id={ "f-" (self.name) } name=(self.name) value=(self.value) checked[self.checked]
                        required[self.required];
                    span {
                        (self.label)
                        @if !self.hint.is_empty() { span.hint { (self.hint) } }
                    }
                }
            }
        }
    }
}
