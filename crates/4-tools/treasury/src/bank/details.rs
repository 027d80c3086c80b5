//! An account at a bank: IBAN, or sort code and account number, checked as far as they can be without asking the bank.

use crate::error::TreasuryError;
use planet_ontology::units::longer_than;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The longest name on a bank account, in characters. SEPA allows 70.
pub const MAX_NAME: u32 = 70;
/// An IBAN has 15 to 34 characters (ISO 13616).
const IBAN_LENGTHS: std::ops::RangeInclusive<usize> = 15..=34;
/// How long the IBANs of some countries are. Others are checked by their digits alone. Source: SWIFT's IBAN registry.
const LENGTHS: [(&str, usize); 28] = [
    ("AT", 20),
    ("BE", 16),
    ("BG", 22),
    ("CH", 21),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DK", 18),
    ("EE", 20),
    ("ES", 24),
    ("FI", 18),
    ("FR", 27),
    ("GB", 22),
    ("GR", 27),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IT", 27),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("NL", 18),
    ("NO", 15),
    ("PL", 28),
    ("PT", 25),
    ("RO", 24),
    ("SE", 24),
    ("SI", 19),
];

/// An account at a bank, as a person writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BankDetails {
    /// The name on the account.
    pub account_name: String,
    /// Its IBAN, where it has one.
    #[serde(default)]
    pub iban: String,
    /// The bank's BIC, where it is needed.
    #[serde(default)]
    pub bic: String,
    /// The British sort code, with the account number.
    #[serde(default)]
    pub sort_code: String,
    /// The account number, with the sort code or alone.
    #[serde(default)]
    pub account_number: String,
}

impl BankDetails {
    /// The same without blanks, if it is an account: an IBAN whose digits agree, or a sort code with an account number.
    pub fn checked(&self) -> Result<Self, TreasuryError> {
        let details = Self {
            account_name: self.account_name.split_whitespace().collect::<Vec<_>>().join(" "),
            iban: compact(&self.iban),
            bic: compact(&self.bic),
            sort_code: compact(&self.sort_code),
            account_number: compact(&self.account_number),
        };
        if details.account_name.is_empty() || longer_than(&details.account_name, MAX_NAME) {
            return Err(TreasuryError::AccountNameWrong);
        }
        if !details.bic.is_empty() && !is_bic(&details.bic) {
            return Err(TreasuryError::BicWrong);
        }
        if !details.iban.is_empty() && !is_iban(&details.iban) {
            return Err(TreasuryError::IbanWrong);
        }
        let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
            lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
        };
        let local = !details.sort_code.is_empty() || !details.account_number.is_empty();
        if details.iban.is_empty() && !local {
            return Err(TreasuryError::AccountMissing);
        }
        if local && !digits(&details.sort_code, 6..=6) {
            return Err(TreasuryError::SortCodeWrong);
        }
        if local && !digits(&details.account_number, 6..=10) {
            return Err(TreasuryError::AccountNumberWrong);
        }
        Ok(details)
    }

    /// Its last four characters, by which its owner knows it again.
    pub fn tail(&self) -> String {
        let number = if self.iban.is_empty() { &self.account_number } else { &self.iban };
        let skipped = number.chars().count().saturating_sub(4);
        number.chars().skip(skipped).collect()
    }

    /// The IBAN in groups of four, as it is printed.
    pub fn iban_in_groups(&self) -> String {
        let characters: Vec<char> = self.iban.chars().collect();
        characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
    }
}

/// Without blanks and hyphens, in capitals.
fn compact(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect::<String>().to_uppercase()
}

/// Whether a text is an IBAN: its country's length, and the remainder 1 by 97 (ISO 7064, MOD 97-10).
pub fn is_iban(iban: &str) -> bool {
    let country = iban.get(..2).unwrap_or_default();
    let shape = IBAN_LENGTHS.contains(&iban.len())
        && iban.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && iban.bytes().skip(2).take(2).all(|b| b.is_ascii_digit());
    let length =
        LENGTHS.iter().find(|(code, _)| *code == country).is_none_or(|(_, length)| *length == iban.len());
    let (head, body) = iban.split_at_checked(4).unwrap_or_default();
    let remainder = body.chars().chain(head.chars()).fold(0, |remainder, c| {
        let value = c.to_digit(36).unwrap_or(0);
        (if value < 10 { remainder * 10 } else { remainder * 100 } + value) % 97
    });
    shape && length && remainder == 1
}

/// Whether a text has the shape of a BIC (ISO 9362): six letters, and two or five letters or digits.
fn is_bic(bic: &str) -> bool {
    matches!(bic.len(), 8 | 11)
        && bic.bytes().take(6).all(|b| b.is_ascii_uppercase())
        && bic.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iban_with_one_wrong_digit_is_refused() {
        // The examples of the IBAN registry.
        for iban in [
            "GB29NWBK60161331926819",
            "DE89370400440532013000",
            "FR1420041010050500013M02606",
            "NO9386011117947",
        ] {
            assert!(is_iban(iban), "{iban}");
            let digits = iban.char_indices().filter(|(at, c)| *at > 1 && c.is_ascii_digit());
            for (at, digit) in digits {
                let other = if digit == '9' { '0' } else { '9' };
                let mut wrong = iban.to_owned();
                wrong.replace_range(at..=at, &other.to_string());
                assert!(!is_iban(&wrong), "{wrong}");
            }
        }
        for wrong in [
            "",
            "GB",
            "GB29",
            "GB29 NWBK 6016 1331 9268 19",
            "DE8937040044053201300",
            "1234567890123456",
            "ÄÖ89370400440532013000",
        ] {
            assert!(!is_iban(wrong), "{wrong}");
        }
    }

    #[test]
    fn an_account_is_an_iban_or_a_sort_code_with_a_number() {
        let account = |iban: &str, sort_code: &str, account_number: &str| {
            BankDetails {
                account_name: "  The  Bakery ".into(),
                iban: iban.into(),
                bic: String::new(),
                sort_code: sort_code.into(),
                account_number: account_number.into(),
            }
            .checked()
        };
        let read = account("de89 3704 0044 0532 0130 00", "", "").unwrap();
        assert_eq!(
            (read.iban.as_str(), read.account_name.as_str(), read.tail().as_str()),
            ("DE89370400440532013000", "The Bakery", "3000")
        );
        assert_eq!(read.iban_in_groups(), "DE89 3704 0044 0532 0130 00");
        assert_eq!(account("", "60-16-13", "31926819").unwrap().tail(), "6819");
        assert_eq!(account("", "", ""), Err(TreasuryError::AccountMissing));
        assert_eq!(account("", "60-16", "31926819"), Err(TreasuryError::SortCodeWrong));
        assert_eq!(account("", "60-16-13", "x"), Err(TreasuryError::AccountNumberWrong));
        assert_eq!(account("DE00370400440532013000", "", ""), Err(TreasuryError::IbanWrong));
    }
}
