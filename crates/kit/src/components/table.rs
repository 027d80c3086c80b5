//! Tables for what is compared, and pairs of a name and a value.

use maud::{Markup, html};

/// A column of a [`table`].
#[derive(Clone, Copy, Debug)]
pub struct Column<'a> {
    /// Its heading.
    pub title: &'a str,
    /// Whether it holds numbers, which stand at its end.
    pub number: bool,
}

impl<'a> Column<'a> {
    /// A column of text.
    pub const fn text(title: &'a str) -> Self {
        Self { title, number: false }
    }
    /// A column of numbers.
    pub const fn number(title: &'a str) -> Self {
        Self { title, number: true }
    }
}

/// A table; its caption says what it lists. On a phone each line becomes a small block with the headings repeated.
pub fn table(caption: &str, columns: &[Column<'_>], lines: impl IntoIterator<Item = Vec<Markup>>) -> Markup {
    html! {
        div.table-frame tabindex="0" role="group" aria-label=(caption) {
            table.table {
                caption.visually-hidden { (caption) }
                thead { tr { @for column in columns { th.number[column.number] scope="col" { (column.title) } } } }
                tbody {
                    @for line in lines {
                        tr {
                            @for (cell, column) in line.iter().zip(columns) {
                                td.number[column.number] data-title=(column.title) { div.cell { (cell) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Names and values, such as the details of a payment.
pub fn facts<'a>(pairs: impl IntoIterator<Item = (&'a str, Markup)>) -> Markup {
    html! {
        dl.facts { @for (name, value) in pairs { div { dt { (name) } dd { (value) } } } }
    }
}
