//! Times as people say them, in the reader's zone and words.

use crate::ui::Ui;
use jiff::{Timestamp, Zoned};
use maud::{Markup, html};
use planet_ontology::units::Moment;

/// How long ago, or the date when that is more than a week: `5 minutes ago`. The exact time shows on hovering.
pub fn ago(ui: &Ui, moment: Moment) -> Markup {
    let seconds = (ui.now.0.saturating_sub(moment.0)) / Moment::SECOND;
    let text = match seconds {
        ..=44 => ui.t("ago-now"),
        45..3_600 => ui.t_with("ago-minutes", &[("count", ((seconds + 30) / 60).clamp(1, 59).into())]),
        3_600..86_400 => ui.t_with("ago-hours", &[("count", (seconds / 3_600).into())]),
        86_400..604_800 => ui.t_with("ago-days", &[("count", (seconds / 86_400).into())]),
        _ => day(ui, moment),
    };
    html! { time datetime=(moment.rfc3339()) title=(full(ui, moment)) { (text) } }
}

/// The date and time: `23 November 2026, 14:05`.
pub fn date(ui: &Ui, moment: Moment) -> Markup {
    html! { time datetime=(moment.rfc3339()) { (full(ui, moment)) } }
}

/// The date alone, without the year when it is this one: `23 November`.
pub fn day(ui: &Ui, moment: Moment) -> String {
    let (then, now) = (zoned(ui, moment), zoned(ui, ui.now));
    let month = ui.t(&format!("month-{}", then.month()));
    let this_year = then.year() == now.year();
    let args =
        [("day", then.day().into()), ("month", month.into()), ("year", then.year().to_string().into())];
    ui.t_with(if this_year { "date-this-year" } else { "date" }, &args)
}

/// How much time is left: `in 3 days`. Nothing when it is over.
pub fn left(ui: &Ui, moment: Moment) -> Option<String> {
    let seconds = moment.0.saturating_sub(ui.now.0) / Moment::SECOND;
    let (key, count) = match seconds {
        ..=0 => return None,
        1..3_600 => ("left-minutes", (seconds / 60).max(1)),
        // Two days are better told in days, one in hours.
        3_600..172_800 => ("left-hours", seconds / 3_600),
        _ => ("left-days", (seconds + 43_200) / 86_400),
    };
    Some(ui.t_with(key, &[("count", count.into())]))
}

/// A day and a time as a form sends them, in words: `Friday, 4 December 2026, 19:00`. Nothing where it is none.
pub fn day_and_time(ui: &Ui, sent: &str) -> Option<String> {
    let then: jiff::civil::DateTime = sent.parse().ok()?;
    let (month, weekday) = (
        ui.t(&format!("month-{}", then.month())),
        ui.t(&format!("weekday-{}", then.weekday().to_monday_one_offset())),
    );
    let args =
        [("day", then.day().into()), ("month", month.into()), ("year", then.year().to_string().into())];
    Some(format!("{weekday}, {}, {:02}:{:02}", ui.t_with("date", &args), then.hour(), then.minute()))
}

fn full(ui: &Ui, moment: Moment) -> String {
    let then = zoned(ui, moment);
    format!("{}, {:02}:{:02}", day(ui, moment), then.hour(), then.minute())
}

/// The moment on the reader's calendar; moments beyond jiff's years stay at its last one.
fn zoned(ui: &Ui, moment: Moment) -> Zoned {
    let limit = if moment.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    Timestamp::from_microsecond(moment.0).unwrap_or(limit).to_zoned(ui.zone.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing::ui;

    #[test]
    fn times_are_told_as_people_say_them() {
        let ui = ui();
        let past = |seconds: i64| ago(&ui, ui.now.plus_seconds(-seconds)).into_string();
        let says = |seconds: i64, words: &str| {
            let html = past(seconds);
            assert!(html.ends_with(&format!(">{words}</time>")), "{html}");
        };
        says(3, "just now");
        says(-100, "just now");
        says(60, "1 minute ago");
        says(3_599, "59 minutes ago");
        says(7_300, "2 hours ago");
        says(86_400, "1 day ago");
        says(40 * 86_400, "14 October");
        says(400 * 86_400, "19 October 2025");
    }

    #[test]
    fn what_is_left_and_a_chosen_day_are_told_as_people_say_them() {
        let ui = ui();
        let says = |seconds: i64| left(&ui, ui.now.plus_seconds(seconds));
        assert_eq!(says(0), None);
        assert_eq!(says(30).as_deref(), Some("in 1 minute"));
        assert_eq!(says(30 * 3_600).as_deref(), Some("in 30 hours"));
        assert_eq!(says(3 * 86_400).as_deref(), Some("in 3 days"));
        let day = day_and_time(&ui, "2026-12-04T19:00");
        assert_eq!(day.as_deref(), Some("Friday, 4 December 2026, 19:00"));
        assert_eq!(day_and_time(&ui, "next week"), None);
    }
}
