//! What people of the town write: posts by season and reach, and what others answer. Words only; who writes when is planned
//! elsewhere. `{x}`, `{street}`, `{hood}`, `{town}` and `{month}` are filled in.

mod answers;
mod far;
mod near;
mod town;

pub use answers::answers;

use planet_ontology::relevance::Relevance::{self, World};

/// What kind of talk a post is, and so what others answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// Something to give away, lend or sell.
    Offer,
    /// Somebody looks for something.
    Want,
    /// Come along.
    Event,
    /// Something that is new, made or seen.
    News,
    /// A nuisance next door.
    Trouble,
    /// A thought to think about together.
    Idea,
    /// Gratitude.
    Thanks,
    /// A cat, a glove.
    Lost,
}

/// A post that can be written again and again with other things in it.
#[derive(Clone, Copy, Debug)]
pub struct Topic {
    /// The kind.
    pub talk: Talk,
    /// The title.
    pub title: &'static str,
    /// The text, in Markdown.
    pub text: &'static str,
    /// The tags, with a space between.
    pub tags: &'static str,
    /// How far it matters.
    pub relevance: Relevance,
    /// The months in which it makes sense; all, if there are none.
    pub months: &'static [i8],
    /// What stands for `{x}`.
    pub things: &'static [&'static str],
}

/// Shortens the lists below.
const fn topic(
    (talk, relevance): (Talk, Relevance),
    months: &'static [i8],
    tags: &'static str,
    title: &'static str,
    text: &'static str,
    things: &'static [&'static str],
) -> Topic {
    Topic { talk, title, text, tags, relevance, months, things }
}

/// Any month.
const ALWAYS: &[i8] = &[];

/// What members write.
pub fn topics() -> Vec<&'static Topic> {
    near::NEAR.iter().chain(town::TOWN).chain(far::FAR).collect()
}

/// What members of a group write to one another.
pub fn inside() -> Vec<&'static Topic> {
    INSIDE.iter().collect()
}

/// To a group of one's own.
const INSIDE: &[Topic] = &[
    topic(
        (Talk::News, World),
        ALWAYS,
        "rota",
        "Rota for {month}: {x}",
        "It is pinned up as well. Swap among yourselves and tell the others here.",
        &["two gaps left", "all filled, thank you", "who takes the last Sunday?", "please check your days"],
    ),
    topic(
        (Talk::Event, World),
        ALWAYS,
        "meeting",
        "We meet on Thursday: {x}",
        "1. What went well\n2. What did not\n3. Money\n4. Who does what until next time\n\nAn hour, then soup.",
        &["agenda", "please read the accounts", "a newcomer joins us", "about next season"],
    ),
    topic(
        (Talk::News, World),
        ALWAYS,
        "money",
        "Our wallet in {month}: {x}",
        "The statement is open to all of us. I pay out at the end of the month and leave enough for the next purchase.",
        &["a good month", "a little short", "steady", "one large purchase"],
    ),
    topic(
        (Talk::Want, World),
        ALWAYS,
        "help",
        "Can somebody {x}?",
        "I have done it three times in a row and would like to do something else for once.",
        &[
            "unlock on Saturday",
            "take the minutes",
            "answer new people",
            "count the stock",
            "carry the tables back",
        ],
    ),
];
