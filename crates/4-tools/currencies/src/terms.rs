//! The terms of a currency: what it is for, who may hold and issue it, what it costs and when it ends. Pure values with their
//! checks; how they are kept and changed is decided elsewhere.

use crate::error::CurrencyError;
use planet_ledger::{CurrencyKind, WHOLE};
use planet_ontology::ids::CurrencyId;
use planet_ontology::roles::Role;
use planet_ontology::units::{Amount, Moment, longer_than};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The most that may be out, in minor units: far below what counters hold.
pub const MOST: i64 = 1_000_000_000_000_000;
/// The longest statement, in characters.
pub const MAX_STATEMENT: u32 = 1_000;
/// The highest fee, and the highest share that idle money loses in a month, in parts of [`WHOLE`].
pub const MAX_SHARE: i64 = WHOLE / 4;
/// The longest lifetime and notice, in days.
const MAX_DAYS: i64 = 36_500;
/// The longest time in which what was bought can be given back, in days.
const MAX_REFUND: i64 = 365;

/// Who may hold a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Holders {
    /// Members of the group that issued it.
    Group,
    /// Everybody in the club, groups too.
    Club,
    /// Those whom the group asked.
    Asked,
}

impl Holders {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Group, Self::Club, Self::Asked];

    /// Its word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Club => "club",
            Self::Asked => "asked",
        }
    }

    /// What a word means, if it is one of these.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// What a currency costs: `give` of the price currency for `get` of this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// What it is paid in.
    pub currency: CurrencyId,
    /// What is paid, in minor units of the price currency.
    pub give: Amount,
    /// For how much, in minor units of this currency.
    pub get: Amount,
}

impl Price {
    /// What an amount costs; a part of a minor unit counts as a whole one.
    ///
    /// # Errors
    /// Where the price would be more than can be counted.
    pub fn of(&self, amount: Amount) -> Result<Amount, CurrencyError> {
        let (give, get) = (i128::from(self.give.0), i128::from(self.get.0.max(1)));
        let exact = i128::from(amount.0) * give;
        let price = (exact + get - 1).div_euclid(get);
        i64::try_from(price).map(Amount).map_err(|_| CurrencyError::TooMuch)
    }
}

/// What a currency is for, as its group decided it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Who may hold it.
    pub holders: Holders,
    /// Which roles in the group may issue it.
    pub issuers: Vec<Role>,
    /// What it costs, if it can be bought.
    #[serde(default)]
    pub price: Option<Price>,
    /// How much may be out at a time. Vouchers have one.
    #[serde(default)]
    pub cap: Option<Amount>,
    /// How many days it can be spent after it was issued; for ever if it is left out.
    #[serde(default)]
    pub lifetime: Option<i64>,
    /// How many days before a part of it ends its holder is told.
    #[serde(default)]
    pub notice: i64,
    /// For how many days what was bought and not spent can be given back at its price.
    #[serde(default)]
    pub refund: i64,
    /// What idle balances lose on the first day of each month, in millionths.
    #[serde(default)]
    pub demurrage: i64,
    /// What payers add for the group, in millionths.
    #[serde(default)]
    pub levy: i64,
    /// How far a member's account may go below zero.
    #[serde(default)]
    pub min: Amount,
    /// How much a member's account may gather.
    pub max: Amount,
    /// Below this its owner is warned.
    #[serde(default)]
    pub soft_min: Option<Amount>,
    /// Above this its owner is warned.
    #[serde(default)]
    pub soft_max: Option<Amount>,
    /// What stands behind it, in the group's own words.
    #[serde(default)]
    pub backing: String,
    /// How it is redeemed, in the group's own words.
    #[serde(default)]
    pub redemption: String,
}

impl Terms {
    /// Whether these terms make sense for a kind. Texts lose the blanks around them.
    ///
    /// # Errors
    /// What is wrong, with the field that it is about.
    pub fn checked(mut self, kind: CurrencyKind) -> Result<Self, CurrencyError> {
        for text in [&mut self.backing, &mut self.redemption] {
            if longer_than(text, MAX_STATEMENT) {
                return Err(CurrencyError::StatementTooLong);
            }
            *text = text.trim().to_owned();
        }
        let share = 0..=MAX_SHARE;
        if !share.contains(&self.levy) {
            return Err(CurrencyError::LevyWrong);
        }
        if !share.contains(&self.demurrage) {
            return Err(CurrencyError::DemurrageWrong);
        }
        if !(0..=MAX_DAYS).contains(&self.notice) || !(0..=MAX_REFUND).contains(&self.refund) {
            return Err(CurrencyError::DaysWrong);
        }
        if self.lifetime.is_some_and(|days| !(1..=MAX_DAYS).contains(&days) || self.notice >= days) {
            return Err(CurrencyError::DaysWrong);
        }
        match kind {
            CurrencyKind::Voucher => self.for_vouchers(),
            CurrencyKind::MutualCredit | CurrencyKind::Time => self.for_credit(),
            CurrencyKind::Conventional | CurrencyKind::Crypto => Err(CurrencyError::KindElsewhere),
        }
    }

    fn for_vouchers(self) -> Result<Self, CurrencyError> {
        let cap = self.cap.filter(|cap| (1..=MOST).contains(&cap.0)).ok_or(CurrencyError::CapWrong)?;
        if self.backing.is_empty() {
            return Err(CurrencyError::BackingMissing);
        }
        if self.issuers.len() > Role::ALL.len() || self.issuers.iter().all(|role| *role == Role::None) {
            return Err(CurrencyError::IssuersMissing);
        }
        let sane = |price: &Price| (1..=MOST).contains(&price.give.0) && (1..=MOST).contains(&price.get.0);
        if self.price.is_some_and(|price| !sane(&price)) {
            return Err(CurrencyError::PriceWrong);
        }
        let soft = self.soft_min.is_some() || self.soft_max.is_some();
        if self.min.0 != 0 || soft || !(0..=MOST).contains(&self.max.0) {
            return Err(CurrencyError::LimitsNotForVouchers);
        }
        // A holder never goes below zero, and the cap is the only bound upwards.
        Ok(Self { max: Amount(MOST), cap: Some(cap), ..self })
    }

    fn for_credit(self) -> Result<Self, CurrencyError> {
        if self.issuers.len() > Role::ALL.len() {
            return Err(CurrencyError::IssuersMissing);
        }
        if self.price.is_some() || self.cap.is_some() || self.lifetime.is_some() || self.refund != 0 {
            return Err(CurrencyError::NotForThisKind);
        }
        if self.min.0 > 0 || self.min.0 < -MOST || !(1..=MOST).contains(&self.max.0) {
            return Err(CurrencyError::LimitsWrong);
        }
        if self.min.0 == 0 {
            return Err(CurrencyError::NobodyMayOwe);
        }
        let range = self.min..=self.max;
        if [self.soft_min, self.soft_max].into_iter().flatten().any(|soft| !range.contains(&soft)) {
            return Err(CurrencyError::SoftWrong);
        }
        if self.soft_min.zip(self.soft_max).is_some_and(|(low, high)| low > high) {
            return Err(CurrencyError::SoftWrong);
        }
        Ok(self)
    }

    /// The lifetime in seconds, as the ledger counts it.
    pub fn lifetime_seconds(&self) -> Option<i64> {
        self.lifetime.map(|days| days.saturating_mul(86_400))
    }

    /// What is kept of an idle balance at the turn of a month, in millionths.
    pub fn kept(&self) -> Option<i64> {
        (self.demurrage > 0).then(|| WHOLE.saturating_sub(self.demurrage))
    }

    /// When what is issued at a moment ends: with the day, as the ledger counts it.
    pub fn end_of(&self, issued: Moment) -> Option<Moment> {
        let end = issued.plus_seconds(self.lifetime_seconds()?);
        Some(Moment(end.0.saturating_sub(1)).next_day())
    }

    /// Until when something bought at a moment can be given back.
    pub fn refund_until(&self, bought: Moment) -> Moment {
        bought.plus_seconds(self.refund.saturating_mul(86_400))
    }
}
