//! What can go wrong in xtask: a sentence for the person at the terminal. It is not an error to match on.

use std::fmt;

/// Why a task could not be done, in words that say what to do next.
#[derive(Debug, PartialEq, Eq)]
pub struct Trouble(String);

/// What every task gives back.
pub type Outcome<T> = Result<T, Trouble>;

impl Trouble {
    /// A trouble with this sentence.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Gives a failure its context: `read(path).or_say("cannot read the lock file")`.
pub trait OrSay<T> {
    /// The value, or the sentence followed by the cause.
    fn or_say(self, sentence: impl fmt::Display) -> Outcome<T>;
}

impl<T, E: fmt::Display> OrSay<T> for Result<T, E> {
    fn or_say(self, sentence: impl fmt::Display) -> Outcome<T> {
        self.map_err(|cause| Trouble::new(format!("{sentence}: {cause}")))
    }
}

impl<T> OrSay<T> for Option<T> {
    fn or_say(self, sentence: impl fmt::Display) -> Outcome<T> {
        self.ok_or_else(|| Trouble::new(sentence.to_string()))
    }
}
