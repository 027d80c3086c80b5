//! Small charts as SVG with their numbers as text: bars, what came and went, a sparkline, a course over time. They print, go
//! into mails and need no script.

use maud::{Markup, html};
use planet_ontology::units::Moment;

/// One bar: what it is, how long, and the number as people read it.
#[derive(Clone, Debug)]
pub struct Bar {
    /// What it counts.
    pub label: String,
    /// Its length, in any unit; below zero counts as zero.
    pub value: i64,
    /// The number as it is shown.
    pub shown: String,
}

/// Horizontal bars under a title. The numbers stand beside the bars, so nothing is hidden in the picture.
pub fn bars(title: &str, bars: &[Bar]) -> Markup {
    let largest = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    html! {
        figure.chart {
            figcaption { (title) }
            table {
                @for bar in bars {
                    tr {
                        th scope="row" { (bar.label) }
                        td.chart-bar {
                            svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" {
                                rect width=(bar.value.max(0).saturating_mul(1000) / largest) height="10" rx="2" {}
                            }
                        }
                        td.chart-number { (bar.shown) }
                    }
                }
            }
        }
    }
}

/// What came in and what went out within some time.
#[derive(Clone, Debug)]
pub struct Flow {
    /// Which time.
    pub label: String,
    /// What came in, in any unit, and as it is shown.
    pub came: (i64, String),
    /// What went out, in the same unit, and as it is shown; both are zero or more.
    pub went: (i64, String),
}

/// Two bars for each stretch of time, under a title. `names` says what time, what came in and what went out are called.
pub fn flows(title: &str, names: [&str; 3], flows: &[Flow]) -> Markup {
    let largest = flows.iter().flat_map(|flow| [flow.came.0, flow.went.0]).max().unwrap_or(0).max(1);
    let [when, came, went] = names;
    html! {
        figure.chart.chart-flows {
            figcaption { (title) }
            table {
                thead { tr {
                    th scope="col" { (when) }
                    th.chart-number scope="col" { (came) }
                    th.chart-number scope="col" { (went) }
                } }
                tbody {
                    @for flow in flows {
                        tr {
                            th scope="row" { (flow.label) }
                            td.chart-number { (flow.came.1) }
                            td.chart-number { (flow.went.1) }
                        }
                        tr aria-hidden="true" {
                            td.chart-bar colspan="3" {
                                svg viewBox="0 0 1000 22" preserveAspectRatio="none" {
                                    rect width=(part(flow.came.0, largest, 1000)) height="10" rx="2" {}
                                    rect.chart-went width=(part(flow.went.0, largest, 1000)) y="12" height="10" rx="2" {}
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How a number went over time: a value counts until the next one. `ends` are its highest and lowest value and its first and last
/// day in words. Nothing when there are fewer than two points.
pub fn course(title: &str, points: &[(Moment, i64)], ends: [&str; 4], description: &str) -> Markup {
    let (Some((first, _)), Some((last, _))) = (points.first(), points.last()) else {
        return Markup::default();
    };
    if points.len() < 2 {
        return Markup::default();
    }
    let low = points.iter().map(|point| point.1).min().unwrap_or(0).min(0);
    let high = points.iter().map(|point| point.1).max().unwrap_or(0).max(0);
    let x = |at: Moment| part(at.0.saturating_sub(first.0), last.0.saturating_sub(first.0).max(1), 600);
    let y = |value: i64| 118 - part(value.saturating_sub(low), high.saturating_sub(low).max(1), 116);
    let mut line = String::new();
    for (place, (at, value)) in points.iter().enumerate() {
        let step = if place == 0 {
            format!("M{} {}", x(*at), y(*value))
        } else {
            format!("H{}V{}", x(*at), y(*value))
        };
        line.push_str(&step);
    }
    let zero = y(0);
    let [highest, lowest, from, to] = ends;
    html! {
        figure.chart.course {
            figcaption { (title) }
            div.course-frame {
                svg viewBox="0 0 600 120" preserveAspectRatio="none" role="img" aria-label=(description) {
                    path.sparkline-area d={ (line) "V" (zero) "H0Z" } {}
                    path.course-zero d={ "M0 " (zero) "H600" } {}
                    path.sparkline-line d=(line) {}
                }
                span.course-end { (highest) }
                span.course-end.course-low { (lowest) }
            }
            p.course-days { span { (from) } span { (to) } }
        }
    }
}

/// `value` of `whole` on a line of some length.
fn part(value: i64, whole: i64, length: i64) -> i64 {
    let part = i128::from(value.max(0)) * i128::from(length) / i128::from(whole.max(1));
    i64::try_from(part).unwrap_or(length)
}

/// The course of a number as a line without axes. `description` says in words what it shows.
pub fn sparkline(values: &[i64], description: &str) -> Markup {
    let low = values.iter().copied().min().unwrap_or(0);
    let high = values.iter().copied().max().unwrap_or(0);
    let span = high.saturating_sub(low).max(1);
    let steps = values.len().saturating_sub(1).max(1);
    let points: Vec<String> = values
        .iter()
        .enumerate()
        .map(|(at, value)| {
            format!("{},{}", at * 300 / steps, 56 - value.saturating_sub(low).saturating_mul(52) / span)
        })
        .collect();
    html! {
        svg.sparkline viewBox="0 0 300 60" preserveAspectRatio="none" role="img" aria-label=(description) {
            polygon.sparkline-area points={ "0,60 " (points.join(" ")) " 300,60" } {}
            polyline.sparkline-line points=(points.join(" ")) {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fills_the_line_and_each_number_can_be_read() {
        let bar = |value: i64| Bar { label: format!("Week {value}"), value, shown: value.to_string() };
        let html = bars("Payments", &[bar(5), bar(20)]).into_string();
        assert!(html.contains(r#"<rect width="250""#) && html.contains(r#"<rect width="1000""#), "{html}");
        assert!(html.contains(r#"<td class="chart-number">20</td>"#));
    }

    #[test]
    fn what_came_and_went_share_one_scale() {
        let flow = Flow { label: "May".into(), came: (40, "0.40".into()), went: (10, "0.10".into()) };
        let html = flows("Months", ["Month", "In", "Out"], &[flow]).into_string();
        assert!(
            html.contains(r#"<rect width="1000" height="10""#) && html.contains(r#"width="250" y="12""#),
            "{html}"
        );
    }

    #[test]
    fn a_course_keeps_each_value_until_the_next_and_shows_where_zero_is() {
        let points = [(Moment(0), 0), (Moment(50), 10), (Moment(100), -10)];
        let html = course("Balance", &points, ["10", "-10", "May", "June"], "from 0 to -10").into_string();
        assert!(html.contains(r#"class="sparkline-line" d="M0 60H300V2H600V118""#), "{html}");
        assert!(html.contains(r#"class="course-zero" d="M0 60H600""#), "{html}");
        let largest = [(Moment(0), i64::MAX), (Moment(1), i64::MIN)];
        assert!(course("", &largest, [""; 4], "").into_string().contains("H600V118"));
    }

    #[test]
    fn a_sparkline_goes_from_the_lowest_to_the_highest_value() {
        let html = sparkline(&[-10, 0, 10], "rising").into_string();
        assert!(html.contains(r#"points="0,56 150,30 300,4""#), "{html}");
    }
}
