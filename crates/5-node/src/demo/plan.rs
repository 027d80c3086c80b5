//! The year as it is planned: who does what when, in order, without a database. The same seed gives the same plan.

use super::groups::Circle;
use super::people::Person;
use super::rng::Rng;
use super::{affairs, groups, people, talk, trade};
use planet_ontology::relevance::Relevance;
use planet_ontology::units::Moment;

/// How many days the plan covers.
pub const DAYS: i64 = 365;

/// Somebody or something with a wallet, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A person of the plan.
    Person(usize),
    /// A group of the plan.
    Group(usize),
}

/// Those for whom something is said or shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum For {
    /// Everybody.
    Public,
    /// The members.
    Club,
    /// The members of a group.
    Group(usize),
    /// The circle of whoever says it.
    Circle,
    /// Whoever says it.
    Me,
}

/// How a bill ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It is paid.
    Pay,
    /// It is declined.
    Decline,
    /// Whoever sent it takes it back.
    Cancel,
}

/// What a vote is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Whether an applicant is let in.
    Admit(usize),
    /// How far a wallet may go, in minor units.
    Limits(Who, i64, i64),
}

/// Something that somebody does. People, groups, posts and so on are named by their numbers in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The founder founds the club.
    Found,
    /// A person comes in: invited by another, or after an application.
    Join { person: usize, invited_by: Option<usize> },
    /// A person says where they live.
    Settle { person: usize },
    /// A person shows something of themselves.
    Show { person: usize, kind: &'static str, value: String, to: For },
    /// A person makes their circle.
    Gather { person: usize, name: &'static str, members: Vec<usize> },
    /// Somebody applies to join.
    Apply { applicant: usize },
    /// A steward declines an application.
    Turn { by: usize, applicant: usize, reason: &'static str },
    /// A person starts a group.
    Start { group: usize },
    /// A person comes into a group.
    Enter { person: usize, group: usize },
    /// A person is given a role: in a group, or in the club.
    Appoint { by: usize, person: usize, group: Option<usize>, role: &'static str },
    /// A payment, by a person from their own wallet or a group's.
    Pay { by: usize, from: Option<usize>, to: Who, amount: i64, memo: String },
    /// A bill.
    Bill { bill: usize, by: usize, payer: usize, amount: i64, memo: String },
    /// The end of a bill.
    Settled { bill: usize, by: usize, answer: Answer },
    /// A post.
    Post {
        post: usize,
        by: usize,
        title: String,
        text: String,
        tags: Vec<String>,
        relevance: Relevance,
        to: For,
    },
    /// A comment.
    Comment { by: usize, post: usize, text: String },
    /// A person follows another or a group.
    Follow { by: usize, whom: Who },
    /// A person adds to the register of assumptions.
    Assume { by: usize, section: &'static str, statement: &'static str },
    /// A person puts a question to all.
    Propose { proposal: usize, by: usize, question: Question, reason: &'static str },
    /// A person votes.
    Vote { by: usize, proposal: usize, choice: &'static str, reason: &'static str },
}

/// A year, and the people it happens to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Everybody who comes in, in this order; the first founds the club.
    pub people: Vec<Person>,
    /// All groups.
    pub groups: Vec<Circle>,
    /// What happens, in order.
    pub deeds: Vec<(Moment, Deed)>,
}

impl Plan {
    /// The year that ends at a moment, from a seed.
    pub fn new(seed: u64, members: usize, until: Moment) -> Self {
        let mut rng = Rng::new(seed);
        let year = Year::ending(until);
        let mut diary = Diary { year, deeds: Vec::new() };
        let people = people::plan(&mut rng.fork(), &mut diary, members);
        let groups = groups::plan(&mut rng.fork(), &mut diary, &people);
        trade::plan(&mut rng.fork(), &mut diary, &people, &groups);
        talk::plan(&mut rng.fork(), &mut diary, &people, &groups);
        affairs::plan(&mut rng.fork(), &mut diary, &people);
        let mut deeds = diary.deeds;
        deeds.retain(|(at, _)| *at < until);
        deeds.sort_by_key(|(at, _)| *at);
        Self { people, groups, deeds }
    }
}

/// The days of the plan.
#[derive(Clone, Copy, Debug)]
pub struct Year {
    first: i64,
}

impl Year {
    const fn ending(until: Moment) -> Self {
        Self { first: until.0.div_euclid(Moment::DAY) - DAYS }
    }

    /// The start of a day, counted from the first, which is 0.
    pub const fn day(self, day: i64) -> Moment {
        Moment((self.first + day) * Moment::DAY)
    }

    /// A moment of a day within an hour.
    pub fn hour(self, rng: &mut Rng, day: i64, hour: i64) -> Moment {
        Moment(self.day(day).0 + hour * 3_600 * Moment::SECOND + rng.between(0, 3_599_999_999))
    }

    /// A moment of a day when people are up.
    pub fn daytime(self, rng: &mut Rng, day: i64) -> Moment {
        let hour = rng.between(7, 21);
        self.hour(rng, day, hour)
    }

    /// The month of a day, from 1 to 12.
    pub fn month(self, day: i64) -> i8 {
        let at = jiff::Timestamp::from_second(self.day(day).seconds()).unwrap_or_default();
        at.to_zoned(jiff::tz::TimeZone::UTC).month()
    }

    /// The next day from this one on that is a weekday, where Monday is 0.
    pub const fn next(self, day: i64, weekday: i64) -> i64 {
        // 1970 began on a Thursday.
        let today = (self.first + day + 3).rem_euclid(7);
        day + (weekday - today).rem_euclid(7)
    }
}

/// What is planned so far, in any order.
pub struct Diary {
    /// Its days.
    pub year: Year,
    deeds: Vec<(Moment, Deed)>,
}

impl Diary {
    /// Notes a deed.
    pub fn note(&mut self, at: Moment, deed: Deed) {
        self.deeds.push((at, deed));
    }
}

/// The names of months, from January.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The name of a day's month.
pub fn month_name(year: Year, day: i64) -> &'static str {
    usize::try_from(year.month(day) - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default()
}
