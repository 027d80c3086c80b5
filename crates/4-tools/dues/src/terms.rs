//! The terms of membership as a value: what joining and staying costs, what shares cost, what helps who cannot pay. Pure checks; who
//! decides about them and what follows from them is elsewhere.

use crate::error::DuesError;
use jiff::ToSpan;
use jiff::civil::Date;
use planet_ontology::calendar::{Every, day_of};
use planet_ontology::ids::CurrencyId;
use planet_ontology::units::{Amount, Moment, longer_than};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most that anything here may cost, in minor units: a bound far from the edges of the ledger.
pub const MOST: i64 = 1_000_000_000_000;
/// The most shares that a member may hold.
pub const MOST_SHARES: i64 = 100_000;
/// The longest notice before shares are repaid, in days.
pub const LONGEST_NOTICE: i64 = 1_830;
/// The longest time for which past members stay in the register, in years.
pub const MOST_YEARS: i64 = 30;
/// The longest words of a request or an answer, in characters.
pub const LONGEST_WORDS: u32 = 500;
/// The longest hardship rule, in characters.
pub const LONGEST_HARDSHIP: u32 = 1_000;
/// How many days after joining the joining fee is due.
pub const JOINING_DAYS: i64 = 30;
/// How many days before it is due an amount is written down, so that nobody is surprised.
pub const AHEAD_DAYS: i64 = 14;
/// How far ahead the first day may lie, in years.
const FARTHEST: i64 = 2;

/// What membership costs. Amounts are in minor units of one currency; zero means that there is no such thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The currency; the club's own credit if it is left out.
    #[serde(default)]
    pub currency: Option<CurrencyId>,
    /// What a newcomer pays once.
    #[serde(default)]
    pub joining_fee: Amount,
    /// What a member pays each period.
    #[serde(default)]
    pub dues: Amount,
    /// How often: `month`, `quarter` or `year`.
    pub every: Every,
    /// The first day on which dues are due, as `2026-12-31`. The others follow from it, the last of a month where it has no such day.
    pub first: String,
    /// What one share costs.
    #[serde(default)]
    pub share_price: Amount,
    /// How many shares each member holds at the least.
    #[serde(default)]
    pub least_shares: i64,
    /// How many shares a member may hold. Votes do not depend on them.
    #[serde(default)]
    pub most_shares: i64,
    /// How many days after a member asked for it shares are repaid.
    #[serde(default)]
    pub notice_days: i64,
    /// For how many years past members stay in the register.
    pub keep_years: i64,
    /// What somebody does who cannot pay, in words.
    pub hardship: String,
}

impl Terms {
    /// The same without blanks around words, if it makes sense.
    ///
    /// # Errors
    /// What makes no sense, by its field.
    pub fn checked(&self) -> Result<Self, DuesError> {
        let amounts = [self.joining_fee, self.dues, self.share_price];
        if amounts.iter().any(|amount| !(0..=MOST).contains(&amount.0)) {
            return Err(DuesError::AmountOutOfRange);
        }
        if !matches!(self.every, Every::Month | Every::Quarter | Every::Year) {
            return Err(DuesError::PeriodUnknown);
        }
        self.first_day()?;
        if !(0..=MOST_SHARES).contains(&self.least_shares)
            || !(self.least_shares..=MOST_SHARES).contains(&self.most_shares)
        {
            return Err(DuesError::SharesOutOfRange);
        }
        if (self.share_price.0 > 0) != (self.most_shares > 0) {
            return Err(DuesError::PriceMissing);
        }
        if self.share_price.0.checked_mul(self.most_shares).is_none_or(|all| all > MOST) {
            return Err(DuesError::AmountOutOfRange);
        }
        if !(0..=LONGEST_NOTICE).contains(&self.notice_days) {
            return Err(DuesError::NoticeOutOfRange);
        }
        if !(1..=MOST_YEARS).contains(&self.keep_years) {
            return Err(DuesError::YearsOutOfRange);
        }
        let hardship = self.hardship.trim();
        if hardship.is_empty() || longer_than(hardship, LONGEST_HARDSHIP) {
            return Err(DuesError::HardshipMissing);
        }
        Ok(Self { hardship: hardship.to_owned(), ..self.clone() })
    }

    /// The first day.
    ///
    /// # Errors
    /// When it is no day.
    pub fn first_day(&self) -> Result<Date, DuesError> {
        self.first.parse().map_err(|_| DuesError::DayUnclear)
    }

    /// Whether the first day lies in the near future: said only when terms are proposed, for a vote takes its time.
    ///
    /// # Errors
    /// When it does not.
    pub fn check_begins(&self, now: Moment) -> Result<(), DuesError> {
        let (first, today) = (self.first_day()?, day_of(now));
        let earliest = today.checked_sub(1.day()).unwrap_or(today);
        let latest = today.checked_add(FARTHEST.years()).unwrap_or(today);
        if (earliest..=latest).contains(&first) { Ok(()) } else { Err(DuesError::DayOutOfRange) }
    }

    /// What shares of this number cost.
    ///
    /// # Errors
    /// When there are no shares, or not so many.
    pub fn price_of(&self, number: i64) -> Result<Amount, DuesError> {
        if self.share_price.0 <= 0 {
            return Err(DuesError::NoShares);
        }
        if !(1..=MOST_SHARES).contains(&number) {
            return Err(DuesError::NumberOutOfRange);
        }
        let price = self.share_price.0.checked_mul(number).ok_or(DuesError::NumberOutOfRange)?;
        Ok(Amount(price))
    }
}

/// A part of an amount in a hundred, rounded down in favour of who pays.
pub fn part(amount: Amount, percent: i64) -> Amount {
    let part = i128::from(amount.0) * i128::from(percent.clamp(0, 100)) / 100;
    Amount(i64::try_from(part).unwrap_or(amount.0))
}

/// Words without blanks around them, if they are short enough.
///
/// # Errors
/// When they are too long.
pub fn checked_words(words: &str) -> Result<String, DuesError> {
    if longer_than(words, LONGEST_WORDS) { Err(DuesError::TooLong) } else { Ok(words.trim().to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms() -> Terms {
        Terms {
            currency: None,
            joining_fee: Amount(1_000),
            dues: Amount(500),
            every: Every::Month,
            first: "2027-01-31".into(),
            share_price: Amount(2_500),
            least_shares: 1,
            most_shares: 20,
            notice_days: 90,
            keep_years: 10,
            hardship: " Ask. ".into(),
        }
    }

    #[test]
    fn terms_that_make_no_sense_say_by_which_field() {
        assert_eq!(terms().checked().unwrap().hardship, "Ask.");
        let wrong = |change: fn(&mut Terms)| {
            let mut terms = terms();
            change(&mut terms);
            terms.checked().unwrap_err().code()
        };
        assert_eq!(wrong(|it| it.dues = Amount(-1)), "amount_out_of_range");
        assert_eq!(wrong(|it| it.joining_fee = Amount(i64::MAX)), "amount_out_of_range");
        assert_eq!(wrong(|it| it.share_price = Amount(MOST)), "amount_out_of_range");
        assert_eq!(wrong(|it| it.every = Every::Week), "period_unknown");
        assert_eq!(wrong(|it| it.first = "2027-02-30".into()), "day_unclear");
        assert_eq!(wrong(|it| it.least_shares = 21), "shares_out_of_range");
        assert_eq!(wrong(|it| it.most_shares = i64::MAX), "shares_out_of_range");
        assert_eq!(wrong(|it| it.share_price = Amount(0)), "price_missing");
        assert_eq!(wrong(|it| it.notice_days = -1), "notice_out_of_range");
        assert_eq!(wrong(|it| it.keep_years = 0), "years_out_of_range");
        assert_eq!(wrong(|it| it.hardship = "  ".into()), "hardship_missing");
    }

    #[test]
    fn a_part_is_rounded_in_favour_of_who_pays() {
        assert_eq!(part(Amount(999), 50), Amount(499));
        assert_eq!(part(Amount(MOST), 99), Amount(990_000_000_000));
        assert_eq!(part(Amount(1), 99), Amount(0));
    }
}
