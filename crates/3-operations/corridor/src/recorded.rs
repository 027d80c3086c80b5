//! The questions that the log recorded, to be asked again: of every act that was done or refused, who wanted to do what to
//! which thing. It answers none of them, and tells nobody's words.

use crate::event::{Outcome, from_position};
use crate::refusal::Fault;
use planet_ontology::acts::ActDescription;
use planet_ontology::entities::{ALL, Kind, Value};
use planet_ontology::roles::Role;
use planet_ontology::units::Moment;
use planet_policy::question::{Question, Subject};
use planet_store::{Tx, sql};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

/// How many events are read at a time. Each may hold a whole batch of acts.
const PAGE: i64 = 100;

/// What the log tells of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The question that was asked, and whether the act was done.
    Asked(Box<Question>, bool),
    /// Its line was erased with somebody's words.
    Erased,
    /// It was refused before there was a question, or what was asked then cannot be asked today.
    Untold,
}

/// How far the log has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Passed {
    /// Events that were read.
    pub events: u64,
    /// Events in all.
    pub of: u64,
    /// Attempts in those that were read.
    pub attempts: u64,
}

/// An entry of the log, as far as it is needed here.
#[derive(Deserialize)]
struct Line {
    act: String,
    at: Moment,
    outcome: Outcome<IgnoredAny>,
    facts: Option<Facts>,
}

#[derive(Deserialize)]
struct Facts {
    role: Role,
    principal: Known,
    resource: Known,
}

#[derive(Deserialize)]
struct Known {
    kind: String,
    id: String,
    facts: BTreeMap<String, Fact>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Fact {
    Bool(bool),
    Long(i64),
    Text(String),
}

/// Tells of all attempts since a moment that are sealed, in their order; and, before each page of events, how far it is.
///
/// # Errors
/// As the store says, or whoever is told how far it is.
pub fn since(
    tx: &mut Tx,
    acts: &[ActDescription],
    since: Moment,
    mut tell: impl FnMut(Told),
    mut passed: impl FnMut(Passed) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let acts: BTreeMap<&str, &ActDescription> = acts.iter().map(|act| (act.name, act)).collect();
    let end = end(tx)?;
    let first = first_since(tx, since, end)?;
    let count = |positions: i64| u64::try_from(positions).unwrap_or(0);
    let mut position = first;
    let mut attempts = 0;
    loop {
        passed(Passed { events: count(position.min(end) - first), of: count(end - first), attempts })?;
        let page = from_position(tx, position, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        position = last.position.unwrap_or(i64::MAX).saturating_add(1);
        for line in page.iter().filter(|event| event.at >= since).flat_map(|event| event.body.lines()) {
            attempts += 1;
            tell(if line.starts_with('!') { Told::Erased } else { told(line, &acts) });
        }
    }
}

/// The position after the last event.
fn end(tx: &mut Tx) -> Result<i64, Fault> {
    let (end,) = tx.one::<(i64,)>(sql!("SELECT coalesce(max(position), -1) + 1 FROM events"), &[])?;
    Ok(end)
}

/// The first position with an event since a moment: positions grow with time, but for what was committed within one second.
fn first_since(tx: &mut Tx, since: Moment, end: i64) -> Result<i64, Fault> {
    let (mut low, mut high) = (0, end);
    while low < high {
        let middle = low + (high - low) / 2;
        let at = tx.row::<(Moment,)>(sql!("SELECT at FROM events WHERE position = ?1"), &[&middle])?;
        if at.is_some_and(|(at,)| at.plus_seconds(60) < since) { low = middle + 1 } else { high = middle }
    }
    Ok(low)
}

fn told(line: &str, acts: &BTreeMap<&str, &ActDescription>) -> Told {
    let read = || {
        let line: Line = serde_json::from_str(line).ok()?;
        let name = line.act.split('@').next()?;
        let act = acts.get(name)?;
        let Facts { role, principal, resource } = line.facts?;
        let (principal, resource) = (subject(principal)?, subject(resource)?);
        let done = matches!(line.outcome, Outcome::Done(_));
        let question = Question { act: act.name, principal, resource, role, now: line.at };
        Some(Told::Asked(Box::new(question), done))
    };
    read().unwrap_or(Told::Untold)
}

/// A subject as it was known then, if its facts are those that such a thing has today.
fn subject(known: Known) -> Option<Subject> {
    let description = ALL.iter().find(|entity| entity.name == known.kind)?;
    let mut facts = known.facts;
    let read = description.attributes.iter().map(|attribute| {
        let value = match (facts.remove(attribute.name)?, attribute.kind) {
            (Fact::Bool(it), Kind::Bool) => Value::Bool(it),
            (Fact::Long(it), Kind::Long) => Value::Long(it),
            (Fact::Text(it), Kind::Text) => Value::Text(it),
            _ => return None,
        };
        Some((attribute.name, value))
    });
    let read: Option<Vec<_>> = read.collect();
    Some(Subject { kind: description.name, id: known.id, facts: read? }).filter(|_| facts.is_empty())
}
