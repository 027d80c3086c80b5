//! One-line and many-line fields with label, hint and inline error. Choices are in `choice`, type-ahead in `suggest`.

use super::form::Filled;
use super::money::Unit;
use crate::ui::Ui;
use maud::{Markup, Render, html};

/// A labelled field. Made by [`field`].
#[derive(Clone)]
pub struct Field {
    name: String,
    label: String,
    kind: &'static str,
    rows: u8,
    value: String,
    hint: String,
    error: String,
    optional: String,
    before: String,
    after: String,
    flags: Vec<&'static str>,
    mono: bool,
    named_by: &'static str,
    spelling: bool,
    limit: Option<u32>,
    short: bool,
    attributes: Vec<(&'static str, String)>,
}

/// A field of text. The name is what the form sends and part of the id `f-NAME`.
pub fn field(name: impl Into<String>, label: impl Into<String>) -> Field {
    Field {
        name: name.into(),
        label: label.into(),
        kind: "text",
        rows: 0,
        value: String::new(),
        hint: String::new(),
        error: String::new(),
        optional: String::new(),
        before: String::new(),
        after: String::new(),
        flags: Vec::new(),
        mono: false,
        named_by: "name",
        spelling: true,
        limit: None,
        short: false,
        attributes: Vec::new(),
    }
}

/// Declares chained setters that only store their argument.
macro_rules! set {
    ($($(#[$doc:meta])* $method:ident($($arg:ident: $type:ty)?) { $($field:ident = $value:expr);+ })+) => {$(
        $(#[$doc])*
        #[must_use]
        pub fn $method(mut self $(, $arg: $type)?) -> Self {
            $(self.$field = $value;)+
            self
        }
    )+};
}

impl Field {
    set! {
        /// A sentence between label and box that helps to fill it in.
        hint(text: impl Into<String>) { hint = text.into() }
        /// What stands in the box.
        value(text: impl Into<String>) { value = text.into() }
        /// Says beside the label that it may stay empty.
        optional(ui: &Ui) { optional = ui.t("optional") }
        /// Many lines; so many are shown.
        area(rows: u8) { rows = rows }
        /// At most so many characters; shown while typing by the script.
        limit(characters: u32) { limit = Some(characters) }
        /// Text before the box's content, such as `@`.
        before(text: impl Into<String>) { before = text.into() }
        /// Text after the box's content, such as `hours`.
        after(text: impl Into<String>) { after = text.into() }
        /// As wide as a short code or amount.
        short() { short = true }
        /// For codes and keys: fixed width, no spelling help.
        code() { mono = true; spelling = false }
        /// A secret for the page's own script: the box has no name, so no form ever sends it, not even where the script does not run.
        stays_here() { named_by = "data-local" }
        /// An address for mail.
        email() { kind = "email"; spelling = false }
        /// A link.
        url() { kind = "url"; spelling = false }
        /// A secret.
        password() { kind = "password"; spelling = false }
        /// A date.
        date() { kind = "date"; short = true }
        /// A date and a time of day.
        date_and_time() { kind = "datetime-local"; short = true }
        /// A search.
        search() { kind = "search" }
    }

    /// The form cannot be sent while it is empty.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.flags.push("required");
        self
    }

    /// The cursor stands here when the page opens; one a page.
    #[must_use]
    pub fn focus(mut self) -> Self {
        self.flags.push("autofocus");
        self
    }

    /// A sentence that says what is wrong and how to mend it; nothing when none.
    #[must_use]
    pub fn error(mut self, text: Option<&str>) -> Self {
        text.unwrap_or_default().clone_into(&mut self.error);
        self
    }

    /// What was sent last time and what was wrong with it.
    #[must_use]
    pub fn filled(mut self, filled: &Filled) -> Self {
        if let Some(value) = filled.value(&self.name) {
            value.clone_into(&mut self.value);
        }
        let error = filled.error(&self.name).map(str::to_owned);
        self.error(error.as_deref())
    }

    /// A whole number.
    #[must_use]
    pub fn number(mut self) -> Self {
        self.short = true;
        self.with("inputmode", "numeric")
    }

    /// An amount of money. Text, not a number box: those change their value when scrolled over and refuse a comma.
    #[must_use]
    pub fn money(mut self, unit: &Unit) -> Self {
        self.short = true;
        self.spelling = false;
        if unit.leads() {
            unit.symbol.clone_into(&mut self.before);
        } else {
            unit.symbol.clone_into(&mut self.after);
        }
        self.with("inputmode", "decimal").with("autocomplete", "off")
    }

    /// A file of these kinds, such as `.csv,text/csv`. The form must be [`super::Form::multipart`].
    #[must_use]
    pub fn file(mut self, accept: &str) -> Self {
        self.kind = "file";
        self.with("accept", accept)
    }

    /// Any other attribute of the box: `autocomplete`, `pattern`, `data-…`.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("f-{}-hint", self.name));
        let error = (!self.error.is_empty()).then(|| format!("f-{}-error", self.name));
        match (error, hint) {
            (Some(error), Some(hint)) => Some(format!("{error} {hint}")),
            (error, hint) => error.or(hint),
        }
    }

    /// The opening tag's attributes, which `input` and `textarea` share. maud has no spread, so they are written by hand
    /// and escaped by maud's own escaper.
    fn attributes(&self) -> String {
        let mut out = format!(" id=\"f-{0}\" {1}=\"{0}\"", escape(&self.name), self.named_by);
        let mut push = |name: &str, value: &str| {
            out.extend([" ", name, "=\"", &escape(value), "\""]);
        };
        if self.rows == 0 {
            push("type", self.kind);
            if self.kind != "file" && !self.value.is_empty() {
                push("value", &self.value);
            }
        } else {
            push("rows", &self.rows.to_string());
        }
        if let Some(limit) = self.limit {
            push("maxlength", &limit.to_string());
            push("data-count", &format!("#f-{}-count", self.name));
        }
        if !self.spelling {
            push("spellcheck", "false");
            push("autocapitalize", "none");
        }
        if let Some(ids) = self.described_by() {
            push("aria-describedby", &ids);
        }
        if !self.error.is_empty() {
            push("aria-invalid", "true");
        }
        for (name, value) in &self.attributes {
            push(name, value);
        }
        for flag in &self.flags {
            out.extend([" ", flag]);
        }
        out
    }
}

impl Render for Field {
    fn render(&self) -> Markup {
        let control = if self.rows == 0 {
            format!("<input{}>", self.attributes())
        } else {
            // The first line break after <textarea> is dropped by browsers, so one is given away.
            format!("<textarea{}>\n{}</textarea>", self.attributes(), escape(&self.value))
        };
        html! {
            div.field.short[self.short].mono[self.mono].wrong[!self.error.is_empty()] {
                label.label for={ "f-" (self.name) } {
                    (self.label)
                    @if !self.optional.is_empty() { " " span.optional { (self.optional) } }
                }
                @if !self.hint.is_empty() { p.hint id={ "f-" (self.name) "-hint" } { (self.hint) } }
                @if !self.error.is_empty() { p.field-error id={ "f-" (self.name) "-error" } { (self.error) } }
                @if self.before.is_empty() && self.after.is_empty() {
                    (maud::PreEscaped(&control))
                    @if self.limit.is_some() { span.count-left id={ "f-" (self.name) "-count" } {} }
                } @else {
                    div.affixed {
                        @if !self.before.is_empty() { span.affix aria-hidden="true" { (self.before) } }
                        (maud::PreEscaped(&control))
                        @if !self.after.is_empty() { span.affix aria-hidden="true" { (self.after) } }
                    }
                }
            }
        }
    }
}

/// A text escaped for HTML content and attribute values.
pub(crate) fn escape(text: &str) -> String {
    html! { (text) }.into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_field_says_so_to_eyes_and_ears_and_keeps_what_was_written() {
        let mut filled = Filled::default();
        filled.set("title", "\"Bread\" & <butter>");
        filled.wrong("title", "Too short.");
        let html =
            field("title", "Title").hint("A few words.").limit(120).required().filled(&filled).render();
        insta::assert_snapshot!(html.into_string(), @r##"<div class="field wrong"><label class="label" for="f-title">Title</label><p class="hint" id="f-title-hint">A few words.</p><p class="field-error" id="f-title-error">Too short.</p><input id="f-title" name="title" type="text" value="&quot;Bread&quot; &amp; &lt;butter&gt;" maxlength="120" data-count="#f-title-count" aria-describedby="f-title-error f-title-hint" aria-invalid="true" required><span class="count-left" id="f-title-count"></span></div>"##);
    }

    #[test]
    fn what_stays_here_has_no_name_to_be_sent_under() {
        let html = field("words", "Words").area(4).stays_here().render().into_string();
        assert!(html.contains("<textarea id=\"f-words\" data-local=\"words\"") && !html.contains(" name="));
    }

    #[test]
    fn an_amount_shows_its_unit_on_the_side_where_people_write_it() {
        let euro = Unit { symbol: "€".into(), decimals: 2 };
        let hours = Unit { symbol: "hours".into(), decimals: 2 };
        let html = |unit: &Unit| field("amount", "Amount").money(unit).render().into_string();
        assert!(html(&euro).contains("€</span><input"));
        assert!(html(&hours).contains("><span class=\"affix\" aria-hidden=\"true\">hours"));
    }
}
