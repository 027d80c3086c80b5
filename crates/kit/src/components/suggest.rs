//! Type-ahead: a field that offers matches while one types. Without script it is a plain field, and the server makes of the
//! text what it can.

use super::field::Field;
use maud::{Markup, Render, html};

/// A field whose matches come from `source`, which answers `?q=TEXT` with JSON `{"items":[{"id","label","hint"?}]}`, eight at
/// the most. The id of the match that was chosen is sent as `id_name`; it is empty when the text matches nothing.
pub fn suggest(field: Field, source: &str, id_name: &str, chosen: &str) -> Markup {
    let field =
        field.with("autocomplete", "off").with("data-typeahead", source).with("data-typeahead-for", id_name);
    html! {
        div.suggest {
            (field.render())
            input type="hidden" name=(id_name) value=(chosen);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::field;

    #[test]
    fn a_suggesting_field_is_a_plain_field_to_a_browser_without_script() {
        let html = suggest(field("to", "To"), "/people/suggest", "to_id", "").into_string();
        assert!(
            html.contains(r#"name="to" type="text""#) && html.contains(r#"data-typeahead="/people/suggest""#),
            "{html}"
        );
        assert!(html.contains(r#"<input type="hidden" name="to_id" value="">"#), "{html}");
    }
}
