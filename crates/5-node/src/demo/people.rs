//! The people of the town: names, homes, what they do, when they come in, what they show of themselves and to whom.

use super::plan::{Deed, Diary, For};
use super::rng::Rng;
use super::trades::{TRADES, Trade};
use planet_ontology::relevance::Relevance;

/// A person of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// First name and surname.
    pub name: String,
    /// The day on which they come in.
    pub joined: i64,
    /// Whether nobody invited them: they applied.
    pub applied: bool,
    /// The town, the neighbourhood and the street where they live.
    pub home: Home,
    /// How much of it others may see.
    pub shared: Relevance,
    /// What they do for others.
    pub trade: Trade,
}

/// Where somebody lives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Home {
    /// A town of the gazetteer.
    pub town: &'static str,
    /// A neighbourhood.
    pub neighbourhood: &'static str,
    /// A street.
    pub street: &'static str,
}

/// Where people of this club live. Frome stands here more often, because most live there. The towns are real, their
/// neighbourhoods and streets are not.
const HOMES: &[(&str, &str, &[&str])] = &[
    ("Frome", "Weavers' Quarter", &["Teasel Street", "Dyehouse Row", "Fuller's Lane"]),
    ("Frome", "Lantern Hill", &["Cobbler's Rise", "Candlemaker Steps", "Saddlers Yard"]),
    ("Frome", "Riverside", &["Withy Walk", "Heron Close", "Old Ferry Lane"]),
    ("Frome", "Badger's Hill", &["Beechcroft Road", "Coppice Way", "Orchard Terrace"]),
    ("Frome", "Weavers' Quarter", &["Teasel Street", "Spindle Court"]),
    ("Frome", "Lantern Hill", &["Cobbler's Rise", "Lamplighter Lane"]),
    ("Bruton", "Abbey Side", &["Dovecote Lane", "Plum Street"]),
    ("Warminster", "Downside", &["Lark Rise", "Drovers' Way"]),
];

/// Names of many origins, made up for this town.
const NAMES: &[(&str, &str)] = &[
    ("Rosa", "Okonkwo"),
    ("Tom", "Ashdown"),
    ("Meera", "Patel"),
    ("Gwen", "Pritchard"),
    ("Callum", "Reid"),
    ("Aisha", "Rahman"),
    ("Piotr", "Zieliński"),
    ("Hannah", "Whitcombe"),
    ("Yusuf", "Demir"),
    ("Lucía", "Ferreira"),
    ("Nell", "Hathersage"),
    ("Kwame", "Boateng"),
    ("Ingrid", "Solberg"),
    ("Dev", "Chaudhary"),
    ("Maeve", "Gallagher"),
    ("Tomasz", "Wójcik"),
    ("Farah", "Siddiqui"),
    ("Jack", "Penhale"),
    ("Linh", "Tran"),
    ("Olive", "Sparrow"),
    ("Samir", "Haddad"),
    ("Beth", "Cradock"),
    ("Chidi", "Eze"),
    ("Anneke", "de Wit"),
    ("Rowan", "Thistlewood"),
    ("Zoë", "Papadaki"),
    ("Marcus", "Bailey"),
    ("Noor", "Khalil"),
    ("Elspeth", "Mackay"),
    ("Giulia", "Moretti"),
    ("Winston", "Grant"),
    ("Hui Min", "Lau"),
    ("Dafydd", "Bowen"),
    ("Esther", "Mwangi"),
    ("Oskar", "Lindqvist"),
    ("Priya", "Nair"),
    ("George", "Tucker"),
    ("Ana", "Popescu"),
    ("Mohammed", "Iqbal"),
    ("Flora", "Vane"),
    ("Kenji", "Morita"),
    ("Ruth", "Abelson"),
    ("Sanjay", "Gill"),
    ("Clara", "Weiss"),
    ("Ibrahim", "Sesay"),
    ("Jean", "Lovelace"),
    ("Mateo", "Quispe"),
    ("Sorcha", "Ní Bhriain"),
    ("Arthur", "Stokes"),
    ("Leila", "Farahani"),
    ("Bogdan", "Marin"),
    ("Isla", "Drummond"),
    ("Emeka", "Nwosu"),
    ("Vera", "Horáková"),
    ("Colin", "Treadgold"),
    ("Amina", "Warsame"),
    ("Felix", "Brandt"),
    ("Shanice", "Campbell"),
    ("Hugo", "Lefèvre"),
    ("Mary", "Holloway"),
];

/// Circles that people make.
const CIRCLES: &[&str] = &["Friends", "Family", "Street", "Old friends", "Choir friends"];
/// What people look for.
const WANTS: &[&str] = &[
    "Someone to practise Spanish with",
    "A regular babysitter on Thursdays",
    "Help with pruning two old apple trees",
    "A lift to Bath on weekday mornings",
    "Jam jars, always",
    "A drummer. Patience with beginners welcome",
    "Somebody who can sharpen chisels",
    "An allotment neighbour who knows about blight",
    "Walks with a slow dog",
    "A second-hand cargo bike",
    "Help with a heat pump quote I do not understand",
    "People to play chess with",
];
/// Sentences about oneself that follow the one about the trade.
const LIFE: &[&str] = &[
    "Two children, one greyhound.",
    "New to Somerset and still learning the hills.",
    "Third generation on this street.",
    "I cycle everywhere, slowly.",
    "Usually at the market on Saturdays.",
    "Retired from the NHS, busier than before.",
    "Allotment holder, slug negotiator.",
    "I sing alto when nobody stops me.",
    "Half of the week in Bristol.",
    "Came for a year, stayed for twelve.",
    "Always up for a cup of tea.",
    "Father of twins, therefore brief.",
    "Wheelchair user: please ask me about step-free routes, I know them all.",
    "I bake when I should be sleeping.",
];
/// Languages beside English.
const LANGUAGES: &[&str] = &[
    "English, Igbo",
    "English, some French",
    "English, Gujarati",
    "Welsh, English",
    "English, Polish",
    "English, Arabic",
    "English, Spanish, Portuguese",
    "English, British Sign Language",
    "English, Turkish",
    "English, German",
];
/// Pronouns, as people write them.
const PRONOUNS: &[&str] = &["she/her", "he/him", "they/them", "she/her", "he/him"];

/// Plans everybody: who they are, and what they do about themselves.
pub fn plan(rng: &mut Rng, diary: &mut Diary, members: usize) -> Vec<Person> {
    let order: Vec<usize> = rng.some(&(0..NAMES.len()).collect::<Vec<_>>(), NAMES.len());
    let people: Vec<Person> = (0..members).map(|nth| person(rng, &order, nth, members)).collect();
    for (nth, person) in people.iter().enumerate() {
        come_in(rng, diary, &people, nth, person);
        show(rng, diary, nth, person);
        if rng.chance(60) {
            gather(rng, diary, &people, nth, person);
        }
    }
    people
}

fn person(rng: &mut Rng, order: &[usize], nth: usize, members: usize) -> Person {
    // After everybody on the list, first names meet other surnames.
    let (round, place) = (nth / NAMES.len(), nth % NAMES.len());
    let named = |at: usize| {
        order.get(at % order.len().max(1)).and_then(|at| NAMES.get(*at)).copied().unwrap_or_default()
    };
    let (first, surname) = (named(place).0, named(place + round * 7).1);
    let (town, neighbourhood, streets) = rng.pick(HOMES);
    let (at, of) = (i64::try_from(nth).unwrap_or(0), i64::try_from(members).unwrap_or(1));
    Person {
        name: format!("{first} {surname}"),
        // Few at first, then more and more, until summer.
        joined: at * 215 / of + i64::from(at > 0),
        applied: of >= 10 && (at == of / 3 || at == of * 2 / 3),
        home: Home { town, neighbourhood, street: rng.pick(streets) },
        shared: rng.pick_or(&SHARED, Relevance::Town),
        trade: TRADES.get(nth % TRADES.len()).copied().unwrap_or_default(),
    }
}

/// How much of their home people show: most say the neighbourhood or the town, few the street, some nothing.
const SHARED: [Relevance; 6] = [
    Relevance::Town,
    Relevance::Neighbourhood,
    Relevance::Town,
    Relevance::Street,
    Relevance::Neighbourhood,
    Relevance::World,
];

fn come_in(rng: &mut Rng, diary: &mut Diary, people: &[Person], nth: usize, person: &Person) {
    let year = diary.year;
    let at = year.hour(rng, person.joined, 10);
    if nth == 0 {
        diary.note(at, Deed::Found);
    } else {
        let before = people.iter().take(nth).take_while(|other| other.joined < person.joined).count();
        let invited_by = (!person.applied).then(|| rng.below(before.max(1)));
        diary.note(at, Deed::Join { person: nth, invited_by });
    }
    let soon = year.hour(rng, person.joined, 11);
    diary.note(soon, Deed::Settle { person: nth });
}

/// What a person shows, and to whom: their skills to the club, their number to few.
fn show(rng: &mut Rng, diary: &mut Diary, nth: usize, person: &Person) {
    let about = format!("{} {}", person.trade.about, rng.pick(LIFE));
    let first: String =
        person.name.split(' ').next().unwrap_or_default().chars().filter(char::is_ascii_alphabetic).collect();
    let address = format!("{}{}@example.org", first.to_lowercase(), nth + 1);
    // Numbers that Ofcom keeps free for stories.
    let number = format!("07700 900{:03}", nth % 1_000);
    let house = format!("{} {}, {}", rng.between(1, 88), person.home.street, person.home.town);
    let birthday = format!("{} {}", rng.between(1, 28), rng.pick(&super::plan::MONTHS));
    let to_all = if rng.chance(50) { For::Public } else { For::Club };
    let details = [
        (100, "about", about, to_all),
        (100, "offer", person.trade.offer.to_owned(), to_all),
        (90, "skill", person.trade.skill.to_owned(), For::Club),
        (60, "want", rng.pick(WANTS).to_owned(), For::Club),
        (50, "language", rng.pick(LANGUAGES).to_owned(), For::Club),
        (35, "pronouns", rng.pick(PRONOUNS).to_owned(), For::Public),
        (70, "email", address, For::Club),
        (60, "phone", number, For::Circle),
        (50, "address", house, For::Circle),
        (40, "birthday", birthday, if rng.chance(50) { For::Me } else { For::Circle }),
    ];
    for (percent, kind, value, to) in details {
        if rng.chance(percent) {
            let at = diary.year.hour(rng, person.joined + 1, 19);
            diary.note(at, Deed::Show { person: nth, kind, value, to });
        }
    }
}

/// A circle of a person with some of those who are there by then.
fn gather(rng: &mut Rng, diary: &mut Diary, people: &[Person], nth: usize, person: &Person) {
    let name = rng.pick(CIRCLES);
    let day = person.joined + rng.between(2, 60);
    let known: Vec<usize> = (0..people.len())
        .filter(|other| *other != nth && people.get(*other).is_some_and(|other| other.joined < day))
        .collect();
    let count = rng.below(5) + 2;
    let members = rng.some(&known, count);
    let at = diary.year.daytime(rng, day);
    diary.note(at, Deed::Gather { person: nth, name, members });
}
