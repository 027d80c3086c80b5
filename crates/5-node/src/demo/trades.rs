//! What people of the town do for one another, with what it is worth: the goods and services of the generated trade.

/// What somebody does for others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trade {
    /// About whoever does it, in a sentence.
    pub about: &'static str,
    /// What they offer.
    pub offer: &'static str,
    /// What they can do.
    pub skill: &'static str,
    /// What is paid for: a memo, and the least and the most of it in whole acorns.
    pub jobs: &'static [(&'static str, i64, i64)],
}

/// Shortens the list below.
const fn trade(
    about: &'static str,
    offer: &'static str,
    skill: &'static str,
    jobs: &'static [(&'static str, i64, i64)],
) -> Trade {
    Trade { about, offer, skill, jobs }
}

/// All trades, in the order in which people with them arrive.
pub const TRADES: &[Trade] = &[
    trade(
        "I keep books for small clubs and like it.",
        "Bookkeeping and year-end accounts",
        "Bookkeeping",
        &[
            ("Quarterly books", 30, 45),
            ("Help with the tax return", 25, 40),
            ("An hour on the spreadsheet", 10, 12),
        ],
    ),
    trade(
        "I bake: sourdough, rye, and buns on Fridays.",
        "Bread, buns and the odd wedding cake",
        "Baking",
        &[
            ("Birthday cake, lemon and poppy", 18, 26),
            ("Two dozen buns for the fair", 14, 18),
            ("Sourdough lesson and a starter", 15, 20),
        ],
    ),
    trade(
        "I mend bicycles in a shed with good light.",
        "Bicycle repairs, while you wait if it rains",
        "Bicycle mechanics",
        &[
            ("New brake pads and cables", 16, 24),
            ("Puncture and a true wheel", 9, 14),
            ("Full service, winter bike", 35, 48),
        ],
    ),
    trade(
        "I teach the piano, mostly to people who think it is too late.",
        "Piano lessons, first one free",
        "Piano",
        &[("Piano lesson", 12, 16), ("Two piano lessons", 24, 30), ("Accompanying the audition", 20, 28)],
    ),
    trade(
        "I look after gardens and say no to strimming in nesting time.",
        "Gardening, pruning, hedges",
        "Gardening",
        &[
            ("Pruning the apple trees", 28, 40),
            ("Three hours of weeding", 24, 33),
            ("Hedge along the lane", 30, 42),
        ],
    ),
    trade(
        "I was a maths teacher for thirty years.",
        "Maths tuition to A level",
        "Mathematics",
        &[("Maths, an hour before the mock", 12, 16), ("GCSE maths, two sessions", 24, 30)],
    ),
    trade(
        "Joiner. If it sticks, I can plane it.",
        "Doors, shelves and small joinery",
        "Joinery",
        &[
            ("Easing the back door", 15, 22),
            ("Shelves in the alcove", 45, 70),
            ("Sash cord, two windows", 30, 44),
        ],
    ),
    trade(
        "I alter clothes and can rescue most zips.",
        "Alterations and repairs of clothes",
        "Sewing",
        &[("Trousers taken up", 7, 10), ("New zip, winter coat", 12, 16), ("Curtains shortened", 14, 20)],
    ),
    trade(
        "Electrician, mostly small jobs and honest advice.",
        "Small electrical work",
        "Electrical work",
        &[
            ("Two sockets in the kitchen", 28, 40),
            ("Outside light", 20, 30),
            ("Looked at the fuse box", 10, 14),
        ],
    ),
    trade(
        "I cook for gatherings of up to sixty.",
        "Cooking for parties and wakes",
        "Cooking",
        &[
            ("Supper for twelve", 48, 72),
            ("Curry night, my share of the kitchen", 20, 28),
            ("Jar of lime pickle and a lesson", 12, 15),
        ],
    ),
    trade(
        "I cut hair in my front room, kettle on.",
        "Haircuts at home, yours or mine",
        "Hairdressing",
        &[("Haircut", 10, 14), ("Haircut, two children", 14, 18), ("Cut and beard trim", 12, 16)],
    ),
    trade(
        "I explain computers without sighing.",
        "Help with computers and phones",
        "Computers",
        &[
            ("Got the printer to behave", 8, 12),
            ("New laptop set up", 16, 24),
            ("Photos rescued from the old phone", 12, 18),
        ],
    ),
    trade(
        "Childminder with room on Tuesdays.",
        "Childcare, by the hour",
        "Childcare",
        &[
            ("After school, Tuesday", 9, 13),
            ("Evening with the twins", 16, 22),
            ("Half-term morning", 14, 18),
        ],
    ),
    trade(
        "I keep eleven hens and far too many courgettes.",
        "Eggs, honey and vegetables in season",
        "Keeping hens and bees",
        &[("Dozen eggs and honey", 7, 9), ("Two trays of seedlings", 6, 10), ("Honey, three jars", 12, 15)],
    ),
    trade(
        "I paint walls, inside and out, and cut in by hand.",
        "Painting and decorating",
        "Decorating",
        &[
            ("Hall and stairs, second coat", 50, 75),
            ("Bathroom ceiling", 24, 34),
            ("Window frames, front", 34, 48),
        ],
    ),
    trade(
        "I drive a van and know how to get a sofa round a corner.",
        "Van and an extra pair of hands",
        "Moving things",
        &[("Sofa to the first floor", 14, 20), ("Tip run", 10, 14), ("House move, half a day", 40, 55)],
    ),
    trade(
        "Yoga in the scout hut, all shapes welcome.",
        "Yoga classes, chair yoga too",
        "Yoga",
        &[("Yoga, four classes", 20, 24), ("Chair yoga at home", 10, 13), ("Yoga class", 5, 7)],
    ),
    trade(
        "I translate, interpret and teach Spanish and Portuguese.",
        "Spanish lessons and translation",
        "Languages",
        &[
            ("Spanish conversation", 9, 13),
            ("Letter to the consulate", 14, 20),
            ("Translation, two pages", 16, 24),
        ],
    ),
    trade(
        "Potter. The kiln is on most weekends.",
        "Bowls, mugs and a day at the wheel",
        "Pottery",
        &[("Four mugs", 24, 32), ("Morning at the wheel", 18, 24), ("Firing, one shelf", 8, 12)],
    ),
    trade(
        "I walk dogs, several at once, in any weather.",
        "Dog walking and cat sitting",
        "Animals",
        &[("Dog walks, a week", 20, 28), ("Cat fed over the weekend", 9, 13), ("Long walk, muddy dog", 6, 9)],
    ),
    trade(
        "Plumber, semi-retired, still quick with a leak.",
        "Taps, leaks and radiators",
        "Plumbing",
        &[
            ("Dripping tap", 10, 15),
            ("Radiator bled and balanced", 14, 20),
            ("Washing machine plumbed in", 18, 26),
        ],
    ),
    trade(
        "I draw, letter and print; posters are my favourite.",
        "Posters, signs and lettering",
        "Graphic design",
        &[("Poster for the sale", 18, 26), ("Sign for the gate", 22, 34), ("Cards, fifty", 16, 22)],
    ),
    trade(
        "I grow trees from seed and give talks about soil.",
        "Saplings, compost and advice",
        "Forestry",
        &[
            ("Two apple whips", 14, 18),
            ("Compost, barrow load", 6, 9),
            ("Walk round the orchard with advice", 10, 14),
        ],
    ),
    trade(
        "I repair clocks, radios and anything with a spring.",
        "Clocks, radios, small machines",
        "Fine mechanics",
        &[
            ("Mantel clock cleaned", 26, 36),
            ("Radio, new capacitor", 14, 20),
            ("Sewing machine serviced", 18, 25),
        ],
    ),
];
