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
    /// How others speak of them.
    pub pronouns: &'static str,
    /// What they speak at home beside English; may be empty.
    pub speaks: &'static str,
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

/// Names of many origins, made up for this town: first name, surname, pronouns, and what is spoken at home beside English.
const NAMES: &[(&str, &str, &str, &str)] = &[
    ("Rosa", "Okonkwo", "she/her", "Igbo"),
    ("Tom", "Ashdown", "he/him", "British Sign Language"),
    ("Meera", "Patel", "she/her", "Gujarati"),
    ("Gwen", "Pritchard", "she/her", "Welsh"),
    ("Callum", "Reid", "he/him", ""),
    ("Aisha", "Rahman", "she/her", "Bengali"),
    ("Piotr", "Zieliński", "he/him", "Polish"),
    ("Hannah", "Whitcombe", "she/her", "some French"),
    ("Yusuf", "Demir", "he/him", "Turkish"),
    ("Lucía", "Ferreira", "she/her", "Portuguese"),
    ("Nell", "Hathersage", "she/her", ""),
    ("Kwame", "Boateng", "he/him", "Twi"),
    ("Ingrid", "Solberg", "she/her", "Norwegian"),
    ("Dev", "Chaudhary", "he/him", "Hindi"),
    ("Maeve", "Gallagher", "she/her", "some Irish"),
    ("Tomasz", "Wójcik", "he/him", "Polish"),
    ("Farah", "Siddiqui", "she/her", "Urdu"),
    ("Jack", "Penhale", "he/him", "a little Cornish"),
    ("Linh", "Tran", "she/her", "Vietnamese"),
    ("Olive", "Sparrow", "she/her", ""),
    ("Samir", "Haddad", "he/him", "Arabic"),
    ("Beth", "Cradock", "she/her", "some Spanish"),
    ("Chidi", "Eze", "he/him", "Igbo"),
    ("Anneke", "de Wit", "she/her", "Dutch"),
    ("Rowan", "Thistlewood", "they/them", ""),
    ("Zoë", "Papadaki", "she/her", "Greek"),
    ("Marcus", "Bailey", "he/him", ""),
    ("Noor", "Khalil", "she/her", "Arabic"),
    ("Elspeth", "Mackay", "she/her", "some Gaelic"),
    ("Giulia", "Moretti", "she/her", "Italian"),
    ("Winston", "Grant", "he/him", ""),
    ("Hui Min", "Lau", "she/her", "Cantonese"),
    ("Dafydd", "Bowen", "he/him", "Welsh"),
    ("Esther", "Mwangi", "she/her", "Swahili"),
    ("Oskar", "Lindqvist", "he/him", "Swedish"),
    ("Priya", "Nair", "she/her", "Malayalam"),
    ("George", "Tucker", "he/him", ""),
    ("Ana", "Popescu", "she/her", "Romanian"),
    ("Mohammed", "Iqbal", "he/him", "Punjabi"),
    ("Flora", "Vane", "she/her", ""),
    ("Kenji", "Morita", "he/him", "Japanese"),
    ("Ruth", "Abelson", "she/her", "Yiddish"),
    ("Sanjay", "Gill", "he/him", "Punjabi"),
    ("Clara", "Weiss", "she/her", "German"),
    ("Ibrahim", "Sesay", "he/him", "Krio"),
    ("Jean", "Lovelace", "she/her", ""),
    ("Mateo", "Quispe", "he/him", "Spanish, Quechua"),
    ("Sorcha", "Ní Bhriain", "she/her", "Irish"),
    ("Arthur", "Stokes", "he/him", ""),
    ("Leila", "Farahani", "she/her", "Persian"),
    ("Bogdan", "Marin", "he/him", "Romanian"),
    ("Isla", "Drummond", "she/her", ""),
    ("Emeka", "Nwosu", "he/him", "Igbo"),
    ("Vera", "Horáková", "she/her", "Czech"),
    ("Colin", "Treadgold", "he/him", ""),
    ("Amina", "Warsame", "she/her", "Somali"),
    ("Felix", "Brandt", "he/him", "German"),
    ("Shanice", "Campbell", "she/her", ""),
    ("Hugo", "Lefèvre", "he/him", "French"),
    ("Mary", "Holloway", "she/her", ""),
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
    "Parent of twins, therefore brief.",
    "Wheelchair user: please ask me about step-free routes, I know them all.",
    "I bake when I should be sleeping.",
];

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
    let (first, _, pronouns, speaks) = named(place);
    let surname = named(place + round * 7).1;
    let (town, neighbourhood, streets) = rng.pick(HOMES);
    let (at, of) = (i64::try_from(nth).unwrap_or(0), i64::try_from(members).unwrap_or(1));
    Person {
        name: format!("{first} {surname}"),
        pronouns,
        speaks,
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
    let languages = format!("English, {}", person.speaks);
    let to_all = if rng.chance(50) { For::Public } else { For::Club };
    let details = [
        (100, "about", about, to_all),
        (100, "offer", person.trade.offer.to_owned(), to_all),
        (90, "skill", person.trade.skill.to_owned(), For::Club),
        (60, "want", rng.pick(WANTS).to_owned(), For::Club),
        (if person.speaks.is_empty() { 0 } else { 80 }, "language", languages, For::Club),
        (35, "pronouns", person.pronouns.to_owned(), For::Public),
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
