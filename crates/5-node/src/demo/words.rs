//! What people of the town write: posts by season and reach, and what others answer. Words only; who writes when is planned
//! elsewhere. `{x}`, `{street}`, `{hood}`, `{town}` and `{month}` are filled in.

use planet_ontology::relevance::Relevance::{self, Country, District, Neighbourhood, Street, Town, World};

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
pub const TOPICS: &[Topic] = &[
    topic((Talk::Offer, Street), ALWAYS, "to-give-away", "Free to a neighbour: {x}",
        "In the porch, dry and clean. First to knock takes it home; no need to write first.",
        &["a cot with mattress", "a box of jam jars", "half a bag of plaster", "a child's desk", "two garden chairs",
          "a working kettle", "bricks, about forty", "a roll of carpet", "a fish tank", "last year's curtains"]),
    topic((Talk::Want, Street), ALWAYS, "borrow tools", "Could I borrow {x} this weekend?",
        "Back on Sunday evening, cleaned. I can lend a good saw and strong coffee in return.",
        &["a long ladder", "a wallpaper steamer", "a wheelbarrow", "a pressure washer", "a sander", "a big cool box",
          "a trailer", "a hedge trimmer", "a carpet cleaner"]),
    topic((Talk::News, Street), ALWAYS, "street parking", "{x} on {street}",
        "It starts at eight and should be over by four. They say that feet and bicycles can pass.",
        &["Water off on Thursday", "Skip arriving on Monday", "Scaffolding until the end of the month", "Gas works again",
          "Street lamp out at the corner", "Tree surgeon on Friday"]),
    topic((Talk::Lost, Street), ALWAYS, "lost-and-found cats", "Has anybody seen {x}?",
        "Last seen between {street} and the alley behind it. Please look in sheds and under cars. Thank you.",
        &["a grey cat called Biscuit", "a red glove, left hand", "our tortoise", "a blue scooter", "a black and white cat with one ear",
          "a set of keys on a green ribbon", "a cockatiel who whistles"]),
    topic((Talk::Event, Street), &[5, 6, 7, 8], "street-party", "{x} on {street}",
        "Tables out from three. Bring a chair, a dish and, if you have one, an instrument. The road is closed until nine.",
        &["Street party", "Long table supper", "Children's play street", "Bring and share lunch"]),
    topic((Talk::Thanks, Street), ALWAYS, "thanks", "Thank you, {street}",
        "For {x}. One does not have to be lucky to live here, but it helps.",
        &["the soup while I had the flu", "pushing the van out of the mud", "taking in eleven parcels", "the loan of the ladder",
          "watching the house", "the birthday song through the window", "clearing the snow from my steps"]),
    topic((Talk::Offer, Neighbourhood), &[6, 7, 8, 9, 10], "garden glut", "Too many {x} in {hood}",
        "They are on the wall by the gate. Please take some, and please do not bring me yours.",
        &["courgettes", "runner beans", "plums", "tomatoes", "windfall apples", "figs", "marrows", "beetroot", "pears", "squashes"]),
    topic((Talk::Event, Neighbourhood), ALWAYS, "families", "{x} in {hood}",
        "Saturday at ten, rain or shine. Grown-ups talk, children dig. There is a kettle.",
        &["Playgroup in the hall", "Den building", "Bug hunt", "Bicycle practice for beginners", "Story hour", "Mud kitchen"]),
    topic((Talk::News, Neighbourhood), ALWAYS, "traffic safety", "{x}: who else has noticed?",
        "I would like to write to the council, and a letter with ten names on it is read. Comment below if yours may be one of them.",
        &["Speeding past the school", "The crossing light is too short", "The bus no longer stops", "The footpath is flooded again",
          "Bins are emptied at five in the morning", "The bridge railing is loose"]),
    topic((Talk::Want, Neighbourhood), ALWAYS, "help-wanted neighbours", "An hour of help: {x}",
        "I pay in acorns or in cake. It should take about an hour, perhaps two with talking.",
        &["carrying a wardrobe upstairs", "looking at a dripping gutter", "setting up a new phone", "reading a letter from the pension office",
          "digging out an old stump", "moving a piano four feet", "hanging three pictures straight"]),
    topic((Talk::News, Neighbourhood), &[3, 4, 5, 6], "wildlife", "Seen in {hood}: {x}",
        "At half past six this morning. I stood there with my tea until it was cold.",
        &["swifts, the first ones", "a hedgehog family", "a slow worm on the compost", "orchids by the railway", "a barn owl",
          "orange tips", "a kingfisher"]),
    topic((Talk::Lost, Neighbourhood), ALWAYS, "lost-and-found", "Found in {hood}: {x}",
        "It is on our window sill. Tell me what colour the inside is and it is yours.",
        &["a child's bobble hat", "a hearing aid", "a silver ring", "one walking boot", "a library book from 1994", "a bunch of keys"]),
    topic((Talk::Event, Town), ALWAYS, "workshop skills", "Workshop: {x}",
        "Two hours on Saturday afternoon, eight places, tools provided. Ten acorns, or nothing if that is too much.\n\n- Bring an apron\n- Bring something that is broken\n- Cake at four",
        &["mending a puncture", "sharpening knives", "sourdough from nothing", "darning socks", "reading your energy bill",
          "pruning without fear", "soldering", "first aid for children", "fixing a dripping tap", "making a willow basket"]),
    topic((Talk::Offer, Town), ALWAYS, "lessons", "I have time for {x}",
        "A free hour or two in the week. First meeting costs nothing, after that we agree on something fair in acorns.",
        &["two more piano pupils", "one maths pupil before the exams", "Spanish conversation", "computer questions", "small sewing jobs",
          "garden advice", "a weekly cooking lesson", "walking one more dog"]),
    topic((Talk::Want, Town), ALWAYS, "wanted", "Wanted: {x}",
        "Need not be pretty. I can collect anywhere in {town}, and pay in acorns.",
        &["a sewing machine", "a bread tin, two pounds", "a cello for a nine-year-old", "chicken wire", "a bicycle for a tall teenager",
          "a second-hand loom", "old sash weights", "a water butt", "walking boots, size six", "a card table", "bunk beds"]),
    topic((Talk::Event, Town), ALWAYS, "music", "{x} on Friday",
        "Doors at seven. Pay what you can at the door: pounds, acorns or a raffle prize.",
        &["Ceilidh in the Assembly Rooms", "Open mic at the Lantern", "Film night with soup", "Choir and fiddles", "Folk session",
          "Poetry and pudding", "Record swap"]),
    topic((Talk::News, Town), ALWAYS, "bakery bread", "From the bakery: {x}",
        "On the shelf from Thursday. Order by the evening before, so that none of it goes to waste. Tell us honestly what you think.",
        &["a malted rye", "hot cross buns", "a loaf without wheat", "spelt with walnuts", "a smaller sourdough for small households",
          "cheese straws", "potato bread"]),
    topic((Talk::News, Town), ALWAYS, "repair-café", "Repair café: {x}",
        "Numbers of the evening: more mended than not, nobody electrocuted, all the biscuits gone. Next one on the first Saturday.",
        &["twenty-three things mended", "the toaster that came back", "a record: thirty visitors", "a clock from 1911 runs again",
          "we need somebody for zips", "the year of the kettle"]),
    topic((Talk::News, Town), ALWAYS, "car-share", "Car share: {x}",
        "Details are in the booking sheet. Please note your kilometres the same day, not from memory a week later.",
        &["Zoe has new tyres", "the Golf smells of dog, in a good way", "we could afford a fourth car", "please charge to eighty per cent",
          "somebody left a cello", "new parking place by the school"]),
    topic((Talk::Event, Town), &[4, 5], "plants", "Plant swap: bring {x}",
        "Sunday from ten at the garden on Coppice Way. No money changes hands, only slugs.",
        &["seedlings", "herbs", "perennials to divide", "your spare tomatoes", "raspberry canes"]),
    topic((Talk::Event, Town), &[10, 11], "apples", "Apple day: {x}",
        "The big press is ours for the weekend. Bring clean bottles and apples that have never met a lawn mower.",
        &["pressing on Saturday", "who has spare apples?", "bottles needed", "five hundred litres last year"]),
    topic((Talk::Event, Town), &[12], "winter", "{x} in December",
        "Warm coats, lanterns, mulled juice. The choir sings at six, whether the mince pies are ready or not.",
        &["Lantern walk", "Carols on the hill", "Solstice supper", "Coat exchange", "Community kitchen every Sunday"]),
    topic((Talk::Event, Town), &[1], "wassail", "Wassail at the garden: {x}",
        "Saturday at dusk. Bring something to bang on and a torch; the trees know the rest.",
        &["we need a Butler", "songs to learn", "who has a drum?"]),
    topic((Talk::Thanks, Town), ALWAYS, "thanks", "Thank you to whoever {x}",
        "You know who you are. It made the week.",
        &["repaired the bench by the river", "left the marmalade", "handed in my purse with everything in it", "played the church piano on Tuesday",
          "cleared the drain on Lantern Hill", "paid my bread when I had forgotten my phone"]),
    topic((Talk::News, Town), ALWAYS, "decisions club", "A thought about {x}",
        "I am not proposing anything yet. I would like to hear what others think before it becomes a vote, and I have changed my mind twice already.\n\nWhat am I missing?",
        &["how we let people in", "limits for groups", "what an hour is worth", "meeting in the evening or at noon", "whether the club needs an office",
          "how we welcome newcomers", "paying for childcare at meetings"]),
    topic((Talk::Want, District), ALWAYS, "lift-share travel", "Lift to {x}?",
        "I leave at about eight and come back the same evening. Happy to share costs, in pounds or acorns, and to talk or not to talk.",
        &["Bath on Tuesdays", "Taunton for the hospital", "the coast on Sunday", "Bristol Temple Meads", "Wells market", "Glastonbury, once",
          "Yeovil next week"]),
    topic((Talk::Event, District), ALWAYS, "farming food", "{x} this Saturday",
        "Organised with the farms of our food box. There is a bus from the station at ten; children free.",
        &["Open farm day", "Cheese makers' market", "Hedge laying for beginners", "Seed swap", "Sheep shearing", "Cider tasting, with bread"]),
    topic((Talk::News, District), ALWAYS, "co-ops", "Other co-ops near us: {x}",
        "I went to have a look and took notes. They are friendly, and they have made mistakes that we do not need to repeat. Shall we invite them?",
        &["a shop run by its village", "a laundry in Wells", "a solar club with 300 homes", "a land trust near Bruton", "a workers' café in Taunton"]),
    topic((Talk::News, District), &[10, 11, 12, 1, 2, 3], "flooding weather", "Flood watch: {x}",
        "I put the readings of the gauge below every evening. Sandbags are at the depot; the list of people who can help is pinned in the hall.",
        &["the river is up by a metre", "road to Nunney closed", "sandbags available", "it is going down", "volunteers for tonight"]),
    topic((Talk::News, Country), ALWAYS, "co-ops law", "{x}: what it means for us",
        "I read it so that you do not have to. In short: not much changes before next year, and there are two things that we should do now. Questions below, please.",
        &["New rules for small co-ops", "The community energy bill", "A right to grow on public land", "Changes to community shares",
          "The repair law"]),
    topic((Talk::Want, Country), ALWAYS, "research survey", "Does anybody know a club that {x}?",
        "Anywhere in the country. I would like to ask them how they did it, and report here.",
        &["runs its own nursery", "owns its pub", "lends out tools by post", "pays its treasurer", "has more than a thousand members",
          "shares cars between villages"]),
    topic((Talk::News, World), ALWAYS, "ideas reading", "Worth reading: {x}",
        "Twenty minutes, no jargon. I bring two printed copies to the reading evening, because some of us like pencils.",
        &["mutual credit in Sardinia", "how Kerala runs its kitchens", "a history of the commons", "the WIR bank at ninety",
          "what credit unions learnt in Quebec", "repairing as a way of life", "a village in Japan that governs its water"]),
    topic((Talk::News, World), ALWAYS, "numbers", "Our {month} in numbers: {x}",
        "Counted from the club's own log, so anybody can check. What strikes me is how small most payments are, and how many people they join.",
        &["who feeds whom", "loaves and lifts", "more mending than selling", "a quiet month", "half of all payments under ten acorns"]),
    topic((Talk::Thanks, World), ALWAYS, "thanks visitors", "To everybody who visited: {x}",
        "It is a strange and good feeling when others copy what one does. Our recipes, letters and rules are free to take.",
        &["thank you for coming", "our rules in plain words", "photographs of the day", "what you asked most"]),
];

/// What members of a group write to one another.
pub const INSIDE: &[Topic] = &[
    topic((Talk::News, World), ALWAYS, "rota", "Rota for {month}: {x}",
        "It is pinned up as well. Swap among yourselves and tell the others here.",
        &["two gaps left", "all filled, thank you", "who takes the last Sunday?", "please check your days"]),
    topic((Talk::Event, World), ALWAYS, "meeting", "We meet on Thursday: {x}",
        "1. What went well\n2. What did not\n3. Money\n4. Who does what until next time\n\nAn hour, then soup.",
        &["agenda", "please read the accounts", "a newcomer joins us", "about next season"]),
    topic((Talk::News, World), ALWAYS, "money", "Our wallet in {month}: {x}",
        "The statement is open to all of us. I pay out at the end of the month and leave enough for the next purchase.",
        &["a good month", "a little short", "steady", "one large purchase"]),
    topic((Talk::Want, World), ALWAYS, "help", "Can somebody {x}?",
        "I have done it three times in a row and would like to do something else for once.",
        &["unlock on Saturday", "take the minutes", "answer new people", "count the stock", "carry the tables back"]),
];

/// What others answer to a kind of talk.
pub const fn answers(talk: Talk) -> &'static [&'static str] {
    match talk {
        Talk::Offer => &[
            "Yes please! I can come by after six.", "Is it still there?", "Gone within the hour, I suppose. If not, I would love it.",
            "This is exactly what my sister is looking for, I will tell her.", "How kind. I will bring the jars back full.",
            "Could you keep it until Saturday?", "I took some, thank you. They are delicious.",
        ],
        Talk::Want => &[
            "I have one in the shed, come and look.", "Ask at the repair café, they had two last month.", "I can do Thursday, if that helps.",
            "Not me, but I will ask at work.", "Happy to. Ten acorns and a cup of tea?", "Try the tip shop, honestly.",
            "Yes, and no need to pay for it.", "Would Sunday be too late?",
        ],
        Talk::Event => &[
            "We are coming, all four of us.", "Is there step-free access?", "I can bring a cake and a long extension lead.",
            "Sorry to miss it, next time!", "Can one come late?", "I will bring the guitar. You have been warned.",
            "Do you need help with setting up? I am free from two.", "That was lovely. Thank you to everybody who washed up.",
        ],
        Talk::News => &[
            "Thank you for writing this down.", "I had not noticed until you said it. Count me in.", "Do we know what it would cost?",
            "I am of two minds. Can we talk about it on Wednesday?", "Good to know!", "Our street has had the same for months.",
            "Here is a thought: start small and look again in three months.", "I would rather we asked everybody first.",
            "Wonderful. This is why I joined.", "Could somebody explain the second point to me?",
        ],
        Talk::Thanks => &["Any time.", "It was a pleasure, really.", "Hear, hear.", "You would have done the same.", "Made my day to read this."],
        Talk::Lost => &[
            "I will look in our shed now.", "Saw one like that by the school gate this morning!", "Shared with our street.",
            "Any news?", "Found her? I did hear something in the night.", "Came home for supper, as if nothing had happened.",
        ],
    }
}
