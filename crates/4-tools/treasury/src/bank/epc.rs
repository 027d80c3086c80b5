//! The code that a bank's app scans to fill in a transfer in euros. Source: EPC069-12, version 3.1.

use super::details::BankDetails;
use planet_ontology::units::Amount;

/// The most and the least that such a code may ask for, in cents.
const RANGE: std::ops::RangeInclusive<i64> = 1..=99_999_999_999;

/// The text of the code: whom to pay, how much, and the reference as free text. Nothing where the account has no IBAN or the
/// amount does not fit.
pub fn code(to: &BankDetails, amount: Amount, reference: &str) -> Option<String> {
    if to.iban.is_empty() || !RANGE.contains(&amount.0) {
        return None;
    }
    let euros = format!("EUR{}.{:02}", amount.0 / 100, amount.0 % 100);
    let lines = ["BCD", "002", "1", "SCT", &to.bic, &to.account_name, &to.iban, &euros, "", "", reference];
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_says_what_an_independent_encoder_says() {
        let to = BankDetails {
            account_name: "The Bakery".into(),
            iban: "DE89370400440532013000".into(),
            bic: "COBADEFFXXX".into(),
            ..BankDetails::default()
        };
        // As `segno.helpers.make_epc_qr(name=…, iban=…, bic=…, amount=50.25, text=…)` of PyPI segno 1.6 writes it.
        let expected =
            "BCD\n002\n1\nSCT\nCOBADEFFXXX\nThe Bakery\nDE89370400440532013000\nEUR50.25\n\n\n7KQ4M2XB";
        assert_eq!(code(&to, Amount(5_025), "7KQ4M2XB").as_deref(), Some(expected));
        assert_eq!(code(&to, Amount(0), "7KQ4M2XB"), None);
        assert_eq!(code(&BankDetails::default(), Amount(5_000), "7KQ4M2XB"), None);
    }
}
