//! Choices of taste: the club's colour, and light or dark.

use super::small::icon;
use crate::ui::{Accent, Ui};
use maud::{Markup, html};

/// The club's colour, as twelve swatches; sends the word of an [`Accent`].
pub fn accents(ui: &Ui, name: &str, legend: &str, selected: Accent) -> Markup {
    html! {
        fieldset.choices {
            legend.label { (legend) }
            div.swatches {
                @for accent in Accent::ALL {
                    label.swatch data-accent=(accent.word()) {
                        input type="radio" name=(name) value=(accent.word()) checked[*accent == selected];
                        (icon(ui, "check"))
                        span.visually-hidden { (ui.t(&format!("accent-{}", accent.word()))) }
                    }
                }
            }
        }
    }
}

/// Light, dark or as the device says: kept in a cookie by the script, at once and on this device only.
pub fn theme_switch(ui: &Ui) -> Markup {
    let now = ui.theme.word().unwrap_or("system");
    html! {
        div.field.short {
            label.label for="f-theme" { (ui.t("theme")) }
            select id="f-theme" data-theme-switch {
                @for word in ["system", "light", "dark"] {
                    option value=(word) selected[word == now] { (ui.t(&format!("theme-{word}"))) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Theme;
    use crate::ui::testing::ui;

    #[test]
    fn every_colour_has_a_name_for_those_who_do_not_see_it() {
        let html = accents(&ui(), "accent", "Colour", Accent::Sea).into_string();
        assert!(!html.contains('\u{27e6}') && html.matches("visually-hidden").count() == 12);
        assert!(html.contains(r#"value="sea" checked"#));
    }

    #[test]
    fn the_switch_shows_the_theme_in_force() {
        let mut ui = ui();
        ui.theme = Theme::Dark;
        assert!(theme_switch(&ui).into_string().contains(r#"value="dark" selected"#));
    }
}
