//! The context of one response: who looks, in which language and light, at which club, at what time. Knows nothing of
//! HTTP; the web glue makes one for each request.

use crate::page::NavItem;
use crate::texts::{Arg, Lang};
use jiff::tz::TimeZone;
use planet_ontology::{ids::ActKey, units::Moment};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::{Builder, Uuid};

/// Everything that a page needs to know besides what it shows. Passed to pages as `&Ui`.
pub struct Ui {
    /// The reader's texts.
    pub lang: Lang,
    /// Where the files of the front end are.
    pub assets: Assets,
    /// Light, dark, or as the device says.
    pub theme: Theme,
    /// The time at which the page is made; relative times count from it.
    pub now: Moment,
    /// The reader's time zone.
    pub zone: TimeZone,
    /// The club whose node this is.
    pub club: Club,
    /// Who is signed in.
    pub viewer: Option<Me>,
    /// The sections that the navigation offers.
    pub nav: Arc<[NavItem]>,
    /// What the last act did, to be told once.
    pub toasts: Vec<Toast>,
    /// Idempotency keys of this response's forms are derived from it.
    seed: Uuid,
    forms: AtomicU32,
}

impl Ui {
    /// A context with the device's theme, UTC, nobody signed in and nothing to tell. `seed` must be fresh randomness for
    /// each response; set the other fields afterwards.
    pub fn new(lang: Lang, assets: Assets, club: Club, now: Moment, seed: Uuid) -> Self {
        Self {
            lang,
            assets,
            theme: Theme::Auto,
            now,
            zone: TimeZone::UTC,
            club,
            viewer: None,
            nav: crate::page::standard_nav(),
            toasts: Vec::new(),
            seed,
            forms: AtomicU32::new(0),
        }
    }

    /// The text of a key.
    pub fn t(&self, key: &str) -> String {
        self.lang.t(key)
    }

    /// The text of a key with values put in.
    pub fn t_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        self.lang.t_with(key, args)
    }

    /// Names one attempt: each form on a page has its own key, so that sending it twice does it once. Keys begin with the
    /// time, so that what is kept under those of one hour lies together.
    pub fn key(&self) -> ActKey {
        let count = self.forms.fetch_add(1, Ordering::Relaxed);
        let fresh = Uuid::new_v5(&self.seed, &count.to_be_bytes());
        let mut tail = [0; 10];
        tail.iter_mut().zip(fresh.as_bytes()).for_each(|(to, from)| *to = *from);
        let millis = u64::try_from(self.now.0 / 1_000).unwrap_or(0);
        ActKey(Builder::from_unix_timestamp_millis(millis, &tail).into_uuid())
    }
}

/// Where the files of the front end are: plain names to paths with a content hash.
#[derive(Clone, Debug, Default)]
pub struct Assets(Arc<HashMap<String, String>>);

impl Assets {
    /// From plain names (`app.css`) and the paths under which they are served (`/assets/app-1a2b3c.css`).
    pub fn new(paths: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(Arc::new(paths.into_iter().collect()))
    }

    /// The path of a file; `/assets/NAME` for one that has no hash.
    pub fn path(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_else(|| format!("/assets/{name}"))
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The word in the cookie and in `data-theme`; none for [`Theme::Auto`].
    pub const fn word(self) -> Option<&'static str> {
        match self {
            Self::Auto => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }

    /// The theme of a word; the device's for anything else.
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// Declares the accents with their words, so that the list exists once.
macro_rules! accents {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)+) => {
        /// The colour that a club chooses. Its hue in OKLCH is in `web/styles/tokens.css` under `[data-accent]`; every one of
        /// them has been checked for contrast in light and dark.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum Accent { $($(#[$doc])* $name,)+ }

        impl Accent {
            /// All accents, around the colour wheel.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The word in tables, forms and `data-accent`.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word),+ }
            }

            /// The accent of a word, if it is one.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word() == word)
            }
        }
    };
}

accents! {
    /// Brick red.
    Brick = "brick",
    /// Burnt orange.
    Clay = "clay",
    /// Golden brown.
    Amber = "amber",
    /// Olive green.
    Olive = "olive",
    /// Leaf green.
    #[default]
    Leaf = "leaf",
    /// Green-blue.
    Teal = "teal",
    /// Blue of the sea.
    Sea = "sea",
    /// Clear blue.
    Sky = "sky",
    /// Blue-violet.
    Iris = "iris",
    /// Violet.
    Plum = "plum",
    /// Pink-violet.
    Mallow = "mallow",
    /// Rose red.
    Rose = "rose",
}

/// The club, as every page shows it.
#[derive(Clone, Debug, Default)]
pub struct Club {
    /// Its name; empty before it is founded.
    pub name: String,
    /// Its colour.
    pub accent: Accent,
    /// Whether it lives on localhost and is therefore a trial.
    pub trial: bool,
}

/// Who is signed in, as every page shows them.
#[derive(Clone, Debug)]
pub struct Me {
    /// What the generated mark is made from.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// The handle, without `@`.
    pub handle: String,
    /// How many things wait for them.
    pub waiting: u32,
}

/// What an act did, told once at the edge of the page.
#[derive(Clone, Debug)]
pub struct Toast {
    /// Its kind.
    pub tone: crate::components::Tone,
    /// A sentence.
    pub text: String,
}

#[cfg(test)]
pub(crate) mod testing {
    //! A context for tests: one member of a club on the 23rd of November 2026.

    use super::*;
    use crate::texts::{KIT, Texts};

    pub(crate) fn ui() -> Ui {
        let club = Club { name: "Elm Street".into(), accent: Accent::Leaf, trial: false };
        let now = Moment(1_795_439_100 * Moment::SECOND);
        let lang = Texts::new(&[KIT]).expect("the kit's texts").lang("en");
        let mut ui = Ui::new(lang, Assets::default(), club, now, Uuid::from_u128(1));
        ui.viewer = Some(Me { id: Uuid::from_u128(2), name: "Ada".into(), handle: "ada".into(), waiting: 2 });
        ui
    }
}
