//! A meter: where a number stands between two limits, with zero marked. For balances; calm, never alarming by itself.

use maud::{Markup, Render, html};

/// A meter. Made by [`meter`].
pub struct Meter {
    value: i64,
    low: i64,
    high: i64,
    description: String,
    low_text: Option<Markup>,
    high_text: Option<Markup>,
}

/// Where `value` stands between `low` and `high`. `description` says the same in words.
pub fn meter(value: i64, low: i64, high: i64, description: impl Into<String>) -> Meter {
    Meter { value, low, high, description: description.into(), low_text: None, high_text: None }
}

impl Meter {
    /// What stands below its two ends, such as the limits as money.
    #[must_use]
    pub fn ends(mut self, low: Markup, high: Markup) -> Self {
        self.low_text = Some(low);
        self.high_text = Some(high);
        self
    }

    /// A number's place from 0 to 1000.
    fn place(&self, number: i64) -> i128 {
        let span = (i128::from(self.high) - i128::from(self.low)).max(1);
        ((i128::from(number) - i128::from(self.low)) * 1000 / span).clamp(0, 1000)
    }
}

impl Render for Meter {
    fn render(&self) -> Markup {
        let (zero, at) = (self.place(0), self.place(self.value));
        let (start, end) = if at < zero { (at, zero) } else { (zero, at) };
        let kind = if self.value < 0 { "meter-fill below" } else { "meter-fill" };
        let percent = |place: i128| format!("{}.{}%", place / 10, place % 10);
        html! {
            div.meter {
                svg role="img" aria-label=(self.description) {
                    rect.meter-rail y="6" width="100%" height="8" rx="4" {}
                    rect class=(kind) x=(percent(start)) y="6" width=(percent(end - start)) height="8" rx="4" {}
                    rect.meter-zero x=(percent(zero)) y="2" width="2" height="16" rx="1" transform="translate(-1)" {}
                    circle.meter-knob cx=(percent(at)) cy="10" r="7" {}
                }
                @if let (Some(low), Some(high)) = (&self.low_text, &self.high_text) {
                    div.meter-ends { span { (low) } span { (high) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_balance_below_zero_fills_from_zero_downwards() {
        let html = meter(-50, -100, 100, "below").render().into_string();
        assert!(html.contains(r#"class="meter-fill below" x="25.0%" y="6" width="25.0%""#), "{html}");
    }

    #[test]
    fn a_balance_beyond_its_limit_stays_inside_the_picture() {
        assert!(meter(500, -100, 100, "").render().into_string().contains(r#"cx="100.0%""#));
        assert!(meter(0, 0, 0, "").render().into_string().contains(r#"cx="0.0%""#));
    }
}
