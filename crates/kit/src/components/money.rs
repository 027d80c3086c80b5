//! Money as people read it: grouped, tabular, with a true minus and the unit where it belongs.

use maud::{Markup, html};
use planet_ontology::units::Amount;

/// How a currency is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// A sign such as `€` or a word such as `hours`.
    pub symbol: String,
    /// Digits after the point.
    pub decimals: u8,
}

impl Unit {
    /// Whether the symbol stands before the number: signs do, letters do not.
    pub fn leads(&self) -> bool {
        !self.symbol.chars().any(char::is_alphanumeric)
    }

    /// An amount within a sentence: `€ 12.50`, `3.00 hours`.
    pub fn said(&self, amount: Amount) -> String {
        let number = amount.show(self.decimals);
        match (self.symbol.as_str(), self.leads()) {
            ("", _) => number,
            (symbol, true) => format!("{symbol}\u{202f}{number}"),
            (symbol, false) => format!("{number}\u{a0}{symbol}"),
        }
    }
}

/// An amount: `€ 12.50`, `−3.00 hours`.
pub fn money(amount: Amount, unit: &Unit) -> Markup {
    written("money", "", amount, unit)
}

/// An amount that came in or went out: always with a sign; what came in is coloured.
pub fn money_signed(amount: Amount, unit: &Unit) -> Markup {
    if amount.0 > 0 {
        written("money money-in", "+", amount, unit)
    } else {
        written("money", "", amount, unit)
    }
}

/// The one large amount of a page.
pub fn balance(amount: Amount, unit: &Unit) -> Markup {
    written("money money-balance", "", amount, unit)
}

fn written(class: &str, plus: &str, amount: Amount, unit: &Unit) -> Markup {
    let text = amount.show(unit.decimals);
    let (sign, digits) =
        text.strip_prefix('\u{2212}').map_or((plus, text.as_str()), |rest| ("\u{2212}", rest));
    html! {
        span class=(class) {
            (sign)
            @if unit.leads() { span.unit { (unit.symbol) } "\u{202f}" (digits) }
            @else { (digits) "\u{a0}" span.unit { (unit.symbol) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_has_its_sign_first_and_its_unit_where_people_write_it() {
        let euro = Unit { symbol: "€".into(), decimals: 2 };
        let hours = Unit { symbol: "hours".into(), decimals: 1 };
        let html = |markup: Markup| markup.into_string();
        assert_eq!(
            html(money(Amount(-123_450), &euro)),
            "<span class=\"money\">\u{2212}<span class=\"unit\">€</span>\u{202f}1\u{202f}234.50</span>"
        );
        assert_eq!(
            html(money_signed(Amount(25), &hours)),
            "<span class=\"money money-in\">+2.5\u{a0}<span class=\"unit\">hours</span></span>"
        );
    }
}
