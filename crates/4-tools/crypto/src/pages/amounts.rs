//! Amounts of coins as people read them: all that counts behind the point, a true minus, spaces between thousands.

use crate::views::Holding;
use planet_kit::prelude::*;

/// A whole number of the smallest unit, written in the unit that people use: `−1 234.5`.
pub fn written(exact: &str, decimals: i64) -> String {
    let (sign, digits) = exact.strip_prefix('-').map_or(("", exact), |digits| ("\u{2212}", digits));
    let decimals = usize::try_from(decimals).unwrap_or(0);
    let padded = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, fraction) = padded.split_at_checked(padded.len() - decimals).unwrap_or((&padded, ""));
    let fraction = fraction.trim_end_matches('0');
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{grouped}{point}{fraction}")
}

/// How many digits behind the point are shown where there is little room.
const PLACES: usize = 8;

/// An amount cut to what there is room for, never made more than it is; with whether anything was cut.
fn short(it: &Holding) -> (String, bool) {
    let text = written(&it.exact, it.decimals);
    let Some((whole, fraction)) = text.split_once('.') else { return (text, false) };
    let Some((kept, _)) = fraction.split_at_checked(PLACES).filter(|(_, cut)| !cut.is_empty()) else {
        return (text, false);
    };
    let kept = kept.trim_end_matches('0');
    (if kept.is_empty() { format!("{whole}\u{2026}") } else { format!("{whole}.{kept}\u{2026}") }, true)
}

/// An amount with its sign.
pub fn amount(it: &Holding) -> Markup {
    html! { span.money { (written(&it.exact, it.decimals)) "\u{a0}" (it.symbol) } }
}

/// The one large amount of a page, and where it had to be cut, all of it in small below.
pub fn amount_large(it: &Holding) -> Markup {
    let (text, cut) = short(it);
    html! {
        span.money.money-balance { (text) "\u{a0}" span.unit { (it.symbol) } }
        @if cut { p.note { (written(&it.exact, it.decimals)) "\u{a0}" (it.symbol) } }
    }
}

/// A text that has to be read to its end, such as an address: all of it, and a button that takes it along.
pub fn whole(ui: &Ui, text: &str) -> Markup {
    html! {
        p { code.secret { (text) } }
        p { button.button.button-plain.button-small type="button" hidden data-copy-text=(text) { (icon(ui, "copy")) span { (ui.t("crypto-copy")) } } }
    }
}

/// An amount that came in or went out, always with a sign; what came in is coloured.
pub fn amount_signed(it: &Holding) -> Markup {
    let incoming = !it.exact.starts_with('-') && it.exact != "0";
    html! {
        span.money.money-in[incoming] { @if incoming { "+" } (short(it).0) "\u{a0}" (it.symbol) }
    }
}

#[cfg(test)]
mod tests {
    use super::{short, written};
    use crate::views::Holding;

    #[test]
    fn what_is_cut_says_so_and_never_becomes_more() {
        let it = |exact: &str| Holding {
            asset: String::new(),
            symbol: "ETH".into(),
            decimals: 18,
            exact: exact.into(),
        };
        assert_eq!(short(&it("2000000000000000000")), ("2".into(), false));
        assert_eq!(short(&it("249901856999999999")), ("0.24990185\u{2026}".into(), true));
        assert_eq!(short(&it("-1")), ("\u{2212}0\u{2026}".into(), true));
    }

    #[test]
    fn amounts_are_written_exactly_and_without_idle_zeros() {
        for (exact, decimals, text) in [
            ("0", 8, "0"),
            ("50000", 8, "0.0005"),
            ("-123456789012", 8, "\u{2212}1\u{202f}234.56789012"),
            ("1", 18, "0.000000000000000001"),
            ("1000000000000000000", 18, "1"),
            ("1234567", 0, "1\u{202f}234\u{202f}567"),
        ] {
            assert_eq!(written(exact, decimals), text);
        }
    }
}
