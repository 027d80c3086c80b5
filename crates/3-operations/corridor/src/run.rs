//! The inside of the corridor: what happens in the one transaction of an act, or of a batch of acts of one name.
//!
//! Facts are read, the rules are asked and the act is performed in the same transaction, with the rows that the
//! decision rests on held as read: a decision cannot be stale.

use crate::act::Resource;
use crate::actor::{Actor, Standings};
use crate::corridor::EngineMaker;
use crate::cx::Cx;
use crate::decide::{Asked, ask, procedure};
use crate::event::{self, Line, Outcome};
use crate::refusal::{Fault, Refusal};
use crate::registry::{AnyAct, Operation, Registry};
use crate::rules;
use crate::task::{Answer, Done, Task, forgettable, remember, remembered};
use crate::topics::Topic;
use crate::words::{self, Held};
use planet_ontology::acts::{Authority, Trace};
use planet_ontology::ids::{EventId, ProposalId};
use planet_ontology::units::Moment;
use planet_policy::question::Engine;
use planet_store::{Tx, sql};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::sync::Arc;

/// What tasks are decided and performed with.
pub(crate) struct House {
    pub registry: Arc<Registry>,
    pub engine: Arc<dyn Engine>,
    pub maker: Arc<EngineMaker>,
}

/// A task on its way through the corridor.
struct Passage<'t> {
    task: &'t Task,
    cx: Cx,
    asked: Option<Asked>,
    /// How it ended just now.
    ended: Option<Result<Ended, Refusal>>,
    /// What is remembered of it: from before, or since it was written down.
    answer: Option<Answer>,
}

/// A good end, before it is written down.
enum Ended {
    /// With this output, which is JSON.
    Done(Box<RawValue>),
    /// A proposal was opened instead.
    Proposed(Option<ProposalId>),
}

/// Runs a batch of tasks of one operation. Each gets its own answer; and all topics that they moved are named.
pub(crate) fn run(tx: &mut Tx, house: &House, tasks: &[Task]) -> Result<(Vec<Answer>, Vec<Topic>), Fault> {
    let Some(first) = tasks.first() else { return Ok((Vec::new(), Vec::new())) };
    let operation = house.registry.operation(first.name)?;
    if rules::version(tx)? != house.engine.version() {
        return Err(Fault::StaleRules);
    }
    let mut passages: Vec<Passage> = tasks.iter().map(|task| Passage::new(task, house)).collect();
    recall(tx, operation, &mut passages)?;
    ask_all(tx, house, operation, &mut passages)?;
    perform_all(tx, house, operation, &mut passages)?;
    write_down(tx, house, operation, &mut passages)?;
    let lost = || Err(Refusal::conflict("no_outcome", "This came to no outcome. Please try again."));
    let done = passages.iter_mut().filter(|passage| matches!(passage.answer, Some(Ok(_))));
    let told = done.flat_map(|passage| std::mem::take(&mut passage.cx.told)).collect();
    Ok((passages.into_iter().map(|passage| passage.answer.unwrap_or_else(lost)).collect(), told))
}

impl<'t> Passage<'t> {
    fn new(task: &'t Task, house: &House) -> Self {
        let cx = Cx::new(
            task.call.actor,
            task.call.now,
            task.salt,
            task.files.clone(),
            Arc::clone(&house.registry),
            Arc::clone(&house.engine),
            Arc::clone(&house.maker),
        );
        Self { task, cx, asked: None, ended: None, answer: None }
    }

    const fn open(&self) -> bool {
        self.answer.is_none() && self.ended.is_none()
    }

    /// Turns how it ended into the answer.
    fn conclude(&mut self, event: EventId) {
        self.answer = self.ended.take().map(|ended| written(&ended?, event));
    }
}

/// Answers what was attempted before, and what comes without the authority it needs.
fn recall(tx: &mut Tx, operation: &dyn Operation, passages: &mut [Passage]) -> Result<(), Fault> {
    let authority = operation.description().authority;
    let tasks: Vec<&Task> = passages.iter().map(|passage| passage.task).collect();
    let mut earlier = remembered(tx, &tasks)?;
    let mut seen = HashSet::new();
    for passage in passages {
        let call = &passage.task.call;
        let answer = if !authorised(authority, &call.actor) {
            Some(Err(Refusal::not_allowed("not_signed_in", "Please sign in first.")))
        } else if seen.insert(passage.task.owner_and_key()) {
            earlier.remove(&passage.task.owner_and_key())
        } else {
            Some(Err(Refusal::conflict("sent_twice", "This was sent twice at the same time.")))
        };
        passage.answer = answer;
    }
    Ok(())
}

const fn authorised(authority: Authority, actor: &Actor) -> bool {
    match authority {
        Authority::Nobody | Authority::House => true,
        Authority::Session => matches!(actor, Actor::Member(_) | Actor::Group { .. }),
    }
}

/// Reads the facts for all open passages and asks the rules for each.
fn ask_all(
    tx: &mut Tx,
    house: &House,
    operation: &dyn Operation,
    passages: &mut [Passage],
) -> Result<(), Fault> {
    let Some(now) = passages.first().map(|passage| passage.cx.now) else { return Ok(()) };
    let mut open: Vec<&mut Passage> = passages.iter_mut().filter(|passage| passage.open()).collect();
    let calls: Vec<(&AnyAct, &Actor)> =
        open.iter().map(|passage| (&*passage.task.act, &passage.task.call.actor)).collect();
    let resources = operation.resources(tx, &calls, now)?;
    let actors: Vec<Actor> = calls.iter().map(|(_, actor)| **actor).collect();
    let groups: Vec<_> = resources.iter().flatten().map(|resource: &Resource| resource.group).collect();
    let standings = Standings::hold(tx, &actors, &groups)?;
    for (passage, resource) in open.iter_mut().zip(resources) {
        let call = passage.task.call;
        let asked = resource
            .and_then(|resource| ask(&*house.engine, operation, &standings, &call.actor, resource, call.now));
        match asked {
            Ok(asked) if asked.decision.allowed => passage.asked = Some(asked),
            Ok(asked) => {
                let reason = asked.decision.reason.clone();
                passage.ended = Some(Err(Refusal::not_allowed("not_permitted", reason)));
                passage.asked = Some(asked);
            }
            Err(refusal) => passage.ended = Some(Err(refusal)),
        }
    }
    Ok(())
}

/// Performs what is permitted, or opens proposals where the rules want others to decide.
fn perform_all(
    tx: &mut Tx,
    house: &House,
    operation: &dyn Operation,
    passages: &mut [Passage],
) -> Result<(), Fault> {
    let set = house.engine.procedure(operation.description().name);
    let mut immediate: Vec<&mut Passage> = Vec::with_capacity(passages.len());
    for passage in passages.iter_mut().filter(|passage| passage.open()) {
        let wanted = passage.asked.as_ref().and_then(|asked| asked.decided_by.as_deref());
        match procedure(&*house.engine, set, &passage.task.call.actor, wanted) {
            Ok(procedure) if procedure.at_once => immediate.push(passage),
            Ok(procedure) => {
                passage.cx.refer(procedure);
                let result = tx.savepoint(|tx| open_proposal(tx, house, passage))?;
                passage.ended = Some(settle(result)?);
            }
            Err(refusal) => passage.ended = Some(Err(refusal)),
        }
    }
    if operation.batched() {
        let mut calls: Vec<(&AnyAct, &mut Cx)> =
            immediate.iter_mut().map(|passage| (&*passage.task.act, &mut passage.cx)).collect();
        let results = operation.perform(tx, &mut calls)?;
        for (passage, result) in immediate.iter_mut().zip(results) {
            passage.ended = Some(result.map(Ended::Done));
        }
    } else {
        for passage in &mut immediate {
            let result = tx.savepoint(|tx| operation.perform_one(tx, &*passage.task.act, &mut passage.cx))?;
            passage.ended = Some(settle(result.map(Ended::Done))?);
        }
    }
    Ok(())
}

fn open_proposal(tx: &mut Tx, house: &House, passage: &mut Passage) -> Result<Ended, Fault> {
    let opener = house.registry.opener.ok_or_else(|| {
        Refusal::not_allowed(
            "no_proposals",
            "The rules want members to decide this, and this club has no proposals.",
        )
    })?;
    let group = passage.asked.as_ref().map(|asked| asked.group);
    let args = json!({ "act": passage.task.name, "args": passage.task.args, "group": group });
    let output = passage.cx.call(tx, opener, args)?;
    Ok(Ended::Proposed(output.get("proposal").and_then(Value::as_str).and_then(|id| id.parse().ok())))
}

/// A good end as it is written down.
fn written(ended: &Ended, event: EventId) -> Answer {
    let done = match ended {
        Ended::Done(output) => Done { output: Some(&**output), proposal: None, event },
        Ended::Proposed(proposal) => Done { output: None, proposal: *proposal, event },
    };
    to_raw_value(&done).map_err(|error| Refusal::conflict("unprintable", error.to_string()))
}

/// Keeps refusals as ends, lets faults through.
fn settle(result: Result<Ended, Fault>) -> Result<Result<Ended, Refusal>, Fault> {
    match result {
        Ok(ended) => Ok(Ok(ended)),
        Err(Fault::Refused(refusal)) => Ok(Err(refusal)),
        Err(fault) => Err(fault),
    }
}

/// Appends the event (or counts), and remembers the outcomes. What a stranger was refused is counted only: nobody grows
/// the log and the outcomes from outside by knocking again and again.
fn write_down(
    tx: &mut Tx,
    house: &House,
    operation: &dyn Operation,
    passages: &mut [Passage],
) -> Result<(), Fault> {
    let description = operation.description();
    let (mut fresh, strangers) = worth_keeping(passages);
    if let Some(knocked) = strangers.first() {
        count(tx, &format!("{} refused", description.name), day(knocked.cx.now), strangers.len())?;
    }
    let Some(first) = fresh.first_mut() else { return Ok(()) };
    let at = first.cx.now;
    let salt = first.cx.random();
    let event: EventId = first.cx.id();
    for passage in &mut fresh {
        passage.conclude(event);
    }
    if description.trace == Trace::Recorded {
        let act = format!("{}@{}", description.name, description.version);
        let body = body(&fresh, &act, house.engine.version())?;
        event::append(tx, event, at, &act, &salt, &body)?;
        note_words(tx, event, &fresh)?;
    }
    // An outcome has the hash of what was done, and the id of an event, which tells the moment.
    if description.trace != Trace::Forgotten {
        let outcomes: Vec<(&Task, &Answer)> =
            fresh.iter().filter_map(|passage| Some((passage.task, passage.answer.as_ref()?))).collect();
        remember(tx, &outcomes)?;
    }
    // All batches of a day count in one row. Whoever has it makes the others wait, so it comes last.
    if description.trace != Trace::Recorded {
        count(tx, description.name, day(at), fresh.len())?;
    }
    Ok(())
}

/// Notes which entries hold somebody's words, if any does.
fn note_words(tx: &mut Tx, event_id: EventId, passages: &[&mut Passage]) -> Result<(), Fault> {
    let mut notes = Vec::new();
    for (passage, line) in passages.iter().zip(0_i64..) {
        if matches!(passage.answer, Some(Ok(_))) {
            let (actor_id, key) = passage.task.owner_and_key();
            let held = Held { event_id, line, actor_id, key };
            notes.extend(passage.cx.subjects.iter().map(|subject| (*subject, held)));
        }
    }
    if notes.is_empty() { Ok(()) } else { Ok(words::note(tx, &notes)?) }
}

/// The passages that are to be kept, and those of strangers who were refused.
fn worth_keeping<'p, 't>(
    passages: &'p mut [Passage<'t>],
) -> (Vec<&'p mut Passage<'t>>, Vec<&'p mut Passage<'t>>) {
    let (mut fresh, mut strangers) = (Vec::with_capacity(passages.len()), Vec::new());
    for passage in passages.iter_mut().filter(|passage| passage.answer.is_none()) {
        match passage.ended.take() {
            Some(Err(refusal)) if forgettable(&refusal) => passage.answer = Some(Err(refusal)),
            Some(Err(refusal)) if passage.task.call.actor == Actor::Guest => {
                passage.answer = Some(Err(refusal));
                strangers.push(passage);
            }
            ended => {
                passage.ended = ended;
                fresh.push(passage);
            }
        }
    }
    (fresh, strangers)
}

/// The body of an event: a line for each passage.
fn body(passages: &[&mut Passage], act: &str, rules: i64) -> Result<String, Refusal> {
    let unprintable =
        |error: String| Refusal::conflict("unprintable", format!("This could not be written down: {error}."));
    let mut body = Vec::with_capacity(1024 * passages.len());
    for line in passages.iter().filter_map(|passage| line(passage, act, rules)) {
        if !body.is_empty() {
            body.push(b'\n');
        }
        serde_json::to_writer(&mut body, &line).map_err(|error| unprintable(error.to_string()))?;
    }
    String::from_utf8(body).map_err(|error| unprintable(error.to_string()))
}

fn line<'a>(passage: &'a Passage, act: &'a str, rules: i64) -> Option<Line<'a>> {
    let (task, asked) = (passage.task, passage.asked.as_ref());
    let policies = asked.map_or(&[][..], |asked| &asked.decision.policies);
    let refused = Line {
        actor: task.call.actor,
        act,
        at: task.call.now,
        args: None,
        outcome: Outcome::Refused(String::new()),
        rules,
        policies,
        facts: asked,
        effects: &[],
    };
    Some(match passage.answer.as_ref()? {
        Ok(done) => Line {
            args: Some(&task.args).filter(|args| !args.is_null()),
            outcome: Outcome::Done(done),
            effects: &passage.cx.effects,
            ..refused
        },
        Err(refusal) => Line { outcome: Outcome::Refused(refusal.code.clone()), ..refused },
    })
}

/// The day of a moment, counted from 1970.
const fn day(at: Moment) -> i64 {
    at.0.div_euclid(Moment::DAY)
}

fn count(tx: &mut Tx, act: &str, day: i64, n: usize) -> Result<(), Fault> {
    tx.exec(
        sql!(
            "INSERT INTO counts (day, act, n) VALUES (?1, ?2, ?3)
             ON CONFLICT (day, act) DO UPDATE SET n = counts.n + excluded.n"
        ),
        &[&day, &act, &i64::try_from(n).unwrap_or(i64::MAX)],
    )?;
    Ok(())
}
