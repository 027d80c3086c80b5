//! The moneys of the world that a holder can hold here: ISO 4217 codes with their decimals and signs. No rates.

/// A money of the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// Its code in ISO 4217.
    pub iso: &'static str,
    /// Its name, in the plural.
    pub name: &'static str,
    /// Its sign.
    pub symbol: &'static str,
    /// Digits after the point, as ISO 4217 says.
    pub decimals: u8,
}

/// The moneys that a form offers, those used most by clubs first. Source: ISO 4217, list one.
pub const MONEYS: &[Money] = &[
    money("GBP", "Pounds", "£", 2),
    money("EUR", "Euros", "€", 2),
    money("USD", "US dollars", "$", 2),
    money("AUD", "Australian dollars", "A$", 2),
    money("BRL", "Brazilian reals", "R$", 2),
    money("CAD", "Canadian dollars", "C$", 2),
    money("CHF", "Swiss francs", "CHF", 2),
    money("CZK", "Czech crowns", "Kč", 2),
    money("DKK", "Danish kroner", "kr", 2),
    money("HUF", "Hungarian forints", "Ft", 2),
    money("INR", "Indian rupees", "₹", 2),
    money("JPY", "Japanese yen", "¥", 0),
    money("KES", "Kenyan shillings", "KSh", 2),
    money("MXN", "Mexican pesos", "MX$", 2),
    money("NOK", "Norwegian kroner", "kr", 2),
    money("NZD", "New Zealand dollars", "NZ$", 2),
    money("PLN", "Polish zlotys", "zł", 2),
    money("RON", "Romanian lei", "lei", 2),
    money("SEK", "Swedish kronor", "kr", 2),
    money("TND", "Tunisian dinars", "DT", 3),
    money("ZAR", "South African rand", "R", 2),
];

const fn money(iso: &'static str, name: &'static str, symbol: &'static str, decimals: u8) -> Money {
    Money { iso, name, symbol, decimals }
}

/// The money of a code.
pub fn find(iso: &str) -> Option<Money> {
    MONEYS.iter().copied().find(|money| money.iso == iso)
}

/// The code under which the club's books keep a holder's money: that of ISO 4217 for the first who holds it, with the
/// beginning of the holder's handle for those after.
pub fn book_code(iso: &str, handle: &str, taken: bool) -> String {
    /// The ledger's codes have twelve characters at the most, of which three are the money's.
    const REST: usize = 9;
    if !taken {
        return iso.to_owned();
    }
    let rest: String = handle.chars().filter(char::is_ascii_alphanumeric).take(REST).collect();
    format!("{iso}{}", rest.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_holder_has_the_plain_code_and_the_next_one_of_their_own() {
        assert_eq!(book_code("GBP", "the-bakery", false), "GBP");
        assert_eq!(book_code("GBP", "the-bakery-on-elm", true), "GBPTHEBAKERY");
        assert_eq!(find("JPY").map(|money| money.decimals), Some(0));
        assert!(find("XXX").is_none());
    }
}
