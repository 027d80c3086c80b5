//! What every page is made of: components, page skeleton, forms, icons and texts. Knows no tool, no table and no rule;
//! a page is a function of what a tool shows.

pub mod components;
pub mod live;
pub mod markdown;
pub mod page;
pub mod problem;
#[cfg(feature = "testing")]
pub mod testing;
pub mod texts;
pub mod ui;
pub mod web;

pub use texts::{Arg, Lang, Texts};
pub use ui::Ui;

/// What nearly every page needs, for one `use planet_kit::prelude::*`.
pub mod prelude {
    pub use crate::components::*;
    pub use crate::markdown::{article, markdown};
    pub use crate::page::{Page, bare};
    pub use crate::texts::Arg;
    pub use crate::ui::Ui;
    pub use maud::{Markup, Render, html};
}
