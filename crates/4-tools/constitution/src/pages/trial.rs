//! A change that is tried out: what is wrong with it, or what it would have done, and the button that proposes it. Also the page
//! of a report that was kept for those who vote.

use super::HOME;
use crate::acts::KeepRehearsal;
use crate::change::Change;
use crate::error::ConstitutionError;
use crate::passages::{Fate, Passage};
use crate::rehearsal::{Counted, Difference, Report};
use crate::trials::{Ended, Trials};
use crate::views::{Kept, Rehearsal, Rehearse, Trial, days};
use axum::extract::Path;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Redirect, Response};
use planet_corridor::actor::Actor;
use planet_corridor::refusal::{Fault, Refusal};
use planet_corridor::task::Call;
use planet_kit::prelude::*;
use planet_kit::web::fields::fresh_key;
use planet_kit::web::{Answer, Fields, Signed, Sorry};
use planet_ontology::units::longer_than;
use serde_json::{Value, json};
use std::time::Duration;

/// The longest reason, in characters.
const MAX_REASON: u32 = 1_500;
/// How long somebody waits for a page before a trial goes on by itself.
const PATIENCE: Duration = Duration::from_secs(2);

/// Tries a change out and shows what came out; `again` shows the form with what is wrong.
pub(super) async fn try_out(
    visit: &Signed,
    change: Result<Change, Refusal>,
    again: impl FnOnce(&Refusal, &[(String, String)]) -> Markup,
) -> Answer {
    let change = match change {
        Ok(change) => change,
        Err(refusal) => return visit.again(&refusal, again(&refusal, &[])),
    };
    let (act, args) = (change.act().to_owned(), change.args().to_string());
    let trial = match read(visit, &act, &args).await? {
        Read::Ended(ended) => *ended,
        Read::UnderWay(key) => return Ok(onward(&key)),
    };
    match trial.map_err(Fault::from) {
        Ok(trial) if trial.report.is_some() => visit.page(show(&visit.ui, &trial, &act, &args)),
        Ok(trial) => {
            let wrong: Vec<(String, String)> = trial.wrong.into_iter().map(|it| (it.place, it.why)).collect();
            let refusal = Refusal::input("", "rules_unusable", visit.ui.t("constitution-unusable"));
            visit.again(&refusal, again(&refusal, &wrong))
        }
        Err(Fault::Refused(refusal)) => visit.again(&refusal, again(&refusal, &[])),
        Err(fault) => Err(fault.into()),
    }
}

/// A trial that is ready at once, or the key of the one that goes on.
enum Read {
    Ended(Box<Ended>),
    UnderWay(String),
}

/// Has a change tried out; where that takes longer than somebody waits for a page, it goes on by itself.
async fn read(visit: &Signed, act: &str, args: &str) -> Result<Read, Sorry> {
    let view = Rehearse { act: act.to_owned(), args: args.to_owned() };
    let Some(trials) = visit.desk.service::<Trials>() else {
        return match visit.view(view).await {
            Ok(trial) => Ok(Read::Ended(Box::new(Ok(trial)))),
            Err(Fault::Refused(refusal)) => Ok(Read::Ended(Box::new(Err(refusal)))),
            Err(fault) => Err(fault.into()),
        };
    };
    let whose = (&visit.viewer, visit.member()?);
    let under_way = trials.begin(visit.desk.corridor(), whose, view, visit.now)?;
    Ok(match under_way.ready(PATIENCE).await {
        Some(ended) => Read::Ended(Box::new(ended)),
        None => Read::UnderWay(under_way.key.clone()),
    })
}

/// To where somebody sees how far it is.
fn onward(key: &str) -> Response {
    Redirect::to(&format!("/constitution/trials/{key}")).into_response()
}

/// A trial that goes on, with how far it is; or what came out.
pub(super) async fn under_way_page(visit: Signed, Path(key): Path<String>) -> Answer {
    let trials = visit.desk.service::<Trials>().ok_or(ConstitutionError::TrialGone).map_err(Refusal::from)?;
    let under_way =
        trials.find(visit.member()?, &key).ok_or(ConstitutionError::TrialGone).map_err(Refusal::from)?;
    let (act, args) = &under_way.change;
    match under_way.ready(Duration::ZERO).await {
        Some(Ok(trial)) if trial.report.is_some() => visit.page(show(&visit.ui, &trial, act, args)),
        Some(Ok(trial)) => {
            let told = trial.wrong.first().map(|it| it.why.clone());
            let unusable = || visit.ui.t("constitution-unusable");
            Err(Refusal::input("", "rules_unusable", told.unwrap_or_else(unusable)).into())
        }
        Some(Err(refusal)) => Err(refusal.into()),
        None => {
            let mut page = visit.page(show_under_way(&visit.ui, under_way.progress()))?;
            // Looks again by itself, also without a script.
            page.headers_mut().insert(header::REFRESH, HeaderValue::from_static("2"));
            Ok(page)
        }
    }
}

fn show_under_way(ui: &Ui, progress: Option<(u64, u64)>) -> Markup {
    Page::new(ui, ui.t("constitution-trial"))
        .section("decisions")
        .back(HOME, ui.t("constitution-title"))
        .lead(ui.t("constitution-trial-under-way"))
        .show(card(html! {
            @if let Some((read, of)) = progress {
                @let told = ui.t_with("constitution-trial-read", &[("read", whole(read)), ("of", whole(of))]);
                p { progress max=(of) value=(read) aria-label=(told) {} }
                p { (told) }
            } @else { p { (ui.t("constitution-trial-waits")) } }
            p.note { (ui.t("constitution-trial-again")) }
        }))
}

fn show(ui: &Ui, trial: &Trial, act: &str, args: &str) -> Markup {
    Page::new(ui, ui.t("constitution-trial")).section("decisions").back(HOME, ui.t("constitution-title"))
        .lead(trial.title.as_str())
        .show(html! {
            @if let Some(report) = &trial.report { (told(ui, report)) }
            (section(&ui.t("constitution-propose"), html! {}, card(html! {
                p { (trial.procedure) }
                (form(ui, "/constitution/propose", html! {
                    (field("reason", ui.t("constitution-reason")).area(3).limit(MAX_REASON).optional(ui))
                    div.form-end { (button(ui.t("constitution-propose")).primary()) (link_button(HOME, ui.t("constitution-back")).quiet()) }
                }).hidden("act", act).hidden("args", args))
            })))
        })
}

/// What a change would have done, in words and numbers.
fn told(ui: &Ui, report: &Report) -> Markup {
    let cell = |counted: Counted| {
        html! { @if counted.acts > 0 { (ui.t_with("constitution-counted", &[("acts", whole(counted.acts)), ("people", whole(counted.people))])) } @else { "\u{2013}" } }
    };
    let titles = ["act", "refused", "allowed", "decided", "at-once"]
        .map(|it| ui.t(&format!("constitution-column-{it}")));
    let columns = [
        Column::text(&titles[0]),
        Column::text(&titles[1]),
        Column::text(&titles[2]),
        Column::text(&titles[3]),
        Column::text(&titles[4]),
    ];
    let summary =
        ui.t_with("constitution-asked", &[("asked", whole(report.asked)), ("days", days(report).into())]);
    html! {
        (section(&ui.t("constitution-passages"), html! {}, html! { @for passage in &report.passages { (shown(ui, passage)) } }))
        (section(&ui.t("constitution-effects"), html! {}, html! {
            p { (summary) }
            @if report.differences.is_empty() { p { strong { (ui.t("constitution-no-difference")) } } }
            @else {
                (table(&ui.t("constitution-report"), &columns, report.differences.iter().map(|it| vec![
                    html! { (named(it)) }, cell(it.refused), cell(it.allowed), cell(it.decided), cell(it.at_once),
                ])))
            }
            @if report.erased > 0 { p.note { (ui.t_with("constitution-erased", &[("count", whole(report.erased))])) } }
            @if report.untold > 0 { p.note { (ui.t_with("constitution-untold", &[("count", whole(report.untold))])) } }
            p.note { (ui.t_with("constitution-voters", &[("count", whole(report.voters))])) }
        }))
    }
}

/// Lines that stand together, those that go and those that come marked as such.
fn shown(ui: &Ui, passage: &Passage) -> Markup {
    let place = match passage.place.as_str() {
        "numbers" => ui.t("constitution-numbers"),
        "procedures" => ui.t("constitution-procedures"),
        file => file.to_owned(),
    };
    html! {
        h3 { (place) }
        pre.code.passage tabindex="0" {
            @for line in &passage.lines {
                @match line.fate {
                    Fate::Stays => span { "  " (line.text) "\n" },
                    Fate::Goes => del { "\u{2212} " (line.text) "\n" },
                    Fate::Comes => ins { "+ " (line.text) "\n" },
                }
            }
        }
    }
}

/// An act in words, or by its name where the report has none.
fn named(difference: &Difference) -> &str {
    let about = difference.about.trim_end_matches('.');
    if about.is_empty() { &difference.act } else { about }
}

fn whole(number: u64) -> Arg<'static> {
    i64::try_from(number).unwrap_or(i64::MAX).into()
}

/// Keeps the report and puts the change to the members, with the report's hash in it.
pub(super) async fn propose(visit: Signed, fields: Fields) -> Answer {
    let key = fields.key(&["act", "args", "reason"])?;
    let reason = fields.text("reason").to_owned();
    if longer_than(&reason, MAX_REASON) {
        let sentence = format!("Please keep this to {MAX_REASON} characters.");
        return Err(Refusal::input("reason", "too_long", sentence).into());
    }
    let (act, args) = (fields.text("act").to_owned(), fields.text("args").to_owned());
    let trial = match read(&visit, &act, &args).await? {
        Read::Ended(ended) => (*ended)?,
        Read::UnderWay(key) => return Ok(onward(&key)),
    };
    let unusable = || Refusal::conflict("rules_unusable", visit.ui.t("constitution-unusable"));
    let report = serde_json::to_value(trial.report.ok_or_else(unusable)?).unwrap_or_default();
    let house = Call { actor: Actor::House, key: fresh_key(), now: visit.now };
    let corridor = visit.desk.corridor();
    let kept = corridor.act(house, KeepRehearsal { report }).await?;
    let hash = kept
        .output
        .ok_or_else(|| Refusal::conflict("no_outcome", "This came to no outcome. Please try again."))?;
    let mut args: Value = serde_json::from_str(&args).unwrap_or_default();
    if let Some(fields) = args.as_object_mut() {
        fields.insert("rehearsal".into(), hash.as_str().into());
    }
    let link = format!("[{}](/constitution/rehearsals/{hash})", visit.ui.t("constitution-report"));
    let reason = if reason.is_empty() { link } else { format!("{reason}\n\n{link}") };
    let call = Call { actor: visit.viewer.actor, key, now: visit.now };
    let proposal = json!({ "act": act, "args": args, "reason": reason });
    let done = corridor.act_named(call, PROPOSE, proposal).await?;
    let opened = done.output.as_ref().and_then(|output| output.get("proposal")).and_then(Value::as_str);
    visit.done(
        &opened.map_or_else(|| "/decisions".to_owned(), |id| format!("/decisions/{id}")),
        "constitution-proposed",
    )
}

/// The act that opens a proposal, known here by its name only.
const PROPOSE: &str = "governance.propose";

pub(super) async fn kept_page(visit: Signed, Path(hash): Path<String>) -> Answer {
    let kept = visit.view(Rehearsal { hash }).await?;
    visit.page(show_kept(&visit.ui, &kept))
}

fn show_kept(ui: &Ui, kept: &Kept) -> Markup {
    Page::new(ui, ui.t("constitution-report"))
        .section("decisions")
        .back(HOME, ui.t("constitution-title"))
        .lead(ui.t("constitution-kept-lead"))
        .show(html! {
            (told(ui, &kept.report))
            (facts([
                (ui.t("constitution-compared").as_str(), html! { (kept.report.rules) }),
                (ui.t("constitution-until").as_str(), date(ui, kept.report.until)),
                (ui.t("constitution-hash").as_str(), html! { code { (kept.hash) } }),
            ]))
        })
}
