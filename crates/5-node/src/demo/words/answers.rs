//! What people of the town answer to one another. Words only.

use super::Talk;

/// What others answer to a kind of talk.
pub const fn answers(talk: Talk) -> &'static [&'static str] {
    match talk {
        Talk::Offer => OFFERED,
        Talk::Want => WANTED,
        Talk::Event => INVITED,
        Talk::News => TOLD,
        Talk::Trouble => TROUBLED,
        Talk::Idea => PONDERED,
        Talk::Thanks => THANKED,
        Talk::Lost => MISSED,
    }
}

/// To an offer.
const OFFERED: &[&str] = &[
    "Yes please! I can come by after six.",
    "Is it still there?",
    "Gone within the hour, I suppose. If not, I would love it.",
    "This is exactly what my sister is looking for, I will tell her.",
    "How kind. I will bring the jars back full.",
    "Could you keep it until Saturday?",
    "I took some, thank you. They are delicious.",
];

/// To somebody who looks for something.
const WANTED: &[&str] = &[
    "I have one in the shed, come and look.",
    "Ask at the repair café, they had two last month.",
    "I can do Thursday, if that helps.",
    "Not me, but I will ask at work.",
    "Happy to. Ten acorns and a cup of tea?",
    "Try the tip shop, honestly.",
    "Yes, and no need to pay for it.",
    "Would Sunday be too late?",
];

/// To an invitation.
const INVITED: &[&str] = &[
    "We are coming, all four of us.",
    "Is there step-free access?",
    "I can bring a cake and a long extension lead.",
    "Sorry to miss it, next time!",
    "Can one come late?",
    "I will bring the guitar. You have been warned.",
    "Do you need help with setting up? I am free from two.",
    "That was lovely. Thank you to everybody who washed up.",
];

/// To news.
const TOLD: &[&str] = &[
    "Good to know!",
    "Wonderful. This is why I joined.",
    "Thank you for telling us.",
    "I had no idea. Lovely.",
    "My favourite news of the week.",
    "Can I come and see?",
    "Well done, everybody.",
    "Please say it again next month, I shall forget.",
];

/// To a nuisance.
const TROUBLED: &[&str] = &[
    "I had not noticed until you said it. Count me in.",
    "Ours has had the same for months.",
    "Thank you for writing this down.",
    "I rang the council: they have it on a list.",
    "Happy to sign.",
    "Took a photograph this morning, I will bring it.",
    "It woke the baby twice.",
];

/// To a thought.
const PONDERED: &[&str] = &[
    "I am of two minds. Can we talk about it on Wednesday?",
    "Do we know what it would cost?",
    "Thank you for writing this down.",
    "Here is a thought: start small and look again in three months.",
    "I would rather we asked everybody first.",
    "Could somebody explain the second point to me?",
    "I read it twice and still like it.",
    "Who would do the work?",
];

/// To gratitude.
const THANKED: &[&str] = &[
    "Any time.",
    "It was a pleasure, really.",
    "Hear, hear.",
    "You would have done the same.",
    "Made my day to read this.",
];

/// To a loss or a find.
const MISSED: &[&str] = &[
    "I will look in our shed now.",
    "Saw one like that by the school gate this morning!",
    "Shared with our street.",
    "Any news?",
    "Found her? I did hear something in the night.",
    "Came home for supper, as if nothing had happened.",
];
