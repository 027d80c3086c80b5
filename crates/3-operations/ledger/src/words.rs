//! Enums that are stored as a word: one line per value. It knows no particular enum.

/// Declares an enum whose values are words in the database, in JSON and in print.
macro_rules! words {
    ($(#[$meta:meta])* pub enum $name:ident, $wanted:literal { $($(#[$doc:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub enum $name {
            $($(#[$doc])* #[serde(rename = $word)] $value,)+
        }

        impl $name {
            /// All there are.
            pub const ALL: &[Self] = &[$(Self::$value),+];

            /// Its word.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }

            /// What a word means, if it is one of these.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl planet_store::Bind for $name {
            fn bind(&self) -> planet_store::Value<'_> {
                planet_store::Value::Text(self.word())
            }
        }

        impl planet_store::Column for $name {
            fn take(value: planet_store::Value<'_>) -> Result<Self, planet_store::Error> {
                let found = match value {
                    planet_store::Value::Text(text) => Self::from_word(text),
                    _ => None,
                };
                found.ok_or(planet_store::Error::Column { found: value.kind(), wanted: $wanted })
            }
        }
    };
}

pub(crate) use words;
