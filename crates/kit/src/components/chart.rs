//! Small charts as SVG with their numbers as text: bars and a sparkline. They print, go into mails and need no script.

use maud::{Markup, html};

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
    fn a_sparkline_goes_from_the_lowest_to_the_highest_value() {
        let html = sparkline(&[-10, 0, 10], "rising").into_string();
        assert!(html.contains(r#"points="0,56 150,30 300,4""#), "{html}");
    }
}
