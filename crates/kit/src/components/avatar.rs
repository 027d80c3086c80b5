//! Generated marks: the picture of who has none. A mark is one tile of a quilt: one or two plain shapes in two colours, always
//! the same for the same id. Not a likeness and not an identicon.

use crate::ui::Ui;
use maud::{Markup, PreEscaped, Render, html};
use uuid::Uuid;

/// How many hues there are, as classes `m0` to `m11` in the styles.
const HUES: usize = 12;

/// The shapes on a tile of 8 × 8, drawn in the tile's second and third colour (classes `b` and `c`).
const TILES: [&str; 12] = [
    r#"<path class="b" d="M0 8A8 8 0 0 1 8 0V8Z"/><circle class="c" cx="5.2" cy="5.2" r="1.3"/>"#,
    r#"<path class="b" d="M0 0A8 8 0 0 0 8 8H0Z"/><circle class="c" cx="5.6" cy="2.6" r="1.5"/>"#,
    r#"<circle class="b" cx="4" cy="4" r="2.7"/><circle class="c" cx="4" cy="4" r="1.1"/>"#,
    r#"<path class="b" d="M0 4A4 4 0 0 1 8 4Z"/><path class="c" d="M0 8A4 4 0 0 1 8 8Z"/>"#,
    r#"<path class="b" d="M0 0A4 4 0 0 1 0 8Z"/><path class="c" d="M8 0A4 4 0 0 0 8 8Z"/>"#,
    r#"<path class="b" d="M0 8C0 3 3 0 8 0C8 5 5 8 0 8Z"/><circle class="c" cx="2" cy="2" r="1.3"/>"#,
    r#"<path class="b" d="M0 0C5 0 8 3 8 8C3 8 0 5 0 0Z"/><circle class="c" cx="6.1" cy="1.9" r="1.2"/>"#,
    r#"<path class="b" d="M0 8V5A4 4 0 0 1 8 5V8Z"/><circle class="c" cx="4" cy="2.3" r="1.4"/>"#,
    r#"<path class="b" d="M0 8L8 0V8Z"/><circle class="c" cx="2.5" cy="2.5" r="1.5"/>"#,
    r#"<path class="b" d="M8 0A8 8 0 0 1 0 8V4A4 4 0 0 0 4 0Z"/>"#,
    r#"<path class="b" d="M0 2.4A5.6 5.6 0 0 1 5.6 8H0Z"/><path class="c" d="M0 5.4A2.6 2.6 0 0 1 2.6 8H0Z"/>"#,
    r#"<path class="b" d="M0 4H4V0H8V4A4 4 0 0 1 4 8H0Z"/>"#,
];

/// A small stream of choices drawn from an id: FNV-1a over its bytes, then steps of `SplitMix64`.
struct Choices(u64);

impl Choices {
    fn of(id: Uuid) -> Self {
        Self(id.as_bytes().iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
        }))
    }

    /// A number below `end`.
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let end = u64::try_from(end.max(1)).unwrap_or(1);
        usize::try_from((mixed ^ (mixed >> 31)) % end).unwrap_or(0)
    }
}

/// One tile as an SVG group at a place in the quilt. The spot says how far its third colour is from its hue: classes `k0` to
/// `k3`.
fn tile(choices: &mut Choices, (hue, spot): (usize, usize), x: usize, y: usize) -> Markup {
    let shapes = TILES.get(choices.below(TILES.len())).copied().unwrap_or_default();
    let turn = choices.below(4) * 90;
    html! {
        g.{ "m" (hue) " k" (spot) } transform={ "translate(" (x * 8) " " (y * 8) ") rotate(" (turn) " 4 4)" } {
            path.a d="M-.02-.02h8.04v8.04h-8.04z" {} (PreEscaped(shapes))
        }
    }
}

/// How large a mark is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// In a line of text: 24 px.
    Small,
    /// In a row of a list: 40 px.
    #[default]
    Middle,
    /// At the head of a page: 96 px.
    Large,
}

/// The round mark of a member, or the rounded square of a group. Decoration: the name must stand beside it.
pub fn mark(id: Uuid, scale: Scale) -> Markup {
    let mut choices = Choices::of(id);
    let colours = (choices.below(HUES), choices.below(4));
    let size = match scale {
        Scale::Small => "mark mark-s",
        Scale::Middle => "mark",
        Scale::Large => "mark mark-l",
    };
    html! { svg class=(size) viewBox="0 0 8 8" aria-hidden="true" { (tile(&mut choices, colours, 0, 0)) } }
}

/// A band of tiles for a cover: the head of a profile, a group, the founding page. Its hues are those of the id's own mark and
/// their neighbours, so that it stays calm. Decoration.
pub fn quilt(id: Uuid, columns: usize, rows: usize) -> Markup {
    let mut choices = Choices::of(id);
    let hue = choices.below(HUES);
    html! {
        svg.quilt viewBox={ "0 0 " (columns * 8) " " (rows * 8) } preserveAspectRatio="xMidYMid slice" aria-hidden="true" {
            @for y in 0..rows { @for x in 0..columns {
                @let near = (hue + HUES - 1 + choices.below(3)) % HUES;
                (tile(&mut choices, (near, 0), x, y))
            } }
        }
    }
}

/// A person or a group with its mark and name. Made by [`avatar`].
pub struct Avatar {
    id: Uuid,
    name: String,
    href: Option<String>,
    note: String,
    scale: Scale,
    group: bool,
}

/// Mark and name, such as at the head of a post or in a list of people.
pub fn avatar(id: impl Into<Uuid>, name: impl Into<String>) -> Avatar {
    Avatar {
        id: id.into(),
        name: name.into(),
        href: None,
        note: String::new(),
        scale: Scale::Middle,
        group: false,
    }
}

impl Avatar {
    /// Where the name leads.
    #[must_use]
    pub fn href(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
    /// A quiet second line, such as the handle.
    #[must_use]
    pub fn note(mut self, text: impl Into<String>) -> Self {
        self.note = text.into();
        self
    }
    /// Its size.
    #[must_use]
    pub fn scale(mut self, scale: Scale) -> Self {
        self.scale = scale;
        self
    }
    /// A group, whose mark is a rounded square.
    #[must_use]
    pub fn group(mut self) -> Self {
        self.group = true;
        self
    }
}

impl Render for Avatar {
    fn render(&self) -> Markup {
        html! {
            span.avatar.avatar-group[self.group] {
                (mark(self.id, self.scale))
                span.avatar-text {
                    @if let Some(href) = &self.href { a.name href=(href) { bdi { (self.name) } } }
                    @else { span.name { bdi { (self.name) } } }
                    @if !self.note.is_empty() { span.note { (self.note) } }
                }
            }
        }
    }
}

/// The mark of the club for the top bar and for bare pages: a quilt of four tiles.
pub(crate) fn club_mark(ui: &Ui) -> Markup {
    let id = Uuid::new_v5(&Uuid::NAMESPACE_URL, ui.club.name.as_bytes());
    html! { span.club-mark { (quilt(id, 2, 2)) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_the_same_for_the_same_id_and_marks_differ() {
        let html = |n: u128| mark(Uuid::from_u128(n), Scale::Middle).into_string();
        assert_eq!(html(7), html(7));
        let distinct: std::collections::BTreeSet<String> = (0..100).map(html).collect();
        assert!(distinct.len() > 80, "{} of 100", distinct.len());
    }
}
