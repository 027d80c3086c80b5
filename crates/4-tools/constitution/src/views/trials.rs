//! Trying a change of the rules out: what is wrong with it, or what it would have done in the last year.

use super::in_force;
use crate::amend::weigh;
use crate::change::Change;
use crate::error::ConstitutionError;
use crate::passages::{Passage, passages};
use crate::rehearsal::{Rehearsal as Hearing, Report};
use crate::rows;
use planet_corridor::act::View;
use planet_corridor::look::Look;
use planet_corridor::recorded::{self, Passed};
use planet_corridor::refusal::{Fault, Refusal};
use planet_ontology::units::Moment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How far back the log is read: a year, in seconds.
const YEAR: i64 = 365 * 86_400;
/// The most attempts that are asked about again while somebody waits; pages have more time, see [`crate::trials`].
const AT_ONCE: u64 = 100_000;

/// Try out a change of the rules, without proposing it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rehearse {
    /// The act that would change the rules: `constitution.set_parameter`.
    pub act: String,
    /// Its arguments, as JSON.
    pub args: String,
}

/// Something that is wrong with the rules as they would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Wrong {
    /// Where: the file and line, the policy, or the field.
    pub place: String,
    /// What, and what to do.
    pub why: String,
}

/// What came out of a trial.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Trial {
    /// What the change does, in a sentence.
    pub title: String,
    /// The procedure by which it would be decided.
    pub procedure: String,
    /// What is wrong with it, place by place; then there is no report.
    pub wrong: Vec<Wrong>,
    /// What it would have done.
    pub report: Option<Report>,
}

impl View for Rehearse {
    const NAME: &'static str = "constitution.rehearse";
    const ABOUT: &'static str =
        "Try out a change of the rules: what is wrong with it, or what it would have done in the last year.";
    type Output = Trial;

    fn read(&self, look: &mut Look) -> Result<Trial, Fault> {
        self.rehearse(look, |passed| {
            if passed.attempts > AT_ONCE { Err(ConstitutionError::TrialTooLong.into()) } else { Ok(()) }
        })
    }
}

impl Rehearse {
    /// Tries it out, and tells meanwhile how far the log has been read.
    ///
    /// # Errors
    /// What is wrong with the change's own words, or whatever whoever is told answers.
    pub fn rehearse(
        &self,
        look: &mut Look,
        passed: impl FnMut(Passed) -> Result<(), Fault>,
    ) -> Result<Trial, Fault> {
        look.member()?;
        let args: Value = serde_json::from_str(&self.args).map_err(|error| {
            Refusal::input("args", "malformed", format!("This could not be understood: {error}."))
        })?;
        let change = Change::read(&self.act, args)?;
        let (_, before) = in_force(look)?;
        let (procedure, title) = change.prospects(look)?;
        let mut trial = Trial { title, procedure: procedure.about, wrong: Vec::new(), report: None };
        let rules = look.rules();
        let people = rows::people(look.tx)?;
        let weighed = change.candidate(&before).and_then(|after| {
            let engine =
                weigh(&*rules, &after, look.try_rules(&after), &people, change.may_touch_own(&before))?;
            Ok((after, engine))
        });
        let (after, engine) = match weighed {
            Ok(made) => made,
            Err(ConstitutionError::Unusable(problems)) => {
                trial.wrong = problems.into_iter().map(|it| Wrong { place: it.place, why: it.why }).collect();
                return Ok(trial);
            }
            Err(error @ ConstitutionError::LockedOut(_)) => {
                trial.wrong.push(Wrong { place: String::new(), why: error.to_string() });
                return Ok(trial);
            }
            Err(error) => return Err(error.into()),
        };
        let (from, until) = (look.now.plus_seconds(-YEAR), look.now);
        let mut hearing = Hearing::new((&*rules, &before), (&*engine, &after));
        recorded::since(look.tx, &look.acts(), from, |told| hearing.hear(told), passed)?;
        let report = hearing.report(change.act(), change.hash()?, (from, until));
        trial.report = Some(in_words(report, look, passages(&before, &after)));
        Ok(trial)
    }
}

/// The report with what is written and what acts do, so that whoever votes on it needs nothing else.
fn in_words(mut report: Report, look: &Look, passages: Vec<Passage>) -> Report {
    let acts = look.acts();
    for difference in &mut report.differences {
        let act = acts.iter().find(|act| act.name == difference.act);
        difference.about = act.map(|act| act.about.to_owned()).unwrap_or_default();
    }
    Report { passages, ..report }
}

/// What a change of the rules would have done, as it was kept for those who vote.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// The hash of the report.
    pub hash: String,
}

/// A report that was kept.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Kept {
    /// Its hash.
    pub hash: String,
    /// The report.
    pub report: Report,
}

impl View for Rehearsal {
    const NAME: &'static str = "constitution.rehearsal";
    const ABOUT: &'static str =
        "What a change of the rules would have done, as it was kept for those who vote.";
    type Output = Kept;

    fn read(&self, look: &mut Look) -> Result<Kept, Fault> {
        let report = rows::report(look.tx, &self.hash)?.ok_or(ConstitutionError::RehearsalUnknown)?;
        let report = serde_json::from_value(report).map_err(|_| ConstitutionError::ReportMalformed)?;
        Ok(Kept { hash: self.hash.clone(), report })
    }
}

/// The span that a report is about, in whole days.
pub fn days(report: &Report) -> i64 {
    (report.until.0 - report.from.0) / Moment::DAY
}
