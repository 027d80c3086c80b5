//! What the house does about dues each day, a piece at a time: what is owed is written down, paid where members want that, and told.
//! Each piece is one event, can be repeated safely, and leaves the next. Where the node slept, all due days have their turn.

use super::club;
use super::coming::farewell;
use super::pay::settle;
use super::relief::relieved;
use crate::letters;
use crate::rows::lines::{self, LineRow};
use crate::rows::terms::{self, Adopted, Schedule};
use crate::rows::{people, reliefs};
use crate::terms::AHEAD_DAYS;
use jiff::civil::Date;
use planet_corridor::act::Act;
use planet_corridor::cx::Cx;
use planet_corridor::refusal::Fault;
use planet_corridor::touches;
use planet_ledger::currency;
use planet_ontology::acts::Authority;
use planet_ontology::calendar::moment_of;
use planet_ontology::entities::Group;
use planet_ontology::ids::{DuesLineId, MemberId};
use planet_ontology::units::{Amount, Moment};
use planet_store::Tx;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// How many members or lines a piece has: one event each.
const PIECE: i64 = 200;
/// How often it is tried to pay a line by itself, a day apart.
const TRIES: i64 = 3;

/// What is done in a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Begins the day.
    #[default]
    Begin,
    /// Writes down what is owed for the next due day.
    Owe,
    /// Pays for those who want that.
    Collect,
    /// Reminds by mail.
    Remind,
    /// Sees who has left without a word.
    Part,
}

/// Look after dues.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tend {
    /// What is to be done.
    #[serde(default)]
    pub step: Step,
    /// The due day that is being written down, as `2026-12-31`.
    #[serde(default)]
    pub day: Option<String>,
    /// Only members behind this one.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Only lines behind this one.
    #[serde(default)]
    pub line: Option<DuesLineId>,
}

impl Act for Tend {
    const NAME: &'static str = "dues.tend";
    const ABOUT: &'static str =
        "Look after dues: write down what is owed, pay it where members want that, remind.";
    const AUTHORITY: Authority = Authority::House;
    touches!(Group, |_, tx, _| club(tx));
    type Output = ();

    fn perform(&self, tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
        let Some(schedule) = terms::hold_schedule(tx)? else { return Ok(()) };
        let Some(adopted) = terms::in_force(tx)? else { return Ok(()) };
        match self.step {
            Step::Begin => begin(tx, cx, schedule),
            Step::Owe => self.owe(tx, cx, schedule, &adopted),
            Step::Collect => collect(tx, cx, self.line),
            Step::Remind => remind(tx, cx, self.line),
            Step::Part => part(tx, cx),
        }
    }
}

/// Has the house go on at once.
fn next(tx: &mut Tx, cx: &mut Cx, next: &Tend) -> Result<(), Fault> {
    cx.later(tx, cx.now, Tend::NAME, &json!(next))?;
    Ok(())
}

fn step(step: Step) -> Tend {
    Tend { step, ..Tend::default() }
}

/// A day begins once, however often it is begun, so two chains of jobs become one.
fn begin(tx: &mut Tx, cx: &mut Cx, schedule: Schedule) -> Result<(), Fault> {
    let today = Moment(cx.now.0.div_euclid(Moment::DAY).saturating_mul(Moment::DAY));
    if schedule.tended >= today {
        return Ok(());
    }
    terms::set_schedule(tx, &Schedule { tended: today, ..schedule })?;
    cx.later(tx, cx.now.next_day(), Tend::NAME, &json!(Tend::default()))?;
    next(tx, cx, &step(Step::Owe))
}

impl Tend {
    /// Writes down what a piece of the members owes for the next due day, if that is near; then the one after it has its turn.
    fn owe(&self, tx: &mut Tx, cx: &mut Cx, schedule: Schedule, adopted: &Adopted) -> Result<(), Fault> {
        let near = cx.now.plus_seconds(AHEAD_DAYS * 86_400);
        let day = schedule.day(schedule.number)?.filter(|day| moment_of(*day) <= near);
        let Some(day) = day else { return next(tx, cx, &step(Step::Collect)) };
        // Terms that changed half-way have other days: then this is a beginning.
        let word = day.to_string();
        let after = self.member.filter(|_| self.day.as_ref() == Some(&word));
        // What nobody can pay is not owed.
        let charged = adopted.terms.dues.0 > 0 && !currency(tx, Some(adopted.currency))?.ending();
        let members = if charged {
            people::active_since(tx, moment_of(day).min(cx.now), after, PIECE)?
        } else {
            Vec::new()
        };
        let granted = reliefs::granted(tx, &members)?;
        let owed: Vec<LineRow> = members
            .iter()
            .map(|member| {
                let own = granted.iter().filter(|it| it.member == *member);
                let amount = relieved(adopted.terms.dues, moment_of(day), own);
                line(cx, adopted, *member, day, amount)
            })
            .collect();
        lines::owe(tx, &owed)?;
        let next_day = schedule.day(schedule.number.saturating_add(1))?.unwrap_or(day).to_string();
        let covered = if charged { next_day } else { schedule.covered.clone() };
        let last = members.last().filter(|_| full(members.len())).copied();
        let number = schedule.number.saturating_add(i64::from(last.is_none()));
        terms::set_schedule(tx, &Schedule { number, covered, ..schedule })?;
        next(tx, cx, &Tend { day: last.map(|_| word), member: last, ..step(Step::Owe) })
    }
}

/// Whether there may be another piece behind one with so many.
fn full(count: usize) -> bool {
    i64::try_from(count).is_ok_and(|count| count == PIECE)
}

/// What a member owes for a due day; waived from the beginning where there is no amount.
fn line(cx: &mut Cx, adopted: &Adopted, member: MemberId, day: Date, amount: Option<Amount>) -> LineRow {
    LineRow {
        id: cx.id(),
        member,
        kind: "dues".into(),
        period: day.to_string(),
        currency: adopted.currency,
        amount: amount.unwrap_or_default(),
        due: moment_of(day),
        state: if amount.is_some() { "owed" } else { "waived" }.into(),
        ended: amount.is_none().then_some(cx.now),
        transfer: None,
        reminders: 0,
        tried: 0,
        problem: String::new(),
    }
}

/// Pays what is due for those who want that, each by itself: what is refused to one is no harm to another.
fn collect(tx: &mut Tx, cx: &mut Cx, after: Option<DuesLineId>) -> Result<(), Fault> {
    let due = lines::owed_until(tx, cx.now, after, PIECE)?;
    for it in &due {
        if it.tried >= TRIES || !people::chosen(tx, it.member)?.by_itself {
            continue;
        }
        let paid = tx.savepoint(|tx| {
            people::hold(tx, it.member)?;
            match lines::hold(tx, it.id)? {
                Some(line) => settle(tx, cx, &line).map(drop),
                None => Ok(()),
            }
        })?;
        match paid {
            Ok(()) => {}
            Err(Fault::Refused(refusal)) => lines::not_paid(tx, it.id, &refusal.sentence)?,
            Err(fault) => return Err(fault),
        }
    }
    go_on(tx, cx, Step::Collect, &due, Step::Remind)
}

/// Reminds those who want that by mail: a week before the day, and twice after it.
fn remind(tx: &mut Tx, cx: &mut Cx, after: Option<DuesLineId>) -> Result<(), Fault> {
    let near = cx.now.plus_seconds(letters::BEFORE * 86_400);
    let due = lines::owed_until(tx, near, after, PIECE)?;
    for it in &due {
        let chosen = people::chosen(tx, it.member)?;
        let turn = letters::turn(it.due, cx.now);
        if turn <= it.reminders || chosen.by_itself && it.tried == 0 || it.amount.0 == 0 {
            continue;
        }
        letters::remind(tx, cx, &chosen.email, it)?;
        lines::reminded(tx, it.id, turn)?;
    }
    go_on(tx, cx, Step::Remind, &due, Step::Part)
}

/// Goes on with the next piece of lines, or with the next step.
fn go_on(tx: &mut Tx, cx: &mut Cx, this: Step, piece: &[LineRow], then: Step) -> Result<(), Fault> {
    match piece.last() {
        Some(last) if full(piece.len()) => next(tx, cx, &Tend { line: Some(last.id), ..step(this) }),
        _ => next(tx, cx, &step(then)),
    }
}

/// Whoever was taken out of the club in another way than by leaving gets their shares back as well.
fn part(tx: &mut Tx, cx: &mut Cx) -> Result<(), Fault> {
    let gone = people::gone(tx, PIECE)?;
    for member in &gone {
        farewell(tx, cx, *member)?;
    }
    if gone.is_empty() { Ok(()) } else { next(tx, cx, &step(Step::Part)) }
}
