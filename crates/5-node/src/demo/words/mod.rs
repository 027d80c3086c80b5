//! What people of the town write: posts by season and reach, and what others answer. Words only; who writes when is planned
//! elsewhere. `{x}`, `{street}`, `{hood}`, `{town}` and `{month}` are filled in.

mod far;
mod near;
mod town;

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
    /// Something that happened, or a thought.
    News,
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

/// What others answer to a kind of talk.
pub const fn answers(talk: Talk) -> &'static [&'static str] {
    match talk {
        Talk::Offer => &[
            "Yes please! I can come by after six.",
            "Is it still there?",
            "Gone within the hour, I suppose. If not, I would love it.",
            "This is exactly what my sister is looking for, I will tell her.",
            "How kind. I will bring the jars back full.",
            "Could you keep it until Saturday?",
            "I took some, thank you. They are delicious.",
        ],
        Talk::Want => &[
            "I have one in the shed, come and look.",
            "Ask at the repair café, they had two last month.",
            "I can do Thursday, if that helps.",
            "Not me, but I will ask at work.",
            "Happy to. Ten acorns and a cup of tea?",
            "Try the tip shop, honestly.",
            "Yes, and no need to pay for it.",
            "Would Sunday be too late?",
        ],
        Talk::Event => &[
            "We are coming, all four of us.",
            "Is there step-free access?",
            "I can bring a cake and a long extension lead.",
            "Sorry to miss it, next time!",
            "Can one come late?",
            "I will bring the guitar. You have been warned.",
            "Do you need help with setting up? I am free from two.",
            "That was lovely. Thank you to everybody who washed up.",
        ],
        Talk::News => &[
            "Thank you for writing this down.",
            "I had not noticed until you said it. Count me in.",
            "Do we know what it would cost?",
            "I am of two minds. Can we talk about it on Wednesday?",
            "Good to know!",
            "Our street has had the same for months.",
            "Here is a thought: start small and look again in three months.",
            "I would rather we asked everybody first.",
            "Wonderful. This is why I joined.",
            "Could somebody explain the second point to me?",
        ],
        Talk::Thanks => &[
            "Any time.",
            "It was a pleasure, really.",
            "Hear, hear.",
            "You would have done the same.",
            "Made my day to read this.",
        ],
        Talk::Lost => &[
            "I will look in our shed now.",
            "Saw one like that by the school gate this morning!",
            "Shared with our street.",
            "Any news?",
            "Found her? I did hear something in the night.",
            "Came home for supper, as if nothing had happened.",
        ],
    }
}
