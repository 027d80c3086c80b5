//! Texts of the house: many Fluent sources merged into one set per language. Not a place for texts themselves: every
//! tool brings its own `texts/en.ftl`.

mod check;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use unic_langid::LanguageIdentifier;

pub use check::{Faults as TextFaults, missing};

/// A value put into a text: `("name", name.into())`, `("count", 3.into())`.
pub type Arg<'a> = fluent_bundle::FluentValue<'a>;

/// The kit's own texts. Give them to [`Texts::new`] before those of the tools.
pub const KIT: (&str, &str) = ("en", include_str!("../texts/en.ftl"));

/// Why a set of texts cannot be used. All of these are mistakes of whoever wrote the texts.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// No source at all.
    #[error("There are no texts.")]
    Empty,
    /// The name of a language is not a BCP 47 tag.
    #[error("\u{201c}{0}\u{201d} is not the name of a language.")]
    Language(String),
    /// A source is not Fluent, or defines a key a second time.
    #[error("The texts in {language} have a mistake: {detail}")]
    Source {
        /// The language of the source.
        language: String,
        /// What Fluent says about it.
        detail: String,
    },
}

/// All texts in all languages. The language of the first source is the one that fills the others' gaps.
#[derive(Clone)]
pub struct Texts(Arc<Inner>);

struct Inner {
    languages: Vec<(String, FluentBundle<FluentResource>)>,
    told: Mutex<BTreeSet<String>>,
}

impl Texts {
    /// Merges sources, each a language tag and the content of an `.ftl` file.
    pub fn new(sources: &[(&str, &str)]) -> Result<Self, TextsError> {
        let mut languages: Vec<(String, FluentBundle<FluentResource>)> = Vec::new();
        for (language, ftl) in sources {
            let wrong = |detail: String| TextsError::Source { language: (*language).to_owned(), detail };
            let resource = FluentResource::try_new((*ftl).to_owned())
                .map_err(|(_, errors)| wrong(format!("{errors:?}")))?;
            let at = languages.iter().position(|(name, _)| name == language);
            let mut bundle = match at {
                Some(at) => languages.remove(at),
                None => ((*language).to_owned(), bundle(language)?),
            };
            bundle.1.add_resource(resource).map_err(|errors| wrong(format!("{errors:?}")))?;
            languages.insert(at.unwrap_or(languages.len()), bundle);
        }
        if languages.is_empty() {
            Err(TextsError::Empty)
        } else {
            Ok(Self(Arc::new(Inner { languages, told: Mutex::default() })))
        }
    }

    /// The texts in a language, or in the first language when that one is unknown.
    pub fn lang(&self, language: &str) -> Lang {
        let at = self.0.languages.iter().position(|(name, _)| name == language).unwrap_or(0);
        Lang { texts: self.0.clone(), at }
    }

    /// The first language of an `Accept-Language` header that there are texts in. Weights are taken to be in order,
    /// as browsers send them.
    pub fn negotiate(&self, accept_language: &str) -> Lang {
        let wanted = accept_language.split(',').filter_map(|part| part.split(';').next()).map(str::trim);
        for tag in wanted {
            let base = tag.split('-').next().unwrap_or(tag);
            let found = self.0.languages.iter().find(|(name, _)| name == tag || name == base);
            if let Some((name, _)) = found {
                return self.lang(name);
            }
        }
        self.lang("")
    }

    /// The languages there are, first the one that fills gaps.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.0.languages.iter().map(|(name, _)| name.as_str())
    }
}

fn bundle(language: &str) -> Result<FluentBundle<FluentResource>, TextsError> {
    let id: LanguageIdentifier = language.parse().map_err(|_| TextsError::Language(language.to_owned()))?;
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolating marks would end up in titles, mails and exact comparisons; handles and amounts are isolated in HTML.
    bundle.set_use_isolating(false);
    Ok(bundle)
}

/// The texts as one reader sees them: a cheap handle on one language.
#[derive(Clone)]
pub struct Lang {
    texts: Arc<Inner>,
    at: usize,
}

impl Lang {
    /// The text of a key. Not escaped: maud does that.
    pub fn t(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The text of a key with values put in.
    pub fn t_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set((*name).to_owned(), value.clone());
        }
        self.format(key, Some(&values))
    }

    /// The language tag, for `<html lang>`.
    pub fn code(&self) -> &str {
        self.texts.languages.get(self.at).map_or("en", |(name, _)| name)
    }

    /// The direction in which it is written, for `<html dir>`.
    pub fn dir(&self) -> &'static str {
        let base = self.code().split('-').next().unwrap_or_default();
        if matches!(base, "ar" | "fa" | "he" | "ur" | "yi" | "dv" | "ps") { "rtl" } else { "ltr" }
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let own = self.texts.languages.get(self.at);
        let first = self.texts.languages.first();
        for (_, bundle) in own.into_iter().chain(first) {
            let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else { continue };
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, args, &mut errors).into_owned();
            if !errors.is_empty() {
                self.tell_once(key, &format!("{errors:?}"));
            }
            return text;
        }
        self.tell_once(key, "there is no such text");
        format!("\u{27e6}{key}\u{27e7}")
    }

    /// Logs what is wrong with a text, once for each key, so that a busy page does not fill the log.
    fn tell_once(&self, key: &str, what: &str) {
        let mut told = self.texts.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.insert(key.to_owned()) {
            tracing::warn!(key, language = self.code(), "text: {what}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Texts {
        Texts::new(&[
            ("en", "hello = Hello { $name }\nposts = { $n ->\n  [one] one post\n *[other] { $n } posts\n }"),
            ("en", "only-english = Only English"),
            ("de", "hello = Guten Tag { $name }"),
        ])
        .expect("texts")
    }

    #[test]
    fn sources_of_many_tools_are_one_set() {
        let en = texts().lang("en");
        assert_eq!(en.t_with("hello", &[("name", "Ada".into())]), "Hello Ada");
        assert_eq!(en.t("only-english"), "Only English");
        assert_eq!(en.t_with("posts", &[("n", 1.into())]), "one post");
        assert_eq!(en.t_with("posts", &[("n", 5.into())]), "5 posts");
    }

    #[test]
    fn the_first_language_fills_gaps_and_a_missing_key_shows_itself() {
        let de = texts().lang("de");
        assert_eq!(de.t_with("hello", &[("name", "Ada".into())]), "Guten Tag Ada");
        assert_eq!(de.t("only-english"), "Only English");
        assert_eq!(de.t("nowhere"), "\u{27e6}nowhere\u{27e7}");
    }

    #[test]
    fn the_reader_gets_the_first_language_they_ask_for_that_exists() {
        assert_eq!(texts().negotiate("fr-CH, de-AT;q=0.9, en;q=0.8").code(), "de");
        assert_eq!(texts().negotiate("fr").code(), "en");
    }

    #[test]
    fn a_key_defined_twice_is_a_mistake() {
        assert!(matches!(Texts::new(&[("en", "a = 1"), ("en", "a = 2")]), Err(TextsError::Source { .. })));
        assert!(matches!(Texts::new(&[]), Err(TextsError::Empty)));
    }

    #[test]
    fn the_kits_own_texts_are_all_there_and_all_used() {
        let faults = missing(&[KIT.1], std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
        assert_eq!(faults, TextFaults::default());
    }
}
