//! The eight groups of the town: what they are for, who is in them, and who looks after what.

use super::people::Person;
use super::plan::{Deed, Diary};
use super::rng::Rng;
use planet_ontology::roles::{Mode, Role};

/// What a group lives on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Custom {
    /// Of a hundred members, how many are customers.
    pub customers: i64,
    /// Every how many days a customer pays.
    pub every: i64,
    /// The weekday on which most of it happens, where Monday is 0.
    pub weekday: i64,
    /// The least and the most of a payment, in minor units.
    pub price: (i64, i64),
    /// What is written on payments.
    pub memos: &'static [&'static str],
    /// What the group pays its people for.
    pub work: &'static [&'static str],
}

/// A group as everybody knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sort {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub purpose: &'static str,
    /// Its mode.
    pub mode: Mode,
    /// Whether anybody may join.
    pub open: bool,
    /// The day on which it starts.
    pub starts: i64,
    /// What it lives on.
    pub custom: Custom,
}

/// A group with its people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Circle {
    /// What it is.
    pub sort: Sort,
    /// Who is in it: person, and the day of coming in. The first starts it and is its steward, the second its treasurer.
    pub members: Vec<(usize, i64)>,
}

impl Circle {
    /// Who is in it on a day.
    pub fn on(&self, day: i64) -> Vec<usize> {
        self.members.iter().filter(|(_, since)| *since < day).map(|(person, _)| *person).collect()
    }

    /// The steward.
    pub fn steward(&self) -> usize {
        self.members.first().map_or(0, |(person, _)| *person)
    }

    /// The treasurer, and the day from which on they keep the wallet.
    pub fn treasurer(&self) -> (usize, i64) {
        self.members
            .get(1)
            .map_or((self.steward(), self.sort.starts + 1), |(person, since)| (*person, since + 2))
    }
}

/// The eight groups.
pub const SORTS: [Sort; 8] = [
    Sort {
        name: "Frome Bakery",
        purpose: "We bake on Tuesdays, Thursdays and Saturdays in the old dairy. Order by the evening before; what is left goes to the community fridge.",
        mode: Mode::Trading,
        open: false,
        starts: 4,
        custom: Custom {
            customers: 34,
            every: 7,
            weekday: 5,
            price: (320, 760),
            memos: &[
                "Sourdough, large",
                "Weekly bread",
                "Two rye and buns",
                "Saturday loaf",
                "Seeded loaf and a focaccia",
            ],
            work: &["Baking, four mornings", "Baking and the Saturday stall", "Oven watch and deliveries"],
        },
    },
    Sort {
        name: "Repair Café",
        purpose: "First Saturday of the month in the scout hut. Bring what is broken and stay while it is mended: lamps, toasters, zips, chairs.",
        mode: Mode::Working,
        open: true,
        starts: 9,
        custom: Custom {
            customers: 18,
            every: 30,
            weekday: 5,
            price: (200, 800),
            memos: &[
                "Thank you for the toaster",
                "Lamp rewired",
                "Chair leg glued",
                "Radio sings again",
                "Zip, and tea",
            ],
            work: &["Solder, fuses and screws", "Hire of the scout hut"],
        },
    },
    Sort {
        name: "Garden at Coppice Way",
        purpose: "A shared garden of nineteen beds, an orchard and one opinionated goose. Work mornings on Sundays.",
        mode: Mode::Working,
        open: true,
        starts: 14,
        custom: Custom {
            customers: 20,
            every: 30,
            weekday: 6,
            price: (300, 900),
            memos: &["Bed for the month", "Seedlings", "Share of the compost delivery", "Bed and shed key"],
            work: &["Compost and fencing wire", "Mended the water butt", "Seeds for the spring"],
        },
    },
    Sort {
        name: "Lantern Hill Choir",
        purpose: "Wednesdays at half past seven. No auditions, four parts, biscuits. We sing at the wassail and the lantern walk.",
        mode: Mode::Chat,
        open: true,
        starts: 21,
        custom: Custom {
            customers: 22,
            every: 30,
            weekday: 2,
            price: (600, 600),
            memos: &["Choir, this month", "Choir sub", "Choir and sheet music"],
            work: &["Leading four rehearsals", "Leading rehearsals and the concert"],
        },
    },
    Sort {
        name: "Car Share",
        purpose: "Three cars, one of them electric, for members who do not need one of their own. Book, drive, leave it clean.",
        mode: Mode::Trading,
        open: false,
        starts: 33,
        custom: Custom {
            customers: 20,
            every: 13,
            weekday: 4,
            price: (600, 2_400),
            memos: &[
                "Zoe, Tuesday, 23 km",
                "Golf to Bath and back",
                "Zoe, weekend in Wales",
                "Golf, tip run",
                "Berlingo, half a day",
            ],
            work: &["Tyres and MOT, paid back", "Cleaning and charging", "Insurance, paid back"],
        },
    },
    Sort {
        name: "Food Box",
        purpose: "Vegetables, eggs and cheese from five farms within ten miles, packed on Thursday afternoons. Bring back the box.",
        mode: Mode::Trading,
        open: false,
        starts: 40,
        custom: Custom {
            customers: 26,
            every: 14,
            weekday: 3,
            price: (900, 1_600),
            memos: &[
                "Food box, small",
                "Food box, large",
                "Box and eggs",
                "Box with cheese",
                "Food box, no beetroot please",
            ],
            work: &["Packing, four Thursdays", "Deliveries by cargo bike", "Farm round and paperwork"],
        },
    },
    Sort {
        name: "Energy Circle",
        purpose: "Panels on the school roof, and evenings about draughts, heat pumps and bills. The surplus goes to those who cannot pay theirs.",
        mode: Mode::Trading,
        open: true,
        starts: 62,
        custom: Custom {
            customers: 20,
            every: 61,
            weekday: 0,
            price: (1_200, 2_200),
            memos: &["Share in the school roof", "Electricity, two months", "Draught survey"],
            work: &["Meter reading and letters", "Draught surveys, six homes"],
        },
    },
    Sort {
        name: "Reading Evenings",
        purpose: "One book a month, chosen by whoever cooked last time. Finishing it is not compulsory.",
        mode: Mode::Chat,
        open: true,
        starts: 75,
        custom: Custom {
            customers: 14,
            every: 61,
            weekday: 1,
            price: (300, 500),
            memos: &["Books for the next two months", "Reading evening, supper"],
            work: &["Supper for the reading evening"],
        },
    },
];

/// Plans who starts the groups and who comes in.
pub fn plan(rng: &mut Rng, diary: &mut Diary, people: &[Person]) -> Vec<Circle> {
    (0..).zip(SORTS).map(|(nth, sort)| begin(rng, diary, people, nth, sort)).collect()
}

fn begin(rng: &mut Rng, diary: &mut Diary, people: &[Person], nth: usize, sort: Sort) -> Circle {
    let year = diary.year;
    let joined = |person: usize| people.get(person).map_or(0, |person| person.joined);
    let there: Vec<usize> = (0..people.len()).filter(|person| joined(*person) < sort.starts).collect();
    let starter = rng.pick(&there);
    let others: Vec<usize> = (0..people.len()).filter(|person| *person != starter).collect();
    let count = (rng.below(7) + 7).min(people.len() / 2);
    let mut members = vec![(starter, sort.starts)];
    for person in rng.some(&others, count) {
        members.push((person, joined(person).max(sort.starts) + rng.between(1, 25)));
    }
    // The first to come after the steward keeps the wallet.
    members.sort_by_key(|(person, since)| (*person != starter, *since));
    let circle = Circle { sort, members };
    let at = year.hour(rng, sort.starts, 18);
    diary.note(at, Deed::Start { group: nth });
    for (person, since) in circle.members.iter().skip(1) {
        let at = year.daytime(rng, *since);
        diary.note(at, Deed::Enter { person: *person, group: nth });
    }
    let (treasurer, from) = circle.treasurer();
    if treasurer != starter {
        let at = year.hour(rng, from - 1, 22);
        let role = Role::Treasurer.word();
        diary.note(at, Deed::Appoint { by: starter, person: treasurer, group: Some(nth), role });
    }
    circle
}
