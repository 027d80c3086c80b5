//! A year of talk: posts by season, of every reach, for different audiences; what others answer; who follows whom.

use super::groups::Circle;
use super::people::Person;
use super::plan::{DAYS, Deed, Diary, For, Who, month_name};
use super::rng::Rng;
use super::words::{Talk, Topic, answers, inside, topics};
use planet_ontology::relevance::Relevance;
use std::collections::HashSet;

/// Of a hundred members, how many write something in a week.
const WRITERS: i64 = 22;
/// How often another title is tried, when one was used already.
const TRIES: usize = 8;

/// Plans all posts, comments and follows.
pub fn plan(rng: &mut Rng, diary: &mut Diary, people: &[Person], groups: &[Circle]) {
    let mut talks = Talks { rng: rng.fork(), people, groups, said: HashSet::new(), posts: 0 };
    for day in 3..DAYS {
        talks.write(diary, day);
    }
    follows(rng, diary, people, groups);
}

/// The talk so far.
struct Talks<'t> {
    rng: Rng,
    people: &'t [Person],
    groups: &'t [Circle],
    said: HashSet<String>,
    posts: usize,
}

impl Talks<'_> {
    /// What is written on a day.
    fn write(&mut self, diary: &mut Diary, day: i64) {
        let there = self.people.iter().filter(|person| person.joined < day).count();
        let expected = i64::try_from(there).unwrap_or(0) * WRITERS;
        let count = expected / 700 + i64::from(self.rng.between(0, 699) < expected % 700);
        for _ in 0..count {
            // Those who came early write a little more.
            let (one, other) = (self.rng.below(there), self.rng.below(there));
            let by = if self.rng.chance(40) { one.min(other) } else { one };
            let own: Vec<usize> = (0..self.groups.len())
                .filter(|group| self.groups.get(*group).is_some_and(|group| group.on(day).contains(&by)))
                .collect();
            if !own.is_empty() && self.rng.chance(14) {
                let group = self.rng.pick(&own);
                self.post(diary, day, by, inside(), For::Group(group));
            } else {
                let to = if self.rng.chance(25) { For::Public } else { For::Club };
                self.post(diary, day, by, topics(), to);
            }
        }
    }

    /// A post of a person, with a title that nobody has used, and what is said below it.
    fn post(&mut self, diary: &mut Diary, day: i64, by: usize, mut topics: Vec<&Topic>, to: For) {
        let month = diary.year.month(day);
        topics.retain(|topic| topic.months.is_empty() || topic.months.contains(&month));
        let Some(home) = self.people.get(by).map(|person| person.home) else { return };
        for _ in 0..TRIES {
            let Some(topic) = topics.get(self.rng.below(topics.len())) else { return };
            let thing = self.rng.pick(topic.things);
            let fill = |text: &str| {
                text.replace("{x}", thing)
                    .replace("{street}", home.street)
                    .replace("{hood}", home.neighbourhood)
                    .replace("{town}", home.town)
                    .replace("{month}", month_name(diary.year, day))
            };
            let title = capital(&fill(topic.title));
            if !self.said.insert(format!("{title} {to:?}")) {
                continue;
            }
            // What is for a street is not for everybody.
            let local = topic.relevance < Relevance::Town;
            let to = if local && to == For::Public { For::Club } else { to };
            let tags = topic.tags.split(' ').map(str::to_owned).collect();
            let (post, text, relevance) = (self.posts, fill(topic.text), topic.relevance);
            self.posts += 1;
            let at = diary.year.daytime(&mut self.rng, day);
            diary.note(at, Deed::Post { post, by, title, text, tags, relevance, to });
            self.comments(diary, day, (post, by, topic.talk), to);
            return;
        }
    }

    /// What is said below a post on the days after it, by those who may see it.
    fn comments(&mut self, diary: &mut Diary, day: i64, (post, author, talk): (usize, usize, Talk), to: For) {
        let others: Vec<usize> = match to {
            For::Group(group) => self.groups.get(group).map(|group| group.on(day)).unwrap_or_default(),
            _ => (0..self.people.len())
                .filter(|person| self.people.get(*person).is_some_and(|person| person.joined < day))
                .collect(),
        };
        let count = self.rng.below(4) * self.rng.below(3);
        let texts = self.rng.some(answers(talk), count);
        for text in texts {
            let by = self.rng.pick_or(&others, author);
            if by != author {
                let later = day + self.rng.between(1, 3);
                let at = diary.year.daytime(&mut self.rng, later);
                diary.note(at, Deed::Comment { by, post, text: text.to_owned() });
            }
        }
    }
}

/// Who follows whom: a handful of people and a group or two, some time after coming in.
fn follows(rng: &mut Rng, diary: &mut Diary, people: &[Person], groups: &[Circle]) {
    let everybody: Vec<usize> = (0..people.len()).collect();
    for (by, person) in people.iter().enumerate() {
        let count = rng.below(7) + 3;
        for other in rng.some(&everybody, count).into_iter().filter(|other| *other != by) {
            let both = people.get(other).map_or(0, |other| other.joined).max(person.joined);
            follow(rng, diary, by, Who::Person(other), both);
        }
        let count = rng.below(3) + 1;
        for group in rng.some(&(0..groups.len()).collect::<Vec<_>>(), count) {
            let both = groups.get(group).map_or(0, |group| group.sort.starts).max(person.joined);
            follow(rng, diary, by, Who::Group(group), both);
        }
    }
}

fn follow(rng: &mut Rng, diary: &mut Diary, by: usize, whom: Who, after: i64) {
    let day = after + rng.between(1, 40);
    let at = diary.year.daytime(rng, day);
    diary.note(at, Deed::Follow { by, whom });
}

/// A text that begins with a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
