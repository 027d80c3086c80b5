//! Numbers as chains write them: hexadecimal quantities of up to 256 bits, whole decimal numbers. Nothing is rounded unnoticed.

use super::ChainError;
use serde_json::Value;

/// The most digits of a number of 256 bits.
const DIGITS: usize = 78;

/// A quantity such as `0x1b4` that fits where we count.
pub(super) fn quantity(value: Option<&Value>, what: &'static str) -> Result<i64, ChainError> {
    let text = value.and_then(Value::as_str).and_then(|text| text.strip_prefix("0x"));
    let number = text.and_then(|digits| i64::from_str_radix(digits, 16).ok()).filter(|number| *number >= 0);
    number.ok_or(ChainError::Nonsense(what))
}

/// A quantity of up to 256 bits as decimal digits.
pub(super) fn large(value: Option<&Value>, what: &'static str) -> Result<String, ChainError> {
    let text = value.and_then(Value::as_str).and_then(|text| text.strip_prefix("0x"));
    text.and_then(decimal).ok_or(ChainError::Nonsense(what))
}

/// Hex digits of up to 256 bits as decimal digits.
pub(super) fn decimal(hex: &str) -> Option<String> {
    let hex = hex.trim_start_matches('0');
    if hex.len() > 64 {
        return None;
    }
    let mut digits: Vec<u32> = vec![0];
    for letter in hex.chars() {
        let mut carry = letter.to_digit(16)?;
        for digit in &mut digits {
            let sum = *digit * 16 + carry;
            *digit = sum % 10;
            carry = sum / 10;
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().map(|digit| char::from_digit(*digit, 10)).collect()
}

/// A decimal number as a quantity.
pub(super) fn hex(decimal: &str) -> Option<String> {
    if !fits(decimal) {
        return None;
    }
    let mut digits: Vec<u32> = vec![0];
    for letter in decimal.chars() {
        let mut carry = letter.to_digit(10)?;
        for digit in &mut digits {
            let sum = *digit * 10 + carry;
            *digit = sum % 16;
            carry = sum / 16;
        }
        while carry > 0 {
            digits.push(carry % 16);
            carry /= 16;
        }
    }
    let text: Option<String> = digits.iter().rev().map(|digit| char::from_digit(*digit, 16)).collect();
    text.map(|text| format!("0x{text}"))
}

/// Whether a text is a whole number that a chain can mean.
pub fn fits(amount: &str) -> bool {
    !amount.is_empty() && amount.len() <= DIGITS && amount.bytes().all(|byte| byte.is_ascii_digit())
}

/// Wei in whole gwei, as the books count ether; none if it is more than they hold. What is less than a gwei stays in the text
/// beside it.
pub fn gwei(wei: &str) -> Option<i64> {
    if !fits(wei) {
        return None;
    }
    match wei.len().checked_sub(9).and_then(|end| wei.get(..end)) {
        None | Some("") => Some(0),
        Some(whole) => whole.parse().ok(),
    }
}

/// The product of two numbers in decimal digits: what gas costs.
pub(super) fn product(one: i64, other: i64) -> String {
    (i128::from(one) * i128::from(other)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn quantities_are_read_exactly_and_nothing_else_is_one() {
        assert_eq!(quantity(Some(&json!("0x1b4")), "x"), Ok(436));
        for wrong in
            [json!("1b4"), json!(436), json!("0x"), json!("0x8000000000000000"), json!("0x-1"), json!(null)]
        {
            assert!(quantity(Some(&wrong), "x").is_err(), "{wrong}");
        }
    }

    #[test]
    fn large_numbers_go_there_and_back() {
        let most = "f".repeat(64);
        let decimals = "115792089237316195423570985008687907853269984665640564039457584007913129639935";
        assert_eq!(decimal(&most).as_deref(), Some(decimals));
        assert_eq!(hex(decimals), Some(format!("0x{most}")));
        assert_eq!(decimal("").as_deref(), Some("0"));
        assert_eq!(decimal(&"f".repeat(65)), None);
        assert_eq!(decimal("xyz"), None);
        assert_eq!(hex("1000000000000000000").as_deref(), Some("0xde0b6b3a7640000"));
    }

    #[test]
    fn ether_is_booked_in_whole_gwei() {
        assert_eq!(gwei("1000000000000000000"), Some(1_000_000_000));
        assert_eq!(gwei("999999999"), Some(0));
        assert_eq!(gwei("1999999999"), Some(1));
        assert_eq!(gwei(&"9".repeat(40)), None);
        assert_eq!(gwei("12x"), None);
    }
}
