//! Buttons, and links that look like them. One primary button a page says what the page is for.

use super::small::icon;
use crate::ui::Ui;
use maud::{Markup, Render, html};

/// A button or a link that looks like one. Made by [`button`] and [`link_button`].
pub struct Button<'a> {
    text: String,
    href: Option<String>,
    look: &'static str,
    icon: Option<(&'a Ui, &'static str)>,
    name: Option<(String, String)>,
    form: Option<String>,
    small: bool,
    wide: bool,
    off: bool,
}

/// A button that sends the form it stands in. Plain unless [`Button::primary`], [`Button::quiet`] or [`Button::danger`].
pub fn button<'a>(text: impl Into<String>) -> Button<'a> {
    Button {
        text: text.into(),
        href: None,
        look: "button-plain",
        icon: None,
        name: None,
        form: None,
        small: false,
        wide: false,
        off: false,
    }
}

/// A link to another page that looks like a button.
pub fn link_button<'a>(href: impl Into<String>, text: impl Into<String>) -> Button<'a> {
    Button { href: Some(href.into()), ..button(text) }
}

impl<'a> Button<'a> {
    /// What the page is for.
    #[must_use]
    pub fn primary(mut self) -> Self {
        self.look = "button-primary";
        self
    }
    /// Beside the point: cancel, skip, later.
    #[must_use]
    pub fn quiet(mut self) -> Self {
        self.look = "button-quiet";
        self
    }
    /// Takes something away.
    #[must_use]
    pub fn danger(mut self) -> Self {
        self.look = "button-danger";
        self
    }
    /// An icon before the text.
    #[must_use]
    pub fn icon(mut self, ui: &'a Ui, name: &'static str) -> Self {
        self.icon = Some((ui, name));
        self
    }
    /// Name and value that the form sends when this button was pressed.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.name = Some((name.into(), value.into()));
        self
    }
    /// Belongs to the form with this id, elsewhere on the page.
    #[must_use]
    pub fn for_form(mut self, id: impl Into<String>) -> Self {
        self.form = Some(id.into());
        self
    }
    /// Smaller, for rows and cards.
    #[must_use]
    pub fn small(mut self) -> Self {
        self.small = true;
        self
    }
    /// As wide as what it stands in.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
    /// Cannot be pressed; say beside it why.
    #[must_use]
    pub fn off(mut self, off: bool) -> Self {
        self.off = off;
        self
    }
}

impl Render for Button<'_> {
    fn render(&self) -> Markup {
        let size = match (self.small, self.wide) {
            (true, _) => " button-small",
            (false, true) => " button-wide",
            (false, false) => "",
        };
        let inside = html! {
            @if let Some((ui, name)) = self.icon { (icon(ui, name)) }
            span { (self.text) }
        };
        html! {
            @if let Some(href) = &self.href {
                a class={ "button " (self.look) (size) } href=(href) { (inside) }
            } @else {
                button class={ "button " (self.look) (size) } type="submit" disabled[self.off] form=[self.form.as_deref()]
                    name=[self.name.as_ref().map(|it| &it.0)] value=[self.name.as_ref().map(|it| &it.1)] { (inside) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_escapes_its_text_and_keeps_its_name() {
        let html = button("Pay <Ada>").primary().named("do", "pay").render().into_string();
        insta::assert_snapshot!(html, @r#"<button class="button button-primary" type="submit" name="do" value="pay"><span>Pay &lt;Ada&gt;</span></button>"#);
    }

    #[test]
    fn a_link_button_is_a_link() {
        let html = link_button("/wallet", "Wallet").small().render().into_string();
        insta::assert_snapshot!(html, @r#"<a class="button button-plain button-small" href="/wallet"><span>Wallet</span></a>"#);
    }
}
