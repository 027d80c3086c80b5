//! Rehearsal: questions that the log recorded are asked again, of the rules in force and of a candidate. Equal questions are
//! asked once. It counts and names nobody, and reads nothing: pure over what it is told.

use crate::passages::Passage;
use planet_corridor::recorded::Told;
use planet_ontology::entities::ALL;
use planet_ontology::units::Moment;
use planet_policy::{Bundle, Engine, Question, Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;

/// How many acts of how many people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Counted {
    /// Attempts.
    pub acts: u64,
    /// Members whose attempts they were.
    pub people: u64,
}

/// What would have been different for one act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// The act.
    pub act: String,
    /// What it does, in a sentence.
    #[serde(default)]
    pub about: String,
    /// Permitted by the rules in force, and not by the others.
    pub refused: Counted,
    /// Not permitted by the rules in force, and by the others.
    pub allowed: Counted,
    /// Permitted by both; done at once, and then decided by others.
    pub decided: Counted,
    /// Permitted by both; decided by others, and then done at once.
    pub at_once: Counted,
}

/// What a change of the rules would have done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The act that changes the rules.
    pub act: String,
    /// The hash of the change.
    pub change: String,
    /// The version of the rules that it is compared with.
    pub rules: i64,
    /// What stands differently.
    #[serde(default)]
    pub passages: Vec<Passage>,
    /// From when on the log was read.
    pub from: Moment,
    /// Until when.
    pub until: Moment,
    /// Attempts that were asked about again.
    pub asked: u64,
    /// Different questions among them.
    pub distinct: u64,
    /// What would have been different, act by act.
    pub differences: Vec<Difference>,
    /// Attempts that nobody can ask about again, because their words were erased.
    pub erased: u64,
    /// Attempts that nobody can ask about again, because nothing was asked then, or other things are known today.
    pub untold: u64,
    /// How many members voted on anything.
    pub voters: u64,
}

/// What becomes of a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    Same,
    Refused,
    Allowed,
    Decided,
    AtOnce,
}

/// What policies can tell apart, beside facts: moments, if they speak of time; single people and things, if they name some.
#[derive(Clone, Copy)]
struct Closely {
    moments: bool,
    ids: bool,
}

impl Closely {
    fn of(bundles: [&Bundle; 2]) -> Self {
        let texts = || bundles.into_iter().flat_map(|bundle| &bundle.policies).map(|file| file.text.as_str());
        let word =
            |text: &str| text.split(|it: char| !it.is_alphanumeric() && it != '_').any(|word| word == "now");
        let named = |text: &str| ALL.iter().any(|entity| text.contains(&format!("{}::", entity.name)));
        let hidden = |text: &str| text.contains('\\');
        Self {
            moments: texts().any(|text| word(text) || hidden(text)),
            ids: texts().any(|text| named(text) || hidden(text)),
        }
    }
}

/// One direction of one act, while counting.
#[derive(Default)]
struct Tally {
    acts: u64,
    people: HashSet<String>,
}

impl Tally {
    fn counted(&self) -> Counted {
        Counted { acts: self.acts, people: u64::try_from(self.people.len()).unwrap_or(u64::MAX) }
    }
}

/// A rehearsal under way.
pub struct Rehearsal<'e> {
    before: &'e dyn Engine,
    after: &'e dyn Engine,
    closely: Closely,
    seen: HashMap<String, Turn>,
    turns: BTreeMap<&'static str, [Tally; 4]>,
    asked: u64,
    erased: u64,
    untold: u64,
    voters: HashSet<String>,
}

impl<'e> Rehearsal<'e> {
    /// Of rules in force and a candidate, each as an engine and as the bundle that it was made of.
    pub fn new((before, old): (&'e dyn Engine, &Bundle), (after, new): (&'e dyn Engine, &Bundle)) -> Self {
        Self {
            before,
            after,
            closely: Closely::of([old, new]),
            seen: HashMap::new(),
            turns: BTreeMap::new(),
            asked: 0,
            erased: 0,
            untold: 0,
            voters: HashSet::new(),
        }
    }

    /// Asks again about one attempt.
    pub fn hear(&mut self, told: Told) {
        let (question, done) = match told {
            Told::Asked(question, done) => (*question, done),
            Told::Erased => return self.erased += 1,
            Told::Untold => return self.untold += 1,
        };
        self.asked += 1;
        let (act, member) = (question.act, question.principal.kind == "Member");
        let turn = self.turn(&question);
        let who = question.principal.id;
        if done && act == "governance.vote" {
            self.voters.insert(who.clone());
        }
        let place = match turn {
            Turn::Same => return,
            Turn::Refused => 0,
            Turn::Allowed => 1,
            Turn::Decided => 2,
            Turn::AtOnce => 3,
        };
        if let Some(tally) = self.turns.entry(act).or_default().get_mut(place) {
            tally.acts += 1;
            if member {
                tally.people.insert(who);
            }
        }
    }

    fn turn(&mut self, question: &Question) -> Turn {
        let key = self.key(question);
        if let Some(turn) = self.seen.get(&key) {
            return *turn;
        }
        let [before, after] = [self.before, self.after].map(|rules| rules.decide(question).allowed);
        let alone = matches!(question.principal.kind, "Member" | "Guest");
        let [first, then] = [self.before, self.after].map(|rules| rules.procedure(question.act).at_once);
        let turn = match (before, after) {
            (true, false) => Turn::Refused,
            (false, true) => Turn::Allowed,
            (true, true) if alone && first && !then => Turn::Decided,
            (true, true) if alone && !first && then => Turn::AtOnce,
            _ => Turn::Same,
        };
        self.seen.insert(key, turn);
        turn
    }

    /// What questions have in common that have the same answers.
    fn key(&self, question: &Question) -> String {
        let Question { act, principal, resource, role, now } = question;
        let mut key =
            format!("{act} {role:?} {}", principal.kind == resource.kind && principal.id == resource.id);
        for Subject { kind, id, facts } in [principal, resource] {
            let _ = write!(key, " {kind} {facts:?}");
            if self.closely.ids {
                let _ = write!(key, " {id}");
            }
        }
        if self.closely.moments {
            let _ = write!(key, " {}", now.seconds());
        }
        key
    }

    /// What came out.
    pub fn report(self, act: &str, change: String, (from, until): (Moment, Moment)) -> Report {
        let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
        let differences = self.turns.iter().map(|(act, [refused, allowed, decided, at_once])| Difference {
            act: (*act).to_owned(),
            about: String::new(),
            refused: refused.counted(),
            allowed: allowed.counted(),
            decided: decided.counted(),
            at_once: at_once.counted(),
        });
        Report {
            act: act.to_owned(),
            change,
            rules: self.before.version(),
            passages: Vec::new(),
            from,
            until,
            asked: self.asked,
            distinct: count(self.seen.len()),
            differences: differences.collect(),
            erased: self.erased,
            untold: self.untold,
            voters: count(self.voters.len()),
        }
    }
}
