//! How amounts, names and texts are written for programs that read plain text: exact, on one line, and never as syntax.

use planet_ontology::units::{Amount, MINUTES};

/// Digits after the point. Time is written in whole minutes: an hour has no exact third.
pub const fn places(decimals: u8) -> u8 {
    if decimals == MINUTES { 0 } else { decimals }
}

/// The name of a currency's unit: its short name, and for time that these are minutes.
pub fn unit(code: &str, decimals: u8) -> String {
    if decimals == MINUTES { format!("{code}-MIN") } else { code.to_owned() }
}

/// An amount as receipts write it: as [`decimal`] does, and time in hours and minutes, `1:30`.
pub fn plain_amount(amount: Amount, decimals: u8) -> String {
    if decimals != MINUTES {
        return decimal(amount, decimals);
    }
    let (sign, minutes) = (if amount.0 < 0 { "-" } else { "" }, amount.0.unsigned_abs());
    format!("{sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// An amount with all decimals of its currency, `-1234.50`: no grouping, no symbol.
pub fn decimal(amount: Amount, decimals: u8) -> String {
    let sign = if amount.0 < 0 { "-" } else { "" };
    let digits = amount.0.unsigned_abs().to_string();
    let places = usize::from(places(decimals));
    if places == 0 {
        return format!("{sign}{digits}");
    }
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, fraction) = padded.split_at(padded.len() - places);
    format!("{sign}{whole}.{fraction}")
}

/// A part of an account's name: letters, digits and hyphens, beginning with a capital or a digit, as beancount wants it and
/// the others take it.
pub fn account_part(text: &str) -> String {
    let parts: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let joined = parts.join("-");
    let mut chars = joined.chars();
    match chars.next() {
        None => "Other".into(),
        Some(first) if first.is_ascii_digit() => joined,
        Some(first) => {
            let capital: String = first.to_uppercase().collect();
            if capital.chars().all(char::is_uppercase) {
                capital + chars.as_str()
            } else {
                format!("X{joined}")
            }
        }
    }
}

/// The account of a wallet in a currency.
pub fn wallet_account(code: &str) -> String {
    format!("Assets:Wallet:{}", account_part(code))
}

/// The account that a movement comes from or goes to.
pub fn other_account(amount: Amount, category: &str) -> String {
    let root = if amount.0 < 0 { "Expenses" } else { "Income" };
    let part = if category.trim().is_empty() { "Uncategorised".into() } else { account_part(category) };
    format!("{root}:{part}")
}
