//! What the town decides: who holds an office, applications, proposals and votes, and what it takes for granted.

use super::people::Person;
use super::plan::{DAYS, Deed, Diary, Question, Who};
use super::rng::Rng;
use planet_ontology::assumptions::Section;
use planet_ontology::roles::Role;

/// Statements that members add to the register.
const ASSUMPTIONS: &[(Section, &str)] = &[
    (Section::People, "People look after what they had a say in"),
    (Section::People, "Nobody is good at everything, and everybody is good at something"),
    (Section::People, "Trust grows in small steps and is lost in large ones"),
    (Section::People, "A disagreement that is written down kindly is half solved"),
    (Section::World, "Soil, water and warmth are shared, whoever owns the land"),
    (Section::World, "What can be mended costs less than what has to be made"),
    (Section::World, "Money is a promise, and promises can be made locally"),
];

/// Somebody who applied and never came in.
pub struct Applicant {
    /// The name.
    pub name: &'static str,
    /// Where they live, in words.
    pub place: &'static str,
    /// Why they want to join.
    pub why: &'static str,
}

/// Applicants beside those who became members; their numbers follow on those of the people.
pub const APPLICANTS: [Applicant; 2] = [
    Applicant {
        name: "Bargain Ladders Ltd",
        place: "Online",
        why: "WE SELL LADDERS CHEAP. Write to us today for offers to your members.",
    },
    Applicant {
        name: "Wilfred Osei",
        place: "Frome",
        why: "I moved to Lantern Hill in the autumn. I can roof, slate and point, and I would like to be paid in bread.",
    },
];

/// Why those who became members had applied.
pub const WHY: &str = "I read about you at the market and asked my neighbours, who all seem to be members already. I would like to give something back.";

/// Plans offices, applications, proposals and assumptions.
pub fn plan(rng: &mut Rng, diary: &mut Diary, people: &[Person]) {
    offices(rng, diary, people);
    for (section, statement) in ASSUMPTIONS {
        let day = rng.between(12, DAYS - 20);
        let by = among(rng, people, day).pop().unwrap_or(0);
        let at = diary.year.daytime(rng, day);
        diary.note(at, Deed::Assume { by, section: section.word(), statement });
    }
    let mut votes = Votes { rng: rng.fork(), people, proposals: 0 };
    for (person, joined) in
        people.iter().enumerate().filter(|(_, person)| person.applied).map(|(nth, it)| (nth, it.joined))
    {
        let reason = "I have met them, and two of us can say that they keep their word.";
        votes.admission(diary, person, joined - 11, (100, joined - 4), reason);
    }
    let [ladders, wilfred] = [people.len(), people.len() + 1];
    let at = diary.year.hour(&mut votes.rng, 205, 3);
    diary.note(at, Deed::Apply { applicant: ladders });
    let at = diary.year.hour(&mut votes.rng, 205, 9);
    let reason = "This is a club of people. If you are one, and live near us, please write again.";
    diary.note(at, Deed::Turn { by: 0, applicant: ladders, reason });

    let limits = [
        (
            120,
            90,
            Who::Group(0),
            250_000,
            "The bakery buys flour by the ton in spring and is paid back loaf by loaf. Its treasurer reports every month.",
        ),
        (
            196,
            30,
            Who::Person(2),
            400_000,
            "Somebody asked for a much higher limit for one wallet. I bring it to all of us, though I am not sure myself.",
        ),
        (
            DAYS - 3,
            75,
            Who::Group(1),
            150_000,
            "The repair café would like to buy a second soldering station and a proper lamp before Christmas.",
        ),
    ];
    for (day, yes, who, limit, reason) in limits {
        let question = Question::Limits(who, -limit, 2 * limit);
        votes.propose(diary, question, day, (yes, day + 6), reason);
    }
    let reason = "A roofer, at last. I have seen his work on the chapel.";
    votes.admission(diary, wilfred, DAYS - 6, (90, DAYS), reason);
}

/// Who is there on a day, in any order.
fn among(rng: &mut Rng, people: &[Person], day: i64) -> Vec<usize> {
    let there: Vec<usize> =
        people.iter().take_while(|person| person.joined < day).enumerate().map(|(nth, _)| nth).collect();
    rng.some(&there, there.len())
}

/// A second steward and two treasurers for the club, as soon as they are there.
fn offices(rng: &mut Rng, diary: &mut Diary, people: &[Person]) {
    for (person, role) in [(1, Role::Steward), (2, Role::Treasurer), (3, Role::Treasurer)] {
        let Some(joined) = people.get(person).map(|person| person.joined) else { return };
        let at = diary.year.hour(rng, joined + 2, 20);
        diary.note(at, Deed::Appoint { by: 0, person, group: None, role: role.word() });
    }
}

/// Votes so far.
struct Votes<'v> {
    rng: Rng,
    people: &'v [Person],
    proposals: usize,
}

impl Votes<'_> {
    /// An application, and the vote on it.
    fn admission(
        &mut self,
        diary: &mut Diary,
        applicant: usize,
        day: i64,
        votes: (i64, i64),
        reason: &'static str,
    ) {
        let at = diary.year.hour(&mut self.rng, day, 8);
        diary.note(at, Deed::Apply { applicant });
        self.propose(diary, Question::Admit(applicant), day + 1, votes, reason);
    }

    /// A proposal on a day, and who votes on it until another, so many of a hundred with yes.
    fn propose(
        &mut self,
        diary: &mut Diary,
        question: Question,
        day: i64,
        (yes, until): (i64, i64),
        reason: &'static str,
    ) {
        let proposal = self.proposals;
        self.proposals += 1;
        let there = among(&mut self.rng, self.people, day);
        let by = there.first().copied().unwrap_or(0);
        let at = diary.year.hour(&mut self.rng, day, 9);
        diary.note(at, Deed::Propose { proposal, by, question, reason });
        let turnout = (there.len() / 2).clamp(6, 16);
        for by in there.into_iter().take(turnout) {
            let on = self.rng.between(day + 1, until.max(day + 1));
            let (choice, why) = if self.rng.chance(yes) {
                ("yes", self.rng.pick(&["", "", "", "Gladly.", "It worked elsewhere."]))
            } else if self.rng.chance(70) {
                ("no", self.rng.pick(&["", "Too much at once.", "I would like to see the accounts first."]))
            } else {
                ("abstain", "")
            };
            let at = diary.year.daytime(&mut self.rng, on);
            diary.note(at, Deed::Vote { by, proposal, choice, reason: why });
        }
    }
}
